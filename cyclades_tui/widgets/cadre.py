"""The frame of every screen: header, band, help line, buttons, keys (ecrans.md §2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.domaine.document import FORMATION
from cyclades_tui.domaine.typographie import en_lignes

SUITE = "…"
_FORMATION = f" {FORMATION} "
_NOM_AU_MOINS = 8  # cells of a cut name; a shorter one tells nothing


def raccourcir(texte: str, largeur: int) -> str:
    """The text in at most `largeur` cells, its end replaced by « … » when it is too long."""
    if cell_len(texte) <= largeur:
        return texte
    while texte and cell_len(texte) > largeur - 1:
        texte = texte[:-1]
    return texte.rstrip() + SUITE if largeur > 0 else ""


def personne_en_place(nom: str, prenoms: str, naissance: str, place: int) -> tuple[str, str]:
    """Name with first name, and birth, in `place` cells; the first name is always whole.

    What there is no room for goes in this order: the other first names, the end of the name, the birth, which is then
    empty.
    """
    premier = prenoms.partition(" ")[0]
    pour_le_nom = place - cell_len(f" {premier}  {naissance}")
    if cell_len(f"{nom} {prenoms}  {naissance}") <= place:
        return f"{nom} {prenoms}".strip(), naissance
    if pour_le_nom >= min(_NOM_AU_MOINS, cell_len(nom)):
        return f"{raccourcir(nom, pour_le_nom)} {premier}".strip(), naissance
    return f"{raccourcir(nom, max(place - cell_len(premier) - 1, 0))} {premier}".strip(), ""


class Entete(Horizontal):
    """Row 1: mark and name of the product; at the right the person logged in, or the desk.

    Where the application has the class `-formation`, the store is for training and every page says so (decision 6).
    """

    DEFAULT_CSS = """
    Entete { height: 1; background: $entete; color: $entete-texte; padding: 0 1 0 0; }
    Entete > #marque { width: 3; padding: 0 1 0 0; }
    Entete > #nom { width: auto; text-style: bold; }
    Entete > #formation { display: none; width: auto; margin: 0 0 0 1; background: $entete-texte; color: $entete;
        text-style: bold; }
    Entete > #titre { width: 1fr; color: $entete-doux; padding: 0 0 0 2; }
    Entete > #bande { width: auto; color: $entete-texte; }
    """

    titre = reactive("Gestion des examens et concours")
    identite: reactive[tuple[str, str, str, str] | None] = reactive(None)
    agent: reactive[tuple[str, ...]] = reactive(())  # name, then details; the last detail is dropped first
    poste = reactive("")

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("▌ ", "$entete-texte on $marianne"), id="marque", markup=False)
        yield Static("Cyclades", id="nom", markup=False)
        yield Static(_FORMATION, id="formation", markup=False)
        yield Static("", id="titre", markup=False)
        yield Static("", id="bande", markup=False)

    def on_mount(self) -> None:
        self._dessiner()

    def on_resize(self, _: Resize) -> None:
        self._dessiner()

    def watch_titre(self) -> None:
        self._dessiner()

    def watch_identite(self) -> None:
        self._dessiner()

    def watch_agent(self) -> None:
        self._dessiner()

    def watch_poste(self) -> None:
        self._dessiner()

    def _dessiner(self) -> None:
        if not self.is_mounted:
            return
        marque = 1 + cell_len(_FORMATION) if self.app.has_class("-formation") else 0
        place = self.size.width - 14 - marque
        # The title is the first to go: beside a person it stands only where all of the person does.
        titre = self.titre
        if self.identite is not None and cell_len(titre) + self._bande(self.size.width).cell_length > place:
            titre = ""
        self.query_one("#titre", Static).update(Content(titre))
        self.query_one("#bande", Static).update(self._bande(place - cell_len(titre)))

    def _bande(self, place: int) -> Content:
        """What stands at the right, in `place` cells (ecrans.md §2)."""
        if self.agent:
            return self._agent(place)
        if self.identite is None:
            return Content(raccourcir(self.poste, max(place, 0)))
        numero, nom, prenoms, naissance = self.identite
        nom, naissance = personne_en_place(nom, prenoms, naissance, place - cell_len(f"N° candidat {numero}  "))
        suite = ("  ", (naissance, "$entete-doux")) if naissance else ()
        return Content.assemble(("N° candidat ", "$entete-doux"), (numero, "bold"), "  ", (nom, "bold"), *suite)

    def _agent(self, place: int) -> Content:
        nom, *suite = self.agent
        while suite and cell_len("  ".join((nom, *suite))) > place:
            suite.pop()
        dits = Content("").join(Content.styled(f"  {partie}", "$entete-doux") for partie in suite)
        return Content.assemble((raccourcir(nom, max(place, 8)), "bold"), dits)


class Bandeau(Horizontal):
    """Row 2: the service, and when it closes."""

    DEFAULT_CSS = """
    Bandeau { height: 1; background: $bandeau; color: $texte; padding: 0 1; }
    Bandeau > #gauche { width: 1fr; }
    Bandeau > #droite { width: auto; }
    Bandeau.-ferme { background: $erreur-fond; color: $erreur; }
    """

    gauche: reactive[tuple[str, str]] = reactive(("", ""))
    droite: reactive[tuple[str, str, str]] = reactive(("", "", ""))

    def compose(self) -> ComposeResult:
        yield Static("", id="gauche", markup=False)
        yield Static("", id="droite", markup=False)

    def on_mount(self) -> None:
        self._dessiner()

    def watch_gauche(self) -> None:
        self._dessiner()

    def watch_droite(self) -> None:
        self._dessiner()

    def on_resize(self, _: Resize) -> None:
        self._dessiner()

    def _dessiner(self) -> None:
        if not self.is_mounted:
            return
        fort, reste = self.gauche
        avant, instant, apres = self.droite
        place = max(self.content_size.width - cell_len(avant + instant + apres) - 2, 10)
        fort = raccourcir(fort, place)
        reste = raccourcir(reste, max(place - cell_len(fort) - 2, 0))
        self.query_one("#gauche", Static).update(Content.assemble((fort, "bold $bandeau-fort"), "  ", reste))
        self.query_one("#droite", Static).update(Content.assemble(avant, (instant, "bold"), apres))


class Touches(Widget):
    """Where keys are told: `gestes` are those of the focused control, `touches` those of its screen.

    `fixes` are those of every page, `ailleurs` the keys that a button tells.
    """

    fixes: tuple[tuple[str, str], ...] = ()
    touches: reactive[Sequence[tuple[str, str]]] = reactive(())
    gestes: reactive[Sequence[tuple[str, str]]] = reactive(())
    ailleurs: reactive[frozenset[str]] = reactive(frozenset())

    @property
    def toutes(self) -> Sequence[tuple[str, str]]:
        """Each key once, with what it does where the focus is."""
        propres = dict(self.gestes)
        return (*self.gestes, *(une for une in self.touches if une[0] not in propres))


class LigneAide(Touches):
    """The help line: the key of the focused control, its name, its short help, what lies below.

    Where it tells the keys (`fixes`), it ends with « F5 menu  F1 aide », and tells more of them if there is room. A
    sentence that one row cannot hold, as a refusal, takes as many as it needs: it is never cut.
    """

    DEFAULT_CSS = """
    LigneAide { height: auto; background: $surface; }
    """

    message: reactive[tuple[str, str, str]] = reactive(("", "", "info"))
    suite: reactive[str] = reactive("")

    def __init__(self, fixes: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self.fixes = fixes

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self.rangs(width)), 1)

    def watch_message(self, avant: tuple[str, str, str], message: tuple[str, str, str]) -> None:
        """Lay the screen out again only where the number of rows changes."""
        largeur = self.size.width
        if self.is_mounted and len(self.rangs(largeur, avant)) != len(self.rangs(largeur, message)):
            self.refresh(layout=True)

    def tient(self, aide: str, largeur: int) -> bool:
        """Whether one row of `largeur` cells holds a help whole."""
        return cell_len(aide) <= self._place(largeur)

    def rangs(self, largeur: int, message: tuple[str, str, str] | None = None) -> list[str]:
        """The message in rows of `largeur` cells; none where it has its one row."""
        nom, aide, _ = message or self.message
        if self.tient(aide or nom, largeur):
            return []
        return en_lignes(f"{nom}  {aide}".strip(), self._place(largeur))

    def _place(self, largeur: int) -> int:
        """The cells of a row beside « F5 menu  F1 aide »."""
        return max(largeur - 3 - (_etendue(self.fixes) + 2 if self.fixes else 0), 10)

    def render(self) -> RenderResult:
        *_, genre = self.message
        droite = self._fin
        if rangs := self.rangs(self.size.width):
            return self._en_rangs(rangs, droite)
        geste, nom, aide, autres, suite = self.ajuster(self.size.width)
        dits = [Content.assemble((touche, "bold"), f" {verbe}") for touche, verbe in geste]
        if nom or aide:
            dits.append(Content.assemble((nom, f"bold ${genre}"), "  " if nom and aide else "", aide))
        dits += [Content.assemble((touche, "bold"), (f" {verbe}", "$discret")) for touche, verbe in autres]
        gauche = Content.assemble(("▌ ", f"${genre}"), Content("   ").join(dits))
        dessous = Content.assemble((suite, "$discret"), "  " if suite and self.fixes else "")
        return self._aux_bords(gauche, Content.assemble(dessous, droite))

    @property
    def _fin(self) -> Content:
        """« F5 menu  F1 aide »."""
        dites = [Content.assemble((touche, "bold"), (f" {verbe}", "$discret")) for touche, verbe in self.fixes]
        return Content.assemble(Content("  ").join(dites), " ")

    def _aux_bords(self, gauche: Content, droite: Content) -> Content:
        vide = " " * max(self.size.width - gauche.cell_length - droite.cell_length, 0)
        return Content.assemble(gauche, vide, droite)

    def _en_rangs(self, rangs: Sequence[str], droite: Content) -> Content:
        """A message of several rows; its name is in its first one, and the keys stand at the last one."""
        nom, aide, genre = self.message
        barre = ("▌ ", f"${genre}")
        gras = len(nom) if aide else 0
        dits = [Content.assemble(barre, (rangs[0][:gras], f"bold ${genre}"), rangs[0][gras:])]
        dits += [Content.assemble(barre, rang) for rang in rangs[1:]]
        return Content("\n").join([*dits[:-1], self._aux_bords(dits[-1], droite)])

    def ajuster(self, largeur: int) -> Ajustee:
        """What a row of `largeur` cells shows: the focused control's key and the help whole, then the rest if it fits.

        The name makes room, then goes.
        """
        nom, aide, genre = self.message
        place = self._place(largeur)
        geste = self.gestes[:1] if self.fixes and genre == "info" and not aide.startswith("Entrée") else ()
        place -= sum(cell_len(f"{touche} {verbe}   ") for touche, verbe in geste)
        if geste and cell_len(aide) > place:
            aide = ""  # F1 tells it
        suite = self.suite
        if cell_len((aide or nom) + suite) + 2 > place:
            suite = ""
        nom, aide = _nom_et_aide(nom, aide, place - (cell_len(suite) + 1 + bool(self.fixes) if suite else 0))
        libre = place - cell_len(nom + aide) - 2 * bool(nom and aide) - (cell_len(suite) + 2 if suite else 0)
        autres = []
        for touche, verbe in self._autres(aide) if self.fixes and genre == "info" else ():
            libre -= cell_len(f"   {touche} {verbe}")
            if libre < 0:
                break
            autres.append((touche, verbe))
        return Ajustee(geste, nom, aide, autres, suite)

    def _autres(self, aide: str) -> Iterator[tuple[str, str]]:
        """The keys that neither the start of the line, nor the help, nor a button tells."""
        for une in self.toutes:
            if une not in self.gestes[:1] and une[0] not in self.ailleurs and not aide.startswith(f"{une[0]} "):
                yield une

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """Show a name in the colour of `genre` (a token), then a help; both are cut at the width."""
        self.message = (nom, aide, genre)

    def dessous(self, texte: str) -> None:
        self.suite = texte

    @property
    def texte(self) -> str:
        """The whole text shown now."""
        nom, aide, _ = self.message
        return f"{nom}  {aide}".rstrip()

    def on_click(self, event: Click) -> None:
        """A click on « F5 menu » or « F1 aide » does what the key does: each page must have that link (F464)."""
        if event.y < self.size.height - 1:
            return
        gauche = self.size.width - 1 - _etendue(self.fixes)
        for touche, verbe in self.fixes:
            if gauche <= event.x < gauche + cell_len(f"{touche} {verbe}"):
                self.app.simulate_key(touche.lower())
            gauche += cell_len(f"{touche} {verbe}  ")


class Ajustee(NamedTuple):
    """What the help line shows at its width."""

    geste: Sequence[tuple[str, str]]
    nom: str
    aide: str
    autres: Sequence[tuple[str, str]]
    suite: str


def _nom_et_aide(nom: str, aide: str, place: int) -> tuple[str, str]:
    if not nom or not aide:
        return raccourcir(nom, place), raccourcir(aide, place)
    reste = place - 2 - cell_len(aide)
    if cell_len(nom) > reste:
        nom = raccourcir(nom, reste) if reste >= _NOM_AU_MOINS else ""
    return nom, raccourcir(aide, place - 2 - cell_len(nom) if nom else place)


def _etendue(touches: Sequence[tuple[str, str]], entre: int = 2) -> int:
    """The cells of some keys, `entre` blanks between them."""
    return sum(cell_len(f"{touche} {verbe}") for touche, verbe in touches) + entre * max(len(touches) - 1, 0)


@dataclass(frozen=True, slots=True)
class Action:
    """A button: `touche` is shown while it is enabled; `pleine` marks the one that F8 or F9 presses.

    `faire` is the action to run, with its parameters, if it differs from `id`.
    """

    id: str
    libelle: str
    touche: str
    active: bool = True
    pleine: bool = False
    faire: str = ""


class Bouton(Widget, can_focus=True):
    """A button of the row; Espace and Entrée press it; while disabled it shows no key and takes no focus."""

    class Presse(Message):
        """Posted when the person presses the button."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    BINDINGS: ClassVar = [("enter,space", "presser", "Presser")]
    DEFAULT_CSS = """
    Bouton { width: auto; height: 1; padding: 0 1; margin: 0 1 0 0; background: $action2; color: $action2-texte; }
    Bouton.-pleine { background: $action; color: $action-texte; text-style: bold; }
    Bouton.-inactif { background: $fond; color: $discret; }
    Bouton:focus { padding: 0 1 0 0; background: $action-focus; color: $action-focus-texte; text-style: bold; }
    Bouton:hover { background: $survol; color: $action2-texte; }
    Bouton.-pleine:hover { background: $action-focus; color: $action-focus-texte; }
    Bouton.-inactif:hover { background: $fond; color: $discret; }
    """

    action: reactive[Action] = reactive(Action("", "", ""), layout=True)
    avec_touche: reactive[bool] = reactive(True, layout=True)

    def __init__(self, action: Action, *, avec_touche: bool) -> None:
        super().__init__(id=f"bouton-{action.id}")
        self.set_reactive(Bouton.action, action)
        self.set_reactive(Bouton.avec_touche, avec_touche)
        self.watch_action()

    @property
    def libelle(self) -> str:
        """The text of the button."""
        action = self.action
        return f"{action.touche} {action.libelle}" if self.avec_touche and action.active else action.libelle

    def watch_action(self) -> None:
        self.can_focus = self.action.active
        self.set_class(self.action.pleine and self.action.active, "-pleine")
        self.set_class(not self.action.active, "-inactif")

    def render(self) -> RenderResult:
        return Content(f"{self.repere}{self.libelle}")

    @property
    def repere(self) -> str:
        """The sign of the focus, in the place of the blank before the text; where there is a cap, that is the sign."""
        return "►" if self.has_focus and not self.gutter.left else ""

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        return cell_len(self.repere + self.libelle)

    def on_click(self, _: Click) -> None:
        self.action_presser()

    def action_presser(self) -> None:
        if self.action.active:
            self.post_message(self.Presse(self.action.faire or self.action.id))


class Boutons(Horizontal):
    """Row 23: buttons in the guides' order; if they do not fit, disabled ones are dropped first, then keys."""

    DEFAULT_CSS = """
    Boutons { height: 1; padding: 0 1; }
    """

    actions: reactive[tuple[Action, ...]] = reactive(())

    def watch_actions(self, anciennes: tuple[Action, ...], actions: tuple[Action, ...]) -> None:
        """Change buttons in place if they are the same ones, so that none loses the focus."""
        if [a.id for a in anciennes] != [a.id for a in actions]:
            self.refresh(recompose=True)
        else:
            self._accorder()

    def compose(self) -> ComposeResult:
        for action, avec_touche, montree in self._place():
            bouton = Bouton(action, avec_touche=avec_touche)
            bouton.display = montree
            yield bouton

    def on_resize(self, _: Resize) -> None:
        self._accorder()

    def _accorder(self) -> None:
        for bouton, (action, avec_touche, montree) in zip(self.query(Bouton), self._place(), strict=False):
            bouton.action = action
            bouton.avec_touche = avec_touche
            bouton.display = montree

    def _place(self) -> list[tuple[Action, bool, bool]]:
        """Each action, whether its key is shown, whether it is: the least useful are dropped first, from the end."""
        place = max(self.app.size.width - 2, 20)
        montrees = list(self.actions)
        for action in reversed(self.actions):
            if not action.active and sum(_largeurs(montrees, 0)) > place:
                montrees.remove(action)
        sans = 0
        while sans < len(montrees) and sum(_largeurs(montrees, sans)) > place:
            sans += 1
        avec = montrees[: len(montrees) - sans]
        return [(action, action in avec, action in montrees) for action in self.actions]


def _largeur(action: Action, *, avec_touche: bool) -> int:
    """The cells that a button and the gap after it take."""
    return cell_len(action.libelle) + 3 + (cell_len(action.touche) + 1 if avec_touche and action.active else 0)


def _largeurs(actions: Sequence[Action], sans: int) -> list[int]:
    return [_largeur(action, avec_touche=rang < len(actions) - sans) for rang, action in enumerate(actions)]


class Pied(Touches):
    """Row 24 of the guichet: the keys of what has the focus, then of its screen, « F1 aide » at the far right.

    What does not fit goes.
    """

    DEFAULT_CSS = """
    Pied { height: 1; background: $surface; color: $texte; padding: 0 1; }
    """

    def montrees(self, place: int) -> Sequence[tuple[str, str]]:
        """Those that fit in so many cells, each whole: where room lacks, those that a button tells go first."""
        gardees = list(self.toutes)
        for une in reversed(self.toutes):
            if _rangee(gardees) > place and une[0] in self.ailleurs and une not in self.gestes:
                gardees.remove(une)
        while _rangee(gardees) > place:
            gardees.pop()
        return gardees

    def render(self) -> RenderResult:
        place = self.content_size.width - cell_len("F1 aide")
        montrees = self.montrees(place)
        morceaux: list[tuple[str, str] | str] = []
        for touche, verbe in montrees:
            morceaux += [(touche, "bold"), (f" {verbe}   ", "$discret")]
        vide = place - _rangee(montrees) - 2 if montrees else place
        fin = [" " * vide] if vide >= 0 else []
        ligne = Content.assemble(*morceaux, *fin)
        return Content.assemble(ligne[:place], ("F1", "bold"), (" aide", "$discret"))

    def on_click(self, event: Click) -> None:
        """A click on « F1 aide » opens the help, the link that every page must have (F464)."""
        if event.x >= self.size.width - cell_len("F1 aide") - 1:
            self.app.simulate_key("f1")


def _rangee(touches: Sequence[tuple[str, str]]) -> int:
    """Cells of some keys, the blank before « F1 aide » included."""
    return _etendue(touches, 3) + 1 if touches else 0

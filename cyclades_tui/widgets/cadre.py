"""The frame of every screen: header, band, steps, help line, buttons, keys (screens.md §2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

SUITE = "…"


def raccourcir(texte: str, largeur: int) -> str:
    """The text in at most `largeur` cells, its end replaced by « … » when it is too long."""
    if cell_len(texte) <= largeur:
        return texte
    while texte and cell_len(texte) > largeur - 1:
        texte = texte[:-1]
    return texte.rstrip() + SUITE if largeur > 0 else ""


class Entete(Horizontal):
    """Row 1: the mark and the product's name; at the right who is logged in, or the desk."""

    DEFAULT_CSS = """
    Entete { height: 1; background: $entete; color: $entete-texte; padding: 0 1 0 0; }
    Entete > #marque { width: 3; padding: 0 1 0 0; }
    Entete > #nom { width: auto; text-style: bold; }
    Entete > #titre { width: 1fr; color: $entete-doux; padding: 0 0 0 2; }
    Entete > #bande { width: auto; color: $entete-texte; }
    """

    titre = reactive("Gestion des examens et concours")
    identite: reactive[tuple[str, str, str] | None] = reactive(None)
    poste = reactive("")

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("▌ ", "$entete-texte on $marianne"), id="marque", markup=False)
        yield Static("Cyclades", id="nom", markup=False)
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

    def watch_poste(self) -> None:
        self._dessiner()

    def _dessiner(self) -> None:
        if not self.is_mounted:
            return
        large = self.size.width >= 120
        titre = self.titre if large or self.identite is None else ""
        self.query_one("#titre", Static).update(Content(titre))
        self.query_one("#bande", Static).update(self._bande(self.size.width - 14 - cell_len(titre)))

    def _bande(self, place: int) -> Content:
        """The name is cut, never the number nor the date (screens.md §2)."""
        if self.identite is None:
            return Content(raccourcir(self.poste, max(place, 0)))
        numero, nom, naissance = self.identite
        fixe = cell_len(f"N° candidat {numero}    {naissance}")
        return Content.assemble(
            ("N° candidat ", "$entete-doux"),
            (numero, "bold"),
            "  ",
            (raccourcir(nom, max(place - fixe, 8)), "bold"),
            "  ",
            (naissance, "$entete-doux"),
        )


class Bandeau(Horizontal):
    """Row 2: what one registers for, and until when."""

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
        place = max(self.size.width - cell_len(avant + instant + apres) - 4, 10)
        fort = raccourcir(fort, place)
        reste = raccourcir(reste, max(place - cell_len(fort) - 2, 0))
        self.query_one("#gauche", Static).update(Content.assemble((fort, "bold $bandeau-fort"), "  ", reste))
        self.query_one("#droite", Static).update(Content.assemble(avant, (instant, "bold"), apres))


class Etapes(Widget):
    """Rows 3 and 4: where one stands among the tabs, a heavy segment for each one reached."""

    DEFAULT_CSS = """
    Etapes { height: 2; padding: 0 1; }
    """

    libelles: reactive[tuple[str, ...]] = reactive((), layout=True)
    courante = reactive(0)

    def render(self) -> RenderResult:
        if not self.libelles:
            return Content("")
        combien, largeur = len(self.libelles), self.content_size.width
        rang = self.courante
        suite = f"ensuite : {rang + 2}/{combien} {self.libelles[rang + 1]}" if rang + 1 < combien else ""
        titre = f"  {self.libelles[rang]}"
        tete = f"{rang + 1}/{combien}"
        if cell_len(tete + titre + suite) + 2 > largeur:
            suite = raccourcir(suite, max(largeur - cell_len(tete + titre) - 2, 0))
        vide = " " * max(largeur - cell_len(tete + titre + suite), 1)
        return Content.assemble(
            (str(rang + 1), "bold $titre"),
            (f"/{combien}", "$discret"),
            (titre, "bold $titre"),
            vide,
            (suite, "$discret"),
            "\n",
            *self._segments(largeur),
        )

    def _segments(self, largeur: int) -> Iterable[tuple[str, str] | str]:
        combien = len(self.libelles)
        libre = largeur - (combien - 1)
        for rang in range(combien):
            longueur = libre * (rang + 1) // combien - libre * rang // combien
            fort = rang <= self.courante
            yield ("━" * longueur, "$titre") if fort else ("─" * longueur, "$filet")
            if rang + 1 < combien:
                yield " "


class LigneAide(Horizontal):
    """Row 22: the name of what has the focus, its short help, what lies below. Always exactly one row."""

    DEFAULT_CSS = """
    LigneAide { height: 1; background: $surface; }
    LigneAide > #barre { width: 2; color: $info; }
    LigneAide > #aide { width: 1fr; }
    LigneAide > #dessous { width: auto; color: $discret; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static("▌", id="barre", markup=False)
        yield Static("", id="aide", markup=False)
        yield Static("", id="dessous", markup=False)

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """Name in the colour of `genre` (a token), help after it; both cut at the width."""
        place = max(self.app.size.width - 14, 10)
        nom = raccourcir(nom, place)
        aide = raccourcir(aide, max(place - cell_len(nom) - 2, 0))
        self.query_one("#aide", Static).update(Content.assemble((nom, f"bold ${genre}"), "  ", aide))

    def dessous(self, texte: str) -> None:
        self.query_one("#dessous", Static).update(Content(texte))


@dataclass(frozen=True, slots=True)
class Action:
    """A button: `touche` is shown while it is enabled; `pleine` is the one that F8 or F9 does."""

    id: str
    libelle: str
    touche: str
    active: bool = True
    pleine: bool = False


class Bouton(Static, can_focus=True):
    """One button of the row; Espace and Entrée press it, a disabled one has no key and takes no focus."""

    class Presse(Message):
        """The person pressed it."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    BINDINGS: ClassVar = [("enter,space", "presser", "Presser")]
    DEFAULT_CSS = """
    Bouton { width: auto; height: 1; padding: 0 1; margin: 0 1 0 0; background: $action2; color: $action2-texte; }
    Bouton.-pleine { background: $action; color: $action-texte; text-style: bold; }
    Bouton.-inactif { background: $fond; color: $discret; }
    Bouton:focus { background: $action-focus; color: $action-focus-texte; text-style: bold; }
    Bouton:hover { background: $survol; color: $action2-texte; }
    Bouton.-pleine:hover { background: $action-focus; color: $action-focus-texte; }
    Bouton.-inactif:hover { background: $fond; color: $discret; }
    """

    def __init__(self, action: Action, *, avec_touche: bool) -> None:
        libelle = f"{action.touche} {action.libelle}" if avec_touche and action.active else action.libelle
        super().__init__(Content(libelle), id=f"bouton-{action.id}", markup=False)
        self.action = action
        self.can_focus = action.active
        self.set_class(action.pleine and action.active, "-pleine")
        self.set_class(not action.active, "-inactif")

    def on_click(self, _: Click) -> None:
        self.action_presser()

    def action_presser(self) -> None:
        if self.action.active:
            self.post_message(self.Presse(self.action.id))


class Boutons(Horizontal):
    """Row 23: the buttons in the guides' order; where they do not fit, keys leave the labels from the right."""

    DEFAULT_CSS = """
    Boutons { height: 1; padding: 0 1; }
    """

    actions: reactive[tuple[Action, ...]] = reactive((), recompose=True)

    def compose(self) -> ComposeResult:
        sans = self._sans_touche()
        for rang, action in enumerate(self.actions):
            yield Bouton(action, avec_touche=rang < len(self.actions) - sans)

    def on_resize(self, _: Resize) -> None:
        self.refresh(recompose=True)

    def _sans_touche(self) -> int:
        largeurs = [cell_len(a.libelle) + 3 + (cell_len(a.touche) + 1 if a.active else 0) for a in self.actions]
        sans = 0
        while sum(largeurs) > max(self.app.size.width - 2, 20) and sans < len(self.actions):
            sans += 1
            action = self.actions[-sans]
            largeurs[-sans] = cell_len(action.libelle) + 3
        return sans

    def trouver(self, identifiant: str) -> Action | None:
        return next((action for action in self.actions if action.id == identifiant), None)


class Pied(Widget):
    """Row 24: a few keys of what has the focus, « F1 aide » at the far right; what does not fit is dropped."""

    DEFAULT_CSS = """
    Pied { height: 1; background: $surface; color: $texte; padding: 0 1; }
    """

    touches: reactive[Sequence[tuple[str, str]]] = reactive(())

    def render(self) -> RenderResult:
        aide = ("F1", "aide")
        place = self.content_size.width - cell_len(" ".join(aide))
        morceaux: list[tuple[str, str] | str] = []
        pris = 0
        for touche, verbe in self.touches:
            longueur = cell_len(f"{touche} {verbe}") + 3
            if pris + longueur > place:
                break
            morceaux += [(touche, "bold"), (f" {verbe}   ", "$discret")]
            pris += longueur
        return Content.assemble(*morceaux, " " * max(place - pris, 0), ("F1", "bold"), (" aide", "$discret"))

"""Windows over a screen: a question, the help of F1, the summary of F2, a text to read (ecrans.md §4, §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ
from cyclades_tui.widgets.cadre import Action, Bouton
from cyclades_tui.widgets.suite import SUITE, Suite
from cyclades_tui.widgets.touches import equivalentes

T = TypeVar("T")
_HAUTEUR, _LARGEUR = 16, 64  # maximum for a question, border included
_LARGEUR_AIDE = 70
_BORD = 2
_MARGES = 6  # cells: the border and two columns at each side
_AUTOUR_DE_L_AIDE = 7  # rows outside it: header, band and steps above; help line, buttons and footer below


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer to a question; the first one is harmless and is also given by Échap."""

    id: str
    libelle: str


class _Modale(ModalScreen[T]):
    """A modal screen whose text scrolls in `#zone`; `#suite` tells when there is more below."""

    BINDINGS: ClassVar = [
        Binding("pageup", "page(-1)", "page d'avant", show=False),
        Binding("pagedown", "page(1)", "page d'après", show=False),
    ]

    @property
    def zone(self) -> VerticalScroll:
        return self.query_one("#zone", VerticalScroll)

    def on_mount(self) -> None:
        Suite(self, self.zone, self._dire_la_suite).redire()

    def _dire_la_suite(self, suite: str) -> None:
        for ligne in self.query("#suite"):
            ligne.display = bool(suite)

    def action_page(self, pas: int) -> None:
        self.zone.scroll_relative(y=pas * max(self.zone.size.height - 1, 1), animate=False)


class _Rang(Bouton):
    """A button on a row of its own, with a mark while it has the focus."""

    DEFAULT_CSS = """
    _Rang { width: 100%; height: auto; margin: 0; }
    _Rang:focus { padding: 0 1; }
    """

    def __init__(self, action: Action) -> None:
        super().__init__(action, avec_touche=False)

    def render(self) -> RenderResult:
        return Content(f"{'►' if self.has_focus else ' '} {self.action.libelle}")


class Dialogue(_Modale[str]):
    """A question, at most 64 × 16 cells, that returns the id of the answer chosen; a longer text scrolls.

    `echap` is the answer given by Échap if it is not the first one; `touches` maps other keys to answers. Questions do
    not stack: if another one opens, this one is answered as by Échap.
    """

    BINDINGS: ClassVar = [
        Binding("escape", "sans_danger", "revenir", show=False),
        Binding("up", "app.monter", "précédent", show=False),
        Binding("down", "app.focus_next", "suivant", show=False),
    ]
    DEFAULT_CSS = f"""
    Dialogue {{ align: center middle; background: $fond 50%; }}
    Dialogue > Vertical {{ width: {_LARGEUR}; height: auto; border: heavy $champ-barre-focus; background: $fond;
        color: $texte; padding: 0 1 0 2; }}
    Dialogue #zone {{ height: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }}
    Dialogue #zone > Static {{ padding: 0 1 0 0; }}
    Dialogue .titre {{ color: $titre; text-style: bold; height: auto; margin: 0 0 1 0; }}
    Dialogue .texte {{ height: auto; margin: 0 0 1 0; }}
    Dialogue #suite {{ height: auto; color: $discret; text-align: right; }}
    """

    def __init__(
        self,
        titre: str,
        texte: str,
        reponses: Sequence[Reponse],
        *,
        echap: str = "",
        touches: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._titre = titre
        self._texte = texte
        self._reponses = tuple(reponses)
        self._echap = echap or self._reponses[0].id
        self._touches = touches or {}

    def compose(self) -> ComposeResult:
        with Vertical():
            with VerticalScroll(id="zone", can_focus=False):
                yield Static(self._titre, classes="titre", markup=False)
                yield Static(self._texte, classes="texte", markup=False)
            yield Static(SUITE, id="suite", markup=False)
            for reponse in self._reponses:
                yield _Rang(Action(reponse.id, reponse.libelle, ""))

    def on_mount(self) -> None:
        largeur = _LARGEUR - _MARGES
        boutons = sum(-(-(cell_len(reponse.libelle) + 4) // largeur) for reponse in self._reponses)
        self.zone.styles.max_height = max(_HAUTEUR - _BORD - 1 - boutons, 1)
        if any(isinstance(ecran, Dialogue) for ecran in self.app.screen_stack if ecran is not self):
            self.call_later(self._s_effacer)  # once mounted: the screen below may need its widgets at once
        else:
            self.query(Bouton).first().focus()

    def _s_effacer(self) -> None:
        if self.is_current:
            self.action_sans_danger()

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.dismiss(message.action)

    def action_sans_danger(self) -> None:
        self.dismiss(self._echap)

    def on_key(self, event: Key) -> None:
        if reponse := next(filter(None, map(self._touches.get, equivalentes(event.key))), None):
            event.stop()
            self.dismiss(reponse)


class Aide(_Modale[None]):
    """F1, over the content only: help on what has the focus, the keys that work here, whom to call.

    `champ` gives explanation, constraint and example; `texte` is further text; `touches` are pairs (key, verb);
    `contact` names whom to call. Closing it returns the focus to where it was.
    """

    BINDINGS: ClassVar = [
        Binding("escape,f1,ctrl+g", "fermer", "fermer", show=False),
        Binding("up", "defiler(-1)", "remonter", show=False),
        Binding("down", "defiler(1)", "descendre", show=False),
    ]
    DEFAULT_CSS = f"""
    Aide {{ align: center middle; background: transparent; }}
    Aide > Vertical {{ width: {_LARGEUR_AIDE}; height: auto; margin: 4 0 3 0; border: heavy $champ-barre-focus;
        background: $fond; color: $texte; padding: 0 1 0 2; }}
    Aide #zone {{ height: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }}
    Aide #zone > Static {{ padding: 0 1 0 0; }}
    Aide .titre {{ color: $titre; text-style: bold; height: auto; }}
    Aide .texte {{ height: auto; margin: 0 0 1 0; }}
    Aide .pied {{ height: 1; }}
    Aide #suite {{ width: 1fr; color: $discret; text-align: right; }}
    """

    def __init__(
        self,
        titre: str,
        texte: str = "",
        touches: Sequence[tuple[str, str]] = (),
        *,
        champ: Champ | None = None,
        contact: str = "",
    ) -> None:
        super().__init__()
        self._titre = titre
        self._texte = texte
        self.touches = tuple(touches)
        self._champ = champ
        self._contact = contact

    def compose(self) -> ComposeResult:
        with Vertical():
            with VerticalScroll(id="zone", can_focus=False):
                yield Static(self._titre, classes="titre", markup=False)
                yield from (Static(texte, classes="texte", markup=False) for texte in self._paragraphes())
                if self.touches:
                    yield Static("Touches ici", classes="titre", markup=False)
                    largeur = _LARGEUR_AIDE - _MARGES - 1  # the gap before the scrollbar
                    yield Static(en_deux_colonnes(self.touches, largeur), classes="texte", markup=False)
                if self._contact:
                    yield Static("Besoin d'aide ?", classes="titre", markup=False)
                    yield Static(self._contact, markup=False)
            with Horizontal(classes="pied"):
                yield Bouton(Action("fermer", "Fermer", "Éch"), avec_touche=True)
                yield Static(SUITE, id="suite", markup=False)

    def _paragraphes(self) -> Iterator[str | Content]:
        from cyclades_tui.champs.contrainte import contrainte

        champ = self._champ
        if champ is not None:
            yield champ.explication
            yield Content.assemble(("À saisir : ", "bold"), contrainte(champ))
            if champ.exemple:
                yield Content.assemble(("Exemple : ", "bold"), champ.exemple)
        if self._texte:
            yield self._texte

    def on_resize(self, event: Resize) -> None:
        self.zone.styles.max_height = max(event.size.height - _AUTOUR_DE_L_AIDE - _BORD - 1, 1)

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.action_fermer()

    def action_fermer(self) -> None:
        self.dismiss()

    def action_defiler(self, pas: int) -> None:
        self.zone.scroll_relative(y=pas, animate=False)


def en_deux_colonnes(touches: Sequence[tuple[str, str]], largeur: int) -> Content:
    """Keys and verbs, two to a row if both fit in half of `largeur` cells."""
    moitie = largeur // 2
    rangs: list[list[tuple[str, str]]] = []
    for touche, verbe in touches:
        court = cell_len(f"{touche} {verbe}") < moitie
        if court and rangs and len(rangs[-1]) == 1 and cell_len(" ".join(rangs[-1][0])) < moitie:
            rangs[-1].append((touche, verbe))
        else:
            rangs.append([(touche, verbe)])
    return Content("\n").join(_rang(rang, moitie) for rang in rangs)


def _rang(rang: Sequence[tuple[str, str]], moitie: int) -> Content:
    morceaux: list[tuple[str, str] | str] = []
    for touche, verbe in rang:
        morceaux += [(touche, "bold"), f" {verbe}", " " * max(moitie - cell_len(f"{touche} {verbe}"), 0)]
    return Content.assemble(*morceaux)


class Sommaire(ModalScreen[int]):
    """F2: the tabs with their state; a digit or Entrée returns the tab's number, Échap -1."""

    BINDINGS: ClassVar = [
        Binding("escape,f2,ctrl+t", "fermer", "fermer", show=False),
        Binding("up", "app.monter", "précédent", show=False),
        Binding("down", "app.focus_next", "suivant", show=False),
        *(Binding(str(chiffre), f"aller({chiffre})", show=False) for chiffre in range(1, 10)),
    ]
    DEFAULT_CSS = """
    Sommaire { align: center middle; background: $fond 50%; }
    Sommaire > Vertical { width: 56; height: auto; border: heavy $champ-barre-focus; background: $fond; padding: 0 1; }
    Sommaire .titre { color: $titre; text-style: bold; height: 2; }
    """

    def __init__(self, lignes: Sequence[tuple[str, bool]], courante: int) -> None:
        super().__init__()
        self._lignes = tuple(lignes)
        self._courante = courante

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("Sommaire", classes="titre", markup=False)
            for rang, (libelle, ouvrable) in enumerate(self._lignes):
                yield _Rang(Action(f"s{rang}", libelle, "", active=ouvrable))

    def on_mount(self) -> None:
        self.query_one(f"#bouton-s{self._courante}").focus()

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.dismiss(int(message.action[1:]))

    def action_aller(self, chiffre: int) -> None:
        if chiffre <= len(self._lignes) and self._lignes[chiffre - 1][1]:
            self.dismiss(chiffre - 1)

    def action_fermer(self) -> None:
        self.dismiss(-1)


class LectureDeTexte(ModalScreen[None]):
    """The text of a document, to read; its lines of 80 cells just fit the narrowest terminal allowed."""

    BINDINGS: ClassVar = [Binding("escape,f4,ctrl+o", "dismiss", "fermer", show=False)]
    DEFAULT_CSS = """
    LectureDeTexte { align: center middle; background: $fond; }
    LectureDeTexte > VerticalScroll { width: 100%; height: 1fr; background: $fond; color: $texte;
        scrollbar-size: 0 0; }
    LectureDeTexte .pied { height: 1; background: $surface; color: $discret; padding: 0 1; }
    """

    def __init__(self, nom: str, texte: str) -> None:
        super().__init__()
        self._nom = nom
        self._texte = texte

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._texte, markup=False)
        yield Static(f"{self._nom}   ↑ ↓ Pg↑ Pg↓ lire   Échap revenir", classes="pied", markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

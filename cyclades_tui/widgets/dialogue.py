"""A question over the screen: what it is about, its consequences, buttons one under the other (screens.md §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from cyclades_tui.widgets.cadre import Action, Bouton


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer; the first of a dialogue is the harmless one, which is also Échap."""

    id: str
    libelle: str


class Dialogue(ModalScreen[str]):
    """Answers with the id of the button pressed. Never stacked, never larger than 64 × 16."""

    BINDINGS: ClassVar = [
        Binding("escape", "sans_danger", "revenir", show=False),
        Binding("up", "app.focus_previous", "précédent", show=False),
        Binding("down", "app.focus_next", "suivant", show=False),
    ]
    DEFAULT_CSS = """
    Dialogue { align: center middle; background: $fond; }
    Dialogue > Vertical { width: 64; max-height: 16; height: auto; border: heavy $champ-barre-focus;
        background: $fond; color: $texte; padding: 0 2; }
    Dialogue .titre { color: $titre; text-style: bold; height: auto; margin: 0 0 1 0; }
    Dialogue .texte { height: auto; margin: 0 0 1 0; }
    Dialogue Bouton { margin: 0; width: 100%; }
    """

    def __init__(self, titre: str, texte: str, reponses: Sequence[Reponse]) -> None:
        super().__init__()
        self._titre = titre
        self._texte = texte
        self._reponses = tuple(reponses)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._titre, classes="titre", markup=False)
            yield Static(self._texte, classes="texte", markup=False)
            for reponse in self._reponses:
                yield Bouton(Action(reponse.id, reponse.libelle, "", pleine=False), avec_touche=False)

    def on_mount(self) -> None:
        self.query(Bouton).first().focus()

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.dismiss(message.action)

    def action_sans_danger(self) -> None:
        self.dismiss(self._reponses[0].id)


class Aide(ModalScreen[None]):
    """F1: the long help of what has the focus, and the keys that work here."""

    BINDINGS: ClassVar = [Binding("escape,f1,ctrl+g", "dismiss", "fermer", show=False)]
    DEFAULT_CSS = """
    Aide { align: center middle; background: $fond; }
    Aide > Vertical { width: 70; max-height: 20; height: auto; border: heavy $champ-barre-focus; background: $fond;
        color: $texte; padding: 0 2; }
    Aide .titre { color: $titre; text-style: bold; height: auto; margin: 0 0 1 0; }
    Aide .texte { height: auto; margin: 0 0 1 0; }
    Aide .touches { height: auto; color: $discret; }
    """

    def __init__(self, titre: str, texte: str, touches: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._titre = titre
        self._texte = texte
        self._touches = tuple(touches)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._titre, classes="titre", markup=False)
            yield Static(self._texte, classes="texte", markup=False)
            yield Static("Touches ici", classes="titre", markup=False)
            lignes = "\n".join(f"{touche:<16}{verbe}" for touche, verbe in self._touches)
            yield Static(f"{lignes}\n\nÉchap ou F1 ferme cette aide.", classes="touches", markup=False)


class Sommaire(ModalScreen[int]):
    """F2: the tabs with their state; a digit or Entrée opens one, -1 is none."""

    BINDINGS: ClassVar = [
        Binding("escape,f2,ctrl+t", "fermer", "fermer", show=False),
        Binding("up", "app.focus_previous", "précédent", show=False),
        Binding("down", "app.focus_next", "suivant", show=False),
        *(Binding(str(chiffre), f"aller({chiffre})", show=False) for chiffre in range(1, 10)),
    ]
    DEFAULT_CSS = """
    Sommaire { align: center middle; background: $fond; }
    Sommaire > Vertical { width: 56; height: auto; border: heavy $champ-barre-focus; background: $fond; padding: 0 1; }
    Sommaire .titre { color: $titre; text-style: bold; height: 2; }
    Sommaire Bouton { margin: 0; width: 100%; }
    """

    def __init__(self, lignes: Sequence[tuple[str, bool]], courante: int) -> None:
        super().__init__()
        self._lignes = tuple(lignes)
        self._courante = courante

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("Sommaire", classes="titre", markup=False)
            for rang, (libelle, ouvrable) in enumerate(self._lignes):
                yield Bouton(Action(f"s{rang}", libelle, "", active=ouvrable), avec_touche=False)

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


class Lecture(ModalScreen[None]):
    """A document's text, to be read here."""

    BINDINGS: ClassVar = [Binding("escape,f4,ctrl+o", "dismiss", "fermer", show=False)]
    DEFAULT_CSS = """
    Lecture { align: center middle; background: $fond; }
    Lecture > VerticalScroll { width: 100%; height: 1fr; background: $fond; color: $texte; padding: 0 1;
        scrollbar-size-vertical: 1; }
    Lecture .pied { height: 1; background: $surface; color: $discret; padding: 0 1; }
    """

    def __init__(self, nom: str, texte: str) -> None:
        super().__init__()
        self._nom = nom
        self._texte = texte

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._texte, markup=False)
        yield Static(f"{self._nom}   ↑ ↓ PageUp PageDown lire   Échap revenir", classes="pied", markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

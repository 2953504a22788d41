"""The page shown when the program cannot continue: a sentence, a reference, a way back (ecrans.md §4)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.navigation import Deconnecte
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bouton, Entete

_PHRASE = "Un problème empêche de continuer. Ce que vous avez saisi est gardé."


class EcranProbleme(Ecran):
    """A full page above the screen that failed; it leads only to the first screen, logged out."""

    BINDINGS: ClassVar = [Binding("escape,ctrl+q", "revenir", "Revenir à l'accueil", show=False)]
    DEFAULT_CSS = """
    EcranProbleme { layout: vertical; background: $fond; color: $texte; }
    EcranProbleme > Vertical { height: 1fr; padding: 4 4 0 4; }
    EcranProbleme .reference { margin: 1 0 1 3; height: auto; }
    EcranProbleme Bouton { margin: 0 0 0 2; }
    """
    AUTO_FOCUS = "Bouton"

    def __init__(self, reference: str, recours: str) -> None:
        super().__init__()
        self._reference = reference
        self._recours = recours

    def compose(self) -> ComposeResult:
        yield Entete()
        with Vertical():
            yield Bloc(_PHRASE, "erreur")
            yield Static(f"Référence à donner à {self._recours} : {self._reference}", classes="reference", markup=False)
            yield Bouton(Action("revenir", "Revenir à l'accueil", ""), avec_touche=False)
        yield from self.bas()

    def on_mount(self) -> None:
        self.pied.touches = (("Entrée", "revenir à l'accueil"), ("F12", "affichage"))

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.action_revenir()

    def action_revenir(self) -> None:
        self.post_message(Deconnecte())

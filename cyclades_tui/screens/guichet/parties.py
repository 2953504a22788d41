"""A page of several lists: F6 goes from one to the next, the row in focus is told, Entrée opens it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable


class PageEnParties(PageGuichet):
    """What the agent's home and a dossier have in common."""

    BINDINGS: ClassVar = [
        Binding("f6", "partie(1)", "partie suivante", show=False),
        Binding("shift+f6", "partie(-1)", "partie d'avant", show=False),
    ]
    AUTO_FOCUS = ""

    @abstractmethod
    def parties(self) -> list[list[Widget]]:
        """What takes the focus, part after part, as they are read; no part is empty."""

    @abstractmethod
    def ouvrir(self, rang: Rang) -> None:
        """Show what a row names."""

    def viser(self, visee: str | None, sinon: Iterable[Widget]) -> None:
        """Put the focus back where it was, else on the first of the others; what is seen whole is not scrolled."""
        ordre = list(sinon)
        memes = [widget for widget in ordre if widget.id == visee]
        if cibles := memes or ordre:
            self.donner_le_focus(cibles[0], en_vue=bool(memes))

    def action_partie(self, pas: int) -> None:
        parties = self.parties()
        if parties:
            ici = next((rang for rang, partie in enumerate(parties) if self.focused in partie), -1)
            parties[(ici + pas) % len(parties)][0].focus()

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        self.dessiner_les_boutons()

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, Rang):
            self.ouvrir(ligne)

    def action_ouvrir(self) -> None:
        if isinstance(self.focused, Rang):
            self.ouvrir(self.focused)

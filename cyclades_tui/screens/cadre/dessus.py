"""What stands above a screen: help, question, page of a problem."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.widgets.dialogue import Dialogue


class Dessus:
    """Asks questions over a screen, and leaves it, whatever stands above it."""

    def __init__(self, ecran: Ecran) -> None:
        self._ecran = ecran

    def demander(self, question: Dialogue, suite: Callable[[str | None], None] | None = None) -> None:
        """Ask, replacing a help or another question above the screen; over a problem's page, ask nothing."""
        probleme = any(isinstance(ecran, EcranProbleme) for ecran in self._ecran.app.screen_stack)
        if self._ecran.is_attached and not probleme:
            self._decouvrir()
            self._ecran.app.push_screen(question, suite)

    def fermer(self) -> None:
        """Leave the screen."""
        if self._ecran.is_attached:
            self._decouvrir()
            self._ecran.app.pop_screen()

    def remplacer(self, autre: Screen[None]) -> None:
        """Replace the screen by another."""
        self._decouvrir()
        self._ecran.app.switch_screen(autre)

    def _decouvrir(self) -> None:
        while self._ecran.app.screen is not self._ecran and self._ecran in self._ecran.app.screen_stack:
            self._ecran.app.pop_screen()

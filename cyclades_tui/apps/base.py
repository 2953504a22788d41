"""What both faces share: themes, breakpoints, the keys that the library would take for itself."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import Binding

from cyclades_tui.apps.themes import CLAIR, themes


class AppCyclades(App[None], inherit_bindings=False):
    """An application of ours: no palette, no animation, no blinking, no key of the library's that leaves."""

    TITLE = "Cyclades"
    ENABLE_COMMAND_PALETTE = False
    # The library declares these two as instance variables.
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] = [(0, "-etroit"), (120, "-large"), (210, "-onglets")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] = [(0, "-bas"), (30, "-haut")]  # noqa: RUF012
    BINDINGS: ClassVar = [
        Binding("tab", "app.focus_next", "champ suivant", show=False),
        Binding("shift+tab", "app.focus_previous", "champ précédent", show=False),
        Binding("ctrl+c", "dire_comment_quitter", "copier", show=False),
    ]

    def __init__(self, theme: str = CLAIR) -> None:
        super().__init__()
        self.animation_level = "none"
        for un in themes():
            self.register_theme(un)
        self.theme = theme

    def action_dire_comment_quitter(self) -> None:
        """Ctrl+C never leaves: it copies in a field, elsewhere it tells the way out."""
        from cyclades_tui.screens.base import Ecran

        if isinstance(self.screen, Ecran):
            self.screen.dire("Pour quitter", "Échap")

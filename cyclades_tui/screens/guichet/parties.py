"""The lists of a page: F6 goes from one to the next, and the focus is kept when the page is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from cyclades_tui.screens.cadre.base import Ecran


class Parties:
    """`lister` returns the widgets that take the focus, part by part; no part is empty."""

    BINDINGS: ClassVar = [
        Binding("f6", "partie(1)", "partie suivante", show=False),
        Binding("shift+f6", "partie(-1)", "partie d'avant", show=False),
    ]

    def __init__(self, page: Ecran, lister: Callable[[], list[list[Widget]]]) -> None:
        self._page = page
        self._lister = lister

    def avancer(self, pas: int) -> None:
        """Go to the part after or before the focused one."""
        parties = self._lister()
        if parties:
            ici = next((rang for rang, partie in enumerate(parties) if self._page.focused in partie), -1)
            parties[(ici + pas) % len(parties)][0].focus()

    def viser(self, visee: str | None, sinon: Iterable[Widget]) -> None:
        """Restore the focus, or focus the first of `sinon`; a widget wholly visible is not scrolled."""
        ordre = list(sinon)
        memes = [widget for widget in ordre if widget.id == visee]
        if cibles := memes or ordre:
            self._page.donner_le_focus(cibles[0], en_vue=bool(memes))

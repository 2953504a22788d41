"""« ▼ suite »: tells that a content scrolls further down."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

SUITE = "▼ suite"


def ce_qui_suit(zone: Widget) -> str:
    """`▼ suite` if `zone` can scroll further down, else an empty text."""
    return SUITE if zone.scroll_y < zone.max_scroll_y else ""


class Suite:
    """Calls `dire` with what follows in `zone`, each time the visible part may have changed, after layout."""

    def __init__(self, hote: Widget, zone: Widget, dire: Callable[[str], object]) -> None:
        self._hote = hote
        self._zone = zone
        self._dire = dire
        for ce_qui_change in ("scroll_y", "virtual_size", "show_vertical_scrollbar"):
            hote.watch(zone, ce_qui_change, self.redire, init=False)

    def redire(self) -> None:
        """Call `dire` again, when what it says depends on something else too."""
        self._hote.call_after_refresh(lambda: self._dire(ce_qui_suit(self._zone)))

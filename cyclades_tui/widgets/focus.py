"""Going up, from the place that has the focus to the one before it."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen


def monter(ecran: Screen[Any]) -> None:
    """↑ stays on the first place instead of going round to the last, which often leaves the page."""
    if ecran.focused is None or ecran.focused is not ecran.focus_chain[0]:
        ecran.focus_previous()

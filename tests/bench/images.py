"""Measures when an expected frame is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

_PATIENCE = 30  # seconds, to detect a hung application; not a measurement


class Images(App[None]):
    """An application that reports the first frame with an expected state."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._voulue: Callable[[], bool] | None = None
        self._peinte = asyncio.Event()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        # Private, but nothing else tells « it is on the screen »: `call_after_refresh` may run before.
        super()._display(screen, renderable)
        dessinee = renderable is not None and not self._batch_count
        if dessinee and self._voulue is not None and self._voulue():
            self._peinte.set()

    async def image(self, attendu: Callable[[], bool]) -> None:
        """Wait for the first frame drawn while `attendu` holds."""
        self._voulue = attendu
        self._peinte.clear()
        async with asyncio.timeout(_PATIENCE):
            await self._peinte.wait()
        self._voulue = None

"""When a frame that shows what one waits for is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

_PATIENCE = 30  # seconds: a bound for a hung application, not a measure


class Images(App[None]):
    """An application that tells of the first frame which shows what one waits for."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._voulue: Callable[[], bool] | None = None
        self._peinte = asyncio.Event()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        # Private, but the library has no other word for « it is on the screen »: `call_after_refresh` may come before.
        super()._display(screen, renderable)
        dessinee = renderable is not None and not self._batch_count
        if dessinee and self._voulue is not None and self._voulue():
            self._peinte.set()

    async def image(self, attendu: Callable[[], bool]) -> None:
        """Until the first frame drawn while `attendu` holds."""
        self._voulue = attendu
        self._peinte.clear()
        async with asyncio.timeout(_PATIENCE):
            await self._peinte.wait()
        self._voulue = None

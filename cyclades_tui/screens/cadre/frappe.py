"""Keys keep their order however fast they come: each has its whole effect before the next one (docs/textual.md §2)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from textual.app import App
from textual.events import Event
from textual.message_pump import MessagePump

_PATIENCE = 2.0  # seconds after which a screen that is still at work gets the next key all the same
_TOURS = 200  # of the loop, before one waits by the clock
_PAUSE = 0.002  # seconds


class Frappe:
    """The keys and pastes of an application; one that comes while another is at work waits its turn."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._attendent: deque[Event] = deque()
        self._servie: Event | None = None  # it comes back through the application's own queue
        self._sert = False

    def retient(self, event: Event) -> bool:
        """Whether an event that has just come must wait; it is then given again to the application in its turn."""
        if event is self._servie:
            self._servie = None
            return False
        if not self._sert and self._app.message_queue_size == 0 and all(map(_se_repose, self._concernes())):
            return False
        self._attendent.append(event)
        if not self._sert:
            self._sert = True
            self._app.run_worker(self._servir(), name="frappe")
        return True

    @property
    def attend(self) -> bool:
        """Whether some have come whose turn has not."""
        return self._sert or self._servie is not None

    async def _servir(self) -> None:
        try:
            await self._attendre_le_repos()
            while self._attendent:
                self._servie = self._attendent.popleft()
                self._app.post_message(self._servie)
                await self._attendre_le_repos()
        finally:
            self._sert = False

    async def _attendre_le_repos(self) -> None:
        limite = time.monotonic() + _PATIENCE
        tours = 0
        while not self._tout_se_repose() and time.monotonic() < limite:
            tours += 1
            await asyncio.sleep(0 if tours < _TOURS else _PAUSE)

    def _tout_se_repose(self) -> bool:
        return self._servie is None and _se_repose(self._app) and all(map(_se_repose, self._concernes()))

    def _concernes(self) -> Iterator[MessagePump]:
        """Whatever a key goes through on its way to the application."""
        ecran = self._app.screen
        noeud: MessagePump | None = ecran.focused or ecran
        while noeud is not None and noeud is not self._app:
            yield noeud
            noeud = noeud._parent


def _se_repose(pompe: MessagePump) -> bool:
    """Whether it waits for a message: the library tells how many there are, not that one is being worked on."""
    venu: asyncio.Event = pompe._message_queue.ready_event
    return not venu.is_set() and bool(getattr(venu, "_waiters", ()))

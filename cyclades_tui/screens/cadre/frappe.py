"""Keys keep their order however fast they come: each has its whole effect before the next one (docs/textual.md §2).

Where letters act at once, those that come as only a machine sends them are one text: what a scanner read.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from textual.app import App
from textual.events import Event, Key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widgets import Input

_PATIENCE = 2.0  # seconds after which a screen that is still at work gets the next key all the same
_TOURS = 200  # of the loop, before one waits by the clock
_PAUSE = 0.002  # seconds
_D_UNE_MACHINE = 0.025  # seconds between two keys, at most; fingers take longer, but for a key that is held
_LONGUEUR = 6  # signs; less is typed, and no number is shorter


class Scanne(Message):
    """A scanner read this text where letters act at once: none of them did."""

    def __init__(self, texte: str) -> None:
        super().__init__()
        self.texte = texte


class Frappe:
    """The keys and pastes of an application; one that comes while another is at work waits its turn.

    Where a scanner may be read (`Ecran.A_UN_SCANNER`), a sign waits until it is known whether a machine sent it.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._attendent: deque[Event] = deque()
        self._servie: Event | None = None  # it comes back through the application's own queue
        self._sert = False
        self._ramassees: list[Key] = []  # signs that may be a scanner's
        self._silence: Timer | None = None

    def retient(self, event: Event) -> bool:
        """Whether an event that has just come must wait; it is then given again to the application in its turn."""
        if event is self._servie:
            self._servie = None
            return False
        if isinstance(event, Key) and self._ramasse(event):
            return True
        if not self._sert and self._app.message_queue_size == 0 and all(map(_se_repose, self._concernes())):
            return False
        self._faire_attendre(event)
        return True

    def _faire_attendre(self, *evenements: Event) -> None:
        self._attendent.extend(evenements)
        if not self._sert:
            self._sert = True
            self._app.run_worker(self._servir(), name="frappe")

    @property
    def attend(self) -> bool:
        """Whether some have come whose turn has not."""
        return self._sert or self._servie is not None or bool(self._ramassees)

    # What a scanner sends

    def _ramasse(self, touche: Key) -> bool:
        """Whether a key is part of what may be a scanner's, or ends it."""
        if self._ramassees and touche.time - self._ramassees[-1].time > _D_UNE_MACHINE:
            self._conclure()
        # No scan begins with a space, which therefore need not wait.
        if touche.is_printable and (self._ramassees or touche.key != "space") and self._lit_les_rafales:
            self._ramassees.append(touche)
            self._ecouter()
            return True
        if not self._ramassees:
            return False
        scannee = touche.key == "enter" and self._est_une_rafale
        self._conclure()
        if not scannee:
            self._faire_attendre(touche)
        return True

    @property
    def _lit_les_rafales(self) -> bool:
        if isinstance(self._app.focused, Input) or getattr(self._app.screen, "TAPE_PARTOUT", False):
            return False
        return any(getattr(ecran, "A_UN_SCANNER", False) for ecran in self._app.screen_stack)

    @property
    def _est_une_rafale(self) -> bool:
        """Long enough, and not one key that is held."""
        return len(self._ramassees) >= _LONGUEUR and len({touche.key for touche in self._ramassees}) > 1

    def _ecouter(self) -> None:
        """Wait for the silence after which no machine sends."""
        if self._silence is not None:
            self._silence.stop()
        self._silence = self._app.set_timer(_D_UNE_MACHINE, self._au_silence)

    def _au_silence(self) -> None:
        """Conclude, unless the application was late and more has come."""
        if self._app.message_queue_size:
            self._ecouter()
        else:
            self._conclure()

    def _conclure(self) -> None:
        """One text to the screen, or the keys, each in its turn."""
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        rafale = self._est_une_rafale
        ramassees, self._ramassees = self._ramassees, []
        if rafale:
            self._app.screen.post_message(Scanne("".join(touche.character or "" for touche in ramassees)))
        else:
            self._faire_attendre(*ramassees)

    # Each in its turn

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

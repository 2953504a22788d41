"""Reads what the terminal sends, so that no byte can end the application (docs/textual.md §1)."""

from __future__ import annotations

import os
import re
import selectors
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from textual._parser import ParseError
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message
from typing_extensions import override

_TOUR = 0.1  # seconds between two checks for incomplete input, as in Textual
_COLLAGE_OUVERT = 1.0  # seconds of silence after which an unfinished paste is ended
_OCTETS = 4096
# The oldest kind of mouse report has three bytes of any value, without encoding; ours come in digits.
_VIEILLE_SOURIS = re.compile(rb"\x1b\[M...", re.DOTALL)
_SON_DEBUT = re.compile(rb"\x1b\[M.{0,2}\Z", re.DOTALL)


class LectureDesTouches:
    """Turns bytes into messages; skips what cannot be read and goes on.

    `maintenant` returns seconds, to end a paste whose end never came.
    """

    def __init__(self, maintenant: Callable[[], float] = time.monotonic) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="ignore")
        self._lecteur = XTermParser()
        self._maintenant = maintenant
        self._retenus = b""  # the beginning of a mouse report
        self._fin_du_texte = ""  # just enough to find the marks of a paste
        self._colle = False
        self._entendu = maintenant()

    def lire(self, octets: bytes) -> list[Message]:
        """The messages in these bytes, together with those before them."""
        self._entendu = self._maintenant()
        entiers = _VIEILLE_SOURIS.sub(b"", self._retenus + octets)
        debut = _SON_DEBUT.search(entiers)
        self._retenus = debut.group() if debut else b""
        lus: list[Message] = []
        for signe in self._decoder.decode(entiers.removesuffix(self._retenus)):
            self._suivre_le_collage(signe)
            lus += self._tolerer(partial(self._lecteur.feed, signe))
        return lus

    def attendre(self) -> list[Message]:
        """The messages that are certain because nothing more came, such as Échap alone."""
        self._retenus = b""
        if self._colle and self._maintenant() - self._entendu > _COLLAGE_OUVERT:
            return self.lire(BRACKETED_PASTE_END.encode())
        return list(self._tolerer(self._lecteur.tick))

    def _tolerer(self, demander: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        """What the reader finds; Textual's reader stops for good at input it cannot read, and is then replaced."""
        try:
            yield from demander()
        except (ValueError, OverflowError, ZeroDivisionError, RuntimeError, ParseError):
            ancien, self._lecteur = self._lecteur, XTermParser()
            self._lecteur.last_x, self._lecteur.last_y = ancien.last_x, ancien.last_y
            self._colle = False

    def _suivre_le_collage(self, signe: str) -> None:
        self._fin_du_texte = (self._fin_du_texte + signe)[-len(BRACKETED_PASTE_START) :]
        if self._fin_du_texte == BRACKETED_PASTE_START:
            self._colle = True
        elif self._fin_du_texte == BRACKETED_PASTE_END:
            self._colle = False


class TerminalTolerant(LinuxDriver):
    """Textual's driver, except that an unreadable byte does not stop it."""

    @override
    def run_input_thread(self) -> None:
        lecture = LectureDesTouches()
        with selectors.SelectSelector() as selecteur:
            selecteur.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selecteur.select(_TOUR):
                    self._transmettre(lecture.lire(os.read(self.fileno, _OCTETS)))
                self._transmettre(lecture.attendre())

    def _transmettre(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if not isinstance(message, Resize) or message.size.area:  # ignore a window without cells
                self.process_message(message)

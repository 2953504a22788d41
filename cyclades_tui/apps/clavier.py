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
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message
from typing_extensions import override

_TOUR = 0.1  # seconds between two checks for incomplete input, as in Textual
_COLLAGE_OUVERT = 1.0  # seconds of silence after which an unfinished paste is ended
_OCTETS = 4096
_ECHAP = b"\x1b"
_FIN_DU_COLLAGE = BRACKETED_PASTE_END.encode()
_DEBUT_DE_FIN = re.compile(rb"\x1b(\[(2(01?)?)?)?\Z")
# What a terminal sends, in whole units; ours has no use for strings, nor for the oldest kind of mouse report.
_UNITE = re.compile(
    rb"""
    (?P<perdue> \x1b\[M [^\x01-\x1f]{3}
              | \x1b[]P_^X] [^\x07\x1b]* (?: \x07 | \x1b\\ )
              # Something else interrupts it:
              | \x1b\[M [^\x01-\x1f]{0,2} (?=[\x01-\x1f])
              | \x1b[]P_^X] [^\x07\x1b]* (?=\x1b[^\\])
              | \x1b[\[O] \[? [0-?]* [ -/]* (?=[^ -~]) )
  | (?P<sequence> \x1b\[\[ [ -~]  # a key of the Linux console
              | \x1b\[ [0-9]+ \$  # a key of rxvt
              | \x1b\[ (?![M\[]) [0-?]* [ -/]* [@-~]
              | \x1bO [0-9;]* [ -~] )
  | (?P<seule> \x1b (?=\x1b) | \x1b [\x80-\xff]+ | \x1b [^]P_^X\[O\x1b] )  # Escape, or a key with Alt
  | (?P<texte> [^\x1b]+ )
    """,
    re.DOTALL | re.VERBOSE,
)


class LectureDesTouches:
    """Turns bytes into messages; skips what cannot be read and goes on.

    `maintenant` returns seconds, to tell Échap from the beginning of a sequence, and to end a paste whose end never
    came.
    """

    def __init__(self, maintenant: Callable[[], float] = time.monotonic) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="ignore")
        self._lecteur = XTermParser()
        self._maintenant = maintenant
        self._retenus = b""  # the beginning of a unit
        self._fin_du_texte = ""  # just enough to find the marks of a paste
        self._colle = False
        self._entendu = maintenant()

    def lire(self, octets: bytes) -> list[Message]:
        """The messages in these bytes, together with those before them."""
        self._entendu = self._maintenant()
        reste, self._retenus = self._retenus + octets, b""
        lus: list[Message] = []
        while reste:
            if self._colle:
                morceau, fin, reste = reste.partition(_FIN_DU_COLLAGE)
                if not fin and (debut := _DEBUT_DE_FIN.search(morceau)):
                    morceau, self._retenus = morceau[: debut.start()], debut.group()
                lus += self._donner(morceau + fin)
            elif unite := _UNITE.match(reste):
                lus += self._lire_l_unite(unite)
                reste = reste[unite.end() :]
            else:
                reste, self._retenus = b"", reste
        return lus

    def attendre(self) -> list[Message]:
        """The messages that are certain because nothing more came: Échap alone. Half a sequence is none."""
        silence = self._maintenant() - self._entendu
        if self._colle:
            return self.lire(_FIN_DU_COLLAGE) if silence > _COLLAGE_OUVERT else []
        if not self._retenus or silence < ESCAPE_DELAY:
            return []
        retenus, self._retenus = self._retenus, b""
        return [*self._donner(retenus), *self._conclure()] if retenus == _ECHAP else []

    def _lire_l_unite(self, unite: re.Match[bytes]) -> Iterator[Message]:
        if unite.lastgroup == "perdue":
            return
        yield from self._donner(unite.group())
        if unite.lastgroup == "seule":
            yield from self._conclure()
        elif self._attend:
            self._recommencer()  # lest the signs of a sequence that it does not know be typed

    def _donner(self, octets: bytes) -> Iterator[Message]:
        for signe in self._decoder.decode(octets):
            self._suivre_le_collage(signe)
            yield from self._tolerer(partial(self._lecteur.feed, signe))

    @property
    def _attend(self) -> bool:
        """Whether Textual's reader is within a sequence."""
        return self._lecteur._timeout_time is not None

    def _conclure(self) -> Iterator[Message]:
        """End the sequence that Textual's reader is within, as its own delay would."""
        if self._attend:
            self._lecteur._timeout_time = 0.0
            yield from self._tolerer(self._lecteur.tick)

    def _tolerer(self, demander: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        """What the reader finds; Textual's reader stops for good at input it cannot read, and is then replaced."""
        try:
            yield from demander()
        except (ValueError, OverflowError, ZeroDivisionError, RuntimeError, ParseError):
            self._recommencer()

    def _recommencer(self) -> None:
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

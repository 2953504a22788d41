"""Bytes from a terminal: those that cannot be read are skipped, and nothing after them is lost."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser

from cyclades_tui.apps.clavier import LectureDesTouches

BRUITS = {
    "an invalid byte": b"\xff",
    "half a letter": b"\xc3",
    "a letter of another encoding": b"\xe9",
    "an old mouse report": b"\x1b[M !!",
    "an old mouse report, far on the right": b"\x1b[M \xa0\x81",
    "a key of no alphabet": b"\x1b[99999999999u",
    "a key without a number": b"\x1b[:u",
    "a window of no cell": b"\x1b[48;0;0;0;0t",
    "the end of a paste that never began": b"\x1b[201~",
    "a key of no terminal": b"\x1b[1;2;3;4~",
    "a report that nobody asked for": b"\x1b[?64;1;2c",
    "a colour that nobody asked for": b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
}
MOITIES = (
    b"\x1b[",
    b"\x1b[1;2",
    b"\x1b[<0;1",
    b"\x1b[M",
    b"\x1b[M ",
    b"\x1bO",
    b"\x1b[[",
    b"\x1b]11;rgb:ff",
    b"\x1b[20",
)


def touches_nommees(lus: Iterable[object]) -> list[str]:
    return [un.key for un in lus if isinstance(un, events.Key)]


def touches(lus: Iterable[object]) -> str:
    return "".join(un.character or "" for un in lus if isinstance(un, events.Key))


@pytest.mark.parametrize("bruit", BRUITS.values(), ids=BRUITS.keys())
def test_a_noise_between_two_keys_costs_no_key(bruit: bytes) -> None:
    lecture = LectureDesTouches()
    assert touches([*lecture.lire(b"Z" + bruit), *lecture.lire(b"oe")]) == "Zoe"


def test_the_reader_outlives_any_bytes() -> None:
    hasard = random.Random(13)  # noqa: S311 - noise, not secrets
    morceaux = (b"\x1b", b"[", b"<", b";", b":", b"M", b"u", b"t", b"48", b"99999999999", b"\xff", b"\xc3\xa9", b"\r")
    instant = 0.0
    lecture = LectureDesTouches(lambda: instant)
    for _ in range(5000):
        lecture.lire(b"".join(hasard.choice(morceaux) for _ in range(hasard.randint(1, 9))))
    lecture.lire(b"\x1b[201~" + b"m" * 40)
    assert touches(list(lecture.lire(b"Zoe"))) == "Zoe"


def test_a_paste_of_which_the_end_is_lost_does_not_keep_the_keyboard() -> None:
    instant = 0.0
    lecture = LectureDesTouches(lambda: instant)
    assert lecture.lire(b"\x1b[200~12 rue") == []
    assert lecture.attendre() == []
    instant = 2.0
    (colle,) = lecture.attendre()
    assert isinstance(colle, events.Paste)
    assert colle.text == "12 rue"
    assert touches(list(lecture.lire(b"du"))) == "du"


def test_an_old_mouse_report_in_two_packets() -> None:
    lecture = LectureDesTouches()
    assert touches([*lecture.lire(b"Z\x1b[M\xff"), *lecture.lire(b"\xa0\x81oe")]) == "Zoe"


@pytest.mark.parametrize("moitie", MOITIES)
def test_half_a_sequence_at_the_end_of_a_burst_types_nothing(moitie: bytes) -> None:
    instant = 0.0
    lecture = LectureDesTouches(lambda: instant)
    lus = lecture.lire(b"Z" + moitie)
    assert lecture.attendre() == []
    instant = 0.5
    lus += lecture.attendre()
    assert touches([*lus, *lecture.lire(b"oe")]) == "Zoe"


@pytest.mark.parametrize("moitie", MOITIES)
def test_half_a_sequence_before_another_key_types_nothing(moitie: bytes) -> None:
    lecture = LectureDesTouches()
    lus = [*lecture.lire(b"Z" + moitie + b"\x1b[D"), *lecture.lire(b"oe")]
    assert (touches(lus), touches_nommees(lus)) == ("Zoe", ["Z", "left", "o", "e"])


@pytest.mark.parametrize("coupe", range(1, 6))
def test_a_sequence_in_two_packets_is_one_key(coupe: int) -> None:
    """The input thread asks between them whether anything waits."""
    instant = 0.0
    lecture = LectureDesTouches(lambda: instant)
    octets = b"\x1b[1;5C"
    lus = [*lecture.lire(octets[:coupe]), *lecture.attendre(), *lecture.lire(octets[coupe:]), *lecture.attendre()]
    assert touches_nommees(lus) == ["ctrl+right"]


def test_escape_alone_is_a_key_once_nothing_follows() -> None:
    instant = 0.0
    lecture = LectureDesTouches(lambda: instant)
    lus = [*lecture.lire(b"\x1b"), *lecture.attendre()]
    assert lus == []
    instant = 0.2
    lus = [*lecture.attendre(), *lecture.lire(b"\x1b\x1b[A\x1bo")]
    assert touches_nommees(lus) == ["escape", "escape", "up", "alt+o"]


def test_each_sequence_that_textual_knows_is_still_the_same_keys() -> None:
    """Two escapes are Échap before another key."""
    connues = [une for une in ANSI_SEQUENCES_KEYS if une.startswith("\x1b") and une[1:2] not in ("", "\x1b")]
    assert len(connues) > 300
    for sequence in connues:
        attendues, lues = XTermParser().feed(sequence), LectureDesTouches().lire(sequence.encode())
        assert touches_nommees(lues) == touches_nommees(attendues), repr(sequence)


@pytest.mark.parametrize("coupe", range(1, 6))
def test_the_end_of_a_paste_in_two_packets(coupe: int) -> None:
    lecture, fin = LectureDesTouches(), b"\x1b[201~"
    lus = [
        *lecture.lire(b"\x1b[200~12 rue" + fin[:coupe]),
        *lecture.attendre(),
        *lecture.lire(fin[coupe:] + b"du\x1b["),
    ]
    assert [un.text for un in lus if isinstance(un, events.Paste)] == ["12 rue"]
    assert touches(lus) == "du"

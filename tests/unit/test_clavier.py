"""Bytes from a terminal: those that cannot be read are skipped, and nothing after them is lost."""

from __future__ import annotations

import random

import pytest
from textual import events

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
}


def touches(lus: list[object]) -> str:
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

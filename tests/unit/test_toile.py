"""Images in the terminal: which protocol, no question to the terminal, half blocks, the window on a page."""

from __future__ import annotations

import os
import sys

import pytest
from PIL import Image
from ptyprocess import PtyProcessUnicode

from cyclades_tui.widgets.toile import Protocole, bornes, cadrer, protocole

BLANC, NOIR, GRIS = (255, 255, 255), (0, 0, 0), (128, 128, 128)
# Imports what draws in a terminal, and reports whether the library would have found one to ask.
CHARGER = """
import sys
from cyclades_tui.widgets.toile import Moyen, Protocole, charger
sortie = sys.__stdout__
print([charger(Moyen(Protocole(nom), (9, 18))).__name__ for nom in ("kitty", "sixel", "demi-blocs")])
from textual_image._terminal import get_cell_size
print(tuple(get_cell_size()), sys.__stdout__ is sortie and sortie.isatty())
"""


@pytest.mark.parametrize(
    ("environ", "attendu"),
    [
        ({"TERM": "xterm-kitty"}, Protocole.KITTY),
        ({"TERM": "xterm-ghostty"}, Protocole.KITTY),
        ({"TERM": "foot"}, Protocole.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Protocole.SIXEL),
        ({"TERM": "xterm-kitty", "TMUX": "1"}, Protocole.DEMI_BLOCS),
        ({"TERM": "xterm-256color"}, Protocole.DEMI_BLOCS),
        ({}, Protocole.DEMI_BLOCS),
    ],
)
def test_the_environment_tells_how_images_are_drawn(environ: dict[str, str], attendu: Protocole) -> None:
    assert protocole(environ) is attendu


def test_the_terminal_is_asked_nothing() -> None:
    """In a real terminal, only the program's own output appears: no escape sequence, and no key is read."""
    terminal = PtyProcessUnicode.spawn([sys.executable, "-c", CHARGER], env=os.environ | {"TERM": "xterm-kitty"})
    dit = ""
    while True:
        try:
            dit += terminal.read()
        except EOFError:
            break
    terminal.wait()
    assert dit.splitlines() == ["['TGPImage', 'Image', 'DemiBlocs']", "(9, 18) True"]


def test_the_window_stays_over_the_page() -> None:
    assert bornes((-5, 900), (100, 200), (40, 50)) == (0, 150)
    assert bornes((30, 20), (100, 200), (40, 50)) == (30, 20)
    assert bornes((30, 20), (20, 10), (40, 50)) == (0, 0)


def test_what_is_seen_has_the_size_of_the_window_and_a_narrow_page_is_centred() -> None:
    page = Image.new("RGB", (10, 4), NOIR)
    vue = cadrer(page, (0, 0), (20, 8), BLANC)
    assert vue.size == (20, 8)
    assert vue.getbbox() == (0, 0, 20, 8)
    assert [vue.getpixel((x, 0)) for x in (4, 5, 14, 15)] == [BLANC, NOIR, NOIR, BLANC]
    assert vue.getpixel((10, 4)) == BLANC
    page.putpixel((9, 3), GRIS)
    assert cadrer(page, (7, 2), (3, 2), BLANC).getpixel((2, 1)) == GRIS

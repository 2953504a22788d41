"""No byte of ours drives a terminal that did not ask: what is taken out, and what stays."""

from __future__ import annotations

import io
import json
import sys
from typing import IO, cast

import pytest
from rich.segment import ControlType, Segment
from rich.text import Text
from textual.color import Color

from cyclades_tui.apps.surete import SansCommande
from cyclades_tui.cli.terminal import SortieSure, classe_de_console, sorties_sures
from cyclades_tui.domaine.texte import commandes_echappees, sans_commande

ATTAQUES = (
    "\x1b[2J",
    "\x1b]52;c;cm0=\x07",
    "\x1b]0;titre\x1b\\",
    "\x9b2J",
    "\x90q\x9c",
    "\x07\x08\x0b\x0c\r",
    "\u202e",
    "\u2066\u2069\u200f\u061c",
    "\x7f\x00",
    "\u2028",
)
INTERDITS = frozenset("".join(ATTAQUES)) - frozenset("[2J]5;cm0=titreq\\")
INNOCENTS = "L'Haÿ-les-Roses « œuvre » : 1\u202f000 €\u00a0; ligne\nautre\tcolonne √ × █ 日本"


@pytest.mark.parametrize("attaque", ATTAQUES)
def test_controls_and_marks_are_taken_out(attaque: str) -> None:
    assert not INTERDITS & set(sans_commande(f"avant{attaque}après"))
    assert sans_commande(f"avant{attaque}après").startswith("avant")


def test_what_people_write_stays() -> None:
    assert sans_commande(INNOCENTS) == INNOCENTS


@pytest.mark.parametrize("attaque", ATTAQUES)
def test_json_reads_back_the_same_and_shows_none(attaque: str) -> None:
    ecrit = commandes_echappees(json.dumps({"nom": attaque}, ensure_ascii=False))
    assert json.loads(ecrit) == {"nom": attaque}
    assert not INTERDITS & set(ecrit)


def test_prints_and_errors_go_through_it(capsys: pytest.CaptureFixture[str]) -> None:
    with sorties_sures():
        sys.stdout.write("a\x1b[2Jb\n")
        sys.stderr.writelines(["c\u202ed\n", "e\x9bf"])
    lu = capsys.readouterr()
    assert (lu.out, lu.err) == ("a[2Jb\n", "cd\nef")


def test_rich_keeps_its_colours_and_not_those_of_a_text() -> None:
    brut = io.StringIO()
    sortie = cast("IO[str]", SortieSure(brut))
    console = classe_de_console()(file=sortie, force_terminal=True, color_system="standard", width=80)
    console.print(Text("rouge\x1b[2J", style="red"), Text("\x1b]52;c;cm0=\x07"))
    assert "\x1b[31mrouge[2J" in brut.getvalue()
    assert "\x1b[2J" not in brut.getvalue()
    assert "\x1b]" not in brut.getvalue()


def test_a_line_of_a_screen_loses_them_and_an_image_does_not() -> None:
    image = Segment("\x1bPq#0\x1b\\", control=[(ControlType.CURSOR_FORWARD, 0)])  # as textual-image sends one
    lignes = SansCommande().apply([Segment("a\x1b[2J\u202eb"), Segment("√ œ"), image], Color(0, 0, 0))
    assert [ligne.text for ligne in lignes] == ["a[2Jb", "√ œ", "\x1bPq#0\x1b\\"]
    assert lignes[2] is image

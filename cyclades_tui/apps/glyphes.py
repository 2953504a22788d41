"""Draws the signs that the terminal's font and encoding have, cell by cell (ecrans.md §1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

# One cell for one cell: « … » becomes one dot, and an open branch is `v`, like an open list.
_SIGNES = {
    "√": "v",
    "✓": "v",
    "×": "x",
    "…": ".",
    "►": ">",
    "▼": "v",
    "▲": "^",
    "←": "<",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "•": "*",
    "·": ".",
    "▐": "[",
    "▌": "]",
    "█": "#",
    "░": ".",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
}
_TRAITS = {
    "-": "─┄┈▁▂▃▔▀▄",
    "=": "━═",
    "|": "│┃║▊▎▋▍▏▕",
    "+": "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜",
    "#": "▅▆▇▛▜▙▟▗▖▝▘",
}
_TABLE = str.maketrans(_SIGNES | {signe: trait for trait, signes in _TRAITS.items() for signe in signes})


_COCHES = str.maketrans({"√": "✓"})


def en_ascii(texte: str) -> str:
    """The text with its signs in ASCII, as many cells wide; letters keep their accents."""
    return texte if texte.isascii() else texte.replace("(•)", "(o)").translate(_TABLE)


def avec_coches(texte: str) -> str:
    """The text with a real check mark, which the old sets of signs lack, in place of the root that stands for it."""
    return texte.translate(_COCHES)


# What is drawn instead of the text, by the word of the settings; the signs of the code are those of `unicode`.
JEUX: Mapping[str, Callable[[str], str]] = MappingProxyType({"coche": avec_coches, "ascii": en_ascii})


class SignesDuTerminal(LineFilter):
    """Replaces the signs of every line drawn by those of a set (`domaine.affichage.SIGNES`)."""

    def __init__(self, jeu: str) -> None:
        super().__init__()
        self.jeu = jeu

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        dessiner = JEUX[self.jeu]
        return [Segment(dessiner(texte), style, controle) for texte, style, controle in segments]

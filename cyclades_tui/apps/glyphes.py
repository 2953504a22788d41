"""Replaces signs by ASCII, cell by cell, if the terminal's font or encoding lacks them (ecrans.md §1)."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

# One cell for one cell: « … » becomes one dot, and an open branch is `v`, like an open list.
_SIGNES = {
    "√": "v",
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


def en_ascii(texte: str) -> str:
    """The text with its signs in ASCII, as many cells wide; letters keep their accents."""
    return texte if texte.isascii() else texte.replace("(•)", "(o)").translate(_TABLE)


class SignesAscii(LineFilter):
    """Replaces the signs of every line drawn."""

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(en_ascii(texte), style, controle) for texte, style, controle in segments]

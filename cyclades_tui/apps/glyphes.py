"""Signs written in ASCII where the terminal's font or encoding has no others: each cell for itself (ecrans.md §1)."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

# One cell for one cell, so « … » is one dot, and an open branch is the same `v` as an open list.
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
    """The text in as many cells, its signs in ASCII; letters keep their accents."""
    return texte if texte.isascii() else texte.replace("(•)", "(o)").translate(_TABLE)


class SignesAscii(LineFilter):
    """Every line that is drawn, in ASCII signs."""

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(en_ascii(texte), style, controle) for texte, style, controle in segments]

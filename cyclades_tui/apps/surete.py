"""Takes out of every line drawn what could drive the terminal: texts on a screen are other people's (decision 18)."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

from cyclades_tui.domaine.texte import sans_commande


class SansCommande(LineFilter):
    """Drops controls and bidirectional marks, which have no width; what widgets send as controls passes."""

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.control or (segment.text.isascii() and segment.text.isprintable())
            else Segment(sans_commande(segment.text), segment.style)
            for segment in segments
        ]

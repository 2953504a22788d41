"""The fields of a section: in one column, or in two if there is room (ecrans.md §3)."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.widgets.champ import LigneChamp

ENTRE_COLONNES = 2


class _RubriquesEnRangees(Layout):
    """Left to right, then down; a child `entiere` takes a row, a `-paire` begins one, which the next child ends.

    Textual's grid would let a wide cell in the last column overflow.
    """

    name = "rangees"

    @override
    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        large = parent.screen.has_class("-large")
        colonne = (size.width - ENTRE_COLONNES) // 2 if large else size.width
        places: ArrangeResult = []
        y = hauteur = x = 0
        for enfant in children:
            entiere = not large or not isinstance(enfant, LigneChamp) or enfant.entiere
            if x and (entiere or enfant.has_class("-paire")):
                y, x = y + hauteur + 1, 0
            largeur = size.width if entiere else colonne
            bords = enfant.gutter
            haut = bords.height + enfant.get_content_height(size, parent.app.size, largeur - bords.width)
            hauteur = max(hauteur, haut) if x else haut
            places.append(WidgetPlacement(Region(x, y, largeur, haut), NULL_OFFSET, Spacing(), enfant))
            if entiere or x:
                y, x = y + hauteur + (1 if large else 0), 0
            else:
                x = colonne + ENTRE_COLONNES
        return places


class Rubriques(Widget):
    """Holds the fields of a section, and what stands under one of them."""

    DEFAULT_CSS = """
    Rubriques { height: auto; width: 1fr; max-width: 118; }
    """
    _RANGEES: ClassVar = _RubriquesEnRangees()

    @property
    def layout(self) -> Layout:
        return self._RANGEES

"""Blocks that flow down one column, or two where there is room (ecrans.md §4)."""

from __future__ import annotations

from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding
from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from typing_extensions import override

_LARGEUR_POUR_DEUX = 100  # cells
_ENTRE_COLONNES = 3


def partager(hauteurs: list[int]) -> int:
    """How many of the blocks go to the first column, so that the longer one is as short as can be."""
    total = sum(hauteurs)
    avant = [0, *accumulate(hauteurs)]
    return min(range(len(avant)), key=lambda rang: max(avant[rang], total - avant[rang]))


class _EnColonnes(Layout):
    """Down the first column, then down the second; a block is never split."""

    name = "colonnes"

    @override
    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        deux = size.width >= _LARGEUR_POUR_DEUX
        largeur = (size.width - _ENTRE_COLONNES) // 2 if deux else size.width
        hauteurs = [self._hauteur(enfant, parent, size, largeur) for enfant in children]
        premiers = partager([h + 1 for h in hauteurs]) if deux else len(children)
        places: ArrangeResult = []
        x = y = 0
        for rang, (enfant, hauteur) in enumerate(zip(children, hauteurs, strict=True)):
            if rang == premiers:
                x, y = largeur + _ENTRE_COLONNES, 0
            places.append(WidgetPlacement(Region(x, y, largeur, hauteur), NULL_OFFSET, Spacing(), enfant))
            y += hauteur + 1
        return places

    @staticmethod
    def _hauteur(enfant: Widget, parent: Widget, size: Size, largeur: int) -> int:
        bords = enfant.gutter
        return bords.height + enfant.get_content_height(size, parent.app.size, largeur - bords.width)


class BlocsEnColonnes(Widget):
    """Holds the blocks; ← and → go to the other column."""

    DEFAULT_CSS = """
    BlocsEnColonnes { height: auto; width: 1fr; max-width: 118; }
    """
    BINDINGS: ClassVar = [
        Binding("left", "a_cote(-1)", "colonne de gauche", show=False),
        Binding("right", "a_cote(1)", "colonne de droite", show=False),
    ]
    _EN_COLONNES: ClassVar = _EnColonnes()

    @property
    def layout(self) -> Layout:
        return self._EN_COLONNES

    def action_a_cote(self, sens: int) -> None:
        """Focus the block beside the focused one; nothing where there is one column."""
        ici = self.screen.focused
        if ici is None or ici not in self.children:
            return
        la = [bloc for bloc in self.children if (bloc.region.x - ici.region.x) * sens > 0]
        if la:
            min(la, key=lambda bloc: abs(bloc.region.y - ici.region.y)).focus()

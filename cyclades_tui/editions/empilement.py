"""Stacks bands of text down A4 pages, keeping together what belongs together.

Lengths are in millimetres from the top left corner, type sizes in points.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

LARGEUR_PAGE, HAUTEUR_PAGE = 210.0, 297.0
HAUT, BAS = 14.0, 280.0
HAUTEUR = BAS - HAUT


class Filet(NamedTuple):
    """Thickness in millimetres; grey from 0 (black) to 255."""

    epaisseur: float
    gris: int = 0


class TextePlace(NamedTuple):
    """A run of text; `x` is its left end, `y` its baseline."""

    x: float
    y: float
    texte: str
    corps: float
    gras: bool


class Trait(NamedTuple):
    """A straight line, horizontal or vertical."""

    x1: float
    y1: float
    x2: float
    y2: float
    filet: Filet


class Plein(NamedTuple):
    """A black rectangle, placed by its top left corner."""

    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, slots=True)
class Bande:
    """Drawings that stay together, placed from the top of the band; `soudee`: on the same page as the next band."""

    hauteur: float
    textes: list[TextePlace]
    traits: list[Trait]
    soudee: bool = False
    pleins: list[Plein] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageEmpilee:
    """A page: its texts are in reading order, the foot last."""

    textes: list[TextePlace] = field(default_factory=list)
    traits: list[Trait] = field(default_factory=list)
    pleins: list[Plein] = field(default_factory=list)


def empiler(bandes: Iterable[Bande]) -> list[PageEmpilee]:
    """Stack bands down the pages; bands welded together go to the next page as a whole if they do not fit."""
    pages = [PageEmpilee()]
    y = HAUT
    for troupe in _troupes(bandes):
        if y + sum(bande.hauteur for bande in troupe) > BAS and y > HAUT:
            pages.append(PageEmpilee())
            y = HAUT
        for tranche in (tranche for bande in troupe for tranche in _trancher(bande)):
            if y + tranche.hauteur > BAS and y > HAUT:
                pages.append(PageEmpilee())
                y = HAUT
            _placer(tranche, pages[-1], y)
            y += tranche.hauteur
    return pages


def _troupes(bandes: Iterable[Bande]) -> Iterator[list[Bande]]:
    """Groups of bands that must stay on one page."""
    troupe: list[Bande] = []
    for bande in bandes:
        troupe.append(bande)
        if not bande.soudee:
            yield troupe
            troupe = []
    if troupe:
        yield troupe


def _trancher(bande: Bande) -> Iterator[Bande]:
    """The band, or slices of it if it is taller than a page."""
    if bande.hauteur <= HAUTEUR:
        yield bande
        return
    for rang in range(math.ceil(bande.hauteur / HAUTEUR)):
        haut = rang * HAUTEUR
        bas = min(haut + HAUTEUR, bande.hauteur)
        yield Bande(
            bas - haut,
            [texte._replace(y=texte.y - haut) for texte in bande.textes if haut <= texte.y < bas],
            [
                trait._replace(y1=min(max(trait.y1, haut), bas) - haut, y2=min(max(trait.y2, haut), bas) - haut)
                for trait in bande.traits
                if min(trait.y1, trait.y2) <= bas and max(trait.y1, trait.y2) >= haut
            ],
            pleins=[plein._replace(y=plein.y - haut) for plein in bande.pleins if haut <= plein.y < bas],
        )


def _placer(bande: Bande, page: PageEmpilee, y: float) -> None:
    page.textes.extend(texte._replace(y=texte.y + y) for texte in bande.textes)
    page.traits.extend(trait._replace(y1=trait.y1 + y, y2=trait.y2 + y) for trait in bande.traits)
    page.pleins.extend(plein._replace(y=plein.y + y) for plein in bande.pleins)

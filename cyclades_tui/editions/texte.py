"""The plain-text twin of a document: the same words in the same order, 80 columns (decision 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cyclades_tui.domaine.document import FORMATION, BlocDeDocument, DocumentCompose, Style
from cyclades_tui.editions.coupe import couper

COLONNES = 80
RETRAIT_DESTINATAIRE = 40
# The widest that the columns unit, position and mode may be; the label takes the rest.
LARGEURS_MAXIMALES = (6, 14, 30)

Largeurs = tuple[int, ...]

# Blocks that need no empty line before them when another style precedes.
_FAMILLES = {Style.CHOIX: Style.EPREUVE}


def rendre_texte(document: DocumentCompose) -> str:
    """The document as text that ends with a line feed; an empty line separates zones.

    A word longer than its column is broken, so no line is wider than 80 columns.
    """
    largeurs = _largeurs(document.blocs)
    sortie = [FORMATION.center(COLONNES).rstrip(), ""] if document.formation else []
    precedente: Style | None = None
    for bloc in document.blocs:
        famille = _FAMILLES.get(bloc.style, bloc.style)
        if precedente not in (None, Style.RUBRIQUE, famille) or famille is precedente is Style.PARAGRAPHE:
            sortie.append("")
        sortie += _ecrire(bloc, largeurs)
        precedente = famille
    return "\n".join(sortie) + "\n"


def _ecrire(bloc: BlocDeDocument, largeurs: Largeurs) -> Iterator[str]:
    match bloc.style:
        case Style.EPREUVE:
            yield from _rangee(bloc.cellules, largeurs)
        case Style.TITRE:
            yield from (ligne.center(COLONNES).rstrip() for ligne in _lignes(bloc, COLONNES))
        case Style.DESTINATAIRE:
            retrait = " " * RETRAIT_DESTINATAIRE
            yield from (retrait + ligne for ligne in _lignes(bloc, COLONNES - RETRAIT_DESTINATAIRE))
        case _:
            yield from _lignes(bloc, COLONNES)
            for cellule in bloc.cellules:
                yield from _couper(cellule, COLONNES)


def _lignes(bloc: BlocDeDocument, largeur: int) -> list[str]:
    return ["".join(s.texte for s in ligne) for ligne in couper(bloc.gras, bloc.texte, largeur, _compter)]


def _couper(texte: str, largeur: int) -> list[str]:
    return ["".join(s.texte for s in ligne) for ligne in couper("", texte, largeur, _compter)]


def _compter(texte: str, _gras: bool) -> float:
    return len(texte)


def _largeurs(blocs: Iterable[BlocDeDocument]) -> Largeurs:
    """The widths of the columns, the same for every table of the document."""
    rangees = [bloc.cellules for bloc in blocs if bloc.style is Style.EPREUVE]
    droite = [
        min(maximum, max((len(rangee[rang]) for rangee in rangees), default=0))
        for rang, maximum in enumerate(LARGEURS_MAXIMALES, start=1)
    ]
    return (COLONNES - sum(droite) - len(droite), *droite)


def _rangee(cellules: tuple[str, ...], largeurs: Largeurs) -> Iterator[str]:
    colonnes = [_couper(texte, largeur) for texte, largeur in zip(cellules, largeurs, strict=True)]
    for rang in range(max(map(len, colonnes))):
        morceaux = (colonne[rang] if rang < len(colonne) else "" for colonne in colonnes)
        yield " ".join(f"{m:<{largeur}}" for m, largeur in zip(morceaux, largeurs, strict=True)).rstrip()

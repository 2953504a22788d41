"""A document as a sequence of blocks, before it is drawn (PDF) or written (plain-text twin)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Style(StrEnum):
    """How a block stands on the page."""

    TITRE = "titre"  # centred, large
    CARTOUCHE = "cartouche"  # top right: version, numbers, session
    SERVICE = "service"  # left: the office's address
    DESTINATAIRE = "destinataire"  # right: the candidate's address
    LIGNE = "ligne"  # one line « label : value »
    PARAGRAPHE = "paragraphe"  # running text, wrapped
    RUBRIQUE = "rubrique"  # heading of a part
    EPREUVE = "epreuve"  # one table row, `cellules` of four columns
    CHOIX = "choix"  # the choice printed under an épreuve
    SIGNATURE = "signature"  # place, date, room to sign


@dataclass(frozen=True, slots=True)
class Bloc:
    """`gras` is printed bold before `texte`; `cellules` only with Style.EPREUVE: label, unit, position, mode."""

    style: Style
    texte: str = ""
    gras: str = ""
    cellules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """`instant` (UTC) is the one date the file carries; `formation` marks every page as training (decision 6)."""

    titre: str
    sujet: str
    instant: datetime
    formation: bool
    blocs: tuple[Bloc, ...]

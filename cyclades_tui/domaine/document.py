"""A document as a sequence of blocks, before it is drawn (PDF) or written (plain-text twin)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Printed on every page of a document whose numbers are for training (decision 6).
FORMATION = "FORMATION"


class Style(StrEnum):
    """How a block stands on the page."""

    TITRE = "titre"  # centred, large
    CARTOUCHE = "cartouche"  # top right, in a box: version, numbers, session
    SERVICE = "service"  # left: the office's address
    DESTINATAIRE = "destinataire"  # right: the candidate's address
    REFERENCE = "reference"  # left, under the office: a QR code of `texte` without its spaces, with the text beside it
    LIGNE = "ligne"  # one line « label : value »
    PARAGRAPHE = "paragraphe"  # running text, wrapped
    RUBRIQUE = "rubrique"  # heading of a part, kept with what follows
    EPREUVE = "epreuve"  # one table row, `cellules` of four columns: label, unit, position, mode
    CHOIX = "choix"  # the choice printed under an épreuve, kept with it
    SIGNATURE = "signature"  # certified statement, place, date; `cellules`: who signs, side by side, with room to sign


@dataclass(frozen=True, slots=True)
class BlocDeDocument:
    """One piece of a document; `gras` is printed bold before `texte`.

    Blocks of one style in a row make one zone: one box, one address, one signature area that never splits. A run of
    `_` in a signature line stands for a blank to fill by hand.
    """

    style: Style
    texte: str = ""
    gras: str = ""
    cellules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentCompose:
    """A document to print: its blocks in reading order, and what its pages carry.

    `sujet` names the person and the version at the foot of every page, so that a loose sheet can be traced;
    `instant` (UTC) is the file's only date; `formation` marks every page as training (decision 6).
    """

    titre: str
    sujet: str
    instant: datetime
    formation: bool
    blocs: tuple[BlocDeDocument, ...]

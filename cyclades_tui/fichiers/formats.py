"""The formats of a deposited file, told by its content, and where each of them ends.

The content is told by `filetype`, not `puremagic`: for the same bytes it gives one answer where the other gives several
with a confidence, it tells an animated PNG from a PNG, and takes no bare ZIP for a DOCX. Neither looks at how a file
ends: cut files and files with two natures keep the type of their first bytes, so that is asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import filetype

PDF, JPEG, PNG = "PDF", "JPEG", "PNG"
SUFFIXES = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"), PNG: (".png",)}
_TYPES = {"application/pdf": PDF, "image/jpeg": JPEG, "image/png": PNG, "image/apng": PNG}
# A sheet of A3 at 600 dots an inch has 70 million, a telephone's picture up to 50.
PIXELS_MAX = 100_000_000
_BLANCS_PDF = b"\0\t\n\f\r "
# A reader of PDF may look for the head of the file this far.
_TETE_PDF = 1024
_FIN_ZIP = b"PK\x05\x06"
_TAILLE_FIN_ZIP = 22  # bytes, without the comment
_COMMENTAIRE_ZIP_MAX = 65_535
# A marker and the bytes that may fill the room before it; possessive: millions of them are not tried over and over.
_MARQUEUR_JPEG = re.compile(rb"\xff++([^\x00\xff])")
# What ends a run of compressed points: a marker that is no restart.
_APRES_LES_POINTS = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FIN_JPEG, _DEBUT_DES_POINTS = 0xD9, 0xDA
# Start of frame, less the three codes in its range that mean something else.
_CADRES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def reconnaitre(octets: bytes) -> str:
    """The format that the content has, empty where it is none that may be accepted."""
    devine = filetype.guess(octets)
    return "" if devine is None else _TYPES.get(devine.mime, "")


def enumerer(formats: tuple[str, ...]) -> str:
    """« PDF, JPEG ou PNG »."""
    *premiers, dernier = formats
    return f"{', '.join(premiers)} ou {dernier}" if premiers else dernier


def seul(octets: bytes, format_: str) -> bool:
    """Whether the bytes are one document from the first to the last, and of no other nature at the same time."""
    if _est_un_zip(octets):
        return False
    if format_ == PDF:
        return octets.startswith(b"%PDF-") and octets.rstrip(_BLANCS_PDF).endswith(b"%%EOF")
    fin = _fin_du_png(octets) if format_ == PNG else _fin_du_jpeg(octets)
    return fin == len(octets) and b"%PDF-" not in octets[:_TETE_PDF]


def sans_ajout(octets: bytes, format_: str) -> bytes:
    """The document without what a telephone writes after it: a film, a second exposure, its own notes.

    Only a JPEG is cut, and never one that is an archive too, which stays whole to be refused.
    """
    if format_ != JPEG or _est_un_zip(octets):
        return octets
    fin = _fin_du_jpeg(octets)
    return octets[:fin] if fin > 0 else octets


def taille_du_jpeg(octets: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the picture itself says; (0, 0) where it says none."""
    for code, debut in _segments(octets):
        if code in _CADRES:
            return int.from_bytes(octets[debut + 5 : debut + 7]), int.from_bytes(octets[debut + 3 : debut + 5])
    return 0, 0


def _est_un_zip(octets: bytes) -> bool:
    """Whether a ZIP ends in the file: its end record points back to a directory of files."""
    debut = octets.rfind(_FIN_ZIP, max(0, len(octets) - _TAILLE_FIN_ZIP - _COMMENTAIRE_ZIP_MAX))
    if debut < 0:
        return False
    repertoire = debut - int.from_bytes(octets[debut + 12 : debut + 16], "little")
    return octets[max(0, repertoire) :].startswith((b"PK\x01\x02", _FIN_ZIP))


def _fin_du_png(octets: bytes) -> int:
    """Where the closing chunk ends; -1 where there is none."""
    position = 8
    while position < len(octets):
        nom = octets[position + 4 : position + 8]
        position += 12 + int.from_bytes(octets[position : position + 4])
        if nom == b"IEND":
            return position
    return -1


def _fin_du_jpeg(octets: bytes) -> int:
    """Where the closing marker ends; -1 where there is none."""
    return next((debut for code, debut in _segments(octets) if code == _FIN_JPEG), -1)


def _segments(octets: bytes) -> Iterator[tuple[int, int]]:
    """The code of each marker and where what belongs to it begins; stops at the end or where their chain breaks."""
    position = 2
    while marqueur := _MARQUEUR_JPEG.match(octets, position):
        code, position = marqueur[1][0], marqueur.end()
        yield code, position
        if code == _FIN_JPEG:
            return
        longueur = int.from_bytes(octets[position : position + 2])
        position += max(longueur, 2)
        if code == _DEBUT_DES_POINTS:
            suivant = _APRES_LES_POINTS.search(octets, position)
            if suivant is None:
                return
            position = suivant.start()

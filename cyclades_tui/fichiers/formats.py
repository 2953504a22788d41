"""Recognises the format of a deposited file by its content, and finds where the content ends.

The library is `filetype`, not `puremagic`: it gives one answer instead of several with a confidence, distinguishes an
animated PNG from a PNG, and does not take any ZIP for a DOCX. Neither looks at the end of a file: truncated files, and
files with two natures, have the type of their first bytes, so this module checks the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import filetype

PDF, JPEG, PNG, HEIC = "PDF", "JPEG", "PNG", "HEIC"
SUFFIXES = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    PNG: (".png",),
    HEIC: (".heic", ".heif", ".hif"),
}
# Formats that are accepted because they are converted into one that is kept.
_DEVIENT = {HEIC: JPEG}
_TYPES = {"application/pdf": PDF, "image/jpeg": JPEG, "image/png": PNG, "image/apng": PNG}
# The bytes by which a HEIC file announces itself, and the kinds of still pictures among its family.
_BOITE_HEIC = slice(4, 12)
_MARQUES_HEIC = frozenset(b"ftyp" + marque for marque in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"))
# A sheet of A3 at 600 dots an inch has 70 million, the picture of a telephone up to 50.
PIXELS_MAX = 100_000_000
_BLANCS_PDF = b"\0\t\n\f\r "
ENTETE_PDF, FIN_PDF = b"%PDF-", b"%%EOF"
# Readers of PDF may look for the header of the file this far.
TETE_PDF = 1024
_FIN_ZIP = b"PK\x05\x06"
_TAILLE_FIN_ZIP = 22  # bytes, without the comment
_COMMENTAIRE_ZIP_MAX = 65_535
# A marker and the filling bytes before it; possessive, so that millions of them are tried only once.
_MARQUEUR_JPEG = re.compile(rb"\xff++([^\x00\xff])")
# The end of compressed pixels: a marker that is not a restart.
_APRES_LES_POINTS = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FIN_JPEG, _DEBUT_DES_POINTS = 0xD9, 0xDA
# Start of frame, without the three codes in its range that mean something else.
_CADRES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def reconnaitre(octets: bytes) -> str:
    """The format of the content; empty if it is not one that may be accepted.

    A PDF may stand behind a few unknown bytes, which a copy or a download left before it.
    """
    if octets[_BOITE_HEIC] in _MARQUES_HEIC:
        return HEIC
    devine = filetype.guess(octets)
    if devine is not None:
        return _TYPES.get(devine.mime, "")
    return PDF if ENTETE_PDF in octets[:TETE_PDF] else ""


def format_du_nom(chemin: Path) -> str:
    """The format that the suffix of a name announces; empty if none."""
    return next((nom for nom, suffixes in SUFFIXES.items() if chemin.suffix.lower() in suffixes), "")


def acceptes(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats that a given file may have if these are the ones kept."""
    return (*formats, *(de for de, vers in _DEVIENT.items() if vers in formats))


def enumerer(formats: tuple[str, ...]) -> str:
    """« PDF, JPEG ou PNG »."""
    *premiers, dernier = formats
    return f"{', '.join(premiers)} ou {dernier}" if premiers else dernier


def seul(octets: bytes, format_: str) -> bool:
    """Whether the bytes are one document from the first to the last, and are not valid as another format too."""
    if est_un_zip(octets):
        return False
    if format_ == PDF:
        return octets.startswith(ENTETE_PDF) and octets.rstrip(_BLANCS_PDF).endswith(FIN_PDF)
    return _FINS[format_](octets) == len(octets) and ENTETE_PDF not in octets[:TETE_PDF]


def sans_ajout(octets: bytes, format_: str) -> bytes:
    """The document without what a telephone adds after it: a film, a second exposure, its own notes.

    Only pictures are cut; one that is an archive too stays whole, and is refused for that.
    """
    if format_ not in _FINS or est_un_zip(octets):
        return octets
    fin = _FINS[format_](octets)
    return octets[:fin] if fin > 0 else octets


def taille_du_jpeg(octets: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the picture announces them; (0, 0) if it does not."""
    for code, debut in _segments(octets):
        if code in _CADRES:
            return int.from_bytes(octets[debut + 5 : debut + 7]), int.from_bytes(octets[debut + 3 : debut + 5])
    return 0, 0


def est_un_zip(octets: bytes) -> bool:
    """Whether a ZIP ends in the file: an end record that points back to a directory of files."""
    debut = octets.rfind(_FIN_ZIP, max(0, len(octets) - _TAILLE_FIN_ZIP - _COMMENTAIRE_ZIP_MAX))
    if debut < 0:
        return False
    repertoire = debut - int.from_bytes(octets[debut + 12 : debut + 16], "little")
    return octets[max(0, repertoire) :].startswith((b"PK\x01\x02", _FIN_ZIP))


def _fin_du_png(octets: bytes) -> int:
    """The end of the closing chunk; -1 if there is none."""
    position = 8
    while position < len(octets):
        nom = octets[position + 4 : position + 8]
        position += 12 + int.from_bytes(octets[position : position + 4])
        if nom == b"IEND":
            return position
    return -1


def _fin_du_jpeg(octets: bytes) -> int:
    """The end of the closing marker; -1 if there is none."""
    return next((debut for code, debut in _segments(octets) if code == _FIN_JPEG), -1)


def _segments(octets: bytes) -> Iterator[tuple[int, int]]:
    """The code of each marker, and where its data begin; stops at the closing marker or where the chain breaks."""
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


# The functions that find the end of a picture.
_FINS: dict[str, Callable[[bytes], int]] = {JPEG: _fin_du_jpeg, PNG: _fin_du_png}

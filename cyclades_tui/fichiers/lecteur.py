"""The program that opens a deposited file, rewrites it if necessary and examines the result; `examen` runs it confined.

Arguments: the format, the maximum of pages, the maximum of bytes kept; the file comes through the standard input. With
`REUNION` for the format, examined files come one after the other, to be joined into one PDF; the next arguments are the
format and the length of each.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from cyclades_tui.fichiers.confinement import FichierIllisible, repondre
from cyclades_tui.fichiers.formats import HEIC, JPEG, PDF, seul

DUREE_MAX = 20  # seconds of processor; a hundred pages in colours take seven
ATTENTE_MAX = 40  # seconds in all, on a machine that does other work
REUNION = "REUNION"
# Faults of a PDF that rewriting it may remove.
_REPARABLES = frozenset(("abime", "actif", "chiffre", "suite"))


def main() -> None:
    """Read a file from the standard input and answer in JSON; with the bytes to keep if the file was rewritten."""
    format_, pages_max, taille_max, *parties = sys.argv[1:]
    # Only the modules for this format are imported, and now: a confined process opens no file.
    if format_ == PDF:
        lire = partial(_pour_un_pdf(), pages_max=int(pages_max))
    elif format_ == REUNION:
        lire = partial(_pour_plusieurs(parties), pages_max=int(pages_max), taille_max=int(taille_max))
    else:
        lire = partial(_pour_une_image(), format_=format_, taille_max=int(taille_max))
    repondre(lire, DUREE_MAX)


def _pour_un_pdf() -> Callable[..., dict[str, Any]]:
    from cyclades_tui.fichiers.examen_pdf import controler_pdf
    from cyclades_tui.fichiers.reecriture_pdf import refaire_pdf

    def lire(octets: bytes, pages_max: int) -> dict[str, Any]:
        """Examine a PDF as it is, or else rewrite it and examine the result."""
        try:
            if not seul(octets, PDF):
                raise FichierIllisible("suite", PDF)
            return controler_pdf(octets, pages_max)
        except FichierIllisible as erreur:
            if erreur.args[0] not in _REPARABLES:
                raise
        refait, mots = refaire_pdf(octets, pages_max)
        return _change(refait, PDF, mots) | controler_pdf(refait, pages_max)

    return lire


def _pour_une_image() -> Callable[..., dict[str, Any]]:
    from cyclades_tui.fichiers.examen_image import controler_image
    from cyclades_tui.fichiers.reduction import preparer, reduire

    preparer()

    def lire(octets: bytes, format_: str, taille_max: int) -> dict[str, Any]:
        """Examine a picture as it is, or reduce it and examine the result."""
        if format_ != HEIC:
            if not seul(octets, format_):
                raise FichierIllisible("suite", format_)
            try:
                if len(octets) <= taille_max:
                    return controler_image(octets, format_)
            except FichierIllisible as erreur:
                if erreur.args[0] != "pixels":
                    raise
        reduite, mot = reduire(octets, format_, taille_max)
        return _change(reduite, JPEG, [mot]) | controler_image(reduite, JPEG)

    return lire


def _pour_plusieurs(parties: list[str]) -> Callable[..., dict[str, Any]]:
    from cyclades_tui.fichiers import reduction, reunion
    from cyclades_tui.fichiers.examen_pdf import borner_la_lecture, controler_pdf

    reduction.preparer()
    reunion.preparer()

    def lire(octets: bytes, pages_max: int, taille_max: int) -> dict[str, Any]:
        """Join the files and examine the result."""
        borner_la_lecture()
        reunis, mots = reunion.reunir(list(_decouper(octets, parties)), taille_max)
        return _change(reunis, PDF, mots) | controler_pdf(reunis, pages_max)

    return lire


def _decouper(octets: bytes, parties: list[str]) -> Iterator[tuple[str, bytes]]:
    """The files that come one after the other; each of `parties` is `FORMAT:length`."""
    debut = 0
    for partie in parties:
        format_, _, longueur = partie.partition(":")
        yield format_, octets[debut : debut + int(longueur)]
        debut += int(longueur)


def _change(octets: bytes, format_: str, mots: list[str]) -> dict[str, Any]:
    return {"octets": b64encode(octets).decode(), "format": format_, "mots": mots}


if __name__ == "__main__":
    main()

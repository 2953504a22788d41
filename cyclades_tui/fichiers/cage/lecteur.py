"""Opens a deposited file, rewrites it if necessary and examines the result; `examen` runs it confined.

Arguments: the format, the maximum of pages, the maximum of bytes kept. With `REUNION` for the format, examined files
come one after the other, to be joined into one PDF; the next arguments are the format and the length of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from cyclades_tui.fichiers.cage import gardien
from cyclades_tui.fichiers.formats import HEIC, JPEG, PDF, seul
from cyclades_tui.fichiers.refus import FichierIllisible

DUREE_MAX = 20  # seconds of processor; a hundred pages in colours take seven
ATTENTE_MAX = 40  # seconds in all, on a machine that does other work
REUNION = "REUNION"
Lu = tuple[dict[str, Any], bytes]  # what was read; the bytes to keep, if they are not those that were given
# Faults of a PDF that rewriting it may remove.
_REPARABLES = frozenset(("abime", "actif", "chiffre", "suite"))


def preparer(format_: str, pages_max: str, taille_max: str, *parties: str) -> gardien.Repondre:
    """What reads a file of this format: it answers with `pages` and, if the file was rewritten, the bytes to keep."""
    # Only the modules for this format are imported.
    if format_ == PDF:
        lire = partial(_pour_un_pdf(), pages_max=int(pages_max))
    elif format_ == REUNION:
        lire = partial(_pour_plusieurs(parties), pages_max=int(pages_max), taille_max=int(taille_max))
    else:
        lire = partial(_pour_une_image(), format_=format_, taille_max=int(taille_max))
    return lambda octets, _: lire(octets)


def _pour_un_pdf() -> Callable[..., Lu]:
    from cyclades_tui.fichiers.cage.examen_pdf import controler_pdf
    from cyclades_tui.fichiers.cage.reecriture_pdf import refaire_pdf

    def lire(octets: bytes, pages_max: int) -> Lu:
        """Examine a PDF as it is, or else rewrite it and examine the result."""
        try:
            if not seul(octets, PDF):
                raise FichierIllisible("suite", PDF)
            return controler_pdf(octets, pages_max), b""
        except FichierIllisible as erreur:
            if erreur.args[0] not in _REPARABLES:
                raise
        refait, mots = refaire_pdf(octets, pages_max)
        return _change(PDF, mots) | controler_pdf(refait, pages_max), refait

    return lire


def _pour_une_image() -> Callable[..., Lu]:
    from cyclades_tui.fichiers.cage.examen_image import controler_image
    from cyclades_tui.fichiers.cage.reduction import preparer, reduire

    preparer()

    def lire(octets: bytes, format_: str, taille_max: int) -> Lu:
        """Examine a picture as it is, or reduce it and examine the result."""
        if format_ != HEIC:
            if not seul(octets, format_):
                raise FichierIllisible("suite", format_)
            try:
                if len(octets) <= taille_max:
                    return controler_image(octets, format_), b""
            except FichierIllisible as erreur:
                if erreur.args[0] != "pixels":
                    raise
        reduite, mot = reduire(octets, format_, taille_max)
        return _change(JPEG, [mot]) | controler_image(reduite, JPEG), reduite

    return lire


def _pour_plusieurs(parties: Sequence[str]) -> Callable[..., Lu]:
    from cyclades_tui.fichiers.cage import reduction, reunion
    from cyclades_tui.fichiers.cage.examen_pdf import borner_la_lecture

    reduction.preparer()
    reunion.preparer()
    lire_un_pdf = _pour_un_pdf()

    def lire(octets: bytes, pages_max: int, taille_max: int) -> Lu:
        """Join the files, and read the result as any other PDF."""
        borner_la_lecture()
        reunis, mots = reunion.reunir(list(_decouper(octets, parties)), taille_max)
        lu, refait = lire_un_pdf(reunis, pages_max)
        return lu | _change(PDF, [*mots, *lu.get("mots", ())]), refait or reunis

    return lire


def _decouper(octets: bytes, parties: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files that come one after the other; each of `parties` is `FORMAT:length`."""
    debut = 0
    for partie in parties:
        format_, _, longueur = partie.partition(":")
        yield format_, octets[debut : debut + int(longueur)]
        debut += int(longueur)


def _change(format_: str, mots: list[str]) -> dict[str, Any]:
    return {"format": format_, "mots": mots}

"""Reads in a given file the reference of a document made here, and tells if it is another candidature's.

What a machine read is told, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.reference import Reference, lire_reference
from cyclades_tui.fichiers import codes


def dire_les_references_d_autrui(octets: bytes, numero_candidat: str, numero_inscription: int) -> tuple[str, ...]:
    """A sentence, without its capital, for each other candidature whose reference a PDF or a picture carries.

    None for a file whose codes cannot be read.
    """
    autres = {
        (reference.numero_candidat, int(reference.numero_inscription)): None
        for reference in _references(octets)
        if (reference.numero_candidat, int(reference.numero_inscription)) != (numero_candidat, numero_inscription)
    }
    return tuple(_dire(*autre, du_meme=autre[0] == numero_candidat) for autre in autres)


def _references(octets: bytes) -> Iterator[Reference]:
    try:
        lus = codes.lire(octets).codes
    except SaisieRefusee:
        return
    for code in lus:
        try:
            yield lire_reference(code)
        except SaisieRefusee:
            continue


def _dire(numero_candidat: str, numero_inscription: int, *, du_meme: bool) -> str:
    if du_meme:
        return f"ce document est celui de l'inscription {numero_inscription:03d}, non de celle-ci."
    return f"ce document est celui d'un autre candidat, N° {numero_candidat}."

"""The natures of documents, each by the code that the store holds; `editions.registre` says what each one is."""

from __future__ import annotations

from enum import StrEnum


class NatureDeDocument(StrEnum):
    """What a document is; every version has its récapitulatif."""

    RECAPITULATIF = "recapitulatif"
    DEMANDE_DE_PIECES = "demande-pieces"
    RELANCE = "relance"
    PAPILLON = "papillon"

    def du_lot(self, numero: int) -> str:
        """`relance:12`: as the store holds it of the documents that a lot made."""
        return f"{self}:{numero}"


def nature_de(texte: str) -> NatureDeDocument:
    """The nature that the store holds, whichever lot made it. Raises ValueError for none."""
    return NatureDeDocument(texte.partition(":")[0])

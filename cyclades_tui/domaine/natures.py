"""The natures of documents, by the code that the store holds; `editions.registre` describes each of them."""

from __future__ import annotations

from enum import StrEnum


class NatureDeDocument(StrEnum):
    """The kind of a document; every version has a récapitulatif."""

    RECAPITULATIF = "recapitulatif"
    DEMANDE_DE_PIECES = "demande-pieces"
    RELANCE = "relance"
    PAPILLON = "papillon"

    def du_lot(self, numero: int) -> str:
        """`relance:12`: the text that the store holds for a document made by lot 12."""
        return f"{self}:{numero}"


def nature_de(texte: str) -> NatureDeDocument:
    """The nature in a text of the store, with or without the number of a lot. Raises ValueError for an unknown one."""
    return NatureDeDocument(texte.partition(":")[0])

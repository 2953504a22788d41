"""Joins PDF files into one, without holding their pages in memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from cyclades_tui.domaine.disque import ecriture_entiere
from cyclades_tui.editions.chiffrement import chiffrement


def relier(cahiers: Sequence[BinaryIO], chemin: Path, cle: str | None = None) -> None:
    """Write all pages of `cahiers` (at least one) to `chemin`, whole or not at all; the title is that of the first.

    With a `cle` the file is encrypted. Raises OSError.
    """
    from pikepdf import Pdf

    with ExitStack() as ouverts:
        # pikepdf reads the pages only when it writes the result: until then all files stay open.
        reunis, *suivants = (ouverts.enter_context(Pdf.open(cahier)) for cahier in cahiers)
        for suivant in suivants:
            reunis.pages.extend(suivant.pages)
        # An encrypted file needs an id that nobody could know beforehand.
        forme: dict[str, Any] = {"deterministic_id": True} if cle is None else {"encryption": chiffrement(cle)}
        reunis.save(ouverts.enter_context(ecriture_entiere(chemin)), **forme)

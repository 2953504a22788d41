"""Joins PDF files into one, without holding their pages in memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from cyclades_tui.domaine.disque import ecriture_entiere


def relier(cahiers: Sequence[BinaryIO], chemin: Path) -> None:
    """Write all pages of `cahiers` (at least one) to `chemin`, whole or not at all; the title is that of the first.

    Raises OSError.
    """
    from pikepdf import Pdf

    with ExitStack() as ouverts:
        # pikepdf reads the pages only when it writes the result: until then all files stay open.
        reunis, *suivants = (ouverts.enter_context(Pdf.open(cahier)) for cahier in cahiers)
        for suivant in suivants:
            reunis.pages.extend(suivant.pages)
        reunis.save(ouverts.enter_context(ecriture_entiere(chemin)), deterministic_id=True)

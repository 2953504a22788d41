"""Binding files of many documents into one, without holding their pages in memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from cyclades_tui.domaine.disque import ecriture_entiere


def relier(cahiers: Sequence[Path], chemin: Path) -> None:
    """Write the pages of at least one file under a name, whole or not at all; the first one gives the title.

    Raises OSError.
    """
    from pikepdf import Pdf

    with ExitStack() as ouverts:
        # The pages of each are read when the whole is written: all stay open until then.
        reunis, *suivants = (ouverts.enter_context(Pdf.open(cahier)) for cahier in cahiers)
        for suivant in suivants:
            reunis.pages.extend(suivant.pages)
        reunis.save(ouverts.enter_context(ecriture_entiere(chemin)), deterministic_id=True)

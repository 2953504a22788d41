"""Binding files of many documents into one, without holding their pages in memory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path


def relier(cahiers: Sequence[Path], chemin: Path) -> None:
    """Write the pages of at least one file under a name, whole or not at all; the first one gives the title.

    Raises OSError.
    """
    from pikepdf import Pdf

    provisoire = chemin.with_name(f".{chemin.name}.{os.getpid()}")
    try:
        with ExitStack() as ouverts:
            # The pages of each are read when the whole is written: all stay open until then.
            reunis, *suivants = (ouverts.enter_context(Pdf.open(cahier)) for cahier in cahiers)
            for suivant in suivants:
                reunis.pages.extend(suivant.pages)
            reunis.save(provisoire, deterministic_id=True)
        with provisoire.open("rb") as ecrit:
            os.fsync(ecrit.fileno())
        provisoire.replace(chemin)
    finally:
        provisoire.unlink(missing_ok=True)

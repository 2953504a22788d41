"""Folders that many tests start from: the first of a kind is made, the next ones are copies of it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path

_MODELES: dict[Hashable, Path] = {}


def copier(modele: Hashable, faire: Callable[[Path], object], dossier: Path) -> None:
    """Put in `dossier`, which exists, what `faire` leaves closed in a folder; it runs once per process and `modele`."""
    if modele not in _MODELES:
        neuf = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, neuf, ignore_errors=True)
        faire(neuf)
        _MODELES[modele] = neuf
    shutil.copytree(_MODELES[modele], dossier, dirs_exist_ok=True)

"""Folders that many tests start from: each kind is made once, then copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path

_MODELES: dict[Hashable, Path] = {}


def copier(modele: Hashable, faire: Callable[[Path], object], dossier: Path) -> None:
    """Copy into the existing `dossier` what `faire` makes and closes; it runs once per process and `modele`."""
    if modele not in _MODELES:
        neuf = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, neuf, ignore_errors=True)
        faire(neuf)
        _MODELES[modele] = neuf
    shutil.copytree(_MODELES[modele], dossier, dirs_exist_ok=True)

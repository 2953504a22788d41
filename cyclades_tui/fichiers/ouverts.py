"""The folder for copies of files that other programs show: one for each process, private to its user.

A process that is killed deletes nothing: the next one does it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs


def dossier() -> Path:
    """The folder of this process, created if absent. Raises OSError."""
    chemin = _racine() / str(os.getpid())
    chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chemin


def balayer() -> None:
    """Delete the folder of this process and those of processes that have ended."""
    for chemin in _racine().glob("*"):
        if chemin.name == str(os.getpid()) or not _vit(chemin.name):
            shutil.rmtree(chemin, ignore_errors=True)


def _racine() -> Path:
    return platformdirs.user_state_path("cyclades") / "ouverts"


def _vit(pid: str) -> bool:
    """Whether a process is running; one of another user counts as running."""
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    return True

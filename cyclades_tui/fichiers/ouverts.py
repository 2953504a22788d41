"""Where the files that another program of this poste shows are copied to: one folder a process, its user's alone.

A process that is killed erases nothing: the next one does.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs


def dossier() -> Path:
    """The folder of this process, made where it is not there. Raises OSError."""
    chemin = _racine() / str(os.getpid())
    chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chemin


def balayer() -> None:
    """Erase the folder of this process, and of those that are no more."""
    for chemin in _racine().glob("*"):
        if chemin.name == str(os.getpid()) or not _vit(chemin.name):
            shutil.rmtree(chemin, ignore_errors=True)


def _racine() -> Path:
    return platformdirs.user_state_path("cyclades") / "ouverts"


def _vit(pid: str) -> bool:
    """Whether a process goes on; one of another user does."""
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    return True

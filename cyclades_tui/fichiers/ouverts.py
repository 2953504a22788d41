"""The folder for copies of files that other programs show or print: one for each process, private to its user.

It lies in the memory of the session where the system has such a place, else on the disk.

A process that is killed deletes nothing: the next one does it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from cyclades_tui.domaine.disque import dossier_de_passage


def dossier() -> Path:
    """The folder of this process, created if absent. Raises OSError."""
    chemin = _racine() / str(os.getpid())
    chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chemin


def balayer() -> None:
    """Delete the folder of this process and those of processes that have ended."""
    shutil.rmtree(_racine() / str(os.getpid()), ignore_errors=True)
    balayer_les_morts()


def balayer_les_morts() -> None:
    """Delete the folders of processes that have ended."""
    for chemin in _racine().glob("*"):
        if not _vit(chemin.name):
            shutil.rmtree(chemin, ignore_errors=True)


@contextmanager
def de_passage() -> Iterator[Path]:
    """A folder of its own for a file that another program reads now; deleted at the end. Raises OSError."""
    balayer_les_morts()
    with dossier_de_passage(dossier()) as passage:
        yield passage


def _racine() -> Path:
    # platformdirs would fall back to a folder of /tmp whose name anybody can guess.
    en_memoire = os.environ.get("XDG_RUNTIME_DIR")
    base = Path(en_memoire) if en_memoire and Path(en_memoire).is_dir() else platformdirs.user_state_path()
    return base / "cyclades" / "ouverts"


def _vit(pid: str) -> bool:
    """Whether a process is running; one of another user counts as running."""
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    return True

"""The folder for copies of files that other programs show or print: one for each process, private to its user.

It lies in the memory of the session or of the machine where the system has such a place, else on the disk, where what
is deleted is first written over.

A process that is killed deletes nothing: the next one does it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from cyclades_tui.domaine.disque import dossier_de_passage, effacer, effacer_le_dossier

_MEMOIRE = Path("/dev/shm")  # noqa: S108 - of Linux; the folder in it is refused unless it is ours alone


def dossier() -> Path:
    """The folder of this process, created if absent. Raises OSError."""
    racine = next(_racines())
    racine.mkdir(mode=0o700, parents=True, exist_ok=True)
    chemin = racine / str(os.getpid())
    chemin.mkdir(mode=0o700, exist_ok=True)
    return chemin


def oublier(chemin: Path) -> None:
    """Delete a copy now, if it is still there; on the disk it is written over first."""
    with suppress(OSError):
        if chemin.is_relative_to(platformdirs.user_state_path()):
            effacer(chemin)
        else:
            chemin.unlink(missing_ok=True)


def est_tenu(chemin: Path) -> bool:
    """Whether a program of this user has a file open, or was started with it."""
    import psutil

    for programme in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if programme.pid != os.getpid() and (
                any(str(chemin) in mot for mot in programme.cmdline())
                or any(ouvert.path == str(chemin) for ouvert in programme.open_files())
            ):
                return True
    return False


def balayer() -> None:
    """Delete the folder of this process and those of processes that have ended."""
    for racine in _racines():
        effacer_le_dossier(racine / str(os.getpid()))
    balayer_les_morts()


def balayer_les_morts() -> None:
    """Delete the folders of processes that have ended."""
    for racine in _racines():
        for chemin in racine.glob("*"):
            if not _vit(chemin):
                effacer_le_dossier(chemin)


@contextmanager
def de_passage() -> Iterator[Path]:
    """A folder of its own for a file that another program reads now; deleted at the end. Raises OSError."""
    balayer_les_morts()
    with dossier_de_passage(dossier()) as passage:
        try:
            yield passage
        finally:
            for chemin in passage.iterdir():
                oublier(chemin)


def _racines() -> Iterator[Path]:
    """Where the folders may lie, the best place first."""
    # platformdirs would fall back to a folder of /tmp whose name anybody can guess.
    session = os.environ.get("XDG_RUNTIME_DIR")
    etat = platformdirs.user_state_path()
    if session and _est_a_nous(Path(session)):
        yield Path(session) / "cyclades" / "ouverts"
    if hasattr(os, "geteuid") and os.access(_MEMOIRE, os.W_OK):
        # Of this user and this home: two of them never sweep each other's.
        lieu = hashlib.sha256(os.fsencode(etat)).hexdigest()[:16]
        ici = _MEMOIRE / f"cyclades-{os.geteuid()}-{lieu}"
        with suppress(OSError):
            ici.mkdir(mode=0o700, exist_ok=True)
        if _est_a_nous(ici, seul=True):
            yield ici / "ouverts"
    yield etat / "cyclades" / "ouverts"


def _est_a_nous(chemin: Path, *, seul: bool = False) -> bool:
    """Whether a path is a folder of this user's, and no link; `seul`: that nobody else can enter."""
    try:
        vu = chemin.lstat()
    except OSError:
        return False
    a_nous = stat.S_ISDIR(vu.st_mode) and (not hasattr(os, "geteuid") or vu.st_uid == os.geteuid())
    return a_nous and not (seul and vu.st_mode & 0o077)


def _vit(chemin: Path) -> bool:
    """Whether the process that made a folder, whose name is its number, is running; another user's counts too."""
    try:
        os.kill(int(chemin.name), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    return not _commence_apres(int(chemin.name), chemin)


def _commence_apres(pid: int, chemin: Path) -> bool:
    """Whether a process began after a folder was last written in: it has the number of the one that made it."""
    import psutil

    try:
        return psutil.Process(pid).create_time() > chemin.stat().st_mtime + 1
    except (psutil.Error, OSError):
        return False

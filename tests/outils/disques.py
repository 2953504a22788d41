"""For tests of a disk that fails: a full one, a read-only one; real where the machine lets us make them.

Root ignores permissions, so it mounts a disk of its own; somebody else takes the permissions away.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_OCTETS = "64m"


@contextmanager
def disque_a_part(dossier: Path) -> Iterator[Path]:
    """A small disk of its own under a folder; skips the test where nobody may mount one."""
    dossier.mkdir()
    monte = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_OCTETS}", "tmpfs", str(dossier)], check=False, capture_output=True
    )
    if monte.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield dossier
    finally:
        subprocess.run(["umount", "-l", str(dossier)], check=True, capture_output=True)


@contextmanager
def plein(disque: Path) -> Iterator[None]:
    """Fill a disk; at the end of the block it has room again."""
    bourre = disque / "bourre"
    descripteur = os.open(bourre, os.O_WRONLY | os.O_CREAT)
    for bloc in (1 << 20, 4096, 1):
        with suppress(OSError):
            while os.write(descripteur, b"0" * bloc):
                pass
    os.close(descripteur)
    try:
        yield
    finally:
        bourre.unlink()


@contextmanager
def en_lecture_seule(dossier: Path) -> Iterator[None]:
    """Make a folder read-only: by its own mount for root, whom permissions do not stop, else by its permissions."""
    if os.geteuid() == 0:
        fait = subprocess.run(
            ["mount", "--bind", "-o", "ro", str(dossier), str(dossier)], check=False, capture_output=True
        )
        if fait.returncode:
            pytest.skip("root may not mount here")
        subprocess.run(["mount", "-o", "remount,bind,ro", str(dossier)], check=True, capture_output=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", str(dossier)], check=True, capture_output=True)
        return
    modes = {chemin: chemin.stat().st_mode for chemin in (dossier, *dossier.rglob("*"))}
    for chemin, mode in modes.items():
        chemin.chmod(mode & 0o555)
    try:
        yield
    finally:
        for chemin, mode in modes.items():
            chemin.chmod(mode)

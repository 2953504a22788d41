"""Write a file whole or not at all, even if the power fails."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

PREFIXE_PROVISOIRE = ".provisoire-"

_PRIVE, _SELON_LE_MASQUE = 0o600, 0o666
_DOSSIER_SANS_FSYNC = frozenset({errno.EINVAL, errno.ENOTSUP})


@contextmanager
def ecriture_entiere(chemin: Path, *, mode: int | None = None, remplacer: bool = True) -> Iterator[BinaryIO]:
    """Open a new file that takes the name `chemin` when the block ends and its bytes are safe on the disk.

    After an error in the block, `chemin` is as it was; a crash leaves at most a file `PREFIXE_PROVISOIRE…` beside it.
    `mode` is the file's permissions; without it the umask decides, as a FAT medium has no permissions.
    Raises FileExistsError if the name is taken and `remplacer` is false; OSError.
    """
    provisoire = chemin.with_name(f"{PREFIXE_PROVISOIRE}{secrets.token_hex(8)}")
    droits = _SELON_LE_MASQUE if mode is None else _PRIVE
    try:
        with open(provisoire, "xb", opener=partial(os.open, mode=droits)) as fichier:
            yield fichier
            fichier.flush()
            os.fsync(fichier.fileno())
        if mode is not None:
            provisoire.chmod(mode)
        if remplacer:
            provisoire.replace(chemin)
        else:
            _prendre_un_nom_libre(provisoire, chemin)
    finally:
        with suppress(OSError):  # the medium may have been removed
            provisoire.unlink(missing_ok=True)
    synchroniser(chemin.parent)


def ecrire_en_entier(chemin: Path, octets: bytes, *, mode: int | None = None, remplacer: bool = True) -> None:
    """Write a file whole or not at all; options and errors are those of `ecriture_entiere`."""
    with ecriture_entiere(chemin, mode=mode, remplacer=remplacer) as fichier:
        fichier.write(octets)


def synchroniser(chemin: Path) -> None:
    """Force a file, or the names in a folder, to the disk; does nothing for a folder on a system that does it itself.

    Raises OSError.
    """
    dossier = chemin.is_dir()
    if os.name == "nt" and dossier:
        return
    descripteur = os.open(chemin, os.O_RDONLY if dossier else os.O_RDWR)
    try:
        os.fsync(descripteur)
    except OSError as erreur:
        if not dossier or erreur.errno not in _DOSSIER_SANS_FSYNC:
            raise
    finally:
        os.close(descripteur)


def _prendre_un_nom_libre(provisoire: Path, chemin: Path) -> None:
    """Give the file its name. Raises FileExistsError if anything has that name, even a broken link."""
    try:
        chemin.hardlink_to(provisoire)
    except FileExistsError:
        raise
    except OSError:  # a FAT medium has no links: reserve the name, then rename
        chemin.touch(exist_ok=False)
        try:
            provisoire.replace(chemin)
        except OSError:
            chemin.unlink(missing_ok=True)
            raise

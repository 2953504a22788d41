"""Files written whole or not at all, also when the power goes."""

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
    """A new file that takes the name `chemin` at the end of the block, once its bytes are safe on the disk.

    An error in the block leaves the name as it was; a crash leaves at most a file `PREFIXE_PROVISOIRE…` beside it.
    `mode` is the file's permissions, those of the umask without it: a FAT medium knows none.
    Raises FileExistsError where the name is taken and `remplacer` is false; OSError.
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
        with suppress(OSError):  # the medium may have been taken away
            provisoire.unlink(missing_ok=True)
    synchroniser(chemin.parent)


def ecrire_en_entier(chemin: Path, octets: bytes, *, mode: int | None = None, remplacer: bool = True) -> None:
    """Write a file whole or not at all; as `ecriture_entiere`."""
    with ecriture_entiere(chemin, mode=mode, remplacer=remplacer) as fichier:
        fichier.write(octets)


def synchroniser(chemin: Path) -> None:
    """Force a file, or a folder's names, to the disk; where the system keeps a folder's names itself, nothing is done.

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
    """Raises FileExistsError where something has this name, even a link that leads nowhere."""
    try:
        chemin.hardlink_to(provisoire)
    except FileExistsError:
        raise
    except OSError:  # a FAT medium has no links: the name is reserved, then given
        chemin.touch(exist_ok=False)
        try:
            provisoire.replace(chemin)
        except OSError:
            chemin.unlink(missing_ok=True)
            raise

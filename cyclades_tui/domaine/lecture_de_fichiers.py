"""The one reader of files: regular ones only, up to a limit, never waiting for another program (decision 18)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cyclades_tui.domaine.erreurs import FichierRefuse
from cyclades_tui.domaine.texte import en_clair

# Of files that people write by hand: thousands of times what one needs, and read in an instant.
REGLAGES_AU_PLUS = 4_000_000
# Of shipped files, and of lists of numbers that another program wrote.
LISTE_AU_PLUS = 32_000_000
# Of what the store itself has written.
COFFRE_AU_PLUS = 1_000_000_000

_SANS_LIEN = getattr(os, "O_NOFOLLOW", 0)
_SANS_OCTETS = frozenset((errno.ENXIO, errno.EISDIR))  # a socket, a folder
# Do not wait for the other end of a pipe, nor take a terminal. Windows has neither, and needs one for binary files.
_DRAPEAUX = os.O_RDONLY | sum(getattr(os, nom, 0) for nom in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC"))


def lire_en_entier(chemin: Path, au_plus: int, *, suivre: bool = True) -> bytes:
    """The bytes of a regular file, at most `au_plus`; through a link only if `suivre`.

    Raises OSError, and FichierRefuse: not a regular file, too big, changed while it was read.
    """
    with ouvrir_regulier(chemin, suivre=suivre) as fichier:
        avant = os.fstat(fichier.fileno())
        if avant.st_size > au_plus:
            dit = f"il fait {en_clair(avant.st_size)} pour {en_clair(au_plus)} au plus"
            raise FichierRefuse("taille", dit, chemin, avant.st_size)
        octets = fichier.read(au_plus + 1)
        apres = os.fstat(fichier.fileno())
        if (avant.st_size, avant.st_mtime_ns) != (apres.st_size, apres.st_mtime_ns) or len(octets) != apres.st_size:
            raise FichierRefuse("change", "il a changé pendant la lecture", chemin)
        return octets


def lire_le_debut(chemin: Path, octets: int) -> bytes:
    """The first bytes of a regular file, whatever its size. Raises OSError; FichierRefuse if it is not regular."""
    with ouvrir_regulier(chemin) as fichier:
        return fichier.read(octets)


def lire_l_entree(flux: BinaryIO, au_plus: int) -> bytes:
    """What another program sends through the standard input. Raises OSError, and FichierRefuse if it is too long."""
    octets = flux.read(au_plus + 1)
    if len(octets) > au_plus:
        raise FichierRefuse("taille", f"plus de {en_clair(au_plus)}", Path("-"), len(octets))
    return octets


@contextmanager
def ouvrir_regulier(chemin: Path, *, suivre: bool = True) -> Iterator[BinaryIO]:
    """A regular file, open. Raises OSError, and FichierRefuse if it is not regular."""
    try:
        descripteur = os.open(chemin, _DRAPEAUX | (0 if suivre else _SANS_LIEN))
    except ValueError as erreur:  # a NUL in the name
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(chemin)) from erreur
    except OSError as erreur:
        if erreur.errno in _SANS_OCTETS:
            raise _pas_ordinaire(chemin) from erreur
        raise
    try:
        if not stat.S_ISREG(os.fstat(descripteur).st_mode):
            raise _pas_ordinaire(chemin)
        with open(descripteur, "rb", closefd=False) as fichier:
            yield fichier
    finally:
        os.close(descripteur)


def _pas_ordinaire(chemin: Path) -> FichierRefuse:
    return FichierRefuse("nature", "ce n'est pas un fichier ordinaire", chemin)

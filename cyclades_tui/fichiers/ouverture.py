"""Reads a file safely while somebody may be writing, moving or replacing it."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from pathlib import Path

from cyclades_tui.domaine.erreurs import raison
from cyclades_tui.fichiers.refus import en_clair, refuser

NOM_MAX = 120  # characters
_SUFFIXE_MAX = 10
# Do not follow links, nor wait for the other end of a pipe; Windows has neither flag, and needs one for binary files.
_DRAPEAUX = os.O_RDONLY | sum(getattr(os, nom, 0) for nom in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
# Error of the system -> key of the reason.
_REFUS = {
    errno.ENOENT: "absent",
    errno.ENOTDIR: "absent",
    errno.ENODEV: "absent",
    errno.ELOOP: "lien",
    errno.EMLINK: "lien",
    errno.ENXIO: "nature",
    errno.EISDIR: "nature",
    errno.EACCES: "droits",
    errno.EPERM: "droits",
}


def lire_fichier(chemin: Path, taille_max: int) -> bytes:
    """Read once a regular file of at most `taille_max` bytes. Raises SaisieRefusee."""
    try:
        descripteur = os.open(chemin, _DRAPEAUX)
    except OSError as erreur:
        raise refuser(_REFUS.get(erreur.errno or 0, "lecture"), raison(erreur)) from erreur
    except ValueError as erreur:  # a NUL in the name
        raise refuser("absent") from erreur
    try:
        return _lire_ouvert(descripteur, taille_max)
    except OSError as erreur:
        raise refuser("lecture", raison(erreur)) from erreur
    finally:
        os.close(descripteur)


def _lire_ouvert(descripteur: int, taille_max: int) -> bytes:
    avant = os.fstat(descripteur)
    if not stat.S_ISREG(avant.st_mode):
        raise refuser("nature")
    if avant.st_size > taille_max:
        raise refuser("taille", en_clair(avant.st_size), en_clair(taille_max))
    with open(descripteur, "rb", closefd=False) as fichier:
        octets = fichier.read(taille_max + 1)
    apres = os.fstat(descripteur)
    if (avant.st_size, avant.st_mtime_ns) != (apres.st_size, apres.st_mtime_ns) or len(octets) != apres.st_size:
        raise refuser("change")
    if not octets:
        raise refuser("vide")
    return octets


def nom_sur(chemin: Path) -> str:
    """The file's name, safe to show and keep: composed, on one line, without characters that hide or reorder others.

    At most `NOM_MAX` characters, including its suffix.
    """
    compose = unicodedata.normalize("NFC", chemin.name)
    nom = "".join("_" if _masque(signe) else signe for signe in compose).strip() or "_"
    suffixe = Path(nom).suffix[:_SUFFIXE_MAX]
    return nom if len(nom) <= NOM_MAX else nom[: NOM_MAX - len(suffixe)] + suffixe


def _masque(signe: str) -> bool:
    """Whether a character is a control, bidi mark, undecoded byte, line end, or separates paths on some system."""
    return signe in "/\\" or unicodedata.category(signe) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}

"""Reads a file safely while somebody may be writing, moving or replacing it."""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path

from cyclades_tui.domaine.erreurs import FichierRefuse, raison
from cyclades_tui.domaine.lecture_de_fichiers import lire_en_entier
from cyclades_tui.domaine.texte import en_clair
from cyclades_tui.fichiers.refus import refuser

NOM_MAX = 120  # characters
_SUFFIXE_MAX = 10
# Error of the system -> key of the reason.
_REFUS = {
    errno.ENOENT: "absent",
    errno.ENOTDIR: "absent",
    errno.ENODEV: "absent",
    errno.ELOOP: "lien",
    errno.EMLINK: "lien",
    errno.EACCES: "droits",
    errno.EPERM: "droits",
}


def lire_fichier(chemin: Path, taille_max: int) -> bytes:
    """Read once a regular file of at most `taille_max` bytes, and not through a link. Raises SaisieRefusee."""
    try:
        octets = lire_en_entier(chemin, taille_max, suivre=False)
    except FichierRefuse as erreur:
        raise refuser(erreur.motif, en_clair(erreur.taille), en_clair(taille_max)) from erreur
    except OSError as erreur:
        raise refuser(_REFUS.get(erreur.errno or 0, "lecture"), raison(erreur)) from erreur
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

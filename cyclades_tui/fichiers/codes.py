"""The QR codes of a PDF or a picture that may come from anybody; a confined process reads them, within these limits."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.fichiers.cage import codes_qr
from cyclades_tui.fichiers.cage.codes_qr import PAGES_MAX, PIXELS_MAX
from cyclades_tui.fichiers.confinement import faire_lire
from cyclades_tui.fichiers.refus import FichierIllisible

TAILLE_MAX = 50_000_000  # bytes
DUREE_MAX = 30  # seconds, of processor time and of real time

_REMEDE = "Numérisez le papier de nouveau, en PDF, PNG, JPEG ou WebP."
# Refusal of the reading process -> what is wrong, what to do.
_REFUS = {
    "vide": ("Le fichier est vide.", _REMEDE),
    "taille": (f"Le fichier dépasse {TAILLE_MAX // 10**6} Mo.", "Numérisez le papier en 200 points par pouce."),
    "format": ("Ce n'est ni un PDF ni une image PNG, JPEG ou WebP.", _REMEDE),
    "abime": ("Le fichier est tronqué ou abîmé.", _REMEDE),
    "chiffre": ("Le PDF est protégé par un mot de passe.", "Donnez-le sans mot de passe."),
    "pages": (f"Le PDF a plus de {PAGES_MAX} pages.", "Donnez les pages d'un seul document."),
    "pixels": (
        f"L'image dépasse {PIXELS_MAX // 10**6} millions de points.",
        "Numérisez le papier en 200 points par pouce.",
    ),
    "limites": ("La lecture du fichier a été arrêtée : elle demandait trop de temps ou de mémoire.", _REMEDE),
}


@dataclass(frozen=True, slots=True)
class CodesLus:
    """The texts of a file's QR codes, each once; `numerique`: a PDF with text, not the picture of a paper."""

    codes: tuple[str, ...]
    numerique: bool


def lire(octets: bytes) -> CodesLus:
    """Read the QR codes of a PDF or a picture. Raises SaisieRefusee if it cannot be read."""
    try:
        _refuser_la_taille(octets)
        lus, _ = faire_lire(codes_qr.__name__, octets, DUREE_MAX, processeur=math.ceil(DUREE_MAX))
    except FichierIllisible as erreur:
        motif = erreur.args[0] if erreur.args[0] in _REFUS else "limites"
        raise SaisieRefusee(Faute(f"lecture.{motif}", "fichier", *_REFUS[motif])) from erreur
    return CodesLus(tuple(map(str, lus["codes"])), bool(lus["numerique"]))


def _refuser_la_taille(octets: bytes) -> None:
    if not octets:
        raise FichierIllisible("vide")
    if len(octets) > TAILLE_MAX:
        raise FichierIllisible("taille")

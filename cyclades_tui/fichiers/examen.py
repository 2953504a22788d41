"""Whether a file may be kept as a piece: a regular file, of an accepted format, complete, without active content.

The bytes are read once, and cut where a picture ends; they are decoded apart (`lecteur`). Rules G01 and F391.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cyclades_tui.fichiers import lecteur
from cyclades_tui.fichiers.antivirus import Analyse, Antivirus
from cyclades_tui.fichiers.confinement import FichierIllisible, faire_lire
from cyclades_tui.fichiers.formats import SUFFIXES, enumerer, reconnaitre, sans_ajout, seul
from cyclades_tui.fichiers.ouverture import lire_fichier, nom_sur
from cyclades_tui.fichiers.refus import refuser


@dataclass(frozen=True, slots=True)
class Exigences:
    """What a piece requires of its file; `formats` are among PDF, JPEG and PNG, `taille_max` is in bytes."""

    formats: tuple[str, ...]
    taille_max: int
    pages_max: int = 100


@dataclass(frozen=True, slots=True)
class FichierExamine:
    """A file that may be kept, with the very bytes that were examined; a picture counts as one page."""

    nom: str
    format: str
    octets: bytes
    pages: int
    analyse: Analyse


def examiner(chemin: Path, exigences: Exigences, antivirus: Antivirus | None = None) -> FichierExamine:
    """Examine a file. Raises SaisieRefusee with the first reason not to keep it, and what to do."""
    octets = lire_fichier(chemin, exigences.taille_max)
    format_ = reconnaitre(octets)
    if format_ not in exigences.formats:
        raise refuser("format", enumerer(exigences.formats))
    if chemin.suffix.lower() not in SUFFIXES[format_]:
        raise refuser("suffixe", format_, SUFFIXES[format_][0])
    octets = sans_ajout(octets, format_)
    if not seul(octets, format_):
        raise refuser("suite", format_)
    try:
        lu = faire_lire(lecteur.__name__, octets, lecteur.ATTENTE_MAX, format_, str(exigences.pages_max))
    except FichierIllisible as erreur:
        raise refuser(*erreur.args) from erreur
    analyse = Analyse.NON_ANALYSE if antivirus is None else antivirus.analyser(octets)
    return FichierExamine(nom_sur(chemin), format_, octets, lu["pages"], analyse)

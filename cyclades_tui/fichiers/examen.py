"""Whether a file may be kept as a piece: a regular file, of an accepted format, complete, without active content.

The bytes are read once, and cut where a picture ends. They are decoded apart (`lecteur`), which rewrites a file that an
everyday program wrapped badly or made too heavy, and then examines what it wrote. Rules G01 and F391.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cyclades_tui.domaine.texte import denombrer, en_clair
from cyclades_tui.fichiers.antivirus import Analyse, Antivirus
from cyclades_tui.fichiers.cage import lecteur
from cyclades_tui.fichiers.confinement import faire_lire
from cyclades_tui.fichiers.formats import (
    JPEG,
    PDF,
    SUFFIXES,
    acceptes,
    enumerer,
    est_un_zip,
    format_du_nom,
    reconnaitre,
    sans_ajout,
)
from cyclades_tui.fichiers.ouverture import lire_fichier, nom_sur
from cyclades_tui.fichiers.refus import FichierIllisible, refuser

# Bytes of a picture that can be reduced; the heaviest of telephones have half of that.
IMAGE_RECUE_MAX = 60_000_000
_SUITE = " et suite"


@dataclass(frozen=True, slots=True)
class Exigences:
    """What a piece requires of its file; `formats` are among PDF, JPEG and PNG, `taille_max` is in bytes."""

    formats: tuple[str, ...]
    taille_max: int
    pages_max: int = 100

    def a_lire(self, format_: str) -> int:
        """How many bytes of a format are read: a picture may exceed `taille_max`, as it can be reduced."""
        allegeable = format_ != PDF and JPEG in self.formats
        return max(self.taille_max, IMAGE_RECUE_MAX) if allegeable else self.taille_max


@dataclass(frozen=True, slots=True)
class FichierExamine:
    """A file that may be kept, with the very bytes that were examined; a picture counts as one page.

    `mots` tell the person what was changed in the file; `alertes` what an agent must look at, and decide nothing.
    """

    nom: str
    format: str
    octets: bytes
    pages: int
    analyse: Analyse
    mots: tuple[str, ...] = ()
    alertes: tuple[str, ...] = ()


def examiner(chemin: Path, exigences: Exigences, antivirus: Antivirus | None = None) -> FichierExamine:
    """Examine a file. Raises SaisieRefusee with the first reason not to keep it, and what to do."""
    recus = lire_fichier(chemin, exigences.a_lire(JPEG))
    format_ = reconnaitre(recus)
    if len(recus) > (taille_max := exigences.a_lire(format_ or PDF)):
        raise refuser("taille", en_clair(len(recus)), en_clair(taille_max))
    if format_ not in acceptes(exigences.formats):
        raise refuser("format", enumerer(exigences.formats))
    octets = sans_ajout(recus, format_)
    if est_un_zip(octets):
        raise refuser("suite", format_)
    lu, refaits = _lire_confine(octets, exigences, format_)
    gardes = refaits or octets
    if len(gardes) > exigences.taille_max:
        raise refuser("taille", en_clair(len(gardes)), en_clair(exigences.taille_max))
    analyse = _analyser(antivirus, octets, gardes)
    nom = _nommer(chemin, lu.get("format", format_))
    return FichierExamine(nom, lu.get("format", format_), gardes, lu["pages"], analyse, tuple(lu.get("mots", ())))


def reunir(
    fichiers: Sequence[FichierExamine], exigences: Exigences, antivirus: Antivirus | None = None
) -> FichierExamine:
    """Join examined files into one PDF, in their order, and examine it; one file alone stays as it is.

    Raises SaisieRefusee, also if the piece takes no PDF.
    """
    premier, *autres = fichiers
    if not autres:
        return premier
    if PDF not in exigences.formats:
        raise refuser("reunion", enumerer(exigences.formats))
    parties = [f"{fichier.format}:{len(fichier.octets)}" for fichier in fichiers]
    octets = b"".join(fichier.octets for fichier in fichiers)
    lu, gardes = _lire_confine(octets, exigences, lecteur.REUNION, *parties)
    if len(gardes) > exigences.taille_max:
        raise refuser("taille", en_clair(len(gardes)), en_clair(exigences.taille_max))
    analyse = Analyse.NON_ANALYSE if antivirus is None else antivirus.analyser(gardes)
    mots = [f"{fichier.nom} : {mot}" for fichier in fichiers for mot in fichier.mots]
    mots += lu["mots"]
    mots.append(f"{denombrer(len(fichiers), 'fichier')} réunis en un PDF de {denombrer(lu['pages'], 'page')}.")
    souche = Path(premier.nom).stem.removesuffix(_SUITE)
    nom = nom_sur(Path(f"{souche}{_SUITE}{SUFFIXES[PDF][0]}"))
    return FichierExamine(nom, PDF, gardes, lu["pages"], analyse, tuple(mots))


def _lire_confine(octets: bytes, exigences: Exigences, format_: str, *parties: str) -> tuple[dict[str, Any], bytes]:
    """What the confined reader finds, and the bytes that it wrote anew, if any."""
    bornes = (str(exigences.pages_max), str(exigences.taille_max))
    arguments = (format_, *bornes, *parties)
    try:
        return faire_lire(lecteur.__name__, octets, lecteur.ATTENTE_MAX, *arguments, processeur=lecteur.DUREE_MAX)
    except FichierIllisible as erreur:
        raise refuser(*erreur.args) from erreur


def _analyser(antivirus: Antivirus | None, octets: bytes, gardes: bytes) -> Analyse:
    """Scan the file that was given and, if it was rewritten, the one that is kept."""
    if antivirus is None:
        return Analyse.NON_ANALYSE
    analyse = antivirus.analyser(octets)
    return analyse if gardes == octets else antivirus.analyser(gardes)


def _nommer(chemin: Path, format_: str) -> str:
    """The name of the file, with the suffix of its format."""
    nom = nom_sur(chemin)
    if format_du_nom(Path(nom)) == format_:
        return nom
    souche = Path(nom).stem if format_du_nom(Path(nom)) else nom
    return nom_sur(Path(f"{souche}{SUFFIXES[format_][0]}"))

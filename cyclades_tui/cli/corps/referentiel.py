"""`cyclades referentiel`: list the diplomas, open or closed, and check the files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import ReglagesDuPoste
from cyclades_tui.referentiel.chargement import LectureDuReferentiel, lire
from cyclades_tui.referentiel.inspection import inspecter
from cyclades_tui.referentiel.reglages import Origine
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.referentiel.schema import Diplome


def verifier(reglages: ReglagesDuPoste, parametrage: Path | None) -> int:
    """Print every fault of the shipped data and of the settings over it; returns 1 if any. Raises SaisieRefusee."""
    if parametrage is not None and not parametrage.is_dir():
        message = f"« {parametrage} » n'est pas un dossier."
        raise SaisieRefusee(Faute("referentiel.dossier", "", message, "Donnez un dossier de paramétrage."))
    fautes = inspecter(dossier("data"), parametrage or reglages.dossier_parametrage)
    for faute in fautes:
        print(f"× {faute}")
    if fautes:
        print(f"× {denombrer(len(fautes), 'faute')}.")
        return 1
    print("√ Le référentiel est juste.")
    return 0


def lister(reglages: ReglagesDuPoste, examen: str, *, en_json: bool) -> None:
    """Print the diplomas, why one is closed, and wrong local files. Raises ReferentielFautif, SaisieRefusee."""
    lecture = lire(dossier("data"), reglages.dossier_parametrage)
    if examen and examen.upper() not in lecture.examens:
        message = f"« {examen[:40]} » n'est pas un examen."
        remede = f"Choisissez : {', '.join(sorted(lecture.examens))}."
        raise SaisieRefusee(Faute("examen.inconnu", "examen", message, remede))
    rangs = [
        _rang(lecture, diplome, origine)
        for diplome, origine in sorted(lecture.diplomes, key=lambda paire: (paire[0].examen, paire[0].libelle))
        if examen.upper() in ("", diplome.examen)
    ]
    dire_les_ecartes(lecture.fautes)
    if en_json:
        ecrire_json(rangs)
        return
    for rang in rangs:
        etat = f"fermé : {rang['raison']}" if rang["raison"] else "ouvert"
        print(f"{rang['examen']} {rang['code']}  {rang['libelle']}  {_sessions(*rang['sessions'])}  {etat}")


def dire_les_ecartes(fautes: Iterable[Faute]) -> None:
    """Report the local files that are skipped, beside the result."""
    for faute in fautes:
        print(f"! paramétrage : {faute}", file=sys.stderr)


def _rang(lecture: LectureDuReferentiel, diplome: Diplome, origine: Origine) -> dict[str, Any]:
    """The line of a diploma, which is closed if its exam is."""
    return {
        "examen": diplome.examen,
        "code": diplome.code,
        "libelle": diplome.libelle,
        "secteur": diplome.secteur,
        "sessions": list(diplome.sessions),
        "raison": diplome.ferme or lecture.examens[diplome.examen].ferme,
        "fichier": origine.fichier,
        "local": origine.local,
    }


def _sessions(premiere: int, derniere: int) -> str:
    return f"depuis {premiere}" if derniere == 9999 else f"de {premiere} à {derniere}"

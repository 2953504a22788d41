"""`cyclades demo`: a store of its own, open windows and the shipped candidatures, by the same actes as the commands."""

from __future__ import annotations

import shlex
import shutil
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import typer

from cyclades_tui.actes.entretien import initialiser
from cyclades_tui.actes.service import definir_fenetre
from cyclades_tui.cli.inscription import Sortie, inscrire
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import Poste, Reglages, lire_reglages, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier as dossier_livre

MARQUE = ".cyclades-demo"
_STORE, _PARAMETRAGE, _RECAPITULATIFS = "store", "store-parametrage", "recapitulatifs"
_EXAMEN, _SESSION, _ACADEMIES = "BCP", "2027", ("Guyane", "Besançon")
_DUREE = timedelta(days=30)
_OUVERTURE, _FERMETURE = time(8), time(18)


def demontrer(dossier: Path) -> int:
    """Make the demo anew in `dossier` (absent, empty, or a former demo's), print it, and return the exit code.

    Raises SaisieRefusee (a folder that is not a demo's), StoreInutilisable.
    """
    _preparer(dossier)
    reglages = lire_reglages(dossier / _STORE, dossier / _PARAMETRAGE)
    typer.echo(initialiser(reglages, None))
    with ouvrir_poste(reglages) as poste:
        _ouvrir_les_services(poste)
    candidatures = sorted((dossier_livre("fixtures") / "candidatures").glob("*.toml"))
    sortie = Sortie(dossier / _RECAPITULATIFS, texte=False, en_json=False, simuler=False)
    code = inscrire(reglages, candidatures, sortie)
    typer.echo(_suite(reglages, candidatures[0]))
    return code


def _preparer(dossier: Path) -> None:
    """Leave an empty place for the demo; what it did not make itself is kept, or refused."""
    try:
        if dossier.exists() and not (dossier / MARQUE).is_file() and (not dossier.is_dir() or any(dossier.iterdir())):
            message = f"« {dossier} » existe et ne vient pas d'une démonstration : rien n'y a été changé."
            raise SaisieRefusee(Faute("demo.dossier", "", message, "Donnez un dossier absent ou vide."))
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / MARQUE).touch()  # first, so that a demo that was interrupted can be made again
        for nom in (_STORE, _PARAMETRAGE, _RECAPITULATIFS):
            if (dossier / nom).exists():
                shutil.rmtree(dossier / nom)
    except OSError as erreur:
        message = f"« {dossier} » ne peut pas servir à la démonstration : {erreur.strerror or erreur}."
        raise StoreInutilisable(Faute("demo.ecriture", "", message, "Donnez un autre dossier.")) from erreur


def _ouvrir_les_services(poste: Poste) -> None:
    """Windows around the present: since yesterday morning, for thirty days."""
    jour = poste.aujourd_hui()
    for academie in _ACADEMIES:
        fenetre = definir_fenetre(
            poste,
            examen=_EXAMEN,
            session=_SESSION,
            academie=academie,
            ouverture=datetime.combine(jour - timedelta(days=1), _OUVERTURE),
            fermeture=datetime.combine(jour + _DUREE, _FERMETURE),
        )
        typer.echo(
            f"√ {_EXAMEN} {_SESSION}, {academie} : ouvert jusqu'au {a_la_minute(fenetre.fermeture)} (heure de Paris)"
        )


def _suite(reglages: Reglages, candidature: Path) -> str:
    """What to try next: each command works as it is written, here."""
    nom = "cyclades" if shutil.which("cyclades") else shlex.quote(sys.argv[0])
    cyclades = f"{nom} --store {shlex.quote(str(reglages.store))}"
    return "\n".join(
        (
            "",
            "Ces personnes sont fictives. À essayer maintenant :",
            "- inscrire la même personne une seconde fois, ce qui est refusé :",
            f"  {cyclades} inscrire {shlex.quote(str(candidature))}",
            "- écrire un modèle commenté, le remplir, puis l'inscrire :",
            f"  {cyclades} inscrire --modele bcp > candidature.toml",
            f"  {cyclades} inscrire candidature.toml",
            "- vérifier le journal et les fichiers :",
            f"  {cyclades} verifier",
        )
    )

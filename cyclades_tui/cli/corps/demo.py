"""`cyclades demo`: a store with open windows, candidatures and accounts, then the borne."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.amorce import demonstration
from cyclades_tui.cli.corps.inscription import Sortie, inscrire
from cyclades_tui.poste import ReglagesDuPoste, lire_reglages, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier as dossier_livre

_CODE = "Le code d'activation, qu'un agent lit au candidat :"


def demontrer(dossier: Path, *, sans_borne: bool = False, dossiers: int) -> int:
    """Make the demo in `dossier` (absent, empty, or an earlier demo's), print it, and return the exit code.

    `dossiers` is the number of fictitious candidatures with pieces to control. If there is a terminal, the borne then
    opens, unless `sans_borne`. Raises SaisieRefusee (a folder that is not a demo's), StoreInutilisable, and the error
    that ends the borne.
    """
    demonstration.preparer(dossier)
    reglages = _reglages(dossier)
    typer.echo(initialiser(reglages, None))
    with ouvrir_poste(reglages) as poste:
        demonstration.annoncer(poste)
        _dire(demonstration.ouvrir_les_services(poste))
    candidatures = sorted((dossier_livre("fixtures") / "candidatures").glob("*.toml"))
    sortie = Sortie(dossier / demonstration.RECAPITULATIFS, texte=False, en_json=False, simuler=False)
    code = inscrire(reglages, candidatures, sortie)
    cyclades = _commande(reglages)
    with ouvrir_poste(reglages) as poste:
        comptes = list(demonstration.creer_les_comptes(poste))
        pieces = list(demonstration.creer_les_dossiers(poste, dossiers, reglages.racines[0]))
    agent = f"{cyclades} --agent {demonstration.GESTIONNAIRE}"
    lecture = f"  {agent} courrier lire {demonstration.PERSONNES[-1].email}"
    _dire((_suite(agent, candidatures[0]), *comptes, _CODE, lecture, *pieces))
    return code or _borne(reglages, cyclades, sans_borne=sans_borne)


def _reglages(dossier: Path) -> ReglagesDuPoste:
    """The settings for the demo's store, with a folder in place of a medium."""
    lus = lire_reglages(dossier / demonstration.STORE, dossier / demonstration.PARAMETRAGE)
    return lus.model_copy(update={"racines": ((dossier / demonstration.CLE_USB).absolute(),)})


def _dire(lignes: Iterable[str]) -> None:
    for ligne in lignes:
        typer.echo(ligne)


def _commande(reglages: ReglagesDuPoste) -> str:
    """The command line to type in order to run a command on this store."""
    nom = "cyclades" if shutil.which("cyclades") else shlex.quote(sys.argv[0])
    return f"{nom} --store {shlex.quote(str(reglages.store))}"


def _suite(cyclades: str, candidature: Path) -> str:
    """What to try next; each command can be copied as it is."""
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


def _borne(reglages: ReglagesDuPoste, cyclades: str, *, sans_borne: bool) -> int:
    """Open the borne if there is a terminal; always say how to come back to it."""
    code = 0
    if not sans_borne and sys.stdin.isatty() and sys.stdout.isatty():
        from cyclades_tui.cli.corps.borne import tenir

        code = tenir(lambda: reglages)
    racines = shlex.quote(json.dumps([str(racine) for racine in reglages.racines]))
    typer.echo(f"Le guichet, avec ces agents :\n  {cyclades} guichet")
    typer.echo(f"La borne, avec ces comptes et la clé USB :\n  CYCLADES_RACINES={racines} {cyclades} borne")
    return code

"""`cyclades demo`: a store of its own, open windows, candidatures and accounts by the same actes, then the borne."""

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
    """Make the demo anew in `dossier` (absent, empty, or a former demo's), print it, and return the exit code.

    `dossiers` fictive candidatures bring pieces to control.

    Where there is a terminal it ends in the borne, unless `sans_borne`. Raises SaisieRefusee (a folder that is not a
    demo's), StoreInutilisable, and what stops the borne.
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
    """Those of the demo's own store, with a folder in the place of a medium."""
    lus = lire_reglages(dossier / demonstration.STORE, dossier / demonstration.PARAMETRAGE)
    return lus.model_copy(update={"racines": ((dossier / demonstration.CLE_USB).absolute(),)})


def _dire(lignes: Iterable[str]) -> None:
    for ligne in lignes:
        typer.echo(ligne)


def _commande(reglages: ReglagesDuPoste) -> str:
    """What a person types here to run a command on this store."""
    nom = "cyclades" if shutil.which("cyclades") else shlex.quote(sys.argv[0])
    return f"{nom} --store {shlex.quote(str(reglages.store))}"


def _suite(cyclades: str, candidature: Path) -> str:
    """What to try next: each command works as it is written, here."""
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
    """Open the borne where there is a terminal; in any case tell how to come back to it."""
    code = 0
    if not sans_borne and sys.stdin.isatty() and sys.stdout.isatty():
        from cyclades_tui.cli.corps.borne import tenir

        code = tenir(lambda: reglages)
    racines = shlex.quote(json.dumps([str(racine) for racine in reglages.racines]))
    typer.echo(f"Le guichet, avec ces agents :\n  {cyclades} guichet")
    typer.echo(f"La borne, avec ces comptes et la clé USB :\n  CYCLADES_RACINES={racines} {cyclades} borne")
    return code

"""`cyclades demo`: a store with open windows, candidatures and accounts, then the borne."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path

import typer

from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.amorce import demonstration, ouvrages
from cyclades_tui.cli.corps.inscription import Sortie, inscrire_en_silence, preparer_dossier
from cyclades_tui.cli.corps.progression import etape
from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee, StoreInutilisable, raison
from cyclades_tui.domaine.lecture_de_fichiers import REGLAGES_AU_PLUS, lire_en_entier
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import ReglagesDuPoste, lire_reglages, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier as dossier_livre

_GARDER, _EFFACER, _QUITTER = "g", "e", "q"


def demontrer(dossier: Path, *, sans_borne: bool = False, dossiers: int, refaire: bool = False) -> int:
    """Make the demo in `dossier` (absent, empty, or a former demo's), and return the exit code.

    What people did in a former one is erased only if they say so, or with `refaire`. `dossiers` fictive candidatures
    bring pieces to control. Where there is a terminal it ends in the borne, unless `sans_borne`; what can be tried is
    printed, and stays in a file of `dossier`. Raises SaisieRefusee (a folder that is not a demo's, a former demo with
    somebody's work and no terminal), StoreInutilisable, and what stops the borne.
    """
    demonstration.verifier_la_place(dossier)
    reglages = _reglages(dossier)
    restes = () if refaire else ouvrages.restes(reglages, dossier)
    reponse = _demander(dossier, restes) if restes else _EFFACER
    if reponse == _QUITTER:
        typer.echo(f"Rien n'a été changé dans {dossier}.")
        return 0
    complet = _faire(dossier, reglages, dossiers) if reponse == _EFFACER else True
    code = 0 if sans_borne else _tenir_la_borne(reglages)
    _rappeler(dossier / demonstration.LISEZ_MOI)
    return code if complet else 2


def _reglages(dossier: Path) -> ReglagesDuPoste:
    """The settings for the demo's store, with a folder in place of a medium."""
    lus = lire_reglages(dossier / demonstration.STORE, dossier / demonstration.PARAMETRAGE)
    return lus.model_copy(update={"racines": ((dossier / demonstration.CLE_USB).absolute(),)})


def _demander(dossier: Path, restes: tuple[str, ...]) -> str:
    """What to do with a former demo in which somebody worked. Raises SaisieRefusee without a terminal."""
    constat = f"Depuis qu'elle est faite, on s'est servi de la démonstration de « {dossier} » : {', '.join(restes)}."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        remede = "Rien n'y a été changé. Ajoutez --refaire pour l'effacer, ou donnez un autre dossier."
        raise SaisieRefusee(Faute("demo.habitee", "", constat, remede))
    typer.echo(
        f"! {constat}\n"
        "  G  la garder et ouvrir la borne (Entrée)\n"
        "  E  effacer tout cela et refaire la démonstration\n"
        "  Q  quitter sans rien changer"
    )
    while True:
        try:
            reponse = input("Votre choix : ").strip().lower() or _GARDER
        except EOFError:
            return _QUITTER
        if reponse in (_GARDER, _EFFACER, _QUITTER):
            return reponse


def _faire(dossier: Path, reglages: ReglagesDuPoste, dossiers: int) -> bool:
    """Make the demo and say each step; returns whether every shipped candidature was registered."""
    typer.echo(f"Démonstration dans {dossier} : environ une minute. Les personnes y sont fictives.")
    demonstration.faire_place(dossier)
    typer.echo(initialiser(reglages, None))
    candidatures = sorted((dossier_livre("fixtures") / "candidatures").glob("*.toml"))
    sortie = Sortie(dossier / demonstration.RECAPITULATIFS, texte=False, en_json=False, simuler=False)
    preparer_dossier(dossier / demonstration.RECAPITULATIFS)
    with ouvrir_poste(reglages) as poste:
        demonstration.annoncer(poste, dossier / demonstration.LISEZ_MOI, _lire_le_courrier(reglages))
        for ligne in demonstration.ouvrir_les_services(poste):
            typer.echo(ligne)
        with etape("Candidatures et récapitulatifs") as progres:
            inscrites = inscrire_en_silence(poste, candidatures, sortie, progres)
        typer.echo(f"√ {inscrites} candidatures sur {len(candidatures)}, leurs récapitulatifs : {sortie.pdf}")
        with etape("Comptes de la borne") as progres:
            comptes = demonstration.creer_les_comptes(poste, progres)
        typer.echo(f"√ {len(comptes)} comptes de la borne")
        with etape("Dossiers et leurs pièces") as progres:
            demonstration.creer_les_dossiers(poste, dossiers, reglages.racines[0], progres)
        typer.echo(f"√ {dossiers} dossiers avec leurs pièces ; des fichiers à déposer : {reglages.racines[0]}")
        with etape("Agents du guichet") as progres:
            agents = demonstration.creer_les_agents(poste, progres)
        with etape("Contrôle de la moitié des pièces") as progres:
            attendent, decidees = demonstration.controler_des_pieces(poste, progres)
        typer.echo(f"√ {len(agents)} agents ; {attendent} pièces attendent un contrôle, {decidees} sont décidées")
        _ecrire(
            dossier / demonstration.LISEZ_MOI,
            f"Démonstration faite le {a_la_minute(poste.maintenant())} (heure de Paris).\n"
            + _lisez_moi(reglages, comptes, agents, candidatures[0]),
        )
        ouvrages.marquer_la_fin(poste, dossier)
    return inscrites == len(candidatures)


def _ecrire(chemin: Path, texte: str) -> None:
    try:
        ecrire_en_entier(chemin, texte.encode())
    except OSError as erreur:
        message = f"« {chemin} » ne peut pas être écrit : {raison(erreur)}."
        raise StoreInutilisable(Faute("demo.ecriture", "", message, "Donnez un autre dossier.")) from erreur


def _lisez_moi(reglages: ReglagesDuPoste, comptes: list[str], agents: list[str], candidature: Path) -> str:
    """What can be tried: each command works as it is written, from the folder that it names."""
    cyclades = _commande(reglages)
    agent = f"{cyclades} --agent {demonstration.GESTIONNAIRE}"
    racines = shlex.quote(json.dumps([str(racine) for racine in reglages.racines]))
    courrier = f"{_lire_le_courrier(reglages)} {demonstration.PERSONNES[-1].email}"
    secret = demonstration.MOT_DE_PASSE
    parties = (
        (f"Comptes de la borne, tous avec le mot de passe {secret} :", comptes),
        (f"Agents du guichet, tous avec le mot de passe {secret} :", agents),
        ("La borne, avec ces comptes et la clé USB :", [f"CYCLADES_RACINES={racines} {cyclades} borne"]),
        ("Le guichet, avec ces agents :", [f"{cyclades} guichet"]),
        ("Le code d'activation d'un compte, qu'un agent lit au candidat :", [courrier]),
        ("Inscrire la même personne une seconde fois, ce qui est refusé :", [f"{agent} inscrire {_cite(candidature)}"]),
        (
            "Écrire un modèle commenté, le remplir, puis l'inscrire :",
            [f"{agent} inscrire --modele bcp > candidature.toml", f"{agent} inscrire candidature.toml"],
        ),
        ("Vérifier le journal et les fichiers :", [f"{agent} verifier"]),
    )
    lignes = [f"Les commandes se tapent dans un terminal, depuis {Path.cwd()}."]
    for titre, suite in parties:
        lignes += ["", titre, *(f"  {ligne}" for ligne in suite)]
    return "\n".join(lignes) + "\n"


def _lire_le_courrier(reglages: ReglagesDuPoste) -> str:
    return f"{_commande(reglages)} --agent {demonstration.GESTIONNAIRE} courrier lire"


def _commande(reglages: ReglagesDuPoste) -> str:
    """The command line to type in order to run a command on this store."""
    nom = "cyclades" if shutil.which("cyclades") else shlex.quote(sys.argv[0])
    return f"{nom} --store {_cite(reglages.store)}"


def _cite(chemin: Path) -> str:
    return shlex.quote(str(chemin))


def _tenir_la_borne(reglages: ReglagesDuPoste) -> int:
    """Open the borne where there is a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return 0
    from cyclades_tui.cli.corps.borne import tenir

    return tenir(lambda: reglages, demonstration.lire_le_code)


def _rappeler(lisez_moi: Path) -> None:
    """Print what can be tried, which a face hides while it is open, and where it stays."""
    if lisez_moi.exists():
        typer.echo(f"\n{lire_en_entier(lisez_moi, REGLAGES_AU_PLUS).decode()}\nCe texte reste dans {lisez_moi}")

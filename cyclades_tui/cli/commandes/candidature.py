"""The commands of `cyclades candidature`."""

from __future__ import annotations

from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import Candidat, EnJson, Inscription, numero, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Candidatures enregistrées.", no_args_is_help=True)


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    etat: Annotated[str, typer.Option(help="Seulement cet état, par exemple « Désinscrit par le candidat ».")] = "",
    examen: Annotated[str, typer.Option(help="Seulement cet examen.")] = "",
    session: Annotated[str, typer.Option(help="Seulement cette session.")] = "",
    academie: Annotated[str, typer.Option(help="Seulement cette académie.")] = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire un objet JSON par ligne.")] = False,
) -> None:
    """Lister les candidatures, désinscrites comprises."""
    from cyclades_tui.cli.corps import candidature as commande

    filtre = {"etat": etat, "examen": examen, "session": session, "academie": academie}
    commande.lister(reglages(contexte), filtre, en_json=en_json)


@app.command(cls=Commande)
def voir(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    version: Annotated[int | None, typer.Option(help="Version à montrer, la dernière par défaut.")] = None,
    en_json: EnJson = False,
) -> None:
    """Montrer une candidature : son état, ses versions, son récapitulatif."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.voir(reglages(contexte), candidat, numero(inscription), version, en_json=en_json)


@app.command(cls=Commande)
def modifier(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    changements: Annotated[
        list[str], typer.Argument(help='CHAMP=VALEUR, par exemple identification.adresse.voie="12 rue du Port".')
    ],
    version: Annotated[int | None, typer.Option(help="Version dont part la modification, la dernière sinon.")] = None,
    simuler: Annotated[bool, typer.Option("--simuler", help="Tout vérifier sans rien enregistrer.")] = False,
    en_json: EnJson = False,
) -> None:
    """Enregistrer la version suivante, avec d'autres réponses ; l'examen peut redemander ses accords (CHAMP=oui)."""
    from cyclades_tui.cli.corps import candidature as commande

    quoi = (candidat, numero(inscription), changements, version)
    commande.modifier(reglages(contexte), *quoi, simuler=simuler, en_json=en_json)


@app.command(cls=Commande)
def differences(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    avant: Annotated[int | None, typer.Argument(help="Première version.", show_default=False)] = None,
    apres: Annotated[int | None, typer.Argument(help="Seconde version.", show_default=False)] = None,
    en_json: EnJson = False,
) -> None:
    """Dire ce qui a changé entre deux versions, les deux dernières par défaut."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.comparer(reglages(contexte), candidat, numero(inscription), avant, apres, en_json=en_json)


@app.command(cls=Commande)
def desinscrire(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    confirmer: Annotated[bool, typer.Option("--confirmer", help="Faire la désinscription.")] = False,
    en_json: EnJson = False,
) -> None:
    """Désinscrire une candidature, pour le service ; le candidat reçoit un message."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.desinscrire(reglages(contexte), candidat, numero(inscription), confirmer=confirmer, en_json=en_json)


@app.command(cls=Commande)
def ecarter(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    motif: Annotated[str, typer.Option(help="Pourquoi, 500 signes au plus : le candidat le lira.")],
    en_json: EnJson = False,
) -> None:
    """Écarter pour de bon une candidature qui ne remplit pas les conditions ; le candidat reçoit un message."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.ecarter(reglages(contexte), candidat, numero(inscription), motif, en_json=en_json)

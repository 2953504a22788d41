"""The commands of `cyclades justificatif` on one candidature."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import Candidat, EnJson, Inscription, numero, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Pièces justificatives des candidatures.", no_args_is_help=True)
_PIECE = Annotated[str, typer.Argument(help="La pièce, par son nom ou son numéro : voir justificatif lister.")]


@app.command(cls=Commande)
def lister(contexte: typer.Context, candidat: Candidat, inscription: Inscription, en_json: EnJson = False) -> None:
    """Lister les pièces d'une candidature : leur statut, leur fichier, leur date limite."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.lister(reglages(contexte), candidat, numero(inscription), en_json=en_json)


@app.command(cls=Commande)
def deposer(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    piece: _PIECE,
    fichiers: Annotated[
        list[Path], typer.Argument(help="Le fichier : PDF, JPEG, PNG ou HEIC ; plusieurs sont réunis dans cet ordre.")
    ],
    a_la_suite: Annotated[
        bool, typer.Option("--a-la-suite", help="Ajouter ces pages à celles du fichier déjà déposé.")
    ] = False,
    en_json: EnJson = False,
) -> None:
    """Examiner des fichiers et les déposer, réunis, pour une pièce : à la place de ce qui y était, ou à la suite."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.deposer(
        reglages(contexte), candidat, numero(inscription), piece, fichiers, a_la_suite=a_la_suite, en_json=en_json
    )


@app.command(cls=Commande)
def retirer(
    contexte: typer.Context, candidat: Candidat, inscription: Inscription, piece: _PIECE, en_json: EnJson = False
) -> None:
    """Retirer le fichier d'une pièce qui n'est pas encore validée."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.retirer(reglages(contexte), candidat, numero(inscription), piece, en_json=en_json)


@app.command(cls=Commande)
def valider(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    piece: Annotated[str, typer.Option(help="Seulement le groupe de cette pièce, sinon chaque groupe ouvert.")] = "",
    en_json: EnJson = False,
) -> None:
    """« J'ai fourni toutes mes pièces » : verrouiller les fichiers déposés, que le service peut alors étudier."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.valider(reglages(contexte), candidat, numero(inscription), piece, en_json=en_json)

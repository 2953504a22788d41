"""The commands of `cyclades document`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import Candidat, Chiffrer, EnJson, Inscription, numero, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Documents des candidatures.", no_args_is_help=True)


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    toutes: Annotated[bool, typer.Option("--toutes", help="Aussi les versions d'avant.")] = False,
    en_json: EnJson = False,
) -> None:
    """Lister les documents d'une candidature, la dernière version de chacun, avec le numéro qui l'ouvre."""
    from cyclades_tui.cli.corps import document as commande

    commande.lister(reglages(contexte), candidat, numero(inscription), toutes=toutes, en_json=en_json)


@app.command(cls=Commande)
def ouvrir(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    document: Annotated[
        int | None, typer.Option(help="Numéro du document, de toute version ; sans lui, le dernier récapitulatif.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(help="Dossier où copier le document.")] = None,
    texte: Annotated[bool, typer.Option("--texte", help="L'écrire aussi en texte.")] = False,
    chiffrer: Chiffrer = False,
    en_json: EnJson = False,
) -> None:
    """Sortir du store un document d'une candidature, le récapitulatif de sa dernière version par défaut."""
    from cyclades_tui.cli.corps import document as commande

    quoi = (candidat, numero(inscription), document, pdf)
    commande.ouvrir(reglages(contexte), *quoi, texte=texte, chiffrer=chiffrer, en_json=en_json)


@app.command(cls=Commande)
def verifier(
    contexte: typer.Context,
    fichier: Annotated[
        Path | None, typer.Argument(help="PDF, ou image PNG, JPEG ou WebP d'un papier.", show_default=False)
    ] = None,
    reference: Annotated[str | None, typer.Option(help="La référence imprimée, recopiée à la main.")] = None,
    en_json: EnJson = False,
) -> None:
    """Dire si un fichier ou un papier vient de ce store ; code de sortie 1 si le store ne le connaît pas, ou autre."""
    from cyclades_tui.cli.corps import document as commande

    raise typer.Exit(commande.verifier(reglages(contexte), fichier, reference, en_json=en_json))

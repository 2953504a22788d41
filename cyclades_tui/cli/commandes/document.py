"""The commands of `cyclades document`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

app = typer.Typer(cls=GroupeDeCommandes, help="Documents des candidatures.", no_args_is_help=True)
_CANDIDAT = Annotated[str, typer.Argument(help="N° candidat, onze chiffres.")]
_INSCRIPTION = Annotated[str, typer.Argument(help="N° d'inscription, par exemple 001.")]
_JSON = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")]


def _reglages(contexte: typer.Context) -> ReglagesDuPoste:
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    toutes: Annotated[bool, typer.Option("--toutes", help="Aussi les versions d'avant.")] = False,
    en_json: _JSON = False,
) -> None:
    """Lister les documents d'une candidature, la dernière version de chacun, avec le numéro qui l'ouvre."""
    from cyclades_tui.cli.corps import document as commande

    commande.lister(_reglages(contexte), candidat, commande.lire_numero(inscription), toutes=toutes, en_json=en_json)


@app.command(cls=Commande)
def ouvrir(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    document: Annotated[
        int | None, typer.Option(help="Numéro du document, de toute version ; sans lui, le dernier récapitulatif.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(help="Dossier où copier le document.")] = None,
    texte: Annotated[bool, typer.Option("--texte", help="L'écrire aussi en texte.")] = False,
    en_json: _JSON = False,
) -> None:
    """Sortir du store un document d'une candidature, le récapitulatif de sa dernière version par défaut."""
    from cyclades_tui.cli.corps import document as commande

    numero = commande.lire_numero(inscription)
    commande.ouvrir(_reglages(contexte), candidat, numero, document, pdf, texte=texte, en_json=en_json)


@app.command(cls=Commande)
def verifier(
    contexte: typer.Context,
    fichier: Annotated[
        Path | None, typer.Argument(help="PDF, ou image PNG, JPEG ou WebP d'un papier.", show_default=False)
    ] = None,
    reference: Annotated[str | None, typer.Option(help="La référence imprimée, recopiée à la main.")] = None,
    en_json: _JSON = False,
) -> None:
    """Dire si un fichier ou un papier vient de ce store ; code de sortie 1 si le store ne le connaît pas, ou autre."""
    from cyclades_tui.cli.corps import document as commande

    raise typer.Exit(commande.verifier(_reglages(contexte), fichier, reference, en_json=en_json))

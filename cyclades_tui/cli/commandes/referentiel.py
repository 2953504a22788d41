"""The commands of `cyclades referentiel`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import EnJson, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Diplômes, réglages et textes : leurs fichiers.", no_args_is_help=True)


@app.command(cls=Commande)
def verifier(
    contexte: typer.Context,
    dossier: Annotated[
        Path | None, typer.Argument(help="Dossier de paramétrage ; sans lui, celui de ce poste.", show_default=False)
    ] = None,
) -> None:
    """Vérifier les données livrées et le paramétrage ; code de sortie 1 s'il y a une faute."""
    from cyclades_tui.cli.corps import referentiel as commande

    raise typer.Exit(commande.verifier(reglages(contexte), dossier))


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    examen: Annotated[str, typer.Option(help="Seulement cet examen.")] = "",
    en_json: EnJson = False,
) -> None:
    """Lister les diplômes, et dire pourquoi un diplôme est fermé."""
    from cyclades_tui.cli.corps import referentiel as commande

    commande.lister(reglages(contexte), examen, en_json=en_json)

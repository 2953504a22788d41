"""The commands of `cyclades compte`."""

from __future__ import annotations

from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import EnJson, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Comptes des candidats.", no_args_is_help=True)


@app.command(cls=Commande)
def activer(
    contexte: typer.Context,
    adresse: Annotated[str, typer.Argument(help="Adresse mail du compte.")],
    piece_vue: Annotated[
        bool, typer.Option("--piece-vue", help="Vous avez vu la pièce d'identité : le journal le garde.")
    ] = False,
    en_json: EnJson = False,
) -> None:
    """Activer un compte sans son code, sur présentation d'une pièce d'identité."""
    from cyclades_tui.cli.corps.compte import activer as activer_le_compte

    activer_le_compte(reglages(contexte), adresse, piece_vue=piece_vue, en_json=en_json)

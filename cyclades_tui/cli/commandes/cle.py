"""The commands of `cyclades cle`."""

from __future__ import annotations

import typer

from cyclades_tui.cli.commandes.commun import reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Clé du store : sans elle, rien ne s'y lit.", no_args_is_help=True)


@app.command(cls=Commande)
def poser(contexte: typer.Context) -> None:
    """Chiffrer un store qui n'a pas de clé ; elle est demandée deux fois. À recommencer après une coupure."""
    from cyclades_tui.cli.corps import cle as commande

    commande.definir(reglages(contexte), premiere=True)


@app.command(cls=Commande)
def changer(contexte: typer.Context) -> None:
    """Chiffrer le store avec une autre clé, demandée deux fois. À recommencer après une coupure."""
    from cyclades_tui.cli.corps import cle as commande

    commande.definir(reglages(contexte), premiere=False)


@app.command(cls=Commande)
def verifier(contexte: typer.Context) -> None:
    """Dire si la clé donnée ouvre la base et chaque fichier du store."""
    from cyclades_tui.cli.corps import cle as commande

    commande.verifier(reglages(contexte))

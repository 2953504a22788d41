"""The commands of `cyclades agent`."""

from __future__ import annotations

from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import EnJson, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Agents : qui agit par --agent ou au guichet.", no_args_is_help=True)
_IDENTIFIANT = Annotated[str, typer.Argument(help="Identifiant de l'agent, par exemple l.roy.")]


@app.command(cls=Commande)
def ajouter(
    contexte: typer.Context,
    identifiant: _IDENTIFIANT,
    nom: Annotated[str, typer.Argument(help="Nom sous lequel on connaît l'agent.")],
    role: Annotated[str, typer.Option(help="gestionnaire, établissement, responsable, administrateur ou auditeur.")],
    academie: Annotated[
        list[str] | None, typer.Option(help="Académie de l'agent, nom ou code ; répétable ; sans elle, toutes.")
    ] = None,
    etablissement: Annotated[str, typer.Option(help="Code ou nom de l'établissement, pour ce rôle.")] = "",
) -> None:
    """Ajouter un agent ; le premier d'un store est un administrateur. Le mot de passe est demandé deux fois."""
    from cyclades_tui.cli.corps import agent as commande

    commande.ajouter(reglages(contexte), identifiant, nom, role, academie or (), etablissement)


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    en_json: EnJson = False,
) -> None:
    """Lister les agents, désactivés compris."""
    from cyclades_tui.cli.corps import agent as commande

    commande.lister(reglages(contexte), en_json=en_json)


@app.command(cls=Commande)
def desactiver(contexte: typer.Context, identifiant: _IDENTIFIANT) -> None:
    """Retirer l'accès d'un agent, à l'instant, même connecté."""
    from cyclades_tui.cli.corps import agent as commande

    commande.desactiver(reglages(contexte), identifiant)


@app.command(cls=Commande)
def reactiver(contexte: typer.Context, identifiant: _IDENTIFIANT) -> None:
    """Rendre l'accès à un agent désactivé, ou lever l'attente après des mots de passe refusés."""
    from cyclades_tui.cli.corps import agent as commande

    commande.reactiver(reglages(contexte), identifiant)


@app.command("mot-de-passe", cls=Commande)
def mot_de_passe(contexte: typer.Context, identifiant: _IDENTIFIANT) -> None:
    """Changer un mot de passe : le sien, ou celui d'un agent pour un administrateur. Il est demandé deux fois."""
    from cyclades_tui.cli.corps import agent as commande

    commande.changer_le_mot_de_passe(reglages(contexte), identifiant)

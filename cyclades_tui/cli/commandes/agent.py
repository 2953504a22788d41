"""The commands of `cyclades agent`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

app = typer.Typer(cls=GroupeDeCommandes, help="Agents : qui agit par --agent ou au guichet.", no_args_is_help=True)
_IDENTIFIANT = Annotated[str, typer.Argument(help="Identifiant de l'agent, par exemple l.roy.")]


def _reglages(contexte: typer.Context) -> ReglagesDuPoste:
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


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

    commande.ajouter(_reglages(contexte), identifiant, nom, role, academie or (), etablissement)


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")] = False,
) -> None:
    """Lister les agents, désactivés compris."""
    from cyclades_tui.cli.corps import agent as commande

    commande.lister(_reglages(contexte), en_json=en_json)


@app.command(cls=Commande)
def desactiver(contexte: typer.Context, identifiant: _IDENTIFIANT) -> None:
    """Retirer l'accès d'un agent, à l'instant, même connecté."""
    from cyclades_tui.cli.corps import agent as commande

    commande.desactiver(_reglages(contexte), identifiant)


@app.command(cls=Commande)
def reactiver(contexte: typer.Context, identifiant: _IDENTIFIANT) -> None:
    """Rendre l'accès à un agent désactivé, ou lever l'attente après des mots de passe refusés."""
    from cyclades_tui.cli.corps import agent as commande

    commande.reactiver(_reglages(contexte), identifiant)


@app.command("mot-de-passe", cls=Commande)
def mot_de_passe(contexte: typer.Context, identifiant: _IDENTIFIANT) -> None:
    """Changer un mot de passe : le sien, ou celui d'un agent pour un administrateur. Il est demandé deux fois."""
    from cyclades_tui.cli.corps import agent as commande

    commande.changer_le_mot_de_passe(_reglages(contexte), identifiant)

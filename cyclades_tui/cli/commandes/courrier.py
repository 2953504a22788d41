"""The commands of `cyclades courrier`."""

from __future__ import annotations

from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import Candidat, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(cls=GroupeDeCommandes, help="Messages aux candidats.", no_args_is_help=True)


@app.command(cls=Commande)
def ecrire(
    contexte: typer.Context,
    candidat: Candidat,
    objet: Annotated[str, typer.Argument(help="Objet du message.")],
    texte: Annotated[str, typer.Argument(help="Texte du message ; - pour le lire sur l'entrée.")],
) -> None:
    """Écrire à un candidat, qui le lit dans « Consulter mes messages » ; le journal en garde trace."""
    from cyclades_tui.cli.corps.courrier import envoyer

    envoyer(reglages(contexte), candidat, objet, texte)


@app.command(cls=Commande)
def lire(
    contexte: typer.Context,
    adresse: Annotated[str, typer.Argument(help="Adresse mail du candidat.")],
    en_json: Annotated[bool, typer.Option("--json", help="Écrire les messages en JSON.")] = False,
) -> None:
    """Lire les messages d'un candidat, avec le code d'activation tant qu'il est valable ; le journal en garde trace."""
    from cyclades_tui.cli.corps.courrier import afficher

    afficher(reglages(contexte), adresse, en_json=en_json)

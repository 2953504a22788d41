"""The commands of `cyclades service`."""

from __future__ import annotations

from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import EnJson, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

app = typer.Typer(
    cls=GroupeDeCommandes, help="Services d'inscription : fenêtres, contacts, réglages.", no_args_is_help=True
)
_EXAMEN = Annotated[str, typer.Argument(help="Code de l'examen, par exemple BCP ; - pour tous.")]
_SESSION = Annotated[str, typer.Argument(help="Session, par exemple 2027 ; - pour toutes.")]
_ACADEMIE = Annotated[str, typer.Argument(help="Nom ou code de l'académie ; - pour toutes.")]
_SECTEUR = Annotated[str, typer.Option(help="Secteur de la spécialité, qui choisit un contact.")]


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    examen: Annotated[str, typer.Option(help="Seulement cet examen.")] = "",
    session: Annotated[str, typer.Option(help="Seulement cette session.")] = "",
    academie: Annotated[str, typer.Option(help="Seulement cette académie.")] = "",
    en_json: EnJson = False,
) -> None:
    """Lister les services qui ont une fenêtre d'inscription, avec leur état maintenant."""
    from cyclades_tui.cli.corps import service as commande

    commande.lister(reglages(contexte), examen, session, academie, en_json=en_json)


@app.command(cls=Commande)
def voir(
    contexte: typer.Context,
    examen: _EXAMEN,
    session: _SESSION,
    academie: _ACADEMIE,
    secteur: _SECTEUR = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON, textes entiers.")] = False,
) -> None:
    """Montrer chaque réglage d'un service, et le fichier d'où vient sa valeur."""
    from cyclades_tui.cli.corps import service as commande

    commande.voir(reglages(contexte), examen, session, academie, secteur, en_json=en_json)


@app.command(cls=Commande)
def definir(
    contexte: typer.Context,
    examen: _EXAMEN,
    session: _SESSION,
    academie: _ACADEMIE,
    valeurs: Annotated[
        list[str] | None, typer.Argument(help="CLE=VALEUR, par exemple depot_avant=2026-12-20.", show_default=False)
    ] = None,
    ouverture: Annotated[str | None, typer.Option(help="Ouverture, heure de Paris : 2026-10-15T08:00.")] = None,
    fermeture: Annotated[str | None, typer.Option(help="Fermeture, heure de Paris, exclue : 2026-12-13T23:59.")] = None,
    secteur: _SECTEUR = "",
    retirer: Annotated[list[str] | None, typer.Option(help="Clé à retirer du paramétrage local.")] = None,
) -> None:
    """Écrire une fenêtre ou un autre réglage dans le paramétrage local ; le journal en garde la trace."""
    from cyclades_tui.cli.corps import service as commande

    bornes = {"ouverture": ouverture, "fermeture": fermeture}
    options = [f"{cle}={texte}" for cle, texte in bornes.items() if texte is not None]
    textes = [*(valeurs or ()), *options]
    commande.definir(reglages(contexte), examen, session, academie, secteur, textes, retirer or ())


@app.command(cls=Commande)
def accepter(contexte: typer.Context) -> None:
    """Prendre les fichiers du paramétrage local tels qu'ils sont ; « verifier » dit ensuite s'ils changent."""
    from cyclades_tui.cli.corps import service as commande

    commande.accepter(reglages(contexte))

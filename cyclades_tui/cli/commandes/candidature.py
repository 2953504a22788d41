"""The commands of `cyclades candidature`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

app = typer.Typer(cls=GroupeDeCommandes, help="Candidatures enregistrées.", no_args_is_help=True)
_CANDIDAT = Annotated[str, typer.Argument(help="N° candidat, onze chiffres.")]
_INSCRIPTION = Annotated[str, typer.Argument(help="N° d'inscription, par exemple 001.")]
_JSON = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")]


def _reglages(contexte: typer.Context) -> ReglagesDuPoste:
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


def _numero(texte: str) -> int:
    from cyclades_tui.cli.corps.document import lire_numero

    return lire_numero(texte)


@app.command(cls=Commande)
def lister(
    contexte: typer.Context,
    etat: Annotated[str, typer.Option(help="Seulement cet état, par exemple « Désinscrit par le candidat ».")] = "",
    examen: Annotated[str, typer.Option(help="Seulement cet examen.")] = "",
    session: Annotated[str, typer.Option(help="Seulement cette session.")] = "",
    academie: Annotated[str, typer.Option(help="Seulement cette académie.")] = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire un objet JSON par ligne.")] = False,
) -> None:
    """Lister les candidatures, désinscrites comprises."""
    from cyclades_tui.cli.corps import candidature as commande

    filtre = {"etat": etat, "examen": examen, "session": session, "academie": academie}
    commande.lister(_reglages(contexte), filtre, en_json=en_json)


@app.command(cls=Commande)
def voir(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    version: Annotated[int | None, typer.Option(help="Version à montrer, la dernière par défaut.")] = None,
    en_json: _JSON = False,
) -> None:
    """Montrer une candidature : son état, ses versions, son récapitulatif."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.voir(_reglages(contexte), candidat, _numero(inscription), version, en_json=en_json)


@app.command(cls=Commande)
def modifier(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    changements: Annotated[
        list[str], typer.Argument(help='CHAMP=VALEUR, par exemple identification.adresse.voie="12 rue du Port".')
    ],
    version: Annotated[int | None, typer.Option(help="Version dont part la modification, la dernière sinon.")] = None,
    simuler: Annotated[bool, typer.Option("--simuler", help="Tout vérifier sans rien enregistrer.")] = False,
    en_json: _JSON = False,
) -> None:
    """Enregistrer la version suivante, avec d'autres réponses ; l'examen peut redemander ses accords (CHAMP=oui)."""
    from cyclades_tui.cli.corps import candidature as commande

    numero = _numero(inscription)
    commande.modifier(_reglages(contexte), candidat, numero, changements, version, simuler=simuler, en_json=en_json)


@app.command(cls=Commande)
def differences(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    avant: Annotated[int | None, typer.Argument(help="Première version.", show_default=False)] = None,
    apres: Annotated[int | None, typer.Argument(help="Seconde version.", show_default=False)] = None,
    en_json: _JSON = False,
) -> None:
    """Dire ce qui a changé entre deux versions, les deux dernières par défaut."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.comparer(_reglages(contexte), candidat, _numero(inscription), avant, apres, en_json=en_json)


@app.command(cls=Commande)
def desinscrire(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    confirmer: Annotated[bool, typer.Option("--confirmer", help="Faire la désinscription.")] = False,
    en_json: _JSON = False,
) -> None:
    """Désinscrire une candidature, pour le service ; le candidat reçoit un message."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.desinscrire(_reglages(contexte), candidat, _numero(inscription), confirmer=confirmer, en_json=en_json)


@app.command(cls=Commande)
def ecarter(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    motif: Annotated[str, typer.Option(help="Pourquoi, 500 signes au plus : le candidat le lira.")],
    en_json: _JSON = False,
) -> None:
    """Écarter pour de bon une candidature qui ne remplit pas les conditions ; le candidat reçoit un message."""
    from cyclades_tui.cli.corps import candidature as commande

    commande.ecarter(_reglages(contexte), candidat, _numero(inscription), motif, en_json=en_json)

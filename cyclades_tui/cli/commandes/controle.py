"""The commands of `cyclades justificatif` for agents."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cyclades_tui.cli.commandes.commun import Candidat, Chiffrer, EnJson, Inscription, reglages
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes
from cyclades_tui.domaine.statuts import JUGEMENTS, ActePiece, Statut

app = typer.Typer(cls=GroupeDeCommandes, help="Contrôle des pièces justificatives, par un agent.", no_args_is_help=True)
_EXAMEN = Annotated[str, typer.Option(help="Seulement cet examen.")]
_SESSION = Annotated[str, typer.Option(help="Seulement cette session.")]
_ACADEMIE = Annotated[str, typer.Option(help="Seulement cette académie.")]


class MotDeDecision(StrEnum):
    """A decision as it is typed: a status that an agent gives, or the piece reopened."""

    _ignore_ = "statut"
    for statut in JUGEMENTS:
        vars()[statut.name] = statut.name.lower().replace("_", "-")
    ROUVRIR = "rouvrir"

    @property
    def acte(self) -> ActePiece:
        return ActePiece.REOUVRIR if self is MotDeDecision.ROUVRIR else JUGEMENTS[Statut[self.name]].acte


@app.command(cls=Commande)
def decider(
    contexte: typer.Context,
    candidat: Candidat,
    inscription: Inscription,
    piece: Annotated[
        str, typer.Argument(help="La pièce, par son nom, son code ou son numéro : voir justificatif lister.")
    ],
    decision: Annotated[MotDeDecision, typer.Argument(help="Ce que vous décidez.")],
    commentaire: Annotated[str, typer.Option(help="Commentaire que le candidat lira.")] = "",
    motif: Annotated[int | None, typer.Option(help="Numéro d'un commentaire tout prêt, à la place.", min=1)] = None,
    limite: Annotated[str, typer.Option(help="Nouvelle limite (inclus), par exemple 2027-01-31.")] = "",
    recue_le: Annotated[str, typer.Option(help="Jour de réception, aujourd'hui par défaut.")] = "",
    en_json: EnJson = False,
) -> None:
    """Donner son statut à une pièce, ou la rouvrir au candidat."""
    from cyclades_tui.cli.corps import controle as commande

    texte = commande.DecisionTapee(decision.acte, commentaire, motif, limite, recue_le)
    commande.decider(reglages(contexte), candidat, inscription, piece, texte, en_json=en_json)


@app.command(cls=Commande)
def recevoir(
    contexte: typer.Context,
    numeros: Annotated[
        list[str] | None, typer.Argument(help="02699000001, ou 02699000001-001, ou la référence d'un récapitulatif.")
    ] = None,
    fichier: Annotated[Path | None, typer.Option(help="Fichier de numéros, un par ligne ; - pour l'entrée.")] = None,
    piece: Annotated[str, typer.Option(help="Seulement cette pièce, sinon toutes celles attendues par la poste.")] = "",
    recue_le: Annotated[str, typer.Option(help="Jour de réception, aujourd'hui par défaut.")] = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire un objet JSON par ligne.")] = False,
) -> None:
    """Marquer « Reçue » les pièces arrivées par la poste ; code de sortie 2 si une ligne reste à traiter."""
    from cyclades_tui.cli.corps import controle as commande

    raise typer.Exit(commande.recevoir(reglages(contexte), numeros or (), fichier, piece, recue_le, en_json=en_json))


@app.command(cls=Commande)
def affecter(
    contexte: typer.Context,
    a: Annotated[str, typer.Argument(help="Identifiant de l'agent ; - pour rendre les siennes.")],
    nombre: Annotated[int, typer.Argument(help="Combien, les plus anciennes d'abord.", min=1, max=500)] = 50,
    examen: _EXAMEN = "",
    session: _SESSION = "",
    academie: _ACADEMIE = "",
) -> None:
    """Affecter à un agent les pièces qui attendent et ne sont à personne."""
    from cyclades_tui.cli.corps import controle as commande

    commande.affecter(reglages(contexte), a.removeprefix("-"), nombre, examen, session, academie)


@app.command("file", cls=Commande)
def lister_l_attente(
    contexte: typer.Context,
    examen: _EXAMEN = "",
    session: _SESSION = "",
    academie: _ACADEMIE = "",
    jours: Annotated[int, typer.Option(help="Seulement ce qui attend depuis ce nombre de jours.", min=0)] = 0,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire un objet JSON par ligne.")] = False,
) -> None:
    """Lister les pièces à contrôler, la plus ancienne d'abord, avec le numéro de chacune."""
    from cyclades_tui.cli.corps import controle as commande

    commande.lister_l_attente(reglages(contexte), examen, session, academie, jours, en_json=en_json)


@app.command(cls=Commande)
def relancer(
    contexte: typer.Context,
    examen: _EXAMEN = "",
    session: _SESSION = "",
    academie: _ACADEMIE = "",
    avant: Annotated[str, typer.Option(help="Dossiers dont une pièce manquante est à fournir avant ce jour.")] = "",
    lot: Annotated[int | None, typer.Option(help="Reprendre ce lot, au lieu d'en commencer un.")] = None,
    simuler: Annotated[bool, typer.Option("--simuler", help="Dire qui serait relancé, sans rien écrire.")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Dossier où écrire toutes les lettres en un seul PDF.")] = None,
    chiffrer: Chiffrer = False,
    en_json: EnJson = False,
) -> None:
    """Relancer les candidats dont le dossier est incomplet ; un lot arrêté (Ctrl+C) se reprend par son numéro."""
    from cyclades_tui.cli.corps import relances as commande

    voulu = commande.RelanceTapee(examen, session, academie, avant, lot)
    commande.relancer(reglages(contexte), voulu, pdf, chiffrer=chiffrer, simuler=simuler, en_json=en_json)


@app.command("relances", cls=Commande)
def lister_les_lots(contexte: typer.Context, en_json: EnJson = False) -> None:
    """Lister les derniers lots de relances, et où chacun en est."""
    from cyclades_tui.cli.corps import relances as commande

    commande.lister(reglages(contexte), en_json=en_json)

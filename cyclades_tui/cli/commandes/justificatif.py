"""The commands of `cyclades justificatif`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyclades_tui.cli.francais import Commande, GroupeDeCommandes

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

app = typer.Typer(cls=GroupeDeCommandes, help="Pièces justificatives des candidatures.", no_args_is_help=True)
_CANDIDAT = Annotated[str, typer.Argument(help="N° candidat, onze chiffres.")]
_INSCRIPTION = Annotated[str, typer.Argument(help="N° d'inscription, par exemple 001.")]
_PIECE = Annotated[str, typer.Argument(help="La pièce, par son nom ou son numéro : voir justificatif lister.")]
_JSON = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")]


def _reglages(contexte: typer.Context) -> ReglagesDuPoste:
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


def _numero(texte: str) -> int:
    from cyclades_tui.cli.corps.document import lire_numero

    return lire_numero(texte)


@app.command(cls=Commande)
def lister(contexte: typer.Context, candidat: _CANDIDAT, inscription: _INSCRIPTION, en_json: _JSON = False) -> None:
    """Lister les pièces d'une candidature : leur statut, leur fichier, leur date limite."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.lister(_reglages(contexte), candidat, _numero(inscription), en_json=en_json)


@app.command(cls=Commande)
def deposer(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    piece: _PIECE,
    fichier: Annotated[Path, typer.Argument(help="Le fichier : PDF, JPEG ou PNG.")],
    en_json: _JSON = False,
) -> None:
    """Examiner un fichier et le déposer pour une pièce, à la place de celui qui y était."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.deposer(_reglages(contexte), candidat, _numero(inscription), piece, fichier, en_json=en_json)


@app.command(cls=Commande)
def retirer(
    contexte: typer.Context, candidat: _CANDIDAT, inscription: _INSCRIPTION, piece: _PIECE, en_json: _JSON = False
) -> None:
    """Retirer le fichier d'une pièce qui n'est pas encore validée."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.retirer(_reglages(contexte), candidat, _numero(inscription), piece, en_json=en_json)


@app.command(cls=Commande)
def valider(
    contexte: typer.Context,
    candidat: _CANDIDAT,
    inscription: _INSCRIPTION,
    piece: Annotated[str, typer.Option(help="Seulement le groupe de cette pièce, sinon chaque groupe ouvert.")] = "",
    en_json: _JSON = False,
) -> None:
    """« J'ai fourni toutes mes pièces » : verrouiller les fichiers déposés, que le service peut alors étudier."""
    from cyclades_tui.cli.corps import justificatif as commande

    commande.valider(_reglages(contexte), candidat, _numero(inscription), piece, en_json=en_json)

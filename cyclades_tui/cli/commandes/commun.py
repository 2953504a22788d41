"""What several commands take: the settings, a candidature by its numbers, a result in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

Candidat = Annotated[str, typer.Argument(help="N° candidat, onze chiffres.")]
Inscription = Annotated[str, typer.Argument(help="N° d'inscription, par exemple 001.")]
EnJson = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")]


def reglages(contexte: typer.Context) -> ReglagesDuPoste:
    """The settings of this poste, under what the options of `cyclades` say."""
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


def numero(inscription: str) -> int:
    """The number that was typed. Raises SaisieRefusee."""
    from cyclades_tui.cli.corps.document import lire_numero

    return lire_numero(inscription)

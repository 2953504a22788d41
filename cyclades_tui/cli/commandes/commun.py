"""What several commands use: the settings, the numbers of a candidature, a result in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

Candidat = Annotated[str, typer.Argument(help="N° candidat, onze chiffres.")]
Inscription = Annotated[str, typer.Argument(help="N° d'inscription, par exemple 001.")]
Chiffrer = Annotated[
    bool, typer.Option("--chiffrer", help="Avec --pdf : chiffrer le PDF, par une clé demandée deux fois.")
]
EnJson = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")]


def reglages(contexte: typer.Context) -> ReglagesDuPoste:
    """The settings of this poste, overridden by the options of `cyclades`."""
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


def numero(inscription: str) -> int:
    """A typed N° d'inscription as a number. Raises SaisieRefusee."""
    from cyclades_tui.cli.corps.document import lire_numero

    return lire_numero(inscription)

"""The `cyclades` command: expected errors are told in French, unexpected ones logged with a short reference."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from cyclades_tui.cli.terminal import sorties_sures
from cyclades_tui.domaine.avertissements import recueillir

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

_INTERROMPU = 130


def main() -> None:
    """Run the command line.

    Exit codes: 0 done, 1 the store or the machine cannot, 2 the input is refused, 70 a bug, 130 interrupted.
    """
    for flux in (sys.stdout, sys.stderr):  # replace signs that a pipe cannot encode, instead of stopping
        if isinstance(flux, TextIOWrapper):
            flux.reconfigure(errors="replace")
    with sorties_sures(), recueillir() as avertissements:
        try:
            code = _executer(sys.argv[1:])
        except KeyboardInterrupt:
            code = _INTERROMPU
        except Exception as erreur:  # the last handler: otherwise the user would only get a traceback
            code = _dire(erreur)
        for faute in avertissements:
            print(f"! {faute}", file=sys.stderr)
        sys.exit(code)


def _executer(arguments: list[str]) -> int:
    # Typer, and pydantic which it parses with, took 170 of the 770 ms to the first paint of the borne.
    if arguments == ["borne"]:
        from cyclades_tui.cli.corps.borne import tenir

        return tenir(_reglages)
    from cyclades_tui.cli.commandes.racine import app

    return app(standalone_mode=False) or 0


def _reglages() -> ReglagesDuPoste:
    from cyclades_tui.poste import lire_reglages

    return lire_reglages()


def _dire(erreur: Exception) -> int:
    from cyclades_tui.apps.consigne import consigner
    from cyclades_tui.cli.francais import expliquer
    from cyclades_tui.domaine.erreurs import ErreurCyclades, ReferentielFautif, StoreInutilisable

    if phrase := expliquer(erreur):
        print(phrase, file=sys.stderr)
        return 2
    if not isinstance(erreur, ErreurCyclades):
        reference, chemin = consigner(erreur)
        print(
            f"Un problème inattendu a arrêté la commande, référence {reference} (détails : {chemin}).", file=sys.stderr
        )
        return 70
    for faute in erreur.fautes:
        print(faute, file=sys.stderr)
    return 1 if isinstance(erreur, StoreInutilisable | ReferentielFautif) else 2


if __name__ == "__main__":
    main()

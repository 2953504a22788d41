"""`make bench`: each figure with its baseline from the same run, so that ratios do not depend on the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # the benches use what tests share

import borne
import controle
import demarrage
import enregistrement
import espace
import impression
import preuve
import referentiel
from mesure import Figure
from rich.console import Console
from rich.table import Table

BANCS: dict[str, Callable[[], list[Figure]]] = {
    "borne": borne.mesurer,
    "controle": controle.mesurer,
    "demarrage": demarrage.mesurer,
    "enregistrement": enregistrement.mesurer,
    "espace": espace.mesurer,
    "impression": impression.mesurer,
    "preuve": preuve.mesurer,
    "referentiel": referentiel.mesurer,
}


def main(noms: list[str]) -> int:
    """Run the benches named, or all; returns 1 if an aim is missed."""
    console = Console(width=150)
    table = Table(title="cyclades-tui : mesures du poste, chacune à côté de sa référence")
    for colonne in ("Mesure", "Valeur", "Référence", "Valeur", "Rapport", "Objectif", ""):
        table.add_column(colonne)
    manques = 0
    for nom, mesurer in BANCS.items():
        if noms and nom not in noms:
            continue
        for figure in mesurer():
            manques += not figure.tenu
            table.add_row(*figure.cellules())
    console.print(table)
    return 1 if manques else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

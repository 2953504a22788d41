"""What this terminal can draw: how many colours, which signs (ecrans.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console

from cyclades_tui.domaine.affichage import Affichage

SEIZE_COULEURS, COULEURS_256, VRAIES_COULEURS = 16, 256, 1 << 24
# Names that Textual uses; others mean the terminal's 16 colours, or none.
_COULEURS = {"truecolor": VRAIES_COULEURS, "256": COULEURS_256}


@dataclass(frozen=True, slots=True)
class Rendu:
    """How many colours there are, whether signs are ASCII, whether the header has its mark."""

    couleurs: int = VRAIES_COULEURS
    ascii: bool = False
    marque: bool = True


ENTIER = Rendu()


def rendu(affichage: Affichage, environ: Mapping[str, str], encodage: str) -> Rendu:
    """What a terminal draws, from its environment, its encoding and the settings."""
    systeme = Console(force_terminal=True, legacy_windows=False, _environ=environ).color_system
    sans_couleur = "NO_COLOR" in environ
    auto = environ.get("TERM") == "linux" or encodage.replace("-", "").casefold() != "utf8"
    return Rendu(
        couleurs=SEIZE_COULEURS if sans_couleur else _COULEURS.get(systeme or "", SEIZE_COULEURS),
        ascii=affichage.glyphes == "ascii" or (affichage.glyphes == "auto" and auto),
        marque=affichage.marque,
    )

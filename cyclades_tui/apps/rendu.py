"""What this terminal can draw: how many colours, which signs (ecrans.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console

from cyclades_tui.domaine.affichage import ASCII, COCHE, UNICODE, Affichage

SEIZE_COULEURS, COULEURS_256, VRAIES_COULEURS = 16, 256, 1 << 24
# Names that Textual uses; others mean the terminal's 16 colours, or none.
_COULEURS = {"truecolor": VRAIES_COULEURS, "256": COULEURS_256}

# Terminals that take from another font the signs that theirs lacks, by what they put in the environment.
_EMPRUNTENT = frozenset(("Apple_Terminal", "iTerm.app", "WezTerm", "ghostty", "vscode"))
_EMPRUNTENT_PAR_VARIABLE = frozenset(("KITTY_WINDOW_ID", "KONSOLE_VERSION", "VTE_VERSION", "WT_SESSION"))


@dataclass(frozen=True, slots=True)
class Rendu:
    """How many colours there are, which signs (`domaine.affichage.SIGNES`), whether the header has its mark."""

    couleurs: int = VRAIES_COULEURS
    signes: str = UNICODE
    marque: bool = True


ENTIER = Rendu()


def rendu(affichage: Affichage, environ: Mapping[str, str], encodage: str) -> Rendu:
    """What a terminal draws, from its environment, its encoding and the settings."""
    systeme = Console(force_terminal=True, legacy_windows=False, _environ=environ).color_system
    sans_couleur = "NO_COLOR" in environ
    couleurs = SEIZE_COULEURS if sans_couleur else _COULEURS.get(systeme or "", SEIZE_COULEURS)
    return Rendu(
        couleurs=couleurs,
        signes=_signes(environ, encodage) if affichage.glyphes == "auto" else affichage.glyphes,
        marque=affichage.marque,
    )


def _signes(environ: Mapping[str, str], encodage: str) -> str:
    """A terminal does not tell what its font has; only one that borrows from other fonts surely has them all."""
    if environ.get("TERM") == "linux" or encodage.replace("-", "").casefold() != "utf8":
        return ASCII
    emprunte = environ.get("TERM_PROGRAM") in _EMPRUNTENT or not _EMPRUNTENT_PAR_VARIABLE.isdisjoint(environ)
    return COCHE if emprunte else UNICODE

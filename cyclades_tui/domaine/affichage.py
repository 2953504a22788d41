"""How the faces look on this machine: three settings, their values and defaults, stated once.

They are needed before the first paint, so this module imports nothing heavy (decision 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from cyclades_tui.domaine.erreurs import Faute

APPLICATION = "cyclades"


class ThemeDEcran(StrEnum):
    """A theme: its word in the settings, and its label where one chooses. Its colours are in `apps.themes`."""

    CLAIR = "clair", "Clair"
    SOMBRE = "sombre", "Sombre"
    CONTRASTE = "contraste", "Fort contraste"
    SEIZE = "16", "16 couleurs"  # the terminal's own colours

    libelle: str

    def __new__(cls, mot: str, libelle: str) -> ThemeDEcran:
        theme = str.__new__(cls, mot)
        theme._value_ = mot
        theme.libelle = libelle
        return theme

    @property
    def nom(self) -> str:
        """The name under which the library knows it."""
        return f"{APPLICATION}-{self}"


# The signs that may be drawn, by their word in the settings, and their labels where one chooses.
SIGNES: Mapping[str, str] = MappingProxyType({"unicode": "Unicode", "ascii": "ASCII, pour les consoles simples"})


@dataclass(frozen=True, slots=True)
class Affichage:
    """The theme, the signs (`auto` asks the terminal), and whether the header carries its mark."""

    theme: ThemeDEcran = ThemeDEcran.CLAIR
    glyphes: str = "auto"
    marque: bool = True


# What may be written for each setting, and what it means.
CHOIX: dict[str, dict[str, object]] = {
    "theme": {theme.value: theme for theme in ThemeDEcran},
    "glyphes": {nom: nom for nom in ("auto", *SIGNES)},
    "marque": {"true": True, "false": False},
}


def fichier_de_reglages() -> Path:
    """The user's file, which holds these settings beside all others of the machine."""
    return platformdirs.user_config_path(APPLICATION) / "cyclades.toml"


def lire_affichage(valeurs: Mapping[str, object]) -> tuple[Affichage, tuple[Faute, ...]]:
    """The settings in `valeurs`, where other keys are not looked at; a wrong one is a fault and keeps its default."""
    bonnes: dict[str, Any] = {}
    fautes: list[Faute] = []
    for cle in CHOIX.keys() & valeurs.keys():
        ecrit = str(valeurs[cle]).strip()
        if ecrit.casefold() in CHOIX[cle]:
            bonnes[cle] = CHOIX[cle][ecrit.casefold()]
        else:
            fautes.append(_faute(cle, ecrit))
    return replace(Affichage(), **bonnes), tuple(sorted(fautes, key=lambda faute: faute.champ))


def _faute(cle: str, ecrit: str) -> Faute:
    *premiers, dernier = CHOIX[cle]
    return Faute(
        "reglages.affichage",
        cle,
        f"« {ecrit} » n'est pas une valeur de ce réglage.",
        f"Écrivez {', '.join(premiers)} ou {dernier}, dans cyclades.toml ou dans CYCLADES_{cle.upper()}.",
    )

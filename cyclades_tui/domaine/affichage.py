"""How the screens look on this machine: three settings, with the values allowed and the defaults.

They are needed before the first paint, so this module imports nothing heavy (decision 10).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.lecture_de_fichiers import REGLAGES_AU_PLUS, lire_en_entier

APPLICATION = "cyclades"


class ThemeDEcran(StrEnum):
    """A theme: the word that the settings use, and the label in a list of choices. Its colours are in `apps.themes`."""

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
        """The name under which Textual knows the theme."""
        return f"{APPLICATION}-{self}"


# The sets of signs that may be drawn: the word that the settings use, and the label in a list of choices.
UNICODE, COCHE, ASCII = "unicode", "coche", "ascii"
SIGNES: Mapping[str, str] = MappingProxyType(
    {UNICODE: "Unicode", COCHE: "Unicode, avec la coche ✓", ASCII: "ASCII, pour les consoles simples"}
)


@dataclass(frozen=True, slots=True)
class Affichage:
    """The theme, the signs (`auto`: as the terminal can draw), and whether the header shows its mark."""

    theme: ThemeDEcran = ThemeDEcran.CLAIR
    glyphes: str = "auto"
    marque: bool = True


# The values that a file may give to each setting, and what each value means.
CHOIX: dict[str, dict[str, object]] = {
    "theme": {theme.value: theme for theme in ThemeDEcran},
    "glyphes": {nom: nom for nom in ("auto", *SIGNES)},
    "marque": {"true": True, "false": False},
}


def fichier_de_reglages() -> Path:
    """The user's settings file, which holds these three and every other setting of the machine."""
    return platformdirs.user_config_path(APPLICATION) / "cyclades.toml"


def lire_le_fichier(chemin: Path) -> dict[str, Any]:
    """What a settings file of a user holds, nothing if there is none; Windows writes a byte order mark before UTF-8.

    Raises OSError, also of a link that leads nowhere; ValueError if it is not TOML.
    """
    try:
        octets = lire_en_entier(chemin, REGLAGES_AU_PLUS)
    except (FileNotFoundError, NotADirectoryError):
        if chemin.is_symlink():
            raise
        return {}
    return tomllib.loads(octets.decode("utf-8-sig"))


def lire_affichage(valeurs: Mapping[str, object]) -> tuple[Affichage, tuple[Faute, ...]]:
    """Read the three settings among `valeurs`; a wrong value is returned as a fault and its default is kept."""
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

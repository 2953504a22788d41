"""The shipped files of the référentiel, to read, change and copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from cyclades_tui.referentiel.ressources import dossier

DATA = dossier("data")
DIPLOME = "diplomes/bcp-25303-aeronautique-systemes.toml"
GUYANE = "services/guyane.toml"


def lu(fichier: str) -> str:
    return (DATA / fichier).read_text(encoding="utf-8")


def copier_sans_lieux(dossier: Path) -> Path:
    """A copy of the shipped files without the large lists of places."""
    shutil.copytree(DATA, dossier / "data", ignore=shutil.ignore_patterns("lieux", "polices"))
    return dossier / "data"

"""Contents of versions for tests: those that releases wrote, and made-up fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cyclades_tui.domaine.contenu import ChampSauve, Contenu

CONTENUS = Path(__file__).parents[1] / "unit" / "contenus"


def texte_garde(nom: str) -> str:
    """A content as a release stored it, by the name of its file."""
    return (CONTENUS / f"{nom}.json").read_text(encoding="utf-8").removesuffix("\n")


@cache
def exemple() -> Contenu:
    """An individual candidate with a title and one optional épreuve; change it with `dataclasses.replace`."""
    return Contenu.lire(texte_garde("2-avec-textes"))


def champs(valeurs: Mapping[str, str], libelle: str = "") -> dict[str, ChampSauve]:
    """Fields by id, each shown as its value."""
    return {id_: ChampSauve(id_, f"{libelle} {id_}", "", valeur, valeur, "") for id_, valeur in valeurs.items()}

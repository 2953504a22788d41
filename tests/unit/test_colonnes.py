"""Blocks in two columns, and the table of épreuves in fixed ones (ecrans.md §4)."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cyclades_tui.domaine.contenu import GroupeEpreuves, LigneEpreuve
from cyclades_tui.screens.candidature.recapitulatif import table_des_epreuves
from cyclades_tui.widgets.colonnes import partager


@pytest.mark.parametrize(
    ("hauteurs", "premiers"), [([], 0), ([5], 0), ([4, 4], 1), ([10, 2, 2, 2], 1), ([2, 2, 2, 10], 3), ([3, 3, 3], 1)]
)
def test_the_longer_column_is_as_short_as_can_be(hauteurs: list[int], premiers: int) -> None:
    assert partager(hauteurs) == premiers


def ligne(code: str, libelle: str, unite: str, niveau: int, position: str, mode: str) -> LigneEpreuve:
    return LigneEpreuve(code, libelle, unite, niveau, position, mode, "", "")


GROUPES = (
    GroupeEpreuves(
        "obligatoires",
        "Session normale",
        "Épreuves obligatoires",
        "",
        (
            ligne("E1", "Épreuve scientifique", "", 0, "Inscrit", ""),
            ligne("E1-A", "Mathématiques", "U11", 1, "Inscrit", "CCF"),
            ligne("E2", "Exploitation de la documentation technique " * 2, "U2", 0, "Non Inscrit", "Ponctuel"),
        ),
    ),
)


@pytest.mark.parametrize("largeur", [56, 76, 116])
def test_each_column_begins_in_the_same_cell(largeur: int) -> None:
    lignes = list(table_des_epreuves(GROUPES))
    rangs = [rang.plain for un in lignes for rang in un.rangs(largeur)]
    entetes = rangs[0]
    assert all(cell_len(rang) <= largeur for rang in rangs)
    par_code = {rang.split()[0]: rang for rang in rangs[1:] if rang.split()[0] in ("E1", "E1-A", "E2")}
    for code, (unite, position, mode) in {
        "E1-A": ("U11", "Inscrit", "CCF"),
        "E2": ("U2", "Non Inscrit", "Ponctuel"),
    }.items():
        assert par_code[code].index(unite, 6) == entetes.index("unité")
        assert par_code[code].index(position) == entetes.index("position")
        assert par_code[code].index(mode) == entetes.index("mode")
    assert par_code["E1"].index("Inscrit") == entetes.index("position")
    assert par_code["E1-A"].index("Math") == entetes.index("libellé") + 2

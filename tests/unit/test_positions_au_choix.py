"""Trees unlike those of the bac professionnel: units to choose among, épreuves without unit, a concours."""

from __future__ import annotations

from typing import Any

import pytest

from cyclades_tui.referentiel.schema import SANS_BENEFICE, Epreuve, unites
from cyclades_tui.regles.positions import AcquisDeclares, ChoixDeclares, Position, Vae, placer


def arbre(*noeuds: dict[str, Any]) -> tuple[Epreuve, ...]:
    return tuple(Epreuve.model_validate({"libelle": noeud["code"], **noeud}) for noeud in noeuds)


COIFFURE = arbre(
    {"code": "E3", "parmi": 1},
    {"code": "E3A", "unite": "U30A", "parent": "E3", "modes": {"individuel": "Ponctuel"}},
    {"code": "E3B", "unite": "U30B", "parent": "E3", "modes": {"individuel": "Ponctuel"}},
    {"code": "E6", "unite": "U60", "modes": {"individuel": "Ponctuel"}},
)
CONCOURS = arbre(
    {"code": "A1", "serie": "admissibilite", "nature": "Ecrite"},
    {"code": "B1", "serie": "admission", "nature": "Orale"},
)
SANS_UNITE = arbre(
    {"code": "E5"},
    {"code": "E51", "parent": "E5", "modes": {"individuel": "Ponctuel"}},
    {"code": "E6", "unite": "U6", "modes": {"individuel": "Ponctuel"}},
    {"code": "E61", "parent": "E6"},
    {"code": "E611", "parent": "E61"},
)


def positions(noeuds: tuple[Epreuve, ...], *, inscrites: str = "", vae: str = "") -> dict[str, tuple[Position, str]]:
    acquis = AcquisDeclares(vae=Vae(2020, "RENNES", frozenset(vae.split()))) if vae else AcquisDeclares()
    choix = ChoixDeclares(inscrites=frozenset(inscrites.split()))
    placees = placer(
        noeuds, voie="individuel", forme="globale", annee=2026, benefice=SANS_BENEFICE, acquis=acquis, choix=choix
    )
    return {placee.epreuve.code: (placee.position, placee.mode) for placee in placees}


@pytest.mark.parametrize(
    ("inscrites", "vae", "attendues"),
    [
        ("", "", [Position.NON_INSCRIT, Position.NON_INSCRIT, Position.NON_INSCRIT]),
        ("E3A", "", [Position.INSCRIT, Position.INSCRIT, Position.NON_INSCRIT]),
        ("E3B", "", [Position.INSCRIT, Position.NON_INSCRIT, Position.INSCRIT]),
        ("", "E3B", [Position.NON_INSCRIT, Position.NON_INSCRIT, Position.DISPENSE]),
    ],
)
def test_of_units_to_choose_among_only_the_chosen_is_sat(inscrites: str, vae: str, attendues: list[Position]) -> None:
    trouvees = positions(COIFFURE, inscrites=inscrites, vae=vae)
    assert [trouvees[code][0] for code in ("E3", "E3A", "E3B")] == attendues
    assert trouvees["E6"] == (Position.INSCRIT, "Ponctuel")


def test_a_concours_is_sat_whole_and_names_the_nature_of_each() -> None:
    assert positions(CONCOURS) == {"A1": (Position.INSCRIT, "Ecrite"), "B1": (Position.INSCRIT, "Orale")}


def test_a_leaf_decides_unless_a_unit_stands_above() -> None:
    assert [epreuve.code for epreuve in unites(SANS_UNITE)] == ["E51", "E6"]
    assert {code: position for code, (position, _) in positions(SANS_UNITE).items()} == dict.fromkeys(
        ("E5", "E51", "E6", "E61", "E611"), Position.INSCRIT
    )

"""The strip of the person above each page: the first name is never cut."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cyclades_tui.widgets.cadre import personne_en_place

NEE = "Né(e) le 06/05/2005"


@pytest.mark.parametrize(
    ("place", "attendu"),
    [
        (60, ("NGMB-DUPONT Jeanne Marie", NEE)),
        (42, ("NGMB-DUPONT Jeanne", NEE)),  # the other first names go first
        (38, ("NGMB-DUPO… Jeanne", NEE)),  # then the name is cut
        (33, ("NGMB-DUPONT Jeanne", "")),  # then the birth goes
        (15, ("NGMB-DU… Jeanne", "")),
    ],
)
def test_what_has_no_room_goes_in_order_and_the_first_name_stays(place: int, attendu: tuple[str, str]) -> None:
    nom, naissance = personne_en_place("NGMB-DUPONT", "Jeanne Marie", NEE, place)
    assert (nom, naissance) == attendu
    assert cell_len(f"{nom}  {naissance}".strip()) <= place


@pytest.mark.parametrize("place", range(24, 90))
def test_it_never_takes_more_than_its_place(place: int) -> None:
    nom, naissance = personne_en_place("DE LA ROCHEFOUCAULD-MONTMORENCY", "Marie-Antoinette", NEE, place)
    assert "Marie-Antoinette" in nom
    assert cell_len(f"{nom}  {naissance}".strip()) <= place


def test_a_person_with_one_name_has_no_gap() -> None:
    assert personne_en_place("", "Jeanne", NEE, 40) == ("Jeanne", NEE)
    assert personne_en_place("DUPONT", "", NEE, 40) == ("DUPONT", NEE)

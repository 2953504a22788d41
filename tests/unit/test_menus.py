"""The tables of places and of menu entries are complete."""

from __future__ import annotations

from typing import Any

import pytest

from cyclades_tui.screens.borne import menu as menu_de_la_borne
from cyclades_tui.screens.borne.aide import PAGES
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.menu import EntreeDeMenu
from cyclades_tui.screens.guichet import menu as menu_du_guichet


@pytest.mark.parametrize("lieu", Lieu)
def test_a_place_is_the_home_or_a_text_or_has_what_makes_it(lieu: Lieu) -> None:
    assert (lieu is Lieu.ACCUEIL) + (lieu in PAGES) + (lieu.fabriquer is not None) == 1


@pytest.mark.parametrize("menu", [menu_de_la_borne.MENU, menu_du_guichet.MENU])
def test_no_two_entries_have_one_name_or_one_digit(menu: tuple[EntreeDeMenu[Any], ...]) -> None:
    assert len({entree.cible for entree in menu}) == len({entree.chiffre for entree in menu}) == len(menu)

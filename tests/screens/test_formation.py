"""A training store says so on every page, whoever looks; an official one never does (decision 6)."""

from __future__ import annotations

from outils.borne import borne, calmer, voir
from outils.guichet import guichet
from textual.pilot import Pilot

from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.connexion import EcranConnexion

TAILLE = (80, 24)


def premiere_ligne(pilot: Pilot[None]) -> str:
    return pilot.app.screen._compositor.render_strips()[0].text


async def test_each_page_of_the_borne_says_that_it_is_for_training(poste: Poste, sans_attente: None) -> None:
    async with borne(poste).run_test(size=TAILLE) as pilot:
        await calmer(pilot)
        assert "Cyclades  FORMATION " in premiere_ligne(pilot)
        for touche, ecran in (("1", EcranConnexion), ("4", EcranAide)):
            await pilot.press(touche)
            await voir(pilot, ecran)
            await calmer(pilot)
            assert "Cyclades  FORMATION " in premiere_ligne(pilot)
            await pilot.press("escape")
            await calmer(pilot)


async def test_the_guichet_says_it_from_its_login_on(poste: Poste, sans_attente: None) -> None:
    async with guichet(poste).run_test(size=TAILLE) as pilot:
        await calmer(pilot)
        assert "Cyclades  FORMATION " in premiere_ligne(pilot)


async def test_a_store_with_official_numbers_does_not(poste_borne: Poste) -> None:
    async with borne(poste_borne).run_test(size=TAILLE) as pilot:
        await calmer(pilot)
        assert "Cyclades  Gestion des examens" in premiere_ligne(pilot)

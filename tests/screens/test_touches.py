"""One place gives a key all its names: Caps Lock, capitals with accents, the unshifted row of AZERTY."""

from __future__ import annotations

import pytest
from outils.borne import borne, calmer, creer_compte, se_connecter, voir
from outils.controle import GRAND, AppControle, ouvrir
from outils.gestes import installer, ligne_de
from outils.inscription import PLEINE, AppInscription

from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.espace.messages import EcranMessages
from cyclades_tui.screens.cadre.menu import Menu
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.widgets.touches import equivalentes

PRESSE = "candidature.consentement_presse"


def test_the_names_of_a_key_in_the_order_in_which_they_are_looked_up() -> None:
    noms = {touche: list(equivalentes(touche)) for touche in ("o", "O", "é", "É", "À", "minus", "f8", "no_break_space")}
    assert noms == {
        "o": ["o"],
        "O": ["O", "o"],
        "é": ["é", "2"],
        "É": ["É", "é", "2"],
        "À": ["À", "à", "0"],
        "minus": ["minus", "6"],
        "f8": ["f8"],
        "no_break_space": ["no_break_space", "space"],
    }


@pytest.mark.parametrize("touche", ["é", "É"])
async def test_a_capital_with_an_accent_is_a_digit_of_the_home(poste_borne: Poste, touche: str) -> None:
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press(touche)
        await voir(pilot, EcranCompte)


async def test_a_sign_of_the_digits_row_is_a_digit_of_a_menu(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await pilot.press("f5")
        await voir(pilot, Menu)
        entree = pilot.app.screen._entrees[3]  # type: ignore[attr-defined]
        assert entree.chiffre == "4"
        await pilot.press("apostrophe")
        await calmer(pilot)
        assert not isinstance(pilot.app.screen, Menu)
        assert isinstance(pilot.app.screen, EcranAide) or entree.active


async def test_caps_lock_answers_yes_and_no(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, PLEINE, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ecran.contenu_courant.viser(PRESSE)
        await calmer(pilot)
        lues = []
        for touche in ("O", "N", "no_break_space"):
            await pilot.press(touche)
            lues.append(ligne_de(ecran, PRESSE).valeur)
        assert lues == ["oui", "non", "oui"]


async def test_caps_lock_at_the_control(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "N", "É")  # the second comment
        volet = app.ecran.query_one(VoletDecision)
        assert volet.commentaire.has_focus
        assert "même fichier" in volet.commentaire.value
        await app.presser(pilot, "escape")
        await app.decider(pilot, "C")
        assert app.statuts[0] is Statut.CONFORME


async def test_caps_lock_opens_the_messages(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await pilot.press("M")
        await voir(pilot, EcranMessages)

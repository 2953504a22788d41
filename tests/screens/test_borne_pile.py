"""The screens above the home: one place at a time, no form left below another, no draft held by a closed screen."""

from __future__ import annotations

from typing import Any

import pytest
from outils.borne import (
    EMAIL,
    FORMULAIRE,
    MOT_DE_PASSE,
    borne,
    calmer,
    creer_compte,
    jusqu_a,
    remplir,
    retenu,
    se_connecter,
    taper,
    voir,
)
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.compte.activation import EcranActivation
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.cadre.base import Probleme
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.widgets.carte import Carte
from cyclades_tui.widgets.dialogue import Aide, Dialogue


def pile(pilot: Pilot[None]) -> list[type[Screen[Any]]]:
    return [type(ecran) for ecran in pilot.app.screen_stack]


async def test_help_asked_while_the_account_is_made_leaves_no_form_below(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("2")
        await voir(pilot, EcranCompte)
        ecran = app.screen
        assert isinstance(ecran, EcranCompte)
        for champ, texte in FORMULAIRE.items():
            ecran.formulaire.ecrire(champ, texte)
        await ecran._ouvrir(3)
        await calmer(pilot)
        with retenu(comptes, "creer") as lache:
            await pilot.press("f9", "f1")
            await jusqu_a(pilot, lambda: isinstance(app.screen, Aide))
            lache.set()
            await jusqu_a(pilot, lambda: EcranActivation in pile(pilot))
        await calmer(pilot)
        assert pile(pilot) == [EcranAccueil, EcranActivation]


@pytest.mark.parametrize("touche", ["f1", "f12"])
async def test_what_opens_while_one_logs_in_leaves_no_password_below(poste_borne: Poste, touche: str) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await remplir(pilot, (EMAIL, MOT_DE_PASSE))
        with retenu(comptes, "connecter") as lache:
            await pilot.press("enter", touche)
            await jusqu_a(pilot, lambda: isinstance(app.screen, ModalScreen))
            lache.set()
            await jusqu_a(pilot, lambda: EcranMesInscriptions in pile(pilot))
        await calmer(pilot)
        assert pile(pilot) == [EcranAccueil, EcranMesInscriptions]


# The draft of a form that closes


def garder_un_brouillon(poste: Poste) -> None:
    creer_compte(poste)
    numero = comptes.connecter(poste, EMAIL, MOT_DE_PASSE).numero
    cle = brouillons.cle_nouvelle(numero, "BCP", "2024", "33")
    saisie = {"modalites.accord": "oui"}
    brouillons.garder(poste, cle, saisie, onglet="identification", focus="", ecran="autre")
    brouillons.rendre_la_main(poste, cle, "autre")


async def ouvrir_la_carte(pilot: Pilot[None]) -> str:
    """Log in and open the only card; returns the title of the question."""
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    await jusqu_a(pilot, lambda: any(carte.has_focus for carte in pilot.app.screen.query(Carte)))
    await pilot.press("enter")
    await voir(pilot, Dialogue)
    return str(pilot.app.screen.query_one(".titre", Static).content)


async def reprendre(pilot: Pilot[None]) -> EcranInscription:
    assert await ouvrir_la_carte(pilot) == "Reprendre votre saisie ?"
    await pilot.press("enter")
    await voir(pilot, EcranInscription)
    ecran = pilot.app.screen
    assert isinstance(ecran, EcranInscription)
    return ecran


async def test_after_a_problem_the_draft_is_offered_again_and_held_by_none(poste_borne: Poste) -> None:
    garder_un_brouillon(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = await reprendre(pilot)
        await pilot.press("f1")
        await voir(pilot, Aide)
        ecran.post_message(Probleme(RuntimeError("cela ne devait pas arriver")))
        await voir(pilot, EcranProbleme)
        await pilot.press("enter")
        await voir(pilot, EcranAccueil)
        assert pile(pilot) == [EcranAccueil]
        await reprendre(pilot)


async def test_a_borne_that_starts_again_in_its_process_offers_the_draft(poste_borne: Poste) -> None:
    garder_un_brouillon(poste_borne)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await reprendre(pilot)
        await taper(pilot, "franc")
        await calmer(pilot)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await reprendre(pilot)


async def test_a_draft_that_another_borne_took_meanwhile_stays_with_it(poste_borne: Poste) -> None:
    garder_un_brouillon(poste_borne)
    premiere, seconde = borne(poste_borne), borne(poste_borne)
    async with premiere.run_test(size=(80, 24)) as pilot:
        ecran = await reprendre(pilot)
        ailleurs = brouillons.nouvel_ecran(poste_borne)
        brouillons.prendre_la_main(poste_borne, ecran.parcours.cle, ailleurs)
        ecran.post_message(Probleme(RuntimeError("cela ne devait pas arriver")))
        await voir(pilot, EcranProbleme)
        await ecran.garde.garder()  # refused: its message does not hide the problem
        await calmer(pilot)
        assert isinstance(premiere.screen, EcranProbleme)
        await pilot.press("enter")
        await voir(pilot, EcranAccueil)
        await calmer(pilot)
    async with seconde.run_test(size=(80, 24)) as pilot:
        assert await ouvrir_la_carte(pilot) == "Cette saisie est ouverte sur un autre écran"

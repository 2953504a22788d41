"""A burst is a burst: what a scanner reads where letters act decides nothing; it opens the dossier or is unknown."""

from __future__ import annotations

import pytest
from outils.borne import envoyer
from outils.controle import EN_LIGNE, GRAND, est_vue
from outils.guichet import GESTIONNAIRE, AppUnEcran, agent, agent_connecte, calmer, entrer, guichet, jusqu_a, voir
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.apps.guichet import GuichetApp
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier
from cyclades_tui.screens.guichet.reception import EcranReception, ListeArrivees
from cyclades_tui.screens.guichet.recherche import EcranRecherche

PERSONNE = "02699000000"
INCONNUE = f"CYCLADES:{PERSONNE}:001:1:0123456789ABCDEF0123456789ABCDEF"


async def au_controle(pilot: Pilot[None], poste: Poste) -> EcranControle:
    await entrer(pilot, GESTIONNAIRE)
    ecran = EcranControle(agent_connecte(poste), agent(), EN_LIGNE, "BCP 2024 · en ligne")
    pilot.app.push_screen(ecran)
    await jusqu_a(pilot, lambda: est_vue(ecran))
    return ecran


def statuts(ecran: EcranControle) -> list[Statut]:
    return [place.statut for place in ecran.attente.places if place.statut is not None]


async def test_a_number_that_is_scanned_opens_its_dossier(poste_guichet: Poste) -> None:
    app: GuichetApp = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        ecran = await au_controle(pilot, poste_guichet)
        place = ecran.attente.courante
        assert place is not None
        envoyer(pilot, (*f"{place.ligne.numero_candidat}-001", "enter"))
        await voir(pilot, EcranDossier)
        assert statuts(ecran) == []


@pytest.mark.parametrize("fin", [("enter",), ()], ids=["with Entrée", "alone"])
async def test_a_reference_that_is_unknown_is_told(poste_guichet: Poste, fin: tuple[str, ...]) -> None:
    """It begins with C, which accepts a piece."""
    app: GuichetApp = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        ecran = await au_controle(pilot, poste_guichet)
        envoyer(pilot, (*INCONNUE, *fin))
        await voir(pilot, EcranRecherche)
        await jusqu_a(pilot, lambda: INCONNUE in str(app.screen.query_one("#vide", Static).content))
        assert statuts(ecran) == []
        await pilot.press("escape")
        await calmer(pilot)
        assert app.screen is ecran


async def test_keys_of_fingers_act_one_by_one(poste_guichet: Poste) -> None:
    """Three keys at once are no scan, nor is one that is held."""
    app: GuichetApp = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        ecran = await au_controle(pilot, poste_guichet)
        envoyer(pilot, ("n", "1", "enter"))
        await jusqu_a(pilot, lambda: statuts(ecran) == [Statut.NON_CONFORME])
        await jusqu_a(pilot, lambda: est_vue(ecran))
        envoyer(pilot, ["plus"] * 12)
        await calmer(pilot)
        app.post_message(events.Key("c", "c"))
        await jusqu_a(pilot, lambda: statuts(ecran) == [Statut.NON_CONFORME, Statut.CONFORME])
        assert app.screen is ecran


async def test_the_code_of_a_document_opens_its_dossier(poste_guichet: Poste) -> None:
    """Its digits and letters are keys of the control: none acts."""
    app: GuichetApp = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        ecran = await au_controle(pilot, poste_guichet)
        place = ecran.attente.courante
        assert place is not None
        envoyer(pilot, (*INCONNUE.replace(PERSONNE, place.ligne.numero_candidat), "enter"))
        await voir(pilot, EcranDossier)
        assert statuts(ecran) == []


@pytest.mark.parametrize("dessus", ["f5", "f1", "f12", "z"], ids=["menu", "help", "looks", "question"])
async def test_what_is_scanned_over_a_question_answers_nothing(poste_guichet: Poste, dessus: str) -> None:
    app: GuichetApp = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        ecran = await au_controle(pilot, poste_guichet)
        await pilot.press(dessus)
        await calmer(pilot)
        pile = list(app.screen_stack)
        envoyer(pilot, ("1", "2", "3", "4", *INCONNUE, "enter"))
        await calmer(pilot)
        assert list(app.screen_stack)[: len(pile)] == pile
        assert statuts(ecran) == []


async def test_a_burst_goes_into_the_field_that_has_the_focus(poste_guichet: Poste) -> None:
    app: GuichetApp = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        ecran = await au_controle(pilot, poste_guichet)
        await pilot.press("n", "7")
        await jusqu_a(pilot, lambda: ecran.query_one(VoletDecision).commentaire.has_focus)
        envoyer(pilot, INCONNUE)
        await calmer(pilot)
        assert ecran.query_one(VoletDecision).commentaire.value.endswith(INCONNUE)
        assert statuts(ecran) == []


async def test_a_burst_in_the_list_of_arrivals_is_a_number_of_the_field(poste_guichet: Poste) -> None:
    app = AppUnEcran(lambda: EcranReception(agent_connecte(poste_guichet), agent()))
    async with app.run_test(size=GRAND) as pilot:
        await calmer(pilot)
        liste = app.screen.query_one(ListeArrivees)
        envoyer(pilot, (*"00000000000", "enter"))
        await jusqu_a(pilot, lambda: len(liste.lignes) == 1)
        liste.focus()
        await calmer(pilot)
        envoyer(pilot, (*INCONNUE, "enter"))
        await jusqu_a(pilot, lambda: len(liste.lignes) == 2)
        assert liste.lignes[0].texte == INCONNUE
        assert liste.lignes[1].texte == "00000000000"

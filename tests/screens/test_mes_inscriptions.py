"""« Mes inscriptions »: the focused card keeps the focus, whatever opens above it or changes behind it."""

from __future__ import annotations

from functools import partial

import pytest
from outils.borne import (
    EMAIL,
    MOT_DE_PASSE,
    borne,
    calmer,
    jusqu_a,
    remplir,
    retenu,
    se_connecter,
    voir,
)
from rich.cells import cell_len
from textual.pilot import Pilot

from cyclades_tui.actes.candidature import brouillons, consultation
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.espace.services_ouverts import LigneService
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.store.requetes.brouillons import CleBrouillon
from cyclades_tui.widgets.cadre import Bouton
from cyclades_tui.widgets.carte import Carte, ContenuCarte
from cyclades_tui.widgets.entrees import GrandeEntree

SESSIONS = ("2022", "2023", "2024")


def garder(poste: Poste, session: str) -> CleBrouillon:
    cle = brouillons.cle_nouvelle(comptes.connecter(poste, EMAIL, MOT_DE_PASSE).numero, "BCP", session, "33")
    brouillons.garder(poste, cle, {"modalites.accord": "oui"}, onglet="modalites", focus="", ecran="autre")
    brouillons.rendre_la_main(poste, cle, "autre")
    return cle


async def entrer(pilot: Pilot[None]) -> EcranMesInscriptions:
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    ecran = pilot.app.screen
    assert isinstance(ecran, EcranMesInscriptions)
    return ecran


def visee(ecran: EcranMesInscriptions) -> str:
    return ecran.focused.contenu.id if isinstance(ecran.focused, Carte) else ""


def entete(pilot: Pilot[None]) -> str:
    return pilot.app.screen._compositor.render_strips()[0].text


@pytest.mark.parametrize(("largeur", "titre"), [(80, False), (104, True), (120, True)])
async def test_the_title_stands_where_the_whole_person_does(
    poste_avec_compte: Poste, largeur: int, titre: bool
) -> None:
    async with borne(poste_avec_compte).run_test(size=(largeur, 30)) as pilot:
        await entrer(pilot)
        await calmer(pilot)
        assert "LAMY Paul  Né(e) le 06/05/2005" in entete(pilot)
        assert ("Gestion des examens et concours" in entete(pilot)) is titre


async def aller_a_la_troisieme(pilot: Pilot[None], ecran: EcranMesInscriptions) -> str:
    await jusqu_a(pilot, lambda: visee(ecran))
    await pilot.press("down", "down")
    troisieme = list(ecran.query(Carte))[2]
    assert troisieme.has_focus
    return troisieme.contenu.id


@pytest.mark.parametrize("touche", ["f1", "f5", "f12"])
async def test_the_card_in_focus_stays_so_when_what_was_opened_above_goes(
    poste_avec_compte: Poste, touche: str
) -> None:
    for session in SESSIONS:
        garder(poste_avec_compte, session)
    async with borne(poste_avec_compte).run_test(size=(80, 24)) as pilot:
        ecran = await entrer(pilot)
        troisieme = await aller_a_la_troisieme(pilot, ecran)
        await pilot.press(touche)
        await jusqu_a(pilot, lambda: pilot.app.screen is not ecran)
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        assert visee(ecran) == troisieme


async def test_the_card_in_focus_stays_so_when_the_cards_change(poste_avec_compte: Poste) -> None:
    for session in SESSIONS:
        garder(poste_avec_compte, session)
    async with borne(poste_avec_compte).run_test(size=(80, 24)) as pilot:
        ecran = await entrer(pilot)
        troisieme = await aller_a_la_troisieme(pilot, ecran)
        await pilot.press("f1")
        await jusqu_a(pilot, lambda: pilot.app.screen is not ecran)
        brouillons.abandonner(poste_avec_compte, garder(poste_avec_compte, "2023"))
        garder(poste_avec_compte, "2021")
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        await jusqu_a(pilot, lambda: {c.contenu.session for c in ecran.query(Carte)} == {"2021", "2022", "2024"})
        await calmer(pilot)
        assert visee(ecran) == troisieme


async def test_a_button_in_focus_stays_so_when_the_cards_change(poste_avec_compte: Poste) -> None:
    garder(poste_avec_compte, "2024")
    async with borne(poste_avec_compte).run_test(size=(80, 24)) as pilot:
        ecran = await entrer(pilot)
        await jusqu_a(pilot, lambda: visee(ecran))
        bouton = ecran.query(Bouton).first()
        bouton.focus()
        await pilot.press("f1")
        await jusqu_a(pilot, lambda: pilot.app.screen is not ecran)
        garder(poste_avec_compte, "2023")
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        await jusqu_a(pilot, lambda: len(ecran.query(Carte)) == 2)
        await calmer(pilot)
        assert ecran.focused is bouton


async def test_enter_starts_nothing_before_the_cards_are_read(poste_avec_compte: Poste) -> None:
    garder(poste_avec_compte, "2024")
    app = borne(poste_avec_compte)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await remplir(pilot, (EMAIL, MOT_DE_PASSE))
        with retenu(consultation, "cartes") as lache:
            await pilot.press("enter")
            await jusqu_a(pilot, lambda: isinstance(app.screen, EcranMesInscriptions))
            ecran = app.screen
            assert isinstance(ecran, EcranMesInscriptions)
            await pilot.press("enter")
            lache.set()
            await calmer(pilot)
        await jusqu_a(pilot, partial(visee, ecran))
        assert app.screen is ecran


async def test_enter_leads_to_a_card_where_none_has_the_focus(poste_avec_compte: Poste) -> None:
    garder(poste_avec_compte, "2024")
    async with borne(poste_avec_compte).run_test(size=(80, 24)) as pilot:
        ecran = await entrer(pilot)
        await jusqu_a(pilot, lambda: visee(ecran))
        ecran.set_focus(None)
        await pilot.press("enter")
        await calmer(pilot)
        assert pilot.app.screen is ecran
        assert visee(ecran)


async def test_without_a_candidature_the_page_is_one_button_and_the_open_services(poste_avec_compte: Poste) -> None:
    async with borne(poste_avec_compte).run_test(size=(80, 24)) as pilot:
        ecran = await entrer(pilot)
        await jusqu_a(pilot, lambda: isinstance(ecran.focused, GrandeEntree))
        (service,) = ecran.query(LigneService)
        assert "jusqu'au" in str(service.render())
        await pilot.press("down")
        assert service.has_focus
        await pilot.press("enter")
        await voir(pilot, EcranInscription)
        assert isinstance(pilot.app.screen, EcranInscription)
        assert pilot.app.screen.parcours.examen == service.service.examen


@pytest.mark.parametrize("largeur", [40, 76, 116])
def test_a_card_cuts_nothing(largeur: int) -> None:
    contenu = ContenuCarte(
        "1",
        "2027",
        "N° : 001",
        "BREVET DE TECHNICIEN SUPÉRIEUR",
        "√ Inscrit(e)",
        "succes",
        "Métiers de la mesure et du contrôle des installations option systèmes embarqués aéronautiques",
        "! 13 pièces refusées à redéposer, 10 à remplacer, 11 à fournir, 12 à valider jusqu'au 15/01",
        "ACADÉMIE DE LA GUYANE",
        "CFA CEVEDOM CAYENNE - CAYENNE CEDEX 2 (9730538X)",
        enveloppe="2 informations",
        pressant=True,
        retirable=True,
    )
    rangs = [rang.plain for rang in Carte(contenu, ("", "")).rangs(largeur)]
    assert all(cell_len(rang) <= largeur for rang in rangs)
    dit = " ".join(" ".join(rangs).split())
    for attendu in (
        "embarqués aéronautiques",
        "(9730538X)",
        "État : √ Inscrit(e)",
        "[Suppr] Corbeille",
        "au 15/01",
        "[J]",
    ):
        assert attendu in dit


@pytest.mark.parametrize(("largeur", "deplie"), [(76, False), (116, True)])
def test_a_card_unfolds_its_activities_where_there_is_room(largeur: int, deplie: bool) -> None:
    activites = (("Mon inscription", "√ version 2"), ("Mes justificatifs", "! 3 pièces à fournir jusqu'au 15/01"))
    contenu = ContenuCarte("1", "2027", "N° : 001", "CAP", "√", "succes", "Coiffure", "", "", activites=activites)
    rangs = [rang.plain.strip() for rang in Carte(contenu, ("", "")).rangs(largeur)]
    assert ("Mon inscription     √ version 2" in rangs) is deplie
    assert ("Mes justificatifs   ! 3 pièces à fournir jusqu'au 15/01" in rangs) is deplie

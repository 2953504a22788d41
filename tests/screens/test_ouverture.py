"""« Ouverture des services » by keys: what it shows of each choice, and the two ways on from there."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from outils.borne import EMAIL, borne, calmer, creer_compte, se_connecter, taper, voir
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.choix.lancement import EcranOuverture
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.widgets.cadre import LigneAide


async def ouvrir(pilot: Pilot[None]) -> EcranOuverture:
    await calmer(pilot)
    await pilot.press("3")
    await voir(pilot, EcranOuverture)
    assert isinstance(pilot.app.screen, EcranOuverture)
    return pilot.app.screen


async def choisir(pilot: Pilot[None], *choix: str) -> None:
    """Type each text, with Entrée after it except for the last, which stays marked."""
    *avant, dernier = choix
    for un in avant:
        await taper(pilot, un)
        await pilot.press("enter")
    await taper(pilot, dernier)
    await calmer(pilot)


def information(ecran: EcranOuverture) -> str:
    return "\n".join(str(texte.content) for texte in ecran.query("#infos Static").results(Static))


async def test_a_closed_exam_says_why_and_leads_no_further(poste_borne: Poste) -> None:
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        ecran = await ouvrir(pilot)
        await choisir(pilot, "concours", "capes")
        (ferme,) = (e.ferme for e in poste_borne.referentiel.examens.values() if e.code == "CAPES")
        assert ferme in information(ecran)
        assert not ecran.boutons()[1].active
        await pilot.press("enter", "f8")
        await calmer(pilot)
        assert ecran.choix.choisis == ["Concours"]


async def test_the_help_line_follows_what_is_typed(poste_borne: Poste) -> None:
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        ecran = await ouvrir(pilot)
        await choisir(pilot, "exam", "bac")
        assert ecran.query_one(LigneAide).texte.startswith("BACCALAURÉAT PROFESSIONNEL")
        await taper(pilot, "zz")
        await calmer(pilot)
        assert "Aucun nom n'a de mot qui commence ainsi" in ecran.query_one(LigneAide).texte
        await pilot.press("backspace", "backspace")
        await calmer(pilot)
        assert ecran.query_one(LigneAide).texte.startswith("BACCALAURÉAT PROFESSIONNEL")


async def test_the_desks_own_time_the_residence_and_the_office_are_told(poste_borne: Poste) -> None:
    async with borne(replace(poste_borne, fuseau=ZoneInfo("America/Cayenne"))).run_test(size=(80, 24)) as pilot:
        ecran = await ouvrir(pilot)
        await choisir(pilot, "exam", "bac", "2024", "guyane")
        assert "valider" not in dict(ecran.pied.touches).values()
        dit = information(ecran)
        assert "jusqu'au 13/12/2023 à 23:59 (heure de Paris)" in dit
        assert "À l'heure de ce poste : jusqu'au 13/12/2023 à 19:59." in dit
        assert "Vous devez sélectionner l'académie correspondant à votre lieu de résidence." in dit
        assert "dec.exapro@ac-guyane.fr" in dit
        infos = ecran.query_one("#infos")
        await pilot.press("pagedown")
        await calmer(pilot)
        assert infos.scroll_offset.y > 0


async def test_whoever_is_not_logged_in_goes_to_the_login(poste_borne: Poste) -> None:
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await ouvrir(pilot)
        await choisir(pilot, "exam", "bac", "2024", "guyane")
        await pilot.press("f8")
        await voir(pilot, EcranConnexion)


async def test_whoever_is_logged_in_starts_from_the_menus_entry_too(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        await pilot.press("f5", "8")
        await voir(pilot, EcranOuverture)
        await choisir(pilot, "exam", "bac", "2024", "guyane")
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        assert isinstance(app.screen, EcranInscription)
        assert app.screen.formulaire.saisie["identification.email"] == EMAIL

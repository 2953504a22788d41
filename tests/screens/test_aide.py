"""F1, links and questions: what they say, that nothing of them is cut at 80 × 24, and where the focus comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from outils.borne import borne, calmer, creer_compte, jusqu_a, se_connecter, taper, voir
from textual.app import App
from textual.containers import VerticalScroll
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, Static

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.champs.candidature import INFORMATIONS
from cyclades_tui.champs.contrainte import contrainte
from cyclades_tui.champs.identite import ETAT_CIVIL
from cyclades_tui.champs.specification import Champ
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.choix.lancement import EcranOuverture
from cyclades_tui.screens.borne.compte.activation import CODE, EcranActivation
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.widgets.cadre import Bouton, Boutons, Entete, LigneAide
from cyclades_tui.widgets.dialogue import Aide, Dialogue, Reponse, Sommaire, en_deux_colonnes
from cyclades_tui.widgets.entrees import Lien

if TYPE_CHECKING:
    from outils.images import Images

CONSENTEMENT = next(champ for champ in INFORMATIONS if champ.id == "candidature.consentement_presse")
NOM = next(champ for champ in ETAT_CIVIL if champ.id == "identification.nom")
TOUCHES = (("F7, F8", "onglet précédent, suivant"), ("F2", "sommaire"), ("Espace", "cocher, ouvrir une liste"))
LONG = "Une phrase que l'on doit pouvoir lire en entier, quelle que soit la taille de l'écran. " * 12
QUESTION = (Reponse("rester", "Rester"), Reponse("quitter", "Quitter"))


def dit(app: App[Any]) -> str:
    """Everything that the help on the screen says."""
    assert isinstance(app.screen, Aide)
    return "\n".join(str(texte.content) for texte in app.screen.query(Static) if texte.display)


async def ouvrir_l_aide(pilot: Pilot[None], touche: str = "f1") -> str:
    await pilot.press(touche)
    await voir(pilot, Aide)
    return dit(pilot.app)


# What F1 says


async def test_f1_at_the_login_explains_the_field_and_gives_the_focus_back(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await taper(pilot, "paul")
        avant = app.screen.focused
        texte = await ouvrir_l_aide(pilot)
        assert "papillon" in texte
        assert "Une adresse complète, avec un @" in texte
        await pilot.press("f1")
        await voir(pilot, EcranConnexion)
        assert app.screen.focused is avant
        await taper(pilot, "x")
        assert isinstance(avant, Input)
        assert avant.value == "paulx"
        await ouvrir_l_aide(pilot, "ctrl+g")
        await pilot.click("#bouton-fermer")
        await voir(pilot, EcranConnexion)


async def test_f1_explains_the_entries_of_the_home(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("down")
        assert "crée d'abord son compte, une seule fois" in await ouvrir_l_aide(pilot)
        await pilot.press("escape")
        await voir(pilot, EcranAccueil)
        await pilot.press("down")
        assert "sans se connecter" in await ouvrir_l_aide(pilot)


async def test_f1_explains_account_activation_launch_and_cards(poste_borne: Poste) -> None:
    creer_compte(poste_borne, actif=False)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("2")
        await voir(pilot, EcranCompte)
        await calmer(pilot)
        await pilot.press("tab")
        texte = await ouvrir_l_aide(pilot)
        assert NOM.explication in texte
        assert contrainte(NOM) in texte
        assert "Exemple : DUPONT" in texte
        await pilot.press("escape", "escape", "escape")
        await calmer(pilot)
        await pilot.press("3")
        await voir(pilot, EcranOuverture)
        texte = await ouvrir_l_aide(pilot)
        assert "Sélectionner un domaine" in texte
        assert "lieu de résidence" in texte
        await pilot.press("escape", "escape")
        await se_connecter(pilot)
        await voir(pilot, EcranActivation)
        assert CODE.explication in await ouvrir_l_aide(pilot)


async def test_f1_where_no_field_has_the_focus_says_what_the_screen_is_for(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        texte = await ouvrir_l_aide(pilot)
        assert "Une carte par candidature" in texte
        assert "F8 Ajouter une nouvelle candidature" in texte
        assert "Besoin d'aide ?" in texte


# Links


async def test_both_links_are_under_the_content_of_each_page_for_keys_and_mouse(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        for touche, ecran in (("1", EcranConnexion), ("2", EcranCompte), ("3", EcranOuverture)):
            await pilot.press(touche)
            await voir(pilot, ecran)
            liens = {lien.libelle: lien for lien in app.screen.query(".liens Lien").results(Lien)}
            assert {"Besoin d'aide ?", "Un problème ?"} <= set(liens)
            await pilot.click(liens["Un problème ?"])
            await voir(pilot, Aide)
            assert "appelez un agent" in dit(app)
            await pilot.press("escape")
            await voir(pilot, ecran)
            liens["Besoin d'aide ?"].focus()
            await pilot.press("enter")
            await voir(pilot, EcranAide)
            await pilot.press("escape")
            await voir(pilot, ecran)
            while not isinstance(app.screen, EcranAccueil):
                await pilot.press("escape")
                await calmer(pilot)


async def test_the_login_tells_where_identifiers_are(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await pilot.click("#vers-identifiants")
        await voir(pilot, Aide)
        assert "Où trouver mon identifiant ?" in dit(app)
        assert "demandez-le à votre établissement" in dit(app)


# Where it stands


class Page(AppCyclades):
    """A bare screen with its frame, over which something opens."""

    def compose(self) -> Any:
        yield Entete()
        yield VerticalScroll(id="contenu")
        yield LigneAide()
        yield Boutons()


@pytest.mark.parametrize("champ", [CONSENTEMENT, NOM], ids=["longest-label", "name"])
async def test_the_help_covers_the_content_only_and_scrolls_to_its_end(champ: Champ) -> None:
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        aide = Aide(champ.libelle, LONG, TOUCHES * 3, champ=champ, contact="DEC 2, 0594272243")
        await app.push_screen(aide)
        await pilot.pause()
        boite = aide.query_one("Vertical").region
        assert boite.y >= 4
        assert boite.bottom <= 21
        assert boite.width == 70
        assert aide.zone.max_scroll_y > 0
        assert "▼ suite" in dit(app)
        while aide.zone.scroll_y < aide.zone.max_scroll_y:
            await pilot.press("pagedown")
        await pilot.pause()
        assert "▼ suite" not in dit(app)
        dernier = aide.zone.query(Static).last()
        assert "0594272243" in str(dernier.content)
        assert dernier.region.bottom <= aide.zone.region.bottom


async def test_the_help_follows_the_window() -> None:
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        aide = Aide("Titre", LONG, TOUCHES)
        await app.push_screen(aide)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert aide.query_one("Vertical").region.bottom <= 37
        assert "▼ suite" not in dit(app)


def test_keys_stand_in_two_columns_unless_one_is_too_long() -> None:
    touches = [("F7", "avant"), ("F8", "après"), ("Échap", "quitter : ce qui est tapé est gardé"), ("F2", "sommaire")]
    lignes = en_deux_colonnes(touches, 60).plain.split("\n")
    assert [ligne.split() for ligne in lignes[:1]] == [["F7", "avant", "F8", "après"]]
    assert lignes[0].index("F8") == 30
    assert lignes[1].startswith("Échap quitter")
    assert lignes[2].startswith("F2 sommaire")
    assert isinstance(en_deux_colonnes([], 60), Content)


# Questions


async def test_a_question_marks_its_answer_and_cuts_nothing() -> None:
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        question = Dialogue(LONG[:150], LONG, QUESTION)
        await app.push_screen(question)
        await pilot.pause()
        boite = question.query_one("Vertical").region
        assert (boite.width, boite.height) == (64, 16)
        premier, second = question.query(Bouton)
        assert str(premier.render()) == "► Rester"
        assert str(second.render()) == "  Quitter"
        assert second.region.bottom < boite.bottom
        assert question.query_one("#suite", Static).display
        await pilot.press("down")
        assert str(second.render()) == "► Quitter"
        while question.zone.scroll_y < question.zone.max_scroll_y:
            await pilot.press("pagedown")
        assert question.zone.query(Static).last().region.bottom <= question.zone.region.bottom + 1


async def test_a_second_question_answers_at_once_as_the_harmless_one() -> None:
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        reponses: list[str | None] = []
        premiere = Dialogue("Quitter ?", "Rien n'est perdu.", QUESTION)
        app.push_screen(premiere, reponses.append)
        await pilot.pause()
        app.push_screen(Dialogue("Effacer ?", "Tout sera perdu.", QUESTION), reponses.append)
        await jusqu_a(pilot, lambda: reponses == ["rester"])
        await jusqu_a(pilot, lambda: app.screen is premiere)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: reponses == ["rester", "quitter"])
        app.push_screen(Dialogue("Effacer ?", "Tout sera perdu.", QUESTION), reponses.append)
        await pilot.pause()
        assert isinstance(app.screen, Dialogue)


@pytest.mark.parametrize("touche", ["2", "é"])
async def test_a_digit_opens_a_tab_of_the_summary_also_unshifted(touche: str) -> None:
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        choisis: list[int | None] = []
        app.push_screen(Sommaire([("1 - A", True), ("2 - B", True), ("3 - C", False)], 0), choisis.append)
        await pilot.pause()
        await pilot.press("3", "quotation_mark")
        assert not choisis
        await pilot.press(touche)
        await pilot.pause()
        assert choisis == [1]


# Pictures


async def test_help_picture(images: Images) -> None:
    """A box of 70 over the content: label whole, explanation, constraint, keys in two columns, whom to call."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        contact = "DIVISIONS EXAMENS ET CONCOURS, DEC 2, 0594272243, dec.exapro@ac-guyane.fr"
        await pilot.app.push_screen(Aide(CONSENTEMENT.libelle, "", TOUCHES, champ=CONSENTEMENT, contact=contact))
        await pilot.pause()

    await images(Page(), ouvrir)


async def test_long_question_picture(images: Images) -> None:
    """A box of 64 × 16: the title on as many rows as it needs, « ▼ suite », both answers, the first with `►`."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(Dialogue("Effacer ce que vous avez saisi ?", LONG, QUESTION))
        await pilot.pause()

    await images(Page(), ouvrir)

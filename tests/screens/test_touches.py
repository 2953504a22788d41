"""One place gives a key all its names: Caps Lock, capitals with accents, the unshifted row of AZERTY."""

from __future__ import annotations

import pytest
from outils.borne import borne, calmer, creer_compte, envoyer, jusqu_a, se_connecter, voir
from outils.controle import GRAND, AppControle, ouvrir
from outils.gestes import installer, ligne_de
from outils.guide import AFFICHEE
from outils.inscription import AppInscription
from textual.app import ComposeResult
from textual.widget import Widget

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.espace.messages import EcranMessages
from cyclades_tui.screens.cadre.menu import Menu
from cyclades_tui.screens.cadre.page import Page
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.choix import Liste
from cyclades_tui.widgets.saisie import CaseACocher
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
        menu = pilot.app.screen
        assert isinstance(menu, Menu)
        entree = menu._entrees[3]
        assert entree.chiffre == "4"
        await pilot.press("apostrophe")
        await calmer(pilot)
        assert not isinstance(pilot.app.screen, Menu)
        assert isinstance(pilot.app.screen, EcranAide) or entree.active


async def test_caps_lock_answers_yes_and_no(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="candidature").run_test(size=(80, 24)) as pilot:
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


# Lists, boxes, arrows


TABLE = ("MADAME", "MONSIEUR", "MAÎTRE", "AUTRE")


class AppListe(AppCyclades):
    """A list alone, then a field, on a page."""

    def __init__(self, valeur: str = "") -> None:
        super().__init__()
        self.liste = Liste(valeur, TABLE, "Sélectionnez une valeur")
        self.case = CaseACocher("J'ai lu.", "")

    def on_mount(self) -> None:
        self.push_screen(PageDEssai(self.liste, self.case))


class PageDEssai(Page):
    """What it is given, and the buttons of every page."""

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self._widgets = widgets

    def contenu(self) -> ComposeResult:
        yield from self._widgets


@pytest.mark.parametrize(
    ("touches", "choisi"),
    [
        (("M", "O", "enter"), "MONSIEUR"),
        (("m", "a", "i", "enter"), "MAÎTRE"),
        (("M", "enter"), "MADAME"),
        (("M", "M", "enter"), "MONSIEUR"),
        (("M", "M", "M", "M", "enter"), "MADAME"),
        (("M", "A", "enter"), "MADAME"),
        (("space", "M", "down", "O", "enter"), "MONSIEUR"),
        (("down", "A", "enter"), "AUTRE"),
        (("m", "down", "down", "enter"), "MAÎTRE"),
        (("space", "enter"), "MADAME"),
    ],
    ids=lambda valeur: "-".join(valeur) if isinstance(valeur, tuple) else valeur,
)
async def test_letters_go_through_the_labels_that_begin_so(touches: tuple[str, ...], choisi: str) -> None:
    """However fast they come, Entrée with them."""
    app = AppListe()
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        app.liste.focus()
        await calmer(pilot)
        envoyer(pilot, touches)
        await jusqu_a(pilot, lambda: app.liste.valeur)
        await calmer(pilot)
        assert app.liste.valeur == choisi
        assert app.case.has_focus


async def test_a_filled_list_opens_on_its_value(poste_connu: Poste) -> None:
    app = AppListe("MONSIEUR")
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        app.liste.focus()
        await calmer(pilot)
        envoyer(pilot, ("space", "enter"))
        await calmer(pilot)
        assert app.liste.valeur == "MONSIEUR"


async def test_enter_ticks_a_box_and_goes_on_from_one_that_is_ticked() -> None:
    app = AppListe()
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        app.case.focus()
        await calmer(pilot)
        assert app.screen.query_one(LigneAide).toutes[0] == ("Espace", "coche")
        await pilot.press("enter")
        assert (app.case.valeur, app.case.has_focus) == ("oui", True)
        await pilot.press("enter")
        await calmer(pilot)
        assert (app.case.valeur, app.case.has_focus) == ("oui", False)


async def test_up_on_the_first_one_stays_there() -> None:
    app = AppListe()
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        app.liste.focus()
        await calmer(pilot)
        assert app.screen.query_one(LigneAide).toutes[0] == ("Espace", "ouvre la liste")
        await pilot.press("up")
        assert app.liste.has_focus


# Up


@pytest.mark.parametrize("dessus", ["", "f5", "escape"], ids=["home", "menu", "question"])
async def test_up_on_the_first_one_stays_there_above_a_page_too(poste_borne: Poste, dessus: str) -> None:
    """It goes to no « Quitter », nor to the end of a list."""
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        if dessus:
            await pilot.press(dessus)
            await calmer(pilot)
        ecran = pilot.app.screen
        premier = ecran.focus_chain[0]
        premier.focus()
        await calmer(pilot)
        await pilot.press("up", "up")
        assert ecran.focused is premier
        await pilot.press("down", "up")
        assert ecran.focused is premier

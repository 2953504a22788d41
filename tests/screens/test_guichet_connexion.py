"""The agent's login by keys: refused, locked out, in, out again; a store without agents; the home of each role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from outils.borne import envoyer
from outils.guichet import (
    ADMINISTRATEUR,
    AUDITEUR,
    ETABLISSEMENT,
    GESTIONNAIRE,
    MOT_DE_PASSE,
    RESPONSABLE,
    TAILLES,
    AppUnEcran,
    agent,
    agent_connecte,
    calmer,
    entrer,
    guichet,
    jusqu_a,
    remplir,
    taper,
    voir,
)
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot

from cyclades_tui.cli.corps.guichet import tenir
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import Poste, lire_reglages
from cyclades_tui.screens.cadre.menu import Menu
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
from cyclades_tui.screens.guichet.connexion import EcranConnexionAgent
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.reception import EcranReception
from cyclades_tui.screens.guichet.recherche import EcranRecherche
from cyclades_tui.screens.guichet.relances.ecran import EcranRelances
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Entete, LigneAide
from cyclades_tui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from outils.images import Images

tailles = pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)


def dit(pilot: Pilot[None], bloc: str) -> str:
    """The text of a block on the screen."""
    return str(pilot.app.screen.query_one(f"#{bloc}", Bloc).query_one(".texte").render())


async def essayer(pilot: Pilot[None], mot_de_passe: str) -> None:
    await taper(pilot, mot_de_passe)
    await pilot.press("enter")
    await calmer(pilot)


@pytest.mark.parametrize("touche", ["tab", "enter"])
async def test_a_burst_types_the_password_under_dots_and_nowhere_else(poste_guichet: Poste, touche: str) -> None:
    """Send what a badge reader sends: identifier, Tab or Entrée, password, Entrée."""
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        ecran = pilot.app.screen
        assert isinstance(ecran, EcranConnexionAgent)
        envoyer(pilot, (*GESTIONNAIRE, touche, *MOT_DE_PASSE))
        await calmer(pilot)
        assert (ecran.identifiant.valeur, ecran.secret.valeur) == (GESTIONNAIRE, MOT_DE_PASSE)


async def test_five_wrong_passwords_lock_until_a_minute_that_is_told(
    poste_guichet: Poste, horloge: HorlogeReglable
) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await taper(pilot, GESTIONNAIRE)
        await pilot.press("enter", "enter")
        assert "« Mot de passe » n'est pas rempli" in dit(pilot, "refus")
        for restent in (4, 3, 2):
            await essayer(pilot, "faux")
            assert f"il reste {restent} essais" in dit(pilot, "refus")
        await essayer(pilot, "faux")
        assert "il reste 1 essai" in dit(pilot, "refus")
        await essayer(pilot, "faux")
        verrou = horloge.instant.replace(minute=horloge.instant.minute + 15)
        assert f"attend jusqu'au {a_la_minute(verrou)}" in dit(pilot, "refus")
        ecran = pilot.app.screen
        assert isinstance(ecran, EcranConnexionAgent)
        assert (ecran.identifiant.valeur, ecran.secret.valeur) == (GESTIONNAIRE, "")
        assert ecran.secret.zone.has_focus
        horloge.instant = verrou
        await taper(pilot, "Guichet-de-2023.")
        await pilot.press("enter")
        await voir(pilot, EcranAccueilAgent)


async def test_who_is_faster_than_the_store_is_let_in_once_it_is_open(poste_guichet: Poste) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await remplir(pilot, (GESTIONNAIRE, "Guichet-de-2023."))
        await pilot.press("enter")
        await voir(pilot, EcranAccueilAgent)


async def test_leaving_is_asked_and_leaves_no_name_behind(poste_guichet: Poste) -> None:
    app = guichet(poste_guichet, GESTIONNAIRE)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await taper(pilot, "Guichet-de-2023.")  # the identifier is there already
        await pilot.press("enter")
        await voir(pilot, EcranAccueilAgent)
        assert app.screen.query_one(Entete).agent == ("L. Roy", "gestionnaire", "Guyane", "poste G2")
        await pilot.press("f5")
        await voir(pilot, Menu)
        await pilot.press("2")
        await voir(pilot, EcranRecherche)
        await pilot.press("escape")
        await voir(pilot, EcranAccueilAgent)
        await pilot.press("escape")
        await voir(pilot, Dialogue)
        await pilot.press("enter")
        await voir(pilot, EcranAccueilAgent)
        await pilot.press("escape", "down", "enter")
        await voir(pilot, EcranConnexionAgent)
        assert dit(pilot, "refus") == "Vous êtes déconnecté."
        ecran = app.screen
        assert isinstance(ecran, EcranConnexionAgent)
        assert (ecran.identifiant.valeur, ecran.secret.valeur) == ("", "")
        await pilot.press("ctrl+r")  # nobody is there to search
        await calmer(pilot)
        assert app.screen is ecran
        await entrer(pilot, RESPONSABLE)
        assert app.screen.query_one(Entete).agent[:3] == ("A. Favre", "responsable", "toutes académies")


def test_without_a_terminal_the_command_says_so() -> None:
    with pytest.raises(SaisieRefusee, match="Le guichet s'affiche dans un terminal"):
        tenir(lire_reglages, "")


def test_a_store_without_agents(snap_compare: Callable[..., bool], poste_borne: Poste) -> None:
    """Above the form: this store has no agent yet, and the command that adds an administrateur."""
    assert snap_compare(guichet(poste_borne), terminal_size=(80, 24), run_before=calmer)


async def test_a_refused_login(images: Images, poste_guichet: Poste) -> None:
    """The identifier stays, the password is empty and has the focus; under the button: four tries left."""

    async def refuse(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await remplir(pilot, (GESTIONNAIRE, "faux"))
        await pilot.press("enter")
        await calmer(pilot)

    await images(guichet(poste_guichet), refuse)


# The home, role by role


def rang(pilot: Pilot[None], y: int) -> str:
    return pilot.app.screen._compositor.render_strips()[y].text


def accueil(poste: Poste, qui: str) -> AppUnEcran:
    return AppUnEcran(lambda: EcranAccueilAgent(agent_connecte(poste, qui), agent(qui)))


@pytest.mark.parametrize("qui", [GESTIONNAIRE, AUDITEUR, ETABLISSEMENT, ADMINISTRATEUR])
async def test_the_home_of_each_role(images: Images, poste_guichet: Poste, qui: str) -> None:
    """Who it is at the right of the header; queues, last dossiers, day, calendar and machine as the role allows.

    The gestionnaire has all of it. The auditeur has the queues and no counters, the school neither, the administrateur
    neither search nor dossiers; each of the three is told so in one block.
    """

    async def lu(pilot: Pilot[None]) -> None:
        await jusqu_a(pilot, lambda: pilot.app.focused is not None)
        await calmer(pilot)

    await images(accueil(poste_guichet, qui), lu)


@pytest.mark.parametrize("largeur", [80, 100, 120, 140])
async def test_the_day_is_whole_beside_what_closes_first(poste_guichet: Poste, largeur: int) -> None:
    """The limit in full goes where it has no room, before the day does."""
    async with accueil(poste_guichet, GESTIONNAIRE).run_test(size=(largeur, 40)) as pilot:
        await calmer(pilot)
        await jusqu_a(pilot, lambda: "dans" in rang(pilot, 1))
        assert "Accueil  lundi 11 décembre 2023  " in rang(pilot, 1)


async def test_an_administrateur_is_told_that_he_reads_no_dossier(poste_guichet: Poste) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot, ADMINISTRATEUR)
        await pilot.press("a", "ctrl+r")
        await calmer(pilot)
        assert "ne consulte pas" in pilot.app.screen.query_one(LigneAide).texte
        await pilot.press("f5")
        await voir(pilot, Menu)
        await pilot.press("2")  # greyed: the digit does nothing
        await calmer(pilot)
        assert isinstance(pilot.app.screen, Menu)


async def test_queues_and_lots_are_reached_from_the_home_and_the_menu(poste_guichet: Poste) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot)
        for touches, ecran in (
            (("enter",), EcranControle),
            (("f5", "3"), EcranControle),
            (("f5", "4"), EcranReception),
            (("f5", "5"), EcranRelances),
        ):
            await pilot.press(*touches)
            await voir(pilot, ecran)
            await pilot.press("escape")
            await voir(pilot, EcranAccueilAgent)


async def test_f6_goes_from_part_to_part_and_around(poste_guichet: Poste) -> None:
    async with accueil(poste_guichet, GESTIONNAIRE).run_test(size=(80, 24)) as pilot:
        await jusqu_a(pilot, lambda: pilot.app.focused is not None)
        vus = []
        for _ in range(6):
            await pilot.press("f6")
            await pilot.pause()
            focus = pilot.app.focused
            vus.append(focus.genre if isinstance(focus, Rang) else getattr(focus, "id", None))
        assert vus == ["dossier", "aujourd-hui", "calendrier", "ce-poste", "recherche", "file"]

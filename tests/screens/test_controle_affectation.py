"""An agent's own queues by keys: pieces taken and returned, filters saved on the home and deleted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from outils.controle import EN_LIGNE, GRAND, PETIT, AppControle, ouvrir
from outils.guichet import (
    AUDITEUR,
    COLLEGUE,
    GESTIONNAIRE,
    AppUnEcran,
    agent,
    agent_connecte,
    calmer,
    entrer,
    guichet,
    jusqu_a,
    taper,
    voir,
)
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.pieces import attentes, attentes_gardees
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.question import Question
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.controle.filtres import BarreDeFiltres
from cyclades_tui.widgets.cadre import Bandeau, LigneAide, Pied
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.saisie import ZoneTexte

Images = Callable[..., Awaitable[None]]
HOSTILE = "[red]Retours[/] $action {x}"


def siennes(poste: Poste, identifiant: str = GESTIONNAIRE) -> int:
    return attentes.compter(agent_connecte(poste), Filtre(affecte_a=identifiant))


def dit(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(LigneAide).texte


async def attendre_les_attentes(pilot: Pilot[None], combien: int) -> None:
    """Wait until the home shows this many queues, one of them in focus."""
    await voir(pilot, EcranAccueilAgent)
    await jusqu_a(pilot, lambda: len(pilot.app.screen.query("#files Rang")) == combien)
    await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, Rang))
    await calmer(pilot)


async def demander(pilot: Pilot[None], texte: str) -> None:
    """Replace what the sheet proposes, and confirm."""
    await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Question))
    await calmer(pilot)
    await pilot.press("ctrl+u")
    await taper(pilot, texte)
    await pilot.press("enter")
    await calmer(pilot)


async def test_pieces_are_taken_and_what_is_left_is_given_back(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        toutes = app.ecran.attente.a_faire
        await app.presser(pilot, "p")
        assert app.screen.query_one(ZoneTexte).value == "50"
        await app.presser(pilot, "escape")
        assert (siennes(poste_guichet), app.ecran.attente.filtre) == (0, EN_LIGNE)
        await app.presser(pilot, "P")
        await demander(pilot, "501")
        assert "un nombre de 1 à 500" in str(app.screen.query_one("#refus .texte", Static).content)
        await demander(pilot, "3")
        await jusqu_a(pilot, lambda: app.ecran.attente.a_faire == 3)
        assert app.aide == "√ 3 pièces à vous.  P rend ce qui en reste."
        assert app.ecran.query_one(Bandeau).gauche[1] == "BCP 2024 · en ligne · à moi"
        assert ("P", "rendre") in app.ecran.query_one(Pied).touches
        assert siennes(poste_guichet) == len(app.ecran.attente.places) == 3
        await app.decider(pilot, "c")
        await app.presser(pilot, "p", "escape")
        assert siennes(poste_guichet) == 2
        await app.presser(pilot, "p", "down", "enter")
        await jusqu_a(pilot, lambda: app.ecran.attente.a_faire == toutes - 1)
        assert app.aide == "√ 2 pièces rendues.  Voici la file de tous."
        assert (siennes(poste_guichet), app.ecran.attente.filtre) == (0, EN_LIGNE)
        attentes.affecter(agent_connecte(poste_guichet, COLLEGUE), EN_LIGNE, COLLEGUE, 500)
        await app.presser(pilot, "p", "enter")
        assert "Aucune pièce n'est libre" in app.aide
        assert app.ecran.attente.filtre == EN_LIGNE
        await app.presser(pilot, "f8")
        await jusqu_a(pilot, lambda: app.aide.startswith(f"! prise par {COLLEGUE}"))
        await app.vue(pilot)
        await app.presser(pilot, "n", "9")
        await taper(pilot, "pP")  # letters of a comment
        assert app.screen is app.ecran


async def test_who_decides_nothing_takes_nothing_and_a_piece_alone_is_no_queue(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet, identifiant=AUDITEUR)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "p")
        assert app.aide == "Refusé  Le rôle « auditeur » ne contrôle pas les pièces."
        await app.presser(pilot, "f9")
        assert "F9 en fait une file" in app.aide
    premiere = attentes.attente(agent_connecte(poste_guichet), EN_LIGNE)[0].id
    app = AppControle(poste_guichet, piece=premiere)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "p")
        assert "ouverte seule" in app.aide
        assert app.screen is app.ecran


async def test_filters_are_kept_under_a_name_as_a_queue_of_the_home_and_taken_away(poste_guichet: Poste) -> None:
    app = guichet(poste_guichet)
    attentes_gardees.garder(agent_connecte(poste_guichet), "Autre", EN_LIGNE)
    async with app.run_test(size=PETIT) as pilot:
        await entrer(pilot)
        await pilot.press("enter")
        await voir(pilot, EcranControle)
        await pilot.press("slash")
        await jusqu_a(pilot, lambda: app.screen.query(BarreDeFiltres).first().display)
        await calmer(pilot)
        await pilot.press("f9")
        await voir(pilot, Question)
        assert app.screen.query_one(ZoneTexte).value == "BCP 2024 · en ligne"
        await demander(pilot, HOSTILE)
        assert dit(pilot) == f"√ {HOSTILE}  Gardée à l'accueil. F8 l'ouvre ici."
        await pilot.press("escape")
        await pilot.press("escape")
        await attendre_les_attentes(pilot, 4)
        await pilot.press("delete")
        assert "Suppr retire une file que vous avez gardée" in dit(pilot)
        await pilot.press("down", "down", "down")  # « [red]… » comes after « Autre »
        assert dit(pilot) == f"{HOSTILE}  Entrée ouvre la file, Suppr la retire."
        await pilot.press("enter")
        await voir(pilot, EcranControle)
        assert app.screen.query_one(Bandeau).gauche[1] == HOSTILE
        await pilot.press("escape")
        await attendre_les_attentes(pilot, 4)
        for reponse, restent in (("escape", 4), ("enter", 3)):
            await pilot.press("delete")
            await voir(pilot, Dialogue)
            await pilot.press("down", reponse)
            await attendre_les_attentes(pilot, restent)
    assert [attente.libelle for attente in attentes_gardees.gardees(agent_connecte(poste_guichet))] == ["Autre"]


async def test_the_home_with_queues_of_one_s_own(images: Images, poste_guichet: Poste) -> None:
    """Under « pièces en ligne » the 4 that are the agent's, « · à moi »; last the two that he keeps, without a closing.

    The focus is on the hostile name, drawn as it was typed; the help line says that Suppr takes it away.
    """
    lui = agent_connecte(poste_guichet)
    attentes.affecter(lui, EN_LIGNE, GESTIONNAIRE, 4)
    attentes_gardees.garder(lui, HOSTILE, Filtre(statut=Statut.RECUE))
    attentes_gardees.garder(lui, "Depuis sept jours, toutes académies", Filtre(jours=7))

    async def lue(pilot: Pilot[None]) -> None:
        await attendre_les_attentes(pilot, 5)
        await pilot.press("down", "down", "down", "down")
        await calmer(pilot)

    await images(AppUnEcran(lambda: EcranAccueilAgent(lui, agent())), lue)

"""Searching a dossier by keys: from the home, from anywhere, hostile texts, a scanner, a list of several pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
from outils.guichet import (
    ETABLISSEMENT,
    GESTIONNAIRE,
    RESPONSABLE,
    TAILLES,
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
from textual.events import Key, ScreenResume
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.bureau import agents
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier
from cyclades_tui.screens.guichet.recherche import EcranRecherche, ListeTrouvee
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.saisie import ZoneTexte

tailles = pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)


def noms(pilot: Pilot[None]) -> list[str]:
    return [dossier.nom for dossier in pilot.app.screen.query_one(ListeTrouvee).lignes]


def texte(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(ZoneTexte).value


def vide(pilot: Pilot[None]) -> str:
    """The message in place of the list."""
    return str(pilot.app.screen.query_one("#vide", Static).render())


def est_dit(pilot: Pilot[None], mots: str) -> bool:
    return mots in vide(pilot)


async def trouver(pilot: Pilot[None], quoi: str, attendus: list[str]) -> None:
    """Replace the text, and wait until these dossiers are listed."""
    await pilot.press("end", "ctrl+u")
    await taper(pilot, quoi)
    await jusqu_a(pilot, lambda: noms(pilot) == attendus)


def ecran(poste: Poste, qui: str = GESTIONNAIRE) -> AppUnEcran:
    return AppUnEcran(lambda: EcranRecherche(agent_connecte(poste, qui), agent(qui)))


async def test_a_key_pressed_while_the_home_is_drawn_anew_is_for_the_row_one_saw(
    poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    montrer = EcranAccueilAgent._montrer_les_dossiers

    async def presser_au_milieu(ecran: EcranAccueilAgent) -> None:
        ecran.app.post_message(Key("enter", None))
        envoyee = asyncio.Event()
        ecran.app.call_later(envoyee.set)  # behind the key
        await envoyee.wait()
        await montrer(ecran)

    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot)
        assert isinstance(pilot.app.focused, Rang)
        with monkeypatch.context() as au_milieu:
            au_milieu.setattr(EcranAccueilAgent, "_montrer_les_dossiers", presser_au_milieu)
            pilot.app.screen.post_message(ScreenResume())
            await voir(pilot, EcranControle)


async def test_what_is_typed_on_the_home_begins_a_search_and_escape_walks_back(poste_guichet: Poste) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot)
        await pilot.press("s", "a", "i", "n", "t", "minus", "c")
        await voir(pilot, EcranRecherche)
        assert texte(pilot) == "saint-c"
        await jusqu_a(pilot, lambda: noms(pilot) == ["SAINT-CYR"])
        await pilot.press("enter")  # the only one
        await voir(pilot, EcranDossier)
        await pilot.press("ctrl+r")
        await voir(pilot, EcranRecherche)
        await taper(pilot, "02348418956 001")
        await pilot.press("enter")  # at once, as a scanner does
        await voir(pilot, EcranDossier)
        for attendu in (EcranRecherche, EcranDossier, EcranRecherche, EcranAccueilAgent):
            await pilot.press("escape")
            await voir(pilot, attendu)


async def test_a_scanner_read_on_the_home_opens_the_dossier_and_no_queue(poste_guichet: Poste) -> None:
    """Its keys come in one burst, including Entrée, before the search is drawn."""
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot)
        for signe in "02348418956 001":
            pilot.app.post_message(Key("space" if signe == " " else signe, signe))
        pilot.app.post_message(Key("enter", None))
        await voir(pilot, EcranDossier)
        await pilot.press("escape")
        await voir(pilot, EcranRecherche)
        assert texte(pilot) == "02348418956 001"


async def test_hostile_texts_find_nothing_and_break_nothing(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await trouver(pilot, "barthelemy", ["BARTHÉLEMY"])
        await trouver(pilot, "év", ["SAINT-CYR"])
        for quoi in ("%", "_", "[/x] [b", "CYCLADES:12"):
            await trouver(pilot, quoi, [])
            await jusqu_a(pilot, partial(est_dit, pilot, quoi))
        await jusqu_a(pilot, lambda: "n'est pas la référence" in vide(pilot))
        await trouver(pilot, "petitjean", [])  # another académie's
        await jusqu_a(pilot, lambda: "de vos académies ne répond à « petitjean »" in vide(pilot))


async def test_a_school_finds_its_own_only_and_letters_in_the_list_go_on_with_the_search(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet, ETABLISSEMENT).run_test(size=(120, 40)) as pilot:
        await calmer(pilot)
        await trouver(pilot, "alexis", [])
        await trouver(pilot, "pierre", ["PIERRE-LOUIS"])
        await pilot.press("down")
        assert isinstance(pilot.app.focused, ListeTrouvee)
        assert "PIERRE-LOUIS" in pilot.app.screen.query_one(LigneAide).texte
        await pilot.press("up")
        assert isinstance(pilot.app.focused, ZoneTexte)
        await pilot.press("down", "minus", "l")
        assert texte(pilot) == "pierre-l"


async def test_the_next_pages_come_as_one_goes_down(poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cyclades_tui.screens.guichet.recherche._PAGE", 3)
    async with ecran(poste_guichet, RESPONSABLE).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await taper(pilot, "0234")
        await jusqu_a(pilot, lambda: len(noms(pilot)) == 3)
        await pilot.press("down", "down")
        await jusqu_a(pilot, lambda: len(noms(pilot)) == 6)
        await pilot.press("end")
        await jusqu_a(pilot, lambda: len(noms(pilot)) == 8)
        await pilot.press("end")
        await calmer(pilot)
        assert len(set(noms(pilot))) == 8
        assert pilot.app.screen.query_one(ListeTrouvee).marque == 7


@tailles
def test_results(snap_compare: Callable[..., bool], poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """A row a dossier: state in glyph and word, name, number, birth, exam; the school from 120; one is marked."""

    async def cherche(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await taper(pilot, "0234")
        await jusqu_a(pilot, lambda: len(noms(pilot)) == 7)
        await pilot.press("down", "down")
        await calmer(pilot)

    assert snap_compare(ecran(poste_guichet), terminal_size=taille, run_before=cherche)


def test_nothing_found(snap_compare: Callable[..., bool], poste_guichet: Poste) -> None:
    """What was typed in guillemets, that the search is kept to one's académies, what to do; no list, no column."""

    async def cherche(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await taper(pilot, "[zz] 100%")
        await jusqu_a(pilot, lambda: "Aucun dossier" in vide(pilot))

    assert snap_compare(ecran(poste_guichet), terminal_size=(80, 24), run_before=cherche)


async def test_an_agent_whose_access_ends_is_told_at_his_next_key(poste_guichet: Poste) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot)
        agents.desactiver(agent_connecte(poste_guichet, "admin"), GESTIONNAIRE)
        await taper(pilot, "rose")
        await voir(pilot, EcranRecherche)
        await jusqu_a(pilot, lambda: "accès à ce store a été retiré" in vide(pilot))
        assert not pilot.app.screen.query(Bloc)

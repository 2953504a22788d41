"""The parts that every list shares: a row that opens, and « ▼ suite » while something lies below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.screens.cadre.page import Page
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable
from cyclades_tui.widgets.suite import SUITE, Suite


class Simple(LigneOuvrable):
    def render(self) -> Content:
        return Content(f"{self.repere} {self.id}")


class Double(Simple):
    CLICS = 2


class AuClavier(Simple):
    CLICS = None


class Liste(Page):
    LIENS = ()

    def __init__(self) -> None:
        super().__init__()
        self.ouvertes: list[str | None] = []

    @override
    def contenu(self) -> ComposeResult:
        yield Simple(nom="simple", dit=("Simple", "Entrée ouvre."))
        yield Simple(nom="eteinte", active=False)
        yield Double(nom="double", dit=("Double", ""))
        yield AuClavier(nom="clavier")
        yield Static("\n" * 40, markup=False)

    @override
    async def preparer(self) -> None:
        Suite(self, self.query_one("#contenu", VerticalScroll), self.dessous)

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        self.ouvertes.append(ligne.id)


class AppListe(AppCyclades):
    def on_mount(self) -> None:
        self.push_screen(Liste())


def liste(pilot: Pilot[None]) -> Liste:
    ecran = pilot.app.screen
    assert isinstance(ecran, Liste)
    return ecran


async def test_a_row_opens_by_its_keys_and_by_as_many_clicks_as_it_wants() -> None:
    async with AppListe().run_test(size=(80, 24)) as pilot:
        ecran = liste(pilot)
        await pilot.click("#simple")
        await pilot.press("enter", "space")
        assert ecran.ouvertes == ["simple"] * 3
        await pilot.click("#double")
        assert len(ecran.ouvertes) == 3
        assert ecran.query_one("#double").has_focus
        await pilot.click("#double", times=2)
        assert ecran.ouvertes[3:] == ["double"]
        await pilot.click("#clavier", times=2)
        assert len(ecran.ouvertes) == 4
        await pilot.press("enter")
        assert ecran.ouvertes[4:] == ["clavier"]


async def test_a_row_that_is_not_active_is_passed_by_and_does_not_open() -> None:
    async with AppListe().run_test(size=(80, 24)) as pilot:
        ecran = liste(pilot)
        ecran.query_one("#simple").focus()
        await pilot.press("down")
        assert ecran.query_one("#double").has_focus
        await pilot.click("#eteinte")
        assert ecran.ouvertes == []


async def test_the_help_line_says_what_a_row_says_and_keeps_it_where_a_row_says_nothing() -> None:
    async with AppListe().run_test(size=(80, 24)) as pilot:
        aide = liste(pilot).query_one(LigneAide)
        liste(pilot).query_one("#simple").focus()
        await pilot.pause()
        assert aide.texte == "Simple  Entrée ouvre."
        await pilot.press("down")
        assert aide.texte == "Double"
        await pilot.press("down")
        assert liste(pilot).query_one("#clavier").has_focus
        assert aide.texte == "Double"


async def test_what_follows_is_told_until_the_end_is_seen_and_again_where_the_window_shrinks() -> None:
    async with AppListe().run_test(size=(80, 24)) as pilot:
        aide = liste(pilot).query_one(LigneAide)
        zone = liste(pilot).query_one("#contenu", VerticalScroll)
        await pilot.pause()
        assert aide.suite == SUITE
        zone.scroll_end(animate=False)
        await pilot.pause()
        assert aide.suite == ""
        await pilot.resize_terminal(80, 60)
        await pilot.pause()
        assert aide.suite == ""
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert aide.suite == SUITE

"""Marking the post as received, by keys and by a scanner, and the result of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from outils.guichet import TAILLES, AppUnEcran, agent, agent_connecte, calmer, jusqu_a, taper
from sqlalchemy import func, select
from sqlmodel import col
from textual import events
from textual.pilot import Pilot

from cyclades_tui.actes.pieces import justificatifs, reception
from cyclades_tui.actes.pieces.reception import Issue
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.reception import EcranReception, ListeArrivees, ZoneNumero
from cyclades_tui.store.modele.tables import Journal
from cyclades_tui.widgets.cadre import LigneAide

if TYPE_CHECKING:
    from outils.images import Images

_TOUCHES = {" ": "space", "-": "minus", ":": "colon"}
SAINT_CYR, JEANNE, ALEXIS, BARTHELEMY = "02348418959", "02348418953", "02348418954", "02348418955"


def ecran(poste: Poste) -> AppUnEcran:
    return AppUnEcran(lambda: EcranReception(agent_connecte(poste), agent()))


def issues(pilot: Pilot[None]) -> list[Issue]:
    return [ligne.issue for ligne in pilot.app.screen.query_one(ListeArrivees).lignes]


async def scanner(pilot: Pilot[None], *textes: str) -> None:
    """Type like a scanner: each text, then Entrée, and the next one without waiting."""
    deja = len(issues(pilot))
    for texte in textes:
        for signe in texte:
            pilot.app.post_message(events.Key(_TOUCHES.get(signe, signe), signe))
        pilot.app.post_message(events.Key("enter", "\r"))
    await jusqu_a(pilot, lambda: len(issues(pilot)) == deja + len(textes))
    await calmer(pilot)


def lues(poste: Poste) -> int:
    """How many dossiers the journal records as seen without a mark."""
    with poste.store.lire() as unite:
        requete = select(func.count()).where(col(Journal.acte) == "reception.lire")
        return int(unite.session.execute(requete).scalar_one())


def amenagement(poste: Poste) -> str:
    pieces = justificatifs.lister(poste, SAINT_CYR, 1).pieces
    return next(piece.statut for piece in pieces if piece.piece == "amenagement").libelle


async def test_the_mail_of_the_day_by_scanner(poste_guichet: Poste) -> None:
    lui = agent_connecte(poste_guichet)
    async with ecran(poste_guichet).run_test(size=TAILLES["80x24"]) as pilot:
        await calmer(pilot)
        await scanner(pilot, SAINT_CYR, f"{JEANNE} 001", BARTHELEMY, "0234", "02348418960")
        assert issues(pilot) == [Issue.REFUSEE, Issue.INCONNUE, Issue.REFUSEE, Issue.DEJA, Issue.RECUE]
        assert amenagement(lui) == "Reçue"
        refusee = pilot.app.screen.query_one(ListeArrivees).lignes[0]
        assert (refusee.qui, refusee.phrase[:39]) == ("02348418960", "Vos droits se limitent à : Guyane. Ceci")

        assert lues(poste_guichet) == 2  # those of two dossiers that marked nothing

        await pilot.press("z")
        await calmer(pilot)
        assert issues(pilot)[-1] is Issue.ANNULEE
        assert amenagement(lui) == "En attente de contrôle"
        await pilot.press("z")
        assert "rien à annuler" in pilot.app.screen.query_one(LigneAide).texte

        # The piece and the day are chosen below; Entrée comes back to the number.
        await pilot.press("tab", "tab", *["backspace"] * 10)
        await taper(pilot, "12/12/2023")
        await pilot.press("enter")
        await scanner(pilot, SAINT_CYR)
        assert "avenir" in pilot.app.screen.query_one(ListeArrivees).lignes[0].phrase
        # A line that needs attention returns to the field.
        await pilot.press("tab", "tab", "tab", "enter")
        assert pilot.app.screen.query_one(ZoneNumero).value == SAINT_CYR


async def test_a_reason_that_is_cut_says_so_beside_the_scrollbar_too(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet).run_test(size=TAILLES["80x24"]) as pilot:
        await calmer(pilot)
        await scanner(pilot, *map(str, range(20)))
        liste = pilot.app.screen.query_one(ListeArrivees)
        assert liste.show_vertical_scrollbar
        assert liste.render_line(0).text.endswith("…")
        assert liste.render_line(0).cell_length == liste.scrollable_size.width


async def test_a_line_lost_by_something_unforeseen_is_told_and_one_may_leave(
    poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    surprises: list[BaseException] = []

    def rompre(*_: object) -> None:
        raise RuntimeError("essai")

    app = ecran(poste_guichet)
    monkeypatch.setattr(app, "surmonter", surprises.append)
    monkeypatch.setattr(reception, "recevoir", rompre)
    async with app.run_test(size=TAILLES["80x24"]) as pilot:
        await calmer(pilot)
        la = app.screen
        app.simulate_key("1")
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: surprises)
        assert issues(pilot) == [Issue.REFUSEE]
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: app.screen is not la)


async def test_the_reception(images: Images, poste_guichet: Poste) -> None:
    """Newest first: one line refused, one ambiguous or unknown, one already there, one received, each in words."""

    async def faire(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await scanner(pilot, SAINT_CYR, f"{JEANNE} 001", "0234", BARTHELEMY)

    await images(ecran(poste_guichet), faire)

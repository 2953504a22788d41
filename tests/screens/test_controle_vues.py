"""Pictures of the control screen: each pane, each sheet, each message, at both sizes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from outils.controle import EN_LIGNE, PAR_LA_POSTE, AppControle, decider_ailleurs, ouvrir
from outils.guichet import COLLEGUE, TAILLES, agent_connecte, calmer, jusqu_a
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot

from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.poste import Poste
from cyclades_tui.widgets.dialogue import Dialogue

Geste = Callable[[Pilot[None]], Awaitable[None]]
les_deux_tailles = pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)


def puis(app: AppControle, *touches: str) -> Geste:
    """These keys once the first piece has its page."""

    async def presser(pilot: Pilot[None]) -> None:
        await ouvrir(pilot, app)
        await app.presser(pilot, *touches)

    return presser


@les_deux_tailles
def test_the_identity_zoomed_on_the_name_after_a_decision(
    snap_compare: Any, poste_guichet: Poste, taille: tuple[int, int]
) -> None:
    """The scan's upper right, « zoom nom »; « √ » before the first row, `►` on the second one.

    At 120 Nom and Prénoms are marked `►` in the right pane; at 80 name and birth stand above the image.
    """
    app = AppControle(poste_guichet)
    assert snap_compare(app, terminal_size=taille, run_before=puis(app, "c", "3"))


@les_deux_tailles
def test_the_comments_with_a_new_limit(snap_compare: Any, poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """Nine comments; the third one stands in its field, the cursor at its end; « Nouvelle limite » 26/12/2023."""
    app = AppControle(poste_guichet)
    assert snap_compare(app, terminal_size=taille, run_before=puis(app, "a", "3"))


@les_deux_tailles
def test_the_filters(snap_compare: Any, poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """One row of six lists under their names, « Examen » in focus; the count at its end."""
    app = AppControle(poste_guichet)
    assert snap_compare(app, terminal_size=taille, run_before=puis(app, "slash"))


@les_deux_tailles
def test_the_end_of_the_queue(snap_compare: Any, poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """« File terminée : … », the four signs of the statuses in the queue at 120; « Revenir aux files » is filled."""
    app = AppControle(poste_guichet)
    decisions = ("c", "n", "1", "enter", "a", "1", "enter", "r", "enter", *["space"] * 8)
    assert snap_compare(app, terminal_size=taille, run_before=puis(app, *decisions))


@les_deux_tailles
def test_decided_meanwhile_by_another_agent(snap_compare: Any, poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """Who, when, what, over the piece itself; « Voir sa décision » is marked, « Décider quand même » under it."""
    app = AppControle(poste_guichet)

    async def decider(pilot: Pilot[None]) -> None:
        await ouvrir(pilot, app)
        decider_ailleurs(poste_guichet, 0)
        await pilot.press("c")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)

    assert snap_compare(app, terminal_size=taille, run_before=decider)


def test_the_queue_as_a_tab(snap_compare: Any, poste_guichet: Poste) -> None:
    """At 80 the queue alone: name, number, piece, since when; the first row is filled, `√` before the decided one."""
    app = AppControle(poste_guichet)
    assert snap_compare(app, terminal_size=TAILLES["80x24"], run_before=puis(app, "c", "shift+f6"))


def test_the_dossier_as_a_tab_of_a_piece_open_elsewhere(
    snap_compare: Any, poste_guichet: Poste, horloge: HorlogeReglable
) -> None:
    """At 80 the dossier alone, « À comparer » first; « … ouverte par M. Paul depuis 16:06 » on the help line."""
    collegue = agent_connecte(poste_guichet, COLLEGUE)
    controle.ouvrir(collegue, attentes.attente(collegue, EN_LIGNE)[0].id)
    app = AppControle(poste_guichet)
    assert snap_compare(app, terminal_size=TAILLES["80x24"], run_before=puis(app, "f6"))


@les_deux_tailles
def test_a_piece_that_came_by_post(snap_compare: Any, poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """No file: a block says so; its status and « Reçue le » in the right pane at 120, its history under them."""
    app = AppControle(poste_guichet, PAR_LA_POSTE)

    async def attendre(pilot: Pilot[None]) -> None:
        await jusqu_a(pilot, lambda: app.constat)
        await calmer(pilot)

    assert snap_compare(app, terminal_size=taille, run_before=attendre)

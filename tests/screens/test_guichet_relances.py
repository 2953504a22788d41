"""Relances at the guichet, by keys: the preview, the lot, interrupted and resumed, its letters, the messages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from outils.borne import retenu
from outils.guichet import TAILLES, AppUnEcran, agent, agent_connecte, calmer, jusqu_a, taper
from textual.pilot import Pilot

from cyclades_tui.actes.documents import relances
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.relances.ecran import EcranRelances
from cyclades_tui.screens.guichet.relances.lots import ListeARelancer, ListeLots
from cyclades_tui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from outils.images import Images


def ecran(poste: Poste, racine: Path | None = None) -> AppUnEcran:
    lui = agent_connecte(poste)
    chez_lui = lui if racine is None else replace(lui, racines=(racine,))
    return AppUnEcran(lambda: EcranRelances(chez_lui, agent()))


def dit(pilot: Pilot[None]) -> str:
    """The text of the block at the bottom."""
    return str(pilot.app.screen.query_one("#dit .texte").render())


async def repondre(pilot: Pilot[None], rang: int) -> None:
    """Choose an answer of the question that opens."""
    await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
    await pilot.press(*["down"] * rang, "enter")
    await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, EcranRelances))


async def test_a_lot_is_previewed_stopped_resumed_and_its_letters_saved(
    poste_guichet: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relances, "PAR_FOIS", 2)
    racine = tmp_path / "KINGSTON"
    racine.mkdir()
    async with ecran(poste_guichet, racine).run_test(size=TAILLES["80x24"]) as pilot:
        await calmer(pilot)
        await pilot.press("tab", *["backspace"] * 10)
        await taper(pilot, "31/02/2024")
        await pilot.press("enter")
        await calmer(pilot)
        assert "n'est pas un jour" in dit(pilot)
        await pilot.press(*["backspace"] * 10)
        await taper(pilot, "01/02/2024")
        await pilot.press("f8")
        await calmer(pilot)
        touches = pilot.app.screen.query_one(ListeARelancer).lignes
        assert [touche.nom for touche in touches][:2] == ["NGMB-DUPONT", "ALEXIS"]
        assert "JDC" in dit(pilot)

        await pilot.press("f9")
        with retenu(relances, "voir") as lache:
            await repondre(pilot, 1)
            await pilot.press("escape")  # stop after those under way
            lache.set()
            await calmer(pilot)
        assert dit(pilot) == f"Lot 1 arrêté : 2 relances sur {len(touches)}. Reprenez-le ici."
        (lot,) = pilot.app.screen.query_one(ListeLots).lignes
        assert (lot.avancement.faits, lot.avancement.termine) == (2, False)

        await pilot.press("tab", "tab", "enter")
        await repondre(pilot, 1)
        await calmer(pilot)
        assert f"Lot 1 terminé : {len(touches)} relances." in dit(pilot)
        await pilot.press("f9")
        await repondre(pilot, 0)
        await calmer(pilot)
        assert f"{len(touches)} lettres enregistrées : relances-bcp-2024-guyane-lot-1.pdf, dans KINGSTON." in dit(pilot)
        assert [chemin.name for chemin in racine.iterdir()] == ["relances-bcp-2024-guyane-lot-1.pdf"]
        await pilot.press("escape")
        await calmer(pilot)
        assert pilot.app.screen.query_one(ListeLots).display


@pytest.mark.parametrize("taille", TAILLES)
def test_the_preview(snap_compare: Any, poste_guichet: Poste, taille: str) -> None:
    """The service and the day, how many dossiers, one row each with what it misses, the marked one told in whole."""

    async def faire(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("f8")
        await calmer(pilot)

    assert snap_compare(ecran(poste_guichet), terminal_size=TAILLES[taille], run_before=faire)


async def test_a_finished_lot(images: Images, poste_guichet: Poste) -> None:
    """The lot in the list with its glyph and word, how many relances in green, « Enregistrer les lettres » filled."""

    async def faire(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("f8")
        await calmer(pilot)
        await pilot.press("f9")
        await repondre(pilot, 1)
        await calmer(pilot)

    await images(ecran(poste_guichet), faire)

"""A pytest plugin: the store of a screen's test, at the guide's instant, new or knowing the guide's person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from inscription_outils import HorlogeDuGuide
    from syrupy.assertion import SnapshotAssertion
    from textual.app import App
    from textual.pilot import Pilot

    from cyclades_tui.poste import Poste

    Images = Callable[..., Awaitable[None]]
    Geste = Callable[[Pilot[None]], Awaitable[object]]

_UNE_VUE: Mapping[str, None] = {"": None}

# Imported in the fixtures: the plugin is also loaded where no screen is tested.


@pytest.fixture
def horloge() -> HorlogeDuGuide:
    from inscription_outils import HorlogeDuGuide

    return HorlogeDuGuide()


@pytest.fixture
def sans_attente(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost next to nothing; what goes wrong is logged in the test's own folder."""
    from borne_outils import hacheur_rapide

    from cyclades_tui.actes.socle import hachage

    monkeypatch.setattr(hachage, "fabriquer_hacheur", hacheur_rapide)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeDuGuide, sans_attente: None) -> Iterator[Poste]:
    """A new store."""
    from inscription_outils import poste_du_guide

    ouvert = poste_du_guide(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def poste_connu(tmp_path: Path, horloge: HorlogeDuGuide, sans_attente: None) -> Iterator[Poste]:
    """A store that has given the guide's person her number."""
    from inscription_outils import poste_du_guide

    ouvert = poste_du_guide(tmp_path, horloge, connue=True)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def poste_guichet(tmp_path: Path, horloge: HorlogeDuGuide, sans_attente: None) -> Iterator[Poste]:
    """A store with agents of each role, and candidatures whose pieces are in all states."""
    from guichet_outils import poste_du_guichet

    ouvert = poste_du_guichet(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def images(snapshot: SnapshotAssertion) -> Images:
    """`await images(app, agir)`: the application, led once to a screen by `agir`, is as its pictures show it.

    The window is made larger in between; the pictures are those of `snap_compare`, one per size, or for each of the
    `vues` at each size: their names and what leads to them.
    """
    from borne_outils import TAILLES, calmer
    from pytest_textual_snapshot import SVGImageExtension

    attendue = snapshot.use_extension(SVGImageExtension)

    async def comparer(app: App[None], agir: Geste = calmer, vues: Mapping[str, Geste | None] = _UNE_VUE) -> None:
        premiere, *_ = TAILLES.values()
        async with app.run_test(size=premiere, notifications=True) as pilot:
            await agir(pilot)
            for nom, taille in TAILLES.items():
                if app.size != taille:
                    await pilot.resize_terminal(*taille)
                    await calmer(pilot)
                for vue, aller in vues.items():
                    if aller is not None:
                        await aller(pilot)
                    await pilot.wait_for_scheduled_animations()
                    assert app.export_screenshot(title=app.title, simplify=True) == attendue(name=nom + vue)

    return comparer

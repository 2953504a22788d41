"""A pytest plugin: the store of a screen's test, at the guide's instant, new or knowing the guide's person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from inscription_outils import HorlogeDuGuide

    from cyclades_tui.poste import Poste

# Imported in the fixtures: the plugin is also loaded where no screen is tested.


@pytest.fixture
def horloge() -> HorlogeDuGuide:
    from inscription_outils import HorlogeDuGuide

    return HorlogeDuGuide()


@pytest.fixture
def sans_attente(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost next to nothing; what goes wrong is logged in the test's own folder."""
    from borne_outils import hacheur_rapide

    from cyclades_tui.actes import hachage

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

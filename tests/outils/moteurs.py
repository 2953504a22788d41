"""The engines of the store; each must pass all tests in tests/store, the contract of a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.ouverture import ouvrir_store
from outils.store import brut, nouveau_store, sans_garde


class Moteur(Protocol):
    """What the tests need of an engine; it must be picklable, for child processes."""

    @property
    def variante(self) -> bool:
        """Whether it is another form of a previous engine, so that long tests can skip it."""
        ...

    def creer(self, dossier: Path) -> Store:
        """A new store of this release in a test's own folder, without any range of numbers."""
        ...

    def ouvrir(self, dossier: Path) -> Store:
        """The store that `creer` made, opened again, as by another desk."""
        ...

    def falsifier(self, store: Store, *ordres: str) -> None:
        """Run statements while bypassing all guards of the database."""
        ...


@dataclass(frozen=True)
class MoteurSqlite:
    """One SQLite file, in clear or with a key."""

    cle: str | None = None

    @property
    def variante(self) -> bool:
        return self.cle is not None

    def creer(self, dossier: Path) -> Store:
        return nouveau_store(dossier, self.cle)

    def ouvrir(self, dossier: Path) -> Store:
        return ouvrir_store(dossier / "store", cle=self.cle)

    def falsifier(self, store: Store, *ordres: str) -> None:
        with brut(store) as connexion:
            sans_garde(connexion, *ordres)


_CLE = f"x'{'5f' * 32}'"  # a raw key, because deriving one takes longer than a test

MOTEURS: dict[str, Moteur] = {"sqlite": MoteurSqlite(), "sqlite chiffré": MoteurSqlite(_CLE)}

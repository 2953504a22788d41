"""The contract of a store is tests/store: each of these engines passes all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.ouverture import ouvrir_store
from outils.store import brut, nouveau_store, sans_garde


class Moteur(Protocol):
    """What the tests need of an engine, in any process: it can be pickled."""

    @property
    def variante(self) -> bool:
        """Whether it is one before it in another form, so that what takes long is not tried again."""
        ...

    def creer(self, dossier: Path) -> Store:
        """A new store of this release, for a test whose own folder this is; it has no range of numbers."""
        ...

    def ouvrir(self, dossier: Path) -> Store:
        """What `creer` made, once more, as another desk does."""
        ...

    def falsifier(self, store: Store, *ordres: str) -> None:
        """Run statements as someone whom no guard of the database stops."""
        ...


@dataclass(frozen=True)
class MoteurSqlite:
    """One file, in clear or under a key."""

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


_CLE = f"x'{'5f' * 32}'"  # a key as the driver takes it ready-made: deriving one costs more than a test

MOTEURS: dict[str, Moteur] = {"sqlite": MoteurSqlite(), "sqlite chiffré": MoteurSqlite(_CLE)}

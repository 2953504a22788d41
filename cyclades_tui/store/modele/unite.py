"""What an engine gives to who works with the data: units of work, each one transaction (decision 8)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cyclades_tui.domaine.erreurs import Faute

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.sql.dml import Insert
    from sqlmodel import Session

    from cyclades_tui.store.coffre import Coffre
    from cyclades_tui.store.modele.tables import Table

Progres = Callable[[int, int], None]  # is told how many are done, and of how many


class Dialecte(Protocol):
    """The conditions and statements that each engine writes in its own SQL."""

    def piece_a_controler(self) -> ColumnElement[bool]:
        """A justificatif waits in a queue; said so that the engine uses the index of the queue."""
        ...

    def de_l_etablissement(self, etablissement: str) -> ColumnElement[bool]:
        """The last version of a candidature names this school."""
        ...

    def acteur_de_la_ligne(self) -> ColumnElement[str]:
        """The acteur that the detail of a journal row names."""
        ...

    def contient(self, colonne: ColumnElement[str], texte: str) -> ColumnElement[bool]:
        """A column holds a text, every sign of which stands for itself."""
        ...

    def inserer_les_absents(self, table: type[Table]) -> Insert:
        """Insert rows, those whose key is there already being left as they are."""
        ...


class Unite(Protocol):
    """A unit of work: one thread, one transaction. Only `store/requetes` and the engine use its session."""

    @property
    def session(self) -> Session: ...
    @property
    def dialecte(self) -> Dialecte: ...


class Store(Protocol):
    """An open store. Use from any thread and process; each unit of work has its own transaction."""

    @property
    def chemin(self) -> Path:
        """The folder that holds what is kept in files."""
        ...

    @property
    def coffre(self) -> Coffre:
        """The files, by their digest."""
        ...

    @property
    def identifiant(self) -> str:
        """The store's uuid."""
        ...

    def ecrire(self) -> AbstractContextManager[Unite]:
        """A unit of work that writes: alone from its first line, kept at the end, undone on any exception.

        Raises StoreInutilisable: another desk writes for too long, disk full, read-only or failing.
        """
        ...

    def lire(self) -> AbstractContextManager[Unite]:
        """A unit of work that sees one state of the store and cannot write."""
        ...

    def verifier(
        self, *, etats: Collection[str], tete: tuple[int, str] | None = None, progres: Progres | None = None
    ) -> list[Faute]:
        """Every fault found, and what is only told (`requetes.verification.INFORMATIONS`); nothing is written.

        `etats` are the states a candidature may have, `tete` a journal head noted earlier.
        """
        ...

    def sauvegarder(
        self,
        destination: Path,
        progres: Progres | None = None,
        *,
        parametrage: Path,
        etats: Collection[str],
        instant: datetime,
    ) -> Path:
        """Copy store and local settings while others write, check the copy, and only then give it its name.

        Returns its folder. `etats` is for the check. Raises StoreInutilisable.
        """
        ...

    def fermer(self) -> None:
        """Close the connections."""
        ...

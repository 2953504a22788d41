"""What an engine offers to the code that uses the data: units of work, one transaction each (decision 8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
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
    from cyclades_tui.store.modele.differees import LigneDifferee
    from cyclades_tui.store.modele.tables import Table
    from cyclades_tui.store.modele.tetes import TeteContraire, TeteTrouvee

Progres = Callable[[int, int], None]  # called with how many are done, and of how many


class Dialecte(Protocol):
    """The conditions and statements that each engine must write in its own SQL."""

    def piece_a_controler(self) -> ColumnElement[bool]:
        """That a justificatif waits in a queue, worded so that the engine uses the index of the queue."""
        ...

    def de_l_etablissement(self, etablissement: str) -> ColumnElement[bool]:
        """That the last version of a candidature names this school."""
        ...

    def acteur_de_la_ligne(self) -> ColumnElement[str]:
        """The acteur named in the detail of a journal row."""
        ...

    def contient(self, colonne: ColumnElement[str], texte: str) -> ColumnElement[bool]:
        """That a column contains a text; no character of the text is a wildcard."""
        ...

    def inserer_les_absents(self, table: type[Table]) -> Insert:
        """Insert rows, skipping those whose key already exists."""
        ...


class Unite(Protocol):
    """A unit of work: one thread, one transaction. Only `store/requetes` and the engine may use its session."""

    @property
    def session(self) -> Session: ...
    @property
    def ecrit(self) -> bool:
        """Whether it writes."""
        ...

    @property
    def dialecte(self) -> Dialecte: ...


class LignesDifferees(Protocol):
    """The rows of the journal that wait for a disk that writes."""

    def __iter__(self) -> Iterator[LigneDifferee]: ...

    def ajouter(self, ligne: LigneDifferee) -> bool:
        """Keep a row until it can be written; returns whether it would outlive this process."""
        ...

    def retrouver(self) -> None:
        """Take up what former processes of this user left."""
        ...

    def journaliser(self) -> int:
        """Write all that waits, each row with its own instant; returns how many. Raises StoreInutilisable."""
        ...


class Store(Protocol):
    """An open store, for any thread and process; each unit of work has its own transaction."""

    @property
    def chemin(self) -> Path:
        """The folder of the store's files."""
        ...

    @property
    def coffre(self) -> Coffre:
        """The store's files, by digest."""
        ...

    @property
    def differees(self) -> LignesDifferees:
        """What could not be written in the journal yet."""
        ...

    @property
    def identifiant(self) -> str:
        """The store's uuid."""
        ...

    @property
    def chiffre(self) -> bool:
        """Whether a key is needed to read it: then nothing of it may lie in clear on a disk."""
        ...

    def ecrire(self) -> AbstractContextManager[Unite]:
        """A unit of work that writes: it locks out other writers, commits at the end and rolls back on any exception.

        Raises StoreInutilisable: another desk writes for too long, disk full, read-only or failing.
        """
        ...

    def lire(self) -> AbstractContextManager[Unite]:
        """A unit of work that sees one state of the store and cannot write."""
        ...

    def s_ouvre_avec(self, cle: str) -> bool:
        """Whether this is the store's key."""
        ...

    def changer_la_cle(
        self,
        nouvelle: str,
        *,
        etats: Collection[str],
        consigner: Callable[[Store], None],
    ) -> None:
        """Encrypt the store, which this call closes, with another key, or with its first one.

        `consigner` journals it in the new store before that takes the place; `etats` is for its check. Killed, it
        leaves the store under one of the two keys, and may be called again. Raises StoreInutilisable: open elsewhere,
        not sound, disk full or failing; the store is then as it was.
        """
        ...

    def verifier(
        self, *, etats: Collection[str], tete: tuple[int, str] | None = None, progres: Progres | None = None
    ) -> list[Faute]:
        """Check the store without writing; returns faults and mere information (`requetes.verification.INFORMATIONS`).

        `etats` are the states a candidature may have, `tete` a journal head noted earlier.
        """
        ...

    def tete_signee(self, instant: datetime) -> str | None:
        """The signed head of the chain, as JSON, to keep outside the store; None without the journal's key."""
        ...

    def tetes_contraires(self, trouvees: Iterable[TeteTrouvee], acceptees: Collection[str] = ()) -> list[TeteContraire]:
        """The heads kept outside that this store does not agree with, but those accepted; none without its key."""
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

        Returns the folder of the copy. `etats` is for the check. Raises StoreInutilisable.
        """
        ...

    def fermer(self) -> None:
        """Close the connections."""
        ...

"""Rows of any table, by key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from cyclades_tui.store.modele.tables import Table
from cyclades_tui.store.modele.unite import Unite

_Ligne = TypeVar("_Ligne", bound=Table)

_PAGE = 500  # rows in memory at a time


def lire_la_ligne(unite: Unite, table: type[_Ligne], cle: Any) -> _Ligne:
    """The row with a key, which must exist. Raises NoResultFound."""
    return unite.session.get_one(table, cle)


def chercher_la_ligne(unite: Unite, table: type[_Ligne], cle: Any) -> _Ligne | None:
    """The row with a key (a tuple if it has several columns); None if there is none."""
    return unite.session.get(table, cle)


def ajouter_des_lignes(unite: Unite, *nouvelles: Table) -> None:
    """Add new rows, written at the end of the unit of work."""
    unite.session.add_all(nouvelles)


def ecrire_les_lignes(unite: Unite, *nouvelles: Table) -> None:
    """Write new and changed rows now, so that new ones have their ids."""
    unite.session.add_all(nouvelles)
    unite.session.flush()


def effacer_la_ligne(unite: Unite, ligne: Table) -> None:
    """Delete a row at the end of the unit of work."""
    unite.session.delete(ligne)


def parcourir(unite: Unite, requete: Any) -> Iterator[Any]:
    """The rows of a query, one page in memory at a time."""
    return iter(unite.session.execute(requete.execution_options(yield_per=_PAGE)))

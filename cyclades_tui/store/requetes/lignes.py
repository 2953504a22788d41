"""Rows of any table, by their key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from cyclades_tui.store.modele.tables import Table
from cyclades_tui.store.modele.unite import Unite

_Ligne = TypeVar("_Ligne", bound=Table)

_PAGE = 500  # rows in memory at a time


def lire_la_ligne(unite: Unite, table: type[_Ligne], cle: Any) -> _Ligne:
    """The row of a key that must be there. Raises NoResultFound when it is not."""
    return unite.session.get_one(table, cle)


def chercher_la_ligne(unite: Unite, table: type[_Ligne], cle: Any) -> _Ligne | None:
    """The row of a key, a tuple where the key has several columns; None when there is none."""
    return unite.session.get(table, cle)


def ajouter_des_lignes(unite: Unite, *nouvelles: Table) -> None:
    """New rows, which the end of the unit of work writes."""
    unite.session.add_all(nouvelles)


def ecrire_les_lignes(unite: Unite, *nouvelles: Table) -> None:
    """Write now the rows that are new, which have then their ids, and those that were changed."""
    unite.session.add_all(nouvelles)
    unite.session.flush()


def effacer_la_ligne(unite: Unite, ligne: Table) -> None:
    """Delete a row at the end of the unit of work."""
    unite.session.delete(ligne)


def parcourir(unite: Unite, requete: Any) -> Iterator[Any]:
    """The rows of a query, a page in memory at a time."""
    return iter(unite.session.execute(requete.execution_options(yield_per=_PAGE)))

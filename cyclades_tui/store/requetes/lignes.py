"""Where rows become objects, by key or by query; what is damaged is set aside (decision 20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Row

from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.erreurs import Faute, LigneAbimee
from cyclades_tui.store.modele.formes import abimee
from cyclades_tui.store.modele.tables import Table
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import abimees

_Ligne = TypeVar("_Ligne", bound=Table)

_PAGE = 500  # rows in memory at a time


def lire_la_ligne(unite: Unite, table: type[_Ligne], cle: Any) -> _Ligne:
    """The row with a key, which must exist. Raises LigneAbimee if it is gone or damaged."""
    trouvee = chercher_la_ligne(unite, table, cle)
    if trouvee is None:
        raise LigneAbimee(abimees.dire_absente(str(table.__tablename__), cle))
    return trouvee


def chercher_la_ligne(unite: Unite, table: type[_Ligne], cle: Any) -> _Ligne | None:
    """The row with a key (a tuple if it has several columns); None if there is none.

    Raises LigneAbimee if it is damaged.
    """
    trouvee = unite.session.get(table, cle)
    _refuser(_faute(unite, trouvee))
    return trouvee


def premiere(unite: Unite, requete: Any) -> Any:
    """The first row of a query, an object or a tuple of objects; None if there is none.

    Raises LigneAbimee if it is damaged.
    """
    trouvee = _objets(unite.session.execute(requete.limit(1))).first()
    _refuser(_faute(unite, trouvee))
    return trouvee


def toutes(unite: Unite, requete: Any, *, nombre: int | None = None, a_part: bool = False) -> list[Any]:
    """The rows of a query, or the first `nombre` of them, without those that are damaged, which are told (`avertir`).

    Each is an object, or a tuple of objects. A unit of work that writes raises LigneAbimee instead, unless
    `a_part`: what it does to all rows must not skip any, but for a batch.
    """
    saines: list[Any] = []
    lues = 0
    while True:
        voulues = None if nombre is None else nombre - len(saines)
        page = requete if voulues is None else requete.offset(lues).limit(voulues)
        trouvees = _objets(unite.session.execute(page)).all()
        saines += _saines(unite, trouvees, refuser=unite.ecrit and not a_part)
        lues += len(trouvees)
        if voulues is None or len(trouvees) < voulues or len(saines) == nombre:
            return saines


def _saines(unite: Unite, lignes: Iterable[Any], *, refuser: bool) -> Iterator[Any]:
    for ligne in lignes:
        faute = _faute(unite, ligne)
        if faute is None:
            yield ligne
        elif refuser:
            _refuser(faute)
        else:
            avertir(faute)


def _objets(resultat: Any) -> Any:
    return resultat.scalars() if len(resultat.keys()) == 1 else resultat


def _faute(unite: Unite, ligne: Any) -> Faute | None:
    """What is wrong with a row, or with one of the rows that a query has joined; None if all are sound."""
    for objet in ligne if isinstance(ligne, Row) else (ligne,):
        if isinstance(objet, Table) and (colonne := abimee(objet)):
            return abimees.dire(unite, str(objet.__tablename__), objet.__dict__, colonne)
    return None


def _refuser(faute: Faute | None) -> None:
    if faute is not None:
        raise LigneAbimee(faute)


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
    """The rows of a query as they lie, one page in memory at a time."""
    return iter(unite.session.execute(requete.execution_options(yield_per=_PAGE)))

"""Making and opening a store: the one place that chooses its engine, by what names the store.

A folder names a store of one SQLite file. An engine that is reached by a URL would be chosen here, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from cyclades_tui.domaine.temps import Horloge
from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.sqlite.store import FICHIER, StoreSqlite


def creer_store(chemin: Path, *, horloge: Horloge, cle: str | None = None, groupe: str | None = None) -> Store:
    """Make a new store in a folder that is absent or empty, and open it.

    For its owner alone, or for a group. A failure leaves nothing behind. Raises StoreInutilisable.
    """
    return StoreSqlite.creer(chemin, horloge=horloge, cle=cle, groupe=groupe)


def ouvrir_store(chemin: Path, *, cle: str | None = None) -> Store:
    """Open a store, bringing an older schema to this release's.

    Raises StoreInutilisable: absent, damaged, key missing or wrong, made by a newer release, on a network disk.
    """
    return StoreSqlite.ouvrir(chemin, cle=cle)


def store_existe(chemin: Path) -> bool:
    """Whether there is a store, sound or not, at a path."""
    return (chemin / FICHIER).exists()


def store_ouvert_ailleurs(chemin: Path) -> bool:
    """Whether another process has a store open that has no key."""
    from cyclades_tui.store.sqlite.migration import est_ouvert_ailleurs

    return store_existe(chemin) and est_ouvert_ailleurs(chemin / FICHIER, None)

"""Creates and opens stores: the one place that chooses the engine.

A path is a folder with one SQLite file. An engine reached by a URL would be chosen here, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from cyclades_tui.domaine.temps import Horloge
from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.sqlite.store import FICHIER, StoreSqlite


def creer_store(
    chemin: Path,
    *,
    horloge: Horloge,
    cle: str | None = None,
    groupe: str | None = None,
    cle_du_journal: Path | None = None,
) -> Store:
    """Create a store in a folder that is absent or empty, and open it.

    Only its owner can read it, or else `groupe`. A failure leaves nothing behind. Raises StoreInutilisable.
    """
    return StoreSqlite.creer(chemin, horloge=horloge, cle=cle, groupe=groupe, cle_du_journal=cle_du_journal)


def ouvrir_store(chemin: Path, *, cle: str | None = None, cle_du_journal: Path | None = None) -> Store:
    """Open a store, migrating an older schema to that of this release.

    Raises StoreInutilisable: absent, damaged, key missing or wrong, made by a newer release, on a network disk.
    """
    return StoreSqlite.ouvrir(chemin, cle=cle, cle_du_journal=cle_du_journal)


def store_existe(chemin: Path) -> bool:
    """Whether a path holds a store, even a damaged one."""
    return (chemin / FICHIER).exists()


def store_ouvert_ailleurs(chemin: Path) -> bool:
    """Whether another process has this store open; for a store without key."""
    from cyclades_tui.store.sqlite.migration import est_ouvert_ailleurs

    return store_existe(chemin) and est_ouvert_ailleurs(chemin / FICHIER, None)

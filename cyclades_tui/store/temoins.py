"""The witness: a folder outside the store, better on another disk, with a signed head of each day (decision 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cyclades_tui.domaine.disque import creer_dossier_comme, ecrire_en_entier
from cyclades_tui.domaine.lecture_de_fichiers import lire_le_debut
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.store.modele.tetes import TeteTrouvee
from cyclades_tui.store.modele.unite import Store

MANIFESTE = "manifeste.json"  # the head of a backup, in its folder

_MOTIF = "tete-*.json"
_OCTETS_AU_PLUS = 4096  # a head takes less than a quarter
_TETES_AU_PLUS = 4000  # ten years of days


def garder(store: Store, dossier: Path, instant: datetime) -> None:
    """Keep the head of this moment, in place of an earlier one of the same day that it continues.

    A head that the store does not agree with is never replaced. Raises OSError; StoreInutilisable.
    """
    texte = store.tete_signee(instant)
    if texte is None:
        return
    if not dossier.is_dir():
        creer_dossier_comme(dossier, store.chemin)
    chemin = dossier / f"tete-{instant.astimezone(PARIS):%Y%m%d}.json"
    if store.tetes_contraires(_lire(chemin)):
        chemin = chemin.with_stem(f"{chemin.stem}-{instant.astimezone(PARIS):%H%M%S}")
    ecrire_en_entier(chemin, texte.encode() + b"\n", mode=None)


def trouver(temoin: Path | None, store: Path, sauvegardes: Iterable[Path]) -> Iterator[TeteTrouvee]:
    """The heads of the witness, of the backup that the store was, and of the backups in these folders."""
    chemins = [store / MANIFESTE]
    with suppress(OSError):  # a disk that is away tells nothing
        chemins += [] if temoin is None else sorted(temoin.glob(_MOTIF))[-_TETES_AU_PLUS:]
    for dossier in sauvegardes:
        with suppress(OSError):
            chemins += sorted(dossier.glob(f"cyclades-*/{MANIFESTE}"))[-_TETES_AU_PLUS:]
    for chemin in chemins:
        yield from _lire(chemin)


def _lire(chemin: Path) -> list[TeteTrouvee]:
    try:
        return [TeteTrouvee(f"« {chemin} »", lire_le_debut(chemin, _OCTETS_AU_PLUS))]
    except OSError:
        return []

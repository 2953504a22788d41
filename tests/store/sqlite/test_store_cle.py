"""A store gets a key, or another one: whole under one of the two whatever is killed, and nothing of it in clear."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from outils.store import ETATS, codes, fautes_de, photo, processus, store_rempli

from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.sqlite.store import StoreSqlite

ANCIENNE, NOUVELLE, AUTRE = "l'ancienne clé", "la nouvelle clé d'essai", "une autre clé encore"
AVANT = pytest.mark.parametrize("avant", [None, ANCIENNE], ids=["en clair", "chiffré"])
# What a program in the folder could read: the beginning of a database in clear, and a file of the coffre.
EN_CLAIR = b"SQLite format 3"


def rien(_: object) -> None:
    """Journals nothing."""


def changer(store: StoreSqlite, cle: str = NOUVELLE) -> None:
    store.changer_la_cle(cle, etats=ETATS, consigner=rien)


def cles_qui_ouvrent(chemin: Path, *cles: str | None) -> list[str | None]:
    ouvrent = []
    for cle in cles:
        try:
            StoreSqlite.ouvrir(chemin, cle=cle).fermer()
        except StoreInutilisable:
            continue
        ouvrent.append(cle)
    return ouvrent


def tout_lu(chemin: Path, cle: str | None) -> tuple[object, dict[str, bytes]]:
    """The rows and the files of a store, which must be sound."""
    store = StoreSqlite.ouvrir(chemin, cle=cle)
    try:
        assert fautes_de(store) == set()
        return photo(store), {sha256: store.coffre.lire(sha256) for sha256 in store.coffre.parcourir()}
    finally:
        store.fermer()


@AVANT
def test_all_is_there_under_the_new_key_and_nothing_under_the_old(tmp_path: Path, avant: str | None) -> None:
    store = store_rempli(tmp_path, avant)
    store.coffre.deposer(b"SALINE Chlo\xc3\xa9")
    (store.chemin / "cyclades-revision-0004.db").write_bytes(EN_CLAIR)
    noms = {chemin.name for chemin in store.chemin.iterdir()}
    lu = tout_lu(store.chemin, avant)
    changer(store)
    assert tout_lu(store.chemin, NOUVELLE) == lu
    assert cles_qui_ouvrent(store.chemin, None, ANCIENNE, NOUVELLE) == [NOUVELLE]
    assert {chemin.name for chemin in store.chemin.iterdir()} <= noms - {"cyclades-revision-0004.db"}
    for chemin in store.chemin.rglob("*"):
        if chemin.is_file():
            octets = chemin.read_bytes()
            assert EN_CLAIR not in octets
            assert b"SALINE" not in octets
    with StoreSqlite.ouvrir(store.chemin, cle=NOUVELLE).ecrire():
        pass


def mourir_au(rang: int, chemin: Path, avant: str | None) -> None:
    """Runs in a child process: change the key, and die before the `rang`-th time the disk is asked to change."""
    demandes = 0

    def compter(vraie: Callable[..., object]) -> Callable[..., object]:
        def demander(*arguments: object, **options: object) -> object:
            nonlocal demandes
            demandes += 1
            if demandes == rang:
                os._exit(9)
            return vraie(*arguments, **options)

        return demander

    store = StoreSqlite.ouvrir(chemin, cle=avant)
    a_la_place = pytest.MonkeyPatch()
    for nom in ("replace", "link", "unlink", "fsync", "ftruncate", "mkdir", "rmdir"):
        a_la_place.setattr(os, nom, compter(getattr(os, nom)))
    changer(store)


@AVANT
def test_killed_anywhere_it_is_whole_and_is_finished_by_the_next_try(tmp_path: Path, avant: str | None) -> None:
    store = store_rempli(tmp_path, avant)
    store.fermer()
    lu = tout_lu(store.chemin, avant)
    rang, tues = 1, 0
    while True:
        enfant = get_context("fork").Process(  # quick: it is begun some thirty times
            target=mourir_au, args=(rang, store.chemin, avant)
        )
        enfant.start()
        enfant.join()
        ouvrent = cles_qui_ouvrent(store.chemin, avant, NOUVELLE)
        assert len(ouvrent) == 1, rang
        assert tout_lu(store.chemin, ouvrent[0]) == lu
        if enfant.exitcode == 0:
            break
        assert enfant.exitcode == 9
        tues += 1
        if ouvrent == [NOUVELLE]:  # back, so that every later moment is tried too
            if avant is None:
                break
            changer(StoreSqlite.ouvrir(store.chemin, cle=NOUVELLE), ANCIENNE)
        rang += 7
    assert tues >= 2
    if ouvrent == [avant]:
        changer(StoreSqlite.ouvrir(store.chemin, cle=avant))
    assert tout_lu(store.chemin, NOUVELLE) == lu
    assert not [chemin.name for chemin in store.chemin.iterdir() if chemin.name.startswith(".")]


def test_a_try_with_one_key_does_not_spoil_the_next_with_another(tmp_path: Path) -> None:
    store = store_rempli(tmp_path, None)
    store.fermer()
    lu = tout_lu(store.chemin, None)
    enfant = processus().Process(target=mourir_au, args=(20, store.chemin, None))
    enfant.start()
    enfant.join()
    assert enfant.exitcode == 9
    changer(StoreSqlite.ouvrir(store.chemin, cle=None), AUTRE)
    assert tout_lu(store.chemin, AUTRE) == lu


def test_a_store_that_is_open_elsewhere_or_not_sound_keeps_its_key(tmp_path: Path) -> None:
    store = store_rempli(tmp_path, None)
    ailleurs = StoreSqlite.ouvrir(store.chemin)
    assert ailleurs.identifiant  # a connection that stays open, idle
    with pytest.raises(StoreInutilisable) as refus:
        changer(store)
    assert codes(refus.value) == {"cle.ouvert"}
    ailleurs.fermer()
    sha256 = next(store.coffre.parcourir())
    (store.coffre.racine / sha256[:2] / sha256[2:]).write_bytes(b"autre")
    with pytest.raises(StoreInutilisable) as refus:
        changer(store)
    assert "coffre.absent" in codes(refus.value)
    assert cles_qui_ouvrent(store.chemin, None, NOUVELLE) == [None]

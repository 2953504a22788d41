"""Backup and the whole check: what is sound passes, what is not is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import func, select
from store_outils import (
    INSTANT,
    ajouter_candidat,
    ajouter_candidature,
    ajouter_version,
    brut,
    codes,
    consigner,
    nouveau_store,
    photo,
    processus,
    sans_garde,
)

from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.base import Store
from cyclades_tui.store.sauvegarde import sauvegarder
from cyclades_tui.store.tables import Journal
from cyclades_tui.store.verification import verifier


def store_rempli(dossier: Path, cle: str | None = None) -> Store:
    store = nouveau_store(dossier, cle)
    sha256 = [store.coffre.deposer(f"document {rang}".encode()) for rang in range(3)]
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin")
        for rang, empreinte in enumerate(sha256, start=1):
            _, _, document = ajouter_candidature(unite, candidat, rang)
            document.sha256 = empreinte
        ajouter_candidature(unite, ajouter_candidat(unite, "Durand"))
    return store


@pytest.mark.parametrize("cle", [None, "clé d'essai"])
def test_a_backup_opens_and_holds_everything(tmp_path: Path, cle: str | None) -> None:
    store = store_rempli(tmp_path, cle)
    store.coffre.deposer(b"orphelin")
    avancement: list[tuple[int, int]] = []
    copie = sauvegarder(
        store, tmp_path / "ailleurs", lambda fait, total: avancement.append((fait, total)), instant=INSTANT
    )
    assert copie == tmp_path / "ailleurs" / "cyclades-20261012-103000"
    assert [chemin.name for chemin in copie.parent.iterdir()] == [copie.name]
    assert avancement == [(1, 4), (2, 4), (3, 4), (4, 4)]
    shutil.rmtree(store.chemin / "coffre")
    restaure = Store.ouvrir(copie, cle=cle)
    assert verifier(restaure) == []
    assert photo(restaure) == photo(store)
    with restaure.ecrire() as unite:
        assert ajouter_candidat(unite, "Petit").numero == "02699000002"


@contextmanager
def ecrivain(store: Store) -> Iterator[None]:
    """Another process that writes journal rows without pause."""
    contexte = processus()
    commence, fin = contexte.Event(), contexte.Event()
    enfant = contexte.Process(target=ecrire_sans_fin, args=(store.chemin, commence, fin))
    enfant.start()
    try:
        assert commence.wait(60)
        yield
    finally:
        fin.set()
        enfant.join()
    assert enfant.exitcode == 0


def ecrire_sans_fin(chemin: Path, commence: Event, fin: Event) -> None:
    store = Store.ouvrir(chemin)
    while not fin.is_set():
        with store.ecrire() as unite:
            consigner(unite)
        commence.set()


def test_a_backup_taken_while_others_write_is_whole(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    with ecrivain(store):
        copies = [
            sauvegarder(store, tmp_path / "ailleurs", instant=INSTANT + timedelta(hours=rang)) for rang in range(3)
        ]
    lignes = []
    for copie in copies:
        sauvee = Store.ouvrir(copie)
        assert verifier(sauvee) == []
        with sauvee.lire() as unite:
            lignes.append(unite.session.exec(select(func.count()).select_from(Journal)).one())
    assert lignes == sorted(lignes)
    assert lignes[0] > 4


def test_a_name_already_taken_is_refused(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    copie = sauvegarder(store, tmp_path / "ailleurs", instant=INSTANT)
    with pytest.raises(StoreInutilisable) as refus:
        sauvegarder(store, tmp_path / "ailleurs", instant=INSTANT)
    assert codes(refus.value) == {"sauvegarde.existe"}
    assert verifier(Store.ouvrir(copie)) == []


def test_a_store_that_is_not_sound_gives_no_backup(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    with brut(store) as connexion:
        sans_garde(connexion, "UPDATE journal SET acte = 'autre' WHERE seq = 2")
    with pytest.raises(StoreInutilisable) as refus:
        sauvegarder(store, tmp_path / "ailleurs", instant=INSTANT)
    assert codes(refus.value) == {"journal.modifie"}
    (tmp_path / "fichier").write_text("")
    with pytest.raises(StoreInutilisable) as refus:
        sauvegarder(store, tmp_path / "fichier", instant=INSTANT)
    assert codes(refus.value) == {"sauvegarde.ecriture"}
    shutil.rmtree(store.coffre.racine)
    store.coffre.preparer()
    with pytest.raises(StoreInutilisable) as refus:
        sauvegarder(store, tmp_path / "ailleurs", instant=INSTANT)
    assert codes(refus.value) == {"coffre.absent"}
    assert list((tmp_path / "ailleurs").iterdir()) == []


def test_a_sound_store_has_no_fault(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    avancement: list[tuple[int, int]] = []
    assert verifier(store, progres=lambda fait, total: avancement.append((fait, total))) == []
    assert avancement == [(rang, 7) for rang in range(1, 8)]


DEGATS = {
    "UPDATE version SET contenu = '{}' WHERE id = 1": {"version.modifiee"},
    "UPDATE version SET contenu = x'ff00' WHERE id = 1": {"version.modifiee"},
    "UPDATE candidature SET version = 2 WHERE id = 1": {"candidature.version"},
    "UPDATE version SET numero = 2 WHERE id = 1": {"candidature.version"},
    "DELETE FROM version WHERE id = 1": {"candidature.sans_version", "store.reference"},
    "UPDATE journal SET acte = 'autre' WHERE seq = 1": {"journal.modifie"},
    "UPDATE document SET sha256 = printf('%064d', 0) WHERE id = 1": {"coffre.absent", "coffre.orphelin"},
    "UPDATE candidat SET numero = '02612345678' WHERE id = 1": {"numero.hors_plage"},
    "UPDATE candidat SET numero = 'x' WHERE id = 1": {"numero.hors_plage"},
    "UPDATE candidat SET numero = '02799000001' WHERE id = 1": {"numero.double"},
    "UPDATE candidat SET formation = 0 WHERE id = 1": {"numero.hors_plage"},
    "UPDATE plage SET prochain = debut": {"numero.hors_plage"},
    "UPDATE candidature SET candidat_id = 99 WHERE id = 1": {"store.reference"},
    "INSERT INTO candidature SELECT 90, 1, 9, 'e', 's', 'a', '0', 'x', 1, 'i', 'i', 1": {"candidature.sans_version"},
}


@pytest.mark.parametrize("ordre", DEGATS)
def test_each_damage_is_named(tmp_path: Path, ordre: str) -> None:
    store = store_rempli(tmp_path)
    with brut(store) as connexion:
        sans_garde(connexion, ordre)
    fautes = verifier(store)
    assert {faute.code for faute in fautes} == DEGATS[ordre]
    assert all(faute.message and faute.remede for faute in fautes)


def test_missing_versions_between_others_are_found(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    with store.ecrire() as unite:
        candidature, _, _ = ajouter_candidature(unite, ajouter_candidat(unite, "Petit"))
        ajouter_version(unite, candidature, 3)
        candidature.version = 3
    assert {faute.code for faute in verifier(store)} == {"candidature.version"}


def test_a_damaged_page_is_found_and_other_checks_still_run(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    with brut(store) as connexion:
        page = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = 'version'").fetchone()[0]
        taille = connexion.execute("PRAGMA page_size").fetchone()[0]
    with store.ecrire() as unite:
        unite.session.execute(text("UPDATE candidat SET numero = '02799000001' WHERE id = 1"))
    store.fermer()
    with store.fichier.open("r+b") as flux:
        flux.seek((page - 1) * taille)
        flux.write(b"\xff" * 64)
    trouvees = {faute.code for faute in verifier(Store.ouvrir(store.chemin))}
    assert {"store.endommage", "numero.double"} <= trouvees


def test_a_noted_head_is_checked(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    assert {faute.code for faute in verifier(store, tete=(99, "a" * 64))} == {"journal.tronque"}

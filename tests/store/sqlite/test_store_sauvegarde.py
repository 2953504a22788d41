"""Backup: a complete, verified copy of store and local settings, or nothing and an explanation."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from outils.store import (
    ETATS,
    INSTANT,
    ajouter_candidat,
    brut,
    codes,
    consigner,
    fautes_de,
    nouveau_store,
    photo,
    processus,
    sans_garde,
    store_rempli,
)
from sqlmodel import func, select

from cyclades_tui.domaine.avertissements import recueillir
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.coffre import Coffre
from cyclades_tui.store.modele.tables import Journal
from cyclades_tui.store.requetes.verification import INFORMATIONS
from cyclades_tui.store.sqlite.sauvegarde import sauvegarder
from cyclades_tui.store.sqlite.store import StoreSqlite


def sauver(store: StoreSqlite, destination: Path, instant: datetime = INSTANT, parametrage: Path | None = None) -> Path:
    """Back up into `destination`, by default without local settings."""
    reglages = parametrage or store.chemin.with_name("aucun")
    return sauvegarder(store, destination, parametrage=reglages, etats=ETATS, instant=instant)


@pytest.mark.parametrize("cle", [None, "clé d'essai"])
def test_a_backup_opens_and_holds_everything(tmp_path: Path, cle: str | None) -> None:
    store = store_rempli(tmp_path, cle)
    store.coffre.deposer(b"orphelin")
    avancement: list[tuple[int, int]] = []
    copie = sauvegarder(
        store,
        tmp_path / "ailleurs",
        lambda fait, total: avancement.append((fait, total)),
        parametrage=tmp_path / "aucun",
        etats=ETATS,
        instant=INSTANT,
    )
    assert copie == tmp_path / "ailleurs" / "cyclades-20261012-103000"
    assert [chemin.name for chemin in copie.parent.iterdir()] == [copie.name]
    assert avancement == [(1, 4), (2, 4), (3, 4), (4, 4)]
    shutil.rmtree(store.chemin / "coffre")
    restaure = StoreSqlite.ouvrir(copie, cle=cle)
    assert fautes_de(restaure) == set()
    assert photo(restaure) == photo(store)
    with restaure.ecrire() as unite:
        assert ajouter_candidat(unite, "Petit").numero == "02699000002"


@contextmanager
def ecrivain(store: StoreSqlite) -> Iterator[None]:
    """Another process that keeps writing journal rows."""
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
    store = StoreSqlite.ouvrir(chemin)
    while not fin.is_set():
        with store.ecrire() as unite:
            consigner(unite)
        commence.set()


def test_a_backup_taken_while_others_write_is_whole(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    with ecrivain(store):
        copies = [sauver(store, tmp_path / "ailleurs", INSTANT + timedelta(hours=rang)) for rang in range(3)]
    lignes = []
    for copie in copies:
        sauvee = StoreSqlite.ouvrir(copie)
        assert fautes_de(sauvee) == set()
        with sauvee.lire() as unite:
            lignes.append(unite.session.exec(select(func.count()).select_from(Journal)).one())
    assert lignes == sorted(lignes)
    assert lignes[0] > 4


def test_a_name_already_taken_is_refused(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    copie = sauver(store, tmp_path / "ailleurs")
    with pytest.raises(StoreInutilisable) as refus:
        sauver(store, tmp_path / "ailleurs")
    assert codes(refus.value) == {"sauvegarde.existe"}
    assert fautes_de(StoreSqlite.ouvrir(copie)) == set()


def premiere_page(store: StoreSqlite) -> None:
    """Write over a page of the index that SQLite follows when it copies the rows one by one."""
    store.fermer()
    octets = bytearray(store.fichier.read_bytes())
    with brut(store) as connexion:
        (racine,) = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()
        (taille,) = connexion.execute("PRAGMA page_size").fetchone()
    octets[(racine - 1) * taille : (racine - 1) * taille + 100] = b"x" * 100
    store.fichier.write_bytes(octets)


def un_fichier(store: StoreSqlite) -> Path:
    return next(chemin for chemin in store.coffre.racine.rglob("*") if chemin.is_file())


DOMMAGES: dict[str, Callable[[StoreSqlite], object]] = {
    "a row of the journal": lambda store: executer(store, "UPDATE journal SET acte = 'autre' WHERE seq = 2"),
    "a text": lambda store: executer(store, "UPDATE candidat SET nom = CAST(x'ff' AS TEXT) WHERE id = 1"),
    "a version": lambda store: executer(store, "UPDATE version SET contenu = '{abc' WHERE id = 1"),
    "the head of the journal": lambda store: executer(store, "DELETE FROM tete_journal"),
    "who the store is": lambda store: executer(store, "DELETE FROM identite_store"),
    "a page": premiere_page,
    "a file that is missing": lambda store: un_fichier(store).unlink(),
    "a file that is another": lambda store: un_fichier(store).write_bytes(b"autre"),
    "all files": lambda store: shutil.rmtree(store.coffre.racine),
    "the key of the journal": lambda store: (store.chemin / "journal.cle").write_bytes(b"zz"),
    "no key of the journal": lambda store: (store.chemin / "journal.cle").unlink(),
}


def executer(store: StoreSqlite, ordre: str) -> None:
    with brut(store) as connexion:
        sans_garde(connexion, ordre)


def toutes_les_fautes(store: StoreSqlite) -> set[str]:
    """The codes of all faults, without mere information."""
    return {faute.code for faute in store.verifier(etats=ETATS)} - INFORMATIONS


@pytest.mark.parametrize("quoi", DOMMAGES)
def test_a_damaged_store_is_copied_and_what_is_damaged_is_told(tmp_path: Path, quoi: str) -> None:
    store = store_rempli(tmp_path)
    DOMMAGES[quoi](store)
    store.fermer()
    store = StoreSqlite.ouvrir(store.chemin)
    trouvees = toutes_les_fautes(store)
    assert trouvees
    with recueillir() as dits:
        copie = sauver(store, tmp_path / "ailleurs")
    assert "sauvegarde.abime" in {faute.code for faute in dits}
    assert trouvees <= {faute.code for faute in dits}
    assert toutes_les_fautes(StoreSqlite.ouvrir(copie)) == trouvees


def test_damage_that_only_the_copy_has_refuses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_rempli(tmp_path)
    DOMMAGES["a text"](store)
    monkeypatch.setattr(Coffre, "copier", lambda *_: iter(()))
    with pytest.raises(StoreInutilisable) as refus:
        sauver(store, tmp_path / "ailleurs")
    assert codes(refus.value) == {"coffre.dossier"}
    assert list((tmp_path / "ailleurs").iterdir()) == []


def test_the_local_settings_are_in_the_backup(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    reglages = tmp_path / "store-parametrage"
    (reglages / "services").mkdir(parents=True)
    (reglages / "services" / "fenetres.toml").write_text("source = 'é'\n", encoding="utf-8")
    (reglages / "diplomes").mkdir()
    (reglages / "parti.tmp").symlink_to(tmp_path / "renomme")
    copie = sauver(store, tmp_path / "ailleurs", parametrage=reglages) / "parametrage"
    assert sorted(str(chemin.relative_to(copie)) for chemin in copie.rglob("*")) == [
        "diplomes",
        "services",
        "services/fenetres.toml",
    ]
    assert (copie / "services" / "fenetres.toml").read_text(encoding="utf-8") == "source = 'é'\n"
    assert {chemin.stat().st_mode & 0o077 for chemin in (copie, *copie.rglob("*"))} == {0}


@pytest.mark.parametrize(
    ("destination", "constat", "remede"),
    [
        ("store", "est dans le dossier à sauvegarder", "Donnez un dossier ailleurs"),
        ("store/sauvegardes", "est dans le dossier à sauvegarder", "Donnez un dossier ailleurs"),
        ("lien/sauvegardes", "est dans le dossier à sauvegarder", "Donnez un dossier ailleurs"),
        ("store-parametrage/sauvegardes", "est dans le dossier à sauvegarder", "Donnez un dossier ailleurs"),
        ("fichier", "il y a là un fichier", "Donnez un dossier."),
        ("fichier/dessous", "il y a là un fichier", "Donnez un dossier."),
    ],
)
def test_a_destination_that_cannot_be_is_refused(tmp_path: Path, destination: str, constat: str, remede: str) -> None:
    store = nouveau_store(tmp_path)
    (tmp_path / "lien").symlink_to(store.chemin)
    (tmp_path / "fichier").touch()
    (tmp_path / "store-parametrage").mkdir()
    avant = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreInutilisable) as refus:
        sauver(store, tmp_path / destination, parametrage=tmp_path / "store-parametrage")
    (faute,) = refus.value.fautes
    assert faute.code == "sauvegarde.destination"
    assert str(tmp_path / destination) in faute.message
    assert constat in faute.message
    assert faute.remede.startswith(remede)
    assert sorted(tmp_path.rglob("*")) == avant


def test_what_the_system_refuses_is_told_in_french(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with pytest.raises(StoreInutilisable) as refus:
        sauver(store, tmp_path / ("n" * 300))
    (faute,) = refus.value.fautes
    assert faute.code == "sauvegarde.ecriture"
    assert "nom trop long" in faute.message
    assert os.strerror(errno.ENAMETOOLONG) not in faute.message


def test_what_a_killed_backup_left_is_swept_and_its_name_cannot_be_taken(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    destination = tmp_path / "ailleurs"
    destination.mkdir()
    (destination / f".provisoire-{'0' * 32}").mkdir()
    (destination / f".provisoire-{'0' * 32}" / "cyclades.db").write_bytes(b"la moitie")
    (destination / ".cyclades-20261012-103000.en-cours").symlink_to(store.chemin)  # as releases before 0.2 named it
    copie = sauver(store, destination)
    assert fautes_de(StoreSqlite.ouvrir(copie)) == set()
    assert {chemin.name for chemin in destination.iterdir()} == {copie.name, ".cyclades-20261012-103000.en-cours"}


def test_a_destination_that_is_a_link_is_refused(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    (tmp_path / "vraie").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "vraie")
    with pytest.raises(StoreInutilisable) as refus:
        sauver(store, tmp_path / "lien")
    assert "c'est un lien" in str(refus.value)
    assert list((tmp_path / "vraie").iterdir()) == []


def test_a_link_with_the_name_of_the_backup_is_refused(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "cyclades-20261012-103000").symlink_to(tmp_path / "nulle-part")
    with pytest.raises(StoreInutilisable) as refus:
        sauver(store, tmp_path / "ailleurs")
    assert codes(refus.value) == {"sauvegarde.existe"}

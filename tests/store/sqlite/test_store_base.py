"""The folder of a store: created, opened, refused, shared, encrypted."""

from __future__ import annotations

import grp
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from outils.horloge import HorlogeReglable
from outils.store import ETATS, INSTANT, ajouter_candidat, brut, codes, consigner, nouveau_store, sans_garde
from sqlalchemy import text
from sqlmodel import select

from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.modele.tables import Candidat, Plage
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import journal
from cyclades_tui.store.sqlite import moteur
from cyclades_tui.store.sqlite.reseau import systeme_reseau
from cyclades_tui.store.sqlite.store import StoreSqlite


class Partition(NamedTuple):
    mountpoint: str
    fstype: str
    opts: str = "rw"


def droits(chemin: Path) -> int:
    return stat.S_IMODE(chemin.stat().st_mode)


def test_a_store_is_made_in_a_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    StoreSqlite.creer(tmp_path / "store", horloge=HorlogeReglable(INSTANT)).fermer()
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["store"]


def test_connections_are_set_as_decided(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    attendus = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": int(moteur.ATTENTE * 1000),
        "recursive_triggers": 1,
    }
    for ouvrir, lecture in ((store.ecrire, 0), (store.lire, 1)):
        with ouvrir() as unite:
            lus = {nom: unite.session.execute(text(f"PRAGMA {nom}")).scalar() for nom in (*attendus, "query_only")}
        assert lus == {**attendus, "query_only": lecture}


def test_opening_a_store_of_this_schema_loads_no_alembic(tmp_path: Path) -> None:
    chemin = nouveau_store(tmp_path).chemin
    programme = (
        "import sys; from pathlib import Path; from cyclades_tui.store.sqlite.store import StoreSqlite; "
        f"StoreSqlite.ouvrir(Path({str(chemin)!r})).identifiant; sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0


def test_nothing_is_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("notes")
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "a.txt").write_text("notes")
    (tmp_path / "vide").mkdir()
    for nom in ("fichier", "plein"):
        with pytest.raises(StoreInutilisable) as refus:
            StoreSqlite.creer(tmp_path / nom, horloge=HorlogeReglable(INSTANT))
        assert codes(refus.value) == {"store.existe"}
    assert StoreSqlite.creer(tmp_path / "vide", horloge=HorlogeReglable(INSTANT)).identifiant


def test_a_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreInutilisable) as refus:
        StoreSqlite.creer(tmp_path / "store", horloge=HorlogeReglable(INSTANT), groupe="groupe-qui-n-existe-pas")
    assert codes(refus.value) == {"store.groupe"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cle", ["", "a\0b"])
def test_an_unusable_key_is_refused(tmp_path: Path, cle: str) -> None:
    with pytest.raises(StoreInutilisable) as refus:
        StoreSqlite.creer(tmp_path / "store", horloge=HorlogeReglable(INSTANT), cle=cle)
    assert codes(refus.value) == {"store.cle"}


def test_permissions_of_a_private_and_of_a_shared_store(tmp_path: Path) -> None:
    groupe = grp.getgrgid(os.getgid()).gr_name
    prive = StoreSqlite.creer(tmp_path / "prive", horloge=HorlogeReglable(INSTANT))
    partage = StoreSqlite.creer(tmp_path / "partage", horloge=HorlogeReglable(INSTANT), groupe=groupe)
    for store, dossiers, fichiers in ((prive, 0o700, 0o600), (partage, 0o2770, 0o660)):
        with store.ecrire() as unite:
            consigner(unite)
        sha256 = store.coffre.deposer(b"octets")
        chemins = list(store.chemin.rglob("*"))
        assert {"cyclades.db-wal", "cyclades.db-shm"} <= {chemin.name for chemin in chemins}
        assert {droits(chemin) for chemin in (store.chemin, *chemins) if chemin.is_dir()} == {dossiers}
        assert {chemin.name: droits(chemin) for chemin in chemins if chemin.is_file()} == {
            chemin.name: fichiers for chemin in chemins if chemin.is_file()
        }
        assert store.coffre.contient(sha256)


def test_what_is_not_a_store_is_refused_with_its_reason(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    store.fermer()
    fichier = store.fichier
    contenu = fichier.read_bytes()

    def refus(cle: str | None = None) -> set[str]:
        with pytest.raises(StoreInutilisable) as erreur:
            StoreSqlite.ouvrir(store.chemin, cle=cle)
        assert all(faute.message and faute.remede for faute in erreur.value.fautes)
        return codes(erreur.value)

    assert refus(cle="une clé") == {"store.non_chiffre"}
    fichier.write_bytes(b"ceci n'est pas une base" * 400)
    assert refus() == {"store.chiffre"}
    fichier.write_bytes(b"")
    assert refus() == {"store.etranger"}
    fichier.write_bytes(contenu[:100] + b"\xff" * 4096 + contenu[4196:])
    assert refus() == {"store.endommage"}
    fichier.unlink()
    assert refus() == {"store.absent"}
    assert not fichier.exists()


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with brut(store) as connexion:
        connexion.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreInutilisable) as refus:
        StoreSqlite.ouvrir(store.chemin)
    assert codes(refus.value) == {"store.plus_recent"}


PARTITIONS = [
    Partition("/", "ext4"),
    Partition("/home", "nfs4"),
    Partition("/home/local", "xfs"),
    Partition("/mnt/partage", "ext4"),
    Partition("/mnt/partage", "cifs"),
    Partition("/mnt/sshfs", "fuse.sshfs"),
    Partition("/mnt/remis", "nfs"),
    Partition("/mnt/remis", "ext4"),
    Partition("/Z", "NTFS", "rw,remote"),
]


@pytest.mark.parametrize(
    ("chemin", "systeme"),
    [
        ("/srv/cyclades", None),
        ("/home/agent/cyclades", "nfs4"),
        ("/homes/cyclades", None),
        ("/home/local/cyclades", None),
        ("/mnt/partage/cyclades", "cifs"),
        ("/mnt/sshfs/cyclades", "fuse.sshfs"),
        ("/mnt/remis/cyclades", None),
        ("/Z/cyclades", "NTFS"),
        ("\\\\serveur\\partage\\cyclades", "UNC"),
    ],
)
def test_a_network_disk_is_known_by_its_longest_mount_point(chemin: str, systeme: str | None) -> None:
    assert systeme_reseau(Path(chemin), PARTITIONS) == systeme


def test_a_store_on_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = nouveau_store(tmp_path)
    store.fermer()
    partitions = [Partition("/", "ext4"), Partition(str(tmp_path), "9p")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: partitions)
    with pytest.raises(StoreInutilisable) as a_l_ouverture:
        StoreSqlite.ouvrir(store.chemin)
    with pytest.raises(StoreInutilisable) as a_la_creation:
        StoreSqlite.creer(tmp_path / "autre", horloge=HorlogeReglable(INSTANT))
    assert codes(a_l_ouverture.value) == codes(a_la_creation.value) == {"store.reseau"}


def test_a_second_writer_waits_then_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = nouveau_store(tmp_path)
    monkeypatch.setattr(moteur, "ATTENTE", 0.05)
    autre = StoreSqlite.ouvrir(store.chemin)
    with store.ecrire() as unite:
        consigner(unite)
        with pytest.raises(StoreInutilisable) as refus, autre.ecrire():
            pass
        with autre.lire() as lecture:
            assert journal.derniere_tete(lecture)[0] == 0
    assert codes(refus.value) == {"store.occupe"}
    with autre.ecrire() as unite:
        assert consigner(unite) == 2


def test_a_full_disk_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)

    def remplir(unite: Unite) -> None:
        unite.session.execute(text("PRAGMA max_page_count=40"))
        consigner(unite)
        ajouter_candidat(unite, "M" * 1_000_000)

    with pytest.raises(StoreInutilisable) as refus, store.ecrire() as unite:
        remplir(unite)
    assert codes(refus.value) == {"store.plein"}
    with store.lire() as unite:
        assert journal.verifier(unite) == []
        assert journal.derniere_tete(unite)[0] == 0


def test_an_encrypted_store_says_nothing_without_its_key(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cle = "l'été « 2026 »; DROP TABLE plage --"
    store = nouveau_store(tmp_path, cle)
    with store.ecrire() as unite:
        ajouter_candidat(unite, "Confidentiel")
    sha256 = store.coffre.deposer(b"Confidentiel" * 100)
    ecrits = b"".join(chemin.read_bytes() for chemin in store.chemin.rglob("*") if chemin.is_file())
    assert b"Confidentiel" not in ecrits
    assert b"SQLite format 3" not in ecrits
    store.fermer()

    refus = {}
    for essai in (None, "autre"):
        with pytest.raises(StoreInutilisable) as erreur:
            StoreSqlite.ouvrir(store.chemin, cle=essai)
        refus[essai] = codes(erreur.value)
    assert refus == {None: {"store.chiffre"}, "autre": {"store.cle_fausse"}}

    store = StoreSqlite.ouvrir(store.chemin, cle=cle)
    with store.lire() as unite:
        assert unite.session.exec(select(Candidat.nom)).all() == ["Confidentiel"]
    assert store.coffre.lire(sha256) == b"Confidentiel" * 100
    sortie = capfd.readouterr()
    assert (sortie.out, sortie.err) == ("", "")


def test_undecodable_text_stops_no_query(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with brut(store) as connexion:
        sans_garde(connexion, "UPDATE plage SET ajoutee_le = CAST(x'ff' AS TEXT)")
    with store.lire() as unite:
        assert [plage.ajoutee_le for plage in unite.session.exec(select(Plage))] == ["\ufffd"]
    assert any("« plage »" in faute.message for faute in store.verifier(etats=ETATS))

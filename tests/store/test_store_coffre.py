"""The coffre: equal bytes are kept once, whole or not at all; damage is found."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from outils.store import codes, nouveau_store, processus

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.coffre import Coffre
from cyclades_tui.store.sqlite.store import StoreSqlite

CLES = [None, "clé d'essai"]


def fichiers(coffre: Coffre) -> list[Path]:
    return sorted(chemin for chemin in coffre.racine.rglob("*") if chemin.is_file() and chemin.name != "sel")


@pytest.mark.parametrize("cle", CLES)
@pytest.mark.parametrize("octets", [b"", b"%PDF", bytes(range(256)) * 5_000], ids=["vide", "court", "long"])
def test_bytes_come_back_as_they_went(tmp_path: Path, cle: str | None, octets: bytes) -> None:
    store = nouveau_store(tmp_path, cle)
    sha256 = store.coffre.deposer(octets)
    assert sha256 == empreinte(octets)
    store.fermer()
    coffre = StoreSqlite.ouvrir(store.chemin, cle=cle).coffre
    assert coffre.lire(sha256) == octets
    assert coffre.contient(sha256)
    assert list(coffre.parcourir()) == [sha256]
    assert not coffre.contient(empreinte(b"autre"))


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    coffre = nouveau_store(tmp_path).coffre
    coffre.deposer(b"octets")
    avant = [chemin.stat() for chemin in fichiers(coffre)]
    coffre.deposer(b"octets")
    assert [chemin.stat() for chemin in fichiers(coffre)] == avant
    assert len(avant) == 1


@pytest.mark.parametrize("cle", CLES)
@pytest.mark.parametrize("degat", ["octet", "coupe", "vide", "echange"])
def test_damage_is_found(tmp_path: Path, cle: str | None, degat: str) -> None:
    coffre = nouveau_store(tmp_path, cle).coffre
    sha256 = coffre.deposer(b"octets" * 100)
    (chemin,) = fichiers(coffre)
    octets = chemin.read_bytes()
    autre = coffre.deposer(b"autres octets")
    abime = {
        "octet": octets[:50] + bytes([octets[50] ^ 1]) + octets[51:],
        "coupe": octets[:-1],
        "vide": b"",
        "echange": (coffre.racine / autre[:2] / autre[2:]).read_bytes(),
    }
    chemin.write_bytes(abime[degat])
    with pytest.raises(StoreInutilisable, match=sha256[:12]) as refus:
        coffre.lire(sha256)
    assert codes(refus.value) == {"coffre.endommage"}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreInutilisable) as refus:
        nouveau_store(tmp_path).coffre.lire(empreinte(b"absent"))
    assert codes(refus.value) == {"coffre.absent"}


ACTES: dict[str, Callable[[Coffre], object]] = {
    "deposer": lambda coffre: coffre.deposer(b"octets"),
    "lire": lambda coffre: coffre.lire(empreinte(b"octets")),
    "parcourir": lambda coffre: list(coffre.parcourir()),
    "copier": lambda coffre: list(coffre.copier(iter([]), coffre.racine.with_name("copie"))),
}


@pytest.mark.parametrize("cle", CLES)
@pytest.mark.parametrize("acte", ACTES)
def test_a_coffre_whose_folder_is_gone_says_so(tmp_path: Path, cle: str | None, acte: str) -> None:
    coffre = nouveau_store(tmp_path, cle).coffre
    coffre.racine.rename(tmp_path / "ailleurs")
    with pytest.raises(StoreInutilisable) as refus:
        ACTES[acte](coffre)
    (faute,) = refus.value.fautes
    assert faute.code == "coffre.dossier"
    assert str(coffre.racine) in faute.message
    assert "remettez-le à sa place" in faute.remede


def test_a_coffre_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    coffre = nouveau_store(tmp_path).coffre
    sha256 = empreinte(b"octets")
    (coffre.racine / sha256[:2]).touch()
    with pytest.raises(StoreInutilisable, match="ce n'est pas un dossier") as refus:
        coffre.deposer(b"octets")
    assert codes(refus.value) == {"coffre.ecriture"}
    with pytest.raises(StoreInutilisable, match="ne peut pas être lu : ce n'est pas un dossier") as refus:
        coffre.lire(sha256)
    assert codes(refus.value) == {"coffre.illisible"}


def test_an_encrypted_coffre_without_its_salt_says_so(tmp_path: Path) -> None:
    coffre = nouveau_store(tmp_path, "clé d'essai").coffre
    (coffre.racine / "sel").unlink()
    with pytest.raises(StoreInutilisable) as refus:
        coffre.deposer(b"octets")
    assert codes(refus.value) == {"coffre.sel"}


def mourir_avant_de_nommer(racine: Path) -> None:
    """Runs in a child process: the file is written and synced, then the process dies before renaming it."""

    def mourir(*_arguments: object, **_options: object) -> None:
        os._exit(9)

    pytest.MonkeyPatch().setattr(os, "link", mourir)
    Coffre(racine, None).deposer(b"octets" * 1_000)


def test_a_crash_before_the_rename_leaves_no_file_under_a_final_name(tmp_path: Path) -> None:
    coffre = nouveau_store(tmp_path).coffre
    enfant = processus().Process(target=mourir_avant_de_nommer, args=(coffre.racine,))
    enfant.start()
    enfant.join()
    assert enfant.exitcode == 9
    assert len(fichiers(coffre)) == 1
    assert list(coffre.parcourir()) == []
    assert coffre.lire(coffre.deposer(b"octets" * 1_000)) == b"octets" * 1_000

"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from outils.store import processus

from cyclades_tui.domaine.disque import PREFIXE_PROVISOIRE, dossier_entier, ecrire_en_entier, ecriture_entiere


def contenu(dossier: Path) -> dict[str, bytes]:
    return {chemin.name: chemin.read_bytes() for chemin in dossier.iterdir()}


def sans_liens(*_noms: object, **_options: object) -> None:
    """Fail as a FAT medium does."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def ecrire_a_moitie(chemin: Path) -> None:
    with ecriture_entiere(chemin) as fichier:
        fichier.write(b"la moitie")
        raise ArithmeticError


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    ecrire_en_entier(tmp_path / "a", b"avant")
    ecrire_en_entier(tmp_path / "a", b"apres")
    assert contenu(tmp_path) == {"a": b"apres"}


def test_an_error_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"avant")
    with pytest.raises(ArithmeticError):
        ecrire_a_moitie(tmp_path / "a")
    assert contenu(tmp_path) == {"a": b"avant"}


def test_nothing_has_the_name_before_the_end(tmp_path: Path) -> None:
    with ecriture_entiere(tmp_path / "a") as fichier:
        fichier.write(b"octets")
        assert not (tmp_path / "a").exists()
    assert contenu(tmp_path) == {"a": b"octets"}


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_it_has_the_permissions_asked_and_never_more(tmp_path: Path, mode: int) -> None:
    with ecriture_entiere(tmp_path / "a", mode=mode) as fichier:
        assert stat.S_IMODE(os.fstat(fichier.fileno()).st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


@pytest.mark.parametrize("liens", [True, False])
def test_a_name_that_is_taken_may_be_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, liens: bool) -> None:
    if not liens:
        monkeypatch.setattr(os, "link", sans_liens)
    ecrire_en_entier(tmp_path / "a", b"avant", remplacer=False)
    with pytest.raises(FileExistsError):
        ecrire_en_entier(tmp_path / "a", b"apres", remplacer=False)
    (tmp_path / "lien").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(FileExistsError):
        ecrire_en_entier(tmp_path / "lien", b"apres", remplacer=False)
    assert sorted(chemin.name for chemin in tmp_path.iterdir()) == ["a", "lien"]
    assert (tmp_path / "a").read_bytes() == b"avant"


# A hostile medium (issue 14, line 1)


@pytest.fixture
def ailleurs(tmp_path: Path) -> Path:
    """A folder that must not be touched, with a file that stands for the store's database."""
    dossier = tmp_path / "store"
    dossier.mkdir()
    (dossier / "cyclades.db").write_bytes(b"la base")
    return dossier


@pytest.fixture
def support(tmp_path: Path) -> Path:
    dossier = tmp_path / "support"
    dossier.mkdir()
    return dossier


def occuper(chemin: Path, nature: str, ailleurs: Path) -> None:
    """Put something hostile in a place."""
    if nature == "lien":
        chemin.symlink_to(ailleurs / "cyclades.db")
    elif nature == "lien rompu":
        chemin.symlink_to(ailleurs / "nouveau")
    elif nature == "lien dur":
        chemin.hardlink_to(ailleurs / "cyclades.db")
    elif nature == "tube":
        os.mkfifo(chemin)
    elif nature == "prise":
        with socket.socket(socket.AF_UNIX) as prise:
            prise.bind(str(chemin))
    elif nature == "périphérique":
        os.mknod(chemin, stat.S_IFCHR | 0o600, os.makedev(1, 5))


NATURES = ("lien", "lien rompu", "lien dur", "tube", "prise", "périphérique")


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("remplacer", [True, False])
def test_what_has_the_name_is_replaced_or_refused_and_never_written(
    support: Path, ailleurs: Path, nature: str, *, remplacer: bool
) -> None:
    if nature == "périphérique" and os.geteuid() != 0:
        pytest.skip("only root makes devices")
    occuper(support / "a", nature, ailleurs)
    if remplacer:
        ecrire_en_entier(support / "a", b"octets")
        assert contenu(support) == {"a": b"octets"}
        assert not (support / "a").is_symlink()
    else:
        with pytest.raises(FileExistsError):
            ecrire_en_entier(support / "a", b"octets", remplacer=False)
    assert contenu(ailleurs) == {"cyclades.db": b"la base"}


@pytest.mark.parametrize("nature", NATURES)
def test_a_temporary_name_that_is_guessed_is_refused(
    support: Path, ailleurs: Path, monkeypatch: pytest.MonkeyPatch, nature: str
) -> None:
    if nature == "périphérique" and os.geteuid() != 0:
        pytest.skip("only root makes devices")
    monkeypatch.setattr(secrets, "token_hex", lambda _octets: "deviné")
    occuper(support / f"{PREFIXE_PROVISOIRE}deviné", nature, ailleurs)
    with pytest.raises(FileExistsError):
        ecrire_en_entier(support / "a", b"octets")
    assert not (support / "a").exists()
    assert contenu(ailleurs) == {"cyclades.db": b"la base"}


def test_no_two_temporary_names_are_alike(support: Path) -> None:
    noms = set()
    for _ in range(20):
        with ecriture_entiere(support / "a") as fichier:
            noms.add(Path(fichier.name).name)
    assert len(noms) == 20
    assert {len(nom) - len(PREFIXE_PROVISOIRE) for nom in noms} == {32}


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path, ailleurs: Path) -> None:
    (tmp_path / "cle").symlink_to(ailleurs)
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        ecrire_en_entier(tmp_path / "cle" / "a", b"octets")
    assert contenu(ailleurs) == {"cyclades.db": b"la base"}


def ecrire_et_echanger(support: Path, parti: Path, par: str, ailleurs: Path) -> None:
    with ecriture_entiere(support / "a") as fichier:
        fichier.write(b"octets")
        support.rename(parti)
        if par == "lien":
            support.symlink_to(ailleurs)
        elif par == "dossier":
            support.mkdir()


@pytest.mark.parametrize("par", ["lien", "dossier", "rien"])
def test_a_medium_exchanged_while_it_is_written_is_told(
    tmp_path: Path, support: Path, ailleurs: Path, par: str
) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ESTALE)):
        ecrire_et_echanger(support, tmp_path / "parti", par, ailleurs)
    assert contenu(tmp_path / "parti") == {}
    assert contenu(ailleurs) == {"cyclades.db": b"la base"}


def test_a_medium_that_keeps_other_bytes_is_told(support: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = os.fsync

    def fsync(fd: int) -> None:
        vrai(fd)
        if stat.S_ISREG(os.fstat(fd).st_mode):
            os.pwrite(fd, b"X", 0)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match=os.strerror(errno.ESTALE)):
        ecrire_en_entier(support / "a", b"octets")
    assert contenu(support) == {}


def test_another_s_file_that_takes_the_name_meanwhile_stays(support: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai: Callable[..., None] = os.replace

    def doubler(*noms: str, **dossiers: int) -> None:
        vrai(*noms, **dossiers)
        (support / "autre").write_bytes(b"d'un autre")
        vrai(support / "autre", support / "a")

    monkeypatch.setattr(os, "replace", doubler)
    with pytest.raises(OSError, match=os.strerror(errno.ESTALE)):
        ecrire_en_entier(support / "a", b"octets")
    assert contenu(support) == {"a": b"d'un autre"}


@pytest.mark.parametrize("remplacer", [True, False])
def test_a_medium_without_modes_or_links_is_written(
    support: Path, monkeypatch: pytest.MonkeyPatch, *, remplacer: bool
) -> None:
    def refuser(*_noms: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuser)
    monkeypatch.setattr(os, "fchmod", refuser)
    ecrire_en_entier(support / "a", b"octets", remplacer=remplacer)
    with dossier_entier(support / "d") as dossier:
        ecrire_en_entier(dossier / "b", b"dedans")
    assert (support / "a").read_bytes() == b"octets"
    assert contenu(support / "d") == {"b": b"dedans"}


@pytest.mark.parametrize("numero", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_refuses_leaves_nothing(support: Path, monkeypatch: pytest.MonkeyPatch, numero: int) -> None:
    def refuser(_fd: int) -> None:
        raise OSError(numero, os.strerror(numero))

    monkeypatch.setattr(os, "fsync", refuser)
    with pytest.raises(OSError, match=os.strerror(numero)):
        ecrire_en_entier(support / "a", b"octets")
    with pytest.raises(OSError, match=os.strerror(numero)), dossier_entier(support / "d"):
        pass
    assert contenu(support) == {}


# What killed runs leave


def mourir_en_ecrivant(support: Path, dossier: bool) -> None:
    """Runs in a child process, killed in the middle."""
    if dossier:
        with dossier_entier(support / "d") as provisoire:
            (provisoire / "a").write_bytes(b"la moitie")
            os._exit(9)
    with ecriture_entiere(support / "a") as fichier:
        fichier.write(b"la moitie")
        fichier.flush()
        os._exit(9)


@pytest.mark.parametrize("dossier", [True, False])
def test_the_half_copy_of_a_killed_run_is_swept_by_the_next_writing(support: Path, *, dossier: bool) -> None:
    enfant = processus().Process(target=mourir_en_ecrivant, args=(support, dossier))
    enfant.start()
    enfant.join()
    assert enfant.exitcode == 9
    (reste,) = support.iterdir()
    assert reste.name.startswith(PREFIXE_PROVISOIRE)
    ecrire_en_entier(support / "b", b"octets")
    assert contenu(support) == {"b": b"octets"}


def test_the_sweep_spares_what_is_being_written_and_what_is_a_person_s(support: Path, ailleurs: Path) -> None:
    siens = {f"{PREFIXE_PROVISOIRE}brouillon", ".provisoire-00.pdf", f"x{PREFIXE_PROVISOIRE}{'0' * 32}"}
    for nom in siens:
        (support / nom).write_bytes(b"d'une personne")
    (support / f"{PREFIXE_PROVISOIRE}{'a' * 32}").symlink_to(ailleurs)
    os.mkfifo(support / f"{PREFIXE_PROVISOIRE}{'b' * 32}")
    (support / f"{PREFIXE_PROVISOIRE}{'c' * 16}").write_bytes(b"d'une ancienne version")
    with ecriture_entiere(support / "a") as fichier, dossier_entier(support / "d") as dossier:
        fichier.write(b"octets")
        ecrire_en_entier(support / "b", b"autres")
        assert Path(fichier.name).exists()
        assert dossier.exists()
    assert {chemin.name for chemin in support.iterdir()} == siens | {
        "a",
        "b",
        "d",
        f"{PREFIXE_PROVISOIRE}{'a' * 32}",
        f"{PREFIXE_PROVISOIRE}{'b' * 32}",
    }
    assert contenu(ailleurs) == {"cyclades.db": b"la base"}


def test_a_folder_takes_its_name_at_the_end_and_never_another_s(support: Path) -> None:
    with dossier_entier(support / "d") as dossier:
        assert not (support / "d").exists()
        assert stat.S_IMODE(dossier.stat().st_mode) == 0o700
    (support / "d" / "a").write_bytes(b"octets")
    with pytest.raises(OSError, match=os.strerror(errno.ENOTEMPTY)), dossier_entier(support / "d"):
        pass
    (support / "lien").symlink_to(support / "d")
    with pytest.raises(OSError, match=os.strerror(errno.ENOTDIR)), dossier_entier(support / "lien"):
        pass
    assert {chemin.name for chemin in support.iterdir()} == {"d", "lien"}
    assert contenu(support / "d") == {"a": b"octets"}

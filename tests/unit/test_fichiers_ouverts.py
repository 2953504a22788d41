"""The copies that other programs show: private to their user, deleted even after their process was killed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cyclades_tui.domaine import disque
from cyclades_tui.fichiers import ouverts


def test_a_killed_process_s_copies_are_erased_and_a_living_one_s_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    mien = ouverts.dossier()
    assert stat.S_IMODE(mien.stat().st_mode) == 0o700
    fini = subprocess.Popen([sys.executable, "-c", ""])
    fini.wait()
    vivant, mort, autre = (mien.with_name(nom) for nom in (str(os.getppid()), str(fini.pid), "autre"))
    for dossier in (vivant, mort, autre):
        dossier.mkdir()
    for dossier in (mien, vivant, mort, autre):
        (dossier / "piece-1.pdf").write_bytes(b"%PDF")
    ouverts.balayer()
    assert list(mien.parent.iterdir()) == [vivant]


@pytest.mark.parametrize(
    ("session", "memoire"), [("à nous", "oui"), ("absente", "oui"), ("d'un autre", "oui"), ("absente", "non")]
)
def test_copies_lie_in_memory_wherever_there_is_some_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session: str, memoire: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    monkeypatch.setattr(ouverts, "_MEMOIRE", tmp_path / "shm")
    if session != "absente":
        (tmp_path / "session").mkdir()
    if session == "d'un autre":
        if os.geteuid() != 0:
            pytest.skip("only root gives a folder away")
        os.chown(tmp_path / "session", 65534, 65534)
    if memoire == "oui":
        (tmp_path / "shm").mkdir()
    lieu = ouverts.dossier()
    attendu = "session" if session == "à nous" else "shm" if memoire == "oui" else "etat"
    assert lieu.relative_to(tmp_path).parts[0] == attendu
    for partie in lieu.parents[: len(lieu.relative_to(tmp_path).parts) - 2]:
        assert stat.S_IMODE(partie.stat().st_mode) & 0o022 == 0
    ouverts.balayer()
    assert not lieu.exists()


@pytest.mark.parametrize("piege", ["lien", "ouvert à tous", "fichier"])
def test_a_folder_that_somebody_prepared_in_the_memory_of_all_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piege: str
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    monkeypatch.setattr(ouverts, "_MEMOIRE", tmp_path / "shm")
    (tmp_path / "shm").mkdir()
    ouverts.dossier()
    (sien,) = (tmp_path / "shm").iterdir()
    ouverts.balayer()
    (sien / "ouverts").rmdir()
    if piege == "ouvert à tous":
        sien.chmod(0o777)
    else:
        sien.rmdir()
        sien.symlink_to(tmp_path) if piege == "lien" else sien.write_text("")
    assert ouverts.dossier().is_relative_to(tmp_path / "etat")


def test_what_leaves_the_disk_is_written_over_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fichier, autre = tmp_path / "a", tmp_path / "b"
    fichier.write_bytes(b"LAMY" * 1000)
    vus: list[bytes] = []
    vrai = os.unlink

    def unlink(nom: str, *, dir_fd: int | None = None) -> None:
        vus.append(fichier.read_bytes() if fichier.exists() else b"")
        vrai(nom, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", unlink)
    disque.effacer(fichier)
    monkeypatch.undo()
    assert vus == [bytes(4000)]
    assert not fichier.exists()
    autre.write_bytes(b"LAMY")
    fichier.hardlink_to(autre)
    (tmp_path / "c").symlink_to(autre)
    for nom in ("a", "c", "absent"):
        disque.effacer(tmp_path / nom)
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["b"]
    assert autre.read_bytes() == b"LAMY"


def test_another_process_that_got_the_number_of_a_dead_one_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    reste = ouverts.dossier().with_name(str(os.getppid()))
    reste.mkdir()
    (reste / "piece-1.pdf").write_bytes(b"%PDF")
    os.utime(reste, (1_000_000_000, 1_000_000_000))
    ouverts.balayer_les_morts()
    assert not reste.exists()
    ouverts.balayer()

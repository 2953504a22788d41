"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from cyclades_tui.domaine.disque import ecrire_en_entier, ecriture_entiere


def contenu(dossier: Path) -> dict[str, bytes]:
    return {chemin.name: chemin.read_bytes() for chemin in dossier.iterdir()}


def sans_liens(_self: Path, _cible: Path) -> None:
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
        monkeypatch.setattr(Path, "hardlink_to", sans_liens)
    ecrire_en_entier(tmp_path / "a", b"avant", remplacer=False)
    with pytest.raises(FileExistsError):
        ecrire_en_entier(tmp_path / "a", b"apres", remplacer=False)
    (tmp_path / "lien").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(FileExistsError):
        ecrire_en_entier(tmp_path / "lien", b"apres", remplacer=False)
    assert sorted(chemin.name for chemin in tmp_path.iterdir()) == ["a", "lien"]
    assert (tmp_path / "a").read_bytes() == b"avant"

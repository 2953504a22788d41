"""A regular file is read whole up to a limit; whatever else lies there neither blocks nor fills the memory."""

from __future__ import annotations

import errno
import os
import socket
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from cyclades_tui.domaine.erreurs import FichierRefuse, raison
from cyclades_tui.domaine.lecture_de_fichiers import lire_en_entier, lire_l_entree, lire_le_debut

LIMITE = 1000
TROP = 3_000_000_000


def poser(chemin: Path, nature: str) -> None:
    """Put something in the place of a file."""
    ailleurs = chemin.with_name("ailleurs")
    if nature == "dossier":
        chemin.mkdir()
    elif nature == "tube":
        os.mkfifo(chemin)
    elif nature == "lien vers un tube":
        os.mkfifo(ailleurs)
        chemin.symlink_to(ailleurs)
    elif nature == "prise":
        with socket.socket(socket.AF_UNIX) as prise:
            prise.bind(str(chemin))
    elif nature == "troué":
        chemin.touch()
        os.truncate(chemin, TROP)
    elif nature == "lien vers un troué":
        ailleurs.touch()
        os.truncate(ailleurs, TROP)
        chemin.symlink_to(ailleurs)
    elif nature.startswith("/"):
        chemin.symlink_to(nature)
    elif nature == "lien en rond":
        chemin.symlink_to(chemin)


# What lies there -> the reason in French, and as far as it is ours its key.
HOSTILES = {
    "dossier": "nature",
    "tube": "nature",
    "lien vers un tube": "nature",
    "prise": "nature",
    "/dev/zero": "nature",
    "/dev/null": "nature",
    "/": "nature",
    "troué": "taille",
    "lien vers un troué": "taille",
    "lien en rond": "",
    "absent": "",
}


@pytest.mark.parametrize("nature", HOSTILES)
def test_what_is_no_file_of_its_size_is_refused_at_once(tmp_path: Path, nature: str) -> None:
    poser(tmp_path / "a", nature)
    tracemalloc.start()
    try:
        with pytest.raises(OSError, match=r"\w") as refus:
            lire_en_entier(tmp_path / "a", LIMITE)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
    assert getattr(refus.value, "motif", "") == HOSTILES[nature]
    assert "erreur système" not in raison(refus.value)
    if HOSTILES[nature] == "taille":
        assert "3000 Mo pour 1 ko au plus" in raison(refus.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"octets")
    (tmp_path / "a").chmod(0)
    with pytest.raises(PermissionError):
        lire_en_entier(tmp_path / "a", LIMITE)


def test_a_link_is_followed_only_where_it_may_be(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"octets")
    (tmp_path / "a").symlink_to("b")
    assert lire_en_entier(tmp_path / "a", LIMITE) == b"octets"
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        lire_en_entier(tmp_path / "a", LIMITE, suivre=False)


@pytest.mark.parametrize("taille", [0, 1, LIMITE])
def test_a_file_up_to_the_limit_is_read(tmp_path: Path, taille: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * taille)
    assert len(lire_en_entier(tmp_path / "a", LIMITE)) == taille
    assert lire_le_debut(tmp_path / "a", 10) == b"x" * min(taille, 10)


CHANGEMENTS: dict[str, Callable[[Path], object]] = {
    "it grows": lambda chemin: os.truncate(chemin, LIMITE),
    "it shrinks": lambda chemin: os.truncate(chemin, 1),
    "it is written again, as long as it was": lambda chemin: os.utime(chemin, (1, 1)),
}


@pytest.mark.parametrize("changement", CHANGEMENTS)
def test_a_file_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changement: str
) -> None:
    (tmp_path / "a").write_bytes(b"octets")
    vrai, vus = os.fstat, []

    def fstat(fd: int) -> os.stat_result:
        vus.append(vrai(fd))
        if len(vus) == 2:  # it was looked at, and is about to be read
            CHANGEMENTS[changement](tmp_path / "a")
        return vus[-1]

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(FichierRefuse) as refus:
        lire_en_entier(tmp_path / "a", LIMITE)
    assert refus.value.motif == "change"


def test_another_file_that_takes_the_name_meanwhile_is_not_mixed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"octets")
    (tmp_path / "b").symlink_to("/dev/zero")
    vrai, vus = os.fstat, []

    def fstat(fd: int) -> os.stat_result:
        vus.append(vrai(fd))
        if len(vus) == 1:
            (tmp_path / "b").replace(tmp_path / "a")
        return vus[-1]

    monkeypatch.setattr(os, "fstat", fstat)
    assert lire_en_entier(tmp_path / "a", LIMITE) == b"octets"
    monkeypatch.undo()
    with pytest.raises(FichierRefuse):
        lire_en_entier(tmp_path / "a", LIMITE)


def test_what_another_program_sends_is_bounded_too() -> None:
    assert lire_l_entree(BytesIO(b"octets"), 6) == b"octets"
    with pytest.raises(FichierRefuse) as refus:
        lire_l_entree(BytesIO(b"octets"), 5)
    assert (refus.value.motif, refus.value.dit) == ("taille", "plus de 1 ko")

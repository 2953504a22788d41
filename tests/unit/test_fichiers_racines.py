"""The files listed from a medium: those that may be taken, those greyed, and their names."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cyclades_tui.fichiers import racines
from cyclades_tui.fichiers.examen import Exigences
from cyclades_tui.fichiers.ouverture import NOM_MAX, nom_sur
from cyclades_tui.fichiers.racines import FichierPropose, proposer

EXIGENCES = Exigences(("PDF", "JPEG"), 1_000)


def pose(chemin: Path, instant: float = 0, taille: int = 9) -> Path:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(bytes(taille))
    os.utime(chemin, (instant, instant))
    return chemin


def noms(*dossiers: Path) -> dict[str, str]:
    return {proposition.nom: proposition.refus for proposition in proposer(dossiers, EXIGENCES)}


def test_files_of_all_roots_come_newest_first(tmp_path: Path) -> None:
    cle, scanner = tmp_path / "cle", tmp_path / "scanner"
    vieux = pose(cle / "vieux.pdf", 1_000)
    pose(scanner / "neuf.JPG", 3_000)
    pose(cle / "photos" / "moyen.jpeg", 2_000)
    trouves = proposer((cle, scanner), EXIGENCES)
    assert [proposition.nom for proposition in trouves] == ["neuf.JPG", "moyen.jpeg", "vieux.pdf"]
    assert trouves[-1] == FichierPropose(vieux, "vieux.pdf", 9, datetime(1970, 1, 1, 0, 16, 40, tzinfo=UTC), "")


def test_what_may_not_be_taken_is_greyed_with_its_reason(tmp_path: Path) -> None:
    pose(tmp_path / "a.pdf")
    pose(tmp_path / "a.docx")
    pose(tmp_path / "lourd.pdf", taille=1_001)
    pose(tmp_path / "vide.pdf", taille=0)
    (tmp_path / "lien.pdf").symlink_to(tmp_path / "a.pdf")
    (tmp_path / "dehors.pdf").symlink_to("/etc")
    os.mkfifo(tmp_path / "tube.pdf")
    with socket.socket(socket.AF_UNIX) as prise:
        prise.bind(str(tmp_path / "prise.pdf"))
    assert noms(tmp_path) == {
        "a.pdf": "",
        "a.docx": "format autre que PDF ou JPEG",
        "lourd.pdf": "plus de 1 ko",
        "vide.pdf": "fichier vide",
        "lien.pdf": "lien vers un autre fichier",
        "dehors.pdf": "lien vers un autre fichier",
        "tube.pdf": "ce n'est pas un fichier ordinaire",
        "prise.pdf": "ce n'est pas un fichier ordinaire",
    }


def test_a_picture_that_can_be_made_lighter_or_a_jpeg_is_offered(tmp_path: Path) -> None:
    pose(tmp_path / "IMG_1.HEIC", taille=900)
    pose(tmp_path / "lourde.jpg", taille=2_000)
    assert noms(tmp_path) == {"IMG_1.HEIC": "", "lourde.jpg": ""}
    sans_jpeg = proposer((tmp_path,), Exigences(("PDF",), 1_000))
    assert {proposition.refus for proposition in sans_jpeg} == {"format autre que PDF"}


def test_no_link_is_followed_and_hidden_names_are_left_out(tmp_path: Path) -> None:
    cle = tmp_path / "cle"
    pose(tmp_path / "dehors" / "secret.pdf")
    pose(cle / "._a.pdf")
    pose(cle / ".Trashes" / "b.pdf")
    (cle / "dossier").symlink_to(tmp_path / "dehors")
    assert noms(cle) == {"dossier": "lien vers un autre fichier"}


def test_folders_are_entered_three_deep(tmp_path: Path) -> None:
    pose(tmp_path / "1" / "2" / "3" / "a.pdf")
    pose(tmp_path / "1" / "2" / "3" / "4" / "b.pdf")
    assert noms(tmp_path) == {"a.pdf": ""}


def test_a_root_that_is_gone_or_no_folder_is_empty_beside_the_others(tmp_path: Path) -> None:
    pose(tmp_path / "cle" / "a.pdf")
    assert noms(tmp_path / "absente", pose(tmp_path / "fichier"), tmp_path / "cle") == {"a.pdf": ""}
    assert proposer((), EXIGENCES) == ()


def test_the_files_that_may_be_taken_come_before_the_rest_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(racines, "PROPOSITIONS_MAX", 3)
    pose(tmp_path / "a.pdf", 1)
    pose(tmp_path / "b.pdf", 2)
    for rang in range(5):
        pose(tmp_path / f"{rang}.mp3", 10 + rang)
    assert list(noms(tmp_path)) == ["4.mp3", "b.pdf", "a.pdf"]


def test_a_medium_with_too_many_names_is_not_walked_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(racines, "ENTREES_MAX", 4)
    for rang in range(6):
        pose(tmp_path / f"{rang}.pdf")
    assert len(proposer((tmp_path,), EXIGENCES)) == 4


@pytest.mark.parametrize("instant", [-1_000_000, 2**40])
def test_an_instant_that_no_calendar_has_is_brought_to_the_nearest(tmp_path: Path, instant: int) -> None:
    pose(tmp_path / "a.pdf", instant)
    (proposition,) = proposer((tmp_path,), EXIGENCES)
    assert proposition.modifie_le.year in (1970, 2446, 9999)  # some file systems change it to a nearer date


@pytest.mark.parametrize(
    ("nom", "sur"),
    [
        ("Pièce d'identité – recto.pdf", "Pièce d'identité – recto.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("..\\..\\windows\\a.pdf", ".._.._windows_a.pdf"),
        ("a\n\x1b[31mb\x00.pdf", "a__[31mb_.pdf"),
        ("a\u202efdp.exe", "a_fdp.exe"),
        ("a\u2066\u200b\ufeff\u2028b.pdf", "a____b.pdf"),
        (b"caf\xe9.pdf".decode("utf-8", "surrogateescape"), "caf_.pdf"),
        ("   ", "_"),
        ("身份证 📄.pdf", "身份证 📄.pdf"),
    ],
)
def test_a_name_is_shown_and_kept_without_what_hides_or_turns_it(nom: str, sur: str) -> None:
    assert nom_sur(Path("dossier") / nom) == sur


def test_a_long_name_is_cut_before_its_suffix() -> None:
    nom = nom_sur(Path("é" * 500 + ".jpeg"))
    assert len(nom) == NOM_MAX
    assert nom.endswith("éé.jpeg")
    assert len(nom_sur(Path("a." + "b" * 500))) == NOM_MAX


def test_a_name_that_is_not_utf_8_is_offered(tmp_path: Path) -> None:
    pose(tmp_path / b"caf\xe9.pdf".decode("utf-8", "surrogateescape"))
    assert noms(tmp_path) == {"caf_.pdf": ""}

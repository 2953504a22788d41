"""`demo`: a store made anew each time, and no folder but its own ever emptied."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_outils import CANDIDATURES, Commande

from cyclades_tui.cli.demo import MARQUE


def test_the_demo_registers_everything_twice_in_a_row(
    cyclades: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dossier = Path("build/demo")
    for _ in range(2):
        faite = cyclades("demo")
        assert faite.code == 0
        documents = sorted((dossier / "recapitulatifs").iterdir())
        assert len(documents) == len(CANDIDATURES)
        assert all(f"{document.name[:11]} FORMATION" in faite.sortie for document in documents)
        assert all(str(document) in faite.sortie for document in documents)
        assert "elle se conservait 5 ans" in faite.erreurs
        (dossier / "mes-notes.txt").touch()
    assert cyclades("--store", dossier / "store", "verifier").code == 0
    assert (dossier / "mes-notes.txt").exists()


def test_the_demo_says_next_what_can_be_run(cyclades: Commande, tmp_path: Path) -> None:
    suite = cyclades("demo", tmp_path / "ici").sortie.partition("À essayer maintenant")[2]
    assert f"--store {tmp_path / 'ici' / 'store'} inscrire {CANDIDATURES[0]}" in suite
    refusee = cyclades("--store", tmp_path / "ici" / "store", "inscrire", CANDIDATURES[0])
    assert refusee.code == 2
    assert "est déjà inscrit à cette spécialité" in refusee.erreurs


def plein(dossier: Path) -> Path:
    (dossier / "store").mkdir()
    (dossier / "store" / "these.odt").touch()
    return dossier


def un_fichier(dossier: Path) -> Path:
    (dossier / "fichier").touch()
    return dossier / "fichier"


def sous_un_fichier(dossier: Path) -> Path:
    return un_fichier(dossier) / "dessous"


def un_store_ailleurs(dossier: Path) -> Path:
    """A former demo whose store somebody replaced by a link to a folder of theirs."""
    (dossier / "demo").mkdir()
    (dossier / "demo" / MARQUE).touch()
    (dossier / "precieux").mkdir()
    (dossier / "precieux" / "these.odt").touch()
    (dossier / "demo" / "store").symlink_to(dossier / "precieux")
    return dossier / "demo"


@pytest.mark.parametrize(
    ("fabriquer", "code"), [(plein, 2), (un_fichier, 2), (sous_un_fichier, 1), (un_store_ailleurs, 1)]
)
def test_a_folder_that_no_demo_made_is_left_as_it_is(
    cyclades: Commande, tmp_path: Path, fabriquer: object, code: int
) -> None:
    assert callable(fabriquer)
    dossier = fabriquer(tmp_path)
    avant = sorted(tmp_path.rglob("*"))
    refusee = cyclades("demo", dossier)
    assert refusee.code == code
    assert "Donnez un" in refusee.erreurs
    assert sorted(tmp_path.rglob("*")) == avant


def test_a_demo_that_was_interrupted_is_made_again(cyclades: Commande, tmp_path: Path) -> None:
    (tmp_path / "demo" / "store").mkdir(parents=True)
    (tmp_path / "demo" / "store" / "cyclades.db").write_bytes(b"moitie")
    (tmp_path / "demo" / MARQUE).touch()
    assert cyclades("demo", tmp_path / "demo").code == 0

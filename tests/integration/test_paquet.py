"""The wheel: it contains all that a desk needs, and its demo runs in an empty folder without network."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils.cli import CANDIDATURES, FIXTURES, environnement

from cyclades_tui.referentiel.ressources import dossier

_RACINE = Path(__file__).resolve().parents[2]
_DEUX_MINUTES = 120
# Refuse all sockets but those of files, in the new environment's interpreter only.
_SANS_RESEAU = """
import socket
class SansReseau(socket.socket):
    def __init__(self, family=-1, *a, **k):
        if family != getattr(socket, "AF_UNIX", None):
            raise OSError("no network in this test")
        super().__init__(family, *a, **k)
socket.socket = SansReseau
"""


@pytest.fixture(scope="module")
def paquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    sortie = tmp_path_factory.mktemp("paquet")
    executer(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", sortie, dans=_RACINE, maison=sortie)
    (fichier,) = sortie.glob("*.whl")
    return fichier


@pytest.fixture(scope="module")
def installe(paquet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a new environment: the wheel and this environment's libraries, without the checkout."""
    venv = tmp_path_factory.mktemp("venv")
    executer(sys.executable, "-m", "venv", "--without-pip", venv, dans=venv)
    python = venv / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    executer(*pip, "install", "--no-index", "--no-deps", "--quiet", paquet, dans=venv)
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "bibliotheques.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    (site / "sitecustomize.py").write_text(_SANS_RESEAU)
    return python.parent


def executer(*commande: object, dans: Path, maison: Path | None = None) -> str:
    fini = subprocess.run(
        [str(partie) for partie in commande],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=dans,
        env=environnement(maison or dans),
        stdin=subprocess.DEVNULL,
        timeout=_DEUX_MINUTES,
    )
    assert fini.returncode == 0, fini.stdout + fini.stderr
    return fini.stdout


def fichiers_de(racine: Path, sous: str) -> Iterator[str]:
    for chemin in racine.rglob("*"):
        if chemin.is_file():
            yield f"{sous}/{chemin.relative_to(racine).as_posix()}"


def test_the_wheel_carries_the_data_the_fixtures_and_the_fonts(paquet: Path) -> None:
    noms = set(zipfile.ZipFile(paquet).namelist())
    assert noms.issuperset(fichiers_de(dossier("data"), "cyclades_tui/_data"))
    assert noms.issuperset(fichiers_de(FIXTURES, "cyclades_tui/_fixtures"))
    assert any(nom.endswith(".ttf") for nom in noms)
    assert any(nom.startswith("cyclades_tui/store/sqlite/migrations/versions/0001") for nom in noms)


def test_the_wheel_carries_nothing_else(paquet: Path) -> None:
    noms = zipfile.ZipFile(paquet).namelist()
    assert {nom.split("/")[0] for nom in noms if ".dist-info/" not in nom} == {"cyclades_tui"}
    assert not [nom for nom in noms if "__pycache__" in nom or nom.endswith((".pyc", ".tmp"))]


def test_the_code_that_runs_is_the_wheel_s(installe: Path) -> None:
    ou = executer(installe / "python", "-c", "import cyclades_tui; print(cyclades_tui.__file__)", dans=installe)
    assert Path(ou.strip()).is_relative_to(installe.parent)
    livre = (
        "from cyclades_tui.referentiel.ressources import dossier; print(dossier('data')); print(dossier('fixtures'))"
    )
    dossiers = executer(installe / "python", "-c", livre, dans=installe).split()
    assert all(Path(chemin).is_relative_to(installe.parent) for chemin in dossiers)


def test_the_demo_runs_from_the_wheel_in_an_empty_folder_without_network(installe: Path, tmp_path: Path) -> None:
    coupe = "import socket\ntry: socket.create_connection(('192.0.2.1', 9))\nexcept OSError as e: print(e)"
    assert "no network in this test" in executer(installe / "python", "-c", coupe, dans=tmp_path)
    dit = executer(installe / "cyclades", "demo", "--dossiers", "1", dans=tmp_path)
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["build"]
    documents = sorted((tmp_path / "build" / "demo" / "recapitulatifs").glob("*.pdf"))
    assert len(documents) == len(CANDIDATURES)
    assert f"√ {len(CANDIDATURES)} candidatures sur {len(CANDIDATURES)}" in dit

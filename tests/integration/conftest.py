"""What the command line's tests and the actes' stand on: `cyclades` runs it in this process, `poste` a new store."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from actes_outils import PENDANT, HorlogeReglable, nouveau_poste
from cli_outils import Commande, Execution, ouvrir_les_fenetres

from cyclades_tui.__main__ import main
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.poste import Poste, ReglagesDuPoste, lire_reglages


@pytest.fixture
def cyclades(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commande:
    """`cyclades(*arguments)` as a person runs it, with no settings but those given."""
    monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", tmp_path / "aucun.toml")
    for nom in ("STORE", "PARAMETRAGE", "CLE", "GROUPE", "POSTE", "RACINES", "IMPRESSION", "AGENT", "MOT_DE_PASSE"):
        monkeypatch.delenv(f"CYCLADES_{nom}", raising=False)

    def lancer(*arguments: object) -> Execution:
        monkeypatch.setattr(sys, "argv", ["cyclades", *(str(a) for a in arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as fin:
            main()
        lu = capsys.readouterr()
        return Execution(fin.value.code if isinstance(fin.value.code, int) else 0, lu.out, lu.err)

    return lancer


@pytest.fixture(scope="session")
def modele_de_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a training store and its local settings, made once and only ever copied."""
    dossier = tmp_path_factory.mktemp("modele")
    initialiser(lire_reglages(dossier / "store"), None)
    ouvrir_les_fenetres(dossier / "store")
    return dossier


@pytest.fixture
def store_pret(modele_de_store: Path, tmp_path: Path) -> Path:
    """A store of this test's own, its windows open."""
    shutil.copytree(modele_de_store, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


@pytest.fixture
def horloge() -> HorlogeReglable:
    return HorlogeReglable.a(PENDANT)


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeReglable) -> Poste:
    return nouveau_poste(tmp_path, horloge)

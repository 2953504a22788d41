"""The command as a process: environment, settings file, encodings, terminals, unexpected errors."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from outils.cli import FAUTIVES, JEANNE, LAMY, environnement, processus

ESC = "\x1b"
# Without options the borne starts without Typer, with one through it: both must end in the same way.
BORNE = pytest.mark.parametrize("options", [(), ("--store", "ailleurs")], ids=["seule", "avec option"])
_STYLE = re.compile(rf"{ESC}\[[0-9;]*m")


def test_the_store_of_the_environment_goes_before_the_settings_file(store_pret: Path, tmp_path: Path) -> None:
    (tmp_path / "config" / "cyclades").mkdir(parents=True)
    reglages = f"store = '{tmp_path / 'ailleurs'}'\n"
    (tmp_path / "config" / "cyclades" / "cyclades.toml").write_text(reglages, encoding="utf-8-sig")  # as Windows does
    env = environnement(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "config"))
    du_fichier = processus("verifier", env=env)
    assert du_fichier.code == 1
    assert str(tmp_path / "ailleurs") in du_fichier.erreurs
    assert processus("verifier", env={**env, "CYCLADES_STORE": str(store_pret)}).code == 0


@pytest.mark.parametrize(
    ("reglages", "mot"), [("store = ", "cyclades.toml"), ("stor = 'x'", "stor"), ("store = [1]", "store")]
)
def test_a_broken_settings_file_is_told_without_a_traceback(tmp_path: Path, reglages: str, mot: str) -> None:
    (tmp_path / "config" / "cyclades").mkdir(parents=True)
    (tmp_path / "config" / "cyclades" / "cyclades.toml").write_text(reglages)
    refusee = processus("verifier", env=environnement(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "config")))
    assert refusee.code == 2
    assert mot in refusee.erreurs
    assert "Traceback" not in refusee.erreurs


def test_a_surprise_gives_a_reference_and_no_traceback(store_pret: Path, tmp_path: Path) -> None:
    env = environnement(tmp_path, XDG_STATE_HOME=str(tmp_path / "etat"))
    casse = "import sys; sys.modules['fpdf'] = None"
    arretee = processus("--store", store_pret, "inscrire", LAMY, "--pdf", tmp_path / "pdf", env=env, avant=casse)
    assert arretee.code == 70
    assert "02699000000 FORMATION" in arretee.sortie
    assert "Traceback" not in arretee.tout
    reference = arretee.erreurs.partition("référence ")[2][:6]
    (journal,) = tmp_path.rglob("erreurs.log")
    assert f"--- {reference} " in journal.read_text(encoding="utf-8")
    assert "Traceback" in journal.read_text(encoding="utf-8")
    assert processus("--store", store_pret, "verifier", env=env).code == 0


@BORNE
def test_the_borne_without_a_terminal_is_refused(options: tuple[str, ...], tmp_path: Path) -> None:
    refusee = processus(*options, "borne", env=environnement(tmp_path))
    assert refusee.code == 2
    assert refusee.sortie == ""
    assert refusee.erreurs.startswith("La borne s'affiche dans un terminal, et il n'y en a pas ici.")


@BORNE
def test_a_surprise_before_the_borne_gives_a_reference(options: tuple[str, ...], tmp_path: Path) -> None:
    env = environnement(tmp_path, XDG_STATE_HOME=str(tmp_path / "etat"))
    arretee = processus(*options, "borne", env=env, avant="import sys; sys.modules['textual'] = None")
    assert arretee.code == 70
    assert "Traceback" not in arretee.tout
    reference = arretee.erreurs.partition("référence ")[2][:6]
    (journal,) = tmp_path.rglob("erreurs.log")
    assert f"--- {reference} " in journal.read_text(encoding="utf-8")


@BORNE
def test_the_borne_interrupted_while_it_loads_ends_in_silence(options: tuple[str, ...], tmp_path: Path) -> None:
    avant = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
class Interruption:
    def find_spec(self, nom, *_):
        if nom == "textual":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interruption())
"""
    arretee = processus(*options, "borne", env=environnement(tmp_path), avant=avant)
    assert (arretee.code, arretee.tout) == (130, "")


def test_a_pipe_that_cannot_write_every_sign_still_gets_the_rest(store_pret: Path, tmp_path: Path) -> None:
    env = environnement(tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    saine = processus("--store", store_pret, "verifier", env=env, encodage="latin-1")
    assert saine.code == 0
    assert "Tête du journal" in saine.sortie
    assert "? Le store est sain." in saine.sortie


def test_a_file_name_that_is_no_text_is_refused_like_another(store_pret: Path, tmp_path: Path) -> None:
    fichier = os.fsencode(tmp_path) + b"/lat\xe9n.toml"
    Path(os.fsdecode(fichier)).touch()
    refusee = processus("--store", store_pret, "inscrire", os.fsdecode(fichier), env=environnement(tmp_path))
    assert refusee.code == 2
    assert "La table [service] manque." in refusee.erreurs


def test_colours_are_for_terminals_that_want_them(store_pret: Path, tmp_path: Path) -> None:
    env = environnement(tmp_path, TERM="xterm-256color", COLUMNS="80")
    ecran = dans_un_terminal("--store", store_pret, "inscrire", LAMY, FAUTIVES / "texte-hostile.toml", env=env)
    assert ESC in ecran
    sobre = dans_un_terminal("--store", store_pret, "inscrire", JEANNE, env={**env, "NO_COLOR": "1"})
    assert "02699000001" in sobre
    assert f"{ESC}[3" not in sobre
    assert f"{ESC}[9" not in sobre
    tube = processus("--store", store_pret, "inscrire", LAMY, env=env)
    assert ESC not in tube.tout


def test_a_terminal_of_80_columns_shows_the_table_unbroken(store_pret: Path, tmp_path: Path) -> None:
    env = environnement(tmp_path, TERM="xterm-256color", COLUMNS="80", NO_COLOR="1")
    lignes = dans_un_terminal(
        "--store", store_pret, "inscrire", LAMY, "--pdf", "pdf", env=env, cwd=tmp_path
    ).splitlines()
    assert max(len(_STYLE.sub("", ligne)) for ligne in lignes) <= 80
    assert any("02699000000-001-v1.pdf │" in ligne for ligne in lignes)


def dans_un_terminal(*arguments: object, env: dict[str, str], cwd: Path | None = None) -> str:
    """The command's output in a terminal, standard and error together."""
    maitre, esclave = pty.openpty()
    enfant = subprocess.Popen(
        [sys.executable, "-m", "cyclades_tui", *(str(a) for a in arguments)],
        stdin=esclave,
        stdout=esclave,
        stderr=esclave,
        env=env,
        cwd=cwd,
    )
    os.close(esclave)
    recu = b""
    while morceau := lire(maitre):
        recu += morceau
    os.close(maitre)
    enfant.wait()
    return recu.decode("utf-8")


def lire(maitre: int) -> bytes:
    """The next output, empty at the end: on Linux an error, once the child has closed its side."""
    try:
        return os.read(maitre, 65536)
    except OSError:
        return b""

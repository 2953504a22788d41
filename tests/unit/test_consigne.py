"""The log of unexpected errors says where they came from, and nothing about anybody."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel
from sqlalchemy import create_engine, text

from cyclades_tui.apps.consigne import consigner
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee

PERSONNE = "SALINE Chloé, 07/11/2001"
CONSTANTE = "cela ne devait pas arriver"


class Personne(BaseModel):
    naissance: int


def une_requete() -> None:
    moteur = create_engine("sqlite://")
    with moteur.connect() as connexion:
        connexion.execute(text("SELECT :nom FROM absente"), {"nom": PERSONNE})


def une_saisie() -> None:
    Personne.model_validate({"naissance": PERSONNE})


def une_cle() -> None:
    os.environ[PERSONNE]


def une_conversion() -> None:
    int(PERSONNE)


def un_fichier() -> None:
    Path("/absent", PERSONNE).read_bytes()


def un_toml() -> None:
    json.loads(PERSONNE)


def une_faute() -> None:
    raise SaisieRefusee(Faute("essai.code", PERSONNE, PERSONNE, PERSONNE))


def une_cause() -> None:
    try:
        int(PERSONNE)
    except ValueError as erreur:
        message = f"{PERSONNE} n'est pas un nombre"
        raise RuntimeError(message) from erreur


def un_groupe() -> None:
    message = f"de {PERSONNE}"
    raise ExceptionGroup(message, [ValueError(PERSONNE), KeyError(PERSONNE)])


def une_note() -> None:
    erreur = RuntimeError(CONSTANTE)
    erreur.add_note(PERSONNE)
    raise erreur


def attraper(comment: Callable[[], None]) -> Exception:
    try:
        comment()
    except Exception as erreur:
        return erreur
    raise AssertionError


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    return tmp_path / "etat" / "cyclades" / "log" / "erreurs.log"


@pytest.mark.parametrize(
    "comment",
    [
        une_requete,
        une_saisie,
        une_cle,
        une_conversion,
        un_fichier,
        un_toml,
        une_faute,
        une_cause,
        un_groupe,
        une_note,
    ],
)
def test_it_names_the_place_and_nobody(journal: Path, comment: Callable[[], None]) -> None:
    reference, chemin = consigner(attraper(comment))
    assert chemin == journal
    ecrit = journal.read_text(encoding="utf-8")
    assert f"--- {reference} " in ecrit
    assert f"{comment.__name__}: " in ecrit
    assert "SALINE" not in ecrit
    assert "2001" not in ecrit.replace(ecrit.partition("\n")[0], "")


def test_what_the_code_itself_says_stays(journal: Path) -> None:
    consigner(attraper(une_note))
    consigner(attraper(une_faute))
    ecrit = journal.read_text(encoding="utf-8")
    assert f"RuntimeError: {CONSTANTE}" in ecrit
    assert "SaisieRefusee essai.code" in ecrit


def test_only_its_owner_reads_it_and_an_older_one_is_emptied(journal: Path) -> None:
    ancien = os.umask(0)
    try:
        consigner(attraper(une_cle))
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        consigner(attraper(une_cle))
        assert journal.read_text(encoding="utf-8").count("--- ") == 2
        journal.write_text(PERSONNE, encoding="utf-8")
        journal.chmod(0o644)
        consigner(attraper(une_cle))
    finally:
        os.umask(ancien)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert "SALINE" not in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize("nature", ["lien", "lien dur", "tube", "dossier"])
def test_nothing_else_in_its_place_is_written(journal: Path, tmp_path: Path, nature: str) -> None:
    journal.parent.mkdir(parents=True)
    autre = tmp_path / "base.db"
    autre.write_bytes(b"le store")
    autre.chmod(0o600)
    if nature == "lien":
        journal.symlink_to(autre)
    elif nature == "lien dur":
        journal.hardlink_to(autre)
    elif nature == "tube":
        os.mkfifo(journal)
    else:
        journal.mkdir()
    reference, _ = consigner(attraper(une_cle))
    assert len(reference) == 6
    assert autre.read_bytes() == b"le store"

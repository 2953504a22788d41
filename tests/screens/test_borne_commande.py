"""`cyclades borne` as a command: no terminal, a surprise, what is loaded before the first paint."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.cli.borne import tenir
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.poste import Poste, lire_reglages

LOURDS = ("sqlmodel", "sqlalchemy", "pydantic_settings", "argon2", "fpdf", "alembic", "cyclades_tui.poste")


def test_without_a_terminal_a_sentence_says_so() -> None:
    with pytest.raises(SaisieRefusee) as refus:
        tenir(lire_reglages)
    assert "il n'y en a pas ici" in str(refus.value)


def test_a_surprise_leaves_no_traceback_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    """The command raises it again, so that it goes to the log with a reference."""

    def ouvrir() -> Poste:
        raise RuntimeError("secret")

    app = BorneApp(ouvrir)
    app.run(headless=True)
    assert isinstance(app.probleme, RuntimeError)
    lu = capfd.readouterr()
    assert "Traceback" not in lu.out + lu.err
    assert "secret" not in lu.out + lu.err


def test_the_home_is_painted_before_anything_heavy_is_imported() -> None:
    programme = "import sys, cyclades_tui.cli.borne; print(*(m for m in sys.argv[1:] if m in sys.modules))"
    lu = subprocess.run([sys.executable, "-c", programme, *LOURDS], capture_output=True, text=True, check=True)
    assert lu.stdout.split() == []

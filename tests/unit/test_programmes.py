"""The programs that we start see none of our settings: a key or a password would be read in /proc."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import cyclades_tui
from cyclades_tui.fichiers.programmes import environnement

PAQUET = Path(cyclades_tui.__file__).parent
LANCENT = {"run", "Popen", "call", "check_call", "check_output"}
MONTRER = "import json, os; print(json.dumps(dict(os.environ)))"


def lancements() -> list[tuple[str, ast.Call]]:
    return [
        (f"{chemin.relative_to(PAQUET)}:{noeud.lineno}", noeud)
        for chemin in sorted(PAQUET.rglob("*.py"))
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.Call)
        and isinstance(noeud.func, ast.Attribute)
        and noeud.func.attr in LANCENT
        and getattr(noeud.func.value, "id", "") == "subprocess"
    ]


def sans_reglage(env: str) -> bool:
    return env == "{}" or "environnement()" in env


def test_every_program_is_started_with_that_environment() -> None:
    trouves = lancements()
    sans = [
        lieu
        for lieu, appel in trouves
        if not any(cle.arg == "env" and sans_reglage(ast.unparse(cle.value)) for cle in appel.keywords)
    ]
    assert sans == []
    assert len(trouves) >= 3


def test_it_has_what_a_program_needs_and_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for nom in ("CYCLADES_CLE", "CYCLADES_MOT_DE_PASSE", "CYCLADES_NOUVELLE_CLE", "Cyclades_Agent"):
        monkeypatch.setenv(nom, "secret")
    fini = subprocess.run([sys.executable, "-c", MONTRER], env=environnement(), stdout=subprocess.PIPE, check=True)
    vu = json.loads(fini.stdout)
    assert "PATH" in vu
    assert "secret" not in vu.values()

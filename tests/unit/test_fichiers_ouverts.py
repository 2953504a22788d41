"""The copies that other programs show: private to their user, deleted even after their process was killed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cyclades_tui.fichiers import ouverts


def test_a_killed_process_s_copies_are_erased_and_a_living_one_s_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    mien = ouverts.dossier()
    assert stat.S_IMODE(mien.stat().st_mode) == 0o700
    fini = subprocess.Popen([sys.executable, "-c", ""])
    fini.wait()
    vivant, mort, autre = (mien.with_name(nom) for nom in (str(os.getppid()), str(fini.pid), "autre"))
    for dossier in (vivant, mort, autre):
        dossier.mkdir()
    for dossier in (mien, vivant, mort, autre):
        (dossier / "piece-1.pdf").write_bytes(b"%PDF")
    ouverts.balayer()
    assert list(mien.parent.iterdir()) == [vivant]

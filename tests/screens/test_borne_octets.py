"""The borne as a process: whatever a terminal sends, it keeps running and reads the next key."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils.terminal import Borne

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of forkpty:DeprecationWarning")


def test_no_byte_on_the_wire_ends_the_borne(tmp_path: Path) -> None:
    """An invalid byte, old mouse reports, half sequences, a key of no alphabet: home stays, and 1 logs in."""
    with Borne(tmp_path).ouverte() as ecran:
        for octets in (
            b"\xff",
            b"\x1b[M !!",
            b"\x1b[M \xa0\x81",
            b"\x1b[<0;1",
            b"\x1b[",
            b"\x1b[99999999999u",
            b"\xc3",
        ):
            ecran.envoyer(octets)
            ecran.absorber(0.4)
            assert ecran.fin is None, octets
        ecran.presser("escape")
        ecran.attendre("Quitter la borne ?")
        ecran.presser("escape")
        ecran.jusqu_a(lambda: "Quitter la borne ?" not in ecran.texte)
        ecran.presser("1")
        ecran.attendre("Veuillez vous identifier")

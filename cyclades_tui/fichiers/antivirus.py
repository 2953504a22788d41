"""Asks Debian's clamd about a file; if clamd does not answer, the file is « non analysé » and accepted.

Its protocol takes ten lines, written here: of its clients for Python, `clamd` and `pyclamd` have had no release
since 2014 and 2017, and `clamav-client`, which is maintained, is under the GPL.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cyclades_tui.fichiers.refus import refuser

SOCKET_DEBIAN = Path("/run/clamav/clamd.ctl")
_REPONSE_MAX = 4096  # bytes
_SAIN, _TROUVE = "stream: OK", " FOUND"


class Analyse(StrEnum):
    """What the antivirus said of a file that was kept."""

    SAINE = "saine"
    NON_ANALYSE = "non analysé"


@dataclass(frozen=True, slots=True)
class Antivirus:
    """The socket on which clamd listens, and the seconds allowed for one file."""

    adresse: Path = SOCKET_DEBIAN
    delai: float = 5.0

    def analyser(self, octets: bytes) -> Analyse:
        """Have clamd scan a file, for at most `delai` seconds. Raises SaisieRefusee if it finds a signature."""
        reponse = self._demander(octets)
        if reponse.endswith(_TROUVE):
            signature = reponse.removeprefix("stream: ").removesuffix(_TROUVE)
            raise refuser("virus", "".join(signe if signe.isprintable() else "_" for signe in signature))
        return Analyse.SAINE if reponse == _SAIN else Analyse.NON_ANALYSE

    def _demander(self, octets: bytes) -> str:
        """The answer of clamd; empty if there is none."""
        if sys.platform == "win32":  # clamd has no Unix socket there
            return ""
        limite = time.monotonic() + self.delai
        recu = b""
        try:
            with socket.socket(socket.AF_UNIX) as liaison:
                liaison.settimeout(self.delai)
                liaison.connect(str(self.adresse))
                # One chunk, then an empty one: the end.
                for morceau in (b"zINSTREAM\0", struct.pack("!I", len(octets)), octets, bytes(4)):
                    liaison.settimeout(max(0.001, limite - time.monotonic()))
                    liaison.sendall(morceau)
                while not recu.endswith(b"\0") and len(recu) < _REPONSE_MAX:
                    liaison.settimeout(max(0.001, limite - time.monotonic()))
                    if not (suite := liaison.recv(_REPONSE_MAX)):
                        return ""
                    recu += suite
        except OSError:
            return ""
        return recu.removesuffix(b"\0").decode(errors="replace")

"""The program that begets confined processes: it has imported what they need, and never reads a file itself.

Its standard input is the way to ask it: each message is a request in JSON, with the descriptor through which the new
process answers. A process that it begets reads one file, and knows no other.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from typing import Any

from cyclades_tui.fichiers.cage import canal
from cyclades_tui.fichiers.cage.protections import mourir_avec_le_parent, se_confiner, se_separer
from cyclades_tui.fichiers.refus import FichierIllisible

# What a task does: the bytes of the file with the first request, then none; it answers with values, and bytes.
Repondre = Callable[[bytes, Mapping[str, Any]], tuple[Mapping[str, Any], bytes | memoryview]]
LONGUEUR = struct.Struct("!I")
_FINS = (signal.SIGCHLD,)
REFUS, PROTECTIONS = "refus", "protections"


def main() -> None:
    """Serve requests until the other side is closed."""
    os.environ.clear()  # of what Python itself has added
    sans_reseau = se_separer()
    demandes = socket.socket(fileno=0)
    nes: dict[int, int] = {}
    signal.signal(signal.SIGCHLD, lambda _signal, _cadre: _enterrer(nes))
    while True:
        # The end of one is noticed only while we wait: no number is killed that another process has got meanwhile.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _FINS)
        tete, fds, _, _ = socket.recv_fds(demandes, LONGUEUR.size, 1)
        signal.pthread_sigmask(signal.SIG_BLOCK, _FINS)
        if len(tete) < LONGUEUR.size:
            return
        demande = json.loads(demandes.recv(LONGUEUR.unpack(tete)[0], socket.MSG_WAITALL))
        if "tuer" in demande:
            if (pid := nes.get(demande["tuer"])) is not None:
                os.kill(pid, signal.SIGKILL)
            continue
        (fd,) = fds
        try:
            # Imports happen here, once for all files: a confined process could open no module.
            preparee = import_module(demande["module"]).preparer(*demande["arguments"])
        except (ImportError, AttributeError):
            os.close(fd)
            continue
        gc.freeze()  # what is shared with the processes to come stays shared
        if pid := os.fork():
            nes[demande["numero"]] = pid
            os.close(fd)
        else:
            _vivre(fd, preparee, demande["duree"], sans_reseau=sans_reseau)


def _enterrer(nes: dict[int, int]) -> None:
    """Forget the processes that have ended."""
    with suppress(ChildProcessError):
        while fini := os.waitpid(-1, os.WNOHANG)[0]:
            for numero in [numero for numero, pid in list(nes.items()) if pid == fini]:
                nes.pop(numero, None)


def _vivre(fd: int, repondre: Repondre, duree: int, *, sans_reseau: bool) -> None:
    """Answer about one file, confined, until the other side is closed."""
    code = 1
    try:
        mourir_avec_le_parent()
        os.dup2(fd, 0)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        liaison = socket.socket(fileno=0)
        protections = se_confiner(duree, sans_reseau=sans_reseau)
        sys.setrecursionlimit(1000)
        while True:
            demande, octets = canal.recevoir(liaison)
            try:
                valeurs, produits = repondre(bytes(octets), demande)
            except FichierIllisible as erreur:
                valeurs, produits = {REFUS: list(erreur.args)}, b""
            canal.envoyer(liaison, {**valeurs, PROTECTIONS: asdict(protections)}, produits)
    except canal.Rompu:
        code = 0
    finally:
        os._exit(code)  # whatever happened: this process must not return into the one that begot it

"""Attacks from inside a confined process, and what is seen of it from outside; also a task of the cage itself."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from cyclades_tui.fichiers.cage import protections
from cyclades_tui.fichiers.cage.gardien import Repondre
from cyclades_tui.fichiers.cage.protections import MEMOIRE_MAX

_PATIENCE = 10.0  # seconds, to end a failing test
_PTRACE_ATTACH = 16


def lecteurs() -> list[psutil.Process]:
    """The confined processes that live now, begotten for this one."""
    gardiens = psutil.Process().children()
    return [lecteur for gardien in gardiens for lecteur in gardien.children()]


def plus_de_lecteur() -> bool:
    """Whether all of them end, within a while."""
    fin = time.monotonic() + _PATIENCE
    while lecteurs():
        if time.monotonic() > fin:
            return False
        time.sleep(0.01)
    return True


# What is tried inside, and what is left of our process there


def preparer(*arguments: str) -> Repondre:
    """The task: `ici`, a file that our process may read, `parent`, its number, and a layer to go without; or a lie."""
    if len(arguments) == 1:
        return partial(_mentir, arguments[0])
    ici, parent, *sans = arguments
    for couche in sans:
        setattr(protections, {"seccomp": "_filtrer_les_appels", "landlock": "_se_tenir_a_rien"}[couche], lambda: 0)
    return lambda _octets, _demande: ({"refuses": _refuses(Path(ici), int(parent)), **_restes()}, b"")


def _mentir(mensonge: str, octets: bytes, demande: Mapping[str, Any]) -> tuple[Mapping[str, Any], bytes]:
    """Answer through the same way, but not as a reader does."""
    tete = {"long": (9, 1 << 60), "no json": (3, 0), "a list": (2, 0), "half": (2, 9)}.get(mensonge)
    if tete is not None:
        os.write(0, struct.pack("!IQ", *tete) + {"no json": b"{x}", "a list": b"[]"}.get(mensonge, b"{}"))
        os._exit(0)
    if mensonge == "sizes":
        return {"tailles": [[1e300, float("nan")]]}, b""
    return {"tailles": [[9, 9]], "taille": [10**9, 10**9], "pas": 3}, b"x"


def _refuses(ici: Path, parent: int) -> list[str]:
    tentatives: dict[str, Callable[[], object]] = {
        "memory": lambda: bytearray(MEMOIRE_MAX),
        "read the store": ici.read_bytes,
        "read /etc/passwd": lambda: Path("/etc/passwd").read_bytes(),
        "list a folder": lambda: list(ici.parent.iterdir()),
        "look at a file": ici.stat,
        "write a file": lambda: ici.with_name("ecrit").write_bytes(b"x"),
        "remove a file": ici.unlink,
        "open a socket": socket.socket,
        "open a local socket": lambda: socket.socket(socket.AF_UNIX),
        "fork": _se_dedoubler,
        "run a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - what must be refused
        "run a command": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "signal": lambda: os.kill(parent, 0),
        "trace": lambda: _appeler("ptrace", _PTRACE_ATTACH, parent, 0, 0),
        "gain a limit": lambda: _appeler("prlimit", 0, 9, None, None),
        "unshare": lambda: _appeler("unshare", 0x10000000),
        "a file in memory": lambda: os.memfd_create("a"),
    }
    return [nom for nom, geste in tentatives.items() if _est_refuse(geste)]


def _se_dedoubler() -> None:
    if not os.fork():
        os._exit(0)


def _est_refuse(geste: Callable[[], object]) -> bool:
    try:
        geste()
    except (OSError, MemoryError):
        return True
    return False


def _appeler(nom: str, *arguments: int | None) -> None:
    bibliotheque = ctypes.CDLL(None, use_errno=True)
    if getattr(bibliotheque, nom)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), nom)


def _restes() -> Mapping[str, Any]:
    ouverts = [fd for fd in range(64) if _erreur_de(fd) != errno.EBADF]
    return {"environnement": dict(os.environ), "ouverts": ouverts}


def _erreur_de(fd: int) -> int | None:
    try:
        os.lseek(fd, 0, os.SEEK_CUR)
    except OSError as erreur:
        return erreur.errno
    return None

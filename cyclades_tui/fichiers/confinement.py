"""Reads an untrusted file in a process of its own: little time, little memory, no file, no socket.

`faire_lire` runs in the parent, `repondre` in the child; the child gets bytes and returns one JSON object.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from cyclades_tui.fichiers.programmes import environnement

MEMOIRE_MAX = 1024**3  # bytes, of address space
_REFUS = "refus"


class FichierIllisible(Exception):
    """Why a file cannot be read: a key of the caller's table of reasons, then the details that its text needs."""


def faire_lire(module: str, octets: bytes, duree: float, *arguments: str) -> dict[str, Any]:
    """Run `module` as a program on `octets` and return its answer; the program is killed after `duree` seconds.

    Raises FichierIllisible with the program's reason, or with `limites` if the program was killed or crashed.
    """
    # Only as much of the environment as packages installed for one user need.
    commande = [sys.executable, "-E", "-P", "-m", module, *arguments]
    try:
        fini = subprocess.run(  # noqa: S603 - this very interpreter and our module; what is read goes to its input
            commande,
            env=environnement(),
            input=octets,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=duree,
            check=True,
        )
        reponse: dict[str, Any] = json.loads(fini.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as erreur:
        raise FichierIllisible("limites") from erreur
    if _REFUS in reponse:
        raise FichierIllisible(*reponse[_REFUS])
    return reponse


def repondre(lire: Callable[[bytes], dict[str, Any]], duree: int) -> None:
    """Answer with what `lire` finds in the standard input, within `duree` seconds of processor time.

    Import all that `lire` needs before: from here on the process can open nothing.
    """
    octets = sys.stdin.buffer.read()
    _se_limiter(duree)
    try:
        reponse = lire(octets)
    except FichierIllisible as erreur:
        reponse = {_REFUS: list(erreur.args)}
    sys.stdout.write(json.dumps(reponse))


def _se_limiter(duree: int) -> None:
    if sys.platform == "win32":  # there only the parent's time limit applies
        return
    import resource

    for limite, valeur in (
        (resource.RLIMIT_AS, MEMOIRE_MAX),
        (resource.RLIMIT_CPU, duree),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # the three standard streams
    ):
        resource.setrlimit(limite, (valeur, valeur))

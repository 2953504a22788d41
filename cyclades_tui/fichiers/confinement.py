"""Reading what anybody may have made in a process of its own: little time, little memory, no file, no socket.

`faire_lire` is the parent's half, `repondre` the child's; bytes go in, one JSON object comes out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

MEMOIRE_MAX = 1024**3  # bytes, of address space
_REFUS = "refus"


class FichierIllisible(Exception):
    """Why a file is not read: a key of the caller's table of reasons, then what its text tells."""


def faire_lire(module: str, octets: bytes, duree: float, *arguments: str) -> dict[str, Any]:
    """What `module`, run as a program, answers about `octets`; it is killed after `duree` seconds.

    Raises Illisible with its reason, or with `limites` where it was stopped or fell.
    """
    # As little of the environment as lets packages installed for one user be found.
    commande = [sys.executable, "-E", "-P", "-m", module, *arguments]
    try:
        fini = subprocess.run(  # noqa: S603 - this very interpreter and our module; what is read goes to its input
            commande, input=octets, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=duree, check=True
        )
        reponse: dict[str, Any] = json.loads(fini.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as erreur:
        raise FichierIllisible("limites") from erreur
    if _REFUS in reponse:
        raise FichierIllisible(*reponse[_REFUS])
    return reponse


def repondre(lire: Callable[[bytes], dict[str, Any]], duree: int) -> None:
    """Answer what `lire` finds in the standard input, within `duree` seconds of processor time.

    All that `lire` needs is imported before: from here on nothing can be opened.
    """
    octets = sys.stdin.buffer.read()
    _se_limiter(duree)
    try:
        reponse = lire(octets)
    except FichierIllisible as erreur:
        reponse = {_REFUS: list(erreur.args)}
    sys.stdout.write(json.dumps(reponse))


def _se_limiter(duree: int) -> None:
    if sys.platform == "win32":  # there the parent's time limit stands alone
        return
    import resource

    for limite, valeur in (
        (resource.RLIMIT_AS, MEMOIRE_MAX),
        (resource.RLIMIT_CPU, duree),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # the three that are open
    ):
        resource.setrlimit(limite, (valeur, valeur))

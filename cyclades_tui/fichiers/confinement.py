"""Has an untrusted file read in a process of its own: little time, little memory, no file, no network, no environment.

One process, `cage.gardien`, is started once and kept: it has imported what readers need, and begets one for each file
in a few milliseconds. A reader that takes too long, or that nobody waits for any more, is killed.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from cyclades_tui.fichiers.cage import canal, gardien
from cyclades_tui.fichiers.cage.protections import Protections
from cyclades_tui.fichiers.refus import FichierIllisible

# Isolated from the folder where one stands, from the environment and from what the system adds; our own path is given.
_PROGRAMME = f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {gardien.__name__} import main; main()"
_OPTIONS = ("-I", "-S", "-X", "utf8", "-c")
_FIN = 5.0  # seconds left to the keeper to end, once it is killed
FERMEE, LIMITES = "fermee", "limites"


class Gardien:
    """The keeper of this process; started at the first need, and again if it is gone."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._programme: subprocess.Popen[bytes] | None = None
        self._demandes: socket.socket | None = None
        self._dernier = 0

    def engendrer(self, module: str, arguments: tuple[str, ...], duree: int) -> tuple[int, socket.socket]:
        """Have a confined process run `module`; returns its number, and the way to it. Raises OSError."""
        notre, sien = socket.socketpair()
        with self._verrou, sien:
            self._dernier += 1
            demande = {"module": module, "arguments": arguments, "duree": duree, "numero": self._dernier}
            try:
                self._demander(demande, sien)
            except OSError:  # the keeper is gone
                self._arreter()
                self._demander(demande, sien)
            return self._dernier, notre

    def tuer(self, numero: int) -> None:
        """Kill a process that was begotten, unless it has ended."""
        with self._verrou:
            if self._demandes is not None:
                try:
                    self._demander({"tuer": numero})
                except OSError:  # gone, and with it all that it begot
                    self._arreter()

    def arreter(self) -> None:
        """Kill the keeper, and with it all readers."""
        with self._verrou:
            self._arreter()

    def _demander(self, demande: Mapping[str, Any], fd: socket.socket | None = None) -> None:
        liaison = self._demandes or self._lancer()
        texte = json.dumps(demande).encode()
        tete = gardien.LONGUEUR.pack(len(texte))
        if fd is None:
            liaison.sendall(tete)
        else:
            socket.send_fds(liaison, [tete], [fd.fileno()])
        liaison.sendall(texte)

    def _lancer(self) -> socket.socket:
        notre, sien = socket.socketpair()
        chemins = json.dumps([chemin for chemin in sys.path if chemin])
        with sien:
            self._programme = subprocess.Popen(  # noqa: S603 - this very interpreter and our module
                [sys.executable, *_OPTIONS, _PROGRAMME, chemins],
                env={},
                stdin=sien.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,  # what the keys of the terminal send is for us
            )
        self._demandes = notre
        return notre

    def _arreter(self) -> None:
        if self._demandes is not None:
            self._demandes.close()
            self._demandes = None
        if self._programme is not None:
            self._programme.kill()
            self._programme.wait(_FIN)
            self._programme = None


_GARDIEN = Gardien()


@atexit.register
def arreter() -> None:
    """Kill the keeper and all readers; the next file starts another."""
    _GARDIEN.arreter()


class LecteurConfine:
    """A confined process with one file; it lives until `fermer`.

    Each request has its own time; a process that exceeds it, or its memory, is killed, and another one answers the next
    request.
    """

    def __init__(self, module: str, octets: bytes, *arguments: str, processeur: int) -> None:
        """`processeur`: seconds of processor time for a process in its whole life."""
        self._module = module
        self._arguments = arguments
        self._octets = octets
        self._processeur = processeur
        self._tour = threading.Lock()
        self._ne: tuple[int, socket.socket] | None = None
        self._ferme = False

    def demander(self, duree: float, **demande: Any) -> tuple[dict[str, Any], bytearray]:
        """What the process answers within `duree` seconds.

        Raises FichierIllisible with its reason; with `limites` if it was killed or fell, with `fermee` after `fermer`.
        """
        with self._tour:
            limite = time.monotonic() + duree
            try:
                self._poser(demande, limite)
                _, liaison = self._naitre()
                valeurs, produits = canal.recevoir(liaison, limite)
            except (OSError, canal.Rompu) as erreur:
                self._mourir()
                raise FichierIllisible(FERMEE if self._ferme else LIMITES) from erreur
        if gardien.REFUS in valeurs:
            raise FichierIllisible(*map(str, valeurs[gardien.REFUS]))
        return valeurs, produits

    def _poser(self, demande: Mapping[str, Any], limite: float) -> None:
        """Send a request, with the file to a process that has not got it yet; one that died meanwhile is replaced."""
        if self._ne is not None:
            with suppress(BrokenPipeError, ConnectionResetError):
                canal.envoyer(self._ne[1], demande)
                return
            self._mourir()
        _, liaison = self._naitre()
        liaison.settimeout(max(0.001, limite - time.monotonic()))
        canal.envoyer(liaison, demande, self._octets)

    def _naitre(self) -> tuple[int, socket.socket]:
        if self._ferme:
            raise canal.Rompu
        if self._ne is None:
            ne = _GARDIEN.engendrer(self._module, self._arguments, self._processeur)
            self._ne = ne
            weakref.finalize(self, ne[1].close)  # one that is forgotten ends too
            if self._ferme:
                raise canal.Rompu
        return self._ne

    def _mourir(self) -> None:
        ne, self._ne = self._ne, None
        if ne is not None:
            _GARDIEN.tuer(ne[0])
            ne[1].close()

    def fermer(self) -> None:
        """Kill the process, also while another thread waits for its answer."""
        self._ferme = True
        if (ne := self._ne) is not None:
            _GARDIEN.tuer(ne[0])
        if self._tour.acquire(blocking=False):
            try:
                self._mourir()
            finally:
                self._tour.release()


def faire_lire(
    module: str, octets: bytes, duree: float, *arguments: str, processeur: int
) -> tuple[dict[str, Any], bytes]:
    """Have `module` answer once about a file, within `duree` seconds. Raises FichierIllisible, as `LecteurConfine`."""
    lecteur = LecteurConfine(module, octets, *arguments, processeur=processeur)
    try:
        valeurs, produits = lecteur.demander(duree)
    finally:
        lecteur.fermer()
    return valeurs, bytes(produits)


def tenir_pret(module: str, *arguments: str) -> None:
    """Start the keeper and let it import what `module` needs, so that the first file need not wait for it."""
    with suppress(OSError):  # the first file will tell
        numero, liaison = _GARDIEN.engendrer(module, arguments, 1)
        liaison.close()
        _GARDIEN.tuer(numero)


def protections() -> Protections:
    """What this system takes from confined processes. Raises FichierIllisible if none can be started."""
    from cyclades_tui.fichiers.cage import sonde

    valeurs, _ = faire_lire(sonde.__name__, b"", sonde.DUREE_MAX, processeur=sonde.DUREE_MAX)
    return Protections(**valeurs[gardien.PROTECTIONS])

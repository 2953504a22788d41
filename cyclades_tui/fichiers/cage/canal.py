"""How a confined process and ours talk: values in JSON, then bytes, each with its length before it."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

_TETE = struct.Struct("!IQ")
VALEURS_MAX = 4_000_000  # bytes of JSON
OCTETS_MAX = 200_000_000
_TRANCHE = 1 << 20


class Rompu(Exception):
    """The other side is gone, or says what cannot be read."""


def envoyer(liaison: socket.socket, valeurs: Mapping[str, Any], octets: bytes | memoryview = b"") -> None:
    """Send a message. Raises OSError, TimeoutError among them."""
    texte = json.dumps(valeurs).encode()
    liaison.sendall(_TETE.pack(len(texte), len(octets)) + texte)
    if octets:
        liaison.sendall(octets)


def recevoir(liaison: socket.socket, limite: float | None = None) -> tuple[dict[str, Any], bytearray]:
    """Receive a message, until `limite` of the monotonic clock if given. Raises Rompu, and OSError as `envoyer`."""
    longueur, combien = _TETE.unpack(_recevoir(liaison, _TETE.size, limite))
    if longueur > VALEURS_MAX or combien > OCTETS_MAX:
        raise Rompu
    try:
        valeurs = json.loads(_recevoir(liaison, longueur, limite))
    except (ValueError, RecursionError) as erreur:
        raise Rompu from erreur
    if not isinstance(valeurs, dict):
        raise Rompu
    return valeurs, _recevoir(liaison, combien, limite)


def _recevoir(liaison: socket.socket, combien: int, limite: float | None) -> bytearray:
    recus = bytearray(combien)
    vue, place = memoryview(recus), 0
    while place < combien:
        if limite is not None:
            liaison.settimeout(max(0.001, limite - time.monotonic()))
        lus = liaison.recv_into(vue[place : place + _TRANCHE])
        if not lus:
            raise Rompu
        place += lus
    return recus

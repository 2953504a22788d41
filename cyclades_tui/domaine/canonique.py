"""The one form in bytes of what is hashed: equal values always have equal digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

_CANONIQUE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def en_json(valeur: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no escapes. Floats are refused, since their text varies."""
    _refuser_flottants((valeur,))
    return _CANONIQUE.encode(valeur)


def empreinte(octets: bytes | str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(octets.encode() if isinstance(octets, str) else octets).hexdigest()


def _refuser_flottants(valeurs: Iterable[Any]) -> None:
    for valeur in valeurs:
        if isinstance(valeur, str):
            continue
        if isinstance(valeur, dict):
            _refuser_flottants(valeur.values())
        elif isinstance(valeur, list | tuple):
            _refuser_flottants(valeur)
        elif isinstance(valeur, float):
            raise TypeError("a canonical value holds no float: write it as text")

"""Heads of the chain that were kept outside the store, and what is said of those that it does not agree with."""

from __future__ import annotations

from dataclasses import dataclass

from cyclades_tui.domaine.erreurs import Faute


@dataclass(frozen=True, slots=True)
class TeteTrouvee:
    """A head that was kept outside: where, in words, and its bytes."""

    lieu: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class TeteContraire:
    """A head that the store does not agree with: its digest, empty if it cannot be read, and what to say."""

    hachage: str
    faute: Faute

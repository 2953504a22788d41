"""Reads nothing: its answer carries what the system took from the process, as every answer does."""

from __future__ import annotations

from cyclades_tui.fichiers.cage import gardien

DUREE_MAX = 10  # seconds


def preparer() -> gardien.Repondre:
    """What answers with no values of its own."""
    return lambda _octets, _demande: ({}, b"")

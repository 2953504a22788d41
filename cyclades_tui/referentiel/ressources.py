"""Where the shipped files lie: in a wheel, an editable install or a checkout."""

from __future__ import annotations

from pathlib import Path

_PAQUET = Path(__file__).resolve().parent.parent


def dossier(nom: str) -> Path:
    """The folder `data` or `fixtures`: inside the package when installed from a wheel, beside it otherwise."""
    dans_le_paquet = _PAQUET / f"_{nom}"
    return dans_le_paquet if dans_le_paquet.is_dir() else _PAQUET.parent / nom

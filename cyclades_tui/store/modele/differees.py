"""A row of the journal that waits for a disk that writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cyclades_tui.domaine.acteur import Acteur


@dataclass(frozen=True, slots=True)
class LigneDifferee:
    """Who did what, and when (UTC); `fichier` is its place in the spool, None if it is only in memory."""

    acteur: Acteur
    acte: str
    sujet: str
    valeurs: dict[str, Any]
    instant: datetime
    fichier: Path | None = None

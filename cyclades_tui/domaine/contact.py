"""Whom a candidate may call about a candidature."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """The service that answers for a candidature, line by line as it is printed (F278, F299)."""

    academie: str
    lignes: tuple[str, ...]
    telephone: str
    courriel: str

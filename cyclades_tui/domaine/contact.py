"""Whom a candidate may call about a candidature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Contact:
    """The service that answers for a candidature, line by line as it is printed (F278, F299)."""

    academie: str
    lignes: tuple[str, ...]
    telephone: str
    courriel: str


class Joignable(Protocol):
    """An office that can be called; `telephone` and `email` may be empty."""

    @property
    def lignes(self) -> tuple[str, ...]: ...
    @property
    def telephone(self) -> str: ...
    @property
    def courriel(self) -> str: ...


def en_bref(office: Joignable) -> str:
    """The name, telephone and e-mail of an office: `DEC de Guyane, 05 94 27 20 00, dec@example.org`."""
    return _enumerer(*office.lignes[:1], office.telephone, office.courriel)


def en_une_ligne(office: Joignable) -> str:
    """As `en_bref`, with the service after the name; the street is left out."""
    nom, *suite = office.lignes
    service = [ligne for ligne in suite[:1] if not any(signe.isdigit() for signe in ligne)]
    return _enumerer(nom, *service, office.telephone, office.courriel)


def en_lignes(office: Joignable) -> tuple[str, ...]:
    """The address, the telephone and the e-mail, one line each."""
    telephone = f"Tel : {office.telephone}" if office.telephone else ""
    return tuple(ligne for ligne in (*office.lignes, telephone, office.courriel) if ligne)


def _enumerer(*parties: str) -> str:
    return ", ".join(partie for partie in parties if partie)

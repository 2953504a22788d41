"""Who does an acte (decision 9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NatureActeur(StrEnum):
    CANDIDAT = "candidat"
    AGENT = "agent"
    SYSTEME = "systeme"


class Face(StrEnum):
    BORNE = "borne"
    GUICHET = "guichet"
    COMMANDE = "commande"


@dataclass(frozen=True, slots=True)
class Acteur:
    """The person or process that does an acte: its nature, identifier, face and machine. Every acte needs one."""

    nature: NatureActeur
    identifiant: str
    face: Face
    poste: str

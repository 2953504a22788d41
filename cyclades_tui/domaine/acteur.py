"""Who acts (decision 9)."""

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
    """Nature, identifier, face and machine of whoever does an acte; none runs without one."""

    nature: NatureActeur
    identifiant: str
    face: Face
    poste: str

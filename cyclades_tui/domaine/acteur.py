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

    @property
    def recours(self) -> str:
        """Whom to ask, after « demandez à », for what this poste cannot do: an agent asks no other agent."""
        au_public = self.nature is NatureActeur.CANDIDAT or self.face is Face.BORNE
        return "un agent" if au_public else "l'administrateur du poste"

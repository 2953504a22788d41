"""What a candidature shows, in one model for the tab, the document, its plain-text twin, `--json` and the differences
between versions (decision 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.contenu import Acquis, GroupeEpreuves

VIDE = "-"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One datum, in the words of the screen and in those of the document.

    When nothing was given, `valeur` is `-` (F256) and `valeur_document` is empty.
    """

    champ: str
    libelle: str
    valeur: str
    libelle_document: str
    valeur_document: str


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    titre: str
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """All that a person reads of one saved version; `instant` (UTC) is when it was saved."""

    titre: str
    examen: str
    session: str
    numero_candidat: str
    numero_inscription: str
    version: int
    instant: datetime
    formation: bool
    fermeture: datetime
    contact: Contact
    destinataire: tuple[str, ...]
    sections: tuple[Section, ...]
    acquis: tuple[Acquis, ...]
    groupes: tuple[GroupeEpreuves, ...]
    textes: Mapping[str, str]

    def ligne(self, champ: str) -> Ligne:
        """The line of a field. Raises KeyError when the candidature has no such field."""
        for section in self.sections:
            for ligne in section.lignes:
                if ligne.champ == champ:
                    return ligne
        raise KeyError(champ)

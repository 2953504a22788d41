"""The one content model of a candidature: the tab, the document, its twin, `--json` and the diff (decision 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

VIDE = "-"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One datum, in the words of the screen and in those of the document.

    `valeur` is `-` where nothing was given (F256); `valeur_document` is then empty.
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
class LigneEpreuve:
    """One node of the épreuve tree; `niveau` 0 to 2; `unite`, `mode` and `choix` may be empty."""

    code: str
    libelle: str
    unite: str
    niveau: int
    position: str
    mode: str
    choix: str
    raison: str


@dataclass(frozen=True, slots=True)
class GroupeEpreuves:
    """Épreuves under one heading; `titre_document` is empty where the document leaves the group out (C13)."""

    id: str
    session: str
    titre: str
    titre_document: str
    lignes: tuple[LigneEpreuve, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """The service that answers for a candidature, line by line as it is printed (F278, F299)."""

    academie: str
    lignes: tuple[str, ...]
    telephone: str
    courriel: str


@dataclass(frozen=True, slots=True)
class Acquis:
    """A declared acquis, in the words of the screen (`titulaire`, `droit`) and of the document (`document`)."""

    id: str
    titulaire: str
    droit: str
    document: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """Everything a person reads of one saved version; `instant` is its saving, UTC."""

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
    textes: dict[str, str]

    def ligne(self, champ: str) -> Ligne:
        """The line of a field. Raises KeyError when the candidature has no such field."""
        for section in self.sections:
            for ligne in section.lignes:
                if ligne.champ == champ:
                    return ligne
        raise KeyError(champ)

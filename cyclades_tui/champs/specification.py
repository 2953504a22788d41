"""What a field is. Its conditions are data: named predicates that `regles.conditions` evaluates (decision 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Nature(StrEnum):
    """How a field is read, checked and shown."""

    TEXTE = "texte"
    NOM = "nom"
    PRENOMS = "prénoms"
    DATE_NAISSANCE = "date de naissance"
    ANNEE = "année"
    NOTE = "note"
    OUI_NON = "oui ou non"
    CASE = "case"
    CHOIX = "choix"
    COMMUNE = "commune"
    LOCALITE = "localité"
    CODE_POSTAL = "code postal"
    EMAIL = "adresse mail"
    TELEPHONE = "téléphone"
    INE = "INE"
    MOT_DE_PASSE = "mot de passe"
    CONFIRMATION = "confirmation"
    CALCULE = "calculé"


Predicat = Literal["vaut", "rempli", "vide", "vide_sauf", "hors_groupe", "mineur_ou_scolaire", "mineur", "derogation"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A named predicate, the field that it looks at and the values that it compares with."""

    predicat: Predicat
    champ: str = ""
    valeurs: tuple[str, ...] = ()


TOUJOURS: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Champ:
    """A field. It is asked when all of `condition` hold and required when all of `obligatoire` do; None is never.

    `aide` is at most 58 characters, for the help line. `explication` is the long help in whole sentences: what happens
    with the field, where to find the answer, why it is asked; its first sentence has at most 100 characters. `liste`
    names the list of a choice; `longueur` is in characters; a field `du_compte` is greyed once filled by the account;
    `depuis` is the first year accepted, and `annee_de` the thing that the year belongs to, `plus_tot` what to do
    with an earlier one, `des_l_age` the age from which it is not asked about; `confirme` is the field that a
    confirmation repeats; `defaut` is proposed and never written without being shown. `libelle_recapitulatif` and
    `libelle_document` replace `libelle` where the guides word it differently; `libelle_court` is for narrow places,
    if another label begins with the same words.
    """

    id: str
    libelle: str
    nature: Nature
    onglet: str
    section: str
    aide: str
    exemple: str = ""
    liste: str = ""
    condition: tuple[Condition, ...] = TOUJOURS
    obligatoire: tuple[Condition, ...] | None = TOUJOURS
    longueur: int = 60
    du_compte: bool = False
    confirme: str = ""
    defaut: str = ""
    depuis: int = 0
    annee_de: str = ""
    des_l_age: int = 0
    plus_tot: str = ""
    libelle_recapitulatif: str = ""
    libelle_document: str = ""
    libelle_court: str = ""
    explication: str = ""

    @property
    def premiere_phrase(self) -> str:
        """The first sentence of the explanation, which a wide help line shows."""
        phrase, point, _ = self.explication.partition(". ")
        return f"{phrase}." if point else phrase

    @property
    def nom(self) -> str:
        """The name of the field in an error."""
        return self.libelle_court or self.libelle

    @property
    def au_recapitulatif(self) -> str:
        return self.libelle_recapitulatif or self.libelle

    @property
    def au_document(self) -> str:
        return self.libelle_document or self.au_recapitulatif


@dataclass(frozen=True, slots=True)
class Valeur:
    """A value that was read: canonical text (stored), text on screen, text on the document."""

    valeur: str
    affichage: str
    document: str

    @classmethod
    def simple(cls, valeur: str) -> Valeur:
        return cls(valeur, valeur, valeur)

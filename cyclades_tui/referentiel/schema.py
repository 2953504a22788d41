"""The typed, immutable form of the files of the référentiel; a key that is not declared here is an error."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Libelle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_-]*$")]
GroupeCategorie = Literal["scolaire", "individuel", "formation-continue", "distance"]
Voie = Literal["scolaire", "individuel"]
Forme = Literal["globale", "progressive"]
Mode = Literal["Ponctuel", "CCF"]
Serie = Literal["obligatoire", "facultative", "second-groupe", "admissibilite", "admission"]
Satisfaction = Literal["majeur_au_31_decembre", "deja_presente"]


def _dans_l_ordre(sessions: tuple[int, int]) -> tuple[int, int]:
    if sessions[0] > sessions[1]:
        raise ValueError("la première session vient après la dernière")
    return sessions


Sessions = Annotated[
    tuple[int, int], Field(description="first and last year, both included"), AfterValidator(_dans_l_ordre)
]


class Modele(BaseModel):
    """A table of a file: immutable, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Matiere(Modele):
    code: Code
    libelle: Libelle
    generale: bool = False


class FichierMatieres(Modele):
    """`matieres.toml`."""

    matiere: tuple[Matiere, ...]


class Epreuve(Modele):
    """A node of the tree of épreuves; `unites` tells which nodes decide a position (decision 2).

    `parmi` is the number of children to sit, if a candidate chooses among them. `langue` is the only language of an
    épreuve without choice, `langues` those to choose from (all if empty). `formes` (écrite, orale, pratique) and
    `durees` are those of the épreuve ponctuelle, worded as in the règlement; in a concours all épreuves have one
    `nature`.
    """

    code: Code
    libelle: Libelle
    unite: str = ""
    matiere: str = ""
    parent: str = ""
    coef: Decimal | None = None
    modes: dict[Voie, Mode] = {}
    formes: dict[Voie, Libelle] = {}
    durees: dict[Voie, Libelle] = {}
    nature: Literal["", "Ecrite", "Orale", "Pratique"] = ""
    choix: Literal["", "langue", "pays"] = ""
    langue: str = ""
    langues: tuple[Libelle, ...] = ()
    different_de: str = ""
    parmi: int = Field(default=0, ge=0)
    serie: Serie = "obligatoire"
    groupes: tuple[GroupeCategorie, ...] = ()
    sessions: Sessions | None = None
    infere: str = ""

    @property
    def obligatoire(self) -> bool:
        return self.serie in ("obligatoire", "admissibilite", "admission")

    def concerne(self, annee: int, groupe: str) -> bool:
        """Whether the node exists for the year of a session and a group of categories."""
        dans_la_session = self.sessions is None or self.sessions[0] <= annee <= self.sessions[1]
        return dans_la_session and (not self.groupes or groupe in self.groupes)


def unites(arbre: Iterable[Epreuve]) -> tuple[Epreuve, ...]:
    """The nodes that decide a position: those with `unite`, and leaves that have no such node above them."""
    arbre = tuple(arbre)
    par_code = {epreuve.code: epreuve for epreuve in arbre}
    parents = {epreuve.parent for epreuve in arbre}

    def sous_une_unite(epreuve: Epreuve) -> bool:
        parent = par_code.get(epreuve.parent)
        return parent is not None and (bool(parent.unite) or sous_une_unite(parent))

    return tuple(e for e in arbre if e.unite or (e.code not in parents and not sous_une_unite(e)))


def au_choix(arbre: Iterable[Epreuve]) -> frozenset[str]:
    """The codes of the nodes that a candidate chooses among: the children of a node with `parmi`."""
    arbre = tuple(arbre)
    choix = {epreuve.code for epreuve in arbre if epreuve.parmi}
    return frozenset(epreuve.code for epreuve in arbre if epreuve.parent in choix)


class Diplome(Modele):
    """A spécialité of an exam with its tree of épreuves, valid for a range of sessions.

    `ferme` says why nobody can register for it (a fact is missing); `secteur` decides the contact (F477).
    """

    examen: Code
    code: Code
    code_bcn: str = ""
    libelle: Libelle
    alias: tuple[str, ...] = ()
    niveau: int | None = None
    secteur: str = ""
    sessions: Sessions
    ferme: str = ""
    source: tuple[Libelle, ...] = Field(min_length=1)
    epreuve: tuple[Epreuve, ...] = ()

    @model_validator(mode="after")
    def _des_epreuves_ou_une_raison(self) -> Diplome:
        if not self.epreuve and not self.ferme:
            raise ValueError("sans épreuves, `ferme` dit pourquoi on ne peut pas s'y inscrire")
        return self

    def changements(self) -> tuple[int, ...]:
        """The first years of the periods that have one tree each, in order."""
        debut, fin = self.sessions
        bornes = {an for e in self.epreuve if e.sessions for an in (e.sessions[0], e.sessions[1] + 1)}
        return (debut, *sorted(an for an in bornes if debut < an <= fin))

    def arbre(self, annee: int, groupe: str) -> tuple[Epreuve, ...]:
        """The nodes for a session's year and a group of categories, in reading order."""
        return tuple(epreuve for epreuve in self.epreuve if epreuve.concerne(annee, groupe))

    def unites(self, annee: int, groupe: str) -> tuple[Epreuve, ...]:
        """The nodes that decide a position, without the second group of épreuves, which nobody chooses."""
        return tuple(epreuve for epreuve in unites(self.arbre(annee, groupe)) if epreuve.serie != "second-groupe")

    def au_choix(self, annee: int, groupe: str) -> frozenset[str]:
        return au_choix(self.arbre(annee, groupe))


class Onglet(Modele):
    id: Code
    libelle: Libelle


class Categorie(Modele):
    """A category of candidate; `code` is empty if no source gives it."""

    id: Code
    libelle: Libelle
    code: str = ""
    groupe: GroupeCategorie
    voie: Voie
    formes: tuple[Forme, ...] = Field(min_length=1)
    derogation: bool = False
    source: str

    @property
    def libelle_document(self) -> str:
        return f"{self.libelle} ({self.code})" if self.code else self.libelle


class Benefice(Modele):
    """How many years a note may be kept and from which mark, by form of passage."""

    annees: int
    seuil: dict[Forme, Decimal]
    source: str

    @model_validator(mode="after")
    def _un_seuil_par_forme(self) -> Benefice:
        if set(self.seuil) != set(get_args(Forme)):
            raise ValueError(f"il faut un seuil pour chaque forme : {', '.join(get_args(Forme))}")
        return self


# An exam where no note is kept leaves this out.
SANS_BENEFICE = Benefice(annees=0, seuil=dict.fromkeys(get_args(Forme), Decimal(0)), source="aucune note conservée")


class ConditionExigee(Modele):
    """What a candidate must be or have done; a failure is a warning, or a refusal if the data say so (G08).

    It applies to the categories of `groupes` (all if empty) and holds when one of `satisfaite_si` does.
    """

    id: Code
    groupes: tuple[GroupeCategorie, ...] = ()
    satisfaite_si: tuple[Satisfaction, ...] = ()
    champ: Libelle = "candidature.categorie"
    effet: Literal["avertir", "refuser"] = "avertir"
    texte: Libelle
    regle: Libelle


class Examen(Modele):
    """A family of exams: its tabs, categories, forms of passage, and what else it asks.

    If a list is empty (`sections_langue`, `situations`, `formations`, `colorations`), the form lacks that field.
    """

    code: Code
    libelle: Libelle
    sigle: Libelle
    domaine: Literal["Examen", "Concours"]
    source: str
    onglets: tuple[Onglet, ...]
    ferme: str = ""
    facultatives_max: int = 0
    sections_langue: tuple[Libelle, ...] = ()
    situations: tuple[Libelle, ...] = ()
    formations: tuple[Libelle, ...] = ()
    colorations: tuple[Libelle, ...] = ()
    categorie: tuple[Categorie, ...] = Field(min_length=1)
    condition: tuple[ConditionExigee, ...] = ()
    benefice: Benefice = SANS_BENEFICE

    def categorie_de(self, identifiant: str) -> Categorie:
        """A category by its id. Raises KeyError if the exam has no such category."""
        for categorie in self.categorie:
            if categorie.id == identifiant:
                return categorie
        raise KeyError(identifiant)


class Declaration(Modele):
    id: Literal["meme_specialite", "autre_specialite", "titre", "vae"]
    libelle: Libelle


class Titre(Modele):
    """A title that dispenses; offered if the spécialité has every matière of `avec` (F212-F225).

    A year before `depuis` is refused with `plus_tot` for remedy; one before `des_l_age` is asked about.
    """

    id: Code
    diplome: Libelle
    specialites: Libelle
    code: str = ""
    depuis: int
    des_l_age: int = 15
    plus_tot: str = ""
    matieres: tuple[str, ...]
    avec: tuple[str, ...] = ()
    regle: Libelle

    @property
    def libelle(self) -> str:
        return f"{self.diplome} {self.specialites} (depuis {self.depuis})"


class Population(Modele):
    """A dispense that a kind of candidate may ask for."""

    id: Code
    libelle: Libelle
    groupes: tuple[GroupeCategorie, ...]
    matieres: tuple[str, ...]
    regle: Libelle


class Dispenses(Modele):
    examen: Code
    declaration: tuple[Declaration, ...] = ()
    titre: tuple[Titre, ...] = ()
    population: tuple[Population, ...] = ()


class Academie(Modele):
    code: Code
    nom: Libelle
    libelle: Libelle
    departements: tuple[str, ...]


class Etablissement(Modele):
    id: Code
    nom: Libelle
    localite: str
    uai: str
    academies: tuple[str, ...]
    groupes: tuple[GroupeCategorie, ...]

    @property
    def libelle(self) -> str:
        """`CFA CEVEDOM CAYENNE - CAYENNE CEDEX 2 (9730538X)` (F186)."""
        lieu = f" - {self.localite}" if self.localite else ""
        return f"{self.nom}{lieu}" + (f" ({self.uai})" if self.uai else "")

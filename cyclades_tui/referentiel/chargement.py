"""Reads the référentiel's folders; a wrong file is named with its key, and a wrong local file stops nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif
from cyclades_tui.domaine.temps import Fenetre
from cyclades_tui.referentiel.lieux import Lieux
from cyclades_tui.referentiel.parametrage import FichierReglages, Reglage
from cyclades_tui.referentiel.reglages import Origine, Reglages, ValeurReglee
from cyclades_tui.referentiel.schema import (
    Academie,
    Diplome,
    Dispenses,
    Etablissement,
    Examen,
    FichierMatieres,
    Matiere,
    Population,
    Titre,
)
from cyclades_tui.referentiel.verification import fautes_de_coherence

_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True)
class Referentiel:
    """Everything that the exams are, typed and immutable; `sha256` names this very content."""

    examens: dict[str, Examen]
    diplomes: tuple[Diplome, ...]
    dispenses: dict[str, Dispenses]
    academies: dict[str, Academie]
    etablissements: tuple[Etablissement, ...]
    reglages: Reglages
    lieux: Lieux
    sha256: str
    matieres: dict[str, Matiere] = field(default_factory=dict)
    fautes: tuple[Faute, ...] = ()

    def diplome(self, examen: str, code: str, annee: int) -> Diplome:
        """Raises KeyError when no file covers this spécialité for this session."""
        for diplome in self.diplomes_de(examen, annee):
            if diplome.code == code:
                return diplome
        raise KeyError(code)

    def diplomes_de(self, examen: str, annee: int) -> tuple[Diplome, ...]:
        """One per spécialité: where a shipped and a local file cover the session, the local one."""
        par_code: dict[str, Diplome] = {}
        for diplome in self.diplomes:  # the local ones come last
            if diplome.examen == examen and diplome.sessions[0] <= annee <= diplome.sessions[1]:
                par_code[diplome.code] = diplome
        return tuple(par_code.values())

    def dispenses_de(self, examen: str) -> Dispenses:
        """What may be declared there; nothing where no file says so."""
        return self.dispenses.get(examen) or Dispenses(examen=examen)

    def titres_offerts(self, diplome: Diplome, annee: int, groupe: str) -> tuple[Titre, ...]:
        """The titles that make sense for a spécialité: those whose own matières it has (F212)."""
        presentes = {epreuve.matiere for epreuve in diplome.arbre(annee, groupe)}
        return tuple(titre for titre in self.dispenses_de(diplome.examen).titre if presentes.issuperset(titre.avec))

    def populations_offertes(self, diplome: Diplome, annee: int, groupe: str) -> tuple[Population, ...]:
        presentes = {epreuve.matiere for epreuve in diplome.arbre(annee, groupe)}
        return tuple(
            population
            for population in self.dispenses_de(diplome.examen).population
            if groupe in population.groupes and presentes.intersection(population.matieres)
        )

    def valeurs(self, examen: str, session: str, academie: str, secteur: str = "") -> dict[str, ValeurReglee]:
        """What applies there; `secteur` is the spécialité's, once it is known (`Diplome.secteur`)."""
        return self.reglages.valeurs(examen, session, academie, secteur)

    def fenetre(self, examen: str, session: str, academie: str) -> Fenetre | None:
        reglee = self.valeurs(examen, session, academie).get("fenetre")
        return None if reglee is None else reglee.valeur

    @cached_property
    def academies_par_nom(self) -> tuple[Academie, ...]:
        """Sorted as the list of the portal: by name after the article (F032)."""
        return tuple(sorted(self.academies.values(), key=lambda academie: academie.nom))


def charger(dossier: Path, parametrage: Path | None = None) -> Referentiel:
    """Read the shipped folder, then the local settings over it.

    Raises ReferentielFautif when a shipped file is wrong; wrong local files are skipped and told in `fautes`.
    """
    lecture = _lire_les_fichiers_livres(dossier)
    ecartees: list[Faute] = []
    if parametrage is not None and parametrage.is_dir():
        lecture.lire_dossier(parametrage, local=True)
        while incoherences := lecture.incoherences():
            # A file may lean on one that is set aside, so the rest is read and compared anew.
            ecartees += incoherences
            lecture = _lire_les_fichiers_livres(dossier)
            lecture.lire_dossier(parametrage, local=True, sauf={faute.champ.split(":")[0] for faute in ecartees})
    return lecture.referentiel(_lieux(dossier), ecartees)


@cache
def _lieux(dossier: Path) -> Lieux:
    """The shipped lists of places, read once however often the local settings change."""
    return Lieux(dossier / "lieux", dossier / "listes")


def lire_fichier_de_reglages(nom: str, octets: bytes) -> FichierReglages:
    """A file of settings. Raises ReferentielFautif, its faults under `NOM:key`."""
    return _valider(FichierReglages, _toml(nom, octets), nom)


def etat_des_fichiers(parametrage: Path) -> frozenset[tuple[Path, int, int, int]]:
    """What tells, without reading them, that the local settings' files have changed: inode, size, time of each."""
    etats = set()
    for chemin in _fichiers(parametrage):
        try:
            etat = chemin.stat()
        except OSError:
            continue  # gone meanwhile, or unreadable: `charger` tells it
        etats.add((chemin, etat.st_ino, etat.st_size, etat.st_mtime_ns))
    return frozenset(etats)


def _fichiers(dossier: Path) -> list[Path]:
    """The files of a folder that may be the référentiel's, in the order read."""
    return [chemin for motif in ("*.toml", "*/*.toml", "listes/*.csv") for chemin in sorted(dossier.glob(motif))]


def _lire_les_fichiers_livres(dossier: Path) -> _Lecture:
    lecture = _Lecture()
    lecture.lire_dossier(dossier, local=False)
    if fautes := lecture.fautes or lecture.incoherences():
        raise ReferentielFautif(fautes)
    return lecture


class _Lecture:
    """Gathers typed objects by identity: a later (local) file replaces an earlier one; diplomas stand side by side."""

    def __init__(self) -> None:
        self.examens: dict[str, Examen] = {}
        self.diplomes: list[tuple[Diplome, Origine]] = []
        self.dispenses: dict[str, Dispenses] = {}
        self.matieres: dict[str, Matiere] = {}
        self.academies: dict[str, Academie] = {}
        self.etablissements: dict[str, Etablissement] = {}
        self.blocs: list[tuple[Reglage, Origine]] = []
        self.fautes: list[Faute] = []
        self.fichiers_des_dispenses: dict[str, str] = {}
        self._empreinte = hashlib.sha256()

    def lire_dossier(self, dossier: Path, *, local: bool, sauf: Collection[str] = ()) -> None:
        for chemin in _fichiers(dossier):
            nom = chemin.relative_to(dossier).as_posix()
            if nom.startswith(("lieux/", "polices/")) or nom in sauf:
                continue
            try:
                octets = chemin.read_bytes()
                self._ranger(nom, octets, Origine(nom, local))
            except _FichierFautif as erreur:
                self.fautes += erreur.fautes
            except OSError as erreur:
                message = f"Le fichier ne se lit pas : {erreur.strerror}."
                self.fautes.append(Faute("referentiel.lecture", nom, message, "Vérifiez ses droits."))
            else:
                self._empreinte.update(nom.encode() + b"\0" + hashlib.sha256(octets).digest())

    def _ranger(self, nom: str, octets: bytes, origine: Origine) -> None:
        if nom == "matieres.toml":
            self.matieres |= {m.code: m for m in _valider(FichierMatieres, _toml(nom, octets), nom).matiere}
        elif nom.startswith("examens/"):
            examen = _valider(Examen, _toml(nom, octets), nom)
            self.examens[examen.code] = examen
        elif nom.startswith("diplomes/"):
            self.diplomes.append((_valider(Diplome, _toml(nom, octets), nom), origine))
        elif nom.startswith("dispenses/"):
            dispenses = _valider(Dispenses, _toml(nom, octets), nom)
            self.dispenses[dispenses.examen] = dispenses
            self.fichiers_des_dispenses[dispenses.examen] = nom
        elif nom == "reglages.toml" or nom.startswith("services/"):
            self.blocs += [(reglage, origine) for reglage in lire_fichier_de_reglages(nom, octets).reglage]
        elif nom == "listes/academies.csv":
            self.academies |= {a.code: a for a in _lignes(Academie, nom, octets, listes=("departements",))}
        elif nom == "listes/etablissements.csv":
            self.etablissements |= {
                e.id: e for e in _lignes(Etablissement, nom, octets, listes=("academies", "groupes"))
            }

    def incoherences(self) -> list[Faute]:
        return fautes_de_coherence(
            self.examens, self.diplomes, self.dispenses, self.matieres, self.fichiers_des_dispenses
        )

    def referentiel(self, lieux: Lieux, ecartees: Iterable[Faute]) -> Referentiel:
        return Referentiel(
            examens=self.examens,
            diplomes=tuple(diplome for diplome, _ in self.diplomes),
            dispenses=self.dispenses,
            academies=self.academies,
            etablissements=tuple(self.etablissements.values()),
            reglages=Reglages(self.blocs),
            lieux=lieux,
            sha256=self._empreinte.hexdigest(),
            matieres=self.matieres,
            fautes=(*self.fautes, *ecartees),
        )


class _FichierFautif(ReferentielFautif):
    """One file's faults, on their way to the reader of the folder."""


def _texte(nom: str, octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as erreur:
        message = f"L'octet {erreur.start} du fichier n'est pas de l'UTF-8."
        raise _FichierFautif(Faute("referentiel.codage", nom, message, "Enregistrez le fichier en UTF-8.")) from erreur


def _toml(nom: str, octets: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(_texte(nom, octets))
    except (ValueError, RecursionError) as erreur:  # a number or a nesting without end is no TOMLDecodeError
        faute = Faute(
            "referentiel.toml", nom, f"Le fichier n'est pas du TOML lisible : {erreur}.", "Corrigez cette ligne."
        )
        raise _FichierFautif(faute) from erreur


def _valider(modele: type[_M], table: dict[str, Any], nom: str) -> _M:
    try:
        return modele.model_validate(table)
    except ValidationError as erreur:
        raise _FichierFautif(_fautes_pydantic(erreur, nom)) from erreur


def _fautes_pydantic(erreur: ValidationError, nom: str) -> Iterator[Faute]:
    for detail in erreur.errors(include_url=False):
        cle = ".".join(str(partie) for partie in detail["loc"])
        yield Faute("referentiel.valeur", f"{nom}:{cle}", f"{_dire(detail)}.", "Corrigez cette clé.")


def _dire(detail: ErrorDetails) -> str:
    contexte = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "Cette clé manque"
        case "extra_forbidden":
            return "Cette clé n'existe pas ici"
        case "value_error":
            return str(contexte["error"])
        case "literal_error":
            return (
                f"« {_extrait(detail['input'])} » n'est pas admis, mais {contexte['expected'].replace(' or ', ' ou ')}"
            )
        case _:
            return f"« {_extrait(detail['input'])} » n'est pas une valeur admise"


def _extrait(valeur: object) -> str:
    try:
        return str(valeur)[:60]
    except ValueError:  # an immense number has no decimal text
        return "…"


def _lignes(modele: type[_M], nom: str, octets: bytes, *, listes: Iterable[str]) -> Iterator[_M]:
    texte = "\n".join(ligne for ligne in _texte(nom, octets).splitlines() if not ligne.startswith("#"))
    lecteur = csv.DictReader(io.StringIO(texte), restkey="en trop", restval="")
    if set(lecteur.fieldnames or ()) != set(modele.model_fields):
        message = f"Les colonnes attendues sont {', '.join(modele.model_fields)}."
        raise _FichierFautif(Faute("referentiel.colonnes", nom, message, "Corrigez la première ligne."))
    for rang in lecteur:
        yield _valider(modele, {**rang, **{cle: tuple(rang[cle].split()) for cle in listes}}, nom)

"""Reads the référentiel's folders; a wrong file is named with its key, and a wrong local file stops nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif, lieu_dans_le_toml, raison
from cyclades_tui.referentiel.bloc_de_reglages import BlocsDeReglages, FichierReglages, Reglage
from cyclades_tui.referentiel.lieux import Lieux
from cyclades_tui.referentiel.pieces import FichierPieces, Motif, Piece
from cyclades_tui.referentiel.reglages import Origine, ReglagesDuService
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
from cyclades_tui.referentiel.verification import fautes_de_coherence, fautes_des_defauts, fautes_des_pieces

_M = TypeVar("_M", bound=BaseModel)
# What pydantic finds, by its own names, in French.
_CONSTATS = {
    "missing": "Cette clé manque",
    "extra_forbidden": "Cette clé n'existe pas ici",
    "too_short": "La liste est vide",
}
# By the beginning of the type's name in the library's faults.
_ATTENDUS = {"decimal_": "un nombre", "int_": "un nombre entier", "bool_": "true ou false"}
_ADMIS = {"expected": "", "ge": "au moins ", "le": "au plus "}


@dataclass(frozen=True)
class Referentiel:
    """Everything that the exams are, typed and immutable; `sha256` names this very content."""

    examens: dict[str, Examen]
    diplomes: tuple[Diplome, ...]
    dispenses: dict[str, Dispenses]
    academies: dict[str, Academie]
    etablissements: tuple[Etablissement, ...]
    blocs: BlocsDeReglages
    lieux: Lieux
    sha256: str
    matieres: dict[str, Matiere] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    motifs: tuple[Motif, ...] = ()
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

    def reglages(self, examen: str, session: str, academie: str, secteur: str = "") -> ReglagesDuService:
        """What applies there; `secteur` is the spécialité's, once it is known (`Diplome.secteur`)."""
        return self.blocs.reglages(examen, session, academie, secteur)

    @cached_property
    def academies_par_nom(self) -> tuple[Academie, ...]:
        """Sorted as the list of the portal: by name after the article (F032)."""
        return tuple(sorted(self.academies.values(), key=lambda academie: academie.nom))


def charger(dossier: Path, parametrage: Path | None = None) -> Referentiel:
    """Read the shipped folder, then the local settings over it.

    Raises ReferentielFautif when a shipped file is wrong; wrong local files are skipped and told in `fautes`.
    """
    lecture = lire(dossier, parametrage)
    blocs = BlocsDeReglages(lecture.blocs)
    if fautes := fautes_des_defauts(blocs.retenues("", "", "")):
        raise ReferentielFautif(fautes)
    return Referentiel(
        examens=lecture.examens,
        diplomes=tuple(diplome for diplome, _ in lecture.diplomes),
        dispenses=lecture.dispenses,
        academies=lecture.academies,
        etablissements=tuple(lecture.etablissements.values()),
        blocs=blocs,
        lieux=_lieux(dossier),
        sha256=lecture.sha256,
        matieres=lecture.matieres,
        pieces=tuple(sorted(lecture.pieces.values(), key=lambda piece: piece.rang)),
        motifs=tuple(lecture.motifs),
        fautes=tuple(lecture.fautes),
    )


def lire(dossier: Path, parametrage: Path | None = None) -> LectureDuReferentiel:
    """The objects of both folders with their files; raises and skips as `charger` does."""
    lecture = _lire_les_fichiers_livres(dossier)
    ecartees: list[Faute] = []
    if parametrage is not None and parametrage.is_dir():
        lecture.lire_dossier(parametrage, local=True)
        while incoherences := lecture.incoherences():
            # A file may lean on one that is set aside, so the rest is read and compared anew.
            ecartees += incoherences
            lecture = _lire_les_fichiers_livres(dossier)
            lecture.lire_dossier(parametrage, local=True, sauf={faute.champ.split(":")[0] for faute in ecartees})
    lecture.fautes += ecartees
    return lecture


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


def _lire_les_fichiers_livres(dossier: Path) -> LectureDuReferentiel:
    """Read once while no file changes: a change of the local settings has only those to read again."""
    return _lecture_des_livres(dossier, etat_des_fichiers(dossier)).copie()


@lru_cache(maxsize=2)
def _lecture_des_livres(dossier: Path, _etat: frozenset[tuple[Path, int, int, int]]) -> LectureDuReferentiel:
    lecture = LectureDuReferentiel()
    lecture.lire_dossier(dossier, local=False)
    if fautes := lecture.fautes or lecture.incoherences():
        raise ReferentielFautif(fautes)
    return lecture


class LectureDuReferentiel:
    """Gathers typed objects by identity: a later (local) file replaces an earlier one; diplomas stand side by side."""

    def __init__(self) -> None:
        self.examens: dict[str, Examen] = {}
        self.diplomes: list[tuple[Diplome, Origine]] = []
        self.dispenses: dict[str, Dispenses] = {}
        self.matieres: dict[str, Matiere] = {}
        self.academies: dict[str, Academie] = {}
        self.etablissements: dict[str, Etablissement] = {}
        self.pieces: dict[str, Piece] = {}
        self.motifs: list[Motif] = []
        self.blocs: list[tuple[Reglage, Origine]] = []
        self.fautes: list[Faute] = []
        # The file of each object but the diplomas and the blocks, which have theirs beside them: by folder and code.
        self.fichiers: dict[tuple[str, str], str] = {}
        self._empreinte = hashlib.sha256()

    def copie(self) -> LectureDuReferentiel:
        """The same objects, gathered anew: what is read after goes into one of the two only."""
        autre = copy(self)
        for nom, valeur in vars(self).items():
            setattr(autre, nom, valeur.copy())
        return autre

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
                message = f"Le fichier ne se lit pas : {raison(erreur)}."
                self.fautes.append(Faute("referentiel.lecture", nom, message, "Vérifiez ses droits."))
            else:
                self._empreinte.update(nom.encode() + b"\0" + hashlib.sha256(octets).digest())

    @property
    def sha256(self) -> str:
        """Names this very content: files skipped are not in it."""
        return self._empreinte.hexdigest()

    def incoherences(self) -> list[Faute]:
        fichiers = {code: self.fichiers["dispenses", code] for code in self.dispenses}
        fautes = fautes_de_coherence(self.examens, self.diplomes, self.dispenses, self.matieres, fichiers)
        nommees = [(piece, self.fichiers["pieces", piece.id]) for piece in self.pieces.values()]
        specialites = {diplome.code for diplome, _ in self.diplomes}
        return fautes + fautes_des_pieces(nommees, self.examens, self.academies, specialites)

    def _ranger(self, nom: str, octets: bytes, origine: Origine) -> None:
        match nom.split("/"):
            case ["matieres.toml"]:
                matieres = _valider(FichierMatieres, _toml(nom, octets), nom).matiere
                self._garder("matieres", self.matieres, {matiere.code: matiere for matiere in matieres}, nom)
            case ["examens", _]:
                examen = _valider(Examen, _toml(nom, octets), nom)
                self._garder("examens", self.examens, {examen.code: examen}, nom)
            case ["diplomes", _]:
                self.diplomes.append((_valider(Diplome, _toml(nom, octets), nom), origine))
            case ["dispenses", _]:
                dispenses = _valider(Dispenses, _toml(nom, octets), nom)
                self._garder("dispenses", self.dispenses, {dispenses.examen: dispenses}, nom)
            case ["pieces", _]:
                lues = _valider(FichierPieces, _toml(nom, octets), nom)
                self._garder("pieces", self.pieces, {piece.id: piece for piece in lues.piece}, nom)
                self.motifs = list(lues.motif) or self.motifs
            case ["reglages.toml"] | ["services", _]:
                self.blocs += [(reglage, origine) for reglage in lire_fichier_de_reglages(nom, octets).reglage]
            case ["listes", "academies.csv"]:
                academies = {a.code: a for a in _lignes(Academie, nom, octets, listes=("departements",))}
                self._garder("academies", self.academies, academies, nom)
            case ["listes", "etablissements.csv"]:
                lus = {e.id: e for e in _lignes(Etablissement, nom, octets, listes=("academies", "groupes"))}
                self._garder("etablissements", self.etablissements, lus, nom)

    def _garder(self, nature: str, gardes: dict[str, _M], lus: dict[str, _M], nom: str) -> None:
        gardes |= lus
        self.fichiers |= {(nature, code): nom for code in lus}


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
        return tomli.loads(_texte(nom, octets))
    except (ValueError, RecursionError) as erreur:  # a number or a nesting without end is no TOMLDecodeError
        message = f"Le fichier n'est pas du TOML lisible{lieu_dans_le_toml(erreur)}."
        faute = Faute("referentiel.toml", nom, message, "Corrigez-le.")
        raise _FichierFautif(faute) from erreur


def _valider(modele: type[_M], table: dict[str, Any], nom: str) -> _M:
    try:
        return modele.model_validate(table)
    except ValidationError as erreur:
        fautes = [
            Faute("referentiel.valeur", f"{nom}:{cle}", message, "Corrigez cette clé.")
            for cle, message in fautes_de_schema(erreur)
        ]
        raise _FichierFautif(fautes) from erreur


def fautes_de_schema(erreur: ValidationError) -> Iterator[tuple[str, str]]:
    """The dotted key of each fault, empty for a table as a whole, and what is wrong, in French."""
    for detail in erreur.errors(include_url=False):
        yield ".".join(str(partie) for partie in detail["loc"]), f"{_dire(detail)}."


def _dire(detail: ErrorDetails) -> str:
    contexte = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(contexte["error"])
    if detail["type"] in _CONSTATS:
        return _CONSTATS[detail["type"]]
    lue = f"« {_extrait(detail['input'])} »"
    for limite, admis in _ADMIS.items():
        if limite in contexte:
            return f"{lue} n'est pas admis, mais {admis}{str(contexte[limite]).replace(' or ', ' ou ')}"
    attendu = next((dit for debut, dit in _ATTENDUS.items() if detail["type"].startswith(debut)), "")
    return f"{lue} n'est pas {attendu}" if attendu else f"{lue} n'est pas une valeur admise"


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

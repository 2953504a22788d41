"""Reads the folders of the référentiel; errors name file and key, and a wrong local file does not stop the others."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import os
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cyclades_tui.domaine.erreurs import Faute, FichierRefuse, ReferentielFautif, lieu_dans_le_toml, raison
from cyclades_tui.domaine.lecture_de_fichiers import REGLAGES_AU_PLUS, lire_en_entier
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
_TOML = ".toml"
_A_PART = ("lieux", "polices")  # folders that others read
_ESSAIS = 3  # of a file that an editor is writing
# French for pydantic's faults, by pydantic's names.
_CONSTATS = {
    "missing": "Cette clé manque",
    "extra_forbidden": "Cette clé n'existe pas ici",
    "too_short": "La liste est vide",
}
# The same, by the beginning of pydantic's name.
_ATTENDUS = {"decimal_": "un nombre", "int_": "un nombre entier", "bool_": "true ou false"}
_ADMIS = {"expected": "", "ge": "au moins ", "le": "au plus "}


@dataclass(frozen=True)
class Referentiel:
    """All the data on exams, typed and immutable; `sha256` identifies this content."""

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
    fichiers_locaux: dict[str, str] = field(default_factory=dict)  # path in the local folder -> digest

    def diplome(self, examen: str, code: str, annee: int) -> Diplome:
        """The spécialité as it is for a session's year. Raises KeyError if no file covers it."""
        for diplome in self.diplomes_de(examen, annee):
            if diplome.code == code:
                return diplome
        raise KeyError(code)

    def diplomes_de(self, examen: str, annee: int) -> tuple[Diplome, ...]:
        """The spécialités of an exam in a year; a local file takes the place of a shipped one."""
        par_code: dict[str, Diplome] = {}
        for diplome in self.diplomes:  # local ones come last
            if diplome.examen == examen and diplome.sessions[0] <= annee <= diplome.sessions[1]:
                par_code[diplome.code] = diplome
        return tuple(par_code.values())

    def dispenses_de(self, examen: str) -> Dispenses:
        """What may be declared for an exam; empty if no file says."""
        return self.dispenses.get(examen) or Dispenses(examen=examen)

    def titres_offerts(self, diplome: Diplome, annee: int, groupe: str) -> tuple[Titre, ...]:
        """The titles worth offering for a spécialité: those whose own matières it has (F212)."""
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
        """The settings that apply; `secteur` is that of the spécialité, once it is known (`Diplome.secteur`)."""
        return self.blocs.reglages(examen, session, academie, secteur)

    @cached_property
    def academies_par_nom(self) -> tuple[Academie, ...]:
        """Académies as the portal's list sorts them: by name without the article (F032)."""
        return tuple(sorted(self.academies.values(), key=lambda academie: academie.nom))


def charger(dossier: Path, parametrage: Path | None = None) -> Referentiel:
    """Read the shipped folder, then the local settings over it.

    Raises ReferentielFautif if a shipped file is wrong, or a local one cannot be read: others would see it. Local files
    that are read and wrong are skipped and listed in `fautes`.
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
        fichiers_locaux=lecture.fichiers_locaux,
    )


def lire(dossier: Path, parametrage: Path | None = None) -> LectureDuReferentiel:
    """Read both folders, with the file of each object; raises and skips as `charger` does."""
    lecture = _lire_les_fichiers_livres(dossier)
    ecartees: list[Faute] = []
    if parametrage is not None:
        lecture.lire_dossier(parametrage, local=True)
        while incoherences := lecture.incoherences():
            # Other files may depend on the one that is skipped, so the rest is read and compared again.
            ecartees += incoherences
            lus, lecture = lecture.fichiers_locaux, _lire_les_fichiers_livres(dossier)
            lecture.lire_dossier(parametrage, local=True, sauf={faute.champ.split(":")[0] for faute in ecartees})
            lecture.fichiers_locaux = lus | lecture.fichiers_locaux
    lecture.fautes += ecartees
    return lecture


@cache
def _lieux(dossier: Path) -> Lieux:
    """The shipped lists of places, read once even if the local settings change."""
    return Lieux(dossier / "lieux", dossier / "listes")


def lire_fichier_de_reglages(nom: str, octets: bytes) -> FichierReglages:
    """Read the bytes of a file of settings. Raises ReferentielFautif, with its faults under `NOM:key`."""
    return _valider(FichierReglages, _toml(nom, octets), nom)


def etat_des_fichiers(parametrage: Path) -> frozenset[tuple[Path, int, int, int]]:
    """Inode, size and time of each local file: tells whether the settings changed, without reading them.

    Raises ReferentielFautif if the folder cannot be read.
    """
    etats = set()
    for chemin in fichiers_lus(parametrage):
        try:
            etat = chemin.stat()
        except OSError:
            continue  # gone meanwhile, or unreadable: `charger` says so
        etats.add((chemin, etat.st_ino, etat.st_size, etat.st_mtime_ns))
    return frozenset(etats)


def fichiers_lus(dossier: Path) -> list[Path]:
    """The files of a folder that may belong to the référentiel, in reading order; none of a folder that is absent.

    Raises ReferentielFautif if a folder cannot be read.
    """
    try:
        premiers, dossiers = _contenu(dossier)
        lus = (sien for sien in dossiers if sien.name not in _A_PART)
        suivants = [(sien, chemin) for sien in lus for chemin in _contenu(sien)[0]]
    except OSError as erreur:
        message = f"Le dossier de réglages « {erreur.filename} » ne peut pas être lu : {raison(erreur)}."
        remede = "Donnez-lui le groupe et les droits du dossier du store, puis recommencez."
        raise ReferentielFautif(Faute("referentiel.dossier", "", message, remede)) from erreur
    return [
        *(chemin for chemin in premiers if chemin.suffix == _TOML),
        *(chemin for _, chemin in suivants if chemin.suffix == _TOML),
        *(chemin for sien, chemin in suivants if chemin.suffix == ".csv" and sien.name == "listes"),
    ]


def _contenu(dossier: Path) -> tuple[list[Path], list[Path]]:
    """What a folder holds in order, and the folders among it; nothing if it is absent. Raises OSError."""
    try:
        with os.scandir(dossier) as lues:
            entrees = sorted(lues, key=lambda entree: entree.name)
    except FileNotFoundError:
        return [], []
    return [dossier / e.name for e in entrees], [dossier / e.name for e in entrees if _est_un_dossier(e)]


def _est_un_dossier(entree: os.DirEntry[str]) -> bool:
    try:
        return entree.is_dir()
    except OSError as erreur:
        if erreur.errno == errno.ELOOP:  # a link in a circle: reading it says so
            return False
        raise


def _lire_les_fichiers_livres(dossier: Path) -> LectureDuReferentiel:
    """The shipped files, kept in memory: after a change of the local settings only those are read again."""
    return _lecture_des_livres(dossier, etat_des_fichiers(dossier)).copie()


@lru_cache(maxsize=2)
def _lecture_des_livres(dossier: Path, _etat: frozenset[tuple[Path, int, int, int]]) -> LectureDuReferentiel:
    lecture = LectureDuReferentiel()
    lecture.lire_dossier(dossier, local=False)
    if fautes := lecture.fautes or lecture.incoherences():
        raise ReferentielFautif(fautes)
    return lecture


class LectureDuReferentiel:
    """Gathers typed objects by identity: a later (local) file replaces an earlier one; but all diplomas are kept."""

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
        # The file of each object, by folder and code; diplomas and blocks carry theirs.
        self.fichiers: dict[tuple[str, str], str] = {}
        self.fichiers_locaux: dict[str, str] = {}  # path in the local folder -> digest, also of wrong files
        self._empreinte = hashlib.sha256()

    def copie(self) -> LectureDuReferentiel:
        """The same objects in new collections: what is read afterwards goes into one of the two only."""
        autre = copy(self)
        for nom, valeur in vars(self).items():
            setattr(autre, nom, valeur.copy())
        return autre

    def lire_dossier(self, dossier: Path, *, local: bool, sauf: Collection[str] = ()) -> None:
        for chemin in fichiers_lus(dossier):
            nom = chemin.relative_to(dossier).as_posix()
            if nom in sauf:
                continue
            try:
                octets = lire_un_fichier(chemin)
            except FileNotFoundError:
                continue  # gone since it was listed
            sha256 = hashlib.sha256(octets)
            if local:
                self.fichiers_locaux[nom] = sha256.hexdigest()
            try:
                self._ranger(nom, octets, Origine(nom, local))
            except _FichierFautif as erreur:
                self.fautes += erreur.fautes
            else:
                self._empreinte.update(nom.encode() + b"\0" + sha256.digest())

    @property
    def sha256(self) -> str:
        """The digest that identifies this content; skipped files do not count."""
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


def lire_un_fichier(chemin: Path) -> bytes:
    """The bytes of a settings file. Raises FileNotFoundError; ReferentielFautif if it cannot be read."""
    for _ in range(_ESSAIS):
        try:
            return lire_en_entier(chemin, REGLAGES_AU_PLUS)
        except OSError as erreur:
            if isinstance(erreur, FileNotFoundError) and not chemin.is_symlink():
                raise
            derniere = erreur
            if not (isinstance(erreur, FichierRefuse) and erreur.motif == "change"):
                break
    message = f"Le fichier de réglages « {chemin} » ne peut pas être lu : {raison(derniere)}."
    remede = "Donnez-en la lecture à ce compte, ou retirez ce fichier du dossier de réglages."
    raise ReferentielFautif(Faute("referentiel.lecture", "", message, remede)) from derniere


class _FichierFautif(ReferentielFautif):
    """The faults of one file, caught by the reader of the folder."""


def _texte(nom: str, octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        message = f"L'octet {erreur.start} du fichier n'est pas de l'UTF-8."
        raise _FichierFautif(Faute("referentiel.codage", nom, message, "Enregistrez le fichier en UTF-8.")) from erreur


def _toml(nom: str, octets: bytes) -> dict[str, Any]:
    try:
        return tomli.loads(_texte(nom, octets))
    except (ValueError, RecursionError) as erreur:  # of endless numbers and nestings, which raise no TOMLDecodeError
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
    """Each fault of pydantic in French: its dotted key (empty for a whole table), and what is wrong."""
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
    except ValueError:  # a number too long for Python to print
        return "…"


def _lignes(modele: type[_M], nom: str, octets: bytes, *, listes: Iterable[str]) -> Iterator[_M]:
    texte = "\n".join(ligne for ligne in _texte(nom, octets).splitlines() if not ligne.startswith("#"))
    lecteur = csv.DictReader(io.StringIO(texte), restkey="en trop", restval="")
    if set(lecteur.fieldnames or ()) != set(modele.model_fields):
        message = f"Les colonnes attendues sont {', '.join(modele.model_fields)}."
        raise _FichierFautif(Faute("referentiel.colonnes", nom, message, "Corrigez la première ligne."))
    for rang in lecteur:
        yield _valider(modele, {**rang, **{cle: tuple(rang[cle].split()) for cle in listes}}, nom)

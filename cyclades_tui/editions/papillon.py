"""The « papillon de connexion » that a school hands to each pupil it has pre-registered (F351-F358)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.temps import de_iso

TITRE = "Accès au service en ligne des examens"
SOUS_TITRE = "(Document à conserver impérativement)"
AVANT_ADRESSE = "Le service est disponible à l'adresse internet suivante :"
AVANT_IDENTIFIANTS = "Identifiez-vous avec le compte qui vous a été attribué :"


@dataclass(frozen=True, slots=True)
class Papillon:
    """What is told to one pupil; `instant` is UTC.

    `academie` is written as it heads the sheet, `ACADÉMIE DE BESANCON`; `etablissement` is the school's name, then its
    address line by line; `annonce` names the exam and says what the service is for. `telephone`, `classe`, `resultats`
    (where they will be read) and `conseil` (on changing the password) may be empty.
    """

    academie: str
    etablissement: tuple[str, ...]
    telephone: str
    eleve: str
    classe: str
    numero_candidat: str
    numero_inscription: str
    annonce: str
    url: str
    identifiant: str
    mot_de_passe: str
    resultats: str
    conseil: str
    instant: datetime
    formation: bool


def lire_papillon(contenu: Mapping[str, Any]) -> Papillon:
    """A papillon from its fields as JSON holds them. Raises KeyError when one is missing."""
    valeurs = {champ.name: contenu[champ.name] for champ in fields(Papillon)}
    return Papillon(
        **{**valeurs, "etablissement": tuple(valeurs["etablissement"]), "instant": de_iso(valeurs["instant"])}
    )


def composer(papillon: Papillon) -> DocumentCompose:
    """The sheet of one pupil."""
    return DocumentCompose(
        titre=TITRE,
        sujet=f"Candidat {papillon.numero_candidat}, inscription {papillon.numero_inscription}",
        instant=papillon.instant,
        formation=papillon.formation,
        blocs=tuple(_blocs(papillon)),
    )


def _blocs(papillon: Papillon) -> Iterator[BlocDeDocument]:
    yield BlocDeDocument(Style.TITRE, gras=papillon.academie)
    yield BlocDeDocument(Style.TITRE, gras=TITRE)
    yield BlocDeDocument(Style.TITRE, SOUS_TITRE)
    for rang, ligne in enumerate(papillon.etablissement):
        yield BlocDeDocument(Style.SERVICE, gras=ligne) if rang == 0 else BlocDeDocument(Style.SERVICE, ligne)
    if papillon.telephone:
        yield BlocDeDocument(Style.SERVICE, f"Tél : {papillon.telephone}")
    yield BlocDeDocument(Style.LIGNE, f"Elève : {papillon.eleve}")
    if papillon.classe:
        yield BlocDeDocument(Style.LIGNE, f"Classe : {papillon.classe}")
    yield BlocDeDocument(
        Style.LIGNE, f"N° candidat : {papillon.numero_candidat} - Inscription n° : {papillon.numero_inscription}"
    )
    yield BlocDeDocument(Style.PARAGRAPHE, f"{papillon.annonce} {AVANT_ADRESSE} {papillon.url}")
    yield BlocDeDocument(Style.RUBRIQUE, gras=AVANT_IDENTIFIANTS)
    yield BlocDeDocument(Style.LIGNE, f"Votre identifiant de connexion : {papillon.identifiant}")
    yield BlocDeDocument(
        Style.LIGNE, f"Votre mot de passe{' (*)' if papillon.conseil else ''} : {papillon.mot_de_passe}"
    )
    if papillon.resultats:
        yield BlocDeDocument(Style.PARAGRAPHE, papillon.resultats)
    if papillon.conseil:
        yield BlocDeDocument(Style.PARAGRAPHE, f"(*) {papillon.conseil}")

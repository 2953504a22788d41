"""The file of a candidature, derived from the fields: a commented template and a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cyclades_tui.champs.catalogue import champs_de_toute_categorie
from cyclades_tui.champs.listes import Listes, depend_de_la_categorie
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.onglets import GenreOnglet, onglets_du_genre
from cyclades_tui.domaine.temps import annee_de_session
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.schema import Diplome, Examen

_LISTE_COURTE = 12
_BOOLEEN = ["boolean", "string"]
_VIDES = (Nature.CALCULE,)
_CASES = (Nature.CASE, Nature.OUI_NON)
_SCHEMA_SERVICE = {
    "type": "object",
    "required": ["examen", "session", "academie"],
    "additionalProperties": False,
    "properties": {
        "examen": {"type": "string", "description": "code de l'examen, par exemple BCP"},
        "session": {"type": ["string", "integer"], "description": "par exemple 2024, JUIN 2022"},
        "academie": {"type": "string", "description": "nom ou code de l'académie"},
    },
}
_SCHEMA_MODIFICATION = {
    "type": "object",
    "required": ["inscription", "version"],
    "additionalProperties": False,
    "properties": {
        "inscription": {"type": ["string", "integer"], "description": "N° d'inscription de la candidature à modifier"},
        "version": {"type": ["string", "integer"], "description": "version dont part la modification"},
    },
}


def modele_toml(referentiel: Referentiel, examen: Examen, diplome: Diplome, session: str, academie: str) -> str:
    """A template with every field of a spécialité, its label, help and short lists; optional fields are commented."""
    champs = _champs(referentiel, examen, diplome, annee_de_session(session))
    listes = Listes(referentiel, examen, session, academie)
    lignes = [
        f"# Candidature : {examen.libelle}, {diplome.libelle} ({diplome.code}).",
        "# Les lignes qui commencent par # sont des explications ou des rubriques facultatives : retirez le # pour les",
        "# remplir. Les réponses Oui/Non et les cases s'écrivent true ou false. Vérifiez avec : inscrire --simuler.",
        "",
        "[service]",
        f'examen = "{examen.code}"',
        f'session = "{session}"',
        f'academie = "{referentiel.academies[academie].nom}"',
        "",
        "# Pour modifier une candidature déjà enregistrée, et seulement alors :",
        "# [modification]",
        '# inscription = "001"',
        "# version = 1",
    ]
    for table, groupe in _par_table(champs.values()):
        facultative = all(champ.obligatoire is None or champ.condition for champ in groupe)
        lignes += ["", f"{'# ' if facultative else ''}[{table}]"]
        for champ in groupe:
            lignes += _lignes_du_champ(champ, listes, commente=facultative)
    return "\n".join(lignes) + "\n"


def schema_json(referentiel: Referentiel, examen: Examen) -> dict[str, Any]:
    """A JSON Schema (2020-12) for the candidature files of an exam, for all sessions and spécialités.

    It checks the shape only; the command checks the rest.
    """
    siens = {onglet.id for onglet in examen.onglets}
    racine: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Candidature {examen.code}",
        "type": "object",
        "required": ["service", *(onglet for onglet in onglets_du_genre(GenreOnglet.CHAMPS) if onglet in siens)],
        "additionalProperties": False,
        "properties": {"service": _SCHEMA_SERVICE, "modification": _SCHEMA_MODIFICATION},
    }
    for annee in _annees_de_changement(referentiel, examen):
        for diplome in (d for d in referentiel.diplomes_de(examen.code, annee) if not d.ferme):
            for champ in _champs(referentiel, examen, diplome, annee).values():
                _placer(racine, champ)
    _accepter_les_listes(racine)
    return racine


def _annees_de_changement(referentiel: Referentiel, examen: Examen) -> list[int]:
    """The years when the tree of a spécialité changes, within a file or from one file to the next."""
    diplomes = [diplome for diplome in referentiel.diplomes if diplome.examen == examen.code]
    return sorted({annee for diplome in diplomes for annee in (*diplome.changements(), diplome.sessions[1] + 1)})


def _champs(referentiel: Referentiel, examen: Examen, diplome: Diplome, annee: int) -> Mapping[str, Champ]:
    """The fields of the exam's tabs that a file may fill."""
    listes = Listes(referentiel, examen, str(annee), "")
    onglets = {onglet.id for onglet in examen.onglets}
    return {
        identifiant: champ
        for identifiant, champ in champs_de_toute_categorie(referentiel, diplome, annee).items()
        if champ.onglet in onglets
        and listes.propose(champ)
        and champ.nature not in _VIDES
        and not identifiant.startswith("acquis.declaration.")
    }


def _par_table(champs: Iterable[Champ]) -> Iterator[tuple[str, list[Champ]]]:
    """Fields by TOML table, in order of first appearance, because TOML allows each table only once."""
    tables: dict[str, list[Champ]] = {}
    for champ in champs:
        tables.setdefault(champ.id.rpartition(".")[0], []).append(champ)
    yield from tables.items()


def _lignes_du_champ(champ: Champ, listes: Listes, *, commente: bool) -> Iterator[str]:
    obligation = "obligatoire" if champ.obligatoire == () and not champ.condition else "selon le cas"
    if champ.obligatoire is None:
        obligation = "facultatif"
    yield f"# {champ.libelle} ({obligation}). {champ.aide}."
    if champ.liste and not depend_de_la_categorie(champ):
        valeurs = [choix.libelle for choix in listes.choix(champ.liste)]
        if len(valeurs) <= _LISTE_COURTE:
            yield f"#   {' | '.join(valeurs)}"
    exemple = champ.exemple or champ.defaut
    valeur = (
        "false"
        if champ.nature in _CASES
        else json.dumps(exemple if obligation != "obligatoire" else "", ensure_ascii=False)
    )
    if champ.defaut and obligation == "obligatoire":
        valeur = json.dumps(_libelle_du_defaut(champ, listes), ensure_ascii=False)
    prefixe = "" if obligation == "obligatoire" and not commente else "# "
    yield f"{prefixe}{champ.id.rpartition('.')[2]} = {valeur}"


def _libelle_du_defaut(champ: Champ, listes: Listes) -> str:
    if depend_de_la_categorie(champ):
        return champ.defaut
    trouve = listes.trouver(champ.liste, champ.defaut)
    return champ.defaut if trouve is None else trouve.libelle


def _placer(racine: dict[str, Any], champ: Champ) -> None:
    *tables, cle = champ.id.split(".")
    objet = racine
    for nom in tables:
        vide: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {}}
        objet = objet["properties"].setdefault(nom, vide)
    description = f"{champ.aide}. {champ.explication}"
    objet["properties"][cle] = {"type": _types(champ), "title": champ.libelle, "description": description}


def _accepter_les_listes(schema: dict[str, Any]) -> None:
    """For tables that hold only boxes, also accept a list of those that are ticked."""
    enfants = schema.get("properties", {}).values()
    for enfant in enfants:
        _accepter_les_listes(enfant)
    if len(enfants) > 1 and all(enfant["type"] == _BOOLEEN for enfant in enfants):
        schema |= {"type": ["object", "array"], "items": {"enum": list(schema["properties"])}}


def _types(champ: Champ) -> list[str]:
    if champ.nature in _CASES:
        return _BOOLEEN
    if champ.nature in (Nature.NOTE, Nature.ANNEE, Nature.CHOIX, Nature.CODE_POSTAL):
        return ["string", "number"]
    return ["string"]

"""What each column may hold, whatever was written over it: a row of another form is damaged (decision 20).

Most follow from the type of the column; `_INSTANTS` and `_CODES` have the rest. U+FFFD is what a byte that is no text
becomes when it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final, get_args

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.natures import nature_de
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.referentiel.pieces import ModeDePiece
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.modele.tables import Table, Version

Forme = Callable[[Any], bool]
MODES: Final = frozenset(get_args(ModeDePiece))

_ILLISIBLE = "\N{REPLACEMENT CHARACTER}"
_ANNEES = range(1900, 9000)
_CLE_DE_BROUILLON = re.compile(r"[^|]+\|(?:candidature:\d+\|version:\d+|[^|]+\|[^|]+\|[^|]+)", re.ASCII)


def colonne_abimee(table: type[Table], valeurs: Mapping[str, Any]) -> str:
    """The first column of a row that is not of its form; empty if all are."""
    for colonne, forme in _formes(table):
        if colonne in valeurs and not forme(valeurs[colonne]):
            return colonne
    return ""


def abimee(ligne: Table) -> str:
    """The first column of a row that is damaged; empty if the row is sound."""
    if colonne := colonne_abimee(type(ligne), ligne.__dict__):  # as it was read: no column is loaded here
        return colonne
    # A version is what its digest says, or nobody knows what was saved.
    if isinstance(ligne, Version) and empreinte(ligne.contenu) != ligne.sha256:
        return "contenu"
    return ""


def est_un_texte(valeur: Any) -> bool:
    """Whether a cell holds a text, with no byte that is none."""
    return isinstance(valeur, str) and _ILLISIBLE not in valeur


def _entier(valeur: Any) -> bool:
    return isinstance(valeur, int)


def est_un_instant(valeur: Any) -> bool:
    """Whether a cell holds an instant."""
    try:
        lu = datetime.fromisoformat(valeur)
    except (TypeError, ValueError):
        return False
    return lu.year in _ANNEES


def _jour(valeur: Any) -> bool:
    try:
        return date.fromisoformat(valeur).year in _ANNEES
    except (TypeError, ValueError):
        return False


def _nature(valeur: Any) -> bool:
    try:
        nature_de(valeur)
    except (AttributeError, TypeError, ValueError):
        return False
    return True


def _cle_de_brouillon(valeur: Any) -> bool:
    return est_un_texte(valeur) and _CLE_DE_BROUILLON.fullmatch(valeur) is not None


def _un_de(codes: Collection[str]) -> Forme:
    connus = frozenset(codes)
    return lambda valeur: isinstance(valeur, str) and valeur in connus


def _json(de: type, des: type | None = None) -> Forme:
    """The JSON text of an object, or of a list, perhaps of texts only."""

    def forme(valeur: Any) -> bool:
        if not est_un_texte(valeur):
            return False
        try:
            lu = json.loads(valeur)
        except (ValueError, RecursionError):
            return False
        contenus: Iterable[Any] = lu.values() if isinstance(lu, dict) else lu if isinstance(lu, list) else ()
        return isinstance(lu, de) and (des is None or all(isinstance(un, des) for un in contenus))

    return forme


def _ou(vide: object, forme: Forme) -> Forme:
    return lambda valeur: valeur == vide or forme(valeur)


# The instants and days that the program reads as such; others are only kept.
_INSTANTS: Final = frozenset(
    {
        ("agent", "bloque_jusqu"),
        ("agent", "cree_le"),
        ("agent", "desactive_le"),
        ("brouillon", "maj_le"),
        ("candidature", "maj_le"),
        ("compte", "cree_le"),
        ("depot", "depose_le"),
        ("document", "cree_le"),
        ("justificatif", "attend_depuis"),
        ("justificatif", "limite"),
        ("justificatif", "ouverte_le"),
        ("justificatif", "valide_le"),
        ("message", "cree_le"),
        ("suivi", "instant"),
        ("version", "enregistree_le"),
    }
)
_VIDES: Final = frozenset({"attend_depuis", "ouverte_le", "maj_le"})  # empty until there is one
_CODES: Final[Mapping[tuple[str, str], Forme]] = MappingProxyType(
    {
        ("agent", "academies"): _json(list, str),
        ("agent", "role"): _un_de([*Role]),
        ("brouillon", "cle"): _cle_de_brouillon,
        ("brouillon", "saisie"): _json(dict, str),
        ("candidat", "naissance"): _jour,
        ("candidature", "etat"): _un_de([*EtatCandidature]),
        ("document", "contenu"): _json(dict),
        ("document", "nature"): _nature,
        ("justificatif", "mode"): _un_de(MODES),
        ("justificatif", "recue_le"): _jour,
        ("justificatif", "statut"): _un_de([*Statut]),
        ("suivi", "statut"): _un_de([*Statut]),
    }
)


@cache
def _formes(table: type[Table]) -> tuple[tuple[str, Forme], ...]:
    """The form of each column of a table, in their order."""
    nom = str(table.__tablename__)
    return tuple((colonne, _forme(nom, colonne, champ.annotation)) for colonne, champ in table.model_fields.items())


def _forme(table: str, nom: str, type_: Any) -> Forme:
    types = get_args(type_) or (type_,)
    if (table, nom) in _INSTANTS:
        forme = _ou("", est_un_instant) if nom in _VIDES else est_un_instant
    else:
        forme = _CODES.get((table, nom)) or (est_un_texte if str in types else _entier)
    return _ou(None, forme) if type(None) in types else forme

"""The « papillon de connexion » that a school hands to each pupil it has pre-registered (F351-F358)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cyclades_tui.domaine.temps import de_iso


@dataclass(frozen=True, slots=True)
class Papillon:
    """What the sheet tells one pupil; `instant` is UTC.

    `academie` is worded as at the head of the sheet, `ACADÉMIE DE BESANCON`; `etablissement` is the school's name, then
    its address line by line; `annonce` names the exam and says what the service is for. `telephone`, `classe`,
    `resultats` (where they will be published) and `conseil` (on changing the password) may be empty.
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


def lire_papillon(objet: Mapping[str, Any]) -> Papillon:
    """Read a papillon from the fields of a JSON object. Raises KeyError when one is missing."""
    valeurs = {champ.name: objet[champ.name] for champ in fields(Papillon)}
    return Papillon(
        **{**valeurs, "etablissement": tuple(valeurs["etablissement"]), "instant": de_iso(valeurs["instant"])}
    )

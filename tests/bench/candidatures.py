"""Candidatures in any number, each of another person."""

from __future__ import annotations

import copy
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import tomlkit

from cyclades_tui.actes.candidature.inscription import Demande
from cyclades_tui.referentiel.ressources import dossier

_LETTRES = "ABCDEFGHIJ"
_BOOLEENS = {"True": "oui", "False": "non"}


def nom(rang: int) -> str:
    """A surname of letters that no other rank has."""
    return "MESURE-" + "".join(_LETTRES[int(chiffre)] for chiffre in str(rang))


def tables(rang: int) -> dict[str, Any]:
    """A candidature as the tables of its file: the guide's profile, another person."""
    contenu = copy.deepcopy(_modele())
    contenu["identification"]["nom"] = nom(rang)
    contenu["identification"]["email"] = f"mesure{rang}@example.org"
    return contenu


@cache
def _modele() -> dict[str, Any]:
    chemin = dossier("fixtures") / "candidatures" / "guide-jeanne-ngmb-dupont.toml"
    return tomllib.loads(chemin.read_text(encoding="utf-8"))


def fichier(ou: Path, rang: int) -> Path:
    chemin = ou / f"{rang}.toml"
    chemin.write_text(tomlkit.dumps(tables(rang)), encoding="utf-8")
    return chemin


def demande(rang: int) -> Demande:
    """The same as a form to save."""
    saisie: dict[str, str] = {}

    def aplatir(table: dict[str, object], prefixe: str) -> None:
        for cle, valeur in table.items():
            if isinstance(valeur, dict):
                aplatir(valeur, f"{prefixe}{cle}.")
            else:
                saisie[f"{prefixe}{cle}"] = _BOOLEENS.get(str(valeur), str(valeur))

    contenu = tables(rang)
    contenu.pop("service")
    aplatir(contenu, "")
    saisie |= {"acquis.declaration.titre": "oui", "acquis.titre.bts-dut-deug-licence.declare": "oui"}
    return Demande("BCP", "2027", "33", saisie)

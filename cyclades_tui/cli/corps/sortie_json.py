"""Prints JSON for `--json`."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.domaine.texte import commandes_echappees


def ecrire_json(objet: object, *, en_ligne: bool = False) -> None:
    """Print a value, on one line if it is one of many. Instants are in the store's form, days `2027-01-31`.

    Raises TypeError for types that JSON does not know.
    """
    ecrit = json.dumps(objet, ensure_ascii=False, indent=None if en_ligne else 2, default=_en_texte)
    sys.stdout.write(commandes_echappees(ecrit) + "\n")


def _en_texte(valeur: object) -> str:
    if isinstance(valeur, datetime):
        return en_iso(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    raise TypeError(f"{type(valeur).__name__} has no form in JSON")

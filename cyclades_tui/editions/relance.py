"""The relance de pièces justificatives: what a dossier still awaits on the day it is written (F377, F448)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.temps import date_longue, de_iso
from cyclades_tui.editions import demande_de_pieces as pieces


def composer(recapitulatif: Recapitulatif, relance: Mapping[str, Any]) -> DocumentCompose:
    """`relance` holds its `instant` (the store's text) and its `groupes`, as `demande_de_pieces` takes them."""
    instant = de_iso(relance["instant"])
    document = pieces.composer(recapitulatif, relance["groupes"], pieces.RELANCE)
    faite_le = BlocDeDocument(Style.LIGNE, f"Relance du {date_longue(instant)} (heure de Paris).")
    return replace(document, instant=instant, blocs=(*document.blocs, faite_le))

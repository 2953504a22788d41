"""The relance de pièces justificatives: what a dossier still awaits on the day of writing (F377, F448)."""

from __future__ import annotations

from dataclasses import replace

from cyclades_tui.domaine.contenu import Relance
from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.temps import date_longue
from cyclades_tui.editions import demande_de_pieces as pieces
from cyclades_tui.regles.recapitulatif import recapituler


def editer(texte: str) -> DocumentCompose:
    """The document of a relance, from the JSON stored with it. Raises StoreInutilisable if that is damaged."""
    relance = Relance.lire(texte)
    return composer(recapituler(relance.version), relance)


def composer(recapitulatif: Recapitulatif, relance: Relance) -> DocumentCompose:
    """The document: pieces still awaited, and the day of the reminder."""
    document = pieces.composer(recapitulatif, relance.groupes, pieces.RELANCE)
    faite_le = BlocDeDocument(Style.LIGNE, f"Relance du {date_longue(relance.instant)} (heure de Paris).")
    return replace(document, instant=relance.instant, blocs=(*document.blocs, faite_le))

"""Tab « Informations candidature »: category, établissement, accommodations, consents (F181-F197)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.screens.cadre.onglet import OngletFormulaire


class OngletCandidature(OngletFormulaire):
    """Who one is for this exam, and what one agrees to."""

    def apres(self) -> Iterator[Widget]:
        yield Static(self.formulaire.reglages.textes.note_handicap, classes="note", markup=False)

"""Tab « Informations candidature »: category, établissement, accommodations, consents (F181-F197)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.screens.cadre.onglet_formulaire import Agencement


class AgencementCandidature(Agencement):
    """The fields about the candidate's situation and consents."""

    @override
    def apres(self) -> Iterator[Widget]:
        yield Static(self.formulaire.reglages.textes.note_handicap, classes="note", markup=False)

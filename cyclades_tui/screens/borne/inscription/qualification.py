"""Tab « Qualification présentée »: spécialité, section, form of passage (F198-F204)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet_formulaire import Agencement


class FormeFinale(Static):
    """The final form of passage, which is computed and cannot be typed."""

    DEFAULT_CSS = """
    FormeFinale { height: 1; margin: 1 0 0 1; }
    """

    def __init__(self) -> None:
        super().__init__("", id="forme-finale", markup=False)


class AgencementQualification(Agencement):
    """The fields of the tab, then the final form."""

    def __init__(self, identifiant: str, formulaire: Formulaire) -> None:
        super().__init__(identifiant, formulaire)
        self._finale = FormeFinale()

    @override
    def apres(self) -> Iterator[Widget]:
        yield self._finale

    @override
    def accorder(self) -> None:
        finale = self.formulaire.lue.affichage("qualification.forme_finale") or "-"
        self._finale.update(f"= Forme passage finale : {finale}")

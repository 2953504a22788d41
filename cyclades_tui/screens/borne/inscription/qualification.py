"""Tab « Qualification présentée »: spécialité, section, form of passage (F198-F204)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.screens.cadre.onglet import OngletFormulaire


class OngletQualification(OngletFormulaire):
    """What is presented; the final form follows and is shown, not typed."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    OngletQualification #forme-finale { height: 1; margin: 1 0 0 1; }
    """

    def apres(self) -> Iterator[Widget]:
        yield Static("", id="forme-finale", markup=False)

    def actualiser(self) -> None:
        super().actualiser()
        finale = self.formulaire.lue.affichage("qualification.forme_finale") or "-"
        self.query_one("#forme-finale", Static).update(f"= Forme passage finale : {finale}")

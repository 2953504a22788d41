"""Tab « Modalités d'inscription »: the terms, and the box that accepts them (F160-F162)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.screens.cadre.onglet import Onglet, OngletFormulaire
from cyclades_tui.widgets.champ import LigneChamp


class OngletTexte(OngletFormulaire):
    """A text of the service, and under it the sentence to tick; both are of its settings."""

    DEFAULT_CSS = """
    OngletTexte .texte { height: auto; margin: 0 1 1 1; }
    """

    def avant(self) -> Iterator[Widget]:
        yield Static(self.modele.texte(self.identifiant), classes="texte", markup=False)

    def aller_de_section(self, pas: int) -> None:
        """The text is read a page at a time."""
        Onglet.aller_de_section(self, pas)

    def compose(self) -> ComposeResult:
        """The box carries the service's own sentence."""
        yield Static("", classes="resume", markup=False)
        yield from self.avant()
        champ = self.modele.service.champs(None)[f"{self.identifiant}.accord"]
        phrase = self.modele.texte(f"{self.identifiant}_accord")
        yield LigneChamp(champ, self.modele.saisie.get(champ.id, ""), self.modele, libelle=phrase)


class OngletModalites(OngletTexte):
    """The terms that are accepted before anything is typed."""

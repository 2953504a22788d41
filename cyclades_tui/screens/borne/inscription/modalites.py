"""Tab « Modalités d'inscription »: the terms, and the box that accepts them (F160-F162)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.referentiel.reglages import TexteAAccepter
from cyclades_tui.screens.cadre.onglet import OngletFormulaire, VoletOnglet
from cyclades_tui.widgets.champ import LigneChamp


class OngletTexte(OngletFormulaire):
    """A text of the service, and under it the sentence to tick; both are of its settings."""

    DEFAULT_CSS = """
    OngletTexte .texte { height: auto; margin: 0 1 1 1; }
    """

    def avant(self) -> Iterator[Widget]:
        yield Static(self._a_accepter.texte, classes="texte", markup=False)

    def aller_de_section(self, pas: int) -> None:
        """The text is read a page at a time."""
        VoletOnglet.aller_de_section(self, pas)

    def compose(self) -> ComposeResult:
        """The box carries the service's own sentence."""
        yield Static("", classes="resume", markup=False)
        yield from self.avant()
        champ = self.formulaire.service.champs(None)[f"{self.identifiant}.accord"]
        saisie = self.formulaire.saisie.get(champ.id, "")
        yield LigneChamp(champ, saisie, self.formulaire, libelle=self._a_accepter.accord)

    @property
    def _a_accepter(self) -> TexteAAccepter:
        return self.formulaire.reglages.textes.a_accepter[self.identifiant]


class OngletModalites(OngletTexte):
    """The terms that are accepted before anything is typed."""

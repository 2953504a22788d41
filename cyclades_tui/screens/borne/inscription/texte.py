"""Tabs « Modalités d'inscription » and « Conditions d'inscription »: a text, and the box that accepts it (F160-F162,
F265-F270)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.widgets.champ import LigneChamp


class OngletTexte(VoletOnglet):
    """A text of the service, scrolled by pages, and under it the sentence to tick; both come from the settings."""

    DEFAULT_CSS = """
    OngletTexte .texte { height: auto; margin: 0 1 1 1; max-width: 100; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", classes="resume", markup=False)
        a_accepter = self.formulaire.reglages.textes.a_accepter[self.identifiant]
        yield Static(a_accepter.texte, classes="texte", markup=False)
        champ = self.formulaire.service.champs(None)[f"{self.identifiant}.accord"]
        saisie = self.formulaire.saisie.get(champ.id, "")
        yield LigneChamp(champ, saisie, self.formulaire, libelle=a_accepter.accord)

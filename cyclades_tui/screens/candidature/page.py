"""The frame of the pages that both faces have: help, contact and links are those of who acts (F464)."""

from __future__ import annotations

from typing_extensions import override

from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.navigation import LIEU_D_AIDE
from cyclades_tui.screens.cadre.page import (
    CONTACT_DU_GUICHET,
    PROBLEME,
    Identite,
    Page,
    aide_sur_un_probleme_au_guichet,
)


class PageDeCandidature(Page):
    """A page about a candidature, on a borne or at the guichet; `poste` acts for the person or for the agent."""

    def __init__(self, poste: Poste, identite: Identite | None) -> None:
        super().__init__()
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self.identite = identite

    @property
    def _au_guichet(self) -> bool:
        return self.poste.acteur.nature is NatureActeur.AGENT

    @property
    @override
    def contact(self) -> str:
        return CONTACT_DU_GUICHET if self._au_guichet else super().contact

    @override
    def suivre_le_lien(self, cible: str) -> None:
        """An agent's help is that of the page, because the guichet has no page of questions."""
        if not self._au_guichet:
            super().suivre_le_lien(cible)
        elif cible == LIEU_D_AIDE:
            self.action_aide()
        elif cible == PROBLEME:
            self.app.push_screen(aide_sur_un_probleme_au_guichet())

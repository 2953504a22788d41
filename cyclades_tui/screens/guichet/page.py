"""The frame of the agents' pages: the header names the agent, Ctrl+R searches, F5 opens the menu (ecrans.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.domaine.droits import DROITS, Droit
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.frappe import Scanne
from cyclades_tui.screens.cadre.page import CONTACT_DU_GUICHET, Page
from cyclades_tui.screens.guichet.navigation import NOM, OuvrirMenu, Rechercher
from cyclades_tui.widgets.cadre import Entete
from cyclades_tui.widgets.suite import Suite


class PageGuichet(Page):
    """A page of an agent who is logged in; `poste` acts in his name."""

    A_UN_SCANNER = True
    LIENS: ClassVar[tuple[tuple[str, str], ...]] = ()
    CONTACT: ClassVar = CONTACT_DU_GUICHET
    BINDINGS: ClassVar = [
        Binding("f5,ctrl+b", "menu", "Menu", show=False),
        Binding("ctrl+r", "rechercher", "Rechercher un dossier", show=False),
    ]

    def __init__(self, poste: Poste, agent: AgentConnecte) -> None:
        super().__init__()
        self.poste = poste
        self.agent = agent

    @override
    async def on_mount(self) -> None:
        entete = self.query_one(Entete)
        entete.titre = NOM
        entete.agent = tuple(presenter(self.poste, self.agent))
        Suite(self, self.query_one("#contenu", VerticalScroll), self.dessous)

    def peut(self, droit: Droit) -> bool:
        """Whether the agent's role has a right; the acte checks it again."""
        return droit in DROITS[self.agent.role]

    def action_menu(self) -> None:
        self.post_message(OuvrirMenu())

    def on_scanne(self, message: Scanne) -> None:
        """The dossier that it names, or that it is unknown."""
        message.stop()
        self.post_message(Rechercher(message.texte))

    def action_rechercher(self) -> None:
        self.post_message(Rechercher())


def presenter(poste: Poste, agent: AgentConnecte) -> Iterator[str]:
    """`L. Roy`, `gestionnaire`, `Guyane`, `poste G2`; for several académies, their number."""
    yield agent.nom
    yield agent.role.value
    if len(agent.academies) == 1:
        connue = poste.referentiel.academies.get(agent.academies[0])
        yield agent.academies[0] if connue is None else connue.nom
    else:
        yield f"{len(agent.academies)} académies" if agent.academies else "toutes académies"
    yield poste.acteur.poste

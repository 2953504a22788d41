"""An agent's menu, by his role; entries that he may not open are greyed, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.domaine.droits import DROITS, Droit, Role
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.menu import EntreeDeMenu
from cyclades_tui.screens.guichet.page import PageGuichet

_PAS_AVEC_CE_ROLE = "pas avec votre rôle"


class HoteDuMenuAgent(Protocol):
    """What the guichet does for its menu."""

    @property
    def agent(self) -> AgentConnecte: ...

    def revenir_a_l_accueil(self) -> None: ...

    def montrer_la_page(self, fabriquer: Callable[[Poste, AgentConnecte], PageGuichet]) -> None:
        """Show a page above the home."""

    def action_rechercher(self) -> None: ...

    def demander_a_sortir(self) -> None: ...


def _sans(droit: Droit) -> Callable[[HoteDuMenuAgent], str]:
    """A function that gives the refusal for agents who lack a right."""
    return lambda guichet: "" if droit in DROITS[guichet.agent.role] else _PAS_AVEC_CE_ROLE


def _hors_du_service(guichet: HoteDuMenuAgent) -> str:
    """The refusal for schools: queues belong to the office, and a school reads its dossiers one by one."""
    role = guichet.agent.role
    return _PAS_AVEC_CE_ROLE if role is Role.ETABLISSEMENT else _sans(Droit.CONSULTER)(guichet)


def _toutes_les_files(poste: Poste, agent: AgentConnecte) -> PageGuichet:
    from cyclades_tui.actes.pieces.attentes import Filtre
    from cyclades_tui.screens.guichet.controle.ecran import EcranControle

    return EcranControle(poste, agent, Filtre(), "toutes mes files")


def _reception(poste: Poste, agent: AgentConnecte) -> PageGuichet:
    from cyclades_tui.screens.guichet.reception import EcranReception

    return EcranReception(poste, agent)


def _relances(poste: Poste, agent: AgentConnecte) -> PageGuichet:
    from cyclades_tui.screens.guichet.relances.ecran import EcranRelances

    return EcranRelances(poste, agent)


MENU: tuple[EntreeDeMenu[HoteDuMenuAgent], ...] = (
    EntreeDeMenu("accueil-agent", "1", "Accueil", "mes files, ma journée", lambda ici: ici.revenir_a_l_accueil()),
    EntreeDeMenu(
        "recherche",
        "2",
        "Rechercher un dossier",
        "nom, numéro, adresse",
        lambda ici: ici.action_rechercher(),
        _sans(Droit.CONSULTER),
    ),
    EntreeDeMenu(
        "files",
        "3",
        "Contrôle des justificatifs",
        "toutes mes files",
        lambda ici: ici.montrer_la_page(_toutes_les_files),
        _hors_du_service,
    ),
    EntreeDeMenu(
        "reception",
        "4",
        "Réception par la poste",
        "au scanner, par numéros",
        lambda ici: ici.montrer_la_page(_reception),
        _sans(Droit.CONTROLER),
    ),
    EntreeDeMenu(
        "relances",
        "5",
        "Relances",
        "dossiers incomplets",
        lambda ici: ici.montrer_la_page(_relances),
        _sans(Droit.RELANCER),
    ),
    EntreeDeMenu("deconnexion", "0", "DÉCONNEXION", "", lambda ici: ici.demander_a_sortir()),
)

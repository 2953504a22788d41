"""F5 at the guichet: where the agent may go, by his role; what is not his is greyed, with why."""

from __future__ import annotations

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.domaine.droits import DROITS, Droit, Role
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.entrees import Entree

ACCUEIL, RECHERCHE, DECONNEXION = "accueil-agent", "recherche", "deconnexion"
_FILES, _RECEPTION, _RELANCES = "files", "reception", "relances"
_ENTREES: tuple[tuple[str, str, str, str, Droit | None], ...] = (
    (ACCUEIL, "1", "Accueil", "mes files, ma journée", None),
    (RECHERCHE, "2", "Rechercher un dossier", "nom, numéro, adresse", Droit.CONSULTER),
    (_FILES, "3", "Contrôle des justificatifs", "toutes mes files", Droit.CONSULTER),
    (_RECEPTION, "4", "Réception par la poste", "au scanner, par numéros", Droit.CONTROLER),
    (_RELANCES, "5", "Relances", "dossiers incomplets", Droit.RELANCER),
    (DECONNEXION, "0", "DÉCONNEXION", "", None),
)


def entrees_de(agent: AgentConnecte) -> tuple[Entree, ...]:
    """The entries of the menu, as his role allows them."""
    return tuple(
        Entree(cible, chiffre, titre, note if permis else "pas avec votre rôle", active=permis)
        for cible, chiffre, titre, note, droit in _ENTREES
        for permis in [droit is None or _permet(agent, cible, droit)]
    )


def _permet(agent: AgentConnecte, cible: str, droit: Droit) -> bool:
    """The queues are the office's: a school reads its dossiers one by one."""
    return droit in DROITS[agent.role] and not (cible == _FILES and agent.role is Role.ETABLISSEMENT)


def ouvrir(cible: str, poste: Poste, agent: AgentConnecte) -> PageGuichet:
    """The page of an entry that is neither the home nor the search."""
    if cible == _FILES:
        from cyclades_tui.screens.guichet.controle.ecran import EcranControle

        return EcranControle(poste, agent, Filtre(), "toutes mes files")
    if cible == _RECEPTION:
        from cyclades_tui.screens.guichet.reception import EcranReception

        return EcranReception(poste, agent)
    from cyclades_tui.screens.guichet.relances.ecran import EcranRelances

    return EcranRelances(poste, agent)

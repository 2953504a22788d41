"""F5 at the guichet: where the agent may go, by his role; what is not his is greyed, with why."""

from __future__ import annotations

from cyclades_tui.actes.agents import AgentConnecte
from cyclades_tui.domaine.droits import DROITS, Droit
from cyclades_tui.widgets.entrees import Entree

ACCUEIL, RECHERCHE, DECONNEXION = "accueil-agent", "recherche", "deconnexion"
_ENTREES: tuple[tuple[str, str, str, str, Droit | None], ...] = (
    (ACCUEIL, "1", "Accueil", "mes files, ma journée", None),
    (RECHERCHE, "2", "Rechercher un dossier", "nom, numéro, adresse", Droit.CONSULTER),
    (DECONNEXION, "0", "DÉCONNEXION", "", None),
)


def entrees_de(agent: AgentConnecte) -> tuple[Entree, ...]:
    """The entries of the menu, as his role allows them."""
    return tuple(
        Entree(cible, chiffre, titre, note if permis else "pas avec votre rôle", active=permis)
        for cible, chiffre, titre, note, droit in _ENTREES
        for permis in [droit is None or droit in DROITS[agent.role]]
    )

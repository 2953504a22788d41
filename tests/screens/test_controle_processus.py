"""Two guichets in two terminals on one store: each agent sees what the other does."""

from __future__ import annotations

from outils.controle import EN_LIGNE
from outils.guichet import COLLEGUE, GESTIONNAIRE, MOT_DE_PASSE, agent_connecte
from outils.terminal import Terminal, cyclades, environnement, terminal

from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.poste import Poste


def entrer(ecran: Terminal) -> None:
    """Log in, and open the first queue of the home."""
    ecran.attendre("Mot de passe")
    ecran.presser(MOT_DE_PASSE, "enter")
    ecran.attendre("BCP 2024 · pièces en ligne")
    ecran.presser("enter")
    ecran.attendre("page 1/2", "C Conforme")


def test_two_agents_on_one_piece(poste_guichet: Poste) -> None:
    """The first has the piece open; the second is told, and decides; the first one's key does not override that."""
    piece = attentes.attente(agent_connecte(poste_guichet), EN_LIGNE)[0].id
    store = poste_guichet.store.chemin
    env = environnement(store.parent, CYCLADES_STORE=str(store), CYCLADES_PARAMETRAGE=str(poste_guichet.parametrage))
    with (
        terminal(cyclades("guichet", "--agent", GESTIONNAIRE), env) as roy,
        terminal(cyclades("guichet", "--agent", COLLEGUE), env) as paul,
    ):
        entrer(roy)
        entrer(paul)
        paul.attendre("ouverte par L. Roy")
        paul.presser("c")
        paul.attendre("√ Conforme : NGMB-DUPONT, récap")
        paul.attendre("1/12")  # the store has it
        roy.presser("c")
        roy.attendre("Décision non enregistrée", "M. Paul", "► Voir sa décision")
        roy.presser("enter")
        roy.attendre("! M. Paul")
    etapes = controle.preparer(agent_connecte(poste_guichet), piece).historique
    assert [(etape.qui, etape.quoi) for etape in etapes][-2:] == [("candidat", "validée"), ("M. Paul", "Conforme")]

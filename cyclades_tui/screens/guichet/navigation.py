"""What an agent's page asks of the guichet: the menu, the search, a dossier; it knows how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from cyclades_tui.actes.bureau.agents import AgentConnecte
    from cyclades_tui.actes.pieces.attentes import Filtre

NOM = "guichet"
NON_ENREGISTREE = "Décision non enregistrée"


@dataclass
class Entre(Message):
    """An agent was let in."""

    agent: AgentConnecte


@dataclass
class OuvrirMenu(Message):
    """The agent wants the menu."""


@dataclass
class Rechercher(Message):
    """The agent searches."""


@dataclass
class OuvrirDossier(Message):
    """Show a candidature."""

    numero_candidat: str
    numero_inscription: int


@dataclass
class OuvrirAttente(Message):
    """Control the pieces of a queue."""

    filtre: Filtre
    libelle: str


@dataclass
class OuvrirPiece(Message):
    """Control one piece of a dossier."""

    justificatif: int
    libelle: str


@dataclass
class DecisionsPerdues(Message):
    """Decisions that the store did not keep, known once their screen is gone; why, of each."""

    phrases: tuple[str, ...]


@dataclass
class SeDeconnecter(Message):
    """The agent leaves, asked first."""

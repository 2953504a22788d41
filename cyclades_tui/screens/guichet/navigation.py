"""Messages from an agent's page to the guichet, which carries them out: menu, search, dossier."""

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
    """An agent has logged in."""

    agent: AgentConnecte


@dataclass
class OuvrirMenu(Message):
    """Asks for the menu."""


@dataclass
class Rechercher(Message):
    """Asks for the search, at once for `texte`, which a scanner read."""

    texte: str = ""


@dataclass
class OuvrirDossier(Message):
    """Asks for a candidature's page."""

    numero_candidat: str
    numero_inscription: int


@dataclass
class OuvrirAttente(Message):
    """Asks for the control of a queue."""

    filtre: Filtre
    libelle: str


@dataclass
class OuvrirPiece(Message):
    """Asks for the control of one piece of a dossier."""

    justificatif: int
    libelle: str


@dataclass
class DecisionsPerdues(Message):
    """Decisions that the store did not keep, known after their screen closed; the reason for each."""

    phrases: tuple[str, ...]


@dataclass
class SeDeconnecter(Message):
    """Asks to log out, after a question."""

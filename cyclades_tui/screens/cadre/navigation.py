"""What a screen asks of the borne: to show another one, to let someone in or out. The borne knows how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from cyclades_tui.actes.personnes.comptes import SessionCandidat


LIEU_D_AIDE = "aide"  # the place to which every page leads


@dataclass
class Aller(Message):
    """Show this place, by its name; the login may come with an address and a sentence."""

    lieu: str
    email: str = ""
    annonce: str = ""


@dataclass
class Activer(Message):
    """Show where a code, valid until `limite`, activates the account of `email`; `mot_de_passe` then lets in."""

    email: str
    mot_de_passe: str
    annonce: str = ""
    limite: datetime | None = None


@dataclass
class Connecte(Message):
    """A person came in."""

    session: SessionCandidat


@dataclass
class Deconnecte(Message):
    """The person leaves."""


@dataclass
class Partir(Message):
    """Someone wants the program to end."""

"""Messages from screens to the borne, which carries them out: show another screen, log in or out, quit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from cyclades_tui.actes.personnes.comptes import SessionCandidat


LIEU_D_AIDE = "aide"  # the place that every page links to


@dataclass
class Aller(Message):
    """Asks for a place by name; for the login, perhaps with an address and a sentence."""

    lieu: str
    email: str = ""
    annonce: str = ""


@dataclass
class Activer(Message):
    """Asks to activate the account of `email` by a code valid until `limite`; `mot_de_passe` then logs in."""

    email: str
    mot_de_passe: str
    annonce: str = ""
    limite: datetime | None = None


@dataclass
class Connecte(Message):
    """A candidate has logged in."""

    session: SessionCandidat


@dataclass
class Deconnecte(Message):
    """The candidate logs out."""


@dataclass
class Partir(Message):
    """Asks to quit the program."""

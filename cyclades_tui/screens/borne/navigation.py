"""A message from screens to the borne, besides those that every page may send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from cyclades_tui.screens.borne.inscription.parcours import Parcours


@dataclass
class Demarrer(Message):
    """Asks for an inscription that starts from these data."""

    parcours: Parcours

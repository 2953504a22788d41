"""What a screen of the borne asks of it beside the places that every page knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from cyclades_tui.screens.borne.inscription.parcours import Parcours


@dataclass
class Demarrer(Message):
    """Open the inscription that starts from here."""

    parcours: Parcours

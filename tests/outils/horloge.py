"""The clock of the tests, fixed at a Paris time until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cyclades_tui.domaine.temps import PARIS

PENDANT = "2023-12-11 16:06"  # the guide's récapitulatif; within the shipped window BCP 2024, Guyane


def paris(texte: str) -> datetime:
    """The UTC instant of a Paris wall-clock time, `2023-12-11 16:06` or with seconds."""
    return datetime.fromisoformat(texte).replace(tzinfo=PARIS).astimezone(UTC)


@dataclass
class HorlogeReglable:
    """A clock that stands still until a test moves it, or advances by `pas` at each reading, as during a real acte."""

    instant: datetime
    pas: timedelta = timedelta()

    @classmethod
    def a(cls, texte: str) -> HorlogeReglable:
        return cls(paris(texte))

    def maintenant(self) -> datetime:
        self.instant += self.pas
        return self.instant

    def regler(self, texte: str) -> None:
        self.instant = paris(texte)

    def avancer(self, **duree: int) -> None:
        self.instant += timedelta(**duree)

"""How a figure is taken: measured and baseline in turn, medians compared."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure and its baseline; `objectif` is a bound on the ratio, or None where the figure only informs."""

    nom: str
    valeur: float
    reference: str
    valeur_reference: float
    unite: str
    objectif: tuple[str, float] | None = None

    @property
    def rapport(self) -> float:
        return self.valeur / self.valeur_reference

    @property
    def tenu(self) -> bool:
        if self.objectif is None:
            return True
        sens, borne = self.objectif
        return self.rapport <= borne if sens == "≤" else self.rapport >= borne

    def cellules(self) -> tuple[str, ...]:
        objectif = "" if self.objectif is None else f"{self.objectif[0]} {self.objectif[1]}"
        return (
            self.nom,
            f"{self.valeur:.2f} {self.unite}",
            self.reference,
            f"{self.valeur_reference:.2f} {self.unite}",
            f"× {self.rapport:.2f}",
            objectif,
            "" if self.objectif is None else ("tenu" if self.tenu else "MANQUÉ"),
        )


def en_alternance(tours: int, *travaux: Callable[[int], object]) -> list[float]:
    """The median time of each job in ms, run in turn so that a slow moment of the machine falls on all."""
    durees: list[list[float]] = [[] for _ in travaux]
    for tour in range(tours):
        for rang, travail in enumerate(travaux):
            debut = time.perf_counter()
            travail(tour)
            durees[rang].append(1000 * (time.perf_counter() - debut))
    return [statistics.median(duree) for duree in durees]

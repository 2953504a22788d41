"""Takes figures: measure and baseline alternate, and medians are compared."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure and its baseline; `objectif` limits the ratio, `absolu` the value; without them it only informs."""

    nom: str
    valeur: float
    reference: str
    valeur_reference: float
    unite: str
    objectif: tuple[str, float] | None = None
    absolu: tuple[str, float] | None = None

    @property
    def rapport(self) -> float:
        return self.valeur / self.valeur_reference

    @property
    def tenu(self) -> bool:
        return _tenu(self.rapport, self.objectif) and _tenu(self.valeur, self.absolu)

    def cellules(self) -> tuple[str, ...]:
        objectifs = [f"× {sens} {borne}" for sens, borne in filter(None, [self.objectif])]
        objectifs += [f"{sens} {borne} {self.unite}" for sens, borne in filter(None, [self.absolu])]
        return (
            self.nom,
            f"{self.valeur:.2f} {self.unite}",
            self.reference,
            f"{self.valeur_reference:.2f} {self.unite}",
            f"× {self.rapport:.2f}",
            ", ".join(objectifs),
            ("tenu" if self.tenu else "MANQUÉ") if objectifs else "",
        )


def _tenu(valeur: float, objectif: tuple[str, float] | None) -> bool:
    if objectif is None:
        return True
    sens, borne = objectif
    return valeur <= borne if sens == "≤" else valeur >= borne


def p95(durees: Sequence[float]) -> float:
    """The duration that 95 % of them do not exceed."""
    return sorted(durees)[math.ceil(0.95 * len(durees)) - 1]


def en_alternance(tours: int, *travaux: Callable[[int], object]) -> list[float]:
    """The median time of each job in ms; jobs alternate, so that a slow moment of the machine affects all."""
    durees: list[list[float]] = [[] for _ in travaux]
    for tour in range(tours):
        for rang, travail in enumerate(travaux):
            debut = time.perf_counter()
            travail(tour)
            durees[rang].append(1000 * (time.perf_counter() - debut))
    return [statistics.median(duree) for duree in durees]

"""What applies to an exam, a session and an académie, and where each value comes from (F479)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cyclades_tui.domaine.temps import Fenetre
from cyclades_tui.referentiel.bloc_de_reglages import Reglage


@dataclass(frozen=True, slots=True)
class Origine:
    """A file and whether it belongs to the local settings."""

    fichier: str
    local: bool


@dataclass(frozen=True, slots=True)
class ValeurReglee:
    valeur: Any
    origine: Origine


class BlocsDeReglages:
    """Blocks of values, the most specific last; at the same precision the local settings win."""

    def __init__(self, blocs: Iterable[tuple[Reglage, Origine]]) -> None:
        self.blocs = tuple(sorted(blocs, key=lambda bloc: (bloc[0].precision, bloc[1].local)))
        self._par_academie: dict[str, list[tuple[Reglage, Origine]]] = {}
        for bloc, origine in self.blocs:
            self._par_academie.setdefault(bloc.academie, []).append((bloc, origine))

    def valeurs(self, examen: str, session: str, academie: str, secteur: str = "") -> dict[str, ValeurReglee]:
        """Every key that has a value there, under the names of `Reglage.valeurs`."""
        retenues: dict[str, ValeurReglee] = {}
        for nom in dict.fromkeys(("", academie)):  # an académie counts more than all else
            for bloc, origine in self._par_academie.get(nom, ()):
                if bloc.couvre(examen, session, academie, secteur):
                    retenues |= {cle: ValeurReglee(valeur, origine) for cle, valeur in bloc.valeurs().items()}
        return retenues

    def fenetres(self) -> dict[tuple[str, str, str], Fenetre]:
        """Every window of inscription known, by exam, session and académie."""
        return {
            (bloc.examen, bloc.session, bloc.academie): bloc.fenetre
            for bloc, _ in self.blocs
            if bloc.fenetre is not None
        }

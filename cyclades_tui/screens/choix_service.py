"""The successive choices domaine, examen, session, académie over the services there are (F027-F034, F143)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cyclades_tui.actes.consultation import ServiceOffert
from cyclades_tui.domaine.texte import plier


@dataclass(frozen=True, slots=True)
class Etape:
    """One choice: its question, and what is read from a service to answer it."""

    question: str
    lire: Callable[[ServiceOffert], str]


ETAPES = (
    Etape("Sélectionner un domaine", lambda service: service.domaine),
    Etape("Sélectionner un examen ou un concours", lambda service: service.examen_libelle),
    Etape("Sélectionner une session", lambda service: service.session),
    Etape("Sélectionner une académie ou un pays d'inscription", lambda service: service.libelle),
)


class ChoixService:
    """What was chosen so far, and what may be chosen now."""

    def __init__(self, services: Sequence[ServiceOffert]) -> None:
        self._services = tuple(services)
        self.choisis: list[str] = []

    @property
    def etape(self) -> Etape:
        """The choice to make now; the last one stays while an académie is chosen."""
        return ETAPES[min(len(self.choisis), len(ETAPES) - 1)]

    @property
    def derniere(self) -> bool:
        return len(self.choisis) >= len(ETAPES) - 1

    def propositions(self, filtre: str = "") -> tuple[str, ...]:
        """The answers of which some word begins with the filter, each once, accents and case ignored."""
        cherche = plier(filtre)
        offerts = dict.fromkeys(self.etape.lire(service) for service in self._restants())
        return tuple(offre for offre in offerts if f" {cherche}" in f" {plier(offre)}")

    def service(self, proposition: str) -> ServiceOffert | None:
        """The service that an answer to the last choice names."""
        if not self.derniere:
            return None
        return next((s for s in self._restants() if self.etape.lire(s) == proposition), None)

    def choisir(self, proposition: str) -> None:
        if not self.derniere:
            self.choisis.append(proposition)

    def revenir(self, rang: int) -> None:
        """Undo the choice number `rang` and those after it."""
        del self.choisis[max(rang, 0) :]

    def _restants(self) -> list[ServiceOffert]:
        return [
            service
            for service in self._services
            if all(etape.lire(service) == choisi for etape, choisi in zip(ETAPES, self.choisis, strict=False))
        ]

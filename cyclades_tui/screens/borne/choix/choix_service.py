"""The choices domaine, examen, session, académie, one after the other (F027-F034, F143)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cyclades_tui.actes.candidature.consultation import ExamenPropose, Offre, ServiceOffert
from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.domaine.texte import plier

AUCUN = "Aucun service n'est ouvert pour ce choix."
NON_PROPOSE = "Ce qui n'est pas proposé n'a pas de service d'inscription."


@dataclass(frozen=True, slots=True)
class EtapeDuChoix:
    """One choice: its question, and the datum of a service that answers it."""

    question: str
    lire: Callable[[ServiceOffert], str]


ETAPES = (
    EtapeDuChoix("Sélectionner un domaine", lambda service: service.domaine),
    EtapeDuChoix("Sélectionner un examen ou un concours", lambda service: service.examen_libelle),
    EtapeDuChoix("Sélectionner une session", lambda service: service.annee),
    EtapeDuChoix("Sélectionner une académie ou un pays d'inscription", lambda service: service.libelle),
)
_DOMAINE, _EXAMEN, _SESSION, _ACADEMIE = range(len(ETAPES))


class ChoixService:
    """The choices made so far and the answers now possible; exams where nobody can register are listed too."""

    def __init__(self, examens: Sequence[ExamenPropose] = (), services: Sequence[ServiceOffert] = ()) -> None:
        self._examens = tuple(examens)
        self._services = tuple(services)
        self.choisis: list[str] = []

    @classmethod
    def de(cls, offre: Offre) -> ChoixService:
        return cls(offre.examens, offre.services)

    @property
    def etape(self) -> EtapeDuChoix:
        """The choice to make now; it stays at the last one after an académie is chosen."""
        return ETAPES[len(self.choisis)]

    @property
    def derniere(self) -> bool:
        return len(self.choisis) == _ACADEMIE

    def propositions(self, filtre: str = "") -> tuple[str, ...]:
        """The answers with a word that begins with `filtre`, each once; accents and case are ignored."""
        cherche = plier(filtre)
        return tuple(offre for offre in dict.fromkeys(self._reponses()) if f" {cherche}" in f" {plier(offre)}")

    def _reponses(self) -> Iterable[str]:
        rang = len(self.choisis)
        if rang == _DOMAINE:
            return (examen.domaine for examen in self._examens)
        if rang == _EXAMEN:
            return (examen.libelle for examen in self._examens if examen.domaine == self.choisis[_DOMAINE])
        services = self._restants(self.choisis)
        if rang == _SESSION:
            ouvertes = {s.annee for s in services if s.etat is EtatFenetre.OUVERTE}
            return sorted({s.annee for s in services}, key=lambda annee: (annee not in ouvertes, -int(annee)))
        return (service.libelle for service in services)

    def service(self, proposition: str) -> ServiceOffert | None:
        """The service that an answer to the last choice selects."""
        if not self.derniere:
            return None
        return next(iter(self._restants([*self.choisis, proposition])), None)

    def impasse(self, proposition: str) -> str:
        """Why nobody can register with this answer: exam closed, or in no service. Empty if one can."""
        if len(self.choisis) != _EXAMEN:
            return ""
        ferme = next((examen.ferme for examen in self._examens if examen.libelle == proposition), "")
        return ferme or ("" if self._restants([*self.choisis, proposition]) else AUCUN)

    def ouverts(self, proposition: str) -> tuple[int, int]:
        """Of the services that match an answer: how many are open, and how many there are."""
        services = self._restants([*self.choisis, proposition])
        return sum(service.etat is EtatFenetre.OUVERTE for service in services), len(services)

    def choisir(self, proposition: str) -> None:
        if not self.derniere:
            self.choisis.append(proposition)

    def revenir(self, rang: int) -> None:
        """Undo the choice number `rang` and all after it."""
        del self.choisis[max(rang, 0) :]

    def _restants(self, choisis: Sequence[str]) -> list[ServiceOffert]:
        return [
            service
            for service in self._services
            if all(etape.lire(service) == choisi for etape, choisi in zip(ETAPES, choisis, strict=False))
        ]

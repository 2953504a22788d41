"""The closed list of predicates that field specifications may name; data files name none (decision 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cyclades_tui.champs.specification import Condition, Predicat
from cyclades_tui.domaine.temps import age
from cyclades_tui.referentiel.schema import Examen

MAJORITE = 18


@dataclass(frozen=True, slots=True)
class Faits:
    """What the predicates look at: the canonical value of a field (empty without one), the exam, today in Paris."""

    valeur: Callable[[str], str]
    examen: Examen
    jour: date

    @property
    def groupe(self) -> str:
        """The group of the chosen category, empty before it is chosen."""
        identifiant = self.valeur("candidature.categorie")
        return self.examen.categorie_de(identifiant).groupe if identifiant else ""

    @property
    def mineur(self) -> bool:
        naissance = self.valeur("identification.naissance.date")
        return bool(naissance) and not majeur(date.fromisoformat(naissance), self.jour)


def majeur(naissance: date, jour: date) -> bool:
    """Eighteen years completed at `jour`."""
    return age(naissance, jour) >= MAJORITE


def tient(condition: Condition, faits: Faits) -> bool:
    return _PREDICATS[condition.predicat](condition, faits)


def tiennent(conditions: tuple[Condition, ...], faits: Faits) -> bool:
    return all(tient(condition, faits) for condition in conditions)


def _derogation(_condition: Condition, faits: Faits) -> bool:
    identifiant = faits.valeur("candidature.categorie")
    return bool(identifiant) and faits.examen.categorie_de(identifiant).derogation


_PREDICATS: dict[Predicat, Callable[[Condition, Faits], bool]] = {
    "vaut": lambda c, f: f.valeur(c.champ) in c.valeurs,
    "rempli": lambda c, f: f.valeur(c.champ) != "",
    "vide": lambda c, f: f.valeur(c.champ) == "",
    "hors_groupe": lambda c, f: f.groupe not in ("", *c.valeurs),
    "mineur": lambda _c, f: f.mineur,
    "mineur_ou_scolaire": lambda _c, f: f.mineur or f.groupe == "scolaire",
    "derogation": _derogation,
}

"""All the predicates that the specification of a field may name; data files cannot name any (decision 1)."""

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
    """What predicates look at: the canonical value of each field (empty if none), the exam, today in Paris."""

    valeur: Callable[[str], str]
    examen: Examen
    jour: date

    @property
    def groupe(self) -> str:
        """The group of the chosen category; empty if none is chosen yet."""
        identifiant = self.valeur("candidature.categorie")
        return self.examen.categorie_de(identifiant).groupe if identifiant else ""

    @property
    def mineur(self) -> bool:
        naissance = self.valeur("identification.naissance.date")
        return bool(naissance) and not majeur(date.fromisoformat(naissance), self.jour)


def majeur(naissance: date, jour: date) -> bool:
    """Whether eighteen years are completed at `jour`."""
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
    "vide_sauf": lambda c, f: f.valeur(c.champ) == "" or any(map(f.valeur, c.valeurs)),  # one of these is filled
    "hors_groupe": lambda c, f: f.groupe not in ("", *c.valeurs),
    "mineur": lambda _c, f: f.mineur,
    "mineur_ou_scolaire": lambda _c, f: f.mineur or f.groupe == "scolaire",
    "derogation": _derogation,
}

"""Instants: UTC in the store, Europe/Paris for people, always injected (decision 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
SESSION_MAX = 40
ANNEES = (1990, 2100)  # of any window: what lies outside is a slip of the hand, and the calendar's ends have no UTC


class Horloge(Protocol):
    """Where the present comes from; a test gives its own."""

    def maintenant(self) -> datetime:
        """The present instant, with a time zone."""
        ...


class HorlogeSysteme:
    """The machine's clock."""

    def maintenant(self) -> datetime:
        return datetime.now(UTC)


class EtatFenetre(Enum):
    PAS_OUVERTE = "pas ouverte"
    OUVERTE = "ouverte"
    FERMEE = "fermée"


@dataclass(frozen=True, slots=True)
class Fenetre:
    """A half-open window `[ouverture, fermeture)`; an unknown opening is always past (F038, C26)."""

    ouverture: datetime | None
    fermeture: datetime

    def etat(self, instant: datetime) -> EtatFenetre:
        if self.ouverture is not None and instant < self.ouverture:
            return EtatFenetre.PAS_OUVERTE
        return EtatFenetre.OUVERTE if instant < self.fermeture else EtatFenetre.FERMEE


def heure_de_paris(local: datetime) -> datetime:
    """The UTC instant of a Paris wall-clock time without zone, as data files write it; its year is one of ANNEES."""
    return local.replace(tzinfo=PARIS).astimezone(UTC)


def avant_le(jour: date) -> datetime:
    """« avant le JOUR » ends at 00:00 of that day."""
    return heure_de_paris(datetime.combine(jour, time.min))


def jusqu_au(jour: date) -> datetime:
    """« jusqu'au JOUR » ends at 24:00 of that day."""
    return avant_le(jour + timedelta(days=1))


def dernier_jour(limite: datetime) -> date:
    """The JOUR whose `jusqu_au` is this limit, or during which it falls."""
    return jour_de_paris(limite - datetime.resolution)


def verifier_annee(jour: date) -> None:
    """Raises ValueError, in French, when the year of a day or of a wall-clock time is none of ANNEES."""
    if not ANNEES[0] <= jour.year <= ANNEES[1]:
        raise ValueError(f"L'année n'est pas comprise entre {ANNEES[0]} et {ANNEES[1]}")


def en_iso(instant: datetime) -> str:
    """The store's form: UTC, microseconds, `Z`; it sorts as text."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def de_iso(texte: str) -> datetime:
    """The instant that `en_iso` wrote."""
    return datetime.fromisoformat(texte)


def jour_court(jour: date) -> str:
    """`06/05/2005` (F480)."""
    return f"{jour:%d/%m/%Y}"


def jour_et_mois(instant: datetime) -> str:
    """`11/12`, Paris: a day near enough to need no year."""
    return f"{instant.astimezone(PARIS):%d/%m}"


def heure(instant: datetime, fuseau: tzinfo | None = PARIS) -> str:
    """`16:06`; a zone that is None is the machine's own."""
    return f"{instant.astimezone(fuseau):%H:%M}"


def a_la_minute(instant: datetime) -> str:
    """`11/12/2023 à 16:06`, Paris (F480)."""
    return f"{instant.astimezone(PARIS):%d/%m/%Y à %H:%M}"


def limite_incluse(instant: datetime) -> str:
    """`10/12/2026 à 24:00` for the midnight that ends that day, else as `a_la_minute`: a last day is told as such."""
    local = instant.astimezone(PARIS)
    if local.time() != time.min:
        return a_la_minute(instant)
    return f"{dernier_jour(instant):%d/%m/%Y} à 24:00"


def jour_et_heure(instant: datetime) -> str:
    """`13/09/2023 09:37` in Paris, as lists write it (F480)."""
    return f"{instant.astimezone(PARIS):%d/%m/%Y %H:%M}"


def date_longue(instant: datetime) -> str:
    """`mercredi 13 décembre 2023 à 23:59`, Paris (F481)."""
    return f"{jour_en_lettres(jour_de_paris(instant))} à {heure(instant)}"


def jour_en_lettres(jour: date) -> str:
    """`mercredi 13 décembre 2023`."""
    from babel.dates import format_date

    return str(format_date(jour, "EEEE d MMMM y", locale="fr"))


def libelle_de_session(texte: str) -> str:
    """The one form of a session's label, trimmed, single-spaced, in capitals. Raises ValueError without a year."""
    libelle = " ".join(texte.split()).upper()
    annee_de_session(libelle)
    return libelle


def annee_de_session(session: str) -> int:
    """The year that ends a session's label: « 2024 », « JUIN 2022 » (F046). Raises ValueError when there is none."""
    annees = [mot for mot in session.split() if re.fullmatch(r"(19|20)[0-9]{2}", mot)]
    if not annees or len(session) > SESSION_MAX or not session.isprintable():
        raise ValueError(session)
    return int(annees[-1])


def jour_de_paris(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def age(naissance: date, jour: date) -> int:
    """Years completed at `jour`; someone born on 29 February turns a year older on 1 March."""
    anniversaire_passe = (jour.month, jour.day) >= (naissance.month, naissance.day)
    return jour.year - naissance.year - (0 if anniversaire_passe else 1)

"""Instants: UTC in the store, Europe/Paris on screen and paper, never read from the system here (decision 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
SESSION_MAX = 40
ANNEES = (
    1990,
    2100,
)  # years allowed in a window: others are typing errors, or too extreme for UTC


class Horloge(Protocol):
    """The source of the present instant; a test gives its own."""

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
    """A half-open interval `[ouverture, fermeture)`; an unknown opening counts as past (F038, C26)."""

    ouverture: datetime | None
    fermeture: datetime

    def etat(self, instant: datetime) -> EtatFenetre:
        if self.ouverture is not None and instant < self.ouverture:
            return EtatFenetre.PAS_OUVERTE
        return EtatFenetre.OUVERTE if instant < self.fermeture else EtatFenetre.FERMEE


def heure_de_paris(local: datetime) -> datetime:
    """The UTC instant of a Paris wall-clock time without zone, as data files write it; its year lies in ANNEES."""
    return local.replace(tzinfo=PARIS).astimezone(UTC)


def avant_le(jour: date) -> datetime:
    """The instant meant by « avant le JOUR »: 00:00 of that day, in UTC."""
    return heure_de_paris(datetime.combine(jour, time.min))


def jusqu_au(jour: date) -> datetime:
    """The instant meant by « jusqu'au JOUR »: 24:00 of that day, in UTC."""
    return avant_le(jour + timedelta(days=1))


def dernier_jour(limite: datetime) -> date:
    """The JOUR whose `jusqu_au` is this limit, or during which it falls."""
    return _dernieres(limite, PARIS)[0]


def _dernieres(limite: datetime, fuseau: tzinfo | None) -> tuple[date, str]:
    """The last day and its last hour, `24:00` where the limit is the midnight that ends that day."""
    local = limite.astimezone(fuseau)
    if local.time() == time.min:
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), f"{local:%H:%M}"


def verifier_annee(jour: date) -> None:
    """Check the year of a day or of a wall-clock time. Raises ValueError, in French, if it is outside ANNEES."""
    if not ANNEES[0] <= jour.year <= ANNEES[1]:
        raise ValueError(f"L'année n'est pas comprise entre {ANNEES[0]} et {ANNEES[1]}")


def en_iso(instant: datetime) -> str:
    """The form used in the store: UTC, microseconds, `Z`; it sorts as text."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def de_iso(texte: str) -> datetime:
    """The instant written by `en_iso`; one that lost its zone is in UTC, as all are."""
    lu = datetime.fromisoformat(texte)
    return lu if lu.tzinfo is not None else lu.replace(tzinfo=UTC)


def jour_court(jour: date) -> str:
    """`06/05/2005` (F480)."""
    return f"{jour:%d/%m/%Y}"


def jour_et_mois(jour: date) -> str:
    """`11/12`: a day near enough to need no year."""
    return f"{jour:%d/%m}"


def heure(instant: datetime, fuseau: tzinfo | None = PARIS) -> str:
    """`16:06`; `fuseau` None is the machine's own time zone."""
    return f"{instant.astimezone(fuseau):%H:%M}"


def a_la_minute(instant: datetime, fuseau: tzinfo | None = PARIS) -> str:
    """`11/12/2023 à 16:06`, Paris (F480): when something was, or begins; a limit is told by `limite_incluse`."""
    return f"{instant.astimezone(fuseau):%d/%m/%Y à %H:%M}"


def limite_incluse(limite: datetime, fuseau: tzinfo | None = PARIS) -> str:
    """`10/12/2026 à 24:00` for the midnight that ends that day, else as `a_la_minute`: a last day is told as such."""
    jour, heure_de_fin = _dernieres(limite, fuseau)
    return f"{jour_court(jour)} à {heure_de_fin}"


def limite_de_paris(limite: datetime) -> str:
    """`10/12/2026 à 24:00 (heure de Paris)`, the same with the zone that every limit is told in (F482)."""
    return f"{limite_incluse(limite)} (heure de Paris)"


def limite_longue(limite: datetime, lien: str = " à ") -> str:
    """`mercredi 13 décembre 2023 à 23:59`, the same in the guides' words (F481); `lien` stands before the hour."""
    jour, heure_de_fin = _dernieres(limite, PARIS)
    return f"{jour_en_lettres(jour)}{lien}{heure_de_fin}"


def heure_limite(limite: datetime) -> str:
    """`24:00` or `23:59`: the hour at which its last day ends."""
    return _dernieres(limite, PARIS)[1]


def jour_et_heure(instant: datetime) -> str:
    """`13/09/2023 09:37` in Paris, as lists write it (F480)."""
    return f"{instant.astimezone(PARIS):%d/%m/%Y %H:%M}"


def date_longue(instant: datetime) -> str:
    """`mercredi 13 décembre 2023 à 23:59`, in Paris (F481)."""
    return f"{jour_en_lettres(jour_de_paris(instant))} à {heure(instant)}"


def jour_en_lettres(jour: date) -> str:
    """`mercredi 13 décembre 2023`, `vendredi 1er décembre 2023`."""
    from babel.dates import format_date

    return str(format_date(jour, "EEEE '1er' MMMM y" if jour.day == 1 else "EEEE d MMMM y", locale="fr"))


def mois_en_lettres(jour: date) -> str:
    """`01 novembre 2021` (F035)."""
    from babel.dates import format_date

    return str(format_date(jour, "dd MMMM y", locale="fr"))


def libelle_de_session(texte: str) -> str:
    """The normal form of a session's label: trimmed, single spaces, capitals. Raises ValueError if it has no year."""
    libelle = " ".join(texte.split()).upper()
    annee_de_session(libelle)
    return libelle


def annee_de_session(session: str) -> int:
    """The year at the end of a session's label: « 2024 », « JUIN 2022 » (F046). Raises ValueError if there is none."""
    annees = [mot for mot in session.split() if re.fullmatch(r"(19|20)[0-9]{2}", mot)]
    if not annees or len(session) > SESSION_MAX or not session.isprintable():
        raise ValueError(session)
    return int(annees[-1])


def jour_de_paris(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def age(naissance: date, jour: date) -> int:
    """Completed years at `jour`; someone born on 29 February is a year older on 1 March."""
    anniversaire_passe = (jour.month, jour.day) >= (naissance.month, naissance.day)
    return jour.year - naissance.year - (0 if anniversaire_passe else 1)

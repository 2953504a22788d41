"""How the closing of a service is told on the band, nearer and nearer (screens.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cyclades_tui.domaine.temps import EtatFenetre, Fenetre, a_la_minute, jour_de_paris

_HEURE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Annonce:
    """The words before the instant, the instant, the words after; `genre` is empty far from the closing."""

    avant: str
    instant: str
    apres: str
    genre: str = ""


def annoncer(fenetre: Fenetre, maintenant: datetime, *, large: bool) -> Annonce:
    """From the eve « demain », in the last hour the minutes that are left, then since when it is closed."""
    fin = a_la_minute(fenetre.fermeture)
    apres = " (heure de Paris)" if large else " (Paris)"
    if fenetre.etat(maintenant) is not EtatFenetre.OUVERTE:
        return Annonce("× fermé depuis le ", fin, apres, "erreur")
    reste = fenetre.fermeture - maintenant
    if reste <= _HEURE:
        minutes = -(-reste // timedelta(minutes=1))
        return Annonce("! ferme dans ", f"{minutes} minute{'s' if minutes > 1 else ''}", "", "attention")
    jours = (jour_de_paris(fenetre.fermeture) - jour_de_paris(maintenant)).days
    if jours <= 1:
        heure = fin.rpartition(" ")[2]
        return Annonce("! ferme ", ("demain" if jours else "aujourd'hui") + f" à {heure}", apres, "attention")
    return Annonce("Fermeture du service le " if large else "ferme le ", fin, apres)

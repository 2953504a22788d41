"""What a band says of the closing of a service, nearer and nearer, in one wording for every screen (ecrans.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cyclades_tui.domaine.temps import (
    EtatFenetre,
    Fenetre,
    a_la_minute,
    dernier_jour,
    heure_limite,
    jour_de_paris,
    jour_et_mois,
    limite_incluse,
)
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.widgets.cadre import Bandeau

LARGE = 120  # cells from which whole names fit
_HEURE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Annonce:
    """The words before the instant, the instant, the words after; `genre` is empty far from the closing."""

    avant: str
    instant: str
    apres: str
    genre: str = ""

    def montrer(self, bandeau: Bandeau) -> None:
        """Say it at the right of a band, in its colours."""
        bandeau.set_class(self.genre == "erreur", "-ferme")
        bandeau.set_class(self.genre == "attention", "-attention")
        bandeau.droite = (self.avant, self.instant, self.apres)


def annoncer(fenetre: Fenetre, maintenant: datetime, *, large: bool) -> Annonce:
    """Far away the day, with year and zone if `large`; from the eve « demain », in the last hour the minutes left.

    Then since when it is closed.
    """
    fin = limite_incluse(fenetre.fermeture)
    apres = " (heure de Paris)" if large else " (Paris)"
    etat = fenetre.etat(maintenant)
    if etat is EtatFenetre.FERMEE:
        return Annonce("× fermé depuis le ", fin, apres, "erreur")
    if etat is EtatFenetre.PAS_OUVERTE and fenetre.ouverture is not None:
        return Annonce("ouvre le ", a_la_minute(fenetre.ouverture), apres, "attention")
    reste = fenetre.fermeture - maintenant
    if reste <= _HEURE:
        minutes = -(-reste // timedelta(minutes=1))
        return Annonce("! ferme dans ", denombrer(minutes, "minute"), "", "attention")
    jours = (dernier_jour(fenetre.fermeture) - jour_de_paris(maintenant)).days
    if jours <= 1:
        quand = ("demain" if jours else "aujourd'hui") + f" à {heure_limite(fenetre.fermeture)}"
        return Annonce("! ferme ", quand, apres, "attention")
    if large:
        return Annonce("ferme le ", fin, apres)
    jour = jour_et_mois(dernier_jour(fenetre.fermeture))
    return Annonce("ferme ", f"{jour} à {heure_limite(fenetre.fermeture)}", "")

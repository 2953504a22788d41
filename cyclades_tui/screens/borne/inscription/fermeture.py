"""What the band says of a service: its exam, its académie, its closing, nearer and nearer (ecrans.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.cells import cell_len

from cyclades_tui.domaine.temps import EtatFenetre, Fenetre, a_la_minute, heure, jour_de_paris
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.regles.service import Service
from cyclades_tui.widgets.cadre import Bandeau

_LARGE = 120  # cells from which whole names fit
_BLANCS = 6  # cells at the ends of the band and between what it says
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
        return Annonce("! ferme dans ", denombrer(minutes, "minute"), "", "attention")
    jours = (jour_de_paris(fenetre.fermeture) - jour_de_paris(maintenant)).days
    if jours <= 1:
        quand = ("demain" if jours else "aujourd'hui") + f" à {heure(fenetre.fermeture)}"
        return Annonce("! ferme ", quand, apres, "attention")
    return Annonce("Fermeture du service le " if large else "ferme le ", fin, apres)


def remplir_le_bandeau(bandeau: Bandeau, service: Service, maintenant: datetime, largeur: int) -> bool:
    """Tell the exam, the académie and the closing in `largeur` cells; whether the closing is past."""
    large = largeur >= _LARGE
    academie = service.referentiel.academies[service.academie]
    ou = academie.libelle if large else academie.nom
    fenetre = service.referentiel.reglages(service.examen.code, service.session, service.academie).fenetre
    if fenetre is not None:
        annonce = annoncer(fenetre, maintenant, large=large)
        bandeau.set_class(annonce.genre == "erreur", "-ferme")
        bandeau.set_class(annonce.genre == "attention", "-attention")
        bandeau.droite = (annonce.avant, annonce.instant, annonce.apres)
    bandeau.gauche = (_nom(service, largeur - cell_len(ou + "".join(bandeau.droite)) - _BLANCS), ou)
    return fenetre is not None and fenetre.etat(maintenant) is EtatFenetre.FERMEE


def _nom(service: Service, place: int) -> str:
    """The exam and its session; its initials where the whole name does not fit."""
    entier = f"{service.examen.libelle} {service.session}"
    return entier if cell_len(entier) <= place else f"{service.examen.sigle} {service.session}"

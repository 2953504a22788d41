"""What is said of the window of a service: until when one may register, from when, or since when one may not."""

from __future__ import annotations

from datetime import tzinfo

from cyclades_tui.domaine.temps import (
    PARIS,
    EtatFenetre,
    Fenetre,
    a_la_minute,
    dernier_jour,
    heure,
    heure_limite,
    jour_de_paris,
    limite_de_paris,
    limite_incluse,
    mois_en_lettres,
)


def dire_les_inscriptions(fenetre: Fenetre, etat: EtatFenetre) -> str:
    """A sentence for each state; of an open window with both its ends, the guides' own (F035)."""
    fin = limite_de_paris(fenetre.fermeture)
    if etat is EtatFenetre.FERMEE:
        return f"Les inscriptions sont fermées depuis le {fin}."
    if fenetre.ouverture is None:
        return f"Les inscriptions sont ouvertes jusqu'au {fin}."
    if etat is EtatFenetre.PAS_OUVERTE:
        return f"Les inscriptions ouvrent le {a_la_minute(fenetre.ouverture)} et ferment le {fin}."
    debut = f"{mois_en_lettres(jour_de_paris(fenetre.ouverture))} {heure(fenetre.ouverture)}"
    fin = f"{mois_en_lettres(dernier_jour(fenetre.fermeture))} {heure_limite(fenetre.fermeture)}"
    return f"Les inscriptions sont ouvertes du {debut} au {fin} (heure de Paris)."


def dire_le_depot(depot: Fenetre) -> str:
    """Until when pieces are handed in."""
    debut = "" if depot.ouverture is None else f"du {a_la_minute(depot.ouverture)} "
    return f"Les pièces justificatives se déposent {debut}jusqu'au {limite_de_paris(depot.fermeture)}."


def a_l_heure_du_poste(fenetre: Fenetre, fuseau: tzinfo | None) -> str:
    """The window on the desk's clock, a zone that is None being the machine's own; empty where it reads as in Paris."""
    bornes = [instant for instant in (fenetre.ouverture, fenetre.fermeture) if instant is not None]
    if all(i.astimezone(fuseau).utcoffset() == i.astimezone(PARIS).utcoffset() for i in bornes):
        return ""
    fin = limite_incluse(fenetre.fermeture, fuseau)
    dates = f"jusqu'au {fin}" if fenetre.ouverture is None else f"du {a_la_minute(fenetre.ouverture, fuseau)} au {fin}"
    return f"À l'heure de ce poste : {dates}."

"""What is shown of a service, in parts so that scrolling always shows whole parts (F035-F037)."""

from __future__ import annotations

from textual.content import Content

from cyclades_tui.actes.candidature.consultation import Informations, ServiceOffert
from cyclades_tui.domaine.contact import en_une_ligne
from cyclades_tui.domaine.temps import EtatFenetre

_ETATS = {
    EtatFenetre.OUVERTE: ("√ Ouvert", "succes"),
    EtatFenetre.PAS_OUVERTE: ("! Pas encore ouvert", "attention"),
    EtatFenetre.FERMEE: ("× Fermé", "erreur"),
}
PARTIES = ETAT, _CONSEILS, _CONTACT = "information", "conseils", "contact"


def du_service(service: ServiceOffert, informations: Informations) -> dict[str, Content]:
    """State and window, advice, and whom to call, by the name of the part."""
    etat, genre = _ETATS[service.etat]
    fenetre = Content.assemble(f"{service.libelle}\n\n", (etat, f"bold ${genre}"), f"\n{service.phrase}")
    if informations.heure_du_poste:
        fenetre = Content.assemble(fenetre, (f"\n{informations.heure_du_poste}", "$discret"))
    if informations.depot:
        fenetre = Content.assemble(fenetre, f"\n{informations.depot}")
    dites = {ETAT: fenetre}
    if informations.conseils:
        dites[_CONSEILS] = Content("\n\n".join(informations.conseils))
    if informations.contact is not None:
        lignes = (f"Contact : {en_une_ligne(informations.contact)}", *informations.adresses)
        dites[_CONTACT] = Content("\n".join(lignes))
    return dites

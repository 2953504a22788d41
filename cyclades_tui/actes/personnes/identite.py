"""The identity of an account as form fields: an inscription starts from it, greyed (F164-F169)."""

from __future__ import annotations

from datetime import date

from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.champs.identite import FRANCE, IDENTITE
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.temps import jour_court
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidat
from cyclades_tui.store.requetes.lignes import lire_la_ligne

_NAISSANCE = "identification.naissance"


def saisie_du_compte(poste: Poste, candidat_id: int) -> dict[str, str]:
    """Field id -> text of the fields that come from the account, without the empty ones.

    Raises ActeRefuse if the caller lacks the right, or if the person is out of reach.
    """
    with lecture(poste, Droit.CONSULTER, "candidat.lire") as acces:
        candidat = lire_la_ligne(acces.unite, Candidat, candidat_id)
        acces.exiger_la_personne(candidat)
        acces.consigner(f"candidat:{candidat_id}")
        textes = {donnee.champ: str(getattr(candidat, donnee.colonne)) for donnee in IDENTITE}
        textes |= {
            "identification.sans_nom": "" if candidat.nom else "oui",
            "identification.sans_prenom": "" if candidat.prenoms else "oui",
            f"{_NAISSANCE}.date": jour_court(date.fromisoformat(candidat.naissance)),
            f"{_NAISSANCE}.commune_hors_liste": "oui" if _hors_liste(poste, candidat) else "",
        }
    return {champ: texte for champ, texte in textes.items() if texte}


def _hors_liste(poste: Poste, candidat: Candidat) -> bool:
    """Whether the commune was typed freely: it is not in the list of its département."""
    if candidat.naissance_pays != FRANCE:
        return False
    return poste.referentiel.lieux.commune(candidat.naissance_departement, candidat.naissance_commune) is None

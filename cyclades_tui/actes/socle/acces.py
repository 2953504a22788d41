"""Reaching a candidature by its two numbers, as whoever asks may (F287)."""

from __future__ import annotations

from cyclades_tui.actes.socle import droits
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidat, Candidature
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import candidatures, personnes


def retrouver_le_candidat(poste: Poste, unite: Unite, numero_candidat: str, droit: Droit = Droit.CONSULTER) -> Candidat:
    """The person of a N° candidat, for who has a right on somebody.

    Raises SaisieRefusee when there is none (to a candidate, another is as none), ActeRefuse to an agent without the
    right or the reach.
    """
    portee = droits.autoriser(poste, unite, droit)
    candidat = _candidat(poste, unite, numero_candidat)
    droits.exiger_la_personne(poste, unite, portee, candidat)
    return candidat


def retrouver(
    poste: Poste, unite: Unite, numero_candidat: str, numero_inscription: int, droit: Droit = Droit.CONSULTER
) -> tuple[Candidat, Candidature]:
    """A person and one of the candidatures of that person. Raises as `retrouver_le_candidat` does."""
    portee = droits.autoriser(poste, unite, droit)
    candidat = _candidat(poste, unite, numero_candidat)
    candidature = candidatures.par_numero(unite, candidat.id, numero_inscription)
    if candidature is None:
        message = f"Le candidat {candidat.numero} n'a pas d'inscription {numero_inscription:03d} dans ce store."
        raise SaisieRefusee(Faute("candidature.absente", "inscription", message, "Vérifiez les deux numéros."))
    droits.exiger_la_candidature(poste, unite, portee, candidature)
    return candidat, candidature


def _candidat(poste: Poste, unite: Unite, numero_candidat: str) -> Candidat:
    a_lui = poste.acteur.nature is not NatureActeur.CANDIDAT or poste.acteur.identifiant == numero_candidat
    candidat = personnes.candidat_par_numero(unite, numero_candidat) if a_lui else None
    if candidat is None:
        message = f"Il n'y a pas de candidat {numero_candidat[:20]} dans ce store."
        raise SaisieRefusee(Faute("candidat.absent", "candidat", message, "Vérifiez ce numéro."))
    return candidat

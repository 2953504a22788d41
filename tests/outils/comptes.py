"""Accounts: their forms, their codes, and the borne before anybody logs in."""

from __future__ import annotations

from collections.abc import Mapping

from cyclades_tui.actes.personnes import courrier
from cyclades_tui.champs.catalogue import COMPTE
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste
from outils.actes import personne
from outils.store import photo

SESAME = "Soleil/levant"
_CONFIRME = {champ.confirme: champ.id for champ in COMPTE if champ.confirme}


def confirmer(saisie: Mapping[str, str]) -> dict[str, str]:
    """The form with each confirmed field typed twice."""
    return {**saisie, **{_CONFIRME[champ]: texte for champ, texte in saisie.items() if champ in _CONFIRME}}


def saisie_de(rang: int, **changements: str) -> dict[str, str]:
    """The account form of person number `rang`; `changements` go by the last part of an `identification` field."""
    connus = {champ.id for champ in COMPTE}
    saisie = {champ: texte for champ, texte in personne(rang).items() if champ in connus}
    saisie |= {f"identification.{nom}": texte for nom, texte in changements.items()}
    return confirmer(saisie) | {"compte.mot_de_passe": SESAME, "compte.confirmation_mot_de_passe": SESAME}


def email_de(rang: int) -> str:
    return saisie_de(rang)["identification.email"]


def code_envoye(poste: Poste, rang: int = 1) -> str:
    """The code in the newest message to a person."""
    return courrier.lire(poste, email_de(rang))[0].code


def tout(poste: Poste) -> str:
    """Every value of every table, as text."""
    return repr(photo(poste.store))


def a_la_borne(poste: Poste) -> Poste:
    acteur = Acteur(NatureActeur.SYSTEME, "borne", Face.BORNE, "poste-1")
    return Poste(poste.store, acteur, poste.horloge, poste.parametrage)

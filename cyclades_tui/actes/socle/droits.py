"""Whether the caller has a right: his role, académies and school, read again at each acte."""

from __future__ import annotations

import json
from typing import Final

from cyclades_tui.domaine.acteur import Face, NatureActeur
from cyclades_tui.domaine.droits import DROITS, DROITS_DE_LA_BORNE, DROITS_DU_CANDIDAT, Droit, Portee, Role
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents


def autoriser(poste: Poste, unite: Unite, droit: Droit) -> Portee:
    """The reach of the caller's right. Raises ActeRefuse if the caller lacks the right.

    `Acces` limits a candidate to his own candidatures. The system may do everything while the store has no active
    agent; afterwards, at a borne, only what anybody may do before logging in.
    """
    acteur = poste.acteur
    if acteur.nature is NatureActeur.CANDIDAT:
        if droit not in DROITS_DU_CANDIDAT:
            raise ActeRefuse(_CANDIDAT)
        return Portee()
    if acteur.nature is NatureActeur.SYSTEME:
        libre = acteur.face is Face.BORNE and droit in DROITS_DE_LA_BORNE
        if not libre and agents.il_y_en_a_d_actifs(unite):
            raise ActeRefuse(_SANS_AGENT)
        return Portee()
    agent = _lui_meme(poste, unite)
    role = Role(agent.role)
    if droit not in DROITS[role]:
        raise ActeRefuse(_sans_le_droit(role, droit))
    return Portee(frozenset(json.loads(agent.academies)), agent.etablissement)


def agent_qui_agit(poste: Poste, unite: Unite) -> Agent | None:
    """The agent who acts, None for a candidate or the system. Raises ActeRefuse if he is no longer active."""
    return _lui_meme(poste, unite) if poste.acteur.nature is NatureActeur.AGENT else None


def _lui_meme(poste: Poste, unite: Unite) -> Agent:
    agent = agents.par_identifiant(unite, poste.acteur.identifiant)
    if agent is None or agent.desactive_le is not None:
        raise ActeRefuse(INACTIF)
    return agent


# What is said

_SANS_AGENT: Final = Faute(
    "droit.systeme",
    "",
    "Ce store a des agents : dites qui agit avec --agent.",
    "Exemple : cyclades --agent IDENTIFIANT candidature lister.",
)
_CANDIDAT: Final = Faute(
    "droit.candidat",
    "",
    "Ceci est l'affaire du service des examens et concours.",
    "Adressez-vous à lui.",
)
INACTIF: Final = Faute(
    "droit.inactif",
    "",
    "Votre accès à ce store a été retiré : rien n'a été fait.",
    "Adressez-vous à un administrateur.",
)


def _sans_le_droit(role: Role, droit: Droit) -> Faute:
    message = f"Le rôle « {role.value} » ne le permet pas : {droit.value}."
    *debut, fin = [f"un {autre.value}" for autre in Role if droit in DROITS[autre] and autre is not Role.ETABLISSEMENT]
    a_qui = f"{', '.join(debut)} ou {fin}" if debut else fin
    return Faute("droit.role", "", message, f"Adressez-vous à {a_qui}.")


def hors_de_portee(poste: Poste, portee: Portee, academie: str) -> Faute:
    """The refusal for an académie (a code, empty for all), or a school, that is out of reach."""
    connues = poste.referentiel.academies
    noms = {code: connues[code].nom if code in connues else code for code in (*portee.academies, academie)}
    if portee.academies and academie not in portee.academies:
        siennes = ", ".join(sorted(noms[code] for code in portee.academies))
        ou = noms[academie] if academie else "toutes les académies"
        message = f"Vos droits se limitent à : {siennes}. Ceci concerne : {ou}."
        return Faute("droit.academie", "", message, "Adressez-vous à un agent de cette académie, ou à un responsable.")
    message = f"Vos droits se limitent aux candidats de votre établissement, {portee.etablissement}."
    return Faute("droit.etablissement", "", message, "Adressez-vous au service des examens et concours.")

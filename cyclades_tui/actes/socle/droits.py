"""Whether whoever acts may: the right of the role, the académies and the school of the agent, read at each acte."""

from __future__ import annotations

import json
from typing import Any, Final

from cyclades_tui.domaine.acteur import Face, NatureActeur
from cyclades_tui.domaine.contenu import lire_le_champ
from cyclades_tui.domaine.droits import DROITS, DROITS_DE_LA_BORNE, DROITS_DU_CANDIDAT, Droit, Portee, Role
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent, Candidat, Candidature
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents, candidatures, journal

_ETABLISSEMENT = "candidature.etablissement"


def exiger(
    poste: Poste, unite: Unite, droit: Droit, academie: str | None = None, etablissement: str | None = None
) -> None:
    """Refuse an acte to who has not the right, or not there.

    `academie` is a code, empty for all académies, and `etablissement` the school's id, empty for none; each is None
    where the acte has not got one. Raises ActeRefuse.
    """
    portee = autoriser(poste, unite, droit)
    if academie is not None:
        exiger_l_academie(poste, portee, academie, etablissement)


def exiger_l_academie(poste: Poste, portee: Portee, academie: str, etablissement: str | None = None) -> None:
    """Raises ActeRefuse when an académie is out of reach, and a school where one is given."""
    ecole = portee.etablissement if etablissement is None else etablissement
    if not portee.contient(academie, ecole):
        raise ActeRefuse(_hors_de_portee(poste, portee, academie))


def autoriser(poste: Poste, unite: Unite, droit: Droit) -> Portee:
    """How far whoever acts may use a right. Raises ActeRefuse where he may not at all.

    A candidate is kept to his own by `actes.socle.acces`. The system may do everything as long as the store has no
    active agent; after that, at a borne, what anybody may do before they are logged in.
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
    """The agent who acts, None for a candidate or the system. Raises ActeRefuse to one who is not active any more."""
    return _lui_meme(poste, unite) if poste.acteur.nature is NatureActeur.AGENT else None


def _lui_meme(poste: Poste, unite: Unite) -> Agent:
    agent = agents.par_identifiant(unite, poste.acteur.identifiant)
    if agent is None or agent.desactive_le is not None:
        raise ActeRefuse(INACTIF)
    return agent


def exiger_la_candidature(poste: Poste, unite: Unite, portee: Portee, candidature: Candidature) -> None:
    """Refuse a candidature out of reach, by its académie and by the school of its last version. Raises ActeRefuse."""
    if not portee.contient(candidature.academie, _etablissement(unite, portee, candidature)):
        raise ActeRefuse(_hors_de_portee(poste, portee, candidature.academie))


def exiger_la_personne(poste: Poste, unite: Unite, portee: Portee, candidat: Candidat) -> None:
    """Refuse a person none of whose candidatures is within reach; who has none yet is everybody's but a school's.

    Raises ActeRefuse.
    """
    if portee.sans_limite:
        return
    siennes = candidatures.du_candidat(unite, candidat.id)
    if not siennes and not portee.etablissement:
        return
    if not any(portee.contient(c.academie, _etablissement(unite, portee, c)) for c in siennes):
        raise ActeRefuse(_hors_de_portee(poste, portee, siennes[0].academie if siennes else ""))


def consigner_la_lecture(poste: Poste, acte: str, sujet: str, valeurs: dict[str, Any] | None = None) -> None:
    """Journal what an agent reads, in a transaction of its own; nothing for a candidate or the system."""
    if poste.acteur.nature is not NatureActeur.AGENT:
        return
    with poste.store.ecrire() as unite:
        journal.consigner(
            unite, acteur=poste.acteur, acte=acte, sujet=sujet, valeurs=valeurs or {}, instant=poste.maintenant()
        )


def _etablissement(unite: Unite, portee: Portee, candidature: Candidature) -> str:
    """The school of the last version, read only for who is kept to one."""
    if not portee.etablissement:
        return ""
    return lire_le_champ(candidatures.derniere_version(unite, candidature).contenu, _ETABLISSEMENT).valeur


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


def _hors_de_portee(poste: Poste, portee: Portee, academie: str) -> Faute:
    connues = poste.referentiel.academies
    noms = {code: connues[code].nom if code in connues else code for code in (*portee.academies, academie)}
    if portee.academies and academie not in portee.academies:
        siennes = ", ".join(sorted(noms[code] for code in portee.academies))
        ou = noms[academie] if academie else "toutes les académies"
        message = f"Vos droits se limitent à : {siennes}. Ceci concerne : {ou}."
        return Faute("droit.academie", "", message, "Adressez-vous à un agent de cette académie, ou à un responsable.")
    message = f"Vos droits se limitent aux candidats de votre établissement, {portee.etablissement}."
    return Faute("droit.etablissement", "", message, "Adressez-vous au service des examens et concours.")

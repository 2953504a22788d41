"""The messages to an address, kept here until they leave by e-mail (F465-F472)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.personnes.comptes import cle_tapee, effacer_les_comptes_expires
from cyclades_tui.actes.socle import droits
from cyclades_tui.actes.socle.acces import retrouver_le_candidat
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import de_iso, en_iso
from cyclades_tui.domaine.texte import nfc, remplir
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidat, Message
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import courrier, journal, personnes
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, chercher_la_ligne

MASQUE = "······"  # stands where an activation code was, or must not be seen


@dataclass(frozen=True, slots=True)
class Courrier:
    """A message as it is read; `code` is the activation code that it shows, empty without one.

    `expediteur` is the office or the school that wrote it, empty where that is not known (F411).
    """

    id: int
    instant: datetime
    expediteur: str
    objet: str
    corps: str
    lu: bool
    code: str


def lister(poste: Poste, email: str) -> tuple[Courrier, ...]:
    """The messages to an address, the newest first, their codes masked; none for an address that nobody has.

    Raises ActeRefuse to an agent without the right or the reach.
    """
    with poste.store.lire() as unite:
        portee = droits.autoriser(poste, unite, Droit.CONSULTER)
        candidat = personnes.candidat_par_email(unite, cle_tapee(email))
        if candidat is None:
            return ()
        droits.exiger_la_personne(poste, unite, portee, candidat)
        messages = courrier.du_candidat(unite, candidat.id)
    return _lus(poste, candidat, messages)


def consulter(poste: Poste, numero_candidat: str) -> tuple[Courrier, ...]:
    """« Consulter mes messages »: all messages to a person, the newest first, their codes masked (F410-F412).

    Raises SaisieRefusee when nobody has this number, or when it is not the number of the candidate who asks,
    ActeRefuse to an agent without the right or the reach.
    """
    with poste.store.lire() as unite:
        candidat = retrouver_le_candidat(poste, unite, numero_candidat)
        messages = courrier.du_candidat(unite, candidat.id)
    return _lus(poste, candidat, messages)


def _lus(poste: Poste, candidat: Candidat, messages: Sequence[Message]) -> tuple[Courrier, ...]:
    """Messages read by whoever asks, their codes masked."""
    numeros = [message.id for message in messages]
    droits.consigner_la_lecture(poste, "courrier.consulter", f"candidat:{candidat.id}", {"messages": numeros})
    return tuple(_courrier(message, "") for message in messages)


def marquer_lu(poste: Poste, numero_candidat: str, message_id: int) -> None:
    """Remember when a message was first opened here; a message of somebody else is left alone."""
    with poste.store.ecrire() as unite:
        candidat = retrouver_le_candidat(poste, unite, numero_candidat, Droit.COURRIER)
        message = chercher_la_ligne(unite, Message, message_id)
        if message is not None and message.candidat_id == candidat.id and message.lu_le is None:
            message.lu_le = en_iso(poste.maintenant())


def ecrire(poste: Poste, numero_candidat: str, objet: str, corps: str) -> None:
    """A message of the office or of the school to a candidate (F411, F452); journalled.

    Raises SaisieRefusee: nobody has this number, an empty subject or text; ActeRefuse to an agent who may not.
    """
    fautes = [
        Faute("courrier.vide", champ, f"Il manque {quoi}.", "Écrivez-le.")
        for champ, quoi, texte in (("objet", "l'objet", objet), ("texte", "le texte", corps))
        if not texte.strip()
    ]
    if fautes:
        raise SaisieRefusee(fautes)
    with poste.store.ecrire() as unite:
        instant = poste.maintenant()
        candidat = retrouver_le_candidat(poste, unite, numero_candidat, Droit.COURRIER)
        message = Message(
            candidat_id=candidat.id,
            objet=nfc(objet.strip()),
            corps=nfc(corps.strip()),
            cree_le=en_iso(instant),
            expediteur=_expediteur(poste, unite),
        )
        ajouter_des_lignes(unite, message)
        journal.consigner(
            unite,
            acteur=poste.acteur,
            acte="courrier.ecrire",
            sujet=f"candidat:{candidat.id}",
            valeurs={"objet": message.objet, "corps": message.corps},
            instant=instant,
        )


def lire(poste: Poste, email: str) -> tuple[Courrier, ...]:
    """The messages to an address, the newest first, with the activation code while it is valid; journalled.

    Raises SaisieRefusee when there is none, ActeRefuse at a borne, which never shows a code, and to an agent who may
    not.
    """
    if poste.acteur.face is Face.BORNE:
        raise ActeRefuse(_A_LA_BORNE)
    effacer_les_comptes_expires(poste)
    with poste.store.ecrire() as unite:
        instant = poste.maintenant()
        portee = droits.autoriser(poste, unite, Droit.COURRIER)
        candidat = personnes.candidat_par_email(unite, cle_tapee(email))
        if candidat is None:
            raise SaisieRefusee(_vide(email))
        droits.exiger_la_personne(poste, unite, portee, candidat)
        messages = courrier.du_candidat(unite, candidat.id)
        if not messages:
            raise SaisieRefusee(_vide(email))
        lus = tuple(_courrier(message, message.code or "") for message in messages)
        journal.consigner(
            unite,
            acteur=poste.acteur,
            acte="courrier.lire",
            sujet=f"candidat:{candidat.id}",
            valeurs={"messages": [lu.id for lu in lus], "code": "montré" if any(lu.code for lu in lus) else ""},
            instant=instant,
        )
    return lus


def _expediteur(poste: Poste, unite: Unite) -> str:
    """The school or the office of the agent who writes; empty for one of several académies, and for the system."""
    agent = droits.agent_qui_agit(poste, unite)
    if agent is None:
        return ""
    if agent.etablissement:
        return next((e.nom for e in poste.referentiel.etablissements if e.id == agent.etablissement), "")
    academies = json.loads(agent.academies)
    return poste.referentiel.academies[academies[0]].libelle if len(academies) == 1 else ""


def _courrier(message: Message, code: str) -> Courrier:
    corps = message.corps if message.code is None else remplir(message.corps, {"code": code or MASQUE})
    instant, lu = de_iso(message.cree_le), message.lu_le is not None
    return Courrier(message.id, instant, message.expediteur, message.objet, corps, lu, code)


def _vide(email: str) -> Faute:
    message = f"Il n'y a aucun message pour « {email[:100]} » dans ce store."
    return Faute(
        "courrier.vide", "adresse", message, "Vérifiez l'adresse ; un compte non activé s'efface en 48 heures."
    )


_A_LA_BORNE = Faute("courrier.borne", "", "La borne ne montre pas les codes d'activation.", "Demandez-le à un agent.")

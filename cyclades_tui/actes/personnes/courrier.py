"""The messages to an address, kept here until they leave by e-mail (F465-F472)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.personnes.comptes import cle_tapee, effacer_les_comptes_expires
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import LectureOuverte, acte, lecture, travail
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import de_iso, en_iso
from cyclades_tui.domaine.texte import hors_repertoire, nfc, nommer_caractere, remplir
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidat, Message
from cyclades_tui.store.requetes import courrier, personnes
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, chercher_la_ligne

MASQUE = "······"  # replaces an activation code that was used or must not be seen


@dataclass(frozen=True, slots=True)
class Courrier:
    """A message as it is read; `code` is its activation code, empty if there is none to show.

    `expediteur` is the office or the school that wrote it, empty if unknown (F411).
    """

    id: int
    instant: datetime
    expediteur: str
    objet: str
    corps: str
    lu: bool
    code: str


def lister(poste: Poste, email: str) -> tuple[Courrier, ...]:
    """The messages to an address, the newest first, with codes masked; empty if nobody has the address.

    Raises ActeRefuse if the caller lacks the right, or if the person is out of reach.
    """
    with lecture(poste, Droit.CONSULTER, "courrier.consulter") as acces:
        candidat = personnes.candidat_par_email(acces.unite, cle_tapee(email))
        if candidat is None:
            acces.rien()
            return ()
        acces.exiger_la_personne(candidat)
        return _lus(acces, candidat)


def consulter(poste: Poste, numero_candidat: str) -> tuple[Courrier, ...]:
    """« Consulter mes messages »: all messages to a person, the newest first, with codes masked (F410-F412).

    Raises SaisieRefusee if nobody has this number, or if it is not the calling candidate's own; ActeRefuse if the
    caller lacks the right, or if the person is out of reach.
    """
    with lecture(poste, Droit.CONSULTER, "courrier.consulter") as acces:
        return _lus(acces, acces.candidat(numero_candidat))


def _lus(acces: LectureOuverte, candidat: Candidat) -> tuple[Courrier, ...]:
    """A person's messages with codes masked; the reading is journalled."""
    messages = courrier.du_candidat(acces.unite, candidat.id)
    acces.consigner(f"candidat:{candidat.id}", {"messages": [message.id for message in messages]})
    return tuple(_courrier(message, "") for message in messages)


def marquer_lu(poste: Poste, numero_candidat: str, message_id: int) -> None:
    """Record when a message was first opened here; does nothing for somebody else's message."""
    with travail(poste, Droit.COURRIER, SansTrace.MESSAGE_OUVERT) as acces:
        candidat = acces.candidat(numero_candidat)
        message = chercher_la_ligne(acces.unite, Message, message_id)
        if message is not None and message.candidat_id == candidat.id and message.lu_le is None:
            message.lu_le = en_iso(acces.instant)


def ecrire(poste: Poste, numero_candidat: str, objet: str, corps: str) -> None:
    """Send a candidate a message of the office or of the school (F411, F452); journalled.

    Raises SaisieRefusee (nobody has this number, an empty subject or text, a sign that no field accepts), ActeRefuse if
    the caller lacks the right or the reach.
    """
    fautes = [
        Faute("courrier.vide", champ, f"Il manque {quoi}.", "Écrivez-le.")
        for champ, quoi, texte in (("objet", "l'objet", objet), ("texte", "le texte", corps))
        if not texte.strip()
    ]
    objet, corps = nfc(" ".join(objet.split())), nfc("\n".join(corps.splitlines()))
    fautes += [
        Faute("courrier.signe", champ, f"{quoi} contient {nommer_caractere(inconnu)}.", "Retirez ce signe.")
        for champ, quoi, texte in (("objet", "L'objet", objet), ("texte", "Le texte", corps))
        for inconnu in hors_repertoire(texte.replace("\n", ""))[:1]
    ]
    if fautes:
        raise SaisieRefusee(fautes)
    with acte(poste, Droit.COURRIER, "courrier.ecrire") as a:
        candidat = a.candidat(numero_candidat)
        message = Message(
            candidat_id=candidat.id,
            objet=objet,
            corps=corps,
            cree_le=en_iso(a.instant),
            expediteur=_expediteur(a),
        )
        ajouter_des_lignes(a.unite, message)
        a.consigner(f"candidat:{candidat.id}", {"objet": message.objet, "corps": message.corps})


def lire(poste: Poste, email: str) -> tuple[Courrier, ...]:
    """The messages to an address, the newest first, with the activation code while it is valid; journalled.

    Raises SaisieRefusee if there are none; ActeRefuse at a borne, which never shows a code, if the caller lacks the
    right, or if the person is out of reach.
    """
    if poste.acteur.face is Face.BORNE:
        raise ActeRefuse(_A_LA_BORNE)
    effacer_les_comptes_expires(poste)
    with acte(poste, Droit.COURRIER, "courrier.lire") as a:
        candidat = personnes.candidat_par_email(a.unite, cle_tapee(email))
        if candidat is None:
            raise SaisieRefusee(_vide(email))
        a.exiger_la_personne(candidat)
        messages = courrier.du_candidat(a.unite, candidat.id)
        if not messages:
            raise SaisieRefusee(_vide(email))
        lus = tuple(_courrier(message, message.code or "") for message in messages)
        code = "montré" if any(lu.code for lu in lus) else ""
        a.consigner(f"candidat:{candidat.id}", {"messages": [lu.id for lu in lus], "code": code})
    return lus


def _expediteur(acces: Acces) -> str:
    """The school or the office of the calling agent; empty for the system, or if he has several académies."""
    agent = acces.agent()
    if agent is None:
        return ""
    if agent.etablissement:
        return next((e.nom for e in acces.poste.referentiel.etablissements if e.id == agent.etablissement), "")
    academies = json.loads(agent.academies)
    connue = acces.poste.referentiel.academies.get(academies[0]) if len(academies) == 1 else None
    return "" if connue is None else connue.libelle


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

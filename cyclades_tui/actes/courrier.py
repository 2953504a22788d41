"""The messages to an address, kept here until they leave by e-mail (F465-F472)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.comptes import cle_tapee, effacer_les_comptes_expires
from cyclades_tui.actes.inscription import remplir
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import de_iso
from cyclades_tui.poste import Poste
from cyclades_tui.store import journal, registre
from cyclades_tui.store.tables import Message

MASQUE = "······"  # stands where an activation code was, or must not be seen


@dataclass(frozen=True, slots=True)
class Courrier:
    """A message as it is read; `code` is the activation code that it shows, empty without one."""

    id: int
    instant: datetime
    objet: str
    corps: str
    lu: bool
    code: str


def lister(poste: Poste, email: str) -> tuple[Courrier, ...]:
    """The messages to an address, the newest first, their codes masked; none for an address that nobody has."""
    with poste.store.lire() as unite:
        candidat = registre.candidat_par_email(unite, cle_tapee(email))
        messages: Sequence[Message] = () if candidat is None else registre.messages_de(unite, candidat.id)
    return tuple(_courrier(message, "") for message in messages)


def lire(poste: Poste, email: str) -> tuple[Courrier, ...]:
    """The messages to an address, the newest first, with the activation code while it is valid; journalled.

    Raises SaisieRefusee when there is none, ActeRefuse at a borne, which never shows a code.
    """
    if poste.acteur.face is Face.BORNE:
        raise ActeRefuse(_A_LA_BORNE)
    effacer_les_comptes_expires(poste)
    with poste.store.ecrire() as unite:
        instant = poste.maintenant()
        candidat = registre.candidat_par_email(unite, cle_tapee(email))
        messages = [] if candidat is None else registre.messages_de(unite, candidat.id)
        if candidat is None or not messages:
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


def _courrier(message: Message, code: str) -> Courrier:
    corps = message.corps if message.code is None else remplir(message.corps, {"code": code or MASQUE})
    return Courrier(message.id, de_iso(message.cree_le), message.objet, corps, message.lu_le is not None, code)


def _vide(email: str) -> Faute:
    message = f"Il n'y a aucun message pour « {email[:100]} » dans ce store."
    return Faute(
        "courrier.vide", "adresse", message, "Vérifiez l'adresse ; un compte non activé s'efface en 48 heures."
    )


_A_LA_BORNE = Faute("courrier.borne", "", "La borne ne montre pas les codes d'activation.", "Demandez-le à un agent.")

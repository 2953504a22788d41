"""Signed heads of the chain, carried outside the store, and what those that come back say of it (decision 17)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from cyclades_tui.domaine.canonique import en_json
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import a_la_minute, de_iso, en_iso
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.modele.tables import Ecriture, IdentiteStore
from cyclades_tui.store.modele.tetes import TeteContraire, TeteTrouvee
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import journal

_REMEDE = (
    "Cherchez qui a remis ou changé ce store. Si une sauvegarde a été remise exprès, un administrateur le dit par "
    "« cyclades verifier --reprendre MOTIF »."
)


def identifiant(unite: Unite) -> str:
    """The store's uuid; empty if its row is lost, which the check of the rows tells."""
    return unite.session.exec(select(IdentiteStore.id)).first() or ""


def signer(unite: Unite, cle: CleDuJournal, instant: datetime) -> str:
    """The head of the chain now, as JSON with its signature and the public key."""
    dernier = unite.session.exec(select(Ecriture).order_by(col(Ecriture.id).desc()).limit(1)).first()
    seq, hachage = journal.derniere_tete(unite)
    tete = {
        "store": identifiant(unite),
        "instant": en_iso(instant),
        "journal": seq,
        "journal_hachage": hachage,
        "ecriture": 0 if dernier is None else dernier.id,
        "hachage": journal.GENESE if dernier is None else dernier.hachage,
    }
    return en_json({"tete": tete, "signature": cle.signer(tete), "cle_publique": cle.publique()})


def contraires(
    unite: Unite, cle: CleDuJournal, trouvees: Iterable[TeteTrouvee], acceptees: Collection[str] = ()
) -> Iterator[TeteContraire]:
    """The heads of this store that its chain does not hold, but those that an administrateur accepted."""
    store = identifiant(unite)
    for trouvee in trouvees:
        lue = _lire(trouvee.octets)
        tete = lue.get("tete")
        if not isinstance(tete, dict) or not {"store", "instant", "ecriture", "hachage"} <= tete.keys():
            yield TeteContraire("", _faute("preuve.temoin", f"La tête gardée dans {trouvee.lieu} est illisible."))
        elif tete["store"] == store and str(tete["hachage"]) not in acceptees:
            constat = _constat(unite, cle, lue, tete)
            if constat:
                message = f"La tête {_quand(tete)}, gardée dans {trouvee.lieu}, {constat}."
                yield TeteContraire(str(tete["hachage"]), _faute("preuve.tete", message))


def _constat(unite: Unite, cle: CleDuJournal, lue: dict[str, Any], tete: dict[str, Any]) -> str:
    """What is wrong with a head of this store, empty if nothing is."""
    if not cle.est_signe(tete, lue.get("signature")):
        return "n'est pas signée par la clé de ce store"
    if tete["ecriture"] == 0:
        return ""
    ligne = unite.session.get(Ecriture, tete["ecriture"])
    if ligne is None:
        return (
            f"va jusqu'à la ligne {tete['journal']} du journal, que ce store n'a plus : sa fin a été coupée, ou une "
            "sauvegarde plus ancienne a été remise"
        )
    return (
        "" if ligne.hachage == tete["hachage"] else "n'est pas de l'histoire que ce store raconte : elle a été refaite"
    )


def _quand(tete: dict[str, Any]) -> str:
    try:
        return f"du {a_la_minute(de_iso(tete['instant']))}"
    except (TypeError, ValueError):
        return "sans date"


def _lire(octets: bytes) -> dict[str, Any]:
    try:
        lue = json.loads(octets)
    except (ValueError, RecursionError):
        return {}
    return lue if isinstance(lue, dict) else {}


def _faute(code: str, message: str) -> Faute:
    return Faute(code, "", message, _REMEDE)

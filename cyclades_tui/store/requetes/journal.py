"""The append-only journal, chained by hash over salted digests (decision 9)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import col

from cyclades_tui.domaine.acteur import Acteur
from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.domaine.temps import de_iso, en_iso
from cyclades_tui.store.modele.formes import est_un_instant, est_un_texte
from cyclades_tui.store.modele.tables import Journal, JournalDetail, Table, Version
from cyclades_tui.store.modele.unite import Unite

GENESE = "0" * 64  # the `precedent` of the first row

# Built once, from the tables: a batch writes a row for each candidature under one lock.
_JOURNAL, _DETAIL, _TETE = (Table.metadata.tables[nom] for nom in ("journal", "journal_detail", "tete_journal"))
_INSERER = insert(_JOURNAL)
_INSERER_DETAIL = insert(_DETAIL)
_AVANCER = update(_TETE)
_LIRE_TETE = select(_TETE.c.seq, _TETE.c.hachage)
_LIRE_L_INSTANT = (
    select(_JOURNAL.c.instant)
    .where(_JOURNAL.c.acte.not_in(bindparam("sauf", expanding=True)))
    .order_by(_JOURNAL.c.seq.desc())
    .limit(1)
)

_COUVERTES = ("seq", "instant", "acte", "acteur_nature", "face", "poste", "sujet", "empreinte", "precedent")
_PAGE = 1000
_FAUTES_AU_PLUS = 100
_REMEDE = "Gardez ce store tel quel, comparez-le à la dernière sauvegarde et prévenez l'administrateur."


def consigner(
    unite: Unite, *, acteur: Acteur, acte: str, sujet: str, valeurs: dict[str, Any], instant: datetime
) -> int:
    """Write an acte's row in the acte's own transaction; returns its number, counted from 1 without gaps.

    `sujet` names rows by internal ids (`candidature:12`), `valeurs` holds no float. Raises StoreInutilisable if
    the journal's head is missing.
    """
    tete = _tete(unite)
    if tete is None:
        raise StoreInutilisable(_faute("journal.tete", "Le journal de ce store a perdu sa dernière référence."))
    sel = secrets.token_hex(16)
    detail = en_json({"acteur": acteur.identifiant, "valeurs": valeurs})
    couvertes: dict[str, Any] = {
        "seq": tete[0] + 1,
        "instant": en_iso(instant),
        "acte": acte,
        "acteur_nature": acteur.nature.value,
        "face": acteur.face.value,
        "poste": acteur.poste,
        "sujet": sujet,
        "empreinte": empreinte(sel + detail),
        "precedent": tete[1],
    }
    seq, hachage = tete[0] + 1, empreinte(en_json(couvertes))
    unite.session.execute(_INSERER, {**couvertes, "hachage": hachage})
    unite.session.execute(_INSERER_DETAIL, {"seq": seq, "sel": sel, "valeurs": detail})
    unite.session.execute(_AVANCER, {"seq": seq, "hachage": hachage})
    return seq


def derniere_tete(unite: Unite) -> tuple[int, str]:
    """Number and hash of the last row, to note outside the store; `(0, GENESE)` for an empty journal."""
    return _tete(unite) or (0, GENESE)


def dernier_instant(unite: Unite, sauf: Collection[str]) -> datetime | None:
    """The instant of the last row of any acte but `sauf`; None if there is none, or if it is no instant any more."""
    lu = unite.session.scalar(_LIRE_L_INSTANT, {"sauf": list(sauf)})
    return _instant(lu)


def _instant(lu: object) -> datetime | None:
    """The instant of a row; None if there is none, or if it is damaged: verifying tells, and acts go on."""
    return de_iso(str(lu)) if est_un_instant(lu) else None


def compter(unite: Unite, acte: str, sujet: str) -> tuple[int, datetime | None]:
    """How many rows an acte has on a subject, and the instant of the last one."""
    requete = select(func.count(), func.max(Journal.instant)).where(
        col(Journal.sujet) == sujet, col(Journal.acte) == acte
    )
    combien, dernier = unite.session.execute(requete).one()
    return combien, _instant(dernier)


def valeurs_des(unite: Unite, acte: str) -> Iterator[dict[str, Any]]:
    """The values of an act's rows, in order, without those whose detail is purged or damaged."""
    requete = select(col(JournalDetail.valeurs)).join(Journal, col(Journal.seq) == col(JournalDetail.seq))
    for (texte,) in unite.session.execute(requete.where(col(Journal.acte) == acte).order_by(col(Journal.seq))):
        with suppress(TypeError, ValueError, KeyError):
            valeurs = json.loads(texte)["valeurs"]
            if isinstance(valeurs, dict):
                yield valeurs


def compter_depuis(unite: Unite, seq: int) -> dict[str, int]:
    """How many rows each acte has after the row `seq`."""
    requete = select(col(Journal.acte), func.count()).where(col(Journal.seq) > seq).group_by(col(Journal.acte))
    return {ligne[0]: ligne[1] for ligne in unite.session.execute(requete)}


def effacer_les_details(unite: Unite, sujets: Collection[str]) -> None:
    """Delete the details of all rows on these subjects, as a lawful purge does; the chain stays valid."""
    lignes = select(col(Journal.seq)).where(col(Journal.sujet).in_(sujets))
    unite.session.execute(delete(JournalDetail).where(col(JournalDetail.seq).in_(lignes)))


def verifier(unite: Unite, tete: tuple[int, str] | None = None) -> list[Faute]:
    """Check the whole chain, page by page, for rows edited, moved, removed or cut off; at most 100 faults.

    `tete` is a head noted earlier (`derniere_tete`). A purged detail is not a fault.
    """
    return list(islice(_fautes(unite, tete), _FAUTES_AU_PLUS))


def _tete(unite: Unite) -> tuple[int, str] | None:
    ligne = unite.session.execute(_LIRE_TETE).first()
    sure = ligne is not None and isinstance(ligne[0], int) and est_un_texte(ligne[1])
    return (ligne[0], ligne[1]) if ligne is not None and sure else None


def _fautes(unite: Unite, tete: tuple[int, str] | None) -> Iterator[Faute]:
    seq, hachage = 0, GENESE
    for ligne in _lignes(unite):
        yield from _fautes_de_ligne(ligne, seq, hachage)
        seq, hachage = ligne["seq"], ligne["hachage"]
        if tete is not None and seq == tete[0] and hachage != tete[1]:
            yield _faute("journal.tete", f"La ligne {seq} du journal n'est plus celle qui avait été notée.")
    yield from _fautes_de_fin(unite, seq, hachage, tete)


def _lignes(unite: Unite) -> Iterator[dict[str, Any]]:
    """The rows with their details, in order, one page in memory at a time."""
    colonnes = [getattr(Journal, nom) for nom in (*_COUVERTES, "hachage")]
    colonnes += [JournalDetail.sel, JournalDetail.valeurs]
    requete = (
        select(*colonnes)
        .join(JournalDetail, col(JournalDetail.seq) == col(Journal.seq), isouter=True)
        .order_by(col(Journal.seq))
        .limit(_PAGE)
    )
    dernier = 0
    while page := unite.session.execute(requete.where(col(Journal.seq) > dernier)).mappings().all():
        yield from (dict(ligne) for ligne in page)
        dernier = page[-1]["seq"]


def _fautes_de_ligne(ligne: dict[str, Any], seq: int, hachage: str) -> Iterator[Faute]:
    """The faults of the row that follows row `seq`, whose hash is `hachage`."""
    courant = ligne["seq"]
    if courant != seq + 1:
        yield _faute("journal.retire", _constat_de_retrait(seq + 1, courant - 1))
    elif ligne["precedent"] != hachage:
        yield _faute(
            "journal.ordre",
            f"La ligne {courant} du journal ne suit pas la ligne {seq} : des lignes ont été déplacées ou réécrites.",
        )
    if _recalculer(ligne) != ligne["hachage"]:
        yield _faute("journal.modifie", f"La ligne {courant} du journal a été modifiée.")
    if ligne["valeurs"] is not None and empreinte(ligne["sel"] + ligne["valeurs"]) != ligne["empreinte"]:
        yield _faute("journal.detail", f"Le détail de la ligne {courant} du journal a été modifié.")


def _constat_de_retrait(premiere: int, derniere: int) -> str:
    if premiere == derniere:
        return f"La ligne {premiere} du journal a été retirée."
    return f"Les lignes {premiere} à {derniere} du journal ont été retirées."


def _recalculer(ligne: dict[str, Any]) -> str:
    try:
        return empreinte(en_json({nom: ligne[nom] for nom in _COUVERTES}))
    except TypeError:  # a blob in a cell, which this program never writes
        return ""


def _fautes_de_fin(unite: Unite, seq: int, hachage: str, tete: tuple[int, str] | None) -> Iterator[Faute]:
    attendue = _tete(unite)
    temoin = unite.session.scalar(select(func.max(Version.journal_seq))) or 0
    atteindre = max(attendue[0] if attendue else 0, temoin, tete[0] if tete else 0)
    if atteindre > seq:
        yield _faute("journal.tronque", f"Le journal s'arrête à la ligne {seq} au lieu de la ligne {atteindre}.")
    if attendue is None or (attendue[0] <= seq and attendue != (seq, hachage)):
        yield _faute("journal.tete", f"La dernière ligne du journal, {seq}, n'est pas celle que le store attend.")


def _faute(code: str, message: str) -> Faute:
    return Faute(code, "", message, _REMEDE)

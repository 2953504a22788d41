"""Finds dossiers by what an agent types, and those he last looked at; his text is never used as a pattern."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select
from sqlmodel import col

from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.droits import Portee
from cyclades_tui.store.modele.tables import (
    Candidat,
    Candidature,
    Journal,
    JournalDetail,
    Justificatif,
    Message,
    Version,
)
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.candidatures import dans_la_portee
from cyclades_tui.store.requetes.lignes import toutes

Trouve = tuple[Candidat, Candidature, Version]
_FIN = "\U0010ffff"  # sorts after any text that begins with the searched one
_JOURNAL_RECENT = 5000  # rows: what is older does not count as « les derniers dossiers »
_CANDIDATURE, _JUSTIFICATIF = "candidature:", "justificatif:"


@dataclass(frozen=True, slots=True)
class Critere:
    """A search in one indexed column: how it begins, and the beginnings of (folded) words that it must contain.

    `entier` asks for an exact match; `ailleurs` asks for values that contain the words but do not begin with `debut`.
    """

    colonne: Literal["cle_nom", "numero", "email_cle"]
    debut: str
    mots: tuple[str, ...] = ()
    inscription: int | None = None
    entier: bool = False
    ailleurs: bool = False


def chercher(
    unite: Unite, critere: Critere, portee: Portee, apres: tuple[str, int] | None, nombre: int
) -> Sequence[Trouve]:
    """A page of dossiers within reach with their last version, sorted by column, after (value, candidature id)."""
    colonne = getattr(Candidat, critere.colonne)
    requete = (
        _dossiers(unite, portee).where(*_conditions(unite, critere, colonne)).order_by(colonne, col(Candidature.id))
    )
    if apres is not None:
        cle, identifiant = apres
        requete = requete.where(or_(colonne > cle, and_(colonne == cle, col(Candidature.id) > identifiant)))
    return _lus(unite, requete, nombre)


def compter(unite: Unite, portee: Portee) -> int:
    """How many candidatures are within reach."""
    requete = select(func.count()).select_from(Candidature).where(*dans_la_portee(unite, portee))
    return unite.session.scalar(requete) or 0


def derniers(unite: Unite, acteur: str, portee: Portee, nombre: int) -> Sequence[Trouve]:
    """The dossiers that an agent last read or changed, the last one first, from the recent rows of the journal."""
    fin = unite.session.scalar(select(func.max(Journal.seq))) or 0
    requete = (
        select(col(Journal.sujet))
        .join(JournalDetail, col(JournalDetail.seq) == col(Journal.seq))
        .where(col(Journal.seq) > fin - _JOURNAL_RECENT, col(Journal.acteur_nature) == NatureActeur.AGENT.value)
        .where(or_(col(Journal.sujet).startswith(_CANDIDATURE), col(Journal.sujet).startswith(_JUSTIFICATIF)))
        .where(unite.dialecte.acteur_de_la_ligne() == acteur)
        .group_by(col(Journal.sujet))
        .order_by(func.max(Journal.seq).desc())
        .limit(10 * nombre)
    )
    rangs: dict[int, int] = {}
    for sujet in unite.session.scalars(requete):
        candidature = _candidature_du_sujet(unite, sujet)
        if candidature is not None and len(rangs) < nombre:
            rangs.setdefault(candidature, len(rangs))
    trouves = _lus(unite, _dossiers(unite, portee).where(col(Candidature.id).in_(rangs)))
    return sorted(trouves, key=lambda trouve: rangs[trouve[1].id])


def justificatifs_de(unite: Unite, candidatures: Collection[int]) -> Sequence[Justificatif]:
    """The justificatifs that are currently asked of these candidatures."""
    requete = select(Justificatif).where(
        col(Justificatif.candidature_id).in_(candidatures), col(Justificatif.sans_objet).is_(False)
    )
    return toutes(unite, requete)


def messages_en_attente(unite: Unite) -> int:
    """How many messages have not left by e-mail."""
    return unite.session.scalar(select(func.count()).where(col(Message.envoye_le).is_(None))) or 0


def _dossiers(unite: Unite, portee: Portee) -> Select[Candidat, Candidature, Version]:
    return (
        select(Candidat, Candidature, Version)
        .join(Candidature, col(Candidature.candidat_id) == col(Candidat.id))
        .join(Version, and_(col(Version.candidature_id) == Candidature.id, col(Version.numero) == Candidature.version))
        .where(*dans_la_portee(unite, portee))
    )


def _lus(unite: Unite, requete: Select[Candidat, Candidature, Version], nombre: int | None = None) -> list[Trouve]:
    return [
        (candidat, candidature, version) for candidat, candidature, version in toutes(unite, requete, nombre=nombre)
    ]


def _conditions(unite: Unite, critere: Critere, colonne: ColumnElement[str]) -> list[ColumnElement[bool]]:
    if critere.entier:
        conditions = [colonne == critere.debut]
    else:
        ici = and_(colonne >= critere.debut, colonne < critere.debut + _FIN)
        conditions = [not_(ici) if critere.ailleurs else ici]
    conditions += [unite.dialecte.contient(literal(" ") + colonne, f" {mot}") for mot in critere.mots]
    if critere.inscription is not None:
        conditions.append(col(Candidature.numero) == critere.inscription)
    return conditions


def _candidature_du_sujet(unite: Unite, sujet: str) -> int | None:
    nature, _, numero = sujet.partition(":")
    if not numero.isdigit():
        return None
    if f"{nature}:" == _CANDIDATURE:
        return int(numero)
    justificatif = unite.session.get(Justificatif, int(numero))
    return None if justificatif is None else justificatif.candidature_id

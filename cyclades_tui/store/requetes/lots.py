"""Lots: their candidatures, and how far the work has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, literal, select
from sqlmodel import col

from cyclades_tui.domaine.droits import Portee
from cyclades_tui.domaine.statuts import Phase, Statut
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.modele.tables import Candidat, Candidature, Document, Justificatif, Lot, LotElement, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import toutes

ANCIENNES = "pieces"  # the nature of the lot of older candidatures, as the migration 0006 writes it
Dossier = tuple[Candidature, Candidat]
_ACTIFS = [etat.value for etat in EtatCandidature if etat.active]


def _hors_index(colonne: Any) -> Any:
    """A column hidden from the indexes: rows are then read by id, so a page stops when full and nothing is sorted."""
    return colonne + literal("")


def a_completer(unite: Unite, filtre: Mapping[str, str], portee: Portee, apres: int, limite: int) -> Sequence[Dossier]:
    """Active candidatures whose candidate still owes something, sorted by id, after the id `apres`.

    `filtre` maps columns of Candidature to values. The rules decide what each one still awaits.
    """
    attend = exists().where(
        col(Justificatif.candidature_id) == col(Candidature.id),
        col(Justificatif.sans_objet).is_(False),
        col(Justificatif.a_controler).is_(False),
        col(Justificatif.statut).not_in([statut for statut in Statut if statut.phase is Phase.FAITE]),
    )
    requete = (
        select(Candidature, Candidat)
        .join(Candidat, col(Candidat.id) == col(Candidature.candidat_id))
        .where(col(Candidature.id) > apres, _hors_index(col(Candidature.etat)).in_(_ACTIFS), attend)
        .where(*(getattr(Candidature, colonne) == valeur for colonne, valeur in filtre.items()))
        .order_by(col(Candidature.id))
    )
    if portee.academies:
        requete = requete.where(col(Candidature.academie).in_(portee.academies))
    return [(candidature, candidat) for candidature, candidat in toutes(unite, requete, nombre=limite)]


def pieces_de(unite: Unite, candidatures: Iterable[int]) -> dict[int, list[Justificatif]]:
    """The pieces asked of each candidature, in the order of asking."""
    requete = (
        select(Justificatif)
        .where(col(Justificatif.candidature_id).in_(list(candidatures)), col(Justificatif.sans_objet).is_(False))
        .order_by(col(Justificatif.rang), col(Justificatif.id))
    )
    trouvees: dict[int, list[Justificatif]] = {}
    for ligne in toutes(unite, requete):
        trouvees.setdefault(ligne.candidature_id, []).append(ligne)
    return trouvees


def ajouter(unite: Unite, lot_id: int, candidatures: Iterable[int]) -> None:
    """Put candidatures in a lot, skipping those already in it."""
    lignes = [{"lot_id": lot_id, "candidature_id": candidature, "fait_le": None} for candidature in candidatures]
    if lignes:
        unite.session.execute(unite.dialecte.inserer_les_absents(LotElement), lignes)


def derniere(unite: Unite, lot_id: int) -> int:
    """The highest candidature id in a lot, 0 if it is empty."""
    return (
        unite.session.scalar(select(func.max(col(LotElement.candidature_id))).where(col(LotElement.lot_id) == lot_id))
        or 0
    )


def a_faire(unite: Unite, lot_id: int, apres: int, nombre: int) -> Sequence[tuple[LotElement, Candidature, Version]]:
    """The next elements of a lot to do, after the candidature id `apres`, each with its last version."""
    requete = (
        select(LotElement, Candidature, Version)
        .join(Candidature, col(Candidature.id) == col(LotElement.candidature_id))
        .join(
            Version,
            (col(Version.candidature_id) == col(Candidature.id)) & (col(Version.numero) == col(Candidature.version)),
        )
        .where(col(LotElement.lot_id) == lot_id, col(LotElement.candidature_id) > apres)
        .where(col(LotElement.fait_le).is_(None))
        .order_by(col(LotElement.candidature_id))
    )
    return [(e, candidature, version) for e, candidature, version in toutes(unite, requete, nombre=nombre, a_part=True)]


def compter(unite: Unite, lot_id: int) -> tuple[int, int]:
    """How many elements of a lot are done, and how many it has."""
    requete = select(func.count(col(LotElement.fait_le)), func.count()).where(col(LotElement.lot_id) == lot_id)
    faits, total = unite.session.execute(requete).one()
    return faits, total


def documents(unite: Unite, lot_id: int, nature: str, apres: int, nombre: int) -> Sequence[Document]:
    """The documents of a nature made by a lot, sorted by candidature, after the id `apres`."""
    requete = (
        select(Document)
        .join(LotElement, col(LotElement.candidature_id) == col(Document.candidature_id))
        .where(col(LotElement.lot_id) == lot_id, col(Document.nature) == nature, col(LotElement.candidature_id) > apres)
        .order_by(col(LotElement.candidature_id))
    )
    return toutes(unite, requete, nombre=nombre)


def compter_les_documents(unite: Unite, lot_id: int, nature: str) -> int:
    """How many documents of a nature a lot has made."""
    requete = (
        select(func.count())
        .select_from(Document)
        .join(LotElement, col(LotElement.candidature_id) == col(Document.candidature_id))
        .where(col(LotElement.lot_id) == lot_id, col(Document.nature) == nature)
    )
    return unite.session.scalar(requete) or 0


def de_la_nature(unite: Unite, nature: str, nombre: int) -> Sequence[Lot]:
    """The lots of a nature, the newest first."""
    return toutes(unite, select(Lot).where(col(Lot.nature) == nature).order_by(col(Lot.id).desc()), nombre=nombre)

"""Queries on justificatifs: those of a candidature, and those in the queues of the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlmodel import col

from cyclades_tui.store.modele.formes import MODES, est_un_instant, est_un_texte
from cyclades_tui.store.modele.tables import Candidat, Candidature, Depot, Justificatif, Suivi, Table
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import toutes

LigneDeFile = tuple[Justificatif, Candidature, Candidat]
# Filter name -> column of the queue; one index holds them all.
COLONNES = ("examen", "academie", "mode", "statut", "affecte_a", "piece", "session")

# Inserted as rows, not as objects, because every save inserts several.
_INSERER = insert(Table.metadata.tables["justificatif"])
_PAR_DEFAUT = {
    nom: champ.default for nom, champ in Justificatif.model_fields.items() if nom != "id" and not champ.is_required()
}


def inserer(unite: Unite, lignes: Sequence[Mapping[str, Any]]) -> None:
    """Insert justificatifs from their columns; missing ones take the table's default."""
    if lignes:
        unite.session.execute(_INSERER, [{**_PAR_DEFAUT, **ligne} for ligne in lignes])


def de_la_candidature(unite: Unite, candidature_id: int) -> Sequence[Justificatif]:
    """The justificatifs of a candidature in the order of asking, including those no longer asked."""
    requete = (
        select(Justificatif)
        .where(col(Justificatif.candidature_id) == candidature_id)
        .order_by(col(Justificatif.rang), col(Justificatif.id))
    )
    return toutes(unite, requete)


def depots_de(unite: Unite, justificatifs: Sequence[int]) -> Sequence[Depot]:
    """All files ever given for these justificatifs, oldest first, to be shown."""
    requete = select(Depot).where(col(Depot.justificatif_id).in_(justificatifs)).order_by(col(Depot.id))
    return toutes(unite, requete, a_part=True)


def suivis_de(unite: Unite, justificatif_id: int) -> Sequence[Suivi]:
    """The history of a justificatif, oldest first."""
    requete = select(Suivi).where(col(Suivi.justificatif_id) == justificatif_id).order_by(col(Suivi.id))
    return toutes(unite, requete)


def meme_fichier(unite: Unite, depot: Depot) -> Sequence[tuple[Depot, Justificatif]]:
    """Where else the same bytes were given, for other pieces."""
    requete = (
        select(Depot, Justificatif)
        .join(Justificatif, col(Justificatif.id) == col(Depot.justificatif_id))
        .where(col(Depot.sha256) == depot.sha256, col(Depot.justificatif_id) != depot.justificatif_id)
        .where(col(Depot.retire_le).is_(None))
        .order_by(col(Depot.id))
    )
    return [(autre, piece) for autre, piece in toutes(unite, requete, nombre=5, a_part=True)]


def attente(
    unite: Unite, filtre: Mapping[str, Any], apres: tuple[str, int] | None, nombre: int
) -> Sequence[LigneDeFile]:
    """A page of the queue, oldest first, after the (attend_depuis, id) of the last line read."""
    requete = (
        select(Justificatif, Candidature, Candidat)
        .join(Candidature, col(Candidature.id) == col(Justificatif.candidature_id))
        .join(Candidat, col(Candidat.id) == col(Candidature.candidat_id))
        .where(*_conditions(unite, filtre))
        .order_by(col(Justificatif.attend_depuis), col(Justificatif.id))
    )
    if apres is not None:
        instant, identifiant = apres
        suivantes = and_(col(Justificatif.attend_depuis) == instant, col(Justificatif.id) > identifiant)
        requete = requete.where(or_(col(Justificatif.attend_depuis) > instant, suivantes))
    return [
        (piece, candidature, candidat)
        for piece, candidature, candidat in toutes(unite, requete, nombre=nombre, a_part=True)
    ]


def compter(unite: Unite, filtre: Mapping[str, Any]) -> tuple[int, str]:
    """How many pieces wait in a queue, and since when the oldest does (empty if none)."""
    requete = select(func.count(), func.min(col(Justificatif.attend_depuis))).where(*_conditions(unite, filtre))
    nombre, plus_vieille = unite.session.execute(requete).one()
    return nombre, _depuis(unite, plus_vieille)


def _depuis(unite: Unite, plus_vieille: Any) -> str:
    """The instant of the oldest piece of a queue; empty if there is none, or if it is damaged, which is told."""
    if plus_vieille is None or est_un_instant(plus_vieille):
        return plus_vieille or ""
    toutes(unite, select(Justificatif).where(col(Justificatif.attend_depuis) == plus_vieille), a_part=True)
    return ""


def repartir(unite: Unite, filtre: Mapping[str, Any]) -> Sequence[tuple[str, str, str, str, int, str]]:
    """For each queue that is not empty: examen, session, académie, mode, how many wait, since when the oldest does."""
    colonnes = [
        col(Justificatif.examen),
        col(Justificatif.session),
        col(Justificatif.academie),
        col(Justificatif.mode),
    ]
    requete = (
        select(*colonnes, func.count(), func.min(col(Justificatif.attend_depuis)))
        .where(*_conditions(unite, filtre))
        .group_by(*colonnes)
        .order_by(*colonnes)
    )
    connues = []
    for *file, nombre, plus_vieille in unite.session.execute(requete).all():
        if all(map(est_un_texte, file)) and file[-1] in MODES:
            connues.append((*file, nombre, _depuis(unite, plus_vieille)))
        else:  # a queue of damaged pieces only
            egales = [colonne == valeur for colonne, valeur in zip(colonnes, file, strict=True)]
            toutes(unite, select(Justificatif).where(*_conditions(unite, filtre), *egales), a_part=True)
    return connues


def _conditions(unite: Unite, filtre: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The conditions of a queue: `filtre` has values for COLONNES (one or a tuple), and `avant`, an upper bound."""
    conditions = [unite.dialecte.piece_a_controler()]
    for nom in COLONNES:
        voulu = filtre.get(nom)
        if voulu is not None:
            colonne = getattr(Justificatif, nom)
            conditions.append(colonne.in_(voulu) if isinstance(voulu, tuple) else colonne == voulu)
    if filtre.get("avant"):
        conditions.append(col(Justificatif.attend_depuis) < filtre["avant"])
    return conditions


def suivis_de_l_acteur(unite: Unite, acteur: str, depuis: str) -> Sequence[Suivi]:
    """What an acteur did since an instant, oldest first."""
    requete = select(Suivi).where(col(Suivi.acteur) == acteur, col(Suivi.instant) >= depuis).order_by(col(Suivi.id))
    return toutes(unite, requete)


def ouvertes_par(unite: Unite, agent: str) -> Sequence[Justificatif]:
    """The pieces that an agent has open."""
    requete = select(Justificatif).where(col(Justificatif.ouverte_par) == agent, col(Justificatif.ouverte_par) != "")
    return toutes(unite, requete, a_part=True)

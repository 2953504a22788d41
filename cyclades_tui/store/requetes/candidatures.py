"""Candidatures and their versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from cyclades_tui.domaine.droits import Portee
from cyclades_tui.store.modele.tables import Candidat, Candidature, Version
from cyclades_tui.store.modele.unite import Unite


def du_candidat(unite: Unite, candidat_id: int) -> Sequence[Candidature]:
    """A person's candidatures, in the order of their N° d'inscription."""
    requete = select(Candidature).where(Candidature.candidat_id == candidat_id).order_by(col(Candidature.numero))
    return unite.session.exec(requete).all()


def dernieres_versions(unite: Unite, candidat_id: int) -> Sequence[tuple[Candidature, Version]]:
    """A person's candidatures with the last version of each, the newest N° d'inscription first."""
    requete = (
        select(Candidature, Version)
        .where(
            Candidature.candidat_id == candidat_id,
            Version.candidature_id == Candidature.id,
            Version.numero == Candidature.version,
        )
        .order_by(col(Candidature.numero).desc())
    )
    return unite.session.exec(requete).all()


def par_numero(unite: Unite, candidat_id: int, numero: int) -> Candidature | None:
    """A person's candidature by its N° d'inscription."""
    requete = select(Candidature).where(Candidature.candidat_id == candidat_id, Candidature.numero == numero)
    return unite.session.exec(requete).first()


def version(unite: Unite, candidature_id: int, numero: int) -> Version | None:
    """A saved version by its number, from 1."""
    requete = select(Version).where(Version.candidature_id == candidature_id, Version.numero == numero)
    return unite.session.exec(requete).first()


def derniere_version(unite: Unite, candidature: Candidature) -> Version:
    """The version that a candidature names; both are written in one transaction."""
    requete = select(Version).where(Version.candidature_id == candidature.id, Version.numero == candidature.version)
    return unite.session.exec(requete).one()


def versions(unite: Unite, candidature_id: int) -> Sequence[Version]:
    """Every version of a candidature, from the first."""
    requete = select(Version).where(Version.candidature_id == candidature_id).order_by(col(Version.numero))
    return unite.session.exec(requete).all()


def selon(
    unite: Unite, filtre: Mapping[str, str], portee: Portee, apres: int, limite: int
) -> Sequence[tuple[Candidature, Candidat]]:
    """Candidatures within reach with their person, by id from `apres` on.

    `filtre` gives columns of Candidature and their value.
    """
    requete = select(Candidature, Candidat).where(Candidat.id == Candidature.candidat_id, col(Candidature.id) > apres)
    requete = requete.where(*(getattr(Candidature, colonne) == valeur for colonne, valeur in filtre.items()))
    requete = requete.where(*dans_la_portee(unite, portee))
    return unite.session.exec(requete.order_by(col(Candidature.id)).limit(limite)).all()


def dans_la_portee(unite: Unite, portee: Portee) -> Iterator[ColumnElement[bool]]:
    """What a query on candidatures asks of them for who is kept to some."""
    if portee.academies:
        yield col(Candidature.academie).in_(portee.academies)
    if portee.etablissement:
        yield unite.dialecte.de_l_etablissement(portee.etablissement)

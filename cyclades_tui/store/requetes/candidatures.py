"""Queries on candidatures and their versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from cyclades_tui.domaine.droits import Portee
from cyclades_tui.domaine.erreurs import LigneAbimee
from cyclades_tui.regles.doublons import CandidatureVoisine
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.modele.tables import Candidat, Candidature, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.abimees import dire_absente
from cyclades_tui.store.requetes.lignes import premiere, toutes


def du_candidat(unite: Unite, candidat_id: int) -> Sequence[Candidature]:
    """A person's candidatures, by N° d'inscription."""
    requete = select(Candidature).where(Candidature.candidat_id == candidat_id).order_by(col(Candidature.numero))
    return toutes(unite, requete)


def voisines(unite: Unite, candidat_id: int, examen: str, session: str, *, sauf: int) -> tuple[CandidatureVoisine, ...]:
    """A person's active candidatures in an exam and session, but for the N° d'inscription `sauf`."""
    return tuple(
        CandidatureVoisine(autre.numero, autre.version, autre.specialite)
        for autre in du_candidat(unite, candidat_id)
        if (autre.examen, autre.session) == (examen, session)
        and autre.numero != sauf
        and EtatCandidature(autre.etat).active
    )


def dernieres_versions(unite: Unite, candidat_id: int) -> Sequence[tuple[Candidature, Version]]:
    """A person's candidatures with the last version of each, the highest N° d'inscription first."""
    requete = (
        select(Candidature, Version)
        .where(
            Candidature.candidat_id == candidat_id,
            Version.candidature_id == Candidature.id,
            Version.numero == Candidature.version,
        )
        .order_by(col(Candidature.numero).desc())
    )
    return toutes(unite, requete)


def par_numero(unite: Unite, candidat_id: int, numero: int) -> Candidature | None:
    """A person's candidature with this N° d'inscription."""
    requete = select(Candidature).where(Candidature.candidat_id == candidat_id, Candidature.numero == numero)
    lue: Candidature | None = premiere(unite, requete)
    return lue


def version(unite: Unite, candidature_id: int, numero: int) -> Version | None:
    """A saved version by its number, counted from 1."""
    requete = select(Version).where(Version.candidature_id == candidature_id, Version.numero == numero)
    lue: Version | None = premiere(unite, requete)
    return lue


def derniere_version(unite: Unite, candidature: Candidature) -> Version:
    """The last version of a candidature, written with it. Raises LigneAbimee if it is gone or damaged."""
    requete = select(Version).where(Version.candidature_id == candidature.id, Version.numero == candidature.version)
    lue: Version | None = premiere(unite, requete)
    if lue is None:
        raise LigneAbimee(dire_absente("version", f"{candidature.version} de la candidature {candidature.id}"))
    return lue


def versions(unite: Unite, candidature_id: int) -> Sequence[Version]:
    """All versions of a candidature, the first first."""
    requete = select(Version).where(Version.candidature_id == candidature_id).order_by(col(Version.numero))
    return toutes(unite, requete)


def selon(
    unite: Unite, filtre: Mapping[str, str], portee: Portee, apres: int, limite: int
) -> Sequence[tuple[Candidature, Candidat]]:
    """Candidatures within reach with their person, sorted by id, after the id `apres`.

    `filtre` maps columns of Candidature to values.
    """
    requete = select(Candidature, Candidat).where(Candidat.id == Candidature.candidat_id, col(Candidature.id) > apres)
    requete = requete.where(*(getattr(Candidature, colonne) == valeur for colonne, valeur in filtre.items()))
    requete = requete.where(*dans_la_portee(unite, portee))
    return toutes(unite, requete.order_by(col(Candidature.id)), nombre=limite)


def dans_la_portee(unite: Unite, portee: Portee) -> Iterator[ColumnElement[bool]]:
    """The conditions that limit a query on candidatures to a reach."""
    if portee.academies:
        yield col(Candidature.academie).in_(portee.academies)
    if portee.etablissement:
        yield unite.dialecte.de_l_etablissement(portee.etablissement)

"""Queries on the documents of versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from cyclades_tui.domaine.erreurs import LigneAbimee
from cyclades_tui.store.modele.tables import Document, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.abimees import dire_absente
from cyclades_tui.store.requetes.lignes import premiere, toutes


def de_la_version(unite: Unite, version_id: int, nature: str) -> Document:
    """The document of a nature that a version has, which must exist; every version has its récapitulatif."""
    requete = select(Document).where(Document.version_id == version_id, Document.nature == nature)
    lu: Document | None = premiere(unite, requete)
    if lu is None:
        raise LigneAbimee(dire_absente("document", f"{nature} de la version {version_id}"))
    return lu


def de_la_candidature(unite: Unite, candidature_id: int) -> Sequence[tuple[Document, Version]]:
    """All documents of a candidature, each with its version, the first version first."""
    requete = (
        select(Document, Version)
        .where(Document.candidature_id == candidature_id, Version.id == Document.version_id)
        .order_by(col(Version.numero), col(Document.id))
    )
    return toutes(unite, requete)


def par_empreinte(unite: Unite, sha256: str) -> tuple[Document, Version] | None:
    """The document whose stored bytes have this digest, with its version."""
    requete = select(Document, Version).where(Document.sha256 == sha256, Version.id == Document.version_id)
    lu: tuple[Document, Version] | None = premiere(unite, requete)
    return lu


def a_rendre(unite: Unite, natures: Collection[str], limite: int) -> Sequence[Document]:
    """The oldest documents of these natures that are not rendered yet, at most `limite`."""
    requete = select(Document).where(col(Document.sha256).is_(None), col(Document.nature).in_(natures))
    return toutes(unite, requete.order_by(col(Document.id)), nombre=limite)

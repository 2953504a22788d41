"""Finding people, candidatures, versions and documents; every function reads, none writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Boolean, ColumnElement, bindparam, text, type_coerce, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from cyclades_tui.domaine.droits import Portee
from cyclades_tui.store.modele.tables import Candidat, Candidature, Compte, Document, Message, Table, Version
from cyclades_tui.store.modele.unite import Unite

# A version is one JSON text: only who is kept to a school has it searched.
_DE_L_ETABLISSEMENT = text(
    "EXISTS (SELECT 1 FROM version, json_each(version.contenu, '$.champs') champ"
    " WHERE version.candidature_id = candidature.id AND version.numero = candidature.version"
    " AND champ.value ->> 'id' = 'candidature.etablissement' AND champ.value ->> 'valeur' = :etablissement)"
)

# On tables and built once: every save asks it.
_CANDIDAT, _COMPTE = (Table.metadata.tables[nom] for nom in ("candidat", "compte"))
_QUI_A_L_ADRESSE = union_all(
    *(
        sql_select(table.c.id).where(
            table.c.email_cle == bindparam("email"), personne.is_distinct_from(bindparam("sauf"))
        )
        for table, personne in ((_CANDIDAT, _CANDIDAT.c.id), (_COMPTE, _COMPTE.c.candidat_id))
    )
).limit(1)


def candidat_par_cle(unite: Unite, cle_personne: str) -> Candidat | None:
    """The person of a folded identity key."""
    return unite.session.exec(select(Candidat).where(Candidat.cle_personne == cle_personne)).first()


def candidat_par_numero(unite: Unite, numero: str) -> Candidat | None:
    """The person of an 11-digit N° candidat."""
    return unite.session.exec(select(Candidat).where(Candidat.numero == numero)).first()


def candidat_par_email(unite: Unite, email_cle: str) -> Candidat | None:
    """The person of a folded address."""
    return unite.session.exec(select(Candidat).where(Candidat.email_cle == email_cle)).first()


def compte_par_email(unite: Unite, email_cle: str) -> Compte | None:
    """The login of a folded address."""
    return unite.session.exec(select(Compte).where(Compte.email_cle == email_cle)).first()


def comptes_en_attente(unite: Unite, limite: str, nombre: int) -> Sequence[Compte]:
    """The oldest comptes never activated, made at `limite` (`temps.en_iso`) or before; at most `nombre`."""
    requete = select(Compte).where(col(Compte.active_le).is_(None), Compte.cree_le <= limite)
    return unite.session.exec(requete.order_by(col(Compte.id)).limit(nombre)).all()


def messages_de(unite: Unite, candidat_id: int) -> Sequence[Message]:
    """A person's messages, the newest first."""
    requete = select(Message).where(Message.candidat_id == candidat_id).order_by(col(Message.id).desc())
    return unite.session.exec(requete).all()


def candidatures_de(unite: Unite, candidat_id: int) -> Sequence[Candidature]:
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


def candidature(unite: Unite, candidat_id: int, numero: int) -> Candidature | None:
    """A person's candidature by its N° d'inscription."""
    requete = select(Candidature).where(Candidature.candidat_id == candidat_id, Candidature.numero == numero)
    return unite.session.exec(requete).first()


def version_de(unite: Unite, candidature_id: int, numero: int) -> Version | None:
    """A saved version by its number, from 1."""
    requete = select(Version).where(Version.candidature_id == candidature_id, Version.numero == numero)
    return unite.session.exec(requete).first()


def derniere_version(unite: Unite, candidature: Candidature) -> Version:
    """The version that a candidature names; both are written in one transaction."""
    requete = select(Version).where(Version.candidature_id == candidature.id, Version.numero == candidature.version)
    return unite.session.exec(requete).one()


def versions_de(unite: Unite, candidature_id: int) -> Sequence[Version]:
    """Every version of a candidature, from the first."""
    requete = select(Version).where(Version.candidature_id == candidature_id).order_by(col(Version.numero))
    return unite.session.exec(requete).all()


def candidatures_selon(
    unite: Unite, filtre: Mapping[str, str], portee: Portee, apres: int, limite: int
) -> Sequence[tuple[Candidature, Candidat]]:
    """Candidatures within reach with their person, by id from `apres` on.

    `filtre` gives columns of Candidature and their value.
    """
    requete = select(Candidature, Candidat).where(Candidat.id == Candidature.candidat_id, col(Candidature.id) > apres)
    requete = requete.where(*(getattr(Candidature, colonne) == valeur for colonne, valeur in filtre.items()))
    requete = requete.where(*dans_la_portee(portee))
    return unite.session.exec(requete.order_by(col(Candidature.id)).limit(limite)).all()


def dans_la_portee(portee: Portee) -> Iterator[ColumnElement[bool]]:
    """What a query on candidatures asks of them for who is kept to some."""
    if portee.academies:
        yield col(Candidature.academie).in_(portee.academies)
    if portee.etablissement:
        yield type_coerce(_DE_L_ETABLISSEMENT.bindparams(etablissement=portee.etablissement), Boolean)


def email_pris(unite: Unite, email_cle: str, sauf_candidat: int | None) -> bool:
    """Whether someone other than `sauf_candidat` holds this folded address, as a candidat or by a compte."""
    cherches = {"email": email_cle, "sauf": sauf_candidat or 0}  # no id is 0
    return unite.session.execute(_QUI_A_L_ADRESSE, cherches).first() is not None


def document_de(unite: Unite, version_id: int, nature: str) -> Document:
    """The document of a nature that a version has; every version has its récapitulatif."""
    requete = select(Document).where(Document.version_id == version_id, Document.nature == nature)
    return unite.session.exec(requete).one()


def documents_de(unite: Unite, candidature_id: int) -> Sequence[tuple[Document, Version]]:
    """Every document of a candidature with its version, from the first version."""
    requete = (
        select(Document, Version)
        .where(Document.candidature_id == candidature_id, Version.id == Document.version_id)
        .order_by(col(Version.numero), col(Document.id))
    )
    return unite.session.exec(requete).all()


def document_par_empreinte(unite: Unite, sha256: str) -> tuple[Document, Version] | None:
    """The document whose stored bytes have this digest, with its version."""
    requete = select(Document, Version).where(Document.sha256 == sha256, Version.id == Document.version_id)
    return unite.session.exec(requete).first()


def documents_a_rendre(unite: Unite, limite: int) -> Sequence[Document]:
    """The oldest récapitulatifs that no render has filled yet, at most `limite`; the rest are when they are opened."""
    requete = select(Document).where(col(Document.sha256).is_(None), Document.nature == "recapitulatif")
    requete = requete.order_by(col(Document.id)).limit(limite)
    return unite.session.exec(requete).all()

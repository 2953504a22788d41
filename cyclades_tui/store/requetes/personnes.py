"""Queries on people and their logins."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, delete, select

from cyclades_tui.store.modele.tables import Brouillon, Candidat, Compte, Message, Table
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import premiere, toutes

# Built once, from the tables: every save runs it.
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
    """The person with a folded identity key."""
    trouve: Candidat | None = premiere(unite, select(Candidat).where(Candidat.cle_personne == cle_personne))
    return trouve


def candidat_par_numero(unite: Unite, numero: str) -> Candidat | None:
    """The person with an 11-digit N° candidat."""
    trouve: Candidat | None = premiere(unite, select(Candidat).where(Candidat.numero == numero))
    return trouve


def candidat_par_email(unite: Unite, email_cle: str) -> Candidat | None:
    """The person with a folded address."""
    trouve: Candidat | None = premiere(unite, select(Candidat).where(Candidat.email_cle == email_cle))
    return trouve


def compte_par_email(unite: Unite, email_cle: str) -> Compte | None:
    """The login with a folded address."""
    trouve: Compte | None = premiere(unite, select(Compte).where(Compte.email_cle == email_cle))
    return trouve


def comptes_en_attente(unite: Unite, limite: str, nombre: int) -> Sequence[Compte]:
    """The oldest comptes never activated and created at `limite` (`temps.en_iso`) or before; at most `nombre`."""
    requete = select(Compte).where(col(Compte.active_le).is_(None), Compte.cree_le <= limite)
    return toutes(unite, requete.order_by(col(Compte.id)), nombre=nombre, a_part=True)


def email_pris(unite: Unite, email_cle: str, sauf_candidat: int | None) -> bool:
    """Whether this folded address is held, as a candidat or by a compte, by anybody but `sauf_candidat`."""
    cherches = {"email": email_cle, "sauf": sauf_candidat or 0}  # no id is 0
    return unite.session.execute(_QUI_A_L_ADRESSE, cherches).first() is not None


def effacer_le_compte(unite: Unite, compte_id: int) -> None:
    """Delete a login."""
    unite.session.execute(delete(Compte).where(col(Compte.id) == compte_id))


def effacer_le_candidat(unite: Unite, candidat_id: int) -> None:
    """Delete a person without candidature or login, with the person's messages and drafts."""
    for table in (Message, Brouillon):
        unite.session.execute(delete(table).where(col(table.candidat_id) == candidat_id))
    unite.session.execute(delete(Candidat).where(col(Candidat.id) == candidat_id))

"""Queries on messages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select, update

from cyclades_tui.store.modele.tables import Message
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import toutes


def du_candidat(unite: Unite, candidat_id: int) -> Sequence[Message]:
    """A person's messages, the newest first."""
    requete = select(Message).where(Message.candidat_id == candidat_id).order_by(col(Message.id).desc())
    return toutes(unite, requete, a_part=True)


def blanchir_les_codes(unite: Unite, candidat_id: int | None) -> None:
    """Empty the activation codes of a person's messages."""
    unite.session.execute(update(Message).where(*_avec_un_code(candidat_id)).values(code=""))


def effacer_les_codes(unite: Unite, candidat_id: int | None) -> None:
    """Delete a person's messages that have, or had, an activation code."""
    unite.session.execute(delete(Message).where(*_avec_un_code(candidat_id)))


def _avec_un_code(candidat_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return col(Message.candidat_id) == candidat_id, col(Message.code).is_not(None)

"""Messages to people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from cyclades_tui.store.modele.tables import Message
from cyclades_tui.store.modele.unite import Unite


def du_candidat(unite: Unite, candidat_id: int) -> Sequence[Message]:
    """A person's messages, the newest first."""
    requete = select(Message).where(Message.candidat_id == candidat_id).order_by(col(Message.id).desc())
    return unite.session.exec(requete).all()

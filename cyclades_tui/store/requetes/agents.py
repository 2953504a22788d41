"""Queries on agents and on their saved filters."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select as sql_select
from sqlmodel import col, select

from cyclades_tui.store.modele.tables import Agent, FiltreGarde, Table
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import premiere, toutes

# Built once, from the table: every acte of the system runs it.
_AGENT = Table.metadata.tables["agent"]
_UN_ACTIF = sql_select(_AGENT.c.id).where(_AGENT.c.desactive_le.is_(None)).limit(1)


def par_identifiant(unite: Unite, identifiant: str) -> Agent | None:
    """The agent with a folded identifier, active or not."""
    lu: Agent | None = premiere(unite, select(Agent).where(Agent.identifiant == identifiant))
    return lu


def tous(unite: Unite) -> Sequence[Agent]:
    """All agents, active or not, by identifier."""
    return toutes(unite, select(Agent).order_by(col(Agent.identifiant)), a_part=True)


def il_y_en_a_d_actifs(unite: Unite) -> bool:
    """Whether at least one agent is active."""
    return unite.session.execute(_UN_ACTIF).first() is not None


def actifs_du_role(unite: Unite, role: str) -> Sequence[Agent]:
    """The active agents with a role."""
    requete = select(Agent).where(Agent.role == role, col(Agent.desactive_le).is_(None))
    return toutes(unite, requete, a_part=True)


def filtres_gardes(unite: Unite, agent_id: int) -> Sequence[FiltreGarde]:
    """The saved filters of an agent, by name."""
    requete = select(FiltreGarde).where(FiltreGarde.agent_id == agent_id).order_by(col(FiltreGarde.nom))
    return toutes(unite, requete, a_part=True)


def garder_le_filtre(unite: Unite, filtre: FiltreGarde) -> None:
    """Save a filter, replacing the one of the same name."""
    unite.session.merge(filtre)

"""What an engine gives to who works with the data: units of work, each one transaction (decision 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sqlmodel import Session


class Unite(Protocol):
    """A unit of work: one thread, one transaction. Only `store/requetes` and the engine use its session."""

    @property
    def session(self) -> Session: ...

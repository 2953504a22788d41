"""What an acte has to say beside its result: a row set aside, a line of the journal that waits (decision 20).

Whoever shows results to a person collects them; the acte need not know who that is, nor return them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cyclades_tui.domaine.erreurs import Faute

Recueil = dict[Faute, None]  # in the order in which they came, each once
_RECUEIL: ContextVar[Recueil | None] = ContextVar("avertissements", default=None)


def avertir(faute: Faute) -> None:
    """Tell the person for whom the acte is done; nobody, if nobody collects."""
    recueil = _RECUEIL.get()
    if recueil is not None:
        recueil[faute] = None


@contextmanager
def recueillir() -> Iterator[Recueil]:
    """Collect what the actes of the block say, also in the threads that it starts with its context."""
    recueil: Recueil = {}
    jeton = _RECUEIL.set(recueil)
    try:
        yield recueil
    finally:
        _RECUEIL.reset(jeton)

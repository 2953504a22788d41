"""The background work of the control screen: requests to the store, and preparing the next pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from textual.worker import Worker

from cyclades_tui.domaine.avertissements import recueillir
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.base import Ecran, suivre

T = TypeVar("T")
_PEINTURE = 0.2  # seconds at most that work waits for the screen


class Travaux:
    """Two threads, each running its works in order; a work that has begun ends even if the screen closes.

    All threads share one processor with the screen, so they wait for the frame that answers a key.
    """

    def __init__(self, ecran: Ecran) -> None:
        self._ecran = ecran
        self._actes = ThreadPoolExecutor(max_workers=1)
        self._avance = ThreadPoolExecutor(max_workers=1)
        self._peinte = Event()  # cleared from a key until the frame that answers it
        self._peinte.set()

    def confier(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Queue an acte; then call `suite` with its result or `echec` with its faults, as `Ecran.lancer`."""
        self._mettre(self._actes, acte, suite, echec)

    def avancer(
        self, travail: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Queue work that nobody waits for yet, on the other thread."""
        self._mettre(self._avance, travail, suite, echec)

    def laisser_peindre(self) -> None:
        """Pause both threads until the next frame is painted."""
        self._peinte.clear()
        self._ecran.call_after_refresh(self._ecran.call_later, self._peinte.set)

    async def finir(self) -> None:
        """Wait until all queued work is done."""
        self._peinte.set()
        for executeur in (self._avance, self._actes):
            await asyncio.to_thread(executeur.shutdown)

    def _mettre(
        self,
        executeur: ThreadPoolExecutor,
        travail: Callable[[], T],
        suite: Callable[[T], object],
        echec: Callable[[tuple[Faute, ...]], object],
    ) -> None:
        futur = executeur.submit(self._faire, travail)

        async def attendre() -> T:
            """Wait for the work; if the screen closes, stop waiting but let the work end."""
            return await asyncio.shield(asyncio.wrap_future(futur))

        _: Worker[None] = self._ecran.run_worker(suivre(attendre(), suite, echec), exit_on_error=False)

    def _faire(self, travail: Callable[[], T]) -> T:
        self._peinte.wait(_PEINTURE)
        with recueillir() as dits:
            try:
                return travail()
            finally:
                if dits:
                    self._ecran.call_later(self._ecran.avertir, dits)

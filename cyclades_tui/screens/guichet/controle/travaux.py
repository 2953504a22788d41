"""The lines of works behind the control screen: what it asks of the store, and what is made ready ahead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from textual.worker import Worker

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.base import Ecran, suivre

T = TypeVar("T")
_PEINTURE = 0.2  # seconds at most that a work waits for the screen


class Travaux:
    """Two lines, a thread each, where one work follows the other; those that were begun end, whatever the screen does.

    Threads share one processor's time with the screen: the frame that answers a key comes before them.
    """

    def __init__(self, ecran: Ecran) -> None:
        self._ecran = ecran
        self._actes = ThreadPoolExecutor(max_workers=1)
        self._avance = ThreadPoolExecutor(max_workers=1)
        self._peinte = Event()  # cleared from a key to the frame that answers it
        self._peinte.set()

    def confier(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Put an acte in the line now; then `suite` with its answer or `echec` with its faults, as `Ecran.lancer`."""
        self._mettre(self._actes, acte, suite, echec)

    def avancer(
        self, travail: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """The same for what nobody waits for yet, in the other line."""
        self._mettre(self._avance, travail, suite, echec)

    def laisser_peindre(self) -> None:
        """Hold both lines until the next frame is painted."""
        self._peinte.clear()
        self._ecran.call_after_refresh(self._ecran.call_later, self._peinte.set)

    async def finir(self) -> None:
        """Until all that was asked is done."""
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
            """A screen that goes away stops waiting, not what it asked for."""
            return await asyncio.shield(asyncio.wrap_future(futur))

        _: Worker[None] = self._ecran.run_worker(suivre(attendre(), suite, echec), exit_on_error=False)

    def _faire(self, travail: Callable[[], T]) -> T:
        self._peinte.wait(_PEINTURE)
        return travail()

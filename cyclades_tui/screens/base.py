"""What every screen has: an acte run in a thread, its answer painted when it comes (decision 10)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen

from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.widgets.cadre import LigneAide

T = TypeVar("T")


class Ecran(Screen[None]):
    """A screen of either face."""

    def lancer(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run an acte in a thread, in its own unit of work; then `suite` with its answer or `echec` with its faults."""

        async def courir() -> None:
            try:
                reponse = await asyncio.to_thread(acte)
            except ErreurCyclades as erreur:
                echec(erreur.fautes)
            else:
                suite(reponse)

        self.run_worker(courir(), exit_on_error=True)

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """Put a sentence on the help line; it stays until the next key that says something else."""
        for ligne in self.query(LigneAide):
            ligne.dire(nom, aide, genre)

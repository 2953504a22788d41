"""What works behind the control screen: its actes in their order, and the next pieces made ready ahead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TypeVar

from textual.worker import Worker

from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.fichiers.confinement import FichierIllisible
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.base import Ecran, suivre
from cyclades_tui.widgets.pages import CENT, ENTIERE, LARGEUR, Cadrage, DocumentAVoir, Fenetre

T = TypeVar("T")
_PEINTURE = 0.2  # seconds at most that an acte waits for the screen
ILLISIBLE = Faute(
    "controle.illisible",
    "fichier",
    "Ce fichier ne peut pas être dessiné sur ce poste.",
    "O l'ouvre dans un autre programme.",
)


class Travaux:
    """Actes done one after the other in a thread of their own; those that were begun end, whatever the screen does."""

    def __init__(self, ecran: Ecran, peinte: Event) -> None:
        self._ecran = ecran
        self._peinte = peinte
        self._executeur = ThreadPoolExecutor(max_workers=1)

    def confier(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Put an acte in the line now; then `suite` with its answer or `echec` with its faults, as `Ecran.lancer`."""
        futur = self._executeur.submit(self._faire, acte)

        async def attendre() -> T:
            """A screen that goes away stops waiting, not what it asked for."""
            return await asyncio.shield(asyncio.wrap_future(futur))

        _: Worker[None] = self._ecran.run_worker(suivre(attendre(), suite, echec), exit_on_error=False)

    def _faire(self, acte: Callable[[], T]) -> T:
        """Threads share one processor's time with the screen: what the person waits for comes first."""
        self._peinte.wait(_PEINTURE)
        return acte()

    async def finir(self) -> None:
        """Until all that was asked is done."""
        self._peinte.set()
        await asyncio.to_thread(self._executeur.shutdown)


@dataclass(frozen=True, slots=True)
class Prete:
    """A piece ready to be shown: its first page is drawn, or `fautes` say why it is not."""

    ouverte: PieceOuverte
    document: DocumentAVoir | None
    fautes: tuple[Faute, ...] = ()


class Avance:
    """The piece on the screen and the next ones; whatever is wanted no more is dropped."""

    def __init__(self, ecran: Ecran, peinte: Event, poste: Poste, recevoir: Callable[[int], object]) -> None:
        self._poste = poste
        self._recevoir = recevoir
        self._travaux = Travaux(ecran, peinte)
        self._pretes: dict[int, Prete | None] = {}  # None while it is on its way
        # Rank of the zoom that was last chosen for each kind of piece, from 1.
        self.zooms: dict[str, int] = {}

    def prete(self, piece: int) -> Prete | None:
        return self._pretes.get(piece)

    def vouloir(
        self, pieces: Sequence[int], fenetre: Fenetre, echec: Callable[[int, tuple[Faute, ...]], object]
    ) -> None:
        """Make these ready, the first one first, for a window of this size."""
        self._pretes = {piece: prete for piece, prete in self._pretes.items() if piece in pieces}
        for piece in pieces:
            if piece not in self._pretes:
                self._pretes[piece] = None
                self._travaux.confier(
                    partial(self._preparer, piece, fenetre), partial(self._garder, piece), partial(echec, piece)
                )

    def oublier(self, piece: int) -> None:
        """It has changed: it must be read again."""
        self._pretes.pop(piece, None)

    def vider(self) -> None:
        self._pretes.clear()

    async def finir(self) -> None:
        self.vider()
        await self._travaux.finir()

    def _garder(self, piece: int, prete: Prete | None) -> None:
        if prete is not None and piece in self._pretes:
            self._pretes[piece] = prete
            self._recevoir(piece)

    def _preparer(self, piece: int, fenetre: Fenetre) -> Prete | None:
        if piece not in self._pretes:
            return None
        ouverte = controle.preparer(self._poste, piece)
        if ouverte.depot is None:
            return Prete(ouverte, None)
        try:
            format_, octets = controle.octets(self._poste, piece, ouverte.depot.id)
            document = DocumentAVoir(octets, format_)
            document.preparer(self.cadrage(ouverte), fenetre)
        except ErreurCyclades as erreur:
            return Prete(ouverte, None, erreur.fautes)
        except (OSError, SyntaxError, ValueError, RuntimeError, FichierIllisible):  # what Pillow and PDFium raise
            return Prete(ouverte, None, (ILLISIBLE,))
        return Prete(ouverte, document)

    def cadrage(self, ouverte: PieceOuverte) -> Cadrage:
        """How a piece is first shown: as the last one of its kind was."""
        cadrages = cadrages_de(ouverte)
        return cadrages[min(self.zooms.get(ouverte.ligne.piece, 2), len(cadrages)) - 1]


def cadrages_de(ouverte: PieceOuverte) -> tuple[Cadrage, ...]:
    """1 the page, 2 its width, then the parts of the piece that have a name, or its own size."""
    parties = [Cadrage(vue.libelle, vue.gauche, vue.haut, vue.droite, vue.bas) for vue in ouverte.vues]
    return (ENTIERE, LARGEUR, *(parties or [CENT]))


def comparees(ouverte: PieceOuverte, cadrage: Cadrage | None) -> frozenset[str]:
    """The data that a part of the page shows."""
    vues: Mapping[str, tuple[str, ...]] = {vue.libelle: vue.compare for vue in ouverte.vues}
    return frozenset() if cadrage is None else frozenset(vues.get(cadrage.libelle, ()))

"""Reads and draws the current piece and the next ones ahead of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.fichiers.apercu import abandonne, indessinable
from cyclades_tui.fichiers.refus import FichierIllisible
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.widgets.pages import CENT, ENTIERE, LARGEUR, Cadrage, DocumentAVoir, Fenetre

_REMEDE = "O l'ouvre dans un autre programme."


@dataclass(frozen=True, slots=True)
class Prete:
    """A piece ready to show: its first page is drawn, or `fautes` say why not."""

    ouverte: PieceOuverte
    document: DocumentAVoir | None
    fautes: tuple[Faute, ...] = ()


class Avance:
    """Pieces by id, prepared in a thread; those no longer wanted are dropped.

    `recevoir` is called with a piece that is ready, `echec` with one that cannot be read and why.
    """

    def __init__(
        self,
        poste: Poste,
        travaux: Travaux,
        recevoir: Callable[[int], object],
        echec: Callable[[int, tuple[Faute, ...]], object],
    ) -> None:
        self._poste = poste
        self._travaux = travaux
        self._recevoir = recevoir
        self._echec = echec
        self._pretes: dict[int, Prete | None] = {}  # None while being prepared
        self._documents: dict[int, DocumentAVoir] = {}
        self._zooms: dict[str, int] = {}  # for each kind of piece, the last one chosen, counted from 1

    def prete(self, piece: int) -> Prete | None:
        return self._pretes.get(piece)

    def vouloir(self, pieces: Sequence[int], fenetre: Fenetre) -> None:
        """Prepare these pieces, the first one first, for a window of this size."""
        self._pretes = {piece: prete for piece, prete in self._pretes.items() if piece in pieces}
        for piece in self._documents.keys() - set(pieces):
            self._fermer(piece)
        for piece in pieces:
            if piece not in self._pretes:
                self._pretes[piece] = None
                self._travaux.avancer(
                    partial(self._preparer, piece, fenetre), partial(self._garder, piece), partial(self._echec, piece)
                )

    def oublier(self, piece: int) -> None:
        """Drop a piece that has changed, so that it is read again; its pages may still be visible."""
        self._pretes.pop(piece, None)
        self._documents.pop(piece, None)

    def vider(self) -> None:
        """Drop all, and stop what is being drawn."""
        self._pretes.clear()
        for piece in list(self._documents):
            self._fermer(piece)

    def _fermer(self, piece: int) -> None:
        document = self._documents.pop(piece, None)
        if document is not None:
            document.fermer()

    def cadrage(self, ouverte: PieceOuverte) -> Cadrage:
        """How a piece is first shown: like the last one of its kind."""
        cadrages = cadrages_de(ouverte)
        return cadrages[min(self._zooms.get(ouverte.ligne.piece, 2), len(cadrages)) - 1]

    def retenir(self, ouverte: PieceOuverte, cadrage: Cadrage) -> None:
        """Show the next pieces of this kind in the same way."""
        self._zooms[ouverte.ligne.piece] = cadrages_de(ouverte).index(cadrage) + 1

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
            document = self._documents[piece] = DocumentAVoir(octets, format_)
            if piece not in self._pretes:  # no longer wanted meanwhile
                self._fermer(piece)
                return None
            document.preparer(self.cadrage(ouverte), fenetre)
        except ErreurCyclades as erreur:
            return Prete(ouverte, None, erreur.fautes)
        except FichierIllisible as erreur:
            return None if abandonne(erreur) else Prete(ouverte, None, (dire_l_illisible(erreur),))
        return Prete(ouverte, document)


def dire_l_illisible(erreur: FichierIllisible) -> Faute:
    """Why the file of a piece is not drawn, and what the agent can do."""
    return indessinable(erreur, _REMEDE)


def cadrages_de(ouverte: PieceOuverte) -> tuple[Cadrage, ...]:
    """The zooms: 1 the page, 2 its width, then the named parts of the piece, or the actual size."""
    parties = [Cadrage(vue.libelle, vue.gauche, vue.haut, vue.droite, vue.bas) for vue in ouverte.vues]
    return (ENTIERE, LARGEUR, *(parties or [CENT]))


def comparees(ouverte: PieceOuverte, cadrage: Cadrage | None) -> frozenset[str]:
    """The data that a part of the page shows."""
    vues: Mapping[str, tuple[str, ...]] = {vue.libelle: vue.compare for vue in ouverte.vues}
    return frozenset() if cadrage is None else frozenset(vues.get(cadrage.libelle, ()))

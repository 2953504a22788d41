"""The list of « Mes justificatifs »: pieces by mode and limit, then those no longer asked (F382-F387)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.actes.pieces.justificatifs import Justificatifs
from cyclades_tui.regles.justificatifs import Recevabilite
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.candidature.rangs_de_pieces import SANS_OBJET, BlocGroupe, LignePiece

AUCUNE = "Aucune pièce ne vous est demandée pour cette candidature."


class ListeDePieces(VerticalScroll, can_focus=False):
    """`piece` is the one that last had the focus; focus and scroll are kept when the pieces are drawn again."""

    BINDINGS: ClassVar = [
        Binding("up", "bouger(-1)", "pièce d'avant", show=False),
        Binding("down", "bouger(1)", "pièce d'après", show=False),
    ]
    DEFAULT_CSS = """
    ListeDePieces { scrollbar-gutter: stable; }
    """

    def __init__(self, ecran: Ecran) -> None:
        super().__init__(id="liste")
        self._ecran = ecran
        self.piece: int | None = None

    def compose(self) -> ComposeResult:
        yield Static("Lecture…", id="attente", markup=False)

    @property
    def ligne(self) -> LignePiece | None:
        """The row of `piece`."""
        return next((ligne for ligne in self.query(LignePiece) if ligne.piece.id == self.piece), None)

    async def montrer(self, vus: Justificatifs, instant: datetime) -> None:
        """Show these pieces, as they are at `instant`."""
        focus = self._ecran.focused
        avait_le_focus = focus is None or self in focus.ancestors
        place = self.scroll_y
        if avait_le_focus:
            self._ecran.retenir_les_touches()
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(_blocs(vus, instant))
        ligne = self.ligne or next(iter(self.query(LignePiece)), None)
        if ligne is not None:
            self.piece = ligne.piece.id
            if avait_le_focus:
                self.scroll_to(y=place, animate=False)
                self._ecran.donner_le_focus(ligne)

    def action_bouger(self, pas: int) -> None:
        """Go to the previous or next piece or button; from elsewhere on the screen, return to the list."""
        arrets = [widget for widget in self.query("LignePiece, BoutonGroupe").results() if widget.can_focus]
        if not arrets:
            return
        if self._ecran.focused in arrets:
            rang = min(max(arrets.index(self._ecran.focused) + pas, 0), len(arrets) - 1)
            if rang == 0:
                self.scroll_home(animate=False)
            arrets[rang].focus()
        else:
            (self.ligne or arrets[0]).focus()


def _blocs(vus: Justificatifs, instant: datetime) -> list[Widget]:
    blocs: list[Widget] = []
    if vus.recevabilite is Recevabilite.REFUSE:
        blocs.append(Static(f"× Votre candidature est écartée : {vus.motif}", classes="texte", markup=False))
    if not vus.groupes and not vus.sans_objet:
        blocs.append(Static(AUCUNE, classes="texte", markup=False))
    blocs += [BlocGroupe(groupe, instant) for groupe in vus.groupes]
    if vus.sans_objet:
        blocs.append(Static(f"{SANS_OBJET} : ces pièces ne sont plus demandées", classes="titre", markup=False))
        blocs += [LignePiece(piece, sans_objet=True) for piece in vus.sans_objet]
    return blocs

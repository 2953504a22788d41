"""A list of any length, one row for each item, drawn line by line; further pages are fetched while scrolling (ecrans.md

§5).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.binding import Binding
from textual.content import Content
from textual.events import Blur, Click, Focus
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from cyclades_tui.widgets.focus import monter

T = TypeVar("T")
AVANCE = 20  # rows before the end at which the next page is requested


class LongueListe(ScrollView, Generic[T], can_focus=True):
    """A long list in one Tab stop; ↑ on the first row leaves it. Its owner draws the rows and fetches the pages."""

    class Visitee(Message):
        """Posted when a row is marked."""

        def __init__(self, rang: int) -> None:
            super().__init__()
            self.rang = rang

    class Ouverte(Message):
        """Posted when the person opens a row."""

        def __init__(self, rang: int) -> None:
            super().__init__()
            self.rang = rang

    class Suite(Message):
        """Posted near the end of the rows: the next page is needed."""

    BINDINGS: ClassVar = [
        Binding("down", "bouger(1)", "ligne d'après", show=False),
        Binding("up", "bouger(-1)", "ligne d'avant", show=False),
        Binding("pagedown", "page(1)", "page d'après", show=False),
        Binding("pageup", "page(-1)", "page d'avant", show=False),
        Binding("home,ctrl+a", "aller(0)", "première", show=False),
        Binding("end,ctrl+e", "aller(-1)", "dernière", show=False),
        Binding("enter,space", "ouvrir", "ouvrir", show=False),
    ]
    SCOPED_CSS = False
    DEFAULT_CSS = """
    LongueListe { height: 1fr; background: $fond; color: $texte; scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0; }
    """

    marque: reactive[int] = reactive(0)

    def __init__(self) -> None:
        super().__init__()
        self.lignes: list[T] = []
        self._reste = False

    @abstractmethod
    def dessiner(self, ligne: T, largeur: int) -> Content:
        """Draw a row in `largeur` cells."""

    def montrer(self, lignes: Sequence[T], *, reste: bool) -> None:
        """Show these rows instead, the first one marked; `reste` says whether more follow."""
        self.lignes, self._reste = list(lignes), reste
        self.set_reactive(LongueListe.marque, 0)
        self.scroll_to(0, 0, animate=False)
        self._mesurer()

    def ajouter(self, lignes: Sequence[T], *, reste: bool) -> None:
        """Add the next page."""
        self.lignes += lignes
        self._reste = reste
        self._mesurer()

    @property
    def marquee(self) -> T | None:
        """The marked row."""
        return self.lignes[self.marque] if self.marque < len(self.lignes) else None

    def _mesurer(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.lignes))
        self.refresh()

    def watch_marque(self) -> None:
        self.scroll_to_region(Region(0, self.marque, 1, 1), animate=False, force=True)
        self.refresh()
        if self.has_focus:
            self._dire()
        if self._reste and self.marque >= len(self.lignes) - AVANCE:
            self._reste = False  # until the page has arrived
            self.post_message(self.Suite())

    def _dire(self) -> None:
        if self.lignes:
            self.post_message(self.Visitee(self.marque))

    def render_line(self, y: int) -> Strip:
        rang, largeur = y + self.scroll_offset.y, self.scrollable_size.width  # without the scrollbar
        if rang >= len(self.lignes):
            seule = rang == 0 and self.has_focus  # the sign of the focus stands in an empty list too
            return Strip([Segment("►" if seule else "", self.rich_style)]).adjust_cell_length(largeur, self.rich_style)
        choisie = rang == self.marque and self.has_focus
        dessin = Content.assemble("► " if choisie else "  ", self.dessiner(self.lignes[rang], largeur - 2))
        if choisie:  # one colour only: those of states are chosen for an unmarked row
            dessin = Content.styled(dessin.plain.ljust(largeur), "bold $choix-texte on $choix")
        return Visual.to_strips(self, dessin, largeur, 1, self.visual_style)[0].adjust_cell_length(
            largeur, self.rich_style
        )

    def action_bouger(self, pas: int) -> None:
        rang = self.marque + pas
        if rang < 0:
            monter(self.screen)
        else:
            self.marque = max(min(rang, len(self.lignes) - 1), 0)

    def action_page(self, pas: int) -> None:
        self.marque = max(min(self.marque + pas * max(self.size.height - 1, 1), len(self.lignes) - 1), 0)

    def action_aller(self, rang: int) -> None:
        self.marque = rang % max(len(self.lignes), 1)

    def action_ouvrir(self) -> None:
        if self.lignes:
            self.post_message(self.Ouverte(self.marque))

    def on_click(self, event: Click) -> None:
        rang = event.y + self.scroll_offset.y
        if rang < len(self.lignes):
            self.marque = rang
            self.action_ouvrir()

    def on_resize(self) -> None:
        self._mesurer()

    def on_focus(self, _: Focus) -> None:
        self.refresh()
        self._dire()

    def on_blur(self, _: Blur) -> None:
        self.refresh()

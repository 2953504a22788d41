"""A document on the screen: its text, or its pages as images (ecrans.md §4)."""

from __future__ import annotations

from enum import Enum

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Mount, Unmount
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.fichiers.formats import PDF
from cyclades_tui.widgets.pages import DocumentAVoir, Pages
from cyclades_tui.widgets.suite import ce_qui_suit
from cyclades_tui.widgets.toile import Protocole, dessine_les_images


class Mode(Enum):
    TEXTE = "texte"
    IMAGE = "image"


class Apercu(Pages):
    """Shows a document as text or images; `basculer` changes between the two.

    It begins with the text if images are half blocks, too coarse to read a whole page. A file without text, such as a
    scan, is shown by its pages.
    """

    class Change(Pages.Change):
        """Posted for another page, zoom, place or mode."""

    class Illisible(Pages.Illisible):
        """Posted when a page could not be drawn and the text is shown instead."""

    DEFAULT_CSS = """
    Apercu > VerticalScroll { width: 100%; height: 100%; scrollbar-size: 0 0; background: $fond; }
    Apercu > VerticalScroll > Static { width: auto; max-width: 100%; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.TEXTE
        self._a_voir: DocumentAVoir | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("", markup=False)

    def on_mount(self, event: Mount) -> None:
        event.prevent_default()  # otherwise Textual would call the parent class's handler too
        super().on_mount(event)
        if self._moyen.protocole is not Protocole.DEMI_BLOCS:
            self.mode = Mode.IMAGE
        for ce_qui_change in ("scroll_y", "virtual_size"):
            self.watch(self._zone, ce_qui_change, self._annoncer, init=False)

    @property
    def _zone(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    @property
    @override
    def en_images(self) -> bool:
        return self.mode is Mode.IMAGE

    def montrer(self, octets: bytes, texte: str, format_: str = PDF) -> None:
        """Show another document, from the beginning."""
        self.query_one(Static).update(texte.rstrip())
        self._zone.scroll_home(animate=False)
        if octets and not texte:
            self.mode = Mode.IMAGE
        self._fermer()
        self._a_voir = DocumentAVoir(octets, format_) if octets else None
        self.montrer_le_document(self._a_voir)
        self.accorder()

    def _fermer(self) -> None:
        if self._a_voir is not None:
            self._a_voir.fermer()

    def on_unmount(self, event: Unmount) -> None:
        event.prevent_default()  # as on_mount
        super().on_unmount(event)
        self._fermer()

    def basculer(self) -> bool:
        """Change between text and images; returns False if this terminal cannot show a legible image."""
        if self.mode is Mode.TEXTE and not dessine_les_images(self.app):
            return False
        self.mode = Mode.IMAGE if self.mode is Mode.TEXTE else Mode.TEXTE
        self.accorder()
        return True

    def accorder(self) -> None:
        """Show text or images again, as the mode says; the terminal may have changed."""
        if self.mode is Mode.IMAGE and not dessine_les_images(self.app):
            self.mode = Mode.TEXTE
        self._zone.display = self.mode is Mode.TEXTE
        if self._toile is not None:
            self._toile.display = self.mode is Mode.IMAGE
            if self.mode is Mode.TEXTE:
                self.effacer()
        self._dessiner()

    @override
    def ne_pas_dessiner(self) -> None:
        """Show the text."""
        self.mode = Mode.TEXTE
        self.accorder()

    @override
    def action_bouger(self, x: int, y: int) -> None:
        if self.mode is Mode.IMAGE:
            super().action_bouger(x, y)
        else:
            self._zone.scroll_relative(y=y, animate=False)

    @override
    def action_page(self, pas: int) -> None:
        if self.mode is Mode.IMAGE:
            super().action_page(pas)
        else:
            self._zone.scroll_relative(y=pas * max(self._zone.size.height - 1, 1), animate=False)

    @override
    def action_extreme(self, sens: int) -> None:
        """Go to the beginning or the end of the text, or to the first or last page."""
        if self.mode is Mode.IMAGE:
            super().action_extreme(sens)
        elif sens < 0:
            self._zone.scroll_home(animate=False)
        else:
            self._zone.scroll_end(animate=False)

    @property
    @override
    def etat(self) -> str:
        """The page and its size, or which lines of the text are visible."""
        if self.mode is Mode.IMAGE:
            return f"{super().etat}   image".lstrip()
        premiere, vues = round(self._zone.scroll_y) + 1, self._zone.size.height
        lignes = self._zone.virtual_size.height
        return f"lignes {premiere} à {min(premiere + vues - 1, lignes)} sur {lignes}   texte"

    @property
    @override
    def suite(self) -> str:
        if self.mode is Mode.IMAGE:
            return super().suite
        return ce_qui_suit(self._zone)

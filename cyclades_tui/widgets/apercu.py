"""A document as it is read on the screen: its text, or its pages as images to zoom and move (screens.md §4)."""

from __future__ import annotations

import asyncio
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Click, Resize
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from cyclades_tui.widgets.dialogue import AZERTY
from cyclades_tui.widgets.toile import (
    DEMI_BLOCS,
    DemiBlocs,
    Moyen,
    Protocole,
    bornes,
    cadrer,
    charger,
    dessine_les_images,
    moyen,
)

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import SixelImage, TGPImage

PAS_DE_ZOOM = 1.5
ZOOM_MIN = 0.25
POINTS_PAR_POUCE = 72
TAILLE_REELLE = 96 / POINTS_PAR_POUCE  # pixels for a point at 100 %
RESOLUTION_MAX = 200 / POINTS_PAR_POUCE  # a whole A4 page is then 12 MB
CASES_MAX = 290  # cells of a row or a column: kitty's protocol numbers no more
_PDFIUM = Lock()  # the library bears one thread at a time, whatever the document
_ENTIERE, _LARGEUR, _CENT = "entiere", "largeur", "cent"


class Mode(Enum):
    TEXTE = "texte"
    IMAGE = "image"


def mesurer(octets: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page of a PDF, in points."""
    from pypdfium2 import PdfDocument

    with _PDFIUM, PdfDocument(octets) as pdf:
        return tuple(pdf.get_page_size(rang) for rang in range(len(pdf)))


def rendre_la_page(octets: bytes, page: int, echelle: float) -> Image:
    """A page of a PDF, counted from 0, at `echelle` pixels for a point."""
    from pypdfium2 import PdfDocument

    with _PDFIUM, PdfDocument(octets) as pdf:
        image: Image = pdf[page].render(scale=echelle, rev_byteorder=True).to_pil().convert("RGB")
        return image


class Apercu(Widget, can_focus=True):
    """Shows the text first where images are half blocks, in which a whole page cannot be read; `basculer` changes.

    Pages are drawn in a thread, the next one ahead; the arrows move by a third of what is seen.
    """

    class Change(Message):
        """Another page, zoom, place or mode; `etat` says it."""

        def __init__(self, etat: str, suite: str) -> None:
            super().__init__()
            self.etat = etat
            self.suite = suite

    class Illisible(Message):
        """A page could not be drawn; the text is shown."""

        def __init__(self, erreur: BaseException) -> None:
            super().__init__()
            self.erreur = erreur

    BINDINGS: ClassVar = [
        Binding("up", "bouger(0, -1)", "plus haut", show=False),
        Binding("down", "bouger(0, 1)", "plus bas", show=False),
        Binding("left", "bouger(-1, 0)", "à gauche", show=False),
        Binding("right", "bouger(1, 0)", "à droite", show=False),
        Binding("pageup", "page(-1)", "page d'avant", show=False),
        Binding("pagedown", "page(1)", "page d'après", show=False),
        Binding("home,ctrl+a", "extreme(-1)", "début", show=False),
        Binding("end,ctrl+e", "extreme(1)", "fin", show=False),
        Binding("plus,equals_sign", "zoomer(1)", "plus grand", show=False),
        Binding("minus", "zoomer(-1)", "plus petit", show=False),
        *(
            Binding(f"{chiffre},{azerty}", f"ajuster('{zoom}')", zoom, show=False)
            for chiffre, azerty, zoom in zip("123", AZERTY, (_ENTIERE, _LARGEUR, _CENT), strict=False)
        ),
    ]
    DEFAULT_CSS = """
    Apercu { width: 1fr; height: 1fr; background: $fond; color: $texte; }
    Apercu > VerticalScroll { width: 100%; height: 100%; scrollbar-size: 0 0; background: $fond; }
    Apercu > VerticalScroll > Static { width: auto; max-width: 100%; height: auto; }
    Apercu > .toile { width: 100%; height: 100%; max-width: 290; max-height: 290; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.TEXTE
        self._octets = b""
        self._moyen: Moyen = DEMI_BLOCS
        self._toile: DemiBlocs | TGPImage | SixelImage | None = None
        self._tailles: tuple[tuple[float, float], ...] = ()
        self._pages: dict[tuple[int, float], Image] = {}
        self._page = 0
        self._zoom = 1.0  # of what fits the width
        self._coin = (0, 0)  # of the page, in pixels, at the top left of what is seen

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("", markup=False)

    def on_mount(self) -> None:
        self._moyen = moyen(self.app)
        if self._moyen.protocole is not Protocole.DEMI_BLOCS:
            self.mode = Mode.IMAGE
        for ce_qui_change in ("scroll_y", "virtual_size"):
            self.watch(self._zone, ce_qui_change, self._annoncer, init=False)

    @property
    def _zone(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def montrer(self, octets: bytes, texte: str) -> None:
        """Show another document, from its beginning."""
        self.workers.cancel_node(self)  # what is drawn still belongs to another document
        self._octets = octets
        self._tailles, self._page, self._zoom, self._coin = (), 0, 1.0, (0, 0)
        self._pages.clear()
        self.query_one(Static).update(texte.rstrip())
        self._zone.scroll_home(animate=False)
        self.accorder()

    def basculer(self) -> bool:
        """Text instead of images, or the reverse; false where no image can be made out."""
        if self.mode is Mode.TEXTE and not dessine_les_images(self.app):
            return False
        self.mode = Mode.IMAGE if self.mode is Mode.TEXTE else Mode.TEXTE
        self.accorder()
        return True

    def accorder(self) -> None:
        """Show what the mode says, in a terminal that may have changed."""
        if self.mode is Mode.IMAGE and not dessine_les_images(self.app):
            self.mode = Mode.TEXTE
        self._zone.display = self.mode is Mode.TEXTE
        if self._toile is not None:
            self._toile.display = self.mode is Mode.IMAGE
            if self.mode is Mode.TEXTE:
                self._toile.image = None
        self._dessiner()

    def on_unmount(self) -> None:
        if self._toile is not None:
            self._toile.image = None  # a terminal with graphics keeps an image until it is told

    def on_resize(self, _: Resize) -> None:
        self._dessiner()

    def on_click(self, _: Click) -> None:
        self.focus()

    # Pages

    def _dessiner(self) -> None:
        """Once again what is seen: at once where the page is there at this size, else by a thread."""
        self._annoncer()
        if self.mode is Mode.TEXTE or not self._octets or not self.content_size:
            return
        if self._tailles and (self._page, self._echelle) in self._pages and self._toile is not None:
            self._peindre()
        self.run_worker(self._chercher(), exclusive=True, exit_on_error=False)

    async def _chercher(self) -> None:
        """The page of now, then the one after it."""
        octets = self._octets
        if self._toile is None:
            fabrique = await asyncio.to_thread(charger, self._moyen)
            self._toile = fabrique(classes="toile")
            await self.mount(self._toile)
        if not self._tailles:
            self._tailles = await asyncio.to_thread(mesurer, octets)
        echelle = self._echelle
        for page in (self._page, self._page + 1):
            if page < len(self._tailles) and (page, echelle) not in self._pages:
                self._pages[page, echelle] = await asyncio.to_thread(rendre_la_page, octets, page, echelle)
            if page == self._page:
                self._peindre()
        gardees = {(page, echelle) for page in range(self._page - 1, self._page + 2)}
        self._pages = {cle: image for cle, image in self._pages.items() if cle in gardees}

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        if message.state is WorkerState.ERROR and message.worker.error is not None:
            self.mode = Mode.TEXTE
            self.accorder()
            self.post_message(self.Illisible(message.worker.error))

    def _peindre(self) -> None:
        image = self._pages.get((self._page, self._echelle))
        if image is None or self._toile is None or self.mode is Mode.TEXTE:
            return
        self._coin = bornes(self._coin, image.size, self._fenetre)
        fond = self.background_colors[1]
        self._toile.image = cadrer(image, self._coin, self._fenetre, (fond.r, fond.g, fond.b))
        self._annoncer()

    @property
    def _fenetre(self) -> tuple[int, int]:
        """Pixels through which a page is seen."""
        largeur, hauteur = self._moyen.case
        return min(self.content_size.width, CASES_MAX) * largeur, min(self.content_size.height, CASES_MAX) * hauteur

    @property
    def _a_la_largeur(self) -> float:
        """Pixels for a point, for a page as wide as what is seen."""
        return self._fenetre[0] / self._tailles[self._page][0]

    @property
    def _echelle(self) -> float:
        """Pixels for a point, now; as many as can be told apart."""
        return round(min(self._a_la_largeur * self._zoom, max(RESOLUTION_MAX, self._a_la_largeur)), 4)

    # What the person does

    def action_bouger(self, x: int, y: int) -> None:
        if self.mode is Mode.TEXTE:
            self._zone.scroll_relative(y=y, animate=False)
        else:
            largeur, hauteur = self._fenetre
            self._coin = self._coin[0] + x * (largeur // 3), self._coin[1] + y * (hauteur // 3)
            self._dessiner()

    def action_page(self, pas: int) -> None:
        if self.mode is Mode.TEXTE:
            self._zone.scroll_relative(y=pas * max(self._zone.size.height - 1, 1), animate=False)
        else:
            self._aller(self._page + pas)

    def action_extreme(self, sens: int) -> None:
        """The beginning or the end: of the text, or the first or last page."""
        if self.mode is Mode.IMAGE:
            self._aller(0 if sens < 0 else len(self._tailles) - 1)
        elif sens < 0:
            self._zone.scroll_home(animate=False)
        else:
            self._zone.scroll_end(animate=False)

    def _aller(self, page: int) -> None:
        if self._tailles and 0 <= page < len(self._tailles):
            self._page, self._coin = page, (self._coin[0], 0)
            self._dessiner()

    def action_zoomer(self, sens: int) -> None:
        self._agrandir(self._zoom * PAS_DE_ZOOM**sens)

    def action_ajuster(self, comment: str) -> None:
        """The whole page, its width, or its own size."""
        if not self._tailles:
            return
        entiere = min(self._fenetre[1] / (self._tailles[self._page][1] * self._a_la_largeur), 1.0)
        self._agrandir({_ENTIERE: entiere, _LARGEUR: 1.0, _CENT: TAILLE_REELLE / self._a_la_largeur}[comment])

    def _agrandir(self, zoom: float) -> None:
        """Around the middle of what is seen."""
        if self.mode is Mode.TEXTE or not self._tailles:
            return
        avant = self._echelle
        self._zoom = min(max(zoom, ZOOM_MIN), max(RESOLUTION_MAX / self._a_la_largeur, 1.0))
        rapport = self._echelle / avant
        x, y = (
            round((place + vue / 2) * rapport - vue / 2) for place, vue in zip(self._coin, self._fenetre, strict=True)
        )
        self._coin = x, y
        self._dessiner()

    # What is said

    def _annoncer(self) -> None:
        self.post_message(self.Change(self.etat, self._suite))

    @property
    def etat(self) -> str:
        """The page, its size and the mode, or which lines of the text are seen."""
        if self.mode is Mode.TEXTE:
            premiere, vues = round(self._zone.scroll_y) + 1, self._zone.size.height
            lignes = self._zone.virtual_size.height
            return f"lignes {premiere} à {min(premiere + vues - 1, lignes)} sur {lignes}   texte"
        if not self._tailles:
            return "image"
        taille = "largeur" if self._zoom == 1 else f"{self._echelle / TAILLE_REELLE:.0%}".replace("%", " %")
        return f"page {self._page + 1}/{len(self._tailles)}   {taille}   image"

    @property
    def _suite(self) -> str:
        if self.mode is Mode.TEXTE:
            return "▼ suite" if self._zone.scroll_y < self._zone.max_scroll_y else ""
        return "▼ page" if self._page + 1 < len(self._tailles) else ""

"""The pages of a file as images that can be zoomed, turned and moved (ecrans.md §4, §5)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual.app import RenderResult
from textual.binding import Binding
from textual.events import Click, Mount, Resize, Unmount
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from cyclades_tui.fichiers.apercu import PagesConfinees, abandonne, se_preparer
from cyclades_tui.fichiers.formats import PDF
from cyclades_tui.fichiers.refus import FichierIllisible
from cyclades_tui.widgets.toile import DEMI_BLOCS, DemiBlocs, Moyen, bornes, cadrer, charger, moyen

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import SixelImage, TGPImage

PAS_DE_ZOOM = 1.5
ZOOM_MIN = 0.25
POINTS_PAR_POUCE = 72
TAILLE_REELLE = 96 / POINTS_PAR_POUCE  # pixels per point at 100 %
RESOLUTION_MAX = 200 / POINTS_PAR_POUCE  # a whole A4 page is then 12 MB
IMAGES_MAX = 48_000_000  # bytes of drawn pages kept for a document
_OCTETS_PAR_PIXEL = 4  # in Pillow, for any image
CASES_MAX = 290  # cells in a row or a column that kitty's protocol can number
QUART = 90  # degrees
Taille = tuple[float, float]
Fenetre = tuple[int, int]
Trace = tuple[int, float, int]  # page, pixels per point, degrees


@dataclass(frozen=True, slots=True)
class Cadrage:
    """A part of a page to fit in the window, in fractions of width and height; or `a_la_largeur`, or the actual size.

    `libelle` is its name on the screen.
    """

    libelle: str
    gauche: float = 0.0
    haut: float = 0.0
    droite: float = 1.0
    bas: float = 1.0
    a_la_largeur: bool = False
    reel: bool = False

    def zoom(self, taille: Taille, fenetre: Fenetre) -> float:
        """The zoom for this part, as a multiple of the zoom that fits the width."""
        large = fenetre[0] / taille[0]
        if self.reel:
            return TAILLE_REELLE / large
        en_largeur = 1 / (self.droite - self.gauche)
        return en_largeur if self.a_la_largeur else min(en_largeur, fenetre[1] / taille[1] / large / self._hauteur)

    @property
    def _hauteur(self) -> float:
        return self.bas - self.haut

    def coin(self, taille: Taille, echelle: float, fenetre: Fenetre) -> tuple[int, int]:
        """The pixel of the page at the window's top left that puts the part in the middle."""
        milieu = (self.gauche + self.droite) / 2, 0.0 if self.a_la_largeur or self.reel else (self.haut + self.bas) / 2
        x, y = (round(m * t * echelle - vue / 2) for m, t, vue in zip(milieu, taille, fenetre, strict=True))
        return x, y


ENTIERE, LARGEUR, CENT = Cadrage("entière"), Cadrage("largeur", a_la_largeur=True), Cadrage("100 %", reel=True)


def echelle(taille: Taille, fenetre: Fenetre, zoom: float) -> float:
    """Pixels per point at `zoom` times the scale that fits the width, up to the finest useful resolution."""
    large = fenetre[0] / taille[0]
    return round(min(large * zoom, max(RESOLUTION_MAX, large)), 4)


class DocumentAVoir:
    """A file to look at, drawn by a confined process; what is drawn is kept.

    `mesurer`, `rendre` and `preparer` run in a thread and raise FichierIllisible; a page that could not be drawn once
    is not tried again.
    """

    def __init__(self, octets: bytes, format_: str) -> None:
        self.tailles: tuple[Taille, ...] = ()
        self.images: dict[Trace, Image] = {}
        self._pages = PagesConfinees(octets, format_)
        self._pixels_par_point = 1.0 if format_ == PDF else RESOLUTION_MAX  # a picture counts as a scan at the finest
        self._un_trace = Lock()
        self._indessinables: dict[int, FichierIllisible] = {}

    def mesurer(self) -> None:
        """Learn the width and height of each page, in points."""
        with self._un_trace:
            if not self.tailles:
                pixels = self._pixels_par_point
                self.tailles = tuple((largeur / pixels, haut / pixels) for largeur, haut in self._pages.mesurer())

    def fermer(self) -> None:
        """End the process that draws, also while it does; a page that is asked for later is refused as abandoned."""
        self._pages.fermer()

    def taille(self, page: int, rotation: int) -> Taille:
        """The size of a page after turning, in points."""
        largeur, hauteur = self.tailles[page]
        return (hauteur, largeur) if rotation % (2 * QUART) else (largeur, hauteur)

    def rendre(self, trace: Trace) -> None:
        """Draw a page if it is not drawn yet; the oldest images are dropped to make room."""
        with self._un_trace:
            image = self.images.pop(trace, None)
            self.images[trace] = self._tracer(trace) if image is None else image
        poids = 0
        for rang, (ancienne, vue) in enumerate(reversed(list(self.images.items()))):
            poids += vue.width * vue.height * _OCTETS_PAR_PIXEL
            if rang and poids > IMAGES_MAX:
                self.images.pop(ancienne, None)

    def _tracer(self, trace: Trace) -> Image:
        from PIL import Image as Images

        page, _, rotation = trace
        if page in self._indessinables:
            raise self._indessinables[page]
        try:
            tracee = self._pages.dessiner(page, self._cotes(trace)[0], rotation)
        except FichierIllisible as erreur:
            self._indessinables[page] = erreur
            raise
        # Pixels and nothing else: here no format is decoded.
        return Images.frombytes("RGB", tracee.taille, tracee.pixels, "raw", "RGB", tracee.pas)

    def legere(self, trace: Trace) -> bool:
        """Whether drawing a page ahead leaves room for the one that is visible."""
        largeur, hauteur = self._cotes(trace)
        return largeur * hauteur * _OCTETS_PAR_PIXEL * 2 <= IMAGES_MAX

    def _cotes(self, trace: Trace) -> tuple[int, int]:
        """Width and height of a drawn page, in pixels."""
        page, pixels, rotation = trace
        largeur, hauteur = (max(round(cote * pixels), 1) for cote in self.taille(page, rotation))
        return largeur, hauteur

    def preparer(self, cadrage: Cadrage, fenetre: Fenetre) -> None:
        """Draw the first page as `Pages.montrer_le_document` will need it."""
        self.mesurer()
        taille = self.taille(0, 0)
        self.rendre((0, echelle(taille, fenetre, cadrage.zoom(taille, fenetre)), 0))

    def oublier(self, page: int) -> None:
        """Keep only the images of this page and its neighbours."""
        for trace in list(self.images):  # a thread may be drawing another meanwhile
            if abs(trace[0] - page) > 1:
                self.images.pop(trace, None)


class Pages(Widget, can_focus=True):
    """Shows one page at a time, drawn in a thread with the next one; the arrows move by a third of the window."""

    class Change(Message):
        """Posted for another page, zoom, place or mode; `etat` describes it."""

        def __init__(self, etat: str, suite: str) -> None:
            super().__init__()
            self.etat = etat
            self.suite = suite

    class Illisible(Message):
        """Posted when a page could not be drawn."""

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
        *(Binding(str(rang), f"ajuster({rang})", "zoom", show=False) for rang in range(1, 10)),
    ]
    DEFAULT_CSS = """
    Pages { width: 1fr; height: 1fr; background: $fond; color: $texte; }
    Pages > .toile { width: 100%; height: 100%; max-width: 290; max-height: 290; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.cadrages: Sequence[Cadrage] = (ENTIERE, LARGEUR, CENT)
        self.cadrage: Cadrage | None = LARGEUR  # None after the person chose a zoom or a place
        self.rotation = 0
        self._document: DocumentAVoir | None = None
        self._moyen: Moyen = DEMI_BLOCS
        self._toile: DemiBlocs | TGPImage | SixelImage | None = None
        self._page = 0
        self._zoom = 1.0  # multiple of the zoom that fits the width
        self._coin = (0, 0)  # pixel of the page at the window's top left

    def on_mount(self, _: Mount) -> None:
        self._moyen = moyen(self.app)
        se_preparer()

    def render(self) -> RenderResult:
        return ""

    @property
    def en_images(self) -> bool:
        """Whether pages, not text, are shown now."""
        return True

    def montrer_le_document(self, document: DocumentAVoir | None, cadrage: Cadrage = LARGEUR) -> None:
        """Show another file from its first page, at once if it was prepared; None shows nothing."""
        self.workers.cancel_node(self)  # what is being drawn belongs to another document
        self._document = document
        self._page, self._zoom, self._coin, self.rotation, self.cadrage = 0, 1.0, (0, 0), 0, cadrage
        self.effacer()  # otherwise the other document's page would stay visible until this one is drawn
        self._dessiner()

    @property
    def peinte(self) -> bool:
        """Whether the wanted page is drawn; True if there is no document."""
        return self._document is None or (self._toile is not None and self._toile.image is not None)

    def effacer(self) -> None:
        """Remove the image, which a terminal with graphics keeps until told."""
        if self._toile is not None:
            self._toile.image = None

    def on_unmount(self, _: Unmount) -> None:
        self.effacer()

    def on_resize(self, _: Resize) -> None:
        self._dessiner()

    def on_click(self, _: Click) -> None:
        self.focus()

    # Drawing

    def _dessiner(self) -> None:
        """Draw again what is visible: at once if the page exists at this size, else in a thread."""
        if not self.en_images or self._document is None or not self.content_size:
            self._annoncer()
            return
        self._recadrer()
        if self._toile is not None and self._document.tailles and self._trace in self._document.images:
            self._peindre()
        else:
            self._annoncer()
        _: Worker[None] = self.run_worker(self._chercher, exclusive=True, exit_on_error=False)

    def _recadrer(self) -> None:
        """Compute zoom and place again, since the window may have changed."""
        document = self._document
        if self.cadrage is None or document is None or not document.tailles:
            return
        taille = document.taille(self._page, self.rotation)
        self._zoom = self.cadrage.zoom(taille, self.fenetre)
        self._coin = self.cadrage.coin(taille, echelle(taille, self.fenetre, self._zoom), self.fenetre)

    async def _chercher(self) -> None:
        """Draw the current page, then the one after it."""
        document = self._document
        if document is None:
            return
        if self._toile is None:
            fabrique = await asyncio.to_thread(charger, self._moyen)
            self._toile = fabrique(classes="toile")
            await self.mount(self._toile)
        if not document.tailles:
            await asyncio.to_thread(document.mesurer)
            self._recadrer()
        page, pixels, rotation = self._trace
        await asyncio.to_thread(document.rendre, self._trace)
        self._peindre()
        suivante = (page + 1, pixels, rotation)
        if page + 1 < len(document.tailles) and document.legere(suivante):
            with suppress(FichierIllisible):  # told once that page is turned to
                await asyncio.to_thread(document.rendre, suivante)
        document.oublier(page)

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        erreur = message.worker.error
        if message.state is WorkerState.ERROR and erreur is not None and not abandonne(erreur):
            self.ne_pas_dessiner()
            self.post_message(self.Illisible(erreur))

    def ne_pas_dessiner(self) -> None:
        """Show no page, because this one could not be drawn."""
        self.montrer_le_document(None)

    def _peindre(self) -> None:
        if self._document is None or self._toile is None or not self.en_images:
            return
        image = self._document.images.get(self._trace)
        if image is None:
            return
        self._coin = bornes(self._coin, image.size, self.fenetre)
        fond = self.background_colors[1]
        self._toile.image = cadrer(image, self._coin, self.fenetre, (fond.r, fond.g, fond.b))
        self._annoncer()

    @property
    def fenetre(self) -> Fenetre:
        """The size in pixels of the window through which a page is seen."""
        largeur, hauteur = self._moyen.case
        return min(self.content_size.width, CASES_MAX) * largeur, min(self.content_size.height, CASES_MAX) * hauteur

    @property
    def _tailles(self) -> tuple[Taille, ...]:
        return () if self._document is None else self._document.tailles

    @property
    def _taille(self) -> Taille:
        """The size of the turned page, in points."""
        largeur, hauteur = self._tailles[self._page]
        return (hauteur, largeur) if self.rotation % (2 * QUART) else (largeur, hauteur)

    @property
    def _echelle(self) -> float:
        return echelle(self._taille, self.fenetre, self._zoom)

    @property
    def _trace(self) -> Trace:
        return self._page, self._echelle, self.rotation

    # What the person does

    def action_bouger(self, x: int, y: int) -> None:
        largeur, hauteur = self.fenetre
        self._coin = self._coin[0] + x * (largeur // 3), self._coin[1] + y * (hauteur // 3)
        self.cadrage = None
        self._dessiner()

    def action_page(self, pas: int) -> None:
        self._aller(self._page + pas)

    def action_extreme(self, sens: int) -> None:
        """Go to the first or the last page."""
        self._aller(0 if sens < 0 else len(self._tailles) - 1)

    def _aller(self, page: int) -> None:
        if 0 <= page < len(self._tailles):
            self._page, self._coin = page, (self._coin[0], 0)
            self._dessiner()

    def action_zoomer(self, sens: int) -> None:
        """Zoom around the middle of the window."""
        if not self.en_images or not self._tailles:
            return
        avant, largeur = self._echelle, self.fenetre[0] / self._taille[0]
        self.cadrage = None
        self._zoom = min(max(self._zoom * PAS_DE_ZOOM**sens, ZOOM_MIN), max(RESOLUTION_MAX / largeur, 1.0))
        rapport = self._echelle / avant
        x, y = (
            round((place + vue / 2) * rapport - vue / 2) for place, vue in zip(self._coin, self.fenetre, strict=True)
        )
        self._coin = x, y
        self._dessiner()

    def action_ajuster(self, rang: int) -> None:
        """Choose one of `cadrages`, counted from 1."""
        if self.en_images and self._tailles and rang <= len(self.cadrages):
            self.cadrage = self.cadrages[rang - 1]
            self._dessiner()

    def action_tourner(self) -> None:
        """Turn the page a quarter clockwise; each file starts upright."""
        if self._tailles:
            self.rotation = (self.rotation + QUART) % (4 * QUART)
            self._coin = (0, 0)
            self._dessiner()

    # What is said

    def _annoncer(self) -> None:
        self.post_message(self.Change(self.etat, self.suite))

    @property
    def etat(self) -> str:
        """The page, its size, how it is turned; empty until it is drawn."""
        if not (self._tailles and self.peinte):
            return ""
        taille = f"{self._echelle / TAILLE_REELLE:.0%}".replace("%", " %") if self.cadrage is None else self._nomme
        tournee = f"   tournée {self.rotation}°" if self.rotation else ""
        return f"page {self._page + 1}/{len(self._tailles)}   {taille}{tournee}"

    @property
    def _nomme(self) -> str:
        return "" if self.cadrage is None else self.cadrage.libelle

    @property
    def suite(self) -> str:
        """What the help line says of the part below."""
        return "▼ page" if self._page + 1 < len(self._tailles) else ""

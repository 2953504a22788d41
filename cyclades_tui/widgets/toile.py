"""An image on the screen: with the terminal's graphics if it has some, else in half blocks.

textual-image draws with kitty's protocol and in sixels. On import it asks the terminal what it can do, which is not
possible here, since Textual would read the answer as keys: the environment tells it instead. Its half blocks are not
used, because they rely on something that Pillow will remove, and a few lines do the same.
"""

from __future__ import annotations

import io
import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color as CouleurTextual
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import SixelImage, TGPImage

_DEMI_BLOC = "▀"
_SORTIE = "__stdout__"
_MULTIPLEXEURS = ("TMUX", "STY")  # they keep the variables of a terminal, but do not pass its graphics on
_TERM_KITTY = ("xterm-kitty", "xterm-ghostty")
_TERM_SIXEL = ("foot", "foot-extra", "mlterm")
_PROGRAMMES_SIXEL = ("WezTerm", "mintty", "contour")

Pixel = tuple[int, int, int]


class Protocole(Enum):
    KITTY = "kitty"
    SIXEL = "sixel"
    DEMI_BLOCS = "demi-blocs"


@dataclass(frozen=True, slots=True)
class Moyen:
    """How images are drawn, and the size of a cell in pixels (width, height)."""

    protocole: Protocole
    case: tuple[int, int]


DEMI_BLOCS = Moyen(Protocole.DEMI_BLOCS, (1, 2))


def protocole(environ: Mapping[str, str]) -> Protocole:
    """The protocol for images of the terminal in this environment."""
    if any(nom in environ for nom in _MULTIPLEXEURS):
        return Protocole.DEMI_BLOCS
    term = environ.get("TERM", "")
    if term in _TERM_KITTY:
        return Protocole.KITTY
    if term in _TERM_SIXEL or environ.get("TERM_PROGRAM") in _PROGRAMMES_SIXEL:
        return Protocole.SIXEL
    return Protocole.DEMI_BLOCS


def moyen(app: App[Any]) -> Moyen:
    """How this application draws images: half blocks without a terminal, or if the size of its cells is unknown."""
    trouve = Protocole.DEMI_BLOCS if app.is_headless else protocole(os.environ)
    case = None if trouve is Protocole.DEMI_BLOCS else taille_de_case()
    return DEMI_BLOCS if case is None else Moyen(trouve, case)


def dessine_les_images(app: App[Any]) -> bool:
    """Whether images are legible: not with 16 colours or ASCII signs."""
    demi_bloc = [Segment(_DEMI_BLOC, Style())]
    for filtre in app.get_line_filters():
        demi_bloc = filtre.apply(demi_bloc, CouleurTextual(0, 0, 0))
    return not app.ansi_color and demi_bloc[0].text == _DEMI_BLOC


def taille_de_case() -> tuple[int, int] | None:
    """The size of a cell in pixels, as the terminal told the system; None if it did not."""
    if sys.platform == "win32" or sys.__stdout__ is None:
        return None
    import fcntl
    import termios

    try:
        reponse = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    lignes, colonnes, largeur, hauteur = struct.unpack("HHHH", reponse)
    return (largeur // colonnes, hauteur // lignes) if colonnes and lignes and largeur and hauteur else None


class DemiBlocs(Widget):
    """An image with one pixel for each half cell: as wide as its cells, twice as high; the rest is not drawn."""

    DEFAULT_CSS = """
    DemiBlocs { width: 1fr; height: 1fr; }
    """

    image: reactive[Image | None] = reactive(None)

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._pixels = b""  # three bytes each, row by row

    def watch_image(self) -> None:
        self._pixels = b"" if self.image is None else self.image.tobytes()

    def render_line(self, y: int) -> Strip:
        image, largeur = self.image, self.size.width
        if image is None or 2 * y + 1 >= image.height:
            return Strip.blank(largeur, self.rich_style)
        paires = zip(self._rang(2 * y, image.width), self._rang(2 * y + 1, image.width), strict=True)
        segments = [Segment(_DEMI_BLOC * len(list(suite)), _style(*paire)) for paire, suite in groupby(paires)]
        return Strip(segments).adjust_cell_length(largeur, self.rich_style)

    def _rang(self, y: int, largeur: int) -> list[bytes]:
        debut = 3 * y * largeur
        return [self._pixels[place : place + 3] for place in range(debut, debut + 3 * largeur, 3)]


@lru_cache(maxsize=4096)
def _style(haut: bytes, bas: bytes) -> Style:
    return Style(color=Color.from_rgb(*haut), bgcolor=Color.from_rgb(*bas))


def charger(par: Moyen) -> type[DemiBlocs | TGPImage | SixelImage]:
    """The widget that draws so; its library is imported at the first call that needs it."""
    if par.protocole is Protocole.DEMI_BLOCS:
        return DemiBlocs
    largeur, hauteur = par.case
    # textual-image takes the size of a cell from here if it may not ask the terminal.
    os.environ |= {"TEXTUAL_CELL_WIDTH": str(largeur), "TEXTUAL_CELL_HEIGHT": str(hauteur)}
    with _sans_terminal():
        from textual_image.widget import SixelImage, TGPImage
    return TGPImage if par.protocole is Protocole.KITTY else SixelImage


@contextmanager
def _sans_terminal() -> Iterator[None]:
    """Hide the terminal from what is imported in this block."""
    sortie = getattr(sys, _SORTIE)
    setattr(sys, _SORTIE, io.StringIO())
    try:
        yield
    finally:
        setattr(sys, _SORTIE, sortie)


def cadrer(image: Image, coin: tuple[int, int], taille: tuple[int, int], fond: Pixel) -> Image:
    """The part of an image in a window of `taille` pixels with top left `coin`; a smaller image is centred."""
    from PIL import Image as Images

    largeur, hauteur = taille
    x, y = coin
    vue = Images.new("RGB", taille, fond)
    morceau = image.crop((x, y, min(x + largeur, image.width), min(y + hauteur, image.height)))
    vue.paste(morceau, (max((largeur - image.width) // 2, 0), 0))
    return vue


def bornes(coin: Iterable[int], image: tuple[int, int], fenetre: tuple[int, int]) -> tuple[int, int]:
    """The corner nearest to `coin` at which the window shows only image, as far as possible."""
    x, y = (min(max(place, 0), max(grande - vue, 0)) for place, grande, vue in zip(coin, image, fenetre, strict=True))
    return x, y

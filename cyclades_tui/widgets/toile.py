"""An image on the screen: by the terminal's own graphics where it is known to have some, else in half blocks.

textual-image draws by kitty's protocol and in sixels. It asks the terminal what it can do when it is imported, which is
no longer possible here: Textual reads the answer as keys. So the environment says it, and the library is asked nothing.
Its half blocks are not used: Pillow announces the end of what they are made with, and few lines do the same.
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
_MULTIPLEXEURS = ("TMUX", "STY")  # they keep the variables of a terminal whose graphics they do not pass on
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
    """How images are drawn, and how many pixels a cell holds (width, height)."""

    protocole: Protocole
    case: tuple[int, int]


DEMI_BLOCS = Moyen(Protocole.DEMI_BLOCS, (1, 2))


def protocole(environ: Mapping[str, str]) -> Protocole:
    """What the terminal of this environment draws images by."""
    if any(nom in environ for nom in _MULTIPLEXEURS):
        return Protocole.DEMI_BLOCS
    term = environ.get("TERM", "")
    if term in _TERM_KITTY:
        return Protocole.KITTY
    if term in _TERM_SIXEL or environ.get("TERM_PROGRAM") in _PROGRAMMES_SIXEL:
        return Protocole.SIXEL
    return Protocole.DEMI_BLOCS


def moyen(app: App[Any]) -> Moyen:
    """How this application draws images: half blocks where it has no terminal, or one that hides its cells' size."""
    trouve = Protocole.DEMI_BLOCS if app.is_headless else protocole(os.environ)
    case = None if trouve is Protocole.DEMI_BLOCS else taille_de_case()
    return DEMI_BLOCS if case is None else Moyen(trouve, case)


def dessine_les_images(app: App[Any]) -> bool:
    """Whether an image can be made out: neither 16 colours nor ASCII signs show one."""
    demi_bloc = [Segment(_DEMI_BLOC, Style())]
    for filtre in app.get_line_filters():
        demi_bloc = filtre.apply(demi_bloc, CouleurTextual(0, 0, 0))
    return not app.ansi_color and demi_bloc[0].text == _DEMI_BLOC


def taille_de_case() -> tuple[int, int] | None:
    """Pixels of a cell, as the terminal told the system; None where it did not."""
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
    """An image of one pixel by half cell: its width in cells, twice its height; what goes beyond is not drawn."""

    DEFAULT_CSS = """
    DemiBlocs { width: 1fr; height: 1fr; }
    """

    image: reactive[Image | None] = reactive(None)

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._pixels = b""  # three bytes each, row after row

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
    """The widget that draws so; its library is loaded at the first call that needs it."""
    if par.protocole is Protocole.DEMI_BLOCS:
        return DemiBlocs
    largeur, hauteur = par.case
    # Where it may not ask, the library reads the size of a cell here.
    os.environ |= {"TEXTUAL_CELL_WIDTH": str(largeur), "TEXTUAL_CELL_HEIGHT": str(hauteur)}
    with _sans_terminal():
        from textual_image.widget import SixelImage, TGPImage
    return TGPImage if par.protocole is Protocole.KITTY else SixelImage


@contextmanager
def _sans_terminal() -> Iterator[None]:
    """Nothing that is imported meanwhile finds a terminal to ask."""
    sortie = getattr(sys, _SORTIE)
    setattr(sys, _SORTIE, io.StringIO())
    try:
        yield
    finally:
        setattr(sys, _SORTIE, sortie)


def cadrer(image: Image, coin: tuple[int, int], taille: tuple[int, int], fond: Pixel) -> Image:
    """What is seen of an image through a window of `taille` pixels whose top left is at `coin`; centred if narrower."""
    from PIL import Image as Images

    largeur, hauteur = taille
    x, y = coin
    vue = Images.new("RGB", taille, fond)
    morceau = image.crop((x, y, min(x + largeur, image.width), min(y + hauteur, image.height)))
    vue.paste(morceau, (max((largeur - image.width) // 2, 0), 0))
    return vue


def bornes(coin: Iterable[int], image: tuple[int, int], fenetre: tuple[int, int]) -> tuple[int, int]:
    """The corner nearest to `coin` through which the window shows nothing but image, as far as it can."""
    x, y = (min(max(place, 0), max(grande - vue, 0)) for place, grande, vue in zip(coin, image, fenetre, strict=True))
    return x, y

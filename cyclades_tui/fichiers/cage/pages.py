"""Draws the pages of a file. Only confined processes call it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cyclades_tui.fichiers.formats import PDF

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfBitmap, PdfDocument, PdfPage

PIXELS_RENDUS = 16_000_000  # a page of A4 at 400 dots an inch
_COUCHEES = (5, 6, 7, 8)  # of `ORIENTATION`: held on its side
# How a camera was held, and what turns its picture upright. Pillow's `exif_transpose` would rewrite all the notes,
# and fails on odd ones.
ORIENTATION = 0x112
REDRESSER = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def rendre_une_page(octets: bytes, format_: str, page: int, largeur: int, rotation: int = 0) -> Image:
    """A page, counted from 0, in RGB: at most `largeur` pixels wide after it is turned `rotation` degrees clockwise.

    `rotation` is a multiple of 90. A picture is first turned as its camera says, and is never enlarged.
    """
    if format_ != PDF:
        return rendre_une_image(octets, format_, largeur, rotation)
    from pypdfium2 import PdfDocument

    with PdfDocument(octets) as pdf:
        pdf.init_forms()  # otherwise the text typed into a form is not drawn
        image: Image = dessiner_un_pdf(pdf, page, largeur, rotation).to_pil().convert("RGB")
    return image


def dessiner_un_pdf(pdf: PdfDocument, page: int, largeur: int, rotation: int) -> PdfBitmap:
    """A page of an open PDF, in RGB, as `rendre_une_page` draws it."""
    return tracer(pdf[page], largeur, rotation % 360)


def tracer(page: PdfPage, largeur: int, rotation: int = 0) -> PdfBitmap:
    """The page as PDFium draws it, with a lower resolution if it would have more than `PIXELS_RENDUS`."""
    cotes = page.get_size()
    echelle = min(largeur / cotes[rotation % 180 == 90], math.sqrt(PIXELS_RENDUS / (cotes[0] * cotes[1])))
    return page.render(scale=echelle, rotation=rotation, rev_byteorder=True)


def taille_d_une_image(octets: bytes, format_: str) -> tuple[int, int]:
    """Width and height of a picture in pixels, once it stands as its camera held it."""
    from cyclades_tui.fichiers.cage.examen_image import ouvrir_image

    with ouvrir_image(octets, format_) as image:
        largeur, hauteur = image.size
        return (hauteur, largeur) if image.getexif().get(ORIENTATION) in _COUCHEES else (largeur, hauteur)


def rendre_une_image(octets: bytes, format_: str, largeur: int, rotation: int) -> Image:
    """A picture in RGB, as `rendre_une_page` draws it."""
    from PIL import Image

    from cyclades_tui.fichiers.cage.examen_image import ouvrir_image

    with ouvrir_image(octets, format_) as source:
        # A JPEG can be decoded at a half, a quarter or an eighth of its size, if that is enough in either orientation.
        source.draft("RGB", (largeur, largeur))
        geste = REDRESSER.get(source.getexif().get(ORIENTATION, 1))
        image = source.copy() if geste is None else source.transpose(Image.Transpose[geste])
    image = image.rotate(-rotation % 360, expand=True)
    hauteur_max = PIXELS_RENDUS // largeur
    image.thumbnail((largeur, hauteur_max), Image.Resampling.LANCZOS)
    return en_couleurs(image)


def en_couleurs(image: Image) -> Image:
    """In RGB, on white paper; 16-bit grey is scaled to 8 bits, which Pillow would cut off."""
    from PIL import Image as Images

    if image.mode.startswith("I"):
        return image.convert("F").point(lambda gris: gris / 256).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    calque = image.convert("RGBA")
    papier = Images.new("RGBA", calque.size, "white")
    return Images.alpha_composite(papier, calque).convert("RGB")

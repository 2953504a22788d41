"""Reads the QR codes of a PDF or a picture; `codes` runs it confined."""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cyclades_tui.fichiers.cage import gardien
from cyclades_tui.fichiers.refus import FichierIllisible

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

PIXELS_MAX = 50_000_000  # an A4 sheet at 600 dots an inch has 35 million
PAGES_MAX = 20
FINESSE = 300  # dots an inch of the picture made of a page
_PAR_POUCE = 72
# Pictures with fewer pixels are also read at twice the size, which a coarse, tilted scan needs.
_PETITE = 4_000_000
# Import while files can still be opened: the plugins for MPO and TIFF read the notes that cameras put in a JPEG.
_MODULES = ("pypdfium2", "zxingcpp", "PIL.MpoImagePlugin", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin")
_MOT_DE_PASSE = 4  # PDFium's error code


def preparer() -> gardien.Repondre:
    """What reads the codes of a file: it answers with `codes`, and `numerique` for a PDF with text."""
    from PIL import Image

    Image.preinit()
    for module in _MODULES:
        import_module(module)
    return _repondre


def _repondre(octets: bytes, _: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    codes, numerique = _codes(octets)
    return {"codes": list(dict.fromkeys(codes)), "numerique": numerique}, b""


def _codes(octets: bytes) -> tuple[list[str], bool]:
    if b"%PDF-" in octets[:1024]:
        return _codes_du_pdf(octets)
    return _decoder(_ouvrir_image(octets)), False


def _codes_du_pdf(octets: bytes) -> tuple[list[str], bool]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(octets) as pdf:
            if len(pdf) > PAGES_MAX:
                raise FichierIllisible("pages")
            codes = [code for page in pdf for code in _decoder(_tracer(page))]
            return codes, any(page.get_textpage().count_chars() for page in pdf)
    except PdfiumError as erreur:
        raise FichierIllisible("chiffre" if erreur.err_code == _MOT_DE_PASSE else "abime") from erreur


def _tracer(page: PdfPage) -> Image:
    """The page in grey, with fewer dots an inch if it would otherwise exceed the limit of pixels."""
    largeur, hauteur = page.get_size()
    echelle = min(FINESSE / _PAR_POUCE, math.sqrt(PIXELS_MAX / max(1.0, largeur * hauteur)))
    image: Image = page.render(scale=echelle, grayscale=True).to_pil()
    return image


def _ouvrir_image(octets: bytes) -> Image:
    """The picture in grey; its announced size is checked before its pixels are read."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(BytesIO(octets), formats=("PNG", "JPEG", "WEBP"))
        if image.width * image.height > PIXELS_MAX:
            raise FichierIllisible("pixels")
        return image.convert("L")
    except UnidentifiedImageError as erreur:
        raise FichierIllisible("format") from erreur
    except (OSError, SyntaxError, ValueError) as erreur:  # raised by Pillow for truncated or false files
        raise FichierIllisible("abime") from erreur


def _decoder(image: Image) -> list[str]:
    import zxingcpp

    codes_qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for grandeur in (1, 2) if image.width * image.height < _PETITE else (1,):
        agrandie = image.resize((image.width * grandeur, image.height * grandeur))
        lus = zxingcpp.read_barcodes(agrandie, formats=codes_qr)
        if lus:
            return [lu.text for lu in lus]
    return []

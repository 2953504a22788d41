"""Opens an untrusted picture and checks that it decodes completely."""

from __future__ import annotations

import warnings
from importlib import import_module
from io import BytesIO

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from cyclades_tui.fichiers.formats import JPEG, PIXELS_MAX, PNG
from cyclades_tui.fichiers.refus import FichierIllisible

# The notes of a camera in a JPEG are read by the plugin for TIFF, which Pillow imports at the first such file: a
# confined process could no longer do it.
import_module("PIL.TiffImagePlugin")
# Pillow warns of damaged notes on the terminal, in the middle of the screen.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")

_LECTEURS: dict[str, type[ImageFile]] = {JPEG: JpegImageFile, PNG: PngImageFile}


def ouvrir_image(octets: bytes, format_: str) -> ImageFile:
    """Open a picture without reading its pixels. Raises FichierIllisible if they are too many, and Pillow's errors."""
    image = ouvrir_sans_limite(octets, format_)
    if image.width * image.height > PIXELS_MAX:
        raise FichierIllisible("pixels", PIXELS_MAX // 10**6)
    return image


def ouvrir_sans_limite(octets: bytes, format_: str) -> ImageFile:
    """Open a picture of any size without reading its pixels. Raises Pillow's errors."""
    return _LECTEURS[format_](BytesIO(octets))


def controler_image(octets: bytes, format_: str) -> dict[str, int]:
    """Check that a picture decodes; it has one page. Raises FichierIllisible. Only `lecteur` calls it, confined."""
    try:
        image = ouvrir_image(octets, format_)
        if getattr(image, "n_frames", 1) != 1:
            raise FichierIllisible("plusieurs")
        image.load()
        image.getexif()  # the preview reads them too
    except (OSError, SyntaxError, ValueError) as erreur:  # raised by Pillow for truncated or false files
        raise FichierIllisible("abime") from erreur
    return {"pages": 1}

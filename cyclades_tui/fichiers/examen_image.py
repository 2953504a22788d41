"""Opening a picture that anybody may have made, and whether it decodes whole."""

from __future__ import annotations

import warnings
from importlib import import_module
from io import BytesIO

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from cyclades_tui.fichiers.confinement import FichierIllisible
from cyclades_tui.fichiers.formats import JPEG, PIXELS_MAX, PNG

# What a camera notes in a JPEG is read by the plugin of TIFF, which Pillow loads when it meets the first: too late, in
# a confined process.
import_module("PIL.TiffImagePlugin")
# Of notes that are damaged it reads what it can, and tells the rest to the terminal: in the middle of the screen.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")

_LECTEURS: dict[str, type[ImageFile]] = {JPEG: JpegImageFile, PNG: PngImageFile}


def ouvrir_image(octets: bytes, format_: str) -> ImageFile:
    """The picture, its points not yet read. Raises Illisible where it announces too many, what Pillow raises."""
    image = _LECTEURS[format_](BytesIO(octets))
    if image.width * image.height > PIXELS_MAX:
        raise FichierIllisible("pixels", PIXELS_MAX // 10**6)
    return image


def controler_image(octets: bytes, format_: str) -> dict[str, int]:
    """One page. Raises Illisible; run apart, by `lecteur` alone."""
    try:
        image = ouvrir_image(octets, format_)
        if getattr(image, "n_frames", 1) != 1:
            raise FichierIllisible("plusieurs")
        image.load()
        image.getexif()  # which the preview reads too
    except (OSError, SyntaxError, ValueError) as erreur:  # what Pillow raises for a file that breaks off or lies
        raise FichierIllisible("abime") from erreur
    return {"pages": 1}

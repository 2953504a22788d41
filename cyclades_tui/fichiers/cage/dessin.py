"""Measures and draws the pages of one file; `apercu` runs it confined."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cyclades_tui.fichiers.cage import gardien
from cyclades_tui.fichiers.cage.pages import dessiner_un_pdf, rendre_une_image, taille_d_une_image
from cyclades_tui.fichiers.cage.protections import tomber_si_la_memoire_a_manque
from cyclades_tui.fichiers.formats import PDF
from cyclades_tui.fichiers.refus import FichierIllisible

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PAGES_MAX = 2_000


def preparer(format_: str) -> gardien.Repondre:
    """What draws the pages of a file of this format.

    Asked for nothing, it answers with the `tailles` of its pages (width, height): in points, of a picture in pixels.
    Asked for `page`, `largeur` and `rotation`, with `taille` and `pas`, and the pixels: RGB, `pas` bytes for each row.
    """
    from PIL import Image

    Image.preinit()
    if format_ != PDF:
        import_module("cyclades_tui.fichiers.cage.examen_image")
        return _Image(format_)
    import_module("pypdfium2")
    return _Pdf()


class _Pdf:
    """A PDF, opened once for all its pages."""

    def __init__(self) -> None:
        self._ouvert: PdfDocument | None = None

    def __call__(self, octets: bytes, demande: Mapping[str, Any]) -> tuple[dict[str, Any], bytes | memoryview]:
        from pypdfium2 import PdfiumError

        try:
            return self._repondre(octets, demande)
        except (PdfiumError, ValueError) as erreur:
            raise FichierIllisible("abime") from erreur

    def _repondre(self, octets: bytes, demande: Mapping[str, Any]) -> tuple[dict[str, Any], bytes | memoryview]:
        from pypdfium2 import PdfDocument

        if self._ouvert is None:
            self._ouvert = PdfDocument(octets)
            self._ouvert.init_forms()  # otherwise the text typed into a form is not drawn
        if len(self._ouvert) > PAGES_MAX:
            raise FichierIllisible("pages", PAGES_MAX)
        if not demande:
            return {"tailles": [self._ouvert.get_page_size(rang) for rang in range(len(self._ouvert))]}, b""
        bitmap = dessiner_un_pdf(self._ouvert, demande["page"], demande["largeur"], demande["rotation"])
        tomber_si_la_memoire_a_manque()
        return {"taille": (bitmap.width, bitmap.height), "pas": bitmap.stride}, memoryview(bitmap.buffer).cast("B")


class _Image:
    """A picture, decoded again for each size: a JPEG is then read at a fraction of its own."""

    def __init__(self, format_: str) -> None:
        self._format = format_
        self._octets = b""

    def __call__(self, octets: bytes, demande: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        self._octets = self._octets or octets
        try:
            if not demande:
                return {"tailles": [taille_d_une_image(self._octets, self._format)]}, b""
            image = rendre_une_image(self._octets, self._format, demande["largeur"], demande["rotation"])
        except (OSError, SyntaxError, ValueError) as erreur:  # raised by Pillow for truncated or false files
            raise FichierIllisible("abime") from erreur
        return {"taille": image.size, "pas": 3 * image.width}, image.tobytes()

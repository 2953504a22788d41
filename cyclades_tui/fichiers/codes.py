"""Reads the QR codes of a PDF or a picture, in a process of its own with little time and memory.

The file may come from anybody: the libraries that decode it run apart, write nothing and are stopped at these limits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.fichiers.confinement import FichierIllisible, faire_lire, repondre

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

TAILLE_MAX = 50_000_000  # bytes
PIXELS_MAX = 50_000_000  # an A4 sheet at 600 dots an inch has 35 million
PAGES_MAX = 20
DUREE_MAX = 30  # seconds, of processor time and of real time
FINESSE = 300  # dots an inch of the picture made of a page
_PAR_POUCE = 72
# Pictures with fewer pixels are also read at twice the size, which a coarse, tilted scan needs.
_PETITE = 4_000_000
# Import while files can still be opened: the plugins for MPO and TIFF read the notes that cameras put in a JPEG.
_MODULES = ("pypdfium2", "zxingcpp", "PIL.MpoImagePlugin", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin")
_MOT_DE_PASSE = 4  # PDFium's error code

_REMEDE = "Numérisez le papier de nouveau, en PDF, PNG, JPEG ou WebP."
# Refusal of the reading process -> what is wrong, what to do.
_REFUS = {
    "vide": ("Le fichier est vide.", _REMEDE),
    "taille": (f"Le fichier dépasse {TAILLE_MAX // 10**6} Mo.", "Numérisez le papier en 200 points par pouce."),
    "format": ("Ce n'est ni un PDF ni une image PNG, JPEG ou WebP.", _REMEDE),
    "abime": ("Le fichier est tronqué ou abîmé.", _REMEDE),
    "chiffre": ("Le PDF est protégé par un mot de passe.", "Donnez-le sans mot de passe."),
    "pages": (f"Le PDF a plus de {PAGES_MAX} pages.", "Donnez les pages d'un seul document."),
    "pixels": (
        f"L'image dépasse {PIXELS_MAX // 10**6} millions de points.",
        "Numérisez le papier en 200 points par pouce.",
    ),
    "limites": ("La lecture du fichier a été arrêtée : elle demandait trop de temps ou de mémoire.", _REMEDE),
}


@dataclass(frozen=True, slots=True)
class CodesLus:
    """The texts of a file's QR codes, each once; `numerique`: a PDF with text, not the picture of a paper."""

    codes: tuple[str, ...]
    numerique: bool


def lire(octets: bytes) -> CodesLus:
    """Read the QR codes of a PDF or a picture. Raises SaisieRefusee if it cannot be read."""
    try:
        _refuser_la_taille(octets)
        reponse = faire_lire(__name__, octets, DUREE_MAX)
    except FichierIllisible as erreur:
        motif = str(erreur)
        raise SaisieRefusee(Faute(f"lecture.{motif}", "fichier", *_REFUS[motif])) from erreur
    return CodesLus(tuple(reponse["codes"]), bool(reponse["numerique"]))


def _refuser_la_taille(octets: bytes) -> None:
    if not octets:
        raise FichierIllisible("vide")
    if len(octets) > TAILLE_MAX:
        raise FichierIllisible("taille")


def main() -> None:
    """Read a file from the standard input and print the answer in JSON."""
    from PIL import Image

    Image.preinit()
    for module in _MODULES:
        import_module(module)
    repondre(_reponse, DUREE_MAX)


def _reponse(octets: bytes) -> dict[str, Any]:
    codes, numerique = _codes(octets)
    return {"codes": list(dict.fromkeys(codes)), "numerique": numerique}


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


if __name__ == "__main__":
    main()

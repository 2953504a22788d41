"""Small valid files of every accepted format, also the basis of the hostile ones."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, Stream
from PIL import Image

CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>"
UNE_PAGE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


@cache
def image(forme: str, mode: str = "RGB") -> bytes:
    sortie = BytesIO()
    Image.effect_noise((120, 90), 60).convert(mode).save(sortie, forme)
    return sortie.getvalue()


def _ne_rien_changer(pdf: Pdf) -> None:
    """Leave the valid file unchanged."""


def pdf_de(
    changer: Callable[[Pdf], object] = _ne_rien_changer,
    cote: float = 300,
    chiffrement: Encryption | None = None,
    objets: ObjectStreamMode = ObjectStreamMode.disable,
) -> bytes:
    """A page with a frame, changed by `changer`."""
    sortie = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.mediabox = Array([0, 0, cote, cote])
        page.Contents = Stream(pdf, b"20 20 200 200 re S")
        changer(pdf)
        pdf.save(sortie, compress_streams=False, encryption=chiffrement, object_stream_mode=objets)
    return sortie.getvalue()


def remplir_un_formulaire(pdf: Pdf) -> None:
    """Add a form that was filled in: a field and its appearance."""
    aspect = pdf.make_indirect(Stream(pdf, b"1 0 0 rg 0 0 290 290 re f"))
    aspect.Type, aspect.Subtype, aspect.BBox = Name.XObject, Name.Form, Array([0, 0, 290, 290])
    champ = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="nom", Rect=Array([0, 0, 290, 290]))
    champ.AP = Dictionary(N=aspect)
    pdf.pages[0].Annots = Array([pdf.make_indirect(champ)])
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


def pdf_avec_image(octets: bytes, filtre: Name | Array, cote: int = 500) -> bytes:
    def poser(pdf: Pdf) -> None:
        flux = Stream(pdf, octets)
        flux.Type, flux.Subtype, flux.Filter = Name.XObject, Name.Image, filtre
        flux.Width = flux.Height = cote
        flux.ColorSpace, flux.BitsPerComponent = Name.DeviceGray, 1
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=flux))
        pdf.pages[0].Contents = Stream(pdf, b"q 300 0 0 300 0 0 cm /I Do Q")

    return pdf_de(poser)


def pdf_brut(*objets: str, suite: str = "") -> bytes:
    """A PDF written by hand: objects numbered from 1 (the catalogue first), right offsets, `suite` in the trailer."""
    corps = b"%PDF-1.7\n"
    places = []
    for numero, objet in enumerate(objets, 1):
        places.append(len(corps))
        corps += f"{numero} 0 obj\n{objet}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    taille = len(objets) + 1
    fin = f"xref\n0 {taille}\n0000000000 65535 f \n{table}trailer\n<< /Size {taille} /Root 1 0 R {suite} >>\n"
    fin = fin.replace("ICI", str(len(corps)))
    return corps + f"{fin}startxref\n{len(corps)}\n%%EOF\n".encode("latin-1")


def bloc(nom: bytes, octets: bytes) -> bytes:
    return struct.pack(">I", len(octets)) + nom + octets + struct.pack(">I", zlib.crc32(nom + octets))


def png_de(largeur: int, hauteur: int, *blocs: bytes) -> bytes:
    tete = bloc(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + tete + b"".join(blocs) + bloc(b"IEND", b"")


def png_avec(blocs: bytes) -> bytes:
    """A valid picture with chunks after its header."""
    bon = image("PNG")
    return bon[:33] + blocs + bon[33:]


def zip_de(commentaire: bytes = b"") -> bytes:
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("programme.exe", b"MZ")
        archive.comment = commentaire
    return sortie.getvalue()


def beaucoup_de_pages(nombre: int) -> bytes:
    feuilles = [PAGE] * nombre
    numeros = " ".join(f"{3 + rang} 0 R" for rang in range(nombre))
    return pdf_brut(CATALOGUE, f"<< /Type /Pages /Count {nombre} /Kids [{numeros}] >>", *feuilles)


def lourd(taille: int) -> bytes:
    """A valid picture of exactly `taille` bytes."""
    bon = image("PNG")
    return png_avec(bloc(b"raNd", os.urandom(taille - len(bon) - 12)))

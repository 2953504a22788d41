"""Files made to deceive or to do harm; they are generated, never stored.

Each has the reason to refuse it, or `DESARME` if it is kept after rewriting, which makes it harmless.
"""

from __future__ import annotations

import os
import socket
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from pikepdf import Array, Dictionary, Encryption, Name, Object, ObjectStreamMode, Pdf, Stream
from PIL import Image

from outils.fichiers_bons import (
    CATALOGUE,
    PAGE,
    UNE_PAGE,
    beaucoup_de_pages,
    bloc,
    image,
    lourd,
    pdf_avec_image,
    pdf_brut,
    pdf_de,
    png_avec,
    png_de,
    zip_de,
)

TAILLE_MAX = 5_000_000
PAGES_MAX = 100
DESARME = ""
# A name and its reason, and the function that writes the file into a folder and returns its path.
Pose = Callable[[Path], Path]


# --- what is wrong in them --------------------------------------------------------------------------------------


def jpeg_avec_un_zip_dedans() -> bytes:
    """The archive is in a comment of the picture; the rest of the picture is the archive's own comment."""
    bon = image("JPEG")
    archive = zip_de(commentaire=bon[2:])
    return bon[:2] + b"\xff\xfe" + struct.pack(">H", len(archive) - len(bon) + 4) + archive


def jpeg_geant() -> bytes:
    octets = bytearray(image("JPEG"))
    cadre = octets.index(b"\xff\xc0")
    octets[cadre + 5 : cadre + 9] = struct.pack(">HH", 50_000, 50_000)
    return bytes(octets)


def apng() -> bytes:
    sortie = BytesIO()
    Image.new("RGB", (9, 9)).save(sortie, "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9), "red")])
    return sortie.getvalue()


def jbig2_en_boucle() -> bytes:
    """Segments that refer to themselves and to each other."""

    def segment(numero: int, genre: int, vers: list[int], octets: bytes) -> bytes:
        tete = struct.pack(">IB", numero, genre) + bytes([len(vers) << 5, *vers, 1])
        return tete + struct.pack(">I", len(octets)) + octets

    page = segment(0, 48, [], struct.pack(">IIIIBH", 500, 500, 0, 0, 0, 0))
    boucle = segment(1, 6, [1], bytes(30)) + segment(2, 6, [3], bytes(30)) + segment(3, 6, [2], bytes(30))
    return pdf_avec_image(page + boucle, Name.JBIG2Decode)


def flux_d_objets(tete: bytes, corps: bytes, nombre: int, cles: str = "") -> bytes:
    presse = comprimer(tete + corps)
    dictionnaire = (
        f"<< /Type /ObjStm /N {nombre} /First {len(tete)} {cles} /Filter /FlateDecode /Length {len(presse)} >>"
    )
    return dictionnaire.encode() + b"\nstream\n" + presse + b"\nendstream"


def pdf_a_flux(*objets: bytes | tuple[int, int]) -> bytes:
    """A PDF whose cross-reference table is a stream; an object is written out, or is in an object stream at a rank."""
    corps, table = b"%PDF-1.7\n", [b"\0" + bytes(7)]
    for numero, objet in enumerate(objets, 1):
        if isinstance(objet, bytes):
            table.append(b"\1" + struct.pack(">I", len(corps)) + bytes(3))
            corps += b"%d 0 obj\n%s\nendobj\n" % (numero, objet)
        else:
            table.append(b"\2" + struct.pack(">I", objet[0]) + objet[1].to_bytes(3))
    ici = len(corps)
    table.append(b"\1" + struct.pack(">I", ici) + bytes(3))
    presse = comprimer(b"".join(table))
    tete = f"<< /Type /XRef /Size {len(table)} /W [1 4 3] /Root 1 0 R /Filter /FlateDecode /Length {len(presse)} >>"
    corps += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (len(objets) + 1, tete.encode(), presse)
    return corps + b"startxref\n%d\n%%%%EOF\n" % ici


def flux_d_objets_en_lui_meme() -> bytes:
    """The object stream with the page claims to be inside itself, and extends itself."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>"
    flux = flux_d_objets(b"3 0 ", page, 1, "/Extends 4 0 R")
    return pdf_a_flux(CATALOGUE.encode(), UNE_PAGE.encode(), (4, 0), (4, 1), flux)


def cent_mille_pages() -> bytes:
    """A hundred thousand real pages in a small file: in an object stream they take almost no room."""
    nombre = 100_000
    feuille = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>> "
    numeros = range(4, 4 + nombre)
    arbre = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (nombre, b"".join(b"%d 0 R " % numero for numero in numeros))
    places = b"".join(b"%d %d " % (numero, rang * len(feuille)) for rang, numero in enumerate(numeros))
    flux = flux_d_objets(places, feuille * nombre, nombre)
    return pdf_a_flux(CATALOGUE.encode(), arbre, flux, *((3, rang) for rang in range(nombre)))


def _action(pdf: Pdf, genre: str, cle: str, valeur: str) -> None:
    pdf.Root.OpenAction = Dictionary({"/S": Name(genre), cle: valeur})


def _annotation(pdf: Pdf, cle: str, valeur: Object) -> None:
    annotation = Dictionary({"/Type": Name.Annot, "/Rect": Array([0, 0, 9, 9]), cle: valeur})
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])


def _joindre(pdf: Pdf) -> None:
    fichier = Dictionary(Type=Name.Filespec, F="a.exe", EF=Dictionary(F=Stream(pdf, b"MZ")))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(["a.exe", pdf.make_indirect(fichier)])))


def _script_dans_l_arbre(pdf: Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))


def _porte_documents(pdf: Pdf) -> None:
    _joindre(pdf)
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)


def _xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp/>"))


def _contenu(octets: bytes, filtre: Name | Array) -> Callable[[Pdf], None]:
    def poser(pdf: Pdf) -> None:
        flux = Stream(pdf, octets)
        flux.Filter = filtre
        pdf.pages[0].Contents = flux

    return poser


def comprimer(octets: bytes) -> bytes:
    return zlib.compress(octets)


@cache
def zeros(millions: int) -> bytes:
    """Millions of zeros, compressed without being held in memory at once."""
    presse = zlib.compressobj(1)
    million = bytes(10**6)
    return b"".join([*(presse.compress(million) for _ in range(millions)), presse.flush()])


# --- the table --------------------------------------------------------------------------------------------------


def contenu(nom: str, fabrique: Callable[[], bytes]) -> Pose:
    def poser(dossier: Path) -> Path:
        chemin = dossier / nom
        chemin.write_bytes(fabrique())
        return chemin

    return poser


def pdf(changer: Callable[[Pdf], object]) -> Pose:
    return contenu("a.pdf", lambda: pdf_de(changer))


def _lien(dossier: Path) -> Path:
    vrai = dossier / "vrai.png"
    vrai.write_bytes(image("PNG"))
    return _pointer(dossier / "a.png", vrai)


def _pointer(chemin: Path, cible: Path) -> Path:
    chemin.symlink_to(cible)
    return chemin


def _dossier(dossier: Path) -> Path:
    chemin = dossier / "a.pdf"
    chemin.mkdir()
    return chemin


def _tube(dossier: Path) -> Path:
    chemin = dossier / "a.pdf"
    os.mkfifo(chemin)
    return chemin


def _prise(dossier: Path) -> Path:
    chemin = dossier / "a.pdf"
    with socket.socket(socket.AF_UNIX) as prise:
        prise.bind(str(chemin))
    return chemin


HOSTILES: dict[str, tuple[Pose, str]] = {
    # What is not a file that lies still.
    "link": (_lien, "lien"),
    "link to a folder": (lambda d: _pointer(d / "a.pdf", d), "lien"),
    "link to nothing": (lambda d: _pointer(d / "a.pdf", d / "rien"), "lien"),
    "folder": (_dossier, "nature"),
    "pipe": (_tube, "nature"),
    "socket": (_prise, "nature"),
    "device": (lambda _: Path("/dev/zero"), "nature"),
    "more than it says": (lambda _: Path("/proc/self/status"), "change"),
    "gone": (lambda d: d / "a.pdf", "absent"),
    "below a file": (lambda d: contenu("a.pdf", lambda: b"x")(d) / "b.pdf", "absent"),
    "NUL in the name": (lambda d: d / "a\0.pdf", "absent"),
    "empty": (contenu("a.pdf", bytes), "vide"),
    "one byte": (contenu("a.pdf", lambda: b"%"), "format"),
    "one byte too many": (contenu("a.png", lambda: lourd(TAILLE_MAX + 1)), DESARME),
    # What is not what it is named.
    "png named pdf": (contenu("a.pdf", lambda: image("PNG")), DESARME),
    "pdf named jpg": (contenu("a.jpg", pdf_de), DESARME),
    "jpg named exe": (contenu("a.jpg.exe", lambda: image("JPEG")), DESARME),
    "no suffix": (contenu("pdf", pdf_de), DESARME),
    "html": (contenu("a.pdf", lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>"), "format"),
    "svg": (contenu("a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "format"),
    "gif": (contenu("a.png", lambda: image("GIF", "L")), "format"),
    "tiff": (contenu("a.jpg", lambda: image("TIFF")), "format"),
    "webp": (contenu("a.jpg", lambda: image("WEBP")), "format"),
    "heic": (contenu("a.jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)), "abime"),
    "program": (contenu("a.pdf", lambda: b"MZ" + bytes(500)), "format"),
    "archive": (contenu("a.pdf", zip_de), "format"),
    # What is two things at once.
    "pdf then zip": (contenu("a.pdf", lambda: pdf_de() + zip_de()), "suite"),
    "pdf then zip that ends as a pdf": (contenu("a.pdf", lambda: pdf_de() + zip_de(b"%%EOF")), "suite"),
    "pdf then html": (contenu("a.pdf", lambda: pdf_de() + b"<script>alert(1)</script>"), DESARME),
    "zip then pdf": (contenu("a.pdf", lambda: zip_de() + pdf_de()), "format"),
    "junk then pdf": (contenu("a.pdf", lambda: b"junk\n" + pdf_de()), DESARME),
    "byte order mark then pdf": (contenu("a.pdf", lambda: b"\xef\xbb\xbf" + pdf_de()), DESARME),
    "png then pdf": (contenu("a.png", lambda: image("PNG") + pdf_de()), DESARME),
    "png with a pdf in its text": (contenu("a.png", lambda: png_avec(bloc(b"tEXt", b"a\0" + pdf_de()))), "suite"),
    "jpeg then zip": (contenu("a.jpg", lambda: image("JPEG") + zip_de()), "suite"),
    "jpeg with a zip in its comment": (contenu("a.jpg", jpeg_avec_un_zip_dedans), "suite"),
    "jpeg filled up": (contenu("a.jpg", lambda: image("JPEG")[:-2] + b"\xff" * 4_000_000 + b"\0"), "suite"),
    # What breaks off or lies.
    "pdf cut": (contenu("a.pdf", lambda: pdf_de()[:-40]), "abime"),
    "png cut": (contenu("a.png", lambda: image("PNG")[:-40]), "suite"),
    "jpeg cut": (contenu("a.jpg", lambda: image("JPEG")[:-40]), "suite"),
    "pdf cut and closed": (contenu("a.pdf", lambda: pdf_de()[:300] + b"\n%%EOF"), "abime"),
    "png cut and closed": (contenu("a.png", lambda: image("PNG")[:33] + bloc(b"IEND", b"")), "abime"),
    "png with a wrong sum": (contenu("a.png", lambda: image("PNG").replace(b"IDATx", b"IDATy")), "abime"),
    "png that ends too early": (
        contenu("a.png", lambda: png_de(2000, 2000, bloc(b"IDAT", comprimer(bytes(9))))),
        "abime",
    ),
    "jpeg without its tables": (contenu("a.jpg", lambda: b"\xff\xd8\xff\xe0\0\2\xff\xd9"), "abime"),
    "pdf with a picture that is none": (
        contenu("a.pdf", lambda: pdf_avec_image(b"garbage" * 20, Name.DCTDecode)),
        "abime",
    ),
    "animated png": (contenu("a.png", apng), "plusieurs"),
    # What asks too much.
    "png of 50,000 x 50,000": (
        contenu("a.png", lambda: png_de(50_000, 50_000, bloc(b"IDAT", comprimer(bytes(999))))),
        "pixels",
    ),
    "jpeg of 50,000 x 50,000": (contenu("a.jpg", jpeg_geant), "pixels"),
    "page of 50,000 x 50,000": (contenu("a.pdf", lambda: pdf_de(cote=50_000)), "dimensions"),
    "page of a point": (contenu("a.pdf", lambda: pdf_de(cote=1)), "dimensions"),
    "pdf with a picture of 50,000 x 50,000": (
        contenu("a.pdf", lambda: pdf_avec_image(zeros(50), Name.FlateDecode, cote=50_000)),
        "pixels",
    ),
    "pdf with a jpeg of 50,000 x 50,000": (
        contenu("a.pdf", lambda: pdf_avec_image(jpeg_geant(), Name.DCTDecode)),
        "pixels",
    ),
    "bomb in a page": (contenu("a.pdf", lambda: pdf_de(_contenu(zeros(150), Name.FlateDecode))), "limites"),
    "bomb in a bomb": (
        contenu("a.pdf", lambda: pdf_de(_contenu(comprimer(zeros(150)), Array([Name.FlateDecode] * 2)))),
        "limites",
    ),
    "bomb before a picture": (
        contenu("a.pdf", lambda: pdf_avec_image(zeros(150), Array([Name.FlateDecode, Name.JBIG2Decode]))),
        "limites",
    ),
    "bomb in the text of a png": (contenu("a.png", lambda: png_avec(bloc(b"zTXt", b"a\0\0" + zeros(150)))), "abime"),
    "101 pages": (contenu("a.pdf", lambda: beaucoup_de_pages(PAGES_MAX + 1)), "pages"),
    "100,000 pages": (contenu("a.pdf", cent_mille_pages), "pages"),
    "no page": (contenu("a.pdf", lambda: pdf_brut(CATALOGUE, "<< /Type /Pages /Kids [] /Count 0 >>")), "abime"),
    # What never ends.
    "xref loop": (contenu("a.pdf", lambda: pdf_brut(CATALOGUE, UNE_PAGE, PAGE, suite="/Prev ICI")), DESARME),
    "page tree loop": (
        contenu("a.pdf", lambda: pdf_brut(CATALOGUE, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")),
        "abime",
    ),
    "object stream in itself": (contenu("a.pdf", flux_d_objets_en_lui_meme), "abime"),
    "jbig2 loop": (contenu("a.pdf", jbig2_en_boucle), "abime"),
    "length that is its own": (
        contenu("a.pdf", lambda: pdf_brut(CATALOGUE, UNE_PAGE, "<< /Length 3 0 R >>\nstream\nq\nendstream")),
        "abime",
    ),
    "a hundred thousand brackets": (
        contenu("a.pdf", lambda: pdf_brut(CATALOGUE, UNE_PAGE, PAGE, "[" * 100_000 + "]" * 100_000)),
        "limites",
    ),
    # What is locked.
    "user password": (contenu("a.pdf", lambda: pdf_de(chiffrement=Encryption(owner="a", user="b"))), "chiffre"),
    "owner password": (contenu("a.pdf", lambda: pdf_de(chiffrement=Encryption(owner="a", user=""))), DESARME),
    # What acts.
    "script at opening": (pdf(lambda p: _action(p, "/JavaScript", "/JS", "app.alert(1)")), DESARME),
    "address at opening": (pdf(lambda p: _action(p, "/URI", "/URI", "http://127.0.0.1")), DESARME),
    "script in the name tree": (pdf(_script_dans_l_arbre), DESARME),
    "script in a stream of objects": (
        contenu("a.pdf", lambda: pdf_de(_script_dans_l_arbre, objets=ObjectStreamMode.generate)),
        DESARME,
    ),
    "script under another spelling": (
        contenu(
            "a.pdf", lambda: pdf_brut(CATALOGUE, UNE_PAGE, PAGE, "<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>")
        ),
        DESARME,
    ),
    "program launched": (pdf(lambda p: _annotation(p, "/A", Dictionary(S=Name.Launch, F="a.exe"))), DESARME),
    "form sent": (pdf(lambda p: _annotation(p, "/A", Dictionary(S=Name.SubmitForm))), DESARME),
    "other file opened": (pdf(lambda p: _annotation(p, "/A", Dictionary(S=Name.GoToR, F="a.pdf"))), DESARME),
    "automatic action": (pdf(lambda p: _annotation(p, "/AA", Dictionary(U=Dictionary(S=Name.Named)))), DESARME),
    "embedded file": (pdf(_joindre), DESARME),
    "file in an annotation": (pdf(lambda p: _annotation(p, "/Subtype", Name.FileAttachment)), DESARME),
    "portfolio": (pdf(_porte_documents), "porte_documents"),
    "dynamic form": (pdf(_xfa), "actif"),
    "rich media": (pdf(lambda p: _annotation(p, "/Subtype", Name.RichMedia)), "actif"),
    "video": (pdf(lambda p: _annotation(p, "/A", Dictionary(S=Name.Rendition))), "actif"),
}


# --- what draws without end -------------------------------------------------------------------------------------


def formes_emboitees(profondeur: int = 9, fois: int = 10) -> bytes:
    """A few hundred bytes of drawings that draw each other, so many times that no one sees the end."""
    objets = [CATALOGUE, UNE_PAGE]
    for rang in range(profondeur + 1):
        dessin = "/F Do " * fois if rang < profondeur else "0 0 9 9 re f"
        suite = f"/Resources << /XObject << /F {4 + rang + 1} 0 R >> >>" if rang < profondeur else ""
        flux = f"/Length {len(dessin)} >>\nstream\n{dessin}\nendstream"
        if not rang:
            objets.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
                "/Resources << /XObject << /F 5 0 R >> >> >>"
            )
            objets.append(f"<< {flux}")
        else:
            objets.append(f"<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] {suite} {flux}")
    return pdf_brut(*objets)


def dessins_sans_fin(combien: int = 2_500_000) -> bytes:
    """A small file whose page is made of so many drawings that who keeps them all has no memory left."""
    return pdf_de(_contenu(comprimer(comprimer(b"n 0 0 9 9 re f " * combien)), Array([Name.FlateDecode] * 2)))

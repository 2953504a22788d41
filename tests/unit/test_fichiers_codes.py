"""Reading QR codes from untrusted files: tilted scans, other codes, files made to do harm."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno
from outils.editions import POLICES, REFERENCE, document_de, recapitulatif_du_guide
from PIL import Image, ImageFilter

from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.editions.pdf import rendre_pdf
from cyclades_tui.fichiers import codes
from cyclades_tui.fichiers.cage.codes_qr import PAGES_MAX
from cyclades_tui.fichiers.codes import TAILLE_MAX, lire

PDF = rendre_pdf(document_de(recapitulatif_du_guide()), POLICES)


def numeriser(degres: float, flou: float = 0.6, points_par_pouce: int = 150) -> Image.Image:
    """The first page, scanned."""
    with pypdfium2.PdfDocument(PDF) as pdf:
        page = pdf[0].render(scale=points_par_pouce / 72).to_pil()
    assert isinstance(page, Image.Image)
    tournee = page.rotate(degres, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return tournee.filter(ImageFilter.GaussianBlur(flou))


def ecrire(image: Image.Image, forme: str) -> bytes:
    sortie = BytesIO()
    image.save(sortie, forme)
    return sortie.getvalue()


@pytest.mark.parametrize(("forme", "degres"), [("PNG", -8), ("JPEG", 2.5), ("WEBP", 93), ("PDF", -4), ("PDF", 180)])
def test_a_scan_is_read_also_askew(forme: str, degres: float) -> None:
    assert lire(ecrire(numeriser(degres), forme)).codes == (REFERENCE.code,)


def test_a_coarse_scan_askew_is_read() -> None:
    assert lire(ecrire(numeriser(5, flou=0.3, points_par_pouce=100), "PNG")).codes == (REFERENCE.code,)


def test_a_telephone_s_picture_is_read_with_what_its_camera_noted() -> None:
    exif, sortie = Image.Exif(), BytesIO()
    exif[0x112] = 6
    numeriser(90, points_par_pouce=100).save(sortie, "JPEG", exif=exif)
    assert lire(sortie.getvalue()).codes == (REFERENCE.code,)


def test_the_pdf_itself_is_read() -> None:
    assert lire(PDF).codes == (REFERENCE.code,)


def test_each_code_of_a_paper_is_told_once() -> None:
    image = numeriser(0)
    autre = BytesIO()
    segno.make_qr("https://example.org").save(autre, kind="png", scale=5)
    image.paste(Image.open(autre).convert("RGB"), (700, 700))
    assert set(lire(ecrire(image, "PNG")).codes) == {REFERENCE.code, "https://example.org"}
    with pikepdf.open(BytesIO(PDF)) as double, pikepdf.open(BytesIO(PDF)) as source:
        double.pages.extend(source.pages)
        sortie = BytesIO()
        double.save(sortie)
    assert lire(sortie.getvalue()).codes == (REFERENCE.code,)


def test_a_sheet_without_code_has_none() -> None:
    assert lire(ecrire(Image.new("RGB", (600, 800), "white"), "PNG")).codes == ()


def png_qui_ment(largeur: int, hauteur: int) -> bytes:
    """A header that announces more than the file holds."""

    def bloc(nom: bytes, octets: bytes) -> bytes:
        return struct.pack(">I", len(octets)) + nom + octets + struct.pack(">I", zlib.crc32(nom + octets))

    tete = bloc(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + tete + bloc(b"IDAT", zlib.compress(bytes(1000))) + bloc(b"IEND", b"")


def pdf_de(pages: int, cote: float = 500) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(cote, cote))
        sortie = BytesIO()
        pdf.save(sortie)
    return sortie.getvalue()


def pdf_protege() -> bytes:
    sortie = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as pdf:
        pdf.save(sortie, encryption=pikepdf.Encryption(owner="a", user="b"))
    return sortie.getvalue()


def pdf_a_bombe() -> bytes:
    """A picture of 2.5 thousand million points in a small file."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        # Zeros compress a thousandfold; the stream is truncated, the announced size is not.
        image = pikepdf.Stream(pdf, zlib.compress(bytes(50_000_000)))
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 50_000
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        image.Filter = pikepdf.Name.FlateDecode
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pikepdf.Stream(pdf, b"q 595 0 0 842 0 0 cm /I Do Q")
        sortie = BytesIO()
        pdf.save(sortie, compress_streams=False)
    return sortie.getvalue()


REFUSES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "lecture.vide"),
    "huge": (lambda: bytes(TAILLE_MAX + 1), "lecture.taille"),
    "text": (lambda: b"CYCLADES:01948418953", "lecture.format"),
    "gif": (lambda: ecrire(Image.new("L", (9, 9)), "GIF"), "lecture.format"),
    "pdf cut": (lambda: PDF[: len(PDF) // 2], "lecture.abime"),
    "pdf head only": (lambda: b"%PDF-1.7", "lecture.abime"),
    "png cut": (lambda: ecrire(numeriser(0), "PNG")[:50_000], "lecture.abime"),
    "jpeg cut": (lambda: ecrire(numeriser(0), "JPEG")[:50_000], "lecture.abime"),
    "webp cut": (lambda: ecrire(numeriser(0), "WEBP")[:50_000], "lecture.abime"),
    "png short": (lambda: png_qui_ment(2000, 2000), "lecture.abime"),
    "encrypted": (pdf_protege, "lecture.chiffre"),
    "50,000 x 50,000": (lambda: png_qui_ment(50_000, 50_000), "lecture.pixels"),
    "many pages": (lambda: pdf_de(PAGES_MAX + 1), "lecture.pages"),
}


@pytest.mark.parametrize("cas", REFUSES)
def test_what_cannot_be_read_is_refused_with_its_reason(cas: str) -> None:
    fabrique, code = REFUSES[cas]
    with pytest.raises(SaisieRefusee) as refus:
        lire(fabrique())
    (faute,) = refus.value.fautes
    assert faute.code == code
    assert faute.message
    assert faute.remede


def test_vast_pages_are_drawn_small() -> None:
    assert lire(pdf_de(2, cote=14_400)).codes == ()


def test_a_bomb_in_a_pdf_yields_nothing() -> None:
    assert lire(pdf_a_bombe()).codes == ()


def test_a_reader_that_takes_too_long_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "DUREE_MAX", 0.001)
    with pytest.raises(SaisieRefusee) as refus:
        lire(PDF)
    assert [faute.code for faute in refus.value.fautes] == ["lecture.limites"]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the current or the temporary folder, whose modules are not imported either."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    piege = tmp_path / "zxingcpp.py"
    piege.write_text("raise SystemExit", encoding="utf-8")
    assert lire(PDF).codes == (REFERENCE.code,)
    with pytest.raises(SaisieRefusee):
        lire(PDF[:5000])
    assert list(tmp_path.iterdir()) == [piege]

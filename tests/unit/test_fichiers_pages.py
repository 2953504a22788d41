"""A page for the preview: of the size asked, upright, on white paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from outils.fichiers_bons import pdf_de, remplir_un_formulaire
from pikepdf import Array, Pdf, Stream
from PIL import Image

from cyclades_tui.fichiers.cage.pages import PIXELS_RENDUS, rendre_une_page

ROUGE, BLANC = (255, 0, 0), (255, 255, 255)


def un_coin_rouge(pdf: Pdf) -> None:
    """A page of 300 by 600 points whose top left is red, and a second page that is all red."""
    pdf.pages[0].mediabox = Array([0, 0, 300, 600])
    pdf.pages[0].Contents = Stream(pdf, b"1 0 0 rg 0 500 100 100 re f")
    seconde = pdf.add_blank_page(page_size=(300, 300))
    seconde.Contents = Stream(pdf, b"1 0 0 rg 0 0 300 300 re f")


def image(mode: str, couleur: float | tuple[int, ...], forme: str = "PNG", exif: bytes = b"") -> bytes:
    sortie = BytesIO()
    Image.new(mode, (60, 30), couleur).save(sortie, forme, exif=exif)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("rotation", "taille", "rouge", "blanc"),
    [
        (0, (150, 300), (5, 5), (140, 5)),
        (90, (150, 75), (145, 5), (5, 5)),
        (180, (150, 300), (145, 295), (5, 295)),
        (-90, (150, 75), (5, 70), (145, 70)),
    ],
)
def test_a_page_is_drawn_as_wide_as_asked_once_turned(
    rotation: int, taille: tuple[int, int], rouge: tuple[int, int], blanc: tuple[int, int]
) -> None:
    rendue = rendre_une_page(pdf_de(un_coin_rouge), "PDF", 0, 150, rotation)
    assert rendue.size == taille
    assert (rendue.getpixel(rouge), rendue.getpixel(blanc)) == (ROUGE, BLANC)


def test_pages_are_counted_from_zero_and_have_a_bounded_number_of_pixels() -> None:
    octets = pdf_de(un_coin_rouge)
    assert rendre_une_page(octets, "PDF", 1, 50).getpixel((25, 25)) == ROUGE
    grande = rendre_une_page(octets, "PDF", 0, 100_000)
    assert grande.width * grande.height <= PIXELS_RENDUS * 1.01


def test_what_was_typed_into_a_form_is_drawn() -> None:
    assert rendre_une_page(pdf_de(remplir_un_formulaire), "PDF", 0, 50).getpixel((25, 25)) == ROUGE


def test_a_picture_stands_as_its_camera_held_it_and_then_as_it_is_turned() -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    octets = image("RGB", (255, 0, 0), "JPEG", exif=exif.tobytes())
    assert rendre_une_page(octets, "JPEG", 0, 1000).size == (30, 60)
    assert rendre_une_page(octets, "JPEG", 0, 1000, 90).size == (60, 30)
    assert rendre_une_page(octets, "JPEG", 0, 15).size == (15, 30)
    # Words where Pillow needs numbers to write the notes again: our code only reads them.
    exif[0x10F] = "x"
    etrange = exif.tobytes().replace(b"\x01\x0f", b"\x01\x0a")
    assert rendre_une_page(image("RGB", (9, 9, 9), "JPEG", etrange), "JPEG", 0, 1000).size == (30, 60)


@pytest.mark.parametrize(
    ("mode", "couleur", "attendue"),
    [
        ("L", 100, (100, 100, 100)),
        ("1", 1, BLANC),
        ("I;16", 100 * 256, (100, 100, 100)),
        ("RGBA", (255, 0, 0, 0), BLANC),
        ("LA", (0, 0), BLANC),
    ],
)
def test_every_kind_of_picture_is_shown_in_colours_on_white_paper(
    mode: str, couleur: float | tuple[int, ...], attendue: tuple[int, int, int]
) -> None:
    rendue = rendre_une_page(image(mode, couleur), "PNG", 0, 1000)
    assert (rendue.mode, rendue.getpixel((5, 5))) == ("RGB", attendue)


def test_a_picture_for_print_is_shown() -> None:
    assert rendre_une_page(image("CMYK", (0, 0, 0, 0), "JPEG"), "JPEG", 0, 9).getpixel((1, 1)) == BLANC

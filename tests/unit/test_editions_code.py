"""The QR code of the récapitulatif: its place, and whether it holds the reference printed beside it."""

from __future__ import annotations

import random
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from outils.editions import POLICES, REFERENCE, difficiles, document_de, recapitulatif_du_guide
from PIL import Image, ImageDraw

from cyclades_tui.domaine.document import DocumentCompose, Style
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.reference import EXEMPLE, lire_reference
from cyclades_tui.editions.code import COTE, dessiner_code
from cyclades_tui.editions.mise_en_page import CARACTERES, DROITE, GAUCHE, mettre_en_page
from cyclades_tui.editions.pdf import caracteres, rendre_pdf
from cyclades_tui.editions.polices import MM_PAR_POINT, choisir_jeu

MARGE = 4 * COTE / 33  # a reader needs four white modules; the code has 33

CAS = {
    "guide": recapitulatif_du_guide(),
    "formation": replace(recapitulatif_du_guide(), formation=True),
    **difficiles(),
}


def premiere_page(document: DocumentCompose, points_par_pouce: int) -> Image.Image:
    with pypdfium2.PdfDocument(rendre_pdf(document, POLICES)) as pdf:
        image = pdf[0].render(scale=points_par_pouce / 72, grayscale=True).to_pil()
        assert isinstance(image, Image.Image)
        return image


def lus(image: Image.Image) -> list[str]:
    return [lu.text for lu in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("cas", CAS)
def test_a_reader_finds_the_reference_on_the_first_page(cas: str) -> None:
    document = document_de(CAS[cas])
    assert lus(premiere_page(document, 150)) == [REFERENCE.code]
    (bloc,) = [bloc for bloc in document.blocs if bloc.style is Style.REFERENCE]
    assert lire_reference(bloc.texte) == REFERENCE


def test_a_stamp_on_the_code_does_not_hide_it() -> None:
    """Hide seven millimetres in the middle of the code."""
    document = document_de(recapitulatif_du_guide())
    code = mettre_en_page(document, choisir_jeu(POLICES, caracteres(document)))[0].pleins
    image = premiere_page(document, 200)
    gauche, haut = (200 / 25.4 * (debut + COTE / 2 - 3.5) for debut in (GAUCHE, code[0].y))
    ImageDraw.Draw(image).ellipse((gauche, haut, gauche + 55, haut + 55), fill=0)
    assert lus(image) == [REFERENCE.code]


@pytest.mark.parametrize("cas", CAS)
def test_the_code_stands_over_nothing_and_within_the_margins(cas: str) -> None:
    document = document_de(CAS[cas])
    jeu = choisir_jeu(POLICES, caracteres(document))
    page, *suivantes = mettre_en_page(document, jeu)
    assert not any(suivante.pleins for suivante in suivantes)
    gauche, haut = min(plein.x for plein in page.pleins), min(plein.y for plein in page.pleins)
    assert gauche == GAUCHE
    assert max(plein.x + plein.largeur for plein in page.pleins) == pytest.approx(gauche + COTE)
    assert max(plein.y + plein.hauteur for plein in page.pleins) == pytest.approx(haut + COTE)
    for texte in page.textes:
        corps = texte.corps * MM_PAR_POINT
        assert texte.x + jeu.mesure(texte.corps)(texte.texte, texte.gras) <= DROITE + 0.01
        a_cote = texte.x >= gauche + COTE + MARGE
        assert a_cote or texte.y + 0.25 * corps <= haut - 0.5 or texte.y - 0.8 * corps >= haut + COTE + MARGE, texte


def test_the_reference_takes_no_room_from_the_addressee() -> None:
    """The text beside the code ends before the right column."""
    document = document_de(recapitulatif_du_guide())
    jeu = choisir_jeu(POLICES, caracteres(document))
    corps = CARACTERES[Style.REFERENCE].corps
    page = mettre_en_page(document, jeu)[0]
    mots = [texte for texte in page.textes if texte.corps == corps and texte.y < 100]
    colonne = next(texte.x for texte in page.textes if texte.texte.startswith("MADAME"))
    assert len(mots) == 3
    assert all(mot.x + jeu.mesure(corps)(mot.texte, mot.gras) < colonne for mot in mots)


def test_an_empty_text_has_no_code() -> None:
    assert dessiner_code("", 0, 0) == []


def test_no_rectangle_covers_another() -> None:
    pleins = dessiner_code(REFERENCE.code, 0, 0)
    for rang, plein in enumerate(pleins[1:], start=1):
        avant = pleins[rang - 1]
        assert plein.y > avant.y or plein.x >= avant.x + avant.largeur


def test_a_reference_is_read_back_however_it_is_typed() -> None:
    for texte in (REFERENCE.code, REFERENCE.lisible, f"  {REFERENCE.code.lower()}\n", " ".join(REFERENCE.code)):
        assert lire_reference(texte) == REFERENCE
    assert lire_reference(EXEMPLE).code == EXEMPLE


def test_a_reference_is_read_from_a_scanner_of_another_keyboard() -> None:
    """US layout on an AZERTY desk, with and without Caps Lock, and an AZERTY scanner on a US desk."""
    for azerty, qwerty in (("à&é\"'(-è_çMQAZW", "0123456789:AQWZ"), ("À&É\"'(-È_ÇMQAZW", "0123456789:AQWZ")):
        assert lire_reference(REFERENCE.code.translate(str.maketrans(qwerty, azerty))) == REFERENCE
    assert lire_reference(REFERENCE.code.translate(str.maketrans("0123456789:AQWZ", ")!@#$%^&*(.QAZW"))) == REFERENCE


HASARD = random.Random(3)  # noqa: S311 - broken references, not secrets


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "CYCLADES",
        "01948418953:005:1:0123456789ABCDEF0123456789ABCDEF",
        REFERENCE.code[:-1],
        f"{REFERENCE.code}0",
        REFERENCE.code.replace("ABCDEF", "ABCDEG"),
        REFERENCE.code.replace(":005:", "::"),
        REFERENCE.code.replace(":1:", ":1234567:"),
        REFERENCE.code.replace("01948418953", "٠١٩٤٨٤١٨٩٥٣"),
        "x" * 100_000,
        *("".join(HASARD.sample(REFERENCE.code, len(REFERENCE.code))) for _ in range(3)),
    ],
    ids=lambda texte: texte[:20].replace("/", " "),
)
def test_what_is_no_reference_is_refused_in_few_words(texte: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_reference(texte)
    assert [faute.code for faute in refus.value.fautes] == ["reference.forme"]
    assert len(str(refus.value)) < 300

"""Examining deposited files: good ones are kept unchanged, each hostile one is refused for its own reason."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pillow_heif
import pytest
from outils.cage import plus_de_lecteur
from outils.editions import POLICES, document_de, recapitulatif_du_guide
from outils.fichiers_bons import (
    CATALOGUE,
    PAGE,
    UNE_PAGE,
    beaucoup_de_pages,
    image,
    lourd,
    pdf_avec_image,
    pdf_brut,
    pdf_de,
    remplir_un_formulaire,
)
from outils.fichiers_hostiles import DESARME, HOSTILES, PAGES_MAX, TAILLE_MAX
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String
from PIL import Image

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import en_clair
from cyclades_tui.editions.pdf import rendre_pdf
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.cage import lecteur
from cyclades_tui.fichiers.cage.examen_pdf import controler_pdf
from cyclades_tui.fichiers.cage.pages import rendre_une_page
from cyclades_tui.fichiers.cage.reecriture_pdf import SIGNATURE
from cyclades_tui.fichiers.confinement import faire_lire
from cyclades_tui.fichiers.examen import Exigences, FichierExamine, examiner, reunir
from cyclades_tui.fichiers.refus import FichierIllisible

EXIGENCES = Exigences(("PDF", "JPEG", "PNG"), TAILLE_MAX, PAGES_MAX)


@pytest.fixture(autouse=True)
def _rien_ne_reste(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After each examination: no reader and no file is left."""
    temporaire = tmp_path / "tmp"
    temporaire.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporaire))
    monkeypatch.chdir(temporaire)
    yield
    assert plus_de_lecteur()
    assert list(temporaire.iterdir()) == []


def refus(chemin: Path, exigences: Exigences = EXIGENCES) -> Faute:
    with pytest.raises(SaisieRefusee) as refuse:
        examiner(chemin, exigences)
    (faute,) = refuse.value.fautes
    return faute


def pose(dossier: Path, nom: str, octets: bytes) -> Path:
    chemin = dossier / nom
    chemin.write_bytes(octets)
    return chemin


@pytest.mark.parametrize("cas", [cas for cas, (_, cle) in HOSTILES.items() if cle != DESARME])
def test_a_hostile_file_is_refused_with_its_reason_and_what_to_do(cas: str, tmp_path: Path) -> None:
    poser, cle = HOSTILES[cas]
    faute = refus(poser(tmp_path))
    assert (faute.code, faute.champ) == (f"piece.{cle}", "fichier")
    assert faute.message.endswith(".")
    assert faute.remede.endswith(".")
    assert not {"{", "}", "!"} & set(faute.message + faute.remede)


# What none of the files that are kept may hold, in any spelling, behind any compression.
ARMES = (b"JavaScript", b"/JS", b"alert", b"/Launch", b"/SubmitForm", b"/GoToR", b"/AA", b"/EF", b"FileAttachment")
DEHORS = (b"<script", b"PK\x03\x04", b"MZ", b"junk", b"\xef\xbb\xbf", b"/Encrypt", b"127.0.0.1")


def mis_a_plat(examine: FichierExamine) -> bytes:
    """All that is kept, as a reader sees it."""
    if examine.format != "PDF":
        return examine.octets
    sortie = BytesIO()
    with pikepdf.open(BytesIO(examine.octets), attempt_recovery=False) as pdf:
        pdf.save(sortie, qdf=True, object_stream_mode=ObjectStreamMode.disable)
    return sortie.getvalue() + examine.octets


@pytest.mark.parametrize("cas", [cas for cas, (_, cle) in HOSTILES.items() if cle == DESARME])
def test_what_is_kept_of_a_hostile_file_does_nothing_any_more(cas: str, tmp_path: Path) -> None:
    examine = examiner(HOSTILES[cas][0](tmp_path), EXIGENCES)
    plat = mis_a_plat(examine)
    assert [arme for arme in (*ARMES, *DEHORS) if examine.format == "PDF" and arme in plat] == []
    assert (examine.pages, len(examine.octets) <= TAILLE_MAX) == (1, True)
    # Examined again, it is kept byte for byte: nothing was left to take out.
    encore = examiner(pose(tmp_path, examine.nom, examine.octets), EXIGENCES)
    assert (encore.octets, encore.mots) == (examine.octets, ())


CAS_REELS = Path(__file__).parent.parent / "cas-reels" / "fichiers"
RETIRE = "Retiré de la copie gardée : {}. Les pages sont les mêmes."
LEVEES = "Les restrictions de ce PDF (impression, modification) sont levées dans la copie gardée."
# What people brought -> the name under which it is kept, what they are told.
REELS = {
    "02-html-apres.pdf": ("02-html-apres.pdf", ()),
    "03-sans-eof.pdf": ("03-sans-eof.pdf", ()),
    "04-ligne-vide-avant.pdf": ("04-ligne-vide-avant.pdf", ()),
    "06-restrictions-proprietaire.pdf": ("06-restrictions-proprietaire.pdf", (LEVEES,)),
    "07-formulaire-format-date-js.pdf": (
        "07-formulaire-format-date-js.pdf",
        (RETIRE.format("un programme (JavaScript), une action automatique"),),
    ),
    "08-piece-jointe-xml.pdf": ("08-piece-jointe-xml.pdf", (RETIRE.format("un fichier joint"),)),
    "10b-flate-ccitt.pdf": ("10b-flate-ccitt.pdf", ()),
    "12-lien-vers-un-autre-pdf.pdf": (
        "12-lien-vers-un-autre-pdf.pdf",
        (RETIRE.format("un lien vers un autre fichier"),),
    ),
    "13-impression-a-l-ouverture.pdf": (
        "13-impression-a-l-ouverture.pdf",
        (RETIRE.format("une action automatique"),),
    ),
    "34c-capture-un-nul.png": ("34c-capture-un-nul.png", ()),
    "IMG_0042.HEIC": ("IMG_0042.jpg", ("Photo HEIC gardée en JPEG.",)),
}


def test_every_real_case_has_its_outcome() -> None:
    assert {chemin.name for chemin in CAS_REELS.iterdir()} == set(REELS)


@pytest.mark.parametrize("cas", REELS)
def test_an_everyday_file_is_kept_with_its_page_and_a_word_of_what_went(cas: str, tmp_path: Path) -> None:
    examine = examiner(CAS_REELS / cas, EXIGENCES)
    assert (examine.nom, examine.mots, examine.pages) == (*REELS[cas], 1)
    assert [arme for arme in ARMES if arme in mis_a_plat(examine)] == []
    page = rendre_une_page(examine.octets, examine.format, 0, 400).convert("L")
    if cas.endswith(".pdf"):  # what PDFium draws of the file as it came; it opens all of these
        assert page.tobytes() == rendre_une_page((CAS_REELS / cas).read_bytes(), "PDF", 0, 400).convert("L").tobytes()
    assert page.getextrema() != (255, 255)
    encore = examiner(pose(tmp_path, examine.nom, examine.octets), EXIGENCES)
    assert (encore.octets, encore.mots) == (examine.octets, ())


def autour(avant: bytes = b"", apres: bytes = b"", objets: ObjectStreamMode = ObjectStreamMode.disable) -> bytes:
    return avant + pdf_de(remplir_un_formulaire, objets=objets) + apres


DES_OBJETS = ObjectStreamMode.generate
AUTOUR: dict[str, Callable[[], bytes]] = {
    "a long tail": lambda: autour(apres=b"\n<html>" + b"x" * 5_000 + b"</html>"),
    "zeros up to a block": lambda: autour(apres=b"\0" * 4_096),
    "a head of the web": lambda: autour(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"),
    "a head before streams of objects": lambda: autour(b"\r\n\r\n", objets=DES_OBJETS),
    "a tail after streams of objects": lambda: autour(apres=b"-->", objets=DES_OBJETS),
    "no end": lambda: autour().removesuffix(b"%%EOF\n"),
    "no end with streams of objects": lambda: autour(objets=DES_OBJETS).removesuffix(b"%%EOF\n"),
    "a table that points anywhere": lambda: re.sub(rb"startxref\n[0-9]+", b"startxref\n7", autour()),
    "offsets from before its head": lambda: (
        b"\n\n"
        + re.sub(
            rb"(?m)^[0-9]{10}(?= 00000 n)|(?<=startxref\n)[0-9]+",
            lambda place: str(int(place[0]) + 2).zfill(len(place[0])).encode(),
            autour(),
        )
    ),
}


@pytest.mark.parametrize("cas", AUTOUR)
def test_what_a_program_left_around_a_pdf_goes_and_its_page_stays(cas: str, tmp_path: Path) -> None:
    examine = examiner(pose(tmp_path, "a.pdf", AUTOUR[cas]()), EXIGENCES)
    attendue = rendre_une_page(autour(), "PDF", 0, 300).tobytes()
    assert rendre_une_page(examine.octets, "PDF", 0, 300).tobytes() == attendue
    assert examine.mots == ()


def signer(pdf: Pdf) -> None:
    """A signature field, as a program that signs leaves it."""
    valeur = pdf.make_indirect(Dictionary(Type=Name.Sig, ByteRange=Array([0, 9, 20, 9]), Contents=String("essai")))
    champ = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("Signature"), V=valeur))
    pdf.Root.AcroForm = Dictionary(Fields=Array([champ]), SigFlags=3)


@pytest.mark.parametrize(("apres", "mots"), [(b"", ()), (b"<html></html>", (SIGNATURE,))])
def test_a_signature_that_the_kept_copy_breaks_is_told(tmp_path: Path, apres: bytes, mots: tuple[str, ...]) -> None:
    """Kept byte for byte, it stays valid."""
    examine = examiner(pose(tmp_path, "a.pdf", pdf_de(signer) + apres), EXIGENCES)
    assert examine.mots == mots
    assert reunir([examine, examine], EXIGENCES).mots[-2] == SIGNATURE


INCOMPLETS: dict[str, Callable[[], bytes]] = {
    "half of it": lambda: beaucoup_de_pages(40)[:2_000],
    "a page of its pages": lambda: beaucoup_de_pages(3).replace(b"5 0 obj", b"9 0 obj").replace(b"startxref", b"start"),
    "its picture": lambda: pdf_avec_image(b"\xff" * 9_000, Name.FlateDecode)[:4_000],
    "an update that breaks off": lambda: pdf_de() + b"9 0 obj\n<< /Type /Page /Parent 2 0 R /MediaB",
    "two documents": lambda: pdf_de() + pdf_de(remplir_un_formulaire),
}


@pytest.mark.parametrize("cas", INCOMPLETS)
def test_a_pdf_that_lacks_something_is_not_put_together_from_its_rest(cas: str, tmp_path: Path) -> None:
    assert refus(pose(tmp_path, "a.pdf", INCOMPLETS[cas]())).code in {"piece.abime", "piece.suite"}


def deux_filtres(inutile: bytes) -> bytes:
    """A scan as a program of a copier writes it: a fax picture, compressed once more."""
    image_fax = BytesIO()
    Image.new("1", (64, 48)).save(image_fax, "TIFF", compression="group4")
    with Image.open(BytesIO(image_fax.getvalue())) as tiff:
        debut, longueur = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
    fax = image_fax.getvalue()[debut : debut + longueur]

    def poser(pdf: Pdf) -> None:
        flux = Stream(pdf, zlib.compress(fax + inutile))
        flux.Type, flux.Subtype, flux.Width, flux.Height = Name.XObject, Name.Image, 64, 48
        flux.ColorSpace, flux.BitsPerComponent = Name.DeviceGray, 1
        flux.Filter = Array([Name.FlateDecode, Name.CCITTFaxDecode])
        flux.DecodeParms = Array([None, Dictionary(K=-1, Columns=64, Rows=48)])
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=flux))
        pdf.pages[0].Contents = Stream(pdf, b"q 300 0 0 300 0 0 cm /I Do Q")

    return pdf_de(poser)


def test_a_picture_under_two_filters_is_kept_under_its_own(tmp_path: Path) -> None:
    octets = deux_filtres(b"")
    examine = examiner(pose(tmp_path, "a.pdf", octets), EXIGENCES)
    with pikepdf.open(BytesIO(examine.octets)) as pdf:
        (flux,) = [objet for objet in pdf.objects if isinstance(objet, Stream) and objet.get("/Subtype") == Name.Image]
        assert flux.Filter == Name.CCITTFaxDecode
        assert flux.DecodeParms.Columns == 64
    assert rendre_une_page(examine.octets, "PDF", 0, 90) == rendre_une_page(octets, "PDF", 0, 90)
    assert refus(pose(tmp_path, "b.pdf", deux_filtres(bytes(130_000_000)))).code == "piece.limites"


def test_a_file_is_kept_under_a_name_that_says_what_it_is(tmp_path: Path) -> None:
    noms = {
        "a.pdf": image("PNG"),
        "b.png": image("JPEG"),
        "c": pdf_de(),
        "d.exe": image("JPEG"),
        "e.JPEG": image("JPEG"),
    }
    gardes = [examiner(pose(tmp_path, nom, octets), EXIGENCES).nom for nom, octets in noms.items()]
    assert gardes == ["a.png", "b.jpg", "c.pdf", "d.exe.jpg", "e.JPEG"]


# --- photographs ------------------------------------------------------------------------------------------------


def photo(forme: str, cote: int, **options: object) -> bytes:
    """A picture with fine grain, which takes room, its left half dark."""
    sortie = BytesIO()
    grain = Image.effect_noise((cote, cote * 3 // 4), 90).convert("RGB")
    grain.paste(0, (0, 0, cote // 2, cote))
    grain.save(sortie, forme, **options)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("nom", "fabrique"),
    [
        ("IMG_1.jpg", lambda: photo("JPEG", 3_000, quality=98)),
        ("capture.png", lambda: photo("PNG", 1_500)),
        ("IMG_2.HEIC", lambda: photo("HEIF", 2_000, quality=95)),
    ],
)
def test_a_photograph_that_is_too_heavy_is_made_smaller_and_its_person_told(
    nom: str, fabrique: Callable[[], bytes], tmp_path: Path
) -> None:
    pillow_heif.register_heif_opener()
    octets = fabrique()
    exigences = Exigences(("JPEG", "PNG"), 1_000_000)
    examine = examiner(pose(tmp_path, nom, octets), exigences)
    assert len(octets) > exigences.taille_max >= len(examine.octets)
    assert (examine.nom, examine.format) == (f"{Path(nom).stem}.jpg", "JPEG")
    assert examine.mots == (
        f"Image de {en_clair(len(octets))} réduite à {en_clair(len(examine.octets))} : vérifiez qu'elle reste lisible.",
    )
    page = rendre_une_page(examine.octets, "JPEG", 0, 100).convert("L")
    sombre, clair = page.crop((0, 0, 40, 75)), page.crop((60, 0, 100, 75))
    assert max(sombre.tobytes()) < 40 < sum(clair.tobytes()) / len(clair.tobytes())


def test_a_photograph_made_smaller_stands_upright_and_loses_the_notes_of_its_camera(tmp_path: Path) -> None:
    exif = tournee()
    exif[0x10F] = "a maker"
    octets = photo("JPEG", 2_000, quality=98, exif=exif)
    examine = examiner(pose(tmp_path, "a.jpg", octets), Exigences(("JPEG",), 800_000))
    assert b"a maker" not in examine.octets
    assert (
        rendre_une_page(examine.octets, "JPEG", 0, 30).size == rendre_une_page(octets, "JPEG", 0, 30).size == (30, 40)
    )


def test_more_points_than_a_page_shows_are_made_fewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sortie = BytesIO()
    Image.new("RGB", (12_000, 9_000), "gray").save(sortie, "JPEG", quality=30)
    examine = examiner(pose(tmp_path, "a.jpg", sortie.getvalue()), EXIGENCES)
    with Image.open(BytesIO(examine.octets)) as gardee:
        assert max(gardee.size) <= 10_000
    assert examine.mots == ("Très grande image réduite : vérifiez qu'elle est lisible.",)


def test_a_pdf_is_never_made_smaller_and_a_picture_only_where_jpeg_is_taken(tmp_path: Path) -> None:
    assert refus(pose(tmp_path, "a.pdf", pdf_de() + bytes(TAILLE_MAX))).code == "piece.taille"
    png = pose(tmp_path, "a.png", photo("PNG", 900))
    assert refus(png, Exigences(("PDF", "PNG"), 500_000)).code == "piece.taille"
    assert refus(CAS_REELS / "IMG_0042.HEIC", Exigences(("PDF", "PNG"), TAILLE_MAX)).code == "piece.format"


# --- several files ----------------------------------------------------------------------------------------------


def transparente() -> bytes:
    sortie = BytesIO()
    Image.new("RGBA", (80, 60), (0, 0, 0, 0)).save(sortie, "PNG")
    return sortie.getvalue()


def examines(dossier: Path, *fichiers: tuple[str, bytes]) -> list[FichierExamine]:
    return [examiner(pose(dossier, nom, octets), EXIGENCES) for nom, octets in fichiers]


def test_files_are_joined_in_their_order_without_encoding_them_again(tmp_path: Path) -> None:
    fichiers = examines(
        tmp_path,
        ("recto.jpg", image("JPEG")),
        ("formulaire.pdf", pdf_de(remplir_un_formulaire)),
        ("verso.png", transparente()),
        ("tournée.jpg", photo("JPEG", 400, exif=tournee())),
        ("deux.pdf", beaucoup_de_pages(2)),
    )
    reuni = reunir(fichiers, EXIGENCES)
    assert (reuni.nom, reuni.format, reuni.pages) == ("recto et suite.pdf", "PDF", 6)
    assert reuni.mots == ("5 fichiers réunis en un PDF de 6 pages.",)
    assert fichiers[0].octets in reuni.octets
    assert fichiers[3].octets in reuni.octets
    pages = [rendre_une_page(reuni.octets, "PDF", rang, 210) for rang in range(6)]
    assert [page.width > page.height for page in pages] == [True, False, True, False, False, False]
    rouge = pages[1].getpixel((100, 100))
    assert rouge == (255, 0, 0)  # what was typed into the form
    assert pages[2].getextrema() == ((255, 255),) * 3  # on white paper
    # Examined as any other file, it is kept byte for byte; one more file goes after it, under the same name.
    assert examiner(pose(tmp_path, reuni.nom, reuni.octets), EXIGENCES).octets == reuni.octets
    encore = reunir([reuni, fichiers[0]], EXIGENCES)
    assert (encore.nom, encore.pages) == ("recto et suite.pdf", 7)
    assert reunir(fichiers[:1], EXIGENCES) is fichiers[0]


def test_pictures_that_are_too_heavy_together_share_the_room(tmp_path: Path) -> None:
    photos = examines(tmp_path, *((f"{rang}.jpg", photo("JPEG", 2_000, quality=95)) for rang in range(3)))
    exigences = Exigences(("PDF", "JPEG"), 2_000_000)
    assert sum(len(une.octets) for une in photos) > exigences.taille_max
    reuni = reunir(photos, exigences)
    assert (reuni.pages, len(reuni.octets) <= exigences.taille_max) == (3, True)


REUNIONS: dict[str, tuple[Callable[[], list[tuple[str, bytes]]], Exigences, str]] = {
    "too many pages": (
        lambda: [("a.pdf", beaucoup_de_pages(60)), ("b.pdf", beaucoup_de_pages(41))],
        EXIGENCES,
        "pages",
    ),
    "too heavy": (
        lambda: [("a.pdf", ecrire("RGB", "PDF")), ("b.jpg", image("JPEG"))],
        Exigences(("PDF",), 9_000),
        "taille",
    ),
    "no pdf": (lambda: [("a.jpg", image("JPEG"))] * 2, Exigences(("JPEG",), TAILLE_MAX), "reunion"),
}


@pytest.mark.parametrize("cas", REUNIONS)
def test_a_joined_file_is_held_to_the_same_limits(cas: str, tmp_path: Path) -> None:
    fabrique, exigences, cle = REUNIONS[cas]
    with pytest.raises(SaisieRefusee) as refuse:
        reunir(examines(tmp_path, *fabrique()), exigences)
    assert refuse.value.fautes[0].code == f"piece.{cle}"


# --- good files -------------------------------------------------------------------------------------------------


def ecrire(mode: str, forme: str, **options: object) -> bytes:
    sortie = BytesIO()
    Image.effect_noise((200, 150), 60).convert(mode).save(sortie, forme, **options)
    return sortie.getvalue()


# A camera's notes that claim to be longer than they are.
NOTES_ABIMEES = b"Exif\0\0II*\0\x08\0\0\0\xff\xff"


def tournee() -> Image.Exif:
    exif = Image.Exif()
    exif[0x112] = 6
    return exif


def liens(pdf: Pdf) -> None:
    """A PDF that opens on its first page and links to an address."""
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
    adresse = Dictionary(S=Name.URI, URI="https://example.org")
    lien = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=adresse)
    pdf.pages[0].Annots = Array([pdf.make_indirect(lien)])


def forme_en_elle_meme(pdf: Pdf) -> None:
    """A drawing that draws itself: readers stop there, and it is harmless otherwise."""
    forme = pdf.make_indirect(Stream(pdf, b"/F Do"))
    forme.Type, forme.Subtype, forme.BBox = Name.XObject, Name.Form, Array([0, 0, 99, 99])
    forme.Resources = pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=forme))
    pdf.pages[0].Contents = Stream(pdf, b"/F Do")


BONS: dict[str, tuple[str, Callable[[], bytes], str, int]] = {
    "our own pdf": ("a.pdf", lambda: rendre_pdf(document_de(recapitulatif_du_guide()), POLICES), "PDF", 2),
    "a scan in colours": ("SCAN0001.PDF", lambda: ecrire("RGB", "PDF"), "PDF", 1),
    "a scan in black and white": ("a.pdf", lambda: ecrire("1", "PDF"), "PDF", 1),
    "a scan with transparency": ("a.pdf", lambda: ecrire("RGBA", "PDF"), "PDF", 1),
    "a hundred pages": ("a.pdf", lambda: beaucoup_de_pages(PAGES_MAX), "PDF", PAGES_MAX),
    "links": ("a.pdf", lambda: pdf_de(liens), "PDF", 1),
    "a form": ("a.pdf", lambda: pdf_de(remplir_un_formulaire), "PDF", 1),
    "names in an old encoding": (
        "a.pdf",
        lambda: pdf_brut(
            CATALOGUE.replace("/Pages", "/Divers 4 0 R /Pages"),
            UNE_PAGE,
            PAGE,
            "<< /L#e9gende /Cha#eene /N (/JS /Launch) >>",
        ),
        "PDF",
        1,
    ),
    "numbers and nothing by themselves": (
        "a.pdf",
        lambda: pdf_brut(
            CATALOGUE.replace("/Pages", "/Divers [4 0 R 6 0 R 7 0 R 8 0 R 9 0 R 10 0 R] /Pages"),
            UNE_PAGE,
            PAGE,
            "<< /Length 5 0 R >>\nstream\nq Q\nendstream",
            "3",
            "null",
            "1.5",
            "true",
            "/N",
            "(a)",
        ),
        "PDF",
        1,
    ),
    "a form in itself": ("a.pdf", lambda: pdf_de(forme_en_elle_meme), "PDF", 1),
    "a stream of objects": ("a.pdf", lambda: pdf_de(objets=ObjectStreamMode.generate), "PDF", 1),
    "a line end after the end": ("a.pdf", lambda: pdf_de() + b"\r\n \0", "PDF", 1),
    "a telephone's picture": ("IMG_1.JPEG", lambda: ecrire("RGB", "JPEG", exif=tournee()), "JPEG", 1),
    "a telephone's damaged notes": ("a.jpg", lambda: ecrire("RGB", "JPEG", exif=NOTES_ABIMEES), "JPEG", 1),
    "a progressive picture": ("a.jpe", lambda: ecrire("RGB", "JPEG", progressive=True), "JPEG", 1),
    "a picture for print": ("a.jpg", lambda: ecrire("CMYK", "JPEG", icc_profile=b"junk" * 99), "JPEG", 1),
    "a picture in grey": ("a.png", lambda: ecrire("L", "PNG"), "PNG", 1),
    "a picture with transparency": ("a.png", lambda: ecrire("RGBA", "PNG"), "PNG", 1),
    "a picture with a palette": ("a.png", lambda: ecrire("P", "PNG"), "PNG", 1),
    "the largest allowed": ("a.png", lambda: lourd(TAILLE_MAX), "PNG", 1),
}


def test_what_a_telephone_writes_after_a_picture_is_not_kept(tmp_path: Path) -> None:
    photo = image("JPEG")
    for ajout in (photo, b"SEFH" + bytes(500) + b"SEFT", b"\0\0\0\x18ftypmp42" + bytes(900)):
        assert examiner(pose(tmp_path, "IMG_2026.jpg", photo + ajout), EXIGENCES).octets == photo
    deux = BytesIO()  # two exposures in one file, named by an index of the first
    vue = Image.new("RGB", (64, 48), "teal")
    vue.save(deux, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), "gold")])
    gardes = examiner(pose(tmp_path, "IMG_2027.jpg", deux.getvalue()), EXIGENCES).octets
    assert deux.getvalue().startswith(gardes)
    assert len(gardes) < len(deux.getvalue())


@pytest.mark.parametrize("cas", BONS)
def test_a_good_file_is_kept_byte_for_byte(cas: str, tmp_path: Path) -> None:
    nom, fabrique, format_, pages = BONS[cas]
    octets = fabrique()
    examine = examiner(pose(tmp_path, nom, octets), EXIGENCES)
    assert (examine.nom, examine.format, examine.pages) == (nom, format_, pages)
    assert examine.octets == octets
    assert examine.analyse is Analyse.NON_ANALYSE


def test_a_format_that_the_piece_does_not_take_is_refused_with_those_it_takes(tmp_path: Path) -> None:
    faute = refus(pose(tmp_path, "a.png", image("PNG")), Exigences(("PDF",), TAILLE_MAX))
    assert (faute.code, faute.message) == ("piece.format", "Ce fichier n'est pas au format PDF.")
    faute = refus(pose(tmp_path, "a.gif", image("GIF", "L")))
    assert faute.message == "Ce fichier n'est pas au format PDF, JPEG ou PNG."


def test_a_refusal_tells_what_was_found(tmp_path: Path) -> None:
    assert "5,1 Mo pour 5 Mo" in refus(pose(tmp_path, "b.pdf", bytes(5_100_000))).message
    assert "(XFA)" in refus(HOSTILES["dynamic form"][0](tmp_path)).message
    assert [en_clair(taille) for taille in (1, 999_001, 10**6, 1_250_000)] == ["1 ko", "1000 ko", "1 Mo", "1,2 Mo"]


# --- files that change, that cannot be read ---------------------------------------------------------------------


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = pose(tmp_path, "a.png", image("PNG"))
    regarder = os.fstat

    def regarder_puis_ecrire(descripteur: int) -> os.stat_result:
        """The scanner writes on, between the first look and the reading."""
        etat = regarder(descripteur)
        with chemin.open("ab") as fichier:
            fichier.write(b"x")
        return etat

    monkeypatch.setattr(os, "fstat", regarder_puis_ecrire)
    faute = refus(chemin)
    assert faute.code == "piece.change"
    assert "Attendez" in faute.remede


def test_a_file_without_the_right_to_read_it_is_refused(tmp_path: Path) -> None:
    chemin = pose(tmp_path, "a.png", image("PNG"))
    chemin.chmod(0)
    moi = os.geteuid()
    if moi == 0:  # root may read everything: try as another user
        os.seteuid(65_534)
    try:
        faute = refus(chemin)
    finally:
        os.seteuid(moi)
    assert faute.code == "piece.droits"


# --- the process apart ------------------------------------------------------------------------------------------


def test_a_reader_that_takes_too_long_is_killed_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecteur, "ATTENTE_MAX", 0.001)
    assert refus(pose(tmp_path, "a.png", image("PNG"))).code == "piece.limites"


@pytest.mark.parametrize("module", ["absent_de_partout", "this"])
def test_a_reader_that_falls_or_answers_anything_is_told(module: str) -> None:
    with pytest.raises(FichierIllisible, match="limites"):
        faire_lire(module, b"", 60, processeur=60)


def test_streams_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cyclades_tui.fichiers.cage.examen_pdf.FLUX_TOTAL_MAX", 10)
    try:
        with pytest.raises(FichierIllisible, match="limites"):
            controler_pdf(pdf_de(), PAGES_MAX)
    finally:
        pikepdf.settings.set_qpdf_limits(  # limits of the whole process
            flate_max_memory=0, png_max_memory=0, run_length_max_memory=0, tiff_max_memory=0, max_stream_filters=25
        )

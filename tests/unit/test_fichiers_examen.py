"""Examining deposited files: good ones are kept unchanged, each hostile one is refused for its own reason."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import psutil
import pytest
from outils.editions import POLICES, document_de, recapitulatif_du_guide
from outils.fichiers_bons import (
    CATALOGUE,
    PAGE,
    UNE_PAGE,
    beaucoup_de_pages,
    image,
    lourd,
    pdf_brut,
    pdf_de,
    remplir_un_formulaire,
)
from outils.fichiers_hostiles import HOSTILES, PAGES_MAX, TAILLE_MAX
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream
from PIL import Image

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.editions.pdf import rendre_pdf
from cyclades_tui.fichiers import lecteur
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.confinement import MEMOIRE_MAX, FichierIllisible, faire_lire
from cyclades_tui.fichiers.examen import Exigences, examiner
from cyclades_tui.fichiers.examen_pdf import controler_pdf
from cyclades_tui.fichiers.refus import en_clair

EXIGENCES = Exigences(("PDF", "JPEG", "PNG"), TAILLE_MAX, PAGES_MAX)


@pytest.fixture(autouse=True)
def _rien_ne_reste(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After each examination: no process and no file is left, and memory stayed within the reader's limit."""
    temporaire = tmp_path / "tmp"
    temporaire.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporaire))
    monkeypatch.chdir(temporaire)
    yield
    assert psutil.Process().children() == []
    assert list(temporaire.iterdir()) == []
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 <= MEMOIRE_MAX


def refus(chemin: Path, exigences: Exigences = EXIGENCES) -> Faute:
    with pytest.raises(SaisieRefusee) as refuse:
        examiner(chemin, exigences)
    (faute,) = refuse.value.fautes
    return faute


def pose(dossier: Path, nom: str, octets: bytes) -> Path:
    chemin = dossier / nom
    chemin.write_bytes(octets)
    return chemin


@pytest.mark.parametrize("cas", HOSTILES)
def test_a_hostile_file_is_refused_with_its_reason_and_what_to_do(cas: str, tmp_path: Path) -> None:
    poser, cle = HOSTILES[cas]
    faute = refus(poser(tmp_path))
    assert (faute.code, faute.champ) == (f"piece.{cle}", "fichier")
    assert faute.message.endswith(".")
    assert faute.remede.endswith(".")
    assert not {"{", "}", "!"} & set(faute.message + faute.remede)


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
        lambda: pdf_brut(CATALOGUE, UNE_PAGE, PAGE, "<< /L#e9gende /Cha#eene /N (/JS /Launch) >>"),
        "PDF",
        1,
    ),
    "numbers and nothing by themselves": (
        "a.pdf",
        lambda: pdf_brut(
            CATALOGUE,
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
    assert refus(pose(tmp_path, "a.pdf", image("JPEG"))).remede.startswith("Renommez-le")
    assert "JPEG" in refus(pose(tmp_path, "a.pdf", image("JPEG"))).message
    assert "5,1 Mo pour 5 Mo" in refus(pose(tmp_path, "b.pdf", bytes(5_100_000))).message
    assert "JavaScript" in refus(HOSTILES["script in the name tree"][0](tmp_path)).message
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
        faire_lire(module, b"", 60)


LIMITES = """
import socket, sys
from pathlib import Path
from cyclades_tui.fichiers.confinement import MEMOIRE_MAX, repondre
def essayer(octets):
    refuses = []
    for nom, geste in (
        ("memory", lambda: bytearray(MEMOIRE_MAX)),
        ("read", lambda: Path(sys.executable).open()),
        ("write", lambda: Path("fichier").write_bytes(b"x")),
        ("network", lambda: socket.socket()),
    ):
        try:
            geste()
        except (MemoryError, OSError):
            refuses.append(nom)
    return refuses
repondre(essayer, 5)
"""


def test_the_reader_has_little_memory_opens_no_file_and_no_socket() -> None:
    fini = subprocess.run(
        [sys.executable, "-c", LIMITES], input=b"", check=True, capture_output=True, text=False, timeout=60
    )
    assert fini.stdout == b'["memory", "read", "write", "network"]'


def test_streams_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cyclades_tui.fichiers.examen_pdf.FLUX_TOTAL_MAX", 10)
    try:
        with pytest.raises(FichierIllisible, match="limites"):
            controler_pdf(pdf_de(), PAGES_MAX)
    finally:
        pikepdf.settings.set_qpdf_limits(  # limits of the whole process
            flate_max_memory=0, png_max_memory=0, run_length_max_memory=0, tiff_max_memory=0, max_stream_filters=25
        )

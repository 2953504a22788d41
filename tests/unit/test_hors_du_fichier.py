"""A kept PDF reaches nothing out of itself and hides nothing: each way is tried, and the kept bytes are looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from outils.fichiers_bons import CATALOGUE, PAGE, UNE_PAGE, pdf_brut, pdf_de
from outils.fichiers_hostiles import PAGES_MAX, TAILLE_MAX
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from cyclades_tui.fichiers.cage.pages import rendre_une_page
from cyclades_tui.fichiers.examen import Exigences, FichierExamine, examiner, reunir

EXIGENCES = Exigences(("PDF", "JPEG", "PNG"), TAILLE_MAX, PAGES_MAX)
AILLEURS = "quelque-part-ailleurs"  # stands in each attack, and in nothing that is kept
LIEN = "un lien vers un autre fichier"
COMMANDE = "une commande qui lance ou envoie quelque chose"
PROGRAMME = "un programme (JavaScript)"
CHEMIN = "le nom d'un fichier d'un autre ordinateur"
RESTES = "des restes cachés d'une version antérieure"


# --- how each is made -------------------------------------------------------------------------------------------


def fichier() -> Dictionary:
    return Dictionary(Type=Name.Filespec, F=f"{AILLEURS}.pdf", UF=f"{AILLEURS}.pdf")


def lien(action: Callable[[Pdf], Dictionary]) -> Callable[[Pdf], None]:
    """A link on the page, whose action is an object of its own."""

    def poser(pdf: Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        annotation.A = pdf.make_indirect(action(pdf))
        pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])

    return poser


def adresse(texte: str | bytes) -> Callable[[Pdf], None]:
    return lien(lambda _: Dictionary(S=Name.URI, URI=String(texte) if isinstance(texte, str) else Object.parse(texte)))


def en_seize_bits(texte: str) -> bytes:
    return f"\ufeff{texte}".encode("utf-16-be").hex().encode()


def forme(**cles: Object) -> Callable[[Pdf], None]:
    """A drawing on the page, with more keys."""

    def poser(pdf: Pdf) -> None:
        flux = pdf.make_indirect(Stream(pdf, b"0 0 9 9 re f"))
        flux.Type, flux.Subtype, flux.BBox = Name.XObject, Name.Form, Array([0, 0, 99, 99])
        for cle, valeur in cles.items():
            flux[f"/{cle}"] = valeur
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=flux))
        pdf.pages[0].Contents = Stream(pdf, b"/X Do")

    return poser


def fil(pdf: Pdf) -> Dictionary:
    return Dictionary(S=Name.Thread, F=pdf.make_indirect(fichier()), D=0)


def base(pdf: Pdf) -> None:
    pdf.Root.URI = Dictionary(Base=f"file:///{AILLEURS}/")


def xmp(texte: str, *, en_seize: bool = False) -> bytes:
    """A document described by a packet with this text."""
    description = f'<rdf:Description xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#">{texte}'
    paquet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{description}</rdf:Description></rdf:RDF></x:xmpmeta>'
    flux = paquet.encode("utf-16" if en_seize else "utf-8").decode("latin-1")
    catalogue = CATALOGUE.replace("/Catalog", "/Catalog /Metadata 4 0 R", 1)
    tete = f"<< /Type /Metadata /Subtype /XML /Length {len(flux)} >>"
    return pdf_brut(catalogue, UNE_PAGE, PAGE, f"{tete}\nstream\n{flux}\nendstream")


def titre(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = f"Microsoft Word - C:\\Users\\{AILLEURS}.doc"


def objet_mort() -> bytes:
    """An object of the table that nothing refers to."""
    return pdf_brut(CATALOGUE, UNE_PAGE, PAGE, f"({AILLEURS})")


def objet_hors_table() -> bytes:
    """An object that the table does not name."""
    avant = pdf_brut(CATALOGUE, UNE_PAGE, PAGE)
    return avant.replace(b"xref\n0", f"9 0 obj\n({AILLEURS})\nendobj\nxref\n0".encode(), 1).replace(
        b"startxref\n%d" % avant.index(b"xref\n0"),
        b"startxref\n%d" % (avant.index(b"xref\n0") + len(f"9 0 obj\n({AILLEURS})\nendobj\n")),
    )


def mis_a_jour(avant: bytes, numero: int, objet: str) -> bytes:
    """A file whose object is replaced by an update after its end: the former one stays in the bytes."""
    table = int(re.findall(rb"startxref\n(\d+)", avant)[-1])
    ici = len(avant)
    corps = f"{numero} 0 obj\n{objet}\nendobj\n".encode()
    suite = f"xref\n{numero} 1\n{ici:010} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev {table} >>\n"
    return avant + corps + suite.encode() + f"startxref\n{ici + len(corps)}\n%%EOF\n".encode()


def version_cachee() -> bytes:
    """The page had another text before."""
    texte = f"BT ({AILLEURS}) Tj ET"
    avec = PAGE.replace("/Type /Page ", "/Type /Page /Contents 4 0 R ", 1)
    avant = pdf_brut(CATALOGUE, UNE_PAGE, avec, f"<< /Length {len(texte)} >>\nstream\n{texte}\nendstream")
    return mis_a_jour(avant, 4, "<< /Length 1 >>\nstream\nq\nendstream")


def catalogue_remplace() -> bytes:
    """A former catalogue, with a form that sends, stays behind a new one."""
    avant = pdf_brut(f"<< /Type /Catalog /Pages 2 0 R /A << /S /SubmitForm /F ({AILLEURS}) >> >>", UNE_PAGE, PAGE)
    return mis_a_jour(avant, 1, CATALOGUE)


DEHORS: dict[str, tuple[Callable[[], bytes], str]] = {
    nom: (lambda poser=poser: pdf_de(poser), mot)
    for nom, (poser, mot) in {
        "stream in another file": (forme(F=String(f"{AILLEURS}.bin"), FFilter=Name.FlateDecode), LIEN),
        "stream in another file, described": (forme(F=fichier()), LIEN),
        "page of another file": (forme(Ref=Dictionary(F=fichier(), Page=0, ID=Array(["a", "b"]))), LIEN),
        "picture replaced at print (OPI 1.3)": (forme(OPI=Dictionary({"/1.3": Dictionary(F=fichier())})), LIEN),
        "picture replaced at print (OPI 2.0)": (
            forme(OPI=Dictionary({"/2.0": Dictionary(Type=Name.OPI, F=String(AILLEURS))})),
            LIEN,
        ),
        "other file": (lien(lambda p: Dictionary(S=Name.GoToR, F=p.make_indirect(fichier()), D=Array([0]))), LIEN),
        "file in the file": (lien(lambda _: Dictionary(S=Name.GoToE, F=String(AILLEURS), D=Array([0]))), LIEN),
        "thread of another file": (lien(fil), LIEN),
        "program": (lien(lambda _: Dictionary(S=Name.Launch, F=fichier())), COMMANDE),
        "program of Windows": (lien(lambda _: Dictionary(S=Name.Launch, Win=Dictionary(F=String(AILLEURS)))), COMMANDE),
        "form sent": (lien(lambda p: Dictionary(S=Name.SubmitForm, F=p.make_indirect(fichier()))), COMMANDE),
        "second action": (
            lien(lambda _: Dictionary(S=Name.Named, N=Name.NextPage, Next=Dictionary(S=Name.GoToR, F=AILLEURS))),
            LIEN,
        ),
        "file address": (adresse(f"file:///{AILLEURS}"), LIEN),
        "file address in capitals": (adresse(f" FILE:\\\\{AILLEURS}"), LIEN),
        "file address in sixteen bits": (
            adresse(b"<" + ("\ufefffile:" + AILLEURS).encode("utf-16-be").hex().encode() + b">"),
            LIEN,
        ),
        "network folder": (adresse(f"\\\\serveur\\{AILLEURS}"), LIEN),
        "network folder by its scheme": (adresse(f"smb://serveur/{AILLEURS}"), LIEN),
        "relative address": (adresse(f"../{AILLEURS}.pdf"), LIEN),
        "script address": (adresse(f"javascript:alert('{AILLEURS}')"), PROGRAMME),
        "script address, spaced": (adresse(f"\tJava\0Script :{AILLEURS}"), PROGRAMME),
        "data address": (adresse(f"data:text/html,{AILLEURS}"), LIEN),
        "base of all addresses": (base, LIEN),
        "path in the title": (titre, CHEMIN),
    }.items()
} | {
    "path in the notes": (lambda: xmp(f"file:///C:/Users/{AILLEURS}/a.doc"), CHEMIN),
    "path of Windows in the notes": (lambda: xmp(f"D:\\Scans\\{AILLEURS}.tif"), CHEMIN),
    "path in the notes, in sixteen bits": (lambda: xmp(f"/home/{AILLEURS}/a.odt", en_seize=True), CHEMIN),
    "dead object": (objet_mort, RESTES),
    "object outside the table": (objet_hors_table, RESTES),
    "former version of a page": (version_cachee, RESTES),
    "former catalogue": (catalogue_remplace, RESTES),
}


# --- what is kept -----------------------------------------------------------------------------------------------


def garder(octets: bytes, dossier: Path, nom: str = "a.pdf") -> FichierExamine:
    chemin = dossier / nom
    chemin.write_bytes(octets)
    return examiner(chemin, EXIGENCES)


def tout(octets: bytes) -> str:
    """All that a file holds, with its streams undone, whoever refers to it."""
    with pikepdf.open(BytesIO(octets)) as pdf:
        objets = [objet for objet in pdf.objects if isinstance(objet, Object)]
        flux = [objet.read_bytes().decode("latin-1") for objet in objets if isinstance(objet, Stream)]
        en_json = [json.dumps(json.loads(objet.to_json(dereference=True))) for objet in (pdf.trailer, *objets)]
    return "\n".join((*flux, *en_json, octets.decode("latin-1"))).replace("\0", "")


@pytest.mark.parametrize("cas", DEHORS)
def test_nothing_that_reaches_out_or_hides_is_kept(cas: str, tmp_path: Path) -> None:
    fabrique, mot = DEHORS[cas]
    octets = fabrique()
    garde = garder(octets, tmp_path)
    assert AILLEURS not in tout(garde.octets)
    (phrase,) = garde.mots
    assert phrase.startswith("Retiré de la copie gardée : ")
    assert mot in phrase
    assert garde.pages == 1
    assert rendre_une_page(garde.octets, "PDF", 0, 90) == rendre_une_page(octets, "PDF", 0, 90)
    assert garde.octets.count(b"startxref") == 1
    assert garder(garde.octets, tmp_path, "b.pdf").octets == garde.octets


@pytest.mark.parametrize("cas", DEHORS)
def test_nothing_of_it_comes_back_by_joining(cas: str, tmp_path: Path) -> None:
    """A file that was kept before such things were looked for is joined to a new one."""
    ancien = FichierExamine("vieux.pdf", "PDF", DEHORS[cas][0](), 1, garder(pdf_de(), tmp_path).analyse)
    reuni = reunir([ancien, garder(pdf_de(), tmp_path)], EXIGENCES)
    assert AILLEURS not in tout(reuni.octets)
    assert reuni.pages == 2


@pytest.mark.parametrize(
    "texte",
    ["https://example.org/a?b=c:d", "HTTP://example.org", "mailto:a@example.org", "tel:+33500000000", "www.a.fr"],
)
def test_an_address_of_the_network_stays(texte: str, tmp_path: Path) -> None:
    octets = pdf_de(adresse(texte))
    assert garder(octets, tmp_path).octets == octets


def test_everyday_notes_and_an_article_stay(tmp_path: Path) -> None:
    decrit = xmp("http://ns.adobe.com/xap/1.0/ 12:30:00 uuid:a/b")
    assert garder(decrit, tmp_path).octets == decrit

    def poser(pdf: Pdf) -> None:
        pdf.docinfo["/Title"] = "Relevé 12/2023 : lycée/CFA"
        suite = pdf.make_indirect(Dictionary(Type=Name.Thread, I=Dictionary(Title="a")))
        pdf.Root.Threads = Array([suite])

    octets = pdf_de(poser)
    assert garder(octets, tmp_path).octets == octets


def test_a_file_made_to_be_shown_early_is_written_anew_without_a_word(tmp_path: Path) -> None:
    sortie = BytesIO()
    with pikepdf.open(BytesIO(pdf_de())) as pdf:
        pdf.save(sortie, linearize=True)
    garde = garder(sortie.getvalue(), tmp_path)
    assert (garde.mots, garde.pages) == ((), 1)
    assert b"Linearized" not in garde.octets

"""What a PDF reader finds in a document: text in order, fonts, metadata, no active content."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given, settings
from hypothesis import strategies as st
from outils.editions import (
    POLICES,
    RACINE,
    document_de,
    recapitulatif_du_guide,
    sans_pied,
    serrer,
    textes_des_pages,
    textes_livres,
)

from cyclades_tui.domaine.document import FORMATION, BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.erreurs import ActeRefuse
from cyclades_tui.editions.pdf import rendre_lot, rendre_pdf
from cyclades_tui.editions.polices import CaractereAbsent, charger_jeu

INSTANT = datetime(2023, 12, 11, 15, 6, tzinfo=UTC)
DESSINES = sorted(charger_jeu(POLICES, "complet").largeurs[0])


def document(*blocs: BlocDeDocument, formation: bool = False, sujet: str = "Candidat 01") -> DocumentCompose:
    return DocumentCompose("Titre & <essai>", sujet, INSTANT, formation, blocs)


def du_guide(**changements: Any) -> DocumentCompose:
    return document_de(replace(recapitulatif_du_guide(), **changements))


def soixante_epreuves() -> DocumentCompose:
    recapitulatif = recapitulatif_du_guide()
    groupes = tuple(replace(groupe, lignes=groupe.lignes * 3) for groupe in recapitulatif.groupes)
    return du_guide(groupes=groupes)


def polices_incorporees(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [objet for objet in pdf.objects if isinstance(objet, pikepdf.Dictionary) and objet.get("/Type") == "/Font"]


def test_every_font_is_embedded_and_maps_to_unicode() -> None:
    with pikepdf.open(BytesIO(rendre_pdf(du_guide(), POLICES))) as pdf:
        composees = [police for police in polices_incorporees(pdf) if police.Subtype == "/Type0"]
        assert len(composees) == 2
        for police in composees:
            assert "/ToUnicode" in police
            assert "/FontFile2" in police.DescendantFonts[0].FontDescriptor
        assert {str(police.Subtype) for police in polices_incorporees(pdf)} == {"/Type0", "/CIDFontType2"}


def test_the_glyphs_embedded_keep_true_boxes() -> None:
    """Guards a shortcut in `ouvrir_polices`: fontTools trusts the boxes of the shipped fonts."""
    with pikepdf.open(BytesIO(rendre_pdf(du_guide(), POLICES))) as pdf:
        for descripteur in (p.FontDescriptor for p in polices_incorporees(pdf) if "/FontDescriptor" in p):
            with TTFont(BytesIO(descripteur.FontFile2.read_bytes())) as police:
                table = police["glyf"]
                for nom in police.getGlyphOrder():
                    glyphe = table[nom]
                    if glyphe.numberOfContours:
                        boite = (glyphe.xMin, glyphe.yMin, glyphe.xMax, glyphe.yMax)
                        glyphe.recalcBounds(table)
                        assert boite == (glyphe.xMin, glyphe.yMin, glyphe.xMax, glyphe.yMax)


def test_the_file_declares_its_language_its_format_and_its_one_date() -> None:
    with pikepdf.open(BytesIO(rendre_pdf(document(BlocDeDocument(Style.LIGNE, "x")), POLICES))) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert not pdf.docinfo
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "U")
            assert xmp["dc:title"] == "Titre & <essai>"
            assert xmp["dc:description"] == "Candidat 01"
            dates = {xmp[f"xmp:{cle}"] for cle in ("CreateDate", "ModifyDate", "MetadataDate")}
        assert {datetime.fromisoformat(date) for date in dates} == {INSTANT}


def test_the_file_runs_nothing() -> None:
    octets = rendre_pdf(du_guide(), POLICES)
    with pikepdf.open(BytesIO(octets)) as pdf:
        assert not {"/AA", "/Names", "/AcroForm"} & set(pdf.Root.keys())
        # A destination to open at, not an action.
        assert isinstance(pdf.Root.OpenAction, pikepdf.Array)
        assert all("/Annots" not in page and "/AA" not in page for page in pdf.pages)
        assert not pdf.is_encrypted


PROGRAMME = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, str(Path("tests").resolve()))
from outils.editions import POLICES, document_de, recapitulatif_du_guide
from cyclades_tui.editions.pdf import rendre_pdf
print(hashlib.sha256(rendre_pdf(document_de(recapitulatif_du_guide()), POLICES)).hexdigest())
"""


def empreinte_ailleurs(fuseau: str, graine: str) -> str:
    environnement = os.environ | {"TZ": fuseau, "PYTHONHASHSEED": graine}
    resultat = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAMME],
        cwd=RACINE,
        env=environnement,
        check=True,
        capture_output=True,
        text=True,
    )
    return resultat.stdout.strip()


def test_two_renders_are_equal_across_process_time_seed_and_zone() -> None:
    premiere = empreinte_ailleurs("America/Cayenne", "1")
    seconde = int(time.time())
    while int(time.time()) == seconde:
        pass
    assert empreinte_ailleurs("Indian/Reunion", "2") == premiere
    assert hashlib.sha256(rendre_pdf(du_guide(), POLICES)).hexdigest() == premiere


def test_every_character_that_the_fonts_draw_is_read_back() -> None:
    signes = [signe for signe in DESSINES if not signe.isspace()]
    blocs = [
        BlocDeDocument(Style.LIGNE, " ".join(signes[i : i + 30]), gras=" ".join(signes[i : i + 30]))
        for i in range(0, 800, 30)
    ]
    texte = "".join(textes_des_pages(rendre_pdf(document(*blocs), POLICES)))
    manquants = [signe for signe in signes if texte.count(signe) < 2]
    assert manquants == []


def test_a_missing_glyph_refuses_the_document_and_names_the_character() -> None:
    with pytest.raises(CaractereAbsent, match="« 🎓 »"):
        rendre_pdf(document(BlocDeDocument(Style.LIGNE, "Diplôme 🎓")), POLICES)


def test_each_page_has_its_number_and_subject() -> None:
    pages = textes_des_pages(rendre_pdf(soixante_epreuves(), POLICES))
    assert len(pages) > 2
    sans_pied(soixante_epreuves(), pages)


def test_training_marks_every_page_before_its_lines_and_breaks_none() -> None:
    simple = soixante_epreuves()
    marque = replace(simple, formation=True)
    pages = textes_des_pages(rendre_pdf(marque, POLICES))
    assert all(page.split()[0] == FORMATION for page in pages)
    assert [serrer(page).removeprefix(FORMATION) for page in pages] == [
        serrer(page) for page in textes_des_pages(rendre_pdf(simple, POLICES))
    ]


@pytest.mark.parametrize("avant", range(40, 62))
def test_what_belongs_together_stays_on_one_page(avant: int) -> None:
    remplissage = [BlocDeDocument(Style.LIGNE, f"ligne {rang}") for rang in range(avant)]
    liees = [
        BlocDeDocument(Style.RUBRIQUE, gras="RUBRIQUE"),
        BlocDeDocument(Style.EPREUVE, cellules=("EF1 - " + "très longue épreuve " * 9, "UF1", "Inscrit", "Ponctuel")),
        BlocDeDocument(Style.CHOIX, "- Anglais"),
    ]
    signature = [
        BlocDeDocument(Style.SIGNATURE, "CERTIFIE EXACT,"),
        BlocDeDocument(Style.SIGNATURE, "A _____, le _____", cellules=("Signature du candidat",)),
    ]
    pages = textes_des_pages(rendre_pdf(document(*remplissage, *liees, *signature), POLICES))
    (page,) = [page for page in pages if "RUBRIQUE" in page]
    assert page.count("longue") == 9
    assert "Anglais" in page
    (page,) = [page for page in pages if "CERTIFIE" in page]
    assert "Signature du candidat" in page


def test_a_batch_has_the_pages_of_its_documents_each_numbered_apart() -> None:
    documents = [du_guide(), soixante_epreuves(), du_guide(destinataire=("MADAME ŁOŚ",), formation=True)]
    seuls = [page for d in documents for page in textes_des_pages(rendre_pdf(d, POLICES))]
    assert textes_des_pages(rendre_lot(iter(documents), POLICES)) == seuls


def test_a_batch_is_equal_to_itself_and_carries_its_latest_instant() -> None:
    tard = datetime(2024, 5, 1, tzinfo=UTC)
    documents = [du_guide(instant=tard), du_guide()]
    octets = rendre_lot(documents, POLICES)
    assert rendre_lot(documents, POLICES) == octets
    with pikepdf.open(BytesIO(octets)) as pdf, pdf.open_metadata() as xmp:
        assert datetime.fromisoformat(xmp["xmp:ModifyDate"]) == tard


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(ActeRefuse):
        rendre_lot([], POLICES)


def test_a_document_without_block_is_one_empty_page() -> None:
    assert len(textes_des_pages(rendre_pdf(document(), POLICES))) == 1


def test_a_text_taller_than_a_page_is_printed_whole() -> None:
    long = " ".join(f"mot{rang}" for rang in range(3000))
    seul = document(BlocDeDocument(Style.PARAGRAPHE, long))
    pages = textes_des_pages(rendre_pdf(seul, POLICES))
    assert len(pages) > 1
    assert " ".join(sans_pied(seul, pages)) == long


def test_the_fonts_folder_may_be_anywhere(tmp_path: Path) -> None:
    for fichier in POLICES.glob("*.ttf"):
        (tmp_path / fichier.name).write_bytes(fichier.read_bytes())
    assert rendre_pdf(du_guide(), tmp_path) == rendre_pdf(du_guide(), POLICES)


def test_minors_sign_beside_their_representative() -> None:
    page = textes_des_pages(rendre_pdf(du_guide(textes=textes_livres()), POLICES))[-1]
    assert page.index("le candidat est mineur") < page.index("Signature du représentant légal")


valeur = st.text(st.sampled_from(DESSINES), max_size=90)
bloc = st.one_of(
    st.builds(BlocDeDocument, st.sampled_from([s for s in Style if s is not Style.EPREUVE]), valeur, valeur),
    st.builds(BlocDeDocument, st.just(Style.EPREUVE), cellules=st.tuples(valeur, valeur, valeur, valeur)),
    st.builds(BlocDeDocument, st.just(Style.SIGNATURE), valeur, cellules=st.tuples(valeur, valeur)),
)


@settings(max_examples=40, deadline=None)
@example(
    [
        BlocDeDocument(Style.SERVICE, "", "1"),
        BlocDeDocument(Style.CARTOUCHE, "", "0"),
        BlocDeDocument(Style.SERVICE, "2"),
    ]
)
@given(st.lists(bloc, max_size=8))
def test_no_text_is_lost_and_order_is_kept(blocs: list[BlocDeDocument]) -> None:
    essai = document(*blocs)
    lu = ""
    for rang, page in enumerate(pages := textes_des_pages(rendre_pdf(essai, POLICES)), start=1):
        lu += serrer(page).removesuffix(serrer(f"{essai.sujet} page {rang}/{len(pages)}"))
    attendu = "".join(serrer(b.gras + b.texte + "".join(b.cellules)) for b in blocs)
    assert lu == attendu

"""Writes documents as PDF/A-2u; the same document always gives the same bytes (decision 12).

This module imports fpdf2, which is slow: import it only when a document is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from cyclades_tui.domaine.document import FORMATION, DocumentCompose
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.editions.empilement import HAUTEUR_PAGE, LARGEUR_PAGE, PageEmpilee
from cyclades_tui.editions.mise_en_page import mettre_en_page
from cyclades_tui.editions.polices import MM_PAR_POINT, Jeu, choisir_jeu, ouvrir_polices

GRIS_FORMATION = 216
CORPS_FORMATION = 100.0
PENTE_FORMATION = 52.0
# What the sheet shows besides the document's blocks.
SIGNES_PROPRES = frozenset(f"page 0123456789/{FORMATION}")

_XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titre}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{sujet}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{instant}</xmp:CreateDate><xmp:ModifyDate>{instant}</xmp:ModifyDate>
<xmp:MetadataDate>{instant}</xmp:MetadataDate>
<xmp:CreatorTool>cyclades-tui</xmp:CreatorTool><pdf:Producer>fpdf2</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def rendre_pdf(document: DocumentCompose, dossier_polices: Path) -> bytes:
    """The PDF of one document. Raises CaractereAbsent if the fonts lack one of its characters."""
    fichier = _Fichier(dossier_polices)
    fichier.ajouter(document)
    return fichier.octets(document.titre, document.sujet, document.instant)


def rendre_lot(documents: Iterable[DocumentCompose], dossier_polices: Path) -> bytes:
    """One PDF of many documents, for printing; each begins a new page and has its own page numbers.

    The file is dated with the latest instant of the documents. Raises CaractereAbsent; ActeRefuse if there are none.
    """
    fichier = _Fichier(dossier_polices)
    instants = [fichier.ajouter(document) for document in documents]
    if not instants:
        raise ActeRefuse(
            Faute("edition.lot_vide", "", "Le lot ne contient aucun document.", "Élargissez la sélection.")
        )
    return fichier.octets("Lot de documents", f"{len(instants)} documents", max(instants))


class _Fichier:
    """A PDF that is being written; a set of fonts is read when a document first needs it."""

    def __init__(self, dossier_polices: Path) -> None:
        self._dossier = dossier_polices
        self._polices: dict[str, list[TTFFont]] = {}
        self._pdf = FPDF(unit="mm", format="A4", enforce_compliance="PDF/A-2U")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_lang("fr-FR")
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def ajouter(self, document: DocumentCompose) -> datetime:
        """Draw the pages of a document; returns its instant."""
        jeu = choisir_jeu(self._dossier, caracteres(document))
        if jeu.nom not in self._polices:
            self._polices[jeu.nom] = ouvrir_polices(self._pdf, jeu.nom, jeu.fichiers)
        for page in mettre_en_page(document, jeu):
            self._pdf.add_page()
            if document.formation:
                self._marquer_formation(jeu)
            self._dessiner(page, jeu)
        return document.instant

    def octets(self, titre: str, sujet: str, instant: datetime) -> bytes:
        date = instant.astimezone(UTC).isoformat(timespec="seconds")
        self._pdf.set_creation_date(instant.astimezone(UTC))
        # Otherwise, in PDF/A, fpdf2 writes the present time here.
        self._pdf.set_xmp_metadata(_XMP.format(titre=escape(titre), sujet=escape(sujet), instant=date))
        sortie = bytes(self._pdf.output())
        for police in chain.from_iterable(self._polices.values()):
            police.close()
        return sortie

    def _marquer_formation(self, jeu: Jeu) -> None:
        """FORMATION across the sheet, drawn first: it lies under the lines and is extracted before them."""
        pdf = self._pdf
        pdf.set_font(jeu.nom, "B", CORPS_FORMATION)
        pdf.set_text_color(GRIS_FORMATION)
        milieu_x, milieu_y = LARGEUR_PAGE / 2, HAUTEUR_PAGE / 2
        largeur = jeu.mesure(CORPS_FORMATION)(FORMATION, True)
        with pdf.rotation(PENTE_FORMATION, milieu_x, milieu_y):
            pdf.text(milieu_x - largeur / 2, milieu_y + 0.36 * CORPS_FORMATION * MM_PAR_POINT, FORMATION)
        pdf.set_text_color(0)

    def _dessiner(self, page: PageEmpilee, jeu: Jeu) -> None:
        """Draw texts in order, so that extracted text reads like the blocks. `text()` is thrice as fast as `cell()`."""
        pdf = self._pdf
        for texte in page.textes:
            pdf.set_font(jeu.nom, "B" if texte.gras else "", texte.corps)
            pdf.text(texte.x, texte.y, texte.texte)
        pdf.set_fill_color(0)
        for plein in page.pleins:
            pdf.rect(*plein, style="F")
        for trait in page.traits:
            pdf.set_line_width(trait.filet.epaisseur)
            pdf.set_draw_color(trait.filet.gris)
            pdf.line(trait.x1, trait.y1, trait.x2, trait.y2)


def caracteres(document: DocumentCompose) -> frozenset[str]:
    """Every character that the sheet shows; line feeds are left out, since they only break lines."""
    presents = set(document.sujet)
    for bloc in document.blocs:
        presents.update(bloc.texte, bloc.gras, *bloc.cellules)
    return SIGNES_PROPRES | presents - {"\n"}

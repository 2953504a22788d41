"""Checks that a PDF opens, that its pages can be drawn and that it does nothing; run apart, by `lecteur` only.

Two libraries look at it: PDFium, which will show it, draws every page; qpdf, in strict mode, walks every object.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from cyclades_tui.fichiers.cage.hors_du_fichier import (
    CHEMIN,
    LIEN,
    PROGRAMME,
    cles_vers_dehors,
    porte_un_chemin,
    references,
    restes,
)
from cyclades_tui.fichiers.cage.pages import tracer
from cyclades_tui.fichiers.formats import PIXELS_MAX, taille_du_jpeg
from cyclades_tui.fichiers.refus import FichierIllisible

FLUX_MAX = 120_000_000  # bytes of one decoded stream: a page of A4 at 600 dots an inch in colours has 105 million
FLUX_TOTAL_MAX = 600_000_000
# Allowed sides of a page, in points: from a stamp to the five metres that the format allows.
COTE_MIN, COTE_MAX = 20, 14_400
LARGEUR_DU_TRACE = 600  # pixels

AUTOMATE = "une action automatique"
JOINT = "un fichier joint"
COMMANDE = "une commande qui lance ou envoie quelque chose"
_FORMULAIRE = "un formulaire dynamique (XFA)"
_MEDIA = "un son, une vidéo ou un objet en trois dimensions"
# Keys that make a PDF do something, and that no harmless dictionary has.
CLES = {
    "/JS": PROGRAMME,
    "/JavaScript": PROGRAMME,
    "/AA": AUTOMATE,
    "/EmbeddedFiles": JOINT,
    "/EF": JOINT,
    "/XFA": _FORMULAIRE,
    "/RichMediaContent": _MEDIA,
}
# The same for kinds of actions (/S), annotations (/Subtype) and objects (/Type); links to pages or addresses are
# harmless.
NATURES = {
    "/JavaScript": PROGRAMME,
    "/Launch": COMMANDE,
    "/SubmitForm": COMMANDE,
    "/ImportData": COMMANDE,
    "/GoToE": LIEN,
    "/GoToR": LIEN,
    "/EmbeddedFile": JOINT,
    "/FileAttachment": JOINT,
    "/Rendition": _MEDIA,
    "/RichMedia": _MEDIA,
    "/RichMediaExecute": _MEDIA,
    "/Screen": _MEDIA,
    "/Movie": _MEDIA,
    "/Sound": _MEDIA,
    "/3D": _MEDIA,
}
SANS_CHIFFREMENT = -1
GENRES = frozenset(("/S", "/Subtype", "/Type"))
# Pictures that only PDFium decodes; allowed only as a stream's sole filter, so that nothing inflates before them.
IMAGES_A_PART = frozenset(("/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"))
_SUR_UNE_IMAGE = "/DCTDecode"


def controler_pdf(octets: bytes, pages_max: int) -> dict[str, int]:
    """Check a PDF and return its number of pages. Raises FichierIllisible."""
    borner_la_lecture()
    try:
        with pypdfium2.PdfDocument(octets) as document:
            pages = _compter(document, pages_max)
            with pikepdf.open(BytesIO(octets), attempt_recovery=False) as pdf:
                if len(pdf.pages) != pages:
                    raise FichierIllisible("abime")
                _parcourir(pdf, octets)
            if pikepdf.settings.qpdf_limit_errors():  # qpdf skipped something nested too deep
                raise FichierIllisible("limites")
            _tracer(document)
    except pikepdf.DataDecodingError as erreur:  # past a limit, or broken
        raise FichierIllisible("limites") from erreur
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as erreur:
        mot_de_passe = getattr(erreur, "err_code", 0) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise FichierIllisible("chiffre" if mot_de_passe else "abime") from erreur
    return {"pages": pages}


def borner_la_lecture() -> None:
    """Limit the size of decoded streams, for the whole process."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=FLUX_MAX,
        png_max_memory=FLUX_MAX,
        run_length_max_memory=FLUX_MAX,
        tiff_max_memory=FLUX_MAX,
        max_stream_filters=3,
    )


def _compter(document: pypdfium2.PdfDocument, pages_max: int) -> int:
    """Count the pages with PDFium: twenty times faster than qpdf for a hundred thousand, and without random bytes."""
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != SANS_CHIFFREMENT:
        raise FichierIllisible("chiffre")
    pages = len(document)
    if pages > pages_max:
        raise FichierIllisible("pages", pages_max)
    if not pages:
        raise FichierIllisible("abime")
    return pages


def _parcourir(pdf: Pdf, octets: bytes) -> None:
    """Look at each object once, in the file's own list, where references cannot make a loop."""
    if "/Collection" in pdf.Root:
        raise FichierIllisible("porte_documents")
    ouverture = pdf.Root.get("/OpenAction")
    # A destination in the document, written as such or as the action that goes there, is harmless.
    if isinstance(ouverture, Dictionary) and ouverture.get("/S") != Name.GoTo:
        raise FichierIllisible("actif", AUTOMATE)
    total = 0
    for objet in (pdf.trailer, *pdf.objects):
        if not isinstance(objet, Object):  # a number, or null
            continue
        for rang, noeud in enumerate(_dictionnaires(en_json(objet))):
            _refuser_l_actif(noeud, flux=isinstance(objet, Stream) and not rang)
        if isinstance(objet, Stream):
            total += _decoder(objet)
            if total > FLUX_TOTAL_MAX:
                raise FichierIllisible("limites")
            if porte_un_chemin(objet):
                raise FichierIllisible("actif", CHEMIN)
    if (caches := restes_de(octets, pdf)) is not None:
        raise FichierIllisible("actif", ", ".join(caches))


def en_json(objet: Object) -> Any:
    """An object in JSON: each name has only one spelling, in whatever encoding, and references are not followed."""
    return json.loads(objet.to_json(dereference=True, schema_version=2))


def restes_de(octets: bytes, pdf: Pdf) -> set[str] | None:
    """What a file keeps that no page can reach, as `restes`."""
    objets = (objet for objet in pdf.objects if isinstance(objet, Object))
    vers = {objet.objgen[0]: set(references(en_json(objet))) for objet in objets}
    return restes(octets, pdf, vers | {0: set(references(en_json(pdf.trailer)))})


def _dictionnaires(objet: object) -> Iterator[dict[str, object]]:
    """The dictionaries in an object in JSON, its own before those inside."""
    pile = [objet]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, dict):
            yield noeud
            pile.extend(noeud.values())
        elif isinstance(noeud, list):
            pile.extend(noeud)


def _refuser_l_actif(noeud: dict[str, object], *, flux: bool) -> None:
    for _, mot in cles_vers_dehors(noeud, flux=flux):
        raise FichierIllisible("actif", mot)
    for cle in noeud.keys() & CLES.keys():
        raise FichierIllisible("actif", CLES[cle])
    for cle in noeud.keys() & GENRES:
        nature = noeud[cle]
        if isinstance(nature, str) and nature in NATURES:
            raise FichierIllisible("actif", NATURES[nature])


def _decoder(flux: Stream) -> int:
    """How many bytes a stream decodes to; for a picture, the size that it announces is checked instead."""
    _refuser_l_immense(flux.get("/Width", 0), flux.get("/Height", 0))
    filtres = filtres_de(flux)
    if filtres and filtres[-1] == _SUR_UNE_IMAGE:
        return _decoder_un_jpeg(flux, filtres)
    if IMAGES_A_PART.intersection(filtres):
        if len(filtres) > 1:
            raise FichierIllisible("abime")
        return 0
    return len(flux.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized))


def _decoder_un_jpeg(flux: Stream, filtres: list[str]) -> int:
    if len(filtres) > 1:  # something inflates before the picture
        return len(flux.get_stream_buffer(pikepdf.StreamDecodeLevel.all))
    _refuser_l_immense(*taille_du_jpeg(flux.read_raw_bytes()))
    return 0


def filtres_de(flux: Stream) -> list[str]:
    """The names of a stream's filters, in the order in which they are undone."""
    filtres = flux.get("/Filter", ())
    return [str(filtre) for filtre in (filtres if isinstance(filtres, Array) else [filtres] if filtres else [])]


def _refuser_l_immense(largeur: object, hauteur: object) -> None:
    if isinstance(largeur, int) and isinstance(hauteur, int) and largeur * hauteur > PIXELS_MAX:
        raise FichierIllisible("pixels", PIXELS_MAX // 10**6)


def _tracer(document: pypdfium2.PdfDocument) -> None:
    """Draw each page small and decode each of its pictures: PDFium silently skips what it cannot decode."""
    document.init_forms()
    for numero, page in enumerate(document, 1):
        if not all(COTE_MIN <= cote <= COTE_MAX for cote in page.get_size()):
            raise FichierIllisible("dimensions", numero)
        tracer(page, LARGEUR_DU_TRACE).close()
        for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            image.get_bitmap()
        page.close()

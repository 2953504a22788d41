"""Rewrites a PDF without what everyday programs leave around or in it. Only `lecteur` calls it, confined.

It does not decide that a file may be kept: `examen_pdf` examines the rewritten file afterwards, like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, StreamDecodeLevel

from cyclades_tui.fichiers.cage.examen_pdf import (
    AUTOMATE,
    CLES,
    COMMANDE,
    FLUX_TOTAL_MAX,
    IMAGES_A_PART,
    JOINT,
    NATURES,
    SANS_CHIFFREMENT,
    borner_la_lecture,
    en_json,
    filtres_de,
    restes_de,
)
from cyclades_tui.fichiers.cage.hors_du_fichier import CHEMIN, LIEN, PROGRAMME, cles_vers_dehors, porte_un_chemin
from cyclades_tui.fichiers.formats import ENTETE_PDF, FIN_PDF, TETE_PDF
from cyclades_tui.fichiers.refus import FichierIllisible

# Kinds of active content that are removed; what is left of the others is refused by `examen_pdf`.
_RETIRES = frozenset((PROGRAMME, AUTOMATE, JOINT, COMMANDE, LIEN))
# Keys that attach an action to what triggers it.
_DECLENCHEURS = ("/OpenAction", "/A", "/PA", "/Next")
# Keys of an action: its kind, and the program, file or address that it uses.
_CHARGES = ("/S", "/JS", "/F", "/Win", "/Mac", "/Unix", "/T", "/D", "/Next")
# Keys for attached files that belong to a part of the document, and for what programs note about it.
_NOTES = ("/AF", "/Metadata", "/PieceInfo")
_OBJET = re.compile(rb"[0-9]+[\0\t\n\f\r ]+[0-9]+[\0\t\n\f\r ]+obj")
_TABLE = b"startxref"
_AUTRE_ENTETE = re.compile(rb"[\r\n]%PDF-[0-9]")
_VERS_UN_OBJET = re.compile(r"[0-9]+ [0-9]+ R")
# The key of a signature: which bytes of the file it signs.
_OCTETS_SIGNES = "/ByteRange"
_VERSION = len("%PDF-1.7")
# The warning of qpdf for a truncated stream.
_FLUX_PERDU = "treating stream as empty"
RESTRICTIONS = "Les restrictions de ce PDF (impression, modification) sont levées dans la copie gardée."
SIGNATURE = "La signature électronique ne peut plus être vérifiée sur la copie gardée : conservez votre fichier."


def refaire_pdf(octets: bytes, pages_max: int) -> tuple[bytes, list[str]]:
    """Rewrite a PDF; also returns what to tell the person. Raises FichierIllisible."""
    borner_la_lecture()
    clair, pages = _dechiffrer(octets, pages_max)
    _refuser_la_coupure(clair)
    refait, mots = _refaire_au_mieux(clair, pages, tel_quel=clair is octets)
    return refait, mots if clair is octets else [RESTRICTIONS, *mots]


def _dechiffrer(octets: bytes, pages_max: int) -> tuple[bytes, int]:
    """The file without its author's restrictions, and its number of pages; 0 if PDFium cannot open it.

    PDFium decrypts it because qpdf would need random numbers, which a confined process cannot get.
    """
    try:
        with pypdfium2.PdfDocument(octets) as document:
            pages = len(document)
            if pages > pages_max:
                raise FichierIllisible("pages", pages_max)
            if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) == SANS_CHIFFREMENT:
                return octets, pages
            sortie = BytesIO()
            document.save(sortie, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
            return sortie.getvalue(), pages
    except pypdfium2.PdfiumError as erreur:
        if erreur.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise FichierIllisible("chiffre") from erreur
        return octets, 0


def _refaire_au_mieux(octets: bytes, pages: int, *, tel_quel: bool) -> tuple[bytes, list[str]]:
    """Rewrite a PDF from its own table of objects or, if that is damaged, from the objects found in it.

    `tel_quel`: it is as it was given, so that what lies hidden in it is told.
    """
    for variante in _variantes(octets):
        try:
            return _refaire(variante, pages, a_reconstruire=False, tel_quel=tel_quel)
        except pikepdf.PdfError:
            continue
    _refuser_deux_documents(octets)
    try:
        return _refaire(next(_variantes(octets)), pages, a_reconstruire=True, tel_quel=False)
    except pikepdf.DataDecodingError as erreur:
        raise FichierIllisible("limites") from erreur
    except pikepdf.PdfError as erreur:
        raise FichierIllisible("abime") from erreur


def _variantes(octets: bytes) -> Iterator[bytes]:
    """The document without what surrounds it; its table may count from its header or from the start of the file."""
    debut = max(0, octets.find(ENTETE_PDF, 0, TETE_PDF + len(ENTETE_PDF)))
    fin = octets.rfind(FIN_PDF) + len(FIN_PDF)
    # Objects after the last end mark are an update whose own end mark is missing.
    if fin < len(FIN_PDF) or _OBJET.search(octets, fin):
        fin = len(octets)
    yield octets[debut:fin]
    if debut:
        tete = debut + _VERSION
        yield octets[debut:tete] + b"\n" * debut + octets[tete:fin]


def _refuser_la_coupure(octets: bytes) -> None:
    """Refuse a file whose last update has no table: it is truncated, and what precedes it is an older document."""
    fin = octets.rfind(FIN_PDF)
    if fin >= 0 and _OBJET.search(octets, fin) and octets.find(_TABLE, fin) < 0:
        raise FichierIllisible("abime")


def _refuser_deux_documents(octets: bytes) -> None:
    """Refuse two concatenated documents, whose objects would be mixed."""
    debut = octets.find(ENTETE_PDF)
    if _AUTRE_ENTETE.search(octets, debut + _VERSION):
        raise FichierIllisible("suite", "PDF")


def _refaire(octets: bytes, pages: int, *, a_reconstruire: bool, tel_quel: bool) -> tuple[bytes, list[str]]:
    with pikepdf.open(BytesIO(octets), attempt_recovery=a_reconstruire) as pdf:
        if a_reconstruire:
            _refuser_les_manques(pdf)
        if pages and len(pdf.pages) != pages:
            raise FichierIllisible("abime")
        mots = [SIGNATURE] if est_signe(pdf) else []
        caches = (restes_de(octets, pdf) if tel_quel else None) or set()
        retires = ", ".join(sorted(_nettoyer(pdf) | caches))
        sortie = BytesIO()
        # Without random numbers: the same file gives the same bytes.
        pdf.save(sortie, deterministic_id=True, preserve_pdfa=False, fix_metadata_version=False)
    if retires:
        mots.append(f"Retiré de la copie gardée : {retires}. Les pages sont les mêmes.")
    return sortie.getvalue(), mots


def est_signe(pdf: Pdf) -> bool:
    """Whether a document carries an electronic signature, which no rewritten copy keeps valid."""
    return any(isinstance(noeud, Dictionary) and _OCTETS_SIGNES in noeud for noeud in _tous_les_noeuds(pdf))


def _refuser_les_manques(pdf: Pdf) -> None:
    """Refuse a document with a missing object or a truncated stream: a part of it would be lost."""
    presents: set[str] = set()
    vises: set[str] = set()
    for objet in pdf.objects:
        if isinstance(objet, Object):
            presents.add("{} {} R".format(*objet.objgen))
            vises.update(_vers(en_json(objet)))
    vises.update(_vers(en_json(pdf.trailer)))
    perdus = any(_FLUX_PERDU in alerte for alerte in pdf.get_warnings())
    if perdus or {vise for vise in vises - presents if pdf.get_object(_numeros(vise)) is None}:
        raise FichierIllisible("abime")


def _numeros(vise: str) -> tuple[int, int]:
    numero, generation, _ = vise.split()
    return int(numero), int(generation)


def _vers(objet: object) -> Iterator[str]:
    """The references in an object, as qpdf writes them in JSON."""
    pile = [objet]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, dict):
            pile.extend(noeud.values())
        elif isinstance(noeud, list):
            pile.extend(noeud)
        elif isinstance(noeud, str) and _VERS_UN_OBJET.fullmatch(noeud):
            yield noeud


# --- what is taken out ------------------------------------------------------------------------------------------


def _nettoyer(pdf: Pdf) -> set[str]:
    """Remove active content; returns its kinds, in the words of `examen_pdf`."""
    retires: set[str] = set()
    noeuds = list(_tous_les_noeuds(pdf))
    total = 0
    for noeud in noeuds:
        if isinstance(noeud, Array):
            retires.update(_detacher(noeud))
        else:
            retires.update(_desarmer(noeud))
        if isinstance(noeud, Stream):
            if porte_un_chemin(noeud):
                retires.add(CHEMIN)
            total += _deplier(pdf, noeud)
            if total > FLUX_TOTAL_MAX:
                raise FichierIllisible("limites")
    for noeud in noeuds:
        if not isinstance(noeud, Array):
            retires.update(_decrocher(noeud))
    return retires


def _tous_les_noeuds(pdf: Pdf) -> Iterator[Array | Dictionary | Stream]:
    for objet in (pdf.trailer, *pdf.objects):
        yield from _noeuds(objet)


def _noeuds(objet: object) -> Iterator[Array | Dictionary | Stream]:
    """An object and those written inside it, without following references."""
    pile = [objet]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, Array):
            yield noeud
            pile.extend(element for element in noeud if not _ailleurs(element))
        elif isinstance(noeud, Dictionary | Stream):
            yield noeud
            pile.extend(valeur for cle in noeud.keys() if not _ailleurs(valeur := _sous(noeud, cle)))  # noqa: SIM118


def _ailleurs(objet: object) -> bool:
    return not isinstance(objet, Object) or objet.is_indirect


def _sous(noeud: Dictionary | Stream, cle: str) -> object:
    """The value of a key; None for a key in an unknown encoding, which pikepdf cannot look up."""
    try:
        return noeud.get(cle)
    except (TypeError, UnicodeError, ValueError):
        return None


def _desarmer(noeud: Dictionary | Stream) -> Iterator[str]:
    """Remove the active keys of a dictionary, those that reach out of the file, and all keys of an active action."""
    actives = [(cle, mot) for cle, mot in CLES.items() if mot in _RETIRES and cle in noeud]
    mot = NATURES.get(str(noeud.get("/S", "")), "")
    if mot in _RETIRES:
        actives += [(cle, mot) for cle in _CHARGES if cle in noeud]
    dehors = list(cles_vers_dehors(en_json(noeud), flux=isinstance(noeud, Stream)))
    notes = [cle for cle in _NOTES if cle in noeud]
    for cle in {cle for cle, _ in (*actives, *dehors)}.union(notes):
        del noeud[cle]
    # A joined file, or a program, has a name too: it is told once.
    yield from (mot for _, mot in actives or dehors)


def _decrocher(noeud: Dictionary | Stream) -> Iterator[str]:
    """Remove the triggers of emptied actions, and any action at the opening of the document."""
    for cle in _DECLENCHEURS:
        action = noeud.get(cle)
        if not isinstance(action, Dictionary):
            continue
        genre = action.get("/S")
        if genre is None:
            del noeud[cle]
        elif cle == "/OpenAction" and genre != Name.GoTo:
            del noeud[cle]
            yield AUTOMATE


def _detacher(rangee: Array) -> Iterator[str]:
    """Remove annotations that contain a file."""
    for rang in range(len(rangee) - 1, -1, -1):
        element = rangee[rang]
        if isinstance(element, Dictionary) and element.get("/Subtype") == Name.FileAttachment:
            del rangee[rang]
            yield JOINT


def _deplier(pdf: Pdf, flux: Stream) -> int:
    """Undo a compression around a picture that only PDFium decodes; returns the number of bytes decompressed."""
    filtres = filtres_de(flux)
    if len(filtres) < 2 or filtres[-1] not in IMAGES_A_PART:
        return 0
    parametres = flux.get("/DecodeParms")
    par_filtre: list[Object] = list(parametres) if isinstance(parametres, Array) else []
    enveloppe = Stream(pdf, flux.read_raw_bytes())
    enveloppe.Filter = Array([Name(filtre) for filtre in filtres[:-1]])
    if any(isinstance(un, Dictionary) for un in par_filtre[:-1]):
        enveloppe.DecodeParms = Array(par_filtre[:-1])
    image = bytes(enveloppe.get_stream_buffer(StreamDecodeLevel.generalized))
    dernier = par_filtre[-1] if len(par_filtre) == len(filtres) else None
    flux.write(image, filter=Name(filtres[-1]), decode_parms=dernier if isinstance(dernier, Dictionary) else None)
    return len(image)

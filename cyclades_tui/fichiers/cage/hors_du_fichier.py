"""What in a PDF reaches out of it, or lies in it unseen: other files, addresses, paths, remains of former versions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pikepdf import Dictionary, Name, Object, Pdf, Stream

PROGRAMME = "un programme (JavaScript)"
LIEN = "un lien vers un autre fichier"
CHEMIN = "le nom d'un fichier d'un autre ordinateur"
RESTES = "des restes cachés d'une version antérieure"

# Keys of a stream whose bytes are in another file, and of the page that another file draws in its place.
_FLUX_AILLEURS = ("/F", "/FFilter", "/FDecodeParms", "/OPI")
_FORME_AILLEURS = "/Ref"
# Keys that name a file where they hold a text; annotations have numbers under some of them.
_NOMS_DE_FICHIER = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
_ADRESSE, _ADRESSE_DE_BASE, _ACTION, _FIL = "/URI", "/Base", "/S", "/Thread"
_DESCRIPTION = ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer")
# Addresses that a link may have; any other kind reaches a file, runs something, or is nothing that we know.
_ADRESSE_ADMISE = re.compile(r"\s*(https?://|mailto:|tel:|www\.)", re.IGNORECASE)
_SCRIPT = re.compile(r"\s*(java|vb)script\s*:", re.IGNORECASE)
_CHEMIN = re.compile(r"file:|javascript:|filepath|\\\\\w|\b[a-z]:[\\/](?!/)|/(home|users|volumes|root)/", re.IGNORECASE)
_BLANCS = rb"[\0\t\n\f\r ]{1,64}"
# An object that begins in the file; bounded, so that no run of digits is read twice.
_OBJET = re.compile(rb"(?<![0-9])([0-9]{1,10})" + _BLANCS + rb"[0-9]{1,5}" + _BLANCS + rb"obj(?![a-z])")
_REFERENCE = re.compile(r"([0-9]+) [0-9]+ R")
_ENVELOPPES = ("/ObjStm", "/XRef")
_LINEARISE, _INDICES = "/Linearized", frozenset(("/S", "/Filter", "/Length", "/DecodeParms", "/O", "/A", "/E"))

Noeud = Mapping[str, object]


def cles_vers_dehors(noeud: Noeud, *, flux: bool) -> Iterator[tuple[str, str]]:
    """Keys of a dictionary by which it reaches out of the file, with a word for each; `flux`: it is a stream's.

    Names, texts and references are written as qpdf does in JSON. For an action, its kind is among the keys.
    """
    if flux:
        yield from ((cle, LIEN) for cle in _FLUX_AILLEURS if cle in noeud)
        if _FORME_AILLEURS in noeud and noeud.get("/Subtype") == "/Form":
            yield _FORME_AILLEURS, LIEN
    else:
        yield from ((cle, LIEN) for cle in _NOMS_DE_FICHIER if _texte(noeud.get(cle)) is not None)
    if noeud.get(_ACTION) == _FIL:
        yield _ACTION, LIEN
    adresse = _texte(noeud.get(_ADRESSE))
    if adresse is not None and not _ADRESSE_ADMISE.match(adresse):
        mot = PROGRAMME if _SCRIPT.match(adresse) else LIEN
        yield from ((cle, mot) for cle in (_ADRESSE, _ACTION) if cle in noeud)
    base = _texte(noeud.get(_ADRESSE_DE_BASE))
    if base is not None and not _ADRESSE_ADMISE.match(base):
        yield _ADRESSE_DE_BASE, LIEN
    for cle in _DESCRIPTION:
        texte = _texte(noeud.get(cle))
        if texte is not None and _CHEMIN.search(texte):
            yield cle, CHEMIN


def porte_un_chemin(flux: Stream) -> bool:
    """Whether a stream describes the document and names a file of another computer there."""
    if flux.get("/Type") != Name.Metadata and flux.get("/Subtype") != Name.XML:
        return False
    texte = bytes(flux.read_bytes()).replace(b"\0", b"").decode("latin-1")  # whatever its encoding
    return _CHEMIN.search(texte) is not None


def references(valeurs: object) -> Iterator[int]:
    """The numbers of the objects that an object refers to, in JSON."""
    pile = [valeurs]
    while pile:
        noeud = pile.pop()
        if isinstance(noeud, dict):
            pile.extend(noeud.values())
        elif isinstance(noeud, list):
            pile.extend(noeud)
        elif isinstance(noeud, str) and (vers := _REFERENCE.fullmatch(noeud)):
            yield int(vers[1])


def restes(octets: bytes, pdf: Pdf, vers: Mapping[int, Collection[int]]) -> set[str] | None:
    """What lies in the file and no page can reach; None if nothing does, no words if it only helps to show it early.

    `vers`: for the number of each object, and for 0, the trailer, those that it refers to.
    """
    objets = {objet.objgen[0]: objet for objet in pdf.objects if isinstance(objet, Object)}
    ecrits = Counter(int(objet[1]) for objet in _OBJET.finditer(octets))
    for objet in objets.values():
        if _est_de_type(objet, "/ObjStm"):
            ecrits.update(_ranges_dans(objet))
    sans_numero = sum(1 for objet in pdf.objects if not isinstance(objet, Object))  # numbers, null
    if any(nombre > 1 for nombre in ecrits.values()) or len(ecrits.keys() - vers.keys()) > sans_numero:
        return {RESTES}
    morts = vers.keys() - _atteints(vers) - {numero for numero, objet in objets.items() if _est_une_enveloppe(objet)}
    if not morts:
        return None
    return set() if all(_sert_a_lire_tot(objets.get(numero)) for numero in morts) else {RESTES}


def _ranges_dans(flux: Object) -> list[int]:
    """The numbers of the objects in a stream of objects."""
    tete = bytes(flux.read_bytes())[: int(flux.get("/First", 0))].split()
    return [int(numero) for numero in tete[::2] if numero.isdigit()]


def _atteints(vers: Mapping[int, Collection[int]]) -> set[int]:
    vus: set[int] = set()
    pile = [0]
    while pile:
        numero = pile.pop()
        if numero not in vus:
            vus.add(numero)
            pile.extend(vers.get(numero, ()))
    return vus


def _est_de_type(objet: Object, *types: str) -> bool:
    return isinstance(objet, Stream) and str(objet.get("/Type", "")) in types


def _est_une_enveloppe(objet: Object) -> bool:
    return _est_de_type(objet, *_ENVELOPPES)


def _sert_a_lire_tot(objet: Object | None) -> bool:
    """Whether an object only says where the first page stands (« linearized »)."""
    if isinstance(objet, Stream):
        return set(objet.keys()) <= _INDICES
    return isinstance(objet, Dictionary) and _LINEARISE in objet


def _texte(valeur: object) -> str | None:
    """A text, decoded enough to know an address or a path; None for anything else."""
    if not isinstance(valeur, str):
        return None
    if valeur.startswith("u:"):
        return valeur[2:].replace("\0", "")
    if valeur.startswith("b:"):
        return bytes.fromhex(valeur[2:]).replace(b"\0", b"").decode("latin-1")
    return None

"""Numbers that went through a spreadsheet or a notepad: codings, columns, quotes, lost zeros, rounded numbers."""

from __future__ import annotations

import csv
import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from cyclades_tui.domaine.texte import plier

_MARQUES = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# How the words of a row of titles begin, and the row by which a spreadsheet notes its separator.
_EN_TETES = ("CANDIDAT", "INSCR", "NUM", "NOM", "PRENOM", "IDENTIFIANT")
_DIT_LE_SEPARATEUR = re.compile(r"sep=.?", re.IGNORECASE)
_FIN_DE_LIGNE = re.compile(r"\r\n?|\n")
# What has no place on paper: controls, and signs that only tell how to show the others.
_SANS_PLACE = frozenset(("Cc", "Cf"))
_LIGNE_MAX = 2_000
_CHIFFRES_D_UN_TITRE = 2  # « 11 chiffres »
_SEPARATEURS = "\t;|,"
_GROUPES = re.compile(r"[0-9]{1,4}(?: [0-9]{1,4})+|[0-9]{1,3}(?:[.,'’][0-9]{3}){3}")
_DECIMALES_NULLES = re.compile(r"[.,]0+$")
_SCIENTIFIQUE = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_CANDIDAT = re.compile(r"[0-9]{11}|[1-9][0-9]{9}")  # its first digit is often 0, which a spreadsheet drops
_INSCRIPTION = re.compile(r"[0-9]{1,3}")
_COLLES = re.compile(rf"({_CANDIDAT.pattern})[ /_-]+({_INSCRIPTION.pattern})")


class Numeros(NamedTuple):
    """What a line holds; `inscription` is 0 for none."""

    candidat: str
    inscription: int


class NumeroArrondi(Exception):
    """A spreadsheet wrote a rounded number, `2,699E+09`: its digits are lost."""


def decoder(octets: bytes) -> str:
    """The text of a file as usual programs write it: UTF-8, UTF-16, or that of Windows in western Europe."""
    for marque, codage in _MARQUES:
        if octets.startswith(marque):
            return octets.decode(codage, "replace")
    if octets[1:2] == b"\0" or octets[:1] == b"\0":
        return octets.decode("utf-16-le" if octets[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def lignes(octets: bytes) -> list[str]:
    """The lines of a file of numbers that hold something, without the row of titles."""
    pleines = [ligne for ligne in _FIN_DE_LIGNE.split(decoder(octets)) if _en_clair(ligne).strip()]
    if pleines and _DIT_LE_SEPARATEUR.fullmatch(pleines[0].strip()):
        del pleines[0]
    return pleines[1:] if pleines and _est_un_en_tete(pleines[0]) else pleines


def lire_les_cellules(ligne: str) -> Numeros | None:
    """The numbers of a line cut in columns, whatever else stands in them; None without a N° candidat.

    Raises NumeroArrondi.
    """
    cellules = [_nettoyer(cellule) for cellule in _cellules(_en_clair(ligne[:_LIGNE_MAX]))]
    rang = next((rang for rang, cellule in enumerate(cellules) if _CANDIDAT.fullmatch(cellule)), None)
    if rang is None:
        return None
    # A number far before it is that of the row.
    voisines = [*cellules[rang + 1 :], *cellules[max(rang - 1, 0) : rang]]
    inscription = next((cellule for cellule in voisines if _INSCRIPTION.fullmatch(cellule)), "0")
    return Numeros(cellules[rang].zfill(11), int(inscription))


def _est_un_en_tete(ligne: str) -> bool:
    """Whether its words are titles and no cell could be a number of a person."""
    nombres = any(len(mot) > _CHIFFRES_D_UN_TITRE for mot in re.findall(r"[0-9]+", ligne))
    return not nombres and any(mot.startswith(_EN_TETES) for mot in plier(ligne).split())


def _en_clair(ligne: str) -> str:
    """A line without signs that nobody sees, its digits and spaces the usual ones."""
    nfkc = unicodedata.normalize("NFKC", ligne)
    return "".join(signe for signe in nfkc if signe == "\t" or unicodedata.category(signe) not in _SANS_PLACE)


def _cellules(ligne: str) -> list[str]:
    """By the first separator that the line has; a comma alone may be that of a decimal number."""
    seule = ligne.strip()
    if colles := _COLLES.fullmatch(_sans_guillemets(seule)):
        return list(colles.groups())
    separateur = next((signe for signe in _SEPARATEURS if signe in seule), "")
    if not separateur or _SCIENTIFIQUE.fullmatch(_sans_guillemets(seule)):
        return [seule]
    return next(csv.reader([seule.replace('="', '"')], delimiter=separateur), [])


def _nettoyer(cellule: str) -> str:
    """A cell as one would have typed it. Raises NumeroArrondi."""
    texte = _sans_guillemets(cellule)
    if _GROUPES.fullmatch(texte) and _CANDIDAT.fullmatch(seuls := "".join(re.findall("[0-9]", texte))):
        return seuls
    if lue := _SCIENTIFIQUE.fullmatch(texte):
        entier, decimales, exposant = lue[1], lue[2] or "", int(lue[3])
        if len(decimales) != exposant:
            raise NumeroArrondi(texte)
        return str(int(Decimal(f"{entier}{decimales}")))
    return _DECIMALES_NULLES.sub("", texte)


def _sans_guillemets(texte: str) -> str:
    return texte.strip().removeprefix("=").strip("\"'’ \u00a0")

"""Numbers that went through a spreadsheet or a notepad: codings, columns, quotes, lost zeros, rounded numbers."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import NamedTuple

from cyclades_tui.domaine.texte import plier

_MARQUES = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_EN_TETES = frozenset(("CANDIDAT", "CANDIDATS", "INSCRIPTION", "INSCRIPTIONS", "NUMERO", "NUMEROS"))
_LIGNE_MAX = 2_000
_SEPARATEURS = "\t;|,"
_MILLIERS = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_DECIMALES_NULLES = re.compile(r"[.,]0+$")
_SCIENTIFIQUE = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_CANDIDAT = re.compile(r"[0-9]{11}|[1-9][0-9]{9}")  # its first digit is often 0, which a spreadsheet drops
_INSCRIPTION = re.compile(r"[0-9]{1,3}")


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
    pleines = [ligne for ligne in decoder(octets).splitlines() if ligne.strip()]
    return pleines[1:] if pleines and _est_un_en_tete(pleines[0]) else pleines


def lire_les_cellules(ligne: str) -> Numeros | None:
    """The numbers of a line cut in columns, whatever else stands in them; None without a N° candidat.

    Raises NumeroArrondi.
    """
    cellules = [_nettoyer(cellule) for cellule in _cellules(ligne[:_LIGNE_MAX])]
    candidat = next((cellule for cellule in cellules if _CANDIDAT.fullmatch(cellule)), None)
    if candidat is None:
        return None
    inscription = next((cellule for cellule in cellules if _INSCRIPTION.fullmatch(cellule)), "0")
    return Numeros(candidat.zfill(11), int(inscription))


def _est_un_en_tete(ligne: str) -> bool:
    return not any(signe.isdigit() for signe in ligne) and not _EN_TETES.isdisjoint(plier(ligne).split())


def _cellules(ligne: str) -> list[str]:
    """By the first separator that the line has; a comma alone may be that of a decimal number."""
    seule = ligne.strip()
    separateur = next((signe for signe in _SEPARATEURS if signe in seule), "")
    if not separateur or _SCIENTIFIQUE.fullmatch(_sans_guillemets(seule)):
        return [seule]
    return next(csv.reader([seule.replace('="', '"')], delimiter=separateur), [])


def _nettoyer(cellule: str) -> str:
    """A cell as one would have typed it. Raises NumeroArrondi."""
    texte = _sans_guillemets(cellule)
    if _MILLIERS.fullmatch(texte):
        return "".join(texte.split())
    if lue := _SCIENTIFIQUE.fullmatch(texte):
        entier, decimales, exposant = lue[1], lue[2] or "", int(lue[3])
        if len(decimales) != exposant:
            raise NumeroArrondi(texte)
        return str(int(Decimal(f"{entier}{decimales}")))
    return _DECIMALES_NULLES.sub("", texte)


def _sans_guillemets(texte: str) -> str:
    return texte.strip().removeprefix("=").strip("\"'’ \u00a0")

"""Breaks text into lines that fit a width, for the PDF page and for the plain-text twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cyclades_tui.domaine.typographie import APRES, suit_sans_couper

# Besides the signs of French typography: a dash between two words never begins a line, nor ends one.
_TIRETS = ("-", "–", "—")
_COLLES_APRES = (APRES, *(f" {tiret}" for tiret in _TIRETS))


class Segment(NamedTuple):
    """Text of one weight (regular or bold) on one line."""

    texte: str
    gras: bool


Ligne = tuple[Segment, ...]
# Measures a text, `gras` or not, in the unit of the line's width.
Mesure = Callable[[str, bool], float]


def couper(gras: str, texte: str, largeur: float, mesure: Mesure) -> list[Ligne]:
    """Break `gras` followed by `texte` into lines at spaces; a word wider than `largeur` is broken inside.

    A line feed in either text begins a new line. Only spaces are ever lost.
    """
    segments = (Segment(" ".join(filter(None, t.split(" "))), g) for t, g in ((gras, True), (texte, False)))
    entiere = _souder([segment for segment in segments if segment.texte])
    if "\n" not in gras + texte and sum(mesure(*segment) for segment in entiere) <= largeur:
        return [entiere] if entiere else []
    lignes: list[Ligne] = []
    courante: list[Segment] = []
    prise = 0.0
    for mot in _mots(gras, texte):
        if mot is None:
            lignes.append(_souder(courante))
            courante, prise = [], 0.0
            continue
        for morceau, besoin in _briser(mot, largeur, mesure):
            avec_espace = prise + mesure(" ", courante[-1].gras) + besoin if courante else besoin
            if courante and avec_espace > largeur:
                lignes.append(_souder(courante))
                courante, avec_espace = [], besoin
            courante.append(morceau)
            prise = avec_espace
    return [*lignes, _souder(courante)] if courante else lignes


def _mots(gras: str, texte: str) -> Iterator[Segment | None]:
    """The words of both texts with their weight; None is a forced line break."""
    for source, est_gras in ((gras, True), (texte, False)):
        for rang, ligne in enumerate(source.split("\n")):
            if rang:
                yield None
            for mot in _insecables(ligne):
                yield Segment(mot, est_gras)


def _insecables(ligne: str) -> Iterator[str]:
    """The words of a line, each with the punctuation that must stay beside it."""
    groupe = ""
    for mot in ligne.split(" "):
        if not mot:
            continue
        if groupe and (mot in _TIRETS or suit_sans_couper(mot) or groupe.endswith(_COLLES_APRES)):
            groupe += f" {mot}"
            continue
        if groupe:
            yield groupe
        groupe = mot
    if groupe:
        yield groupe


def _briser(mot: Segment, largeur: float, mesure: Mesure) -> Iterator[tuple[Segment, float]]:
    """The word and its width, or pieces of it that fit, with theirs; it breaks at no-break spaces first."""
    besoin = mesure(*mot)
    if besoin <= largeur:
        yield mot, besoin
        return
    if " " in mot.texte:
        for partie in mot.texte.split(" "):
            yield from _briser(Segment(partie, mot.gras), largeur, mesure)
        return
    reste = mot.texte
    while besoin > largeur:
        tient = _combien_tient(reste, mot.gras, largeur, mesure)
        # Break after a hyphen if possible: a double name is better cut between its names.
        tient = reste.rfind("-", 1, tient) + 1 or tient
        morceau, reste = Segment(reste[:tient], mot.gras), reste[tient:]
        yield morceau, mesure(*morceau)
        besoin = mesure(reste, mot.gras)
    if reste:
        yield Segment(reste, mot.gras), besoin


def _combien_tient(texte: str, gras: bool, largeur: float, mesure: Mesure) -> int:
    """How many characters from the start of a text fit; at least one."""
    prise = 0.0
    for rang, caractere in enumerate(texte):
        prise += mesure(caractere, gras)
        if rang and prise > largeur:
            return rang
    return len(texte)


def _souder(mots: list[Segment]) -> Ligne:
    """Join the words of a line by weight; a space between two weights goes to the first."""
    ligne: list[Segment] = []
    for mot in mots:
        if ligne and ligne[-1].gras == mot.gras:
            ligne[-1] = Segment(f"{ligne[-1].texte} {mot.texte}", mot.gras)
            continue
        if ligne:
            ligne[-1] = Segment(f"{ligne[-1].texte} ", ligne[-1].gras)
        ligne.append(mot)
    return tuple(ligne)

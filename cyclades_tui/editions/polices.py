"""The fonts of documents: which characters they have, how wide these are, and which fonts a document needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.domaine.texte import nommer_caractere

# Millimetres in a point.
MM_PAR_POINT = 25.4 / 72


class CaractereAbsent(ErreurCyclades):
    """A document has a character that no set of fonts has."""


@dataclass(frozen=True, slots=True)
class Jeu:
    """A regular and a bold font with the same characters; widths are in em."""

    nom: str
    fichiers: tuple[Path, Path]
    largeurs: tuple[dict[str, float], dict[str, float]]

    def mesure(self, corps: float) -> Callable[[str, bool], float]:
        """A function that gives the width in millimetres of a text, bold or not, at `corps` points."""
        mm_par_em = corps * MM_PAR_POINT

        def mesurer(texte: str, gras: bool) -> float:
            return sum(map(self.largeurs[gras].__getitem__, texte)) * mm_par_em

        return mesurer

    def absents(self, caracteres: frozenset[str]) -> frozenset[str]:
        return caracteres - self.largeurs[0].keys()


# The files of each set, smallest first: the more glyphs a font has, the longer every document takes, and nearly all
# documents need Western European letters only.
JEUX = ("usuel", "complet")


def choisir_jeu(dossier: Path, caracteres: frozenset[str]) -> Jeu:
    """The smallest set that has every character. Raises CaractereAbsent, naming the characters that no set has."""
    for nom in JEUX:
        jeu = charger_jeu(dossier, nom)
        absents = jeu.absents(caracteres)
        if not absents:
            return jeu
    noms = ", ".join(f"{nommer_caractere(c)} (U+{ord(c):04X})" for c in sorted(absents))
    raise CaractereAbsent(
        Faute(
            "police.caractere_absent",
            "",
            f"Les polices des documents ne contiennent pas : {noms}.",
            "Corrigez la donnée qui porte ce signe, ou reconstruisez les polices si le répertoire a changé.",
        )
    )


@cache
def charger_jeu(dossier: Path, nom: str) -> Jeu:
    """Read a set of fonts from `dossier`; its widths are kept for the life of the process."""
    fichiers = (dossier / f"cyclades-{nom}.ttf", dossier / f"cyclades-{nom}-gras.ttf")
    polices = ouvrir_polices(FPDF(), nom, fichiers)
    normal, gras = ({chr(point): police.cw[point] / 1000 for point in police.cmap} for police in polices)
    for police in polices:
        police.close()
    return Jeu(nom, fichiers, (normal, gras))


def ouvrir_polices(pdf: FPDF, nom: str, fichiers: tuple[Path, Path]) -> list[TTFFont]:
    """Add the regular and bold fonts of a set to a PDF; the caller must close the fonts returned."""
    for style, fichier in zip(("", "B"), fichiers, strict=True):
        pdf.add_font(nom, style, fichier)
    polices = [police for police in pdf.fonts.values() if isinstance(police, TTFFont)][-2:]
    for police in polices:
        # A subset keeps its glyphs unchanged: computing their boxes again would take a third of a document's time.
        police.ttfont.recalcBBoxes = False
    return polices

"""Lays a document out: the place of each text and line, before any PDF is written.

Lengths are in millimetres from the top left corner, type sizes in points. Blocks become bands as wide as the text area,
which `editions.empilement` stacks down the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.editions.code import COTE, dessiner_code
from cyclades_tui.editions.coupe import Ligne, Mesure, Segment, couper
from cyclades_tui.editions.empilement import LARGEUR_PAGE, Bande, Filet, PageEmpilee, Plein, TextePlace, Trait, empiler
from cyclades_tui.editions.polices import MM_PAR_POINT, Jeu

GAUCHE, DROITE = 15.0, 195.0
LARGEUR = DROITE - GAUCHE
PIED = 284.0
GOUTTIERE = 3.0

# The head: at the right the box of numbers above the addressee, at the left the service above the reference.
EN_TETE_DROITE = 117.0
SOUS_TITRE, SOUS_CARTOUCHE, SOUS_SERVICE, SOUS_EN_TETE = 4.0, 7.0, 3.0, 3.0
MARGE_CADRE = 2.5

# The widest that the columns unit, position and mode may be; the label takes the rest.
LARGEURS_MAXIMALES = (14.0, 30.0, 48.0)
RETRAIT_CHOIX = 8.0
AIR_RANGEE = 0.7

# To write by hand: a blank in a line, drawn as a rule that continues the font's underscore (placed in em); a frame.
BLANC = 45.0
SOUS_LA_BASE, EPAISSEUR_SOULIGNE = 0.212, 0.047
HAUTEUR_CADRE = 32.0
ENTRE_CADRES = 6.0


class Caractere(NamedTuple):
    """Type size in points; leading and space above in millimetres."""

    corps: float
    interligne: float
    avant: float = 0.0

    @property
    def base(self) -> float:
        """Millimetres from the top of a line to its baseline, so that capitals are centred in the leading."""
        return (self.interligne + 0.73 * self.corps * MM_PAR_POINT) / 2


CARACTERES = {
    Style.TITRE: Caractere(14, 6.6),
    Style.CARTOUCHE: Caractere(9, 4.5),
    Style.SERVICE: Caractere(9, 4.4),
    Style.DESTINATAIRE: Caractere(10, 5.0),
    Style.REFERENCE: Caractere(7.5, 3.6),
    Style.LIGNE: Caractere(9, 4.6, 2.4),
    Style.PARAGRAPHE: Caractere(9, 4.4, 2.4),
    Style.RUBRIQUE: Caractere(10, 5.4, 3.6),
    Style.EPREUVE: Caractere(8, 3.7),
    Style.CHOIX: Caractere(8, 3.7),
    Style.SIGNATURE: Caractere(9, 5.4, 3.0),
}
CARACTERE_PIED = Caractere(7.5, 3.2)


FILET_CADRE = Filet(0.25)
FILET_RANGEE = Filet(0.15, 150)


def mettre_en_page(document: DocumentCompose, jeu: Jeu) -> list[PageEmpilee]:
    """The pages of a document, at least one; the foot of each shows the subject and `page x/y`."""
    plume = Plume(jeu, document.blocs)
    pages = empiler(_bandes(document.blocs, plume))
    for rang, page in enumerate(pages, start=1):
        page.textes.extend(plume.pied(document.sujet, f"page {rang}/{len(pages)}"))
    return pages


class Plume:
    """Places lines with the widths of one set of fonts; `colonnes` (left edge, width) apply to all tables."""

    def __init__(self, jeu: Jeu, blocs: Iterable[BlocDeDocument]) -> None:
        self.mesure = jeu.mesure
        self.colonnes = _colonnes(blocs, jeu.mesure(CARACTERES[Style.EPREUVE].corps))

    def couper(self, bloc: BlocDeDocument, largeur: float) -> list[Ligne]:
        return couper(bloc.gras, bloc.texte, largeur, self.mesure(CARACTERES[bloc.style].corps))

    def poser(self, caractere: Caractere, lignes: Iterable[Ligne], x: float, y: float) -> list[TextePlace]:
        """Place lines one under the other; `x` is their left end, `y` the top of the first."""
        mesure = self.mesure(caractere.corps)
        textes: list[TextePlace] = []
        for rang, ligne in enumerate(lignes):
            gauche, base = x, y + rang * caractere.interligne + caractere.base
            for segment in ligne:
                textes.append(TextePlace(gauche, base, segment.texte, caractere.corps, segment.gras))
                gauche += mesure(*segment)
        return textes

    def colonne(
        self, blocs: Iterable[BlocDeDocument], x: float, y: float, largeur: float
    ) -> tuple[list[TextePlace], float]:
        """Place blocks one under the other; returns their texts and the bottom of the last."""
        textes: list[TextePlace] = []
        for bloc in blocs:
            caractere = CARACTERES[bloc.style]
            lignes = self.couper(bloc, largeur)
            textes += self.poser(caractere, lignes, x, y)
            y += len(lignes) * caractere.interligne
        return textes, y

    def pied(self, sujet: str, numero: str) -> list[TextePlace]:
        mesure = self.mesure(CARACTERE_PIED.corps)
        gauche = DROITE - mesure(numero, False)
        lignes = couper("", sujet, gauche - GAUCHE - GOUTTIERE, mesure)
        textes = self.poser(CARACTERE_PIED, lignes, GAUCHE, PIED)
        return textes + self.poser(CARACTERE_PIED, [(Segment(numero, False),)], gauche, PIED)


def _colonnes(blocs: Iterable[BlocDeDocument], mesure: Mesure) -> list[tuple[float, float]]:
    rangees = [bloc.cellules for bloc in blocs if bloc.style is Style.EPREUVE]
    colonnes: list[tuple[float, float]] = []
    droite = DROITE
    for rang, maximum in reversed(list(enumerate(LARGEURS_MAXIMALES, start=1))):
        # Slightly more than the widest cell, because it is measured again word by word.
        largeur = min(maximum, max((mesure(rangee[rang], False) for rangee in rangees), default=0.0) + 0.1)
        colonnes.insert(0, (droite - largeur, largeur))
        droite -= largeur + GOUTTIERE
    return [(GAUCHE, droite - GAUCHE), *colonnes]


def _bandes(blocs: Iterable[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    for composer, zone in groupby(blocs, key=lambda bloc: _COMPOSEURS[bloc.style]):
        yield from composer(list(zone), plume)


def _titre(blocs: list[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    caractere = CARACTERES[Style.TITRE]
    mesure = plume.mesure(caractere.corps)
    for bloc in blocs:
        lignes = plume.couper(bloc, LARGEUR)
        textes: list[TextePlace] = []
        for rang, ligne in enumerate(lignes):
            gauche = (LARGEUR_PAGE - sum(mesure(*segment) for segment in ligne)) / 2
            textes += plume.poser(caractere, [ligne], gauche, rang * caractere.interligne)
        yield Bande(len(lignes) * caractere.interligne, textes, [], soudee=True)


def _en_tete(blocs: list[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    """At the right the box of numbers above the addressee, at the left the service above the reference."""
    poses: dict[int, list[TextePlace]] = {}

    def colonne(style: Style, x: float, y: float, largeur: float) -> float:
        for rang, bloc in enumerate(blocs):
            if bloc.style is style:
                poses[rang], y = plume.colonne([bloc], x, y, largeur)
        return y

    largeur_droite = DROITE - EN_TETE_DROITE
    haut_cadre, gauche_cadre = SOUS_TITRE + MARGE_CADRE, EN_TETE_DROITE + MARGE_CADRE
    bas = colonne(Style.CARTOUCHE, gauche_cadre, haut_cadre, largeur_droite - 2 * MARGE_CADRE) + MARGE_CADRE
    cadre = _cadre(EN_TETE_DROITE, SOUS_TITRE, DROITE, bas) if poses else []
    bas_service = colonne(Style.SERVICE, GAUCHE, SOUS_TITRE, EN_TETE_DROITE - GAUCHE - GOUTTIERE)
    bas_reference, pleins = bas_service, list[Plein]()
    for rang, bloc in enumerate(blocs):
        if bloc.style is Style.REFERENCE:
            poses[rang], code, bas_reference = _reference(bloc, plume, bas_reference + SOUS_SERVICE)
            pleins += code
    bas_destinataire = colonne(Style.DESTINATAIRE, EN_TETE_DROITE, bas + SOUS_CARTOUCHE, largeur_droite)
    textes = [texte for rang in sorted(poses) for texte in poses[rang]]
    yield Bande(max(bas, bas_reference, bas_destinataire) + SOUS_EN_TETE, textes, cadre, pleins=pleins)


def _reference(bloc: BlocDeDocument, plume: Plume, y: float) -> tuple[list[TextePlace], list[Plein], float]:
    """The reference as text beside its QR code, which holds it without spaces."""
    gauche = GAUCHE + COTE + GOUTTIERE
    textes, bas = plume.colonne([bloc], gauche, y, EN_TETE_DROITE - GOUTTIERE - gauche)
    return textes, dessiner_code("".join(bloc.texte.split()), GAUCHE, y), max(bas, y + COTE)


def _lignes(blocs: list[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    """Lines one under the other; only the first has space above."""
    haut = CARACTERES[Style.LIGNE].avant
    for bloc in blocs:
        textes, bas = plume.colonne([bloc], GAUCHE, haut, LARGEUR)
        yield Bande(bas, textes, [])
        haut = 0.0


def _paragraphes(blocs: list[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    for bloc in blocs:
        textes, bas = plume.colonne([bloc], GAUCHE, CARACTERES[bloc.style].avant, LARGEUR)
        yield Bande(bas, textes, [], soudee=bloc.style is Style.RUBRIQUE)


def _rangees(blocs: list[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    """Table rows with light lines between them; a choice belongs to the row above."""
    traits = [Trait(GAUCHE, 0.0, DROITE, 0.0, FILET_RANGEE)]
    for bloc, suivant in zip(blocs, [*blocs[1:], None], strict=True):
        textes, bas = _choix(bloc, plume) if bloc.style is Style.CHOIX else _rangee(bloc, plume)
        soudee = suivant is not None and suivant.style is Style.CHOIX
        if not soudee:
            traits.append(Trait(GAUCHE, bas, DROITE, bas, FILET_RANGEE))
        yield Bande(bas, textes, traits, soudee)
        traits = []


def _rangee(bloc: BlocDeDocument, plume: Plume) -> tuple[list[TextePlace], float]:
    textes: list[TextePlace] = []
    bas = 0.0
    for cellule, (gauche, largeur) in zip(bloc.cellules, plume.colonnes, strict=True):
        colonne, fin = plume.colonne([BlocDeDocument(Style.EPREUVE, cellule)], gauche, AIR_RANGEE, largeur)
        textes += colonne
        bas = max(bas, fin)
    return textes, bas + AIR_RANGEE


def _choix(bloc: BlocDeDocument, plume: Plume) -> tuple[list[TextePlace], float]:
    textes, bas = plume.colonne([bloc], GAUCHE + RETRAIT_CHOIX, 0.0, LARGEUR - RETRAIT_CHOIX)
    return textes, bas + AIR_RANGEE


def _signature(blocs: list[BlocDeDocument], plume: Plume) -> Iterator[Bande]:
    """One band: the certified statement, then a frame for each person who signs."""
    caractere = CARACTERES[Style.SIGNATURE]
    y = caractere.avant
    textes: list[TextePlace] = []
    traits: list[Trait] = []
    for bloc in blocs:
        for ligne in plume.couper(bloc, LARGEUR):
            mots, blancs = _a_remplir(ligne, plume, y + caractere.base)
            textes += mots
            traits += blancs
            y += caractere.interligne
        if bloc.cellules:
            cadres, filets, y = _cadres(bloc.cellules, plume, y + AIR_RANGEE)
            textes += cadres
            traits += filets
    yield Bande(y, textes, traits)


def _cadres(cellules: tuple[str, ...], plume: Plume, y: float) -> tuple[list[TextePlace], list[Trait], float]:
    """One frame to sign in for each cell, side by side, with the cell's text at the top."""
    largeur = (LARGEUR - ENTRE_CADRES * (len(cellules) - 1)) / len(cellules)
    textes: list[TextePlace] = []
    bas = y
    for rang, cellule in enumerate(cellules):
        gauche = GAUCHE + rang * (largeur + ENTRE_CADRES) + MARGE_CADRE
        colonne, fin = plume.colonne(
            [BlocDeDocument(Style.SIGNATURE, cellule)], gauche, y + 1, largeur - 2 * MARGE_CADRE
        )
        textes += colonne
        bas = max(bas, fin)
    bas += HAUTEUR_CADRE - CARACTERES[Style.SIGNATURE].interligne
    traits: list[Trait] = []
    for rang in range(len(cellules)):
        gauche = GAUCHE + rang * (largeur + ENTRE_CADRES)
        traits += _cadre(gauche, y, gauche + largeur, bas)
    return textes, traits, bas


def _a_remplir(ligne: Ligne, plume: Plume, base: float) -> tuple[list[TextePlace], list[Trait]]:
    """A line in which each blank (`_____`) is continued by a rule, as far as the line has room."""
    corps = CARACTERES[Style.SIGNATURE].corps
    mesure, em = plume.mesure(corps), corps * MM_PAR_POINT
    morceaux = [(mot, gras) for texte, gras in ligne for mot in _separer_blancs(texte)]
    libre = LARGEUR - sum(mesure(mot, gras) for mot, gras in morceaux)
    blancs = sum(mot[0] == "_" for mot, _ in morceaux)
    ajout = max(0.0, min(BLANC, libre / blancs)) if blancs else 0.0
    textes: list[TextePlace] = []
    traits: list[Trait] = []
    x, y = GAUCHE, base + SOUS_LA_BASE * em
    for mot, gras in morceaux:
        if mot[0] == "_":
            traits.append(Trait(x, y, x + ajout, y, Filet(EPAISSEUR_SOULIGNE * em)))
            x += ajout
        textes.append(TextePlace(x, base, mot, corps, gras))
        x += mesure(mot, gras)
    return textes, traits


def _separer_blancs(texte: str) -> list[str]:
    return ["".join(lettres) for _, lettres in groupby(texte, key=lambda lettre: lettre == "_")]


def _cadre(gauche: float, haut: float, droite: float, bas: float) -> list[Trait]:
    coins = ((gauche, haut), (droite, haut), (droite, bas), (gauche, bas), (gauche, haut))
    return [Trait(*debut, *fin, FILET_CADRE) for debut, fin in pairwise(coins)]


_COMPOSEURS: dict[Style, Callable[[list[BlocDeDocument], Plume], Iterator[Bande]]] = {
    Style.TITRE: _titre,
    Style.CARTOUCHE: _en_tete,
    Style.SERVICE: _en_tete,
    Style.DESTINATAIRE: _en_tete,
    Style.REFERENCE: _en_tete,
    Style.LIGNE: _lignes,
    Style.PARAGRAPHE: _paragraphes,
    Style.RUBRIQUE: _paragraphes,
    Style.EPREUVE: _rangees,
    Style.CHOIX: _rangees,
    Style.SIGNATURE: _signature,
}

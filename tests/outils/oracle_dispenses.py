"""A second, naive computation of the positions for bac pro Aéronautique option Systèmes, to test the product against.

Copied by hand from the guide's récapitulatif (F214–F246), the arrêtés on dispenses and the code de l'éducation (D337-69
to D337-84); it shares no code and no data file with the product, and prefers repetition to cleverness.
"""

from __future__ import annotations

from dataclasses import dataclass

INSCRIT, NON_INSCRIT, DISPENSE, BENEFICE = "Inscrit", "Non Inscrit", "Dispense", "Bénéfice"
CCF, PONCTUEL = "Contrôle en cours de formation", "Ponctuel"

# Every unit a title may dispense: langue vivante A, français, histoire-géographie-EMC, arts appliqués, EPS (annexe I);
# PSE and mathématiques for another bac pro (art. 3 and 4); économie-gestion (art. 5) and physique-chimie where that
# bac pro had them.
TITRES: dict[str, tuple[int, list[str]]] = {
    "BACCALAURÉAT PROFESSIONNEL Autres spécialités (depuis 2019)": (
        2019,
        ["U4", "U51", "U52", "U6", "U7", "U36", "U11"],
    ),
    "BTS DUT DEUG LICENCE Toutes spécialités (depuis 1900)": (1900, ["U4", "U51", "U52", "U6", "U7"]),
    "AUTRES DIPLOMES Technicien des métiers du spectacle (depuis 1900)": (1900, ["U4", "U51", "U52", "U6", "U7"]),
    "AUTRES DIPLOMES Technicien podo-orthésiste (depuis 1900)": (1900, ["U4", "U51", "U52", "U6", "U7"]),
    "AUTRES DIPLOMES Technicien prothésiste-orthésiste (depuis 1900)": (1900, ["U4", "U51", "U52", "U6", "U7"]),
    "BACCALAURÉAT PROFESSIONNEL Autres spécialités BACPRO avec Physique-chimie, Economie-gestion (depuis 2019)": (
        2019,
        ["U4", "U51", "U52", "U6", "U7", "U36", "U11", "U12", "U35"],
    ),
    "BACCALAURÉAT PROFESSIONNEL Autres spécialités BACPRO avec Sciences Physiques et Chimiques (depuis 2019)": (
        2019,
        ["U4", "U51", "U52", "U6", "U7", "U36", "U11", "U12"],
    ),
    "DIPLOME DES METIERS D'ART Toutes spécialités (depuis 1900)": (1900, ["U4", "U51", "U52", "U6", "U7"]),
    "BACCALAURÉAT PROFESSIONNEL Autres spécialités BACPRO avec Economie-gestion (depuis 2019)": (
        2019,
        ["U4", "U51", "U52", "U6", "U7", "U36", "U11", "U35"],
    ),
    "BREVET DES METIERS D'ART Toutes spécialités (depuis 1900)": (1900, ["U4", "U51", "U52", "U6", "U7"]),
    "BREVET TECHNIQUE, BREVET TECHNIQUE AGRICOLE Toutes spécialités (depuis 1900)": (
        1900,
        ["U4", "U51", "U52", "U6", "U7"],
    ),
    "BACCALAURÉAT GÉNÉRAL OU BACCALAURÉAT TECHNOLOGIQUE Toutes séries (depuis 1900)": (
        1900,
        ["U4", "U51", "U52", "U6", "U7"],
    ),
}

# Code, unit, mode by the voie scolaire, mode for the others (individual candidates, distance teaching).
E1_A_E7: list[tuple[str, str, str, str]] = [
    ("E1", "", "", ""),
    ("E1-A", "U11", CCF, PONCTUEL),
    ("E1-B", "U12", CCF, PONCTUEL),
    ("E2", "U2", PONCTUEL, PONCTUEL),
    ("E3", "", "", ""),
    ("E3-A", "U31", CCF, PONCTUEL),
    ("E3-B", "U32", CCF, PONCTUEL),
    ("E3-C", "U33", CCF, PONCTUEL),
    ("E3-D", "U34", CCF, PONCTUEL),
    ("E3-E", "U35", PONCTUEL, PONCTUEL),
    ("E3-F", "U36", PONCTUEL, PONCTUEL),
    ("E4", "U4", "", ""),
    ("E4-A", "", CCF, PONCTUEL),
    ("E4-B", "", CCF, PONCTUEL),
    ("E5", "", "", ""),
    ("E5-A", "U51", PONCTUEL, PONCTUEL),
    ("E5-B", "U52", PONCTUEL, PONCTUEL),
    ("E6", "U6", CCF, PONCTUEL),
    ("E7", "U7", CCF, PONCTUEL),
]
CHEF_D_OEUVRE: list[tuple[str, str, str, str]] = [
    ("EC1", "CO1", CCF, ""),
    ("EC1A", "", CCF, ""),
    ("EC1B", "", CCF, ""),
    ("EC1BA", "", CCF, ""),
    ("EC1BB", "", CCF, ""),
]
# Since 2026 the projet replaces it, with the same parts under other labels.
PROJET: list[tuple[str, str, str, str]] = list(CHEF_D_OEUVRE)
EF1: list[tuple[str, str, str, str]] = [("EF1", "UF1", PONCTUEL, PONCTUEL)]
# The guide shows EF2 for a pupil only, in CCF, which individual candidates do not have.
EF2: list[tuple[str, str, str, str]] = [("EF2", "UF2", CCF, "")]
CONTROLE: list[tuple[str, str, str, str]] = [("ECT", "", PONCTUEL, PONCTUEL)]

SANS_UNITE = {
    "E1": ["E1-A", "E1-B"],
    "E3": ["E3-A", "E3-B", "E3-C", "E3-D", "E3-E", "E3-F"],
    "E5": ["E5-A", "E5-B"],
}
SUIVENT = {"E4": ["E4-A", "E4-B"], "EC1": ["EC1A", "EC1B", "EC1BA", "EC1BB"]}
SCOLAIRE, INDIVIDUEL, FORMATION_CONTINUE, A_DISTANCE = (
    "SCOLAIRE BACPRO 1 AN",
    "INDIVIDUEL",
    "FORMATION CONTINUE",
    "ENSEIGNEMENT A DISTANCE",
)
# The column « voie scolaire » of the official tables also covers public continuing education.
PAR_LA_VOIE_SCOLAIRE = [SCOLAIRE, FORMATION_CONTINUE]
GLOBALE, PROGRESSIVE = "Globale", "Progressive"
# « formation continue (D337-61) et candidats au titre de 3 ans d'expérience (D337-70 2°) », D337-84.
DISPENSABLES_D_EPS = [INDIVIDUEL, FORMATION_CONTINUE]


@dataclass(frozen=True)
class Note:
    """A note of a former session, in hundredths so that 9.99 is exact; `meme`: in the same spécialité."""

    unite: str
    session: int
    centiemes: int
    gardee: bool = True
    meme: bool = True


@dataclass(frozen=True)
class Dossier:
    """What a candidate declares; `titres` are (label, year)."""

    session: int
    categorie: str
    forme: str
    titres: tuple[tuple[str, int], ...] = ()
    decochees: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    vae: frozenset[str] = frozenset()
    eps_demandee: bool = False
    inapte: bool = False
    non_inscrites: frozenset[str] = frozenset()
    facultatives: frozenset[str] = frozenset()


def arbre(session: int, categorie: str) -> list[tuple[str, str, str, str]]:
    """The épreuves for a category, in the guide's order."""
    lignes = list(E1_A_E7)
    if categorie == SCOLAIRE:
        lignes += CHEF_D_OEUVRE if session <= 2025 else PROJET
    return lignes + EF1 + (EF2 if categorie in PAR_LA_VOIE_SCOLAIRE else []) + CONTROLE


def unite_dispensee_par_titre(dossier: Dossier, unite: str) -> bool:
    for libelle, annee in dossier.titres:
        depuis, unites = TITRES[libelle]
        if annee >= depuis and unite in unites and unite not in dossier.decochees:
            return True
    return False


def note_conservee(dossier: Dossier, unite: str) -> bool:
    """Whether a note is kept: the last one counts (D337-79); of two in one session, that of the same spécialité."""
    de_l_unite = [note for note in dossier.notes if note.unite == unite]
    if not de_l_unite:
        return False
    derniere = de_l_unite[0]
    for note in de_l_unite:
        if note.session > derniere.session:
            derniere = note
        if note.session == derniere.session and note.meme:
            derniere = note
    if not derniere.gardee:
        return False
    if dossier.session - derniere.session > 5:
        return False
    return dossier.forme == PROGRESSIVE or derniere.centiemes >= 1000


def dispensee_d_eps(dossier: Dossier, unite: str) -> bool:
    if unite != "U7":
        return False
    return dossier.inapte or (dossier.eps_demandee and dossier.categorie in DISPENSABLES_D_EPS)


def position_d_unite(dossier: Dossier, unite: str) -> str:
    if unite in ("UF1", "UF2"):
        return INSCRIT if unite in dossier.facultatives else NON_INSCRIT
    if unite in dossier.vae:
        return DISPENSE
    if note_conservee(dossier, unite):
        return BENEFICE
    if unite_dispensee_par_titre(dossier, unite) or dispensee_d_eps(dossier, unite):
        return DISPENSE
    if dossier.forme == PROGRESSIVE and unite in dossier.non_inscrites:
        return NON_INSCRIT
    return INSCRIT


def placer(dossier: Dossier) -> list[tuple[str, str, str]]:
    """(code, position, mode) of every épreuve, in order."""
    lignes = arbre(dossier.session, dossier.categorie)
    positions: dict[str, str] = {}
    for code, unite, _, _ in lignes:
        if unite:
            positions[code] = position_d_unite(dossier, unite)
    for parent, enfants in SUIVENT.items():
        for enfant in enfants:
            if parent in positions:
                positions[enfant] = positions[parent]
    for parent, enfants in SANS_UNITE.items():
        dessous = [positions[enfant] for enfant in enfants]
        if INSCRIT in dessous:
            positions[parent] = INSCRIT
        elif all(position == dessous[0] for position in dessous):
            positions[parent] = dessous[0]
        else:
            positions[parent] = NON_INSCRIT
    positions["ECT"] = INSCRIT
    sortie = []
    for code, _, scolaire, autre in lignes:
        mode = scolaire if dossier.categorie in PAR_LA_VOIE_SCOLAIRE else autre
        sortie.append((code, positions[code], mode if positions[code] == INSCRIT else ""))
    return sortie

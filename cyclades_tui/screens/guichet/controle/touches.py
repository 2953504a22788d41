"""The keys that the last row of the control screen names, by what the keys are for now."""

from __future__ import annotations

from cyclades_tui.domaine.statuts import JUGEMENTS

Touches = tuple[tuple[str, str], ...]

RENDRE = "rendre"
_LARGES: Touches = (
    (" ".join(jugement.touche.upper() for jugement in JUGEMENTS.values()), "décider"),
    ("F7 F8", "pièce"),
    ("1 à 6", "zoom"),
    ("flèches", "bouger"),
    ("Pg↓", "page"),
    ("F6", "volet"),
    ("/", "filtrer"),
    ("P", "prendre"),
    ("T", "tourner"),
    ("*", "document seul"),
)
_ETROITES: Touches = (
    ("F7 F8", "pièce"),
    ("flèches", "bouger"),
    ("Pg↓", "page"),
    ("F6", "volet"),
    ("/", "filtrer"),
    ("P", "prendre"),
)
DECISION: Touches = (
    ("1 à 9", "commentaire"),
    ("Entrée", "confirmer"),
    ("Tab", "champ suivant"),
    ("Éch", "revenir"),
)
FILTRES: Touches = (
    ("Tab", "suivante"),
    ("Espace", "ouvrir"),
    ("F8", "filtrer"),
    ("F9", "garder"),
    ("Éch", "revenir"),
)


def de_la_piece(*, large: bool, a_moi: bool) -> Touches:
    """Where nothing is typed; of one's own pieces, P gives back what is left."""
    touches = _LARGES if large else _ETROITES
    return tuple((touche, RENDRE if touche == "P" and a_moi else verbe) for touche, verbe in touches)

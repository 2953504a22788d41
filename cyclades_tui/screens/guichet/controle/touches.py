"""The keys on the last row of the control screen, for each situation."""

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
    """When nothing is being typed; in one's own queue, P returns the rest."""
    touches = _LARGES if large else _ETROITES
    return tuple((touche, RENDRE if touche == "P" and a_moi else verbe) for touche, verbe in touches)

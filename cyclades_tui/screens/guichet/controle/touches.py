"""The keys on the last row of the control screen, for each situation."""

from __future__ import annotations

from cyclades_tui.domaine.statuts import JUGEMENTS

Touches = tuple[tuple[str, str], ...]

RENDRE = "rendre"
_LARGES: Touches = (
    (" ".join(jugement.touche.upper() for jugement in JUGEMENTS.values()), "décider"),
    ("F7 F8", "pièce"),
    ("chiffres", "zoom"),
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
COMMENTAIRES: Touches = (
    ("1 à 9", "commentaire"),
    ("↑ ↓", "marquer"),
    ("Entrée", "écrire"),
    ("Tab", "champ suivant"),
    ("Éch", "revenir"),
)
DECISION: Touches = (
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


_D_UNE_FILE = frozenset(("F7 F8", "/", "P"))


def de_la_piece(*, large: bool, a_moi: bool, seule: bool = False) -> Touches:
    """When nothing is being typed; in one's own queue, P returns the rest; a piece alone, of a dossier, has none."""
    touches = _LARGES if large else _ETROITES
    if seule:
        return (*(une for une in touches if une[0] not in _D_UNE_FILE), ("Éch", "dossier"))
    return tuple((touche, RENDRE if touche == "P" and a_moi else verbe) for touche, verbe in touches)

"""The keys and the buttons of the wizard."""

from __future__ import annotations

from collections.abc import Iterable

from cyclades_tui.widgets.cadre import Action

Touches = tuple[tuple[str, str], ...]

DES_CHAMPS = (
    ("Entrée", "champ suivant"),
    ("↑ ↓", "se déplacer"),
    ("F2", "sommaire"),
    ("F6", "zone suivante"),
    ("F12", "affichage"),
)
_ENREGISTRER = ("F9", "enregistrer")
LIRE, PAGE, PLIER = ("↑ ↓", "lire"), ("Pg↓", "page"), ("→ ←", "ouvrir, fermer")
_PAGES = ("Pg↑ Pg↓", "page")
_PARTOUT = (("Tab", "de l'un à l'autre"), ("F6", "boutons, et retour"), ("F12", "affichage"))


def de_l_onglet(toutes: Touches, *, dernier: bool, champs: bool) -> Touches:
    """The keys that the foot of a tab shows.

    `dernier`: the tab before the number, where one saves; `champs`: whether the tab has fields or is only read.
    """
    premiere, *autres = [touche for touche in toutes if champs or touche[0] != "Espace"]
    return (premiere, _ENREGISTRER, *autres) if dernier else (premiere, *autres)


def boutons(suivant: str, *, rang: int, dernier: int, finie: bool) -> tuple[Action, ...]:
    """The buttons of the tab `rang`; saving is on the tab `dernier`; once `finie`, one can only read or leave."""
    if finie:
        return (
            Action("suivant", "Terminer et me déconnecter", "F8", pleine=True),
            Action("visualiser", "Visualiser/imprimer", "F4"),
            Action("quitter", "Quitter", "Éch"),
        )
    enregistre = rang == dernier
    return (
        Action("precedent", "Précédent", "F7", active=rang > 0),
        Action("suivant", suivant, "F8", active=rang < dernier, pleine=rang != dernier),
        Action("enregistrer", "Enregistrer", "F9", active=enregistre, pleine=enregistre),
        Action("annuler", "Annuler", "F3"),
        Action("visualiser", "Visualiser/imprimer", "F4", active=False),
        Action("quitter", "Quitter", "Éch"),
    )


def de_l_aide(dites: Iterable[tuple[str, str]], *, pages: bool, branche: bool) -> Touches:
    """The keys that the help tells, of those that the screen tells and a few more.

    `pages`: whether there is more than one page; `branche`: whether the focus is on a branch of a tree.
    """
    mortes = {PAGE, *(() if pages else (LIRE,)), *(() if branche else (PLIER,))}
    return (*(une for une in dites if une not in mortes), *((_PAGES,) if pages else ()), *_PARTOUT)

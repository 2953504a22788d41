"""The keys and the buttons of the wizard."""

from __future__ import annotations

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
_ANNULER = ("F3", "annuler la saisie")
_DE_L_AIDE = (
    ("F7 F8", "onglet d'avant, d'après"),
    ("F2", "sommaire des onglets"),
    ("Tab ↑ ↓", "de champ en champ"),
    ("Pg↑ Pg↓", "de section en section"),
    ("Espace", "cocher, ouvrir"),
    ("F6", "vers les boutons"),
    ("F9", "enregistrer, à la fin"),
    ("F4", "visualiser, ensuite"),
    ("F12", "affichage"),
    ("Échap", "quitter"),
)


def de_l_onglet(toutes: Touches, *, dernier: bool, champs: bool) -> Touches:
    """What the foot of a tab tells of all its keys; the last tab before the number is where one saves, one without
    `champs` is read.
    """
    premiere, *autres = [touche for touche in toutes if champs or touche[0] != "Espace"]
    return (premiere, _ENREGISTRER, *autres) if dernier else (premiere, *autres)


def boutons(suivant: str, *, rang: int, dernier: int, finie: bool) -> tuple[Action, ...]:
    """Those of the tab `rang`; one saves on the tab `dernier`, and only reads once the form is `finie`."""
    enregistre = rang == dernier and not finie
    return (
        Action("precedent", "Précédent", "F7", active=rang > 0 and not finie),
        Action("suivant", suivant, "F8", active=rang < dernier, pleine=rang != dernier),
        Action("enregistrer", "Enregistrer", "F9", active=enregistre, pleine=enregistre),
        Action("annuler", "Annuler", "F3", active=not finie),
        Action("visualiser", "Visualiser/imprimer", "F4", active=finie, pleine=finie),
        Action("quitter", "Quitter", "Éch"),
    )


def de_l_aide(*, annuler: bool) -> Touches:
    """What the help tells; `annuler` where the service has that button."""
    return (_ANNULER, *_DE_L_AIDE) if annuler else _DE_L_AIDE

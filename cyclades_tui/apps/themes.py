"""The colours of the themes: one row for each token (a role), with its value in each theme.

The values are those of the State's public design system, of which only colours are used. A test computes the contrast
of every pair that the screens use, and also with 256 colours.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from cyclades_tui.apps.rendu import COULEURS_256, SEIZE_COULEURS, VRAIES_COULEURS
from cyclades_tui.domaine.affichage import ThemeDEcran

CLAIR, SOMBRE = ThemeDEcran.CLAIR.nom, ThemeDEcran.SOMBRE.nom
CONTRASTE, SEIZE = ThemeDEcran.CONTRASTE.nom, ThemeDEcran.SEIZE.nom

# One colour for each theme that has its own colours, in their order.
TOKENS: dict[str, tuple[str, ...]] = {
    "fond": ("#ffffff", "#161616", "#000000"),
    "surface": ("#f6f6f6", "#1e1e1e", "#000000"),
    "texte": ("#161616", "#e5e5e5", "#ffffff"),
    "discret": ("#666666", "#a6a6a6", "#cecece"),
    "titre": ("#000091", "#cacafb", "#ffffff"),
    "lien": ("#000091", "#8585f6", "#cacafb"),
    "entete": ("#000091", "#000091", "#000091"),
    "entete-texte": ("#ffffff", "#ffffff", "#ffffff"),
    "entete-doux": ("#cacafb", "#cacafb", "#ffffff"),
    "bandeau": ("#ececfe", "#1b1b35", "#000000"),
    "bandeau-fort": ("#000091", "#cacafb", "#ffffff"),
    "champ": ("#eeeeee", "#2a2a2a", "#242424"),
    "champ-texte": ("#161616", "#ffffff", "#ffffff"),
    "champ-focus": ("#e3e3fd", "#272747", "#000091"),
    "champ-barre": ("#929292", "#777777", "#ffffff"),
    "champ-barre-focus": ("#000091", "#8585f6", "#ffe552"),
    "action": ("#000091", "#8585f6", "#ffffff"),
    "action-texte": ("#ffffff", "#161616", "#000000"),
    "action2": ("#e3e3fd", "#272747", "#242424"),
    "action2-texte": ("#000091", "#cacafb", "#ffffff"),
    "action-focus": ("#1212ff", "#cacafb", "#ffe552"),
    "action-focus-texte": ("#ffffff", "#161616", "#000000"),
    "choix": ("#000091", "#cacafb", "#ffe552"),
    "choix-texte": ("#ffffff", "#161616", "#000000"),
    "survol": ("#dcdcfc", "#272747", "#3a3a3a"),
    "info": ("#0063cb", "#518fff", "#bccdff"),
    "info-fond": ("#e8edff", "#1d2437", "#000000"),
    "succes": ("#18753c", "#27a658", "#3bea7e"),
    "succes-fond": ("#dffee6", "#19271d", "#000000"),
    "attention": ("#b34000", "#fc5d00", "#fcc63a"),
    "attention-fond": ("#ffe9e6", "#361e19", "#000000"),
    "erreur": ("#ce0500", "#ff5655", "#ffbdbd"),
    "erreur-fond": ("#ffe9e9", "#391c1c", "#000000"),
    "requis": ("#c9191e", "#f95c5e", "#ffe552"),
    "marianne": ("#e1000f", "#e1000f", "#e1000f"),
    "filet": ("#cecece", "#3a3a3a", "#929292"),
}
COLORES = tuple(theme.nom for theme in ThemeDEcran if theme is not ThemeDEcran.SEIZE)
# Corrections for 256 colours, where two grounds would be equal or a text too pale; the third theme needs none.
_EN_256: dict[str, dict[str, str]] = {
    CLAIR: {
        **dict.fromkeys(("bandeau", "champ-focus", "action2", "survol", "entete-doux"), "#d7d7ff"),
        **dict.fromkeys(("titre", "lien", "entete", "bandeau-fort", "champ-barre-focus"), "#000087"),
        **dict.fromkeys(("action", "action2-texte", "choix"), "#000087"),
        "discret": "#585858",
        "info": "#005f87",
        "succes": "#005f00",
        "attention": "#870000",
        "attention-fond": "#ffffd7",
        "erreur": "#af0000",
        "erreur-fond": "#ffd7d7",
        "requis": "#af0000",
    },
    SOMBRE: {
        **dict.fromkeys(("bandeau", "champ-focus", "action2", "survol"), "#00005f"),
        **dict.fromkeys(("champ", "info-fond", "succes-fond", "attention-fond"), "#303030"),
        **dict.fromkeys(("titre", "entete-doux", "bandeau-fort", "action2-texte"), "#d7d7ff"),
        **dict.fromkeys(("action-focus", "choix"), "#d7d7ff"),
        **dict.fromkeys(("lien", "action", "champ-barre-focus"), "#8787ff"),
        "entete": "#000087",
        "discret": "#a8a8a8",
        "info": "#87afff",
        "succes": "#5faf5f",
        "attention": "#ff8700",
        "erreur": "#ff8787",
        "erreur-fond": "#5f0000",
        "requis": "#ff8787",
    },
}
_DU_TERMINAL = "ansi_default"


def themes(couleurs: int = VRAIES_COULEURS) -> tuple[Theme, ...]:
    """The themes for a terminal with so many colours, ready to register; below 256, only the last one."""
    seize = _seize()
    if couleurs <= SEIZE_COULEURS:
        return (seize,)
    return (*(_theme(rang, nom, couleurs) for rang, nom in enumerate(COLORES)), seize)


def _theme(rang: int, nom: str, couleurs: int) -> Theme:
    jetons = {jeton: valeurs[rang] for jeton, valeurs in TOKENS.items()}
    if couleurs <= COULEURS_256:
        jetons |= _EN_256.get(nom, {})
    return Theme(
        name=nom,
        primary=jetons["action"],
        secondary=jetons["info"],
        accent=jetons["requis"],
        panel=jetons["champ"],
        background=jetons["fond"],
        surface=jetons["surface"],
        foreground=jetons["texte"],
        success=jetons["succes"],
        warning=jetons["attention"],
        error=jetons["erreur"],
        dark=Color.parse(jetons["fond"]).brightness < 0.5,
        variables=jetons | _de_la_bibliotheque(jetons),
    )


def _seize() -> Theme:
    """The terminal's own two colours everywhere: meaning is carried by form alone (seize.tcss)."""
    jetons = dict.fromkeys(TOKENS, _DU_TERMINAL)
    return Theme(
        name=SEIZE,
        primary=_DU_TERMINAL,
        background=_DU_TERMINAL,
        foreground=_DU_TERMINAL,
        ansi=True,
        variables=jetons
        | _de_la_bibliotheque(jetons)
        | {"ansi-background": _DU_TERMINAL, "ansi-foreground": _DU_TERMINAL, "block-cursor-text-style": "bold reverse"},
    )


def _de_la_bibliotheque(jetons: dict[str, str]) -> dict[str, str]:
    """Textual's own variables whose defaults blend with alpha: replaced, because their contrast would be arbitrary."""
    choix = {
        f"block-cursor-{partie}": jetons[jeton]
        for partie, jeton in (
            ("background", "choix"),
            ("foreground", "choix-texte"),
            ("blurred-background", "champ-focus"),
            ("blurred-foreground", "champ-texte"),
        )
    }
    return choix | {
        "text-muted": jetons["discret"],
        "text-disabled": jetons["discret"],
        "input-cursor-background": jetons["champ-texte"],
        "input-cursor-foreground": jetons["champ-focus"],
        "input-selection-background": jetons["survol"],
        "border": jetons["champ-barre-focus"],
        "border-blurred": jetons["champ-barre"],
        "scrollbar": jetons["champ-barre"],
        "scrollbar-hover": jetons["champ-barre-focus"],
        "scrollbar-active": jetons["champ-barre-focus"],
        "scrollbar-background": jetons["surface"],
        "scrollbar-background-hover": jetons["surface"],
        "scrollbar-background-active": jetons["surface"],
        "scrollbar-corner-color": jetons["surface"],
        "link-color": jetons["lien"],
        "link-background": jetons["fond"],
        "link-background-hover": jetons["survol"],
        "link-color-hover": jetons["lien"],
        "footer-background": jetons["surface"],
        "footer-foreground": jetons["texte"],
    }

"""The promises of themes, signs and settings of the screens, checked on what is registered."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from textual.color import Color as CouleurCss

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.glyphes import SignesDuTerminal, avec_coches, en_ascii
from cyclades_tui.apps.rendu import COULEURS_256, SEIZE_COULEURS, VRAIES_COULEURS, Rendu, rendu
from cyclades_tui.apps.themes import CLAIR, COLORES, CONTRASTE, SEIZE, SOMBRE, TOKENS
from cyclades_tui.domaine.affichage import CHOIX, Affichage, ThemeDEcran, lire_affichage

# ecrans.md §1, one text for each row: the grounds on which it may be.
_FONDS = ("fond", "surface", "bandeau", "champ", "champ-focus")
_TABLE: dict[str, tuple[str, ...]] = {
    "texte": (*_FONDS, "info-fond", "succes-fond", "attention-fond", "erreur-fond", "survol"),
    "discret": _FONDS,
    "titre": _FONDS,
    "lien": ("fond", "surface"),
    "requis": ("fond", "surface"),
    "info": ("fond", "surface", "champ-focus", "info-fond"),
    "succes": ("fond", "surface", "champ-focus", "succes-fond"),
    "attention": ("fond", "surface", "champ-focus", "attention-fond"),
    "erreur": ("fond", "surface", "champ-focus", "erreur-fond"),
    "entete-texte": ("entete",),
    "entete-doux": ("entete",),
    "bandeau-fort": ("bandeau",),
    "champ-texte": ("champ", "champ-focus", "erreur-fond", "input-selection-background"),
    "action-texte": ("action",),
    "action2-texte": ("action2", "survol"),
    "action-focus-texte": ("action-focus",),
    "choix-texte": ("choix",),
    # Names of Textual that its own widgets use.
    "block-cursor-foreground": ("block-cursor-background",),
    "block-cursor-blurred-foreground": ("block-cursor-blurred-background",),
    "input-cursor-foreground": ("input-cursor-background",),
    "text-muted": ("fond", "surface"),
    "text-disabled": ("fond", "surface"),
    "link-color": ("link-background",),
    "link-color-hover": ("link-background-hover",),
    "footer-foreground": ("footer-background",),
}
_BARRES = ("champ-barre", "champ-barre-focus", "info", "succes", "attention", "erreur", "border", "border-blurred")
PAIRES = [(texte, fond) for texte, fonds in _TABLE.items() for fond in fonds]


@pytest.mark.parametrize("jeton", TOKENS)
def test_a_token_has_a_colour_in_each_theme(jeton: str) -> None:
    assert len(TOKENS[jeton]) == len(COLORES)


def variables(theme: str, couleurs: int) -> dict[str, str]:
    """The variables of the style sheets, as the application resolves them."""
    return AppCyclades(theme, Rendu(couleurs)).get_css_variables()


def dessine(variable: str, couleurs: int) -> tuple[int, int, int]:
    """Red, green and blue as drawn: with 256 colours, the one that Rich chooses."""
    couleur = CouleurCss.parse(variable)
    assert couleur.a == 1, f"{variable} blends with what is under it"
    if couleurs == VRAIES_COULEURS:
        return couleur.rgb
    return Color.from_rgb(*couleur.rgb).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()


def luminance(rouge: int, vert: int, bleu: int) -> float:
    lineaires = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (rouge / 255, vert / 255, bleu / 255)
    )
    return sum(poids * lineaire for poids, lineaire in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


def contraste(variable: str, fond: str, couleurs: int) -> float:
    sombre, clair = sorted(luminance(*dessine(couleur, couleurs)) for couleur in (variable, fond))
    return (clair + 0.05) / (sombre + 0.05)


@pytest.mark.parametrize("couleurs", [VRAIES_COULEURS, COULEURS_256])
@pytest.mark.parametrize("theme", COLORES)
def test_every_text_can_be_read_on_every_ground_it_stands_on(theme: str, couleurs: int) -> None:
    lues = variables(theme, couleurs)
    seuil = 7 if theme == CONTRASTE else 4.5
    mesures = {(texte, fond): contraste(lues[texte], lues[fond], couleurs) for texte, fond in PAIRES}
    assert {paire: mesure for paire, mesure in mesures.items() if mesure < seuil} == {}


@pytest.mark.parametrize("couleurs", [VRAIES_COULEURS, COULEURS_256])
@pytest.mark.parametrize("theme", COLORES)
def test_every_bar_stands_out_of_the_page(theme: str, couleurs: int) -> None:
    lues = variables(theme, couleurs)
    mesures = {barre: contraste(lues[barre], lues["fond"], couleurs) for barre in _BARRES}
    assert {barre: mesure for barre, mesure in mesures.items() if mesure < 3} == {}


@pytest.mark.parametrize("theme", [CLAIR, SOMBRE])
def test_grounds_that_mean_something_stay_apart_in_256_colours(theme: str) -> None:
    lues = variables(theme, COULEURS_256)
    for un, autre in (("bandeau", "fond"), ("champ", "fond"), ("champ", "champ-focus"), ("erreur-fond", "fond")):
        assert dessine(lues[un], COULEURS_256) != dessine(lues[autre], COULEURS_256), (un, autre)


def test_sixteen_colours_are_the_terminals_own() -> None:
    lues = variables(SEIZE, SEIZE_COULEURS)
    for texte, fond in PAIRES:
        assert (lues[texte], lues[fond]) == ("ansi_default", "ansi_default")
    assert lues["ansi-background"] == lues["ansi-foreground"] == "ansi_default"


def test_where_there_are_sixteen_colours_no_other_theme_can_be_had() -> None:
    app = AppCyclades(SOMBRE, Rendu(SEIZE_COULEURS))
    assert app.theme == SEIZE
    assert app.native_ansi_color
    assert not set(COLORES) & app.available_themes.keys()


@pytest.mark.parametrize(
    ("environ", "couleurs"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, VRAIES_COULEURS),
        ({"TERM": "xterm-256color"}, COULEURS_256),
        ({"TERM": "screen-256color", "COLORTERM": ""}, COULEURS_256),
        ({"TERM": "linux"}, SEIZE_COULEURS),
        ({"TERM": "vt220"}, SEIZE_COULEURS),
        ({"TERM": "dumb"}, SEIZE_COULEURS),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": ""}, SEIZE_COULEURS),
    ],
)
def test_the_environment_tells_how_many_colours_there_are(environ: dict[str, str], couleurs: int) -> None:
    assert rendu(Affichage(), environ, "utf-8").couleurs == couleurs


XTERM, CONSOLE = {"TERM": "xterm-256color"}, {"TERM": "linux"}


@pytest.mark.parametrize(
    ("glyphes", "environ", "encodage", "signes"),
    [
        ("auto", XTERM, "utf-8", "unicode"),
        ("auto", XTERM, "UTF8", "unicode"),
        ("auto", CONSOLE, "utf-8", "ascii"),
        ("auto", XTERM, "iso8859-15", "ascii"),
        ("auto", XTERM | {"VTE_VERSION": "7006"}, "utf-8", "coche"),
        ("auto", XTERM | {"WT_SESSION": "a"}, "utf-8", "coche"),
        ("auto", XTERM | {"TERM_PROGRAM": "iTerm.app"}, "utf-8", "coche"),
        ("auto", XTERM | {"TERM_PROGRAM": "tmux"}, "utf-8", "unicode"),
        ("auto", CONSOLE | {"VTE_VERSION": "7006"}, "utf-8", "ascii"),
        ("unicode", CONSOLE, "iso8859-15", "unicode"),
        ("unicode", XTERM | {"VTE_VERSION": "7006"}, "utf-8", "unicode"),
        ("coche", XTERM, "utf-8", "coche"),
        ("ascii", XTERM, "utf-8", "ascii"),
    ],
)
def test_signs_are_those_that_the_terminal_surely_has(
    glyphes: str, environ: dict[str, str], encodage: str, signes: str
) -> None:
    assert rendu(Affichage(glyphes=glyphes), environ, encodage).signes == signes


# Signs


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("√ × ! i … = -", "v x ! i . = -"),
        ("► ▼ ←", "> v <"),
        ("[x] [ ] (•) ( )", "[x] [ ] (o) ( )"),
        ("▐F7 Précédent▌", "[F7 Précédent]"),
        ("••••", "****"),
        ("┏━┓ ╔═╗ ┌─┐ │", "+=+ +=+ +-+ |"),
        ("Œuvre, Ÿ, ß, « à »", "Œuvre, Ÿ, ß, « à »"),
    ],
)
def test_each_sign_has_one_ascii_cell_and_letters_stay(texte: str, attendu: str) -> None:
    assert en_ascii(texte) == attendu
    assert len(attendu) == len(texte)


def test_a_real_check_mark_takes_the_place_of_the_root() -> None:
    assert avec_coches("√ Inscrit, × Refusé") == "✓ Inscrit, × Refusé"
    assert en_ascii("✓") == "v"


def test_a_drawn_line_keeps_its_styles() -> None:
    style = AppCyclades().console.get_style("bold")
    (segment,) = SignesDuTerminal("ascii").apply([Segment("► Pays", style)], CouleurCss.parse("#ffffff"))
    assert segment == Segment("> Pays", style)


# Settings


def test_settings_of_the_screens_are_read_and_the_others_left() -> None:
    lus = {"theme": "Sombre", "glyphes": "ascii", "marque": False, "store": "/srv/cyclades"}
    assert lire_affichage(lus) == (Affichage(ThemeDEcran.SOMBRE, "ascii", marque=False), ())
    assert lire_affichage({"theme": 16, "marque": "true"}) == (Affichage(ThemeDEcran.SEIZE), ())
    assert lire_affichage({}) == (Affichage(), ())


def test_wrong_settings_are_told_all_at_once_and_keep_their_defaults() -> None:
    affichage, fautes = lire_affichage(dict.fromkeys(CHOIX, "bleu"))
    assert affichage == Affichage()
    assert [faute.champ for faute in fautes] == ["glyphes", "marque", "theme"]
    assert str(fautes[2]) == (
        "theme : « bleu » n'est pas une valeur de ce réglage. "
        "Écrivez clair, sombre, contraste ou 16, dans cyclades.toml ou dans CYCLADES_THEME."
    )

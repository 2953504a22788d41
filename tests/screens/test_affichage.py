"""How the borne looks where terminals differ: F12, 16 colours, ASCII signs, a window too small, a problem."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from outils.borne import EMAIL, calmer, jusqu_a, taper, voir
from outils.guide import AFFICHEE
from outils.inscription import AppInscription
from textual import events
from textual.pilot import Pilot

from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.rendu import ENTIER, SEIZE_COULEURS, Rendu
from cyclades_tui.apps.themes import CLAIR, CONTRASTE, SEIZE, SOMBRE
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.cadre.affichage import EcranAffichage, LigneChoix
from cyclades_tui.screens.cadre.base import TropPetit
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

SIGNES_SEULS = "√×►▼←•▐▌━─│┃═║┏┓╔╗┌┐…"


def borne(poste: Poste, theme: str = CLAIR, rendu: Rendu = ENTIER, reference: str = "") -> BorneApp:
    nomme = replace(poste, acteur=replace(poste.acteur, face=Face.BORNE, poste="borne 3"))
    return BorneApp(lambda: nomme, theme, rendu, reference=reference)


def dit(app: BorneApp) -> str:
    """What the terminal is given, sign for sign."""
    return "\n".join(bande.text for bande in app.screen._compositor.render_strips())


def choisis(app: BorneApp) -> list[str]:
    return [ligne.valeur for ligne in app.screen.query(LigneChoix) if ligne.pris]


# F12


async def test_f12_changes_theme_and_signs_at_once(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("f12")
        await voir(pilot, EcranAffichage)
        assert choisis(app) == [CLAIR, "unicode"]
        for attendu in (SOMBRE, CONTRASTE, SEIZE):
            await pilot.press("down", "space")
            await pilot.pause()
            assert (app.theme, app.native_ansi_color) == (attendu, attendu == SEIZE)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert choisis(app) == [SEIZE, "ascii"]
        await pilot.press("f12")
        await voir(pilot, EcranAccueil)
        assert not set(dit(app)) & set(SIGNES_SEULS)
        assert "> 1  J'ai un compte" in dit(app)
        await pilot.press("f12", "up", "up", "space", "up", "up", "up", "up", "space", "escape")
        await voir(pilot, EcranAccueil)
        assert "► 1  J'ai un compte" in dit(app)


@pytest.mark.parametrize("touche", ["f12", "ctrl+y", "escape"])
async def test_f12_opens_over_a_form_and_a_question_and_gives_the_focus_back(poste_borne: Poste, touche: str) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await taper(pilot, EMAIL)
        await pilot.press("f12")
        await voir(pilot, EcranAffichage)
        await pilot.press("down", touche)
        await voir(pilot, EcranConnexion)
        assert app.theme == CLAIR
        await taper(pilot, "x")
        assert app.screen.query(LigneChamp).first().valeur == f"{EMAIL}x"
        await pilot.press("escape", "escape")
        await voir(pilot, Dialogue)
        await pilot.press("f12")
        await voir(pilot, EcranAffichage)
        await pilot.press(touche)
        await voir(pilot, Dialogue)


async def test_f12_opens_over_the_wizard_and_gives_the_focus_back(poste_borne: Poste) -> None:
    app = AppInscription(poste_borne, AFFICHEE, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        await jusqu_a(pilot, lambda: app.focused is not None)
        champ = app.focused
        await pilot.press("f12", "down", "space", "f12")
        await jusqu_a(pilot, lambda: app.screen is app.inscription)
        assert app.theme == SOMBRE
        assert app.focused is champ


async def test_without_colours_only_one_theme_is_offered(poste_borne: Poste) -> None:
    app = borne(poste_borne, CLAIR, Rendu(SEIZE_COULEURS))
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("f12")
        await voir(pilot, EcranAffichage)
        assert [ligne.valeur for ligne in app.screen.query(LigneChoix)] == [SEIZE, "unicode", "coche", "ascii"]


# Check marks


async def test_the_check_mark_is_real_but_in_sixteen_colours(poste_borne: Poste) -> None:
    app = borne(poste_borne, rendu=Rendu(signes="coche"))
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        app.push_screen(Dialogue("√ Enregistré", "Rien à faire.", (Reponse("fermer", "Fermer"),)))
        await voir(pilot, Dialogue)
        await calmer(pilot)
        assert "✓ Enregistré" in dit(app)
        app.theme = SEIZE
        await calmer(pilot)
        assert "√ Enregistré" in dit(app)


# ASCII signs


async def test_every_screen_is_drawn_without_a_sign_of_another_set(poste_borne: Poste) -> None:
    """Frame, borders, bars and dialogs: all lines go through the filter, letters keep their accents."""
    app = borne(poste_borne, rendu=Rendu(signes="ascii"))
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        for touches in ((), ("4",), ("escape", "1"), ("f1",), ("escape", "escape", "3"), ("f12",)):
            await pilot.press(*touches)
            await calmer(pilot)
            assert not set(dit(app)) & set(SIGNES_SEULS), dit(app)
        assert "(o) Clair" in dit(app)
        assert "Échap ou F12 ferme." in dit(app)


# A window too small


async def test_a_small_window_says_so_and_keeps_text_and_focus(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await taper(pilot, EMAIL)
        champ = app.focused
        await pilot.resize_terminal(72, 20)
        await jusqu_a(pilot, lambda: "(ici 72 et 20)" in " ".join(dit(app).split()))
        assert "Mot de passe" not in dit(app)
        await taper(pilot, "perdu")
        await pilot.press("tab", "escape", "f12", "enter")
        app.post_message(events.Paste("perdu"))
        await pilot.resize_terminal(79, 24)
        await jusqu_a(pilot, lambda: "(ici 79 et 24)" in " ".join(dit(app).split()))
        await pilot.resize_terminal(80, 24)
        await jusqu_a(pilot, lambda: not app.screen.query(TropPetit))
        await pilot.pause()
        assert isinstance(app.screen, EcranConnexion)
        assert app.focused is champ
        assert app.screen.query(LigneChamp).first().valeur == EMAIL
        assert "Mot de passe" in dit(app)
        await taper(pilot, "x")
        assert app.screen.query(LigneChamp).first().valeur == f"{EMAIL}x"


async def test_a_window_small_from_the_start_or_over_a_question(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(60, 10)) as pilot:
        await calmer(pilot)
        assert "Agrandissez la fenêtre" in dit(app)
        await pilot.resize_terminal(80, 24)
        await jusqu_a(pilot, lambda: "Bienvenue." in dit(app))
        await pilot.press("4")
        await voir(pilot, EcranAide)
        await pilot.press("f12")
        await voir(pilot, EcranAffichage)
        await pilot.resize_terminal(60, 10)
        await jusqu_a(pilot, lambda: "Agrandissez la fenêtre" in dit(app))
        await pilot.resize_terminal(80, 24)
        await jusqu_a(pilot, lambda: "Fort contraste" in dit(app))
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: "Agrandissez" not in dit(app) and isinstance(app.screen, EcranAide))


# Pictures


@pytest.mark.parametrize("theme", [CLAIR, SOMBRE, CONTRASTE, SEIZE])
def test_choice(snap_compare: Any, poste_borne: Poste, theme: str) -> None:
    """« Affichage »: four themes and two signs, `(•)` before what is now, `►` before the focus, how to leave."""
    assert snap_compare(borne(poste_borne, theme), terminal_size=(80, 24), press=["f12"])


@pytest.mark.parametrize("theme", [CLAIR, SOMBRE])
def test_home_in_256_colours(snap_compare: Any, poste_borne: Poste, theme: str) -> None:
    """The home with the colours that 256 leave apart: the header, both large entries, the school's block stand out."""
    assert snap_compare(borne(poste_borne, theme, Rendu(256)), terminal_size=(80, 24), run_before=calmer)


@pytest.mark.parametrize("touches", [(), ("1",), ("f1",), ("escape",)], ids=["home", "login", "help", "question"])
def test_sixteen_colours(snap_compare: Any, poste_borne: Poste, touches: tuple[str, ...]) -> None:
    """Two colours only: caps or a double border around what can be pressed, `►` and bold where the focus is."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press(*touches)
        await calmer(pilot)

    assert snap_compare(borne(poste_borne, rendu=Rendu(SEIZE_COULEURS)), terminal_size=(80, 24), run_before=ouvrir)


def test_without_the_mark(snap_compare: Any, poste_borne: Poste) -> None:
    """The header begins with « Cyclades »: no white and red mark. Signs are ASCII, accents stay."""
    app = borne(poste_borne, rendu=Rendu(signes="ascii", marque=False))
    assert snap_compare(app, terminal_size=(80, 24), run_before=calmer)


def test_small(snap_compare: Any, poste_borne: Poste) -> None:
    """One sentence at the top with both sizes, nothing else."""
    assert snap_compare(borne(poste_borne), terminal_size=(72, 20), run_before=calmer)


def test_problem(snap_compare: Any, poste_borne: Poste) -> None:
    """A red block with `×`, the reference, one button in focus that leads home; nothing of what went wrong."""
    assert snap_compare(borne(poste_borne, reference="7F3A21"), terminal_size=(80, 24), run_before=calmer)

"""Whatever has the focus is told by a sign, not by a colour alone: `►` in its rows, the cursor in a text."""

from __future__ import annotations

import pytest
from outils.borne import TAILLES, borne, calmer, creer_compte, se_connecter
from outils.controle import EN_LIGNE, est_vue
from outils.gestes import installer
from outils.guichet import agent, agent_connecte, entrer, guichet, jusqu_a, voir
from outils.guide import AFFICHEE
from outils.inscription import AppInscription
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier
from cyclades_tui.screens.guichet.navigation import OuvrirDossier
from cyclades_tui.widgets.champ import LigneChamp

SIGNE = "►"


def rangs(widget: Widget) -> str:
    """The rows of the screen on which a widget stands, with the label above it."""
    ligne = next((parent for parent in widget.ancestors_with_self if isinstance(parent, LigneChamp)), widget)
    bandes = widget.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in bande) for bande in bandes[ligne.region.y : ligne.region.bottom])


async def sans_signe(pilot: Pilot[None]) -> list[str]:
    """The places of this screen whose focus no sign tells."""
    await calmer(pilot)
    ecran = pilot.app.screen
    depart, places = ecran.focused, [place for place in ecran.focus_chain if not isinstance(place, Input)]
    assert places
    muettes = []
    for place in places:
        ecran.set_focus(place)
        await pilot.pause()
        await pilot.pause()
        if ecran.focused is place and SIGNE not in rangs(place):
            muettes.append(f"{type(ecran).__name__} {type(place).__name__} {rangs(place)}")
    ecran.set_focus(depart)
    await calmer(pilot)
    return muettes


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES.keys())
async def test_at_the_borne(poste_borne: Poste, taille: tuple[int, int]) -> None:
    creer_compte(poste_borne)
    async with borne(poste_borne).run_test(size=taille) as pilot:
        muettes = await sans_signe(pilot)
        for touche in "1345":
            await pilot.press(touche)
            muettes += await sans_signe(pilot)
            await pilot.press("escape")
        await se_connecter(pilot)
        muettes += await sans_signe(pilot)
        for touche in ("m", "f5", "f8", "escape"):
            await pilot.press(touche)
            muettes += await sans_signe(pilot)
            await pilot.press("escape")
        assert muettes == []


@pytest.mark.parametrize(
    "onglet", ["modalites", "identification", "candidature", "qualification", "acquis", "epreuves", "recapitulatif"]
)
async def test_in_a_tab(poste_connu: Poste, onglet: str) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet=onglet).run_test(size=(80, 24)) as pilot:
        await installer(pilot)
        assert await sans_signe(pilot) == []


async def test_at_the_guichet(poste_guichet: Poste) -> None:
    app = guichet(poste_guichet)
    async with app.run_test(size=TAILLES["120x40"]) as pilot:
        muettes = await sans_signe(pilot)
        await entrer(pilot)
        muettes += await sans_signe(pilot)
        for chiffre in "2345":
            await pilot.press("f5", chiffre)
            muettes += await sans_signe(pilot)
            await pilot.press("escape")
        controle = EcranControle(agent_connecte(poste_guichet), agent(), EN_LIGNE, "BCP 2024")
        app.push_screen(controle)
        await jusqu_a(pilot, lambda: est_vue(controle))
        muettes += await sans_signe(pilot)
        assert controle.attente.courante is not None
        app.post_message(OuvrirDossier(controle.attente.courante.ligne.numero_candidat, 1))
        await voir(pilot, EcranDossier)
        muettes += await sans_signe(pilot)
        assert muettes == []

"""Every key that F1 lists does something where it is listed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import ClassVar

import pytest
from outils.borne import IDENTITE, TAILLES, borne, calmer, jusqu_a, se_connecter, voir
from outils.gestes import installer
from outils.guide import AFFICHEE, EN_INDIVIDUEL
from outils.inscription import AppInscription
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.carte import Carte
from cyclades_tui.widgets.dialogue import Aide

ONGLETS = (
    "modalites",
    "identification",
    "candidature",
    "qualification",
    "acquis",
    "epreuves",
    "recapitulatif",
    "conditions",
    "numero",
)
TOUCHES = {
    "Entrée": "enter",
    "Espace": "space",
    "Éch": "escape",
    "Échap": "escape",
    "Tab": "tab",
    "Suppr": "delete",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "Pg↑": "pageup",
    "Pg↓": "pagedown",
    "lettres": "b",
    "+": "plus",
    "-": "minus",
}
REFUS = re.compile("Possible |C'est le dernier|Choisissez d'abord")
INDIVIDUELLE = AFFICHEE | IDENTITE | EN_INDIVIDUEL | {"epreuves.EF2.position": "", "epreuves.EF2.pays": ""}


def noms(touche: str) -> list[str]:
    """The keys of a label: « Pg↑ Pg↓ », « 1 à 5 », « Ctrl+R »."""
    return [TOUCHES.get(une, une.lower()) for une in touche.split() if une != "à"]


def ce_qu_on_voit(app: App[None]) -> str:
    """All signs on the screen, and which widget has the focus."""
    bandes = app.screen._compositor.render_strips()
    return "\n".join([str(app.screen), str(app.screen.focused), *("".join(p.text for p in bande) for bande in bandes)])


async def touches_de_l_aide(pilot: Pilot[None]) -> list[str]:
    await pilot.press("f1")
    await voir(pilot, Aide)
    aide = pilot.app.screen
    assert isinstance(aide, Aide)
    touches = [touche for touche, _ in aide.touches]
    await pilot.press("escape")
    await calmer(pilot)
    return touches


async def fait_quelque_chose(pilot: Pilot[None], touche: str) -> bool:
    """Whether one of the keys of a label changes what is on the screen, and not by refusing."""
    for nom in noms(touche):
        for ligne in pilot.app.screen.query(LigneAide):
            ligne.dire("")
        await calmer(pilot)
        avant = ce_qu_on_voit(pilot.app)
        await pilot.press(nom)
        await calmer(pilot)
        refus = any(REFUS.search(ligne.texte) for ligne in pilot.app.screen.query(LigneAide))
        if ce_qu_on_voit(pilot.app) != avant and not refus:
            return True
    return False


async def mortes(pilot: Pilot[None], rouvrir: Callable[[], Awaitable[None]]) -> list[str]:
    """The keys that F1 lists on the screen that `rouvrir` shows, and that do nothing there."""
    await rouvrir()
    await calmer(pilot)
    trouvees = []
    touches = await touches_de_l_aide(pilot)
    assert touches
    touches.sort(key=lambda touche: touche.startswith("Éch"))  # it may leave for good
    for touche in touches:
        await rouvrir()
        await calmer(pilot)
        if not await fait_quelque_chose(pilot, touche):
            trouvees.append(touche)
    return trouvees


class Seule(AppInscription):
    """The wizard alone; the menu and logging out, which are the borne's, only show that they were asked for."""

    BINDINGS: ClassVar = [Binding("f5", "menu")]

    def action_menu(self) -> None:
        self.push_screen(Screen())

    def on_deconnecte(self) -> None:
        self.push_screen(Screen())


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES.keys())
@pytest.mark.parametrize("onglet", ONGLETS)
async def test_in_the_tabs(poste_connu: Poste, onglet: str, taille: tuple[int, int]) -> None:
    app = Seule(poste_connu, AFFICHEE, onglet=onglet if onglet != "numero" else "conditions")
    async with app.run_test(size=taille) as pilot:
        ecran = await installer(pilot)
        if onglet == "numero":
            await pilot.press("f9")
            await jusqu_a(pilot, lambda: ecran.onglet == "numero")
            await calmer(pilot)
        rang, depart = ecran.rang, ecran.focused

        async def rouvrir() -> None:
            if ecran not in app.screen_stack:  # the last key has left it
                return
            while app.screen is not ecran:
                app.pop_screen()
            if ecran.rang != rang:
                await ecran.ouvrir(rang)
            if depart is not None and depart.is_attached:
                ecran.set_focus(depart)
            ecran.contenu_courant.scroll_home(animate=False)

        assert await mortes(pilot, rouvrir) == []


@pytest.mark.parametrize("chiffres", ["1", "2", "3"])
async def test_from_the_home(poste_borne: Poste, chiffres: str) -> None:
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:

        async def rouvrir() -> None:
            await a_l_accueil(pilot)
            await pilot.press(*chiffres)

        assert await mortes(pilot, rouvrir) == []


async def a_l_accueil(pilot: Pilot[None]) -> None:
    while not isinstance(pilot.app.screen, EcranAccueil):
        pilot.app.pop_screen()
    await calmer(pilot)


@pytest.mark.parametrize("touches", ["", "enter", "enter 1", "enter 2", "enter 3", "m", "f8"])
async def test_in_a_candidate_s_pages(poste_avec_compte: Poste, touches: str) -> None:
    enregistrer(poste_avec_compte, Demande("BCP", "2024", "33", INDIVIDUELLE))
    app = borne(poste_avec_compte)
    async with app.run_test(size=(80, 24)) as pilot:

        async def rouvrir() -> None:
            await a_l_accueil(pilot)
            await se_connecter(pilot)
            await voir(pilot, EcranMesInscriptions)
            await jusqu_a(pilot, lambda: isinstance(app.focused, Carte))
            await calmer(pilot)
            for touche in touches.split():
                await pilot.press(touche)
                await calmer(pilot)

        assert await mortes(pilot, rouvrir) == []

"""A password that is typed is in no picture of a screen, nor in the log of an error that comes then."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from outils.borne import EMAIL, borne, calmer, creer_compte, remplir, voir
from outils.guichet import GESTIONNAIRE, guichet, taper
from textual.app import App
from textual.pilot import Pilot

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.screens.guichet.connexion import EcranConnexionAgent

TAPE = "Zygo7/secret!"


def images(app: App[None]) -> Iterable[str]:
    yield app.export_screenshot()
    for ecran in app.screen_stack:
        yield str(ecran.title) + str(ecran.tooltip)
        yield "\n".join(bande.text for bande in ecran._compositor.render_strips())


def rien(app: App[None], *lieux: Path) -> None:
    """Neither the screen nor a file that was written has the secret, whole or in part."""
    for image in images(app):
        assert "Zygo7" not in image
        assert "/secret" not in image
    for lieu in lieux:
        for fichier in lieu.rglob("*.log"):
            assert "Zygo7" not in fichier.read_text(encoding="utf-8")


def tomber(*arguments: object) -> object:
    raise ValueError(f"cela ne devait pas arriver à {arguments}")


@pytest.mark.parametrize("surprise", [False, True], ids=["refused", "an error that nobody foresaw"])
@pytest.mark.parametrize("taille", [(80, 24), (120, 40)])
async def test_at_the_kiosk(
    poste_borne: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taille: tuple[int, int], *, surprise: bool
) -> None:
    creer_compte(poste_borne)
    if surprise:
        monkeypatch.setattr(comptes, "connecter", tomber)
    async with borne(poste_borne).run_test(size=taille) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await remplir(pilot, (EMAIL, TAPE))
        rien(pilot.app)
        await entrer(pilot, EcranProbleme if surprise else EcranConnexion)
        rien(pilot.app, tmp_path)


@pytest.mark.parametrize("surprise", [False, True], ids=["refused", "an error that nobody foresaw"])
async def test_at_the_guichet(
    poste_guichet: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, surprise: bool
) -> None:
    if surprise:
        monkeypatch.setattr(agents, "connecter", tomber)
    async with guichet(poste_guichet, GESTIONNAIRE).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await taper(pilot, TAPE)
        rien(pilot.app)
        await entrer(pilot, EcranProbleme if surprise else EcranConnexionAgent)
        rien(pilot.app, tmp_path)
        assert surprise == bool(list(tmp_path.rglob("erreurs.log")))


async def entrer(pilot: Pilot[None], ecran: type) -> None:
    await pilot.press("enter")
    await voir(pilot, ecran)

"""« Consulter mes messages »: rows, read state, hostile text, the empty box, by keys at both sizes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from outils.borne import TAILLES, calmer, jusqu_a
from outils.guide import NUMERO, TITULAIRE
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.personnes import courrier
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.espace.messages import EcranMessages, LigneMessage
from cyclades_tui.widgets.cadre import Bandeau, LigneAide

if TYPE_CHECKING:
    from outils.images import Images

HOSTILE = "Convocation [/x] [b"
LONG = "Pièces justificatives à fournir avant la fermeture du service, relance numéro deux"
CORPS = "Bonjour [bold]Jeanne[/bold],\n\n[/x] [b\n\n" + "\n".join(f"Ligne {rang} du message." for rang in range(1, 31))
PETIT, GRAND = TAILLES.values()


@pytest.fixture
def poste_candidat(poste_connu: Poste) -> Poste:
    """The guide's person at a borne."""
    return replace(poste_connu, acteur=Acteur(NatureActeur.CANDIDAT, NUMERO, Face.BORNE, "borne 3"))


def ecrire_trois(poste: Poste, horloge: HorlogeReglable) -> None:
    """Insert three messages: the oldest, one already read, the newest."""
    for rang, (objet, corps) in enumerate(((HOSTILE, CORPS), (LONG, "Une pièce manque."), ("Inscription", "Bonjour"))):
        courrier.ecrire(poste, NUMERO, objet, corps)
        if rang == 1:
            courrier.marquer_lu(poste, NUMERO, courrier.consulter(poste, NUMERO)[0].id)
        horloge.instant += timedelta(hours=20)


class AppMessages(AppCyclades):
    """The screen alone, as the menu opens it."""

    def __init__(self, poste: Poste) -> None:
        super().__init__()
        self.ecran = EcranMessages(poste, NUMERO, TITULAIRE)

    def on_mount(self) -> None:
        self.push_screen(self.ecran)

    @property
    def texte(self) -> list[str]:
        return [str(static.content) for static in self.ecran.query("#message > Static").results(Static)]

    @property
    def bandeau(self) -> str:
        return "".join(self.ecran.query_one(Bandeau).droite)


async def attendre(pilot: Pilot[None], app: AppMessages) -> None:
    await jusqu_a(pilot, lambda: app.ecran.query(LigneMessage))
    await calmer(pilot)


async def test_the_list(images: Images, poste_candidat: Poste, horloge: HorlogeReglable) -> None:
    """A row each, the newest first with `►`: date, sender, subject; two bold with « • » and « non lu », one not.

    The hostile subject is whole, the long one cut with « … » at 80; « 2 messages non lus » in the band.
    """
    ecrire_trois(poste_candidat, horloge)
    app = AppMessages(poste_candidat)

    async def ouvrir(pilot: Pilot[None]) -> None:
        await attendre(pilot, app)

    await images(app, ouvrir)


async def test_a_message(images: Images, poste_candidat: Poste, horloge: HorlogeReglable) -> None:
    """The hostile message in the place of the list, each bracket as it was written; « ▼ suite » where it goes on."""
    ecrire_trois(poste_candidat, horloge)
    app = AppMessages(poste_candidat)

    async def ouvrir(pilot: Pilot[None]) -> None:
        await attendre(pilot, app)
        await pilot.press("down", "down", "enter")
        await calmer(pilot)

    await images(app, ouvrir)


async def test_no_message(images: Images, poste_candidat: Poste) -> None:
    """« Vous n'avez aucun message. » and the way back."""
    await images(AppMessages(poste_candidat))


async def test_a_message_that_is_opened_is_read_for_good(poste_candidat: Poste, horloge: HorlogeReglable) -> None:
    ecrire_trois(poste_candidat, horloge)
    app = AppMessages(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await attendre(pilot, app)
        assert app.bandeau == "2 messages non lus"
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: app.bandeau == "1 message non lu")
        assert app.texte[0] == "Inscription"
        await pilot.press("escape")
        await calmer(pilot)
        assert app.ecran.query(LigneMessage).first().has_focus
        await pilot.press("escape")
        await calmer(pilot)
        assert app.screen is not app.ecran
    assert [message.lu for message in courrier.consulter(poste_candidat, NUMERO)] == [True, True, False]


async def test_one_goes_from_message_to_message(poste_candidat: Poste, horloge: HorlogeReglable) -> None:
    ecrire_trois(poste_candidat, horloge)
    app = AppMessages(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await attendre(pilot, app)
        await pilot.press("f8")
        assert not app.ecran.has_class("-lecture")
        await pilot.press("enter", "f7", "f8")
        await calmer(pilot)
        assert app.texte[0] == LONG
        await pilot.press("f8", "f8")
        await calmer(pilot)
        assert app.texte[0] == HOSTILE
        assert app.texte[2] == CORPS
        assert app.bandeau == ""
        await pilot.press("escape")
        await calmer(pilot)
        assert app.ecran.query(LigneMessage).last().has_focus


async def test_a_long_message_is_read_to_its_end(poste_candidat: Poste, horloge: HorlogeReglable) -> None:
    ecrire_trois(poste_candidat, horloge)
    app = AppMessages(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await attendre(pilot, app)
        await pilot.press("down", "down", "enter")
        await calmer(pilot)
        aide = app.ecran.query_one(LigneAide)
        assert aide.suite == "▼ suite"
        await pilot.press("down", *["pagedown"] * 3)
        await calmer(pilot)
        assert aide.suite == ""
        assert app.ecran._zone.scroll_y == app.ecran._zone.max_scroll_y
        await pilot.press("f7")
        await calmer(pilot)
        assert app.ecran._zone.scroll_y == 0

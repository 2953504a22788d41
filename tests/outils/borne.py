"""The borne on a real store at the guide's instant, driven by keys; and the account of Paul Lamy there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from types import ModuleType
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.connexion import EcranConnexion
from outils.guide import DU_COMPTE

PATIENCE = 60.0  # seconds, to detect a hung application; not a measurement
EMAIL, MOT_DE_PASSE = "paul.lamy@mail.fr", "Motdepasse!"
TAILLES = {"80x24": (80, 24), "120x40": (120, 40)}
IDENTITE = DU_COMPTE | {"identification.nom": "LAMY", "identification.prenoms": "Paul", "identification.email": EMAIL}
FORMULAIRE = IDENTITE | {
    "compte.confirmation_nom": "LAMY",
    "compte.confirmation_date": "06/05/2005",
    "compte.confirmation_email": EMAIL,
    "compte.mot_de_passe": MOT_DE_PASSE,
    "compte.confirmation_mot_de_passe": MOT_DE_PASSE,
}
_TOUCHES = {
    " ": "space",
    ".": "full_stop",
    "@": "at",
    "/": "slash",
    "-": "minus",
    ":": "colon",
    "!": "exclamation_mark",
    "'": "apostrophe",
}


def borne(poste: Poste, theme: str = CLAIR, *, lire_le_code: Callable[[Poste, str], str] | None = None) -> BorneApp:
    """The application over the store of `poste`; a demo's with `lire_le_code`."""
    acteur = replace(poste.acteur, face=Face.BORNE, poste="borne 3")
    return BorneApp(lambda: replace(poste, acteur=acteur), theme, lire_le_code=lire_le_code)


def creer_compte(poste: Poste, *, actif: bool = True) -> None:
    """Create Paul Lamy's account, and activate it by the code that an agent reads."""
    comptes.creer(poste, FORMULAIRE)
    if actif:
        comptes.activer(poste, EMAIL, code(poste))


def code(poste: Poste) -> str:
    return courrier.lire(poste, EMAIL)[0].code


async def jusqu_a(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the application run until the condition holds; fail the test if it never does."""
    limite = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limite, "the condition never held"
        await pilot.pause()


async def voir(pilot: Pilot[None], ecran: type[Screen[Any]]) -> None:
    """Wait until this screen is shown and the work that it started has ended."""
    await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, ecran))
    await calmer(pilot)


async def calmer(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def taper(pilot: Pilot[None], texte: str) -> None:
    """Type a text key by key, as a terminal sends it; `pilot.press` would wait and draw after each key."""
    envoyer(pilot, texte)
    await calmer(pilot)


def envoyer(pilot: Pilot[None], touches: Iterable[str]) -> None:
    """Send keys, by name or character, in one burst."""
    for touche in touches:
        pilot.app.post_message(events.Key(_TOUCHES.get(touche, touche), touche if len(touche) == 1 else None))


async def remplir(pilot: Pilot[None], textes: Iterable[str]) -> None:
    """Type each text in its field; Entrée goes to the next one."""
    for rang, texte in enumerate(textes):
        if rang:
            await pilot.press("enter")
        await taper(pilot, texte)


async def se_connecter(pilot: Pilot[None], mot_de_passe: str = MOT_DE_PASSE) -> None:
    """Log in from the home, by keys."""
    await calmer(pilot)
    await pilot.press("1")
    await voir(pilot, EcranConnexion)
    await remplir(pilot, (EMAIL, mot_de_passe))
    await pilot.press("enter")
    await calmer(pilot)


@contextmanager
def retenu(module: ModuleType, acte: str) -> Iterator[Event]:
    """Make an acte wait, in its thread, until the event is set."""
    reel, lache = getattr(module, acte), Event()

    def attendre(*arguments: Any, **nommes: Any) -> Any:
        lache.wait()
        return reel(*arguments, **nommes)

    with pytest.MonkeyPatch.context() as attente:
        attente.setattr(module, acte, attendre)
        try:
            yield lache
        finally:
            lache.set()  # otherwise the thread would keep a failed test from ending

"""For tests of keys in the wizard: the focused field, the row of a field, a quiet start."""

from __future__ import annotations

from textual.pilot import Pilot

from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.widgets.champ import LigneChamp
from outils.borne import calmer, jusqu_a
from outils.inscription import AppInscription


def champ_en_focus(ecran: EcranInscription) -> str:
    ligne = ecran.champ_courant
    return "" if ligne is None else ligne.champ.id


def ligne_de(ecran: EcranInscription, champ: str) -> LigneChamp:
    (ligne,) = [ligne for ligne in ecran.contenu_courant.lignes() if ligne.champ.id == champ]
    return ligne


async def installer(pilot: Pilot[None]) -> EcranInscription:
    app = pilot.app
    assert isinstance(app, AppInscription)
    await calmer(pilot)
    await jusqu_a(pilot, lambda: app.inscription.focused is not None)
    return app.inscription

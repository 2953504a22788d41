"""`cyclades borne`: the kiosk in this terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee

if TYPE_CHECKING:
    from cyclades_tui.poste import Poste, Reglages


def tenir(lire: Callable[[], Reglages]) -> int:
    """Run the kiosk until someone leaves it; the settings are read behind the home. Returns the exit code.

    Raises SaisieRefusee without a terminal, and whatever stopped the application.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "La borne s'affiche dans un terminal, et il n'y en a pas ici."
        remede = "Lancez-la dans une fenêtre de terminal ; sans écran, servez-vous des autres commandes."
        raise SaisieRefusee(Faute("borne.terminal", "", message, remede))
    with ExitStack() as pile:

        def ouvrir() -> Poste:
            from cyclades_tui.poste import ouvrir_poste

            poste = pile.enter_context(ouvrir_poste(lire()))
            return replace(poste, acteur=replace(poste.acteur, face=Face.BORNE))

        application = BorneApp(ouvrir)
        application.run()
    if application.probleme is not None:
        raise application.probleme
    return application.return_code or 0

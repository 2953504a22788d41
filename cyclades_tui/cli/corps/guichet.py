"""`cyclades guichet`: the agents' desk in this terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cyclades_tui.apps.guichet import GuichetApp
from cyclades_tui.cli.corps.borne import tenir_une_face
from cyclades_tui.domaine.acteur import Face

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste


def tenir(lire: Callable[[], ReglagesDuPoste], identifiant: str) -> int:
    """Run the guichet until somebody leaves it; `identifiant`, which may be empty, is filled in at the login.

    Returns the exit code. Raises as `borne.tenir` does.
    """
    return tenir_une_face("Le guichet", partial(GuichetApp, identifiant=identifiant), lire, Face.GUICHET)

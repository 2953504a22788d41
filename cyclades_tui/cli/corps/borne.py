"""`cyclades borne`: the kiosk in this terminal."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.consigne import consigner
from cyclades_tui.apps.face import FaceApp
from cyclades_tui.apps.rendu import Rendu, rendu
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.affichage import CHOIX, fichier_de_reglages, lire_affichage, lire_le_fichier
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee

if TYPE_CHECKING:
    from cyclades_tui.poste import Poste, ReglagesDuPoste

# A tab allocates thousands of objects: at Python's threshold of 700 every key would start a collection.
_COLLECTE = (10_000, 20, 20)


class Fabrique(Protocol):
    """Creates a face's application for a poste that is opened behind its first screen."""

    def __call__(
        self, ouvrir: Callable[[], Poste], theme: str, rendu: Rendu, *, reglages: tuple[Faute, ...], reference: str
    ) -> FaceApp: ...


def tenir(lire: Callable[[], ReglagesDuPoste], lire_le_code: Callable[[Poste, str], str] | None = None) -> int:
    """Run the kiosk until somebody leaves it; settings are read behind the home. Returns the exit code.

    A demo gives `lire_le_code`, which reads the activation code of an address, and only there is it shown.

    Raises SaisieRefusee without a terminal, and the error that ended the application before anybody could continue.
    """
    return tenir_une_face("La borne", partial(BorneApp, lire_le_code=lire_le_code), lire, Face.BORNE)


def tenir_une_face(nom: str, application: Fabrique, lire: Callable[[], ReglagesDuPoste], face: Face) -> int:
    """Run either face, as `tenir`; `nom` is its name in the error about a missing terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = f"{nom} s'affiche dans un terminal, et il n'y en a pas ici."
        remede = "Ouvrez une fenêtre de terminal et recommencez ; sans écran, servez-vous des autres commandes."
        raise SaisieRefusee(Faute("borne.terminal", "", message, remede))
    affichage, fautes = lire_affichage(reglages_ecrits())
    dessin = rendu(affichage, os.environ, sys.stdout.encoding)

    def fabriquer(ouvrir: Callable[[], Poste], reference: str) -> FaceApp:
        return application(ouvrir, affichage.theme.nom, dessin, reglages=fautes, reference=reference)

    try:
        return relancer(fabriquer, lire, face)
    finally:
        from cyclades_tui.fichiers import ouverts

        ouverts.balayer()


def relancer(
    fabriquer: Callable[[Callable[[], Poste], str], FaceApp],
    lire: Callable[[], ReglagesDuPoste],
    face: Face = Face.BORNE,
) -> int:
    """Run an application; if an unexpected error ends it, run another, which first shows the error's reference.

    Raises the error that ended an application before anybody could continue.
    """
    reference = ""
    while True:
        with ExitStack() as pile:

            def ouvrir(pile: ExitStack = pile) -> Poste:
                from cyclades_tui.cli.corps.connexion import finir_la_migration, permettre_les_reglages
                from cyclades_tui.fichiers import ouverts
                from cyclades_tui.poste import ouvrir_poste

                ouverts.balayer_les_morts()  # the copies of a run that was killed
                lus = lire()
                poste = permettre_les_reglages(pile.enter_context(ouvrir_poste(lus)), lus)
                finir_la_migration(poste)
                charger_les_ecrans(poste, face)
                return replace(poste, acteur=replace(poste.acteur, face=face))

            application = fabriquer(ouvrir, reference)
            application.run()
        if application.probleme is None:
            return application.return_code or 0
        if not application.reprise:
            raise application.probleme
        reference, _ = consigner(application.probleme)


def charger_les_ecrans(poste: Poste, face: Face = Face.BORNE) -> None:
    """Import behind the first screen what the others need, and exclude all of it from garbage collection.

    It lives as long as the process, and a full collection in the middle of a key would take 100 ms to look at it.
    """
    if face is Face.BORNE:
        from cyclades_tui.screens.borne import connexion
        from cyclades_tui.screens.borne.espace import mes_inscriptions
        from cyclades_tui.screens.borne.inscription import ecran

        _ = (connexion, mes_inscriptions, ecran)
    else:
        from cyclades_tui.screens.guichet.accueil import ecran as accueil
        from cyclades_tui.screens.guichet.controle import ecran as controle
        from cyclades_tui.screens.guichet.dossier import ecran as dossier

        _ = (accueil, controle, dossier)
    _ = poste.referentiel
    gc.freeze()
    gc.set_threshold(*_COLLECTE)


def reglages_ecrits() -> dict[str, object]:
    """The settings of the screens: environment, then file; a broken file is reported when the store is opened."""
    try:
        du_fichier: dict[str, object] = lire_le_fichier(fichier_de_reglages())
    except (OSError, ValueError):
        du_fichier = {}
    noms = {cle: f"CYCLADES_{cle.upper()}" for cle in CHOIX}
    return du_fichier | {cle: os.environ[nom] for cle, nom in noms.items() if os.environ.get(nom)}

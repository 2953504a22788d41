"""The kiosk: it paints the home first, opens the store behind it, and shows other places on request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import Screen
from typing_extensions import override

from cyclades_tui.apps.face import FaceApp
from cyclades_tui.apps.rendu import ENTIER, Rendu
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.aide import PAGES, EcranAide
from cyclades_tui.screens.borne.lieux import Lieu, Visite
from cyclades_tui.screens.borne.navigation import Demarrer
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.navigation import Activer, Aller, Connecte, Deconnecte

if TYPE_CHECKING:
    from cyclades_tui.actes.personnes.comptes import SessionCandidat
    from cyclades_tui.poste import Poste
    from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
    from cyclades_tui.screens.borne.inscription.parcours import Parcours


class BorneApp(FaceApp):
    """The application for candidates; only a demo gives `lire_le_code`, which reads an address's code to show it."""

    NOM = "la borne"
    BINDINGS: ClassVar = [
        Binding("f1,ctrl+g", "aide", "aide", show=False),
        Binding("f5,ctrl+b", "menu", "Menu", show=False),
    ]

    def __init__(
        self,
        ouvrir: Callable[[], Poste],
        theme: str = CLAIR,
        rendu: Rendu = ENTIER,
        *,
        reglages: tuple[Faute, ...] = (),
        reference: str = "",
        lire_le_code: Callable[[Poste, str], str] | None = None,
    ) -> None:
        super().__init__(ouvrir, theme, rendu, reglages=reglages, reference=reference)
        self._lire_le_code = lire_le_code
        self._session: SessionCandidat | None = None
        self._parcours: Parcours | None = None
        self._accueil = EcranAccueil()
        self._attendu: Lieu | None = None

    def get_default_screen(self) -> Screen[None]:
        return self._accueil

    @property
    @override
    def premier(self) -> EcranAccueil:
        return self._accueil

    @override
    def charger(self, poste: Poste) -> None:
        from cyclades_tui.screens.borne import connexion
        from cyclades_tui.screens.borne.choix import lancement
        from cyclades_tui.screens.borne.compte import ecran

        _ = (connexion, lancement, ecran, poste.referentiel)

    @override
    def ouverte(self, poste: Poste) -> None:
        if self._attendu is not None:
            lieu, self._attendu = self._attendu, None
            self._montrer(lieu)

    @override
    def message_ponctuel(self, poste: Poste) -> str:
        return poste.referentiel.reglages("", "", "").textes.message_ponctuel

    @override
    def refusee(self) -> None:
        self._attendu = None

    @property
    def poste(self) -> Poste:
        """The poste, acting for the candidate logged in. Raises RuntimeError before it is open."""
        if self._poste is None:
            raise RuntimeError("the store is not open")
        if self._session is None:
            return self._poste
        acteur = Acteur(NatureActeur.CANDIDAT, self._session.numero, Face.BORNE, self._poste.acteur.poste)
        return replace(self._poste, acteur=acteur)

    # Going from place to place

    def on_aller(self, message: Aller) -> None:
        lieu = Lieu(message.lieu)
        if lieu in PAGES:
            self.push_screen(EcranAide(lieu))
        elif lieu is Lieu.ACCUEIL:
            self._revenir_a(self._accueil)
        elif self._poste is None:
            self._attendu = lieu
            self._accueil.dire("Ouverture…")
            self.ouvrir()
        else:
            self._montrer(lieu, message.email, message.annonce)

    def _montrer(self, lieu: Lieu, email: str = "", annonce: str = "") -> None:
        """Show a place that needs the store, or the login if the place requires one."""
        if lieu.connecte and self._session is None:
            lieu = Lieu.CONNEXION
        if lieu.fabriquer is not None:
            sur = None if lieu is Lieu.INSCRIPTIONS else self._mes_inscriptions
            self._mettre(lieu.fabriquer(Visite(self.poste, self._session, email, annonce)), sur)

    def _mettre(self, ecran: Ecran, sur: Ecran | None = None) -> None:
        """Show a screen above another, else the home, in place of all that are there: no form is left hidden below."""
        self._revenir_a(sur or self._accueil)
        self.push_screen(ecran)

    @property
    def _mes_inscriptions(self) -> EcranMesInscriptions | None:
        """The page of the person logged in; the menu is its own."""
        from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions

        return next((ecran for ecran in self.screen_stack if isinstance(ecran, EcranMesInscriptions)), None)

    def on_activer(self, message: Activer) -> None:
        from cyclades_tui.screens.borne.compte.activation import EcranActivation

        self._mettre(
            EcranActivation(
                self.poste,
                message.email,
                message.mot_de_passe,
                message.annonce,
                message.limite,
                lire_le_code=self._lire_le_code,
            )
        )

    def on_connecte(self, message: Connecte) -> None:
        self._session = message.session
        self._montrer(Lieu.INSCRIPTIONS)

    def action_menu(self) -> None:
        """F5 on a page of a candidate (F016): what is chosen opens over « Mes inscriptions »."""
        if (ecran := self._mes_inscriptions) is not None:
            ecran.action_menu()

    def on_demarrer(self, message: Demarrer) -> None:
        """Open the wizard above « Mes inscriptions », to which it returns."""
        from cyclades_tui.screens.borne.inscription.ecran import EcranInscription

        self._montrer(Lieu.INSCRIPTIONS)
        self._parcours = message.parcours
        self.push_screen(EcranInscription(message.parcours))

    def on_deconnecte(self, _: Deconnecte) -> None:
        self._session = None
        self.oublier_le_probleme()
        self._revenir_a(self._accueil)

    def _revenir_a(self, ecran: Ecran) -> None:
        """Take away what is above a screen."""
        while self.screen is not ecran:
            self.pop_screen()
        if self._parcours is not None:
            self._accueil.lancer(partial(_rendre, self._parcours), lambda _: None, self._accueil.refuser)
            self._parcours = None

    async def on_unmount(self) -> None:
        """Release the form's draft: a borne that stops in the middle may start again in the same process."""
        if self._parcours is not None:
            with suppress(ErreurCyclades):
                await asyncio.to_thread(_rendre, self._parcours)

    # Everywhere

    def action_aide(self) -> None:
        self.push_screen(EcranAide(Lieu.AIDE))


def _rendre(parcours: Parcours) -> None:
    """Release the draft of a form, if the form still holds it, so that another screen can take it."""
    from cyclades_tui.actes.candidature import brouillons

    brouillons.rendre_la_main(parcours.poste, parcours.cle, parcours.ecran)

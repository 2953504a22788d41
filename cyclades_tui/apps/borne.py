"""The kiosk: the home is painted first, the store opens behind it, then each place is shown when it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import WorkerFailed

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.consigne import consigner
from cyclades_tui.apps.rendu import ENTIER, Rendu
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.screens.accueil import EcranAccueil
from cyclades_tui.screens.aide import PAGES, EcranAide
from cyclades_tui.screens.base import Ecran
from cyclades_tui.screens.navigation import Activer, Aller, Connecte, Deconnecte, Demarrer, Lieu, Partir
from cyclades_tui.screens.probleme import EcranProbleme
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

if TYPE_CHECKING:
    from cyclades_tui.actes.comptes import SessionCandidat
    from cyclades_tui.poste import Poste
    from cyclades_tui.screens.inscription.parcours import Parcours

_MESSAGE_PONCTUEL = "textes.message_ponctuel"


class BorneApp(AppCyclades):
    """The candidate's face. `ouvrir` gives the poste, in a thread; who gives it closes it.

    `ouvrir` may raise ErreurCyclades: the home says so, and the next choice tries again. `reglages` are faults of the
    machine's settings, told on the home. With a `reference`, the page of what stopped the last run comes first.
    """

    BINDINGS: ClassVar = [
        Binding("f1,ctrl+g", "aide", "aide", show=False),
    ]

    def __init__(
        self,
        ouvrir: Callable[[], Poste],
        theme: str = CLAIR,
        rendu: Rendu = ENTIER,
        *,
        reglages: tuple[Faute, ...] = (),
        reference: str = "",
    ) -> None:
        super().__init__(theme, rendu)
        self._fournir = ouvrir
        self._reglages = reglages
        self._reference = reference
        self._poste: Poste | None = None
        self._session: SessionCandidat | None = None
        self._parcours: Parcours | None = None
        self._accueil = EcranAccueil()
        self._attendu: Lieu | None = None
        self._ouverture_en_cours = False

    def get_default_screen(self) -> Screen[None]:
        return self._accueil

    def on_mount(self) -> None:
        if self._reference:
            self._montrer_le_probleme()
        self.call_after_refresh(self._commencer)

    def _commencer(self) -> None:
        self._annoncer("")
        self._ouvrir()

    # Opening the store behind the home

    def _ouvrir(self) -> None:
        if not self._ouverture_en_cours:
            self._ouverture_en_cours = True
            self._accueil.lancer(self._preparer, self._pret, self._ferme)

    def _preparer(self) -> Poste:
        """Open the poste and import what the first choice needs; runs in a thread."""
        poste = self._fournir()
        from cyclades_tui.screens import connexion, lancement
        from cyclades_tui.screens.compte import ecran

        _ = (connexion, lancement, ecran, poste.referentiel)
        return poste

    def _pret(self, poste: Poste) -> None:
        self._ouverture_en_cours = False
        self._poste = poste
        self._accueil.nommer_le_poste(poste.acteur.poste)
        reglee = poste.referentiel.valeurs("", "", "").get(_MESSAGE_PONCTUEL)
        self._annoncer("" if reglee is None else reglee.valeur)
        self._accueil.dire("")
        if self._attendu is not None:
            lieu, self._attendu = self._attendu, None
            self._montrer(lieu)

    def _annoncer(self, message: str) -> None:
        """What is wrong in the settings, then the message of the administration."""
        self._accueil.annoncer("\n".join([*map(str, self._reglages), message]).strip())

    def _ferme(self, fautes: tuple[Faute, ...]) -> None:
        self._ouverture_en_cours = False
        self._attendu = None
        self._accueil.dire("")
        self._accueil.refuser(fautes)

    @property
    def poste(self) -> Poste:
        """The poste, in the name of who is logged in. Raises RuntimeError before it is open."""
        if self._poste is None:
            raise RuntimeError("the store is not open")
        if self._session is None:
            return self._poste
        acteur = Acteur(NatureActeur.CANDIDAT, self._session.numero, Face.BORNE, self._poste.acteur.poste)
        return replace(self._poste, acteur=acteur)

    # Going from place to place

    def on_aller(self, message: Aller) -> None:
        if message.lieu in PAGES:
            self.push_screen(EcranAide(message.lieu))
        elif message.lieu is Lieu.ACCUEIL:
            self._revenir_a_l_accueil()
        elif self._poste is None:
            self._attendu = message.lieu
            self._accueil.dire("Ouverture…")
            self._ouvrir()
        elif message.lieu is Lieu.CONNEXION:
            self._mettre(self.connexion(message.email, message.annonce))
        else:
            self._montrer(message.lieu)

    def _montrer(self, lieu: Lieu) -> None:
        self._mettre(_FABRIQUES[lieu](self))

    def _mettre(self, ecran: Ecran) -> None:
        """Show a screen above the home, instead of all that was there: no form stays under what covered it."""
        self._revenir_a_l_accueil()
        self.push_screen(ecran)

    def connexion(self, email: str = "", annonce: str = "") -> Ecran:
        from cyclades_tui.screens.connexion import EcranConnexion

        return EcranConnexion(self.poste, identifiant_connu=email, annonce=annonce)

    def compte(self) -> Ecran:
        from cyclades_tui.screens.compte.ecran import EcranCompte

        return EcranCompte(self.poste)

    def services(self) -> Ecran:
        from cyclades_tui.screens.lancement import EcranOuverture

        return EcranOuverture(self.poste, self._session)

    def lancement(self) -> Ecran:
        from cyclades_tui.screens.lancement import EcranLancement

        return self.connexion() if self._session is None else EcranLancement(self.poste, self._session)

    def inscriptions(self) -> Ecran:
        from cyclades_tui.screens.mes_inscriptions import EcranMesInscriptions

        if self._session is None:
            return self.connexion()
        return EcranMesInscriptions(self.poste, self._session)

    def on_activer(self, message: Activer) -> None:
        from cyclades_tui.screens.compte.activation import EcranActivation

        self._mettre(EcranActivation(self.poste, message.email, message.mot_de_passe, message.annonce, message.limite))

    def on_connecte(self, message: Connecte) -> None:
        self._session = message.session
        self._montrer(Lieu.INSCRIPTIONS)

    def on_demarrer(self, message: Demarrer) -> None:
        """The wizard stands above « Mes inscriptions », where one comes back."""
        from cyclades_tui.screens.inscription.ecran import EcranInscription

        self._montrer(Lieu.INSCRIPTIONS)
        self._parcours = message.parcours
        self.push_screen(EcranInscription(message.parcours))

    def on_deconnecte(self, _: Deconnecte) -> None:
        self._session = None
        self._reference = ""
        self._revenir_a_l_accueil()

    def _revenir_a_l_accueil(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if self._parcours is not None:
            self._accueil.lancer(partial(_rendre, self._parcours), lambda _: None, self._accueil.refuser)
            self._parcours = None

    async def on_unmount(self) -> None:
        """A borne that stops in the middle of a form may start again in the same process."""
        if self._parcours is not None:
            with suppress(ErreurCyclades):
                await asyncio.to_thread(_rendre, self._parcours)

    # Leaving

    def on_partir(self, message: Partir) -> None:
        """Leave the program, asked first."""
        message.stop()
        question = Dialogue(
            "Quitter la borne ?",
            "Le programme s'arrête ; rien de ce qui est gardé n'est perdu.",
            (Reponse("rester", "Rester"), Reponse("quitter", "Quitter")),
        )
        self.push_screen(question, self._partir)

    def _partir(self, reponse: str | None) -> None:
        if reponse == "quitter":
            self.exit()

    # What nobody foresaw

    def surmonter(self, erreur: BaseException) -> None:
        """Say so above the screens, which keep what was typed until the person goes back to the home."""
        reference, _ = consigner(erreur)
        if self._poste is None:
            self._ferme(())
        if not self._reference:
            self._reference = reference
            self._montrer_le_probleme()

    def _montrer_le_probleme(self) -> None:
        self.push_screen(EcranProbleme(self._reference))

    @property
    def probleme(self) -> BaseException | None:
        """What stopped the application, None where nothing did."""
        erreur = self._exception
        return erreur.error if isinstance(erreur, WorkerFailed) else erreur

    @property
    def reprise(self) -> bool:
        """Whether someone worked since the last problem was told: one after the other without that would never end."""
        return not self._reference

    def panic(self, *_: RenderableType) -> None:
        """No traceback reaches a candidate, whatever the library would draw: who runs this reads `probleme`."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()

    # Everywhere

    def action_aide(self) -> None:
        self.push_screen(EcranAide(Lieu.AIDE))


def _rendre(parcours: Parcours) -> None:
    """Leave the draft of a form that went to whoever comes next, if that form still holds it."""
    from cyclades_tui.actes import brouillons

    brouillons.rendre_la_main(parcours.poste, parcours.cle, parcours.ecran)


_FABRIQUES: dict[Lieu, Callable[[BorneApp], Ecran]] = {
    Lieu.CONNEXION: BorneApp.connexion,
    Lieu.COMPTE: BorneApp.compte,
    Lieu.SERVICES: BorneApp.services,
    Lieu.INSCRIRE: BorneApp.lancement,
    Lieu.INSCRIPTIONS: BorneApp.inscriptions,
}

"""The guichet: it paints the login first, opens the store behind it, then keeps the agent's home below the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from typing_extensions import override

from cyclades_tui.apps.face import FaceApp
from cyclades_tui.apps.rendu import ENTIER, Rendu
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import DROITS, Droit
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.base import Ecran, trop_petite
from cyclades_tui.screens.cadre.frappe import Scanne
from cyclades_tui.screens.cadre.navigation import Deconnecte
from cyclades_tui.screens.guichet.connexion import EcranConnexionAgent
from cyclades_tui.screens.guichet.navigation import (
    NON_ENREGISTREE,
    DecisionsPerdues,
    Entre,
    OuvrirAttente,
    OuvrirDossier,
    OuvrirMenu,
    OuvrirPiece,
    Rechercher,
    SeDeconnecter,
)
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

if TYPE_CHECKING:
    from cyclades_tui.actes.bureau.agents import AgentConnecte
    from cyclades_tui.poste import Poste
    from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
    from cyclades_tui.screens.guichet.page import PageGuichet
    from cyclades_tui.screens.guichet.recherche import EcranRecherche

_DECONNECTE = "Vous êtes déconnecté."


class GuichetApp(FaceApp):
    """The application for agents; `identifiant`, which may be empty, is filled in at the login."""

    NOM = "le guichet"
    RECOURS = "l'administrateur du poste"
    TOUCHES_A_PART = True
    BINDINGS: ClassVar = [Binding("ctrl+r", "rechercher", "Rechercher un dossier", show=False, priority=True)]

    def __init__(
        self,
        ouvrir: Callable[[], Poste],
        theme: str = CLAIR,
        rendu: Rendu = ENTIER,
        *,
        reglages: tuple[Faute, ...] = (),
        reference: str = "",
        identifiant: str = "",
    ) -> None:
        super().__init__(ouvrir, theme, rendu, reglages=reglages, reference=reference)
        self._connexion = EcranConnexionAgent(identifiant, self.ouvrir)
        self._session: tuple[Poste, AgentConnecte] | None = None
        self._accueil: EcranAccueilAgent | None = None
        self._recherche: EcranRecherche | None = None

    def get_default_screen(self) -> Screen[None]:
        return self._connexion

    @property
    @override
    def premier(self) -> EcranConnexionAgent:
        return self._connexion

    @override
    def charger(self, poste: Poste) -> None:
        from cyclades_tui.actes.bureau import tableau
        from cyclades_tui.screens.guichet.accueil import ecran as accueil

        _ = (accueil, poste.referentiel)
        self._sans_agent = tableau.sans_agent(poste)

    @override
    def ouverte(self, poste: Poste) -> None:
        self._connexion.recevoir_le_poste(poste, sans_agent=self._sans_agent)

    @override
    def message_ponctuel(self, poste: Poste) -> str:
        """The local settings that are left out; the message in them is for candidates."""
        return "\n".join(map(str, poste.referentiel.fautes[:2]))

    # Coming and leaving

    def on_entre(self, message: Entre) -> None:
        """Start the session with one poste, so that what it reads of the référentiel is read once."""
        if self._poste is None:
            return
        from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent

        acteur = Acteur(NatureActeur.AGENT, message.agent.identifiant, Face.GUICHET, self._poste.acteur.poste)
        self._session = (replace(self._poste, acteur=acteur), message.agent)
        self.oublier_le_probleme()
        self._accueil = EcranAccueilAgent(*self._session)
        self.push_screen(self._accueil)

    def on_se_deconnecter(self, message: SeDeconnecter) -> None:
        message.stop()
        question = Dialogue(
            "Vous déconnecter ?",
            "Ce que vous avez décidé est enregistré. Le guichet revient à l'identification.",
            (Reponse("rester", "Rester connecté"), Reponse("sortir", "Me déconnecter")),
        )
        self.push_screen(question, lambda reponse: self._sortir() if reponse == "sortir" else None)

    def on_deconnecte(self, _: Deconnecte) -> None:
        self._sortir()

    def _sortir(self) -> None:
        self._session = self._accueil = self._recherche = None
        self._revenir(1)
        self.oublier_le_probleme()
        self._connexion.oublier(_DECONNECTE)

    def _revenir(self, hauteur: int) -> None:
        """Close the screens above the first `hauteur`: the login, then the home."""
        while len(self.screen_stack) > hauteur:
            self.pop_screen()

    # Going from place to place

    @override
    async def recevoir(self, event: events.Key | events.Paste) -> None:
        """Send keys typed on the home to the search, and those that follow: a scanner types faster than a screen opens.

        Otherwise Entrée would reach the focused row before the search is shown.
        """
        if not (isinstance(event, events.Key) and self._va_a_la_recherche(event)):
            await super().recevoir(event)

    def _va_a_la_recherche(self, event: events.Key) -> bool:
        signe = event.character if event.is_printable and event.character else ""
        if self.screen is self._accueil and self._accueil is not None and signe.strip() and not trop_petite(self):
            if self._accueil.cherche:
                self._rechercher(signe)
            return True
        recherche = self._recherche
        if recherche is None or self.screen is not recherche or recherche.prete:
            return False
        if signe:
            recherche.ajouter(signe)
        elif event.key == "enter":
            recherche.entrer()
        return bool(signe) or event.key == "enter"

    def action_rechercher(self) -> None:
        self.post_message(Rechercher())

    def on_rechercher(self, message: Rechercher) -> None:
        self._rechercher(message.texte)
        if message.texte and self._recherche is not None and self.screen is self._recherche:
            self._recherche.entrer()

    def on_scanne(self, _: Scanne) -> None:
        """What a scanner reads while a question stands is for no answer."""
        self.bell()

    def _rechercher(self, texte: str) -> None:
        """Open the search above the current screen; if it is open, add what was typed."""
        if self._session is None or isinstance(self.screen, ModalScreen):
            return
        poste, agent = self._session
        from cyclades_tui.screens.guichet.recherche import EcranRecherche

        if Droit.CONSULTER not in DROITS[agent.role]:
            if isinstance(self.screen, Ecran):
                self.screen.dire("Rechercher", "Votre rôle ne consulte pas les dossiers.", "attention")
        elif isinstance(self.screen, EcranRecherche):
            self.screen.ajouter(texte)
        else:
            self._recherche = EcranRecherche(poste, agent, texte)
            self.push_screen(self._recherche)

    def on_ouvrir_dossier(self, message: OuvrirDossier) -> None:
        if self._session is not None:
            from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier

            self.push_screen(EcranDossier(*self._session, message.numero_candidat, message.numero_inscription))

    def on_ouvrir_attente(self, message: OuvrirAttente) -> None:
        if self._session is not None:
            from cyclades_tui.screens.guichet.controle.ecran import EcranControle

            self.push_screen(EcranControle(*self._session, message.filtre, message.libelle))

    def on_ouvrir_piece(self, message: OuvrirPiece) -> None:
        if self._session is not None:
            from cyclades_tui.actes.pieces.attentes import Filtre
            from cyclades_tui.screens.guichet.controle.ecran import EcranControle

            self.push_screen(EcranControle(*self._session, Filtre(), message.libelle, message.justificatif))

    def on_decisions_perdues(self, message: DecisionsPerdues) -> None:
        texte = "\n\n".join(message.phrases)
        self.push_screen(Dialogue(NON_ENREGISTREE, texte, (Reponse("lu", "J'ai lu"),)))

    # The menu, of which this is the host

    def on_ouvrir_menu(self, _: OuvrirMenu) -> None:
        if self._session is not None:
            from cyclades_tui.screens.cadre.menu import montrer_le_menu
            from cyclades_tui.screens.guichet.menu import MENU

            montrer_le_menu(self, MENU, self)

    @property
    def agent(self) -> AgentConnecte:
        """The agent logged in. Raises RuntimeError if nobody is."""
        if self._session is None:
            raise RuntimeError("nobody is logged in")
        return self._session[1]

    def revenir_a_l_accueil(self) -> None:
        self._revenir(2)

    def montrer_la_page(self, fabriquer: Callable[[Poste, AgentConnecte], PageGuichet]) -> None:
        if self._session is not None:
            self._revenir(2)
            self.push_screen(fabriquer(*self._session))

    def demander_a_sortir(self) -> None:
        self.post_message(SeDeconnecter())

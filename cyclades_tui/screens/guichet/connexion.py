"""The agents' login, painted before the store is open; it says what to do if the store has no agent yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from typing_extensions import override

from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.identification import PageIdentification
from cyclades_tui.screens.cadre.navigation import Partir
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.navigation import NOM, Entre
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Entete

if TYPE_CHECKING:
    from cyclades_tui.actes.bureau.agents import AgentConnecte
    from cyclades_tui.poste import Poste

IDENTIFIANT = Champ(
    "guichet.identifiant",
    "Identifiant",
    Nature.TEXTE,
    "connexion",
    "",
    "Celui que l'administrateur vous a donné",
    longueur=40,
    exemple="l.roy",
    explication="L'identifiant d'agent, par exemple l.roy. Tous les postes de ce store le connaissent. "
    "L'administrateur le donne avec la commande « cyclades agent ajouter ».",
)
MOT_DE_PASSE = Champ(
    "guichet.mot_de_passe",
    "Mot de passe",
    Nature.MOT_DE_PASSE,
    "connexion",
    "",
    "Majuscules et minuscules comptent",
    longueur=128,
    explication="Le vôtre, douze caractères au moins ; F3 le montre pendant que vous le tapez. Après cinq essais "
    "refusés, il faut attendre un quart d'heure. Oublié, un administrateur vous en donne un autre.",
)
_SANS_AGENT = (
    "Ce store n'a pas encore d'agent. Ajoutez d'abord un administrateur, dans un terminal de ce poste :\n"
    'cyclades agent ajouter IDENTIFIANT "NOM" --role administrateur\n'
    "Il ajoutera les gestionnaires, qui se connecteront ici."
)
_CARTOUCHE = "Chaque acte est journalisé à votre nom. Déconnectez-vous quand vous quittez le poste."


class EcranConnexionAgent(PageIdentification):
    """Waits for the store if somebody is faster; `tenter` asks the application to open it."""

    LIENS = ()
    IDENTIFIANT = IDENTIFIANT
    MOT_DE_PASSE = MOT_DE_PASSE
    CONTACT = "Un administrateur du store : lui seul donne les identifiants et les mots de passe."
    AIDE = "Le guichet s'ouvre avec votre identifiant d'agent et votre mot de passe."
    TOUCHES = (("Entrée", "se connecter"), ("F3", "voir le mot de passe"), ("Éch", "quitter"), ("F12", "affichage"))
    DEFAULT_CSS = """
    EcranConnexionAgent #annonce { margin: 0 1 1 1; }
    """

    def __init__(self, identifiant_connu: str, tenter: Callable[[], object]) -> None:
        super().__init__(identifiant_connu)
        self._tenter = tenter
        self._poste: Poste | None = None

    @override
    def contenu(self) -> ComposeResult:
        yield Bloc(nom="annonce")
        yield from super().contenu()

    @override
    def apres_le_formulaire(self) -> ComposeResult:
        yield Bloc(_CARTOUCHE, "info")

    @override
    async def preparer(self) -> None:
        self.query_one(Entete).titre = NOM
        await super().preparer()

    # What the application tells

    def nommer_le_poste(self, nom: str) -> None:
        self.query_one(Entete).poste = nom

    def annoncer(self, texte: str) -> None:
        self.query_one("#annonce", Bloc).dire(texte, "attention")

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        self.finir()
        self.query_one("#annonce", Bloc).dire(phrases(fautes), "erreur")

    def recevoir_le_poste(self, poste: Poste, *, sans_agent: bool) -> None:
        """Called when the store is open: log in with what was typed meanwhile."""
        self._poste = poste
        self.dire(IDENTIFIANT.libelle, f"{IDENTIFIANT.aide}.")
        if sans_agent:
            self.annoncer(_SANS_AGENT)
        if self.en_cours:
            self.connecter(self.identifiant.valeur, self.secret.valeur)

    def oublier(self, annonce: str = "") -> None:
        """Empty the fields for the next person, after a logout."""
        self.finir()
        self.identifiant.valeur, self.secret.valeur = "", ""
        self.query_one("#refus", Bloc).dire(annonce, "succes")
        self.identifiant.prendre_le_focus()

    # Logging in

    @override
    def connecter(self, identifiant: str, mot_de_passe: str) -> None:
        poste = self._poste
        if poste is None:
            self.dire("Ouverture…")
            self._tenter()
            return
        from cyclades_tui.actes.bureau import agents

        self.lancer(lambda: agents.connecter(poste, identifiant, mot_de_passe), self._entrer, self.echouer)

    def _entrer(self, agent: AgentConnecte) -> None:
        self.finir()
        self.secret.valeur = ""
        self.query_one("#refus", Bloc).dire("")
        self.query_one("#annonce", Bloc).dire("")
        self.post_message(Entre(agent))

    def action_quitter(self) -> None:
        self.post_message(Partir())

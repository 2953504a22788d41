"""Login by e-mail and password (F105-F111)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.personnes import comptes
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.identification import PageIdentification
from cyclades_tui.screens.cadre.navigation import Activer, Connecte
from cyclades_tui.screens.cadre.page import CONTACT, phrases
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.dialogue import Aide
from cyclades_tui.widgets.entrees import Lien

IDENTIFIANT = Champ(
    "connexion.identifiant",
    "Identifiant de connexion",
    Nature.EMAIL,
    "connexion",
    "",
    "L'adresse mail de votre compte",
    longueur=100,
    explication="L'adresse mail donnée à la création du compte. Un candidat inscrit par son établissement utilise "
    "l'identifiant du papillon « Accès au service en ligne des examens » ; perdu, il se redemande à l'établissement.",
)
MOT_DE_PASSE = Champ(
    "connexion.mot_de_passe",
    "Mot de passe",
    Nature.MOT_DE_PASSE,
    "connexion",
    "",
    "Majuscules et minuscules comptent",
    longueur=100,
    explication="Celui que vous avez choisi pour Cyclades ; F3 le montre pendant que vous le tapez. Oublié, il ne peut "
    "pas vous être redit ni se changer encore ici : présentez-vous à un agent avec votre pièce d'identité.",
)
_A_ACTIVER = "connexion.a_activer"
_OUBLIE, _ACTIVER, _OU_TROUVER = "oublie", "activer", "identifiants"
_LIENS = (
    ((_OU_TROUVER, "Besoin d'aide pour vous connecter ?"), (_OUBLIE, "Mot de passe oublié")),
    ((Lieu.COMPTE, "Je n'ai pas de compte"), (_ACTIVER, "J'ai un code d'activation")),
)
_IDENTIFIANTS = (
    "Vous avez créé votre compte : votre identifiant est l'adresse mail donnée alors, avec le mot de passe choisi pour "
    "Cyclades.\n\nVotre établissement vous a inscrit : identifiant et mot de passe sont sur le papillon « Accès au "
    "service en ligne des examens ». Si vous l'avez perdu, demandez-le à votre établissement."
)
_FRANCE_CONNECT = (
    "OU   S'identifier avec FranceConnect : ce poste est sans réseau.\n"
    "     Un agent peut vous aider si votre compte vient de FranceConnect."
)


class EcranConnexion(PageIdentification):
    """The login of a candidate."""

    IDENTIFIANT = IDENTIFIANT
    MOT_DE_PASSE = MOT_DE_PASSE
    TOUCHES = (("Entrée", "se connecter"), ("F3", "voir le mot de passe"), ("Éch", "retour"))
    DEFAULT_CSS = """
    EcranConnexion #contenu .liens { height: 1; margin: 0 1; }
    EcranConnexion #contenu .liens > Lien:first-child { width: 41; }
    EcranConnexion .france-connect { margin: 1 1 0 1; }
    """

    def __init__(self, poste: Poste, *, identifiant_connu: str = "", annonce: str = "") -> None:
        super().__init__(identifiant_connu, annonce)
        self.poste = poste
        self.poste_nomme = poste.acteur.poste

    @override
    def apres_le_formulaire(self) -> ComposeResult:
        for rangee in _LIENS:
            with Horizontal(classes="liens"):
                for cible, libelle in rangee:
                    yield Lien(cible, libelle)
        yield Static(_FRANCE_CONNECT, classes="discret france-connect", markup=False)

    @override
    def connecter(self, identifiant: str, mot_de_passe: str) -> None:
        self.lancer(lambda: comptes.connecter(self.poste, identifiant, mot_de_passe), self._entrer, self._refuser)

    def _entrer(self, session: comptes.SessionCandidat) -> None:
        self.finir()
        self.post_message(Connecte(session))

    def _refuser(self, fautes: tuple[Faute, ...]) -> None:
        if any(faute.code == _A_ACTIVER for faute in fautes):
            self.finir()
            self.post_message(Activer(self.identifiant.valeur.strip(), self.secret.valeur, phrases(fautes)))
        else:
            self.echouer(fautes)

    def suivre_le_lien(self, cible: str) -> None:
        if cible == _OU_TROUVER:
            self.app.push_screen(Aide("Où trouver mon identifiant ?", _IDENTIFIANTS, contact=CONTACT))
        elif cible == _OUBLIE:
            self.query_one("#refus", Bloc).dire(
                "Le mot de passe ne se change pas encore sur cette borne : présentez-vous à un agent du service des "
                "examens, avec votre pièce d'identité.",
                "info",
            )
        elif cible == _ACTIVER:
            self.post_message(Activer(self.identifiant.valeur.strip(), self.secret.valeur))
        else:
            super().suivre_le_lien(cible)

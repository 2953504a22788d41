"""Login by e-mail and password (F105-F111)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from cyclades_tui.actes import comptes
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.navigation import Activer, Connecte, Lieu
from cyclades_tui.screens.page import CONTACT, Page, SansListe, phrases
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bouton
from cyclades_tui.widgets.champ import LigneChamp, identifiant
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
    "pas vous être redit : présentez-vous à un agent avec votre pièce d'identité.",
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


class EcranConnexion(Page):
    """« Veuillez vous identifier »."""

    TITRE = "Veuillez vous identifier"
    TOUCHES = (("Entrée", "se connecter"), ("F3", "voir le mot de passe"), ("Éch", "retour"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "connecter", "Se connecter", show=False),
        Binding("f3,ctrl+l", "montrer", "voir le mot de passe", show=False),
    ]
    DEFAULT_CSS = """
    EcranConnexion > Bandeau, EcranConnexion > Boutons { display: none; }
    EcranConnexion > #contenu { padding: 1 3 0 3; }
    EcranConnexion.-large > #contenu { padding: 3 23 0 23; }
    EcranConnexion .titre { margin: 0 0 1 1; }
    EcranConnexion .sous-champ { margin: 0 0 1 30; color: $discret; height: 1; }
    EcranConnexion #bouton-connecter { margin: 0 0 1 30; }
    EcranConnexion.-large .sous-champ, EcranConnexion.-large #bouton-connecter { margin: 0 0 1 1; }
    EcranConnexion #refus { margin: 0 1 1 1; }
    EcranConnexion #contenu .liens { height: 1; margin: 0 1; }
    EcranConnexion #contenu .liens > Lien:first-child { width: 40; }
    EcranConnexion .france-connect { margin: 1 1 0 1; }
    """
    AUTO_FOCUS = f"#{identifiant(IDENTIFIANT.id)} ZoneTexte"

    def __init__(self, poste: Poste, *, identifiant_connu: str = "", annonce: str = "") -> None:
        super().__init__()
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self._connu = identifiant_connu
        self._annonce = annonce
        self._masque = True
        self._en_cours = False

    def contenu(self) -> ComposeResult:
        yield Static(self.TITRE, classes="titre", markup=False)
        yield LigneChamp(IDENTIFIANT, self._connu, SansListe())
        yield LigneChamp(MOT_DE_PASSE, "", SansListe())
        yield Static("F3 afficher le mot de passe", classes="sous-champ", id="indice", markup=False)
        yield Bouton(Action("connecter", "Se connecter", "Entrée", pleine=True), avec_touche=True)
        yield Bloc(self._annonce, "succes", nom="refus")
        for rangee in _LIENS:
            with Horizontal(classes="liens"):
                for cible, libelle in rangee:
                    yield Lien(cible, libelle)
        yield Static(_FRANCE_CONNECT, classes="discret france-connect", markup=False)

    @property
    def _identifiant(self) -> LigneChamp:
        return self.query_one(f"#{identifiant(IDENTIFIANT.id)}", LigneChamp)

    @property
    def _secret(self) -> LigneChamp:
        return self.query_one(f"#{identifiant(MOT_DE_PASSE.id)}", LigneChamp)

    async def preparer(self) -> None:
        if self._connu:
            self.call_after_refresh(self._secret.prendre_le_focus)

    def on_ligne_champ_visite(self, message: LigneChamp.Visite) -> None:
        message.stop()
        self.dire(message.ligne.champ.libelle, f"{message.ligne.champ.aide}.")

    def passer_au_suivant(self) -> None:
        """Entrée after the last field logs in."""
        if self._secret.controle.has_focus:
            self.action_connecter()
        else:
            self.focus_next()

    def action_montrer(self) -> None:
        self._masque = not self._masque
        self._secret.montrer_le_secret(montre=not self._masque)
        indice = "F3 afficher le mot de passe" if self._masque else "F3 cacher le mot de passe"
        self.query_one("#indice", Static).update(indice)

    def action_connecter(self) -> None:
        if self._en_cours:
            return
        vides = [ligne for ligne in (self._identifiant, self._secret) if not ligne.valeur.strip()]
        if vides:
            self._refuser(f"« {vides[0].champ.libelle} » n'est pas rempli. {vides[0].champ.aide}.", vides[0])
            return
        self._en_cours = True
        self.query_one("#refus", Bloc).dire("")
        self.dire("Connexion…")
        email, mot_de_passe = self._identifiant.valeur, self._secret.valeur
        self.lancer(lambda: comptes.connecter(self.poste, email, mot_de_passe), self._entrer, self._echouer)

    def _entrer(self, session: comptes.SessionCandidat) -> None:
        self._en_cours = False
        self.post_message(Connecte(session))

    def _echouer(self, fautes: tuple[Faute, ...]) -> None:
        self._en_cours = False
        if any(faute.code == _A_ACTIVER for faute in fautes):
            self.post_message(Activer(self._identifiant.valeur.strip(), self._secret.valeur, phrases(fautes)))
            return
        self._secret.valeur = ""
        self._refuser(phrases(fautes), self._secret)

    def _refuser(self, phrase: str, ligne: LigneChamp) -> None:
        self.query_one("#refus", Bloc).dire(phrase, "erreur")
        ligne.prendre_le_focus()
        self.dire(ligne.champ.libelle, f"{ligne.champ.aide}.")

    def suivre_le_lien(self, cible: str) -> None:
        if cible == _OU_TROUVER:
            self.app.push_screen(Aide("Où trouver mon identifiant ?", _IDENTIFIANTS, contact=CONTACT))
        elif cible == _OUBLIE:
            self.query_one("#refus", Bloc).dire(
                "Mot de passe oublié : présentez-vous à un agent du service des examens, avec votre pièce d'identité.",
                "info",
            )
        elif cible == _ACTIVER:
            self.post_message(Activer(self._identifiant.valeur.strip(), self._secret.valeur))
        else:
            super().suivre_le_lien(cible)

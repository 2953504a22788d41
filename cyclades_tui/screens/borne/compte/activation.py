"""The activation of an account by the code of its message, which only a demo shows here (F081-F089)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from cyclades_tui.actes.personnes import comptes
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import limite_de_paris
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.navigation import Aller, Connecte
from cyclades_tui.screens.cadre.page import Page, SansListe, phrases
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.champ import LigneChamp, identifiant

EMAIL = Champ(
    "activation.email",
    "Adresse mail",
    Nature.EMAIL,
    "activation",
    "",
    "Celle du compte à activer",
    longueur=100,
    explication="L'adresse donnée à la création du compte, et l'identifiant de connexion.",
)
CODE = Champ(
    "compte.code",
    "Code d'activation",
    Nature.TEXTE,
    "activation",
    "",
    "Les six signes du message d'activation",
    longueur=12,
    explication="Il est dans le message « Activer mon compte » ; un agent peut l'y lire. Majuscules et espaces ne "
    "comptent pas. Un nouveau code annule le précédent.",
)
_SUITE = "Votre compte est activé. Tapez votre mot de passe pour vous connecter."
_AGENT = (
    "Cette borne n'envoie pas de courrier : demandez le code à un agent, avec votre pièce d'identité. Il peut aussi "
    "activer le compte à votre place."
)


class EcranActivation(Page):
    """« Confirmation de réception de mail »."""

    TITRE = "Confirmation de réception de mail"
    TOUCHES = (("Entrée", "activer"), ("F9", "nouveau code"), ("Éch", "retour"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "activer", "Activer mon compte", show=False),
        Binding("f9,ctrl+s", "renvoyer", "Nouveau code", show=False),
    ]
    DEFAULT_CSS = """
    EcranActivation.-large > #contenu { padding: 2 18 0 18; }
    EcranActivation Static.texte { margin: 0 0 1 0; }
    EcranActivation > #contenu > Bloc { margin: 0 0 1 0; }
    EcranActivation LigneChamp { margin: 0 0 1 0; }
    EcranActivation.-bas > #contenu { padding: 0 1; }
    EcranActivation.-bas Static.texte { margin: 0; }
    EcranActivation.-bas LigneChamp { margin: 1 0; }
    """
    AUTO_FOCUS = f"#{identifiant(CODE.id)} ZoneTexte"

    def __init__(
        self,
        poste: Poste,
        email: str,
        mot_de_passe: str,
        annonce: str = "",
        limite: datetime | None = None,
        *,
        lire_le_code: Callable[[Poste, str], str] | None = None,
    ) -> None:
        super().__init__()
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self._email = email
        self._mot_de_passe = mot_de_passe
        self._annonce = annonce
        self._limite = limite
        self._lire_le_code = lire_le_code
        self._en_cours = False

    def contenu(self) -> ComposeResult:
        yield Bloc(self._annonce, "attention", nom="annonce")
        if self._annonce or self._limite is not None:  # otherwise nothing is known of the address
            yield Static("Votre compte est en cours de création.", classes="titre", markup=False)
            phrase = "Votre inscription sera possible seulement lorsque votre compte sera activé."
            yield Static(phrase, classes="texte", markup=False)
        if self._email:
            yield Static(self._adresse(), classes="texte", markup=False)
        else:
            yield LigneChamp(EMAIL, "", SansListe())
        yield LigneChamp(CODE, "", SansListe())
        yield Bloc("", "erreur", nom="refus")
        yield Static(self._validite(), classes="texte", id="validite", markup=False)
        d_ici = self.poste.referentiel.reglages("", "", "").textes.activation_sans_courrier
        yield Static(d_ici or _AGENT, id="courrier", classes="texte" if d_ici else "discret", markup=False)

    def on_show(self) -> None:
        if self._email:
            self._montrer_le_code()

    def _montrer_le_code(self) -> None:
        """In a demo, where no message leaves, say what the message holds."""
        lire = self._lire_le_code
        if lire is not None:
            email = self.email
            self.lancer(lambda: lire(self.poste, email), self._dire_le_code, self._echouer)

    def _dire_le_code(self, code: str) -> None:
        if code:
            courrier = self.query_one("#courrier", Static)
            courrier.update(f"Démonstration : aucun message ne part. Le vôtre contient le code {code}")

    def _adresse(self) -> str:
        if self._limite is None:
            return f"Adresse mail du compte : {self._email}. Tapez ici le code de son message d'activation."
        return f"Un message est préparé pour l'adresse {self._email} : tapez ici le code qu'il contient."

    def _validite(self) -> str:
        duree = (
            "Le code est valable 48 heures après la création du compte."
            if self._limite is None
            else f"Le code est valable jusqu'au {limite_de_paris(self._limite)}."
        )
        return f"{duree} Passé ce délai, vos informations seront effacées, vous devrez recommencer."

    def boutons(self) -> tuple[Action, ...]:
        return (
            Action("activer", "Activer mon compte", "F8", pleine=True),
            Action("renvoyer", "Nouveau code", "F9"),
            Action("quitter", "Retour", "Éch"),
        )

    def action_quitter(self) -> None:
        self.post_message(Aller(Lieu.CONNEXION))

    def on_ligne_champ_visite(self, message: LigneChamp.Visite) -> None:
        message.stop()
        self.dire(message.ligne.champ.libelle, f"{message.ligne.champ.aide}.")

    def passer_au_suivant(self) -> None:
        """Entrée in the field of the code activates the account."""
        if self._ligne(CODE).zone.has_focus:
            self.action_activer()
        else:
            self.focus_next()

    def _ligne(self, champ: Champ) -> LigneChamp:
        return self.query_one(f"#{identifiant(champ.id)}", LigneChamp)

    @property
    def email(self) -> str:
        """The address passed to the screen, or else typed here."""
        return self._email or self._ligne(EMAIL).valeur.strip()

    def _refuser(self, phrase: str) -> None:
        """Say what is wrong, without revealing more."""
        self.query_one("#annonce", Bloc).dire("")
        self.query_one("#refus", Bloc).dire(phrase, "erreur")
        self._ligne(CODE).prendre_le_focus()
        self.dire(CODE.libelle, f"{CODE.aide}.")

    # Activating

    def action_activer(self) -> None:
        code = self._ligne(CODE).valeur
        if not (code.strip() and self.email):
            self._refuser("L'adresse mail ou le code n'est pas rempli. Tapez les six signes du message.")
        elif self._commencer("Activation…"):
            email = self.email
            self.lancer(lambda: self._activer_et_entrer(email, code), self._active, self._echouer)

    def _activer_et_entrer(self, email: str, code: str) -> comptes.SessionCandidat | None:
        """Activate, then log in if the password was typed before and is right; otherwise None."""
        comptes.activer(self.poste, email, code)
        if not self._mot_de_passe:
            return None
        try:
            return comptes.connecter(self.poste, email, self._mot_de_passe)
        except SaisieRefusee:
            return None

    def _active(self, session: comptes.SessionCandidat | None) -> None:
        self._en_cours = False
        if session is None:
            self.post_message(Aller(Lieu.CONNEXION, self.email, _SUITE))
        else:
            self.post_message(Connecte(session))

    def action_renvoyer(self) -> None:
        if not self.email:
            self._refuser("L'adresse mail n'est pas remplie. Tapez celle du compte à activer.")
        elif self._commencer("Nouveau code…"):
            email = self.email
            self.lancer(lambda: comptes.renvoyer(self.poste, email), self._renvoye, self._echouer)

    def _renvoye(self, limite: datetime) -> None:
        self._en_cours = False
        self._limite = limite
        self.query_one("#validite", Static).update(self._validite())
        self.query_one("#refus", Bloc).dire("Un nouveau code est préparé ; le précédent ne sert plus.", "succes")
        self._ligne(CODE).prendre_le_focus()
        self.dire(CODE.libelle, f"{CODE.aide}.")
        self._montrer_le_code()

    def _commencer(self, quoi: str) -> bool:
        if self._en_cours:
            return False
        self._en_cours = True
        self.query_one("#refus", Bloc).dire("")
        self.dire(quoi)
        return True

    def _echouer(self, fautes: tuple[Faute, ...]) -> None:
        self._en_cours = False
        self._refuser(phrases(fautes))

"""« Veuillez vous identifier »: an identifier and a password, for a candidate or for an agent (F105-F111)."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.page import Page, SansListe, phrases
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bouton
from cyclades_tui.widgets.champ import LigneChamp, identifiant


class PageIdentification(Page):
    """The login form; a refusal is shown under it, the identifier stays and the password is emptied."""

    TITRE = "Veuillez vous identifier"
    IDENTIFIANT: ClassVar[Champ]
    MOT_DE_PASSE: ClassVar[Champ]
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "connecter", "Se connecter", show=False),
        Binding("f3,ctrl+l", "montrer", "voir le mot de passe", show=False),
        Binding("tab,enter", "au_mot_de_passe", "mot de passe", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    PageIdentification > Bandeau, PageIdentification > Boutons { display: none; }
    PageIdentification > #contenu { padding: 1 3 0 3; }
    PageIdentification.-large > #contenu { padding: 3 23 0 23; }
    PageIdentification .titre { margin: 0 0 1 1; }
    PageIdentification .sous-champ { margin: 0 0 1 30; color: $discret; height: 1; }
    PageIdentification #bouton-connecter { margin: 0 0 1 30; }
    PageIdentification.-large .sous-champ, PageIdentification.-large #bouton-connecter { margin: 0 0 1 1; }
    PageIdentification #refus { margin: 0 1 1 1; }
    """

    def __init__(self, identifiant_connu: str = "", annonce: str = "") -> None:
        super().__init__()
        self._connu = identifiant_connu
        self._annonce = annonce
        self._masque = True
        self.en_cours = False

    @abstractmethod
    def connecter(self, identifiant: str, mot_de_passe: str) -> None:
        """Run the acte that logs in, then call `echouer` or continue."""

    def apres_le_formulaire(self) -> ComposeResult:
        """The widgets under the form."""
        yield from ()

    def contenu(self) -> ComposeResult:
        yield Static(self.TITRE, classes="titre", markup=False)
        yield LigneChamp(self.IDENTIFIANT, self._connu, SansListe())
        yield LigneChamp(self.MOT_DE_PASSE, "", SansListe())
        yield Static("F3 afficher le mot de passe", classes="sous-champ", id="indice", markup=False)
        yield Bouton(Action("connecter", "Se connecter", "Entrée", pleine=True), avec_touche=True)
        yield Bloc(self._annonce, "succes", nom="refus")
        yield from self.apres_le_formulaire()

    @property
    def identifiant(self) -> LigneChamp:
        return self.query_one(f"#{identifiant(self.IDENTIFIANT.id)}", LigneChamp)

    @property
    def secret(self) -> LigneChamp:
        return self.query_one(f"#{identifiant(self.MOT_DE_PASSE.id)}", LigneChamp)

    async def preparer(self) -> None:
        ligne = self.secret if self._connu else self.identifiant
        self.donner_le_focus(ligne.zone)

    def on_ligne_champ_visite(self, message: LigneChamp.Visite) -> None:
        message.stop()
        self.dire(message.ligne.champ.libelle, f"{message.ligne.champ.aide}.")

    def action_au_mot_de_passe(self) -> None:
        """Go to the password at once, so that text in the same burst of keys is typed under dots."""
        if not self.identifiant.zone.has_focus:
            raise SkipAction
        self.donner_le_focus(self.secret.zone)

    def passer_au_suivant(self) -> None:
        """Entrée in the last field logs in."""
        if self.secret.zone.has_focus:
            self.action_connecter()
        else:
            self.focus_next()

    def action_montrer(self) -> None:
        self._masque = not self._masque
        self.secret.montrer_le_secret(montre=not self._masque)
        indice = "F3 afficher le mot de passe" if self._masque else "F3 cacher le mot de passe"
        self.query_one("#indice", Static).update(indice)

    def action_connecter(self) -> None:
        if self.en_cours:
            return
        vides = [ligne for ligne in (self.identifiant, self.secret) if not ligne.valeur.strip()]
        if vides:
            self.refuser_le_champ(f"« {vides[0].champ.libelle} » n'est pas rempli. {vides[0].champ.aide}.", vides[0])
            return
        self.en_cours = True
        self.query_one("#refus", Bloc).dire("")
        self.dire("Connexion…")
        self.connecter(self.identifiant.valeur, self.secret.valeur)

    def finir(self) -> None:
        """Allow another attempt, after the acte has answered."""
        self.en_cours = False

    def echouer(self, fautes: tuple[Faute, ...]) -> None:
        self.finir()
        self.secret.valeur = ""
        self.refuser_le_champ(phrases(fautes), self.secret)

    def refuser_le_champ(self, phrase: str, ligne: LigneChamp) -> None:
        """Show an error and focus the field to correct."""
        self.query_one("#refus", Bloc).dire(phrase, "erreur")
        ligne.prendre_le_focus()
        self.dire(ligne.champ.libelle, f"{ligne.champ.aide}.")

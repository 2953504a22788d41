"""The creation of an account in four steps (F049-F080)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import ContentSwitcher

from cyclades_tui.actes.personnes import comptes
from cyclades_tui.champs.compte import MOT_DE_PASSE
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.compte.etapes import AgencementEtape, EtapeRelire
from cyclades_tui.screens.borne.compte.formulaire import RELIRE, formulaire_du_compte
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.ecran_formulaire import EcranFormulaire
from cyclades_tui.screens.cadre.navigation import Activer, Aller
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.onglet_formulaire import OngletFormulaire
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.etapes import Etape, EtapeChoisie, Etapes, EtatEtape

_RESTER, _QUITTER = "rester", "quitter"
_SAISIE = (("Entrée", "champ suivant"), ("↑ ↓", "se déplacer"), ("F12", "affichage"))
_SECRETS = (("Entrée", "champ suivant"), ("F3", "voir le mot de passe"))


class EcranCompte(EcranFormulaire):
    """« Créez votre compte »."""

    TITRE = "Créez votre compte"
    AIDE = "Pour une première candidature, vous devez obligatoirement créer un compte au préalable."
    CONSIGNE = "Les champs avec * sont obligatoires."
    BINDINGS: ClassVar = [
        Binding("f7,ctrl+p", "precedent", "Précédent", show=False),
        Binding("f8,ctrl+n", "suivant", "Suivant", show=False),
        Binding("f9,ctrl+s", "enregistrer", "Enregistrer", show=False),
        Binding("f3,ctrl+l", "montrer", "voir le mot de passe", show=False),
    ]
    DEFAULT_CSS = """
    EcranCompte > #contenu { padding: 0; }
    EcranCompte.-large > #contenu { padding: 0 18; }
    EcranCompte ContentSwitcher { height: 1fr; }
    """

    def __init__(self, poste: Poste) -> None:
        super().__init__()
        self.formulaire = formulaire_du_compte(poste)
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self._au_depart = dict(self.formulaire.saisie)
        self.rang = 0
        self._montres = False
        self._en_cours = False

    def entre(self) -> ComposeResult:
        yield Etapes()

    def contenu(self) -> ComposeResult:
        yield ContentSwitcher(id="etapes")

    async def preparer(self) -> None:
        await self._ouvrir(0)

    def boutons(self) -> tuple[Action, ...]:
        dernier = self.etape == RELIRE
        return (
            Action("precedent", "Précédent", "F7", active=self.rang > 0),
            Action("suivant", "Suivant", "F8", active=not dernier, pleine=not dernier),
            Action("enregistrer", "Enregistrer", "F9", active=dernier, pleine=dernier),
            Action("quitter", "J'ai déjà un compte", "Éch"),
        )

    # Steps

    @property
    def etape(self) -> str:
        return self.formulaire.onglets[self.rang].id

    @property
    def contenu_courant(self) -> VoletOnglet:
        return self.query_one(f"#onglet-{self.etape}", VoletOnglet)

    async def _ouvrir(self, rang: int, champ: str = "") -> None:
        self.rang = rang
        commutateur = self.query_one(ContentSwitcher)
        identifiant = f"onglet-{self.etape}"
        if self.etape == RELIRE:
            await commutateur.query(EtapeRelire).remove()  # what was typed may have changed
        if not commutateur.query(f"#{identifiant}"):
            await commutateur.mount(self._fabriquer())
        commutateur.current = identifiant
        self._dessiner_les_etapes()
        self.pied.touches = _SECRETS if self.etape == "acces" else _SAISIE
        self.dessiner_les_boutons()
        self._viser(champ or self.dernier_champ.get(self.etape, ""))

    def _fabriquer(self) -> VoletOnglet:
        if self.etape == RELIRE:
            return EtapeRelire(self.etape, self.formulaire)
        return OngletFormulaire(AgencementEtape(self.etape, self.formulaire))

    def _dessiner_les_etapes(self) -> None:
        barre = self.query_one(Etapes)
        barre.courante = self.rang
        barre.etapes = tuple(
            Etape(o.libelle, self._etat_de(rang, o.id)) for rang, o in enumerate(self.formulaire.onglets)
        )

    def _etat_de(self, rang: int, etape: str) -> EtatEtape:
        if rang == self.rang:
            return EtatEtape.COURANTE
        if rang > self.rang:
            return EtatEtape.A_VENIR
        return EtatEtape.FAUSSE if self.formulaire.fautes_de(etape) else EtatEtape.JUSTE

    def on_etape_choisie(self, message: EtapeChoisie) -> None:
        """A click on an earlier step goes back to it."""
        message.stop()
        if message.rang < self.rang:
            self.call_later(self._ouvrir, message.rang)

    def _viser(self, champ: str) -> None:
        self.contenu_courant.viser(champ)
        if self.etape == RELIRE:
            self.dire("Relisez tout", "F9 enregistre ; F7 revient aux étapes.")

    async def action_precedent(self) -> None:
        if self.rang > 0:
            self.relever()
            await self._ouvrir(self.rang - 1)

    async def action_suivant(self) -> None:
        self.relever()
        if self.etape == RELIRE:
            self.dire("Suivant", "C'est la dernière étape : F9 enregistre.")
        elif self.contenu_courant.verifier():
            await self._ouvrir(self.rang + 1)
        else:
            self.dire_la_premiere_faute()

    def action_montrer(self) -> None:
        """Show both passwords, or dots (F072)."""
        self._montres = not self._montres
        for ligne in self.query(LigneChamp):
            ligne.montrer_le_secret(montre=self._montres)

    def action_quitter(self) -> None:
        """Ask before leaving a half-filled form, because nothing of it is kept."""
        if not any(texte for champ, texte in self.formulaire.saisie.items() if texte != self._au_depart.get(champ, "")):
            self._sortir(_QUITTER)
            return
        texte = "Ce que vous avez saisi ici n'est gardé nulle part : il faudrait le retaper."
        reponses = (Reponse(_RESTER, "Continuer la création"), Reponse(_QUITTER, "Quitter sans créer de compte"))
        self.app.push_screen(Dialogue("Quitter la création du compte ?", texte, reponses), self._sortir)

    def _sortir(self, reponse: str | None) -> None:
        if reponse == _QUITTER:
            self.post_message(Aller(Lieu.CONNEXION))

    # Saving

    def action_enregistrer(self) -> None:
        if self.etape != RELIRE:
            self.dire("Enregistrer", "Possible à l'étape 4, Relire et enregistrer.")
        elif not self._en_cours:
            self._en_cours = True
            self.dire("Enregistrement…")
            saisie = dict(self.formulaire.saisie)
            self.lancer(lambda: comptes.creer(self.poste, saisie), self._cree, self._refuse)

    def _cree(self, compte: comptes.CompteCree) -> None:
        self._en_cours = False
        annonce = phrases(compte.avertissements)
        mot_de_passe = self.formulaire.saisie.get(MOT_DE_PASSE, "")
        self.post_message(Activer(compte.email, mot_de_passe, annonce, compte.valable_jusqu_au))

    def _refuse(self, fautes: tuple[Faute, ...]) -> None:
        """Open the step of the first fault, with the whole explanation at its field."""
        self._en_cours = False
        self.formulaire.refuser(fautes)
        etapes = [etape.id for etape in self.formulaire.onglets]
        rangs = [etapes.index(self.formulaire.onglet_de(faute.champ)) for faute in fautes]
        if all(etapes[rang] == RELIRE for rang in rangs):
            self.dire_les_fautes(fautes)
        else:
            rang = min(rangs)
            self.call_later(self._montrer_le_refus, rang, fautes[rangs.index(rang)].champ)

    async def _montrer_le_refus(self, rang: int, champ: str) -> None:
        await self._ouvrir(rang, champ)
        self.contenu_courant.verifier()

"""The creation of an account in four steps (F049-F080)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import ContentSwitcher

from cyclades_tui.actes import comptes
from cyclades_tui.champs.compte import MOT_DE_PASSE
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.compte.etapes import EtapeFormulaire, EtapeRelire
from cyclades_tui.screens.compte.modele import RELIRE, ModeleCompte
from cyclades_tui.screens.navigation import Activer, Aller, Lieu
from cyclades_tui.screens.page import Page, phrases
from cyclades_tui.widgets.cadre import Action, Etapes, Pied
from cyclades_tui.widgets.champ import LigneChamp

_SAISIE = (("Entrée", "champ suivant"), ("↑ ↓", "se déplacer"), ("F12", "affichage"))
_SECRETS = (("Entrée", "champ suivant"), ("F3", "voir le mot de passe"))


class EcranCompte(Page):
    """« Créez votre compte »."""

    TITRE = "Créez votre compte"
    CONSIGNE = "Les champs avec * sont obligatoires."
    BINDINGS: ClassVar = [
        Binding("f7,ctrl+p", "precedent", "Précédent", show=False, priority=True),
        Binding("f8,ctrl+n", "suivant", "Suivant", show=False, priority=True),
        Binding("f9,ctrl+s", "enregistrer", "Enregistrer", show=False, priority=True),
        Binding("f3,ctrl+l", "montrer", "voir le mot de passe", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    EcranCompte > #contenu { padding: 0; }
    EcranCompte.-large > #contenu { padding: 0 18; }
    EcranCompte ContentSwitcher { height: 1fr; }
    """
    AUTO_FOCUS = None

    def __init__(self, poste: Poste) -> None:
        super().__init__()
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self.modele = ModeleCompte(poste)
        self.rang = 0
        self._montres = False
        self._en_cours = False
        self._focus: dict[str, str] = {}

    def entre(self) -> ComposeResult:
        yield Etapes()

    def contenu(self) -> ComposeResult:
        yield ContentSwitcher(id="etapes")

    async def preparer(self) -> None:
        self.query_one(Etapes).libelles = tuple(etape.libelle for etape in self.modele.onglets)
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
        return self.modele.onglets[self.rang].id

    @property
    def contenu_courant(self) -> EtapeFormulaire | EtapeRelire:
        trouvee = self.query_one(f"#onglet-{self.etape}")
        assert isinstance(trouvee, EtapeFormulaire | EtapeRelire)  # noqa: S101 - what `_ouvrir` mounts
        return trouvee

    async def _ouvrir(self, rang: int, champ: str = "") -> None:
        self.rang = rang
        commutateur = self.query_one(ContentSwitcher)
        identifiant = f"onglet-{self.etape}"
        if self.etape == RELIRE:
            await commutateur.query(EtapeRelire).remove()  # what was typed may have changed
        if not commutateur.query(f"#{identifiant}"):
            fabrique = EtapeRelire if self.etape == RELIRE else EtapeFormulaire
            await commutateur.mount(fabrique(self.etape, self.modele))
        commutateur.current = identifiant
        self.query_one(Etapes).courante = rang
        self.query_one(Pied).touches = _SECRETS if self.etape == "acces" else _SAISIE
        self.dessiner_les_boutons()
        self.call_after_refresh(self._viser, champ or self._focus.get(self.etape, ""))

    def _viser(self, champ: str) -> None:
        etape = self.contenu_courant
        if isinstance(etape, EtapeRelire):
            etape.focus()
            self.dire("Relisez tout", "F9 enregistre ; F7 revient aux étapes.")
        else:
            etape.viser(champ)

    async def action_precedent(self) -> None:
        if self.rang > 0:
            await self._ouvrir(self.rang - 1)

    async def action_suivant(self) -> None:
        etape = self.contenu_courant
        if isinstance(etape, EtapeRelire):
            self.dire("Suivant", "C'est la dernière étape : F9 enregistre.")
        elif etape.verifier():
            await self._ouvrir(self.rang + 1)
        else:
            self.dire("À corriger", "Voyez les rubriques marquées d'un ×.", "erreur")

    def action_montrer(self) -> None:
        """Both passwords as they are typed, or as dots (F072)."""
        self._montres = not self._montres
        for etape in self.query(EtapeFormulaire):
            etape.montrer_les_secrets(montres=self._montres)

    def action_quitter(self) -> None:
        self.post_message(Aller(Lieu.CONNEXION))

    # What is typed

    def on_ligne_champ_modifie(self, message: LigneChamp.Modifie) -> None:
        message.stop()
        self.modele.ecrire(message.champ.id, message.valeur)
        if isinstance(etape := self.contenu_courant, EtapeFormulaire):
            etape.modifier(message.champ)
            etape.actualiser()

    def on_ligne_champ_quitte(self, message: LigneChamp.Quitte) -> None:
        message.stop()
        if isinstance(etape := self.contenu_courant, EtapeFormulaire):
            etape.quitter_le_champ(message.champ)

    def on_ligne_champ_visite(self, message: LigneChamp.Visite) -> None:
        message.stop()
        champ = message.ligne.champ
        self._focus[self.etape] = champ.id
        faute = self.modele.faute(champ.id) if message.ligne.fautive else None
        if faute is not None:
            self.dire(champ.libelle, f"{faute.message} {faute.remede}", "erreur")
        else:
            self.dire(champ.libelle, champ.aide + (f". Exemple : {champ.exemple}" if champ.exemple else ""))

    # Saving

    def action_enregistrer(self) -> None:
        if self.etape != RELIRE:
            self.dire("Enregistrer", "Possible à l'étape 4, Relire et enregistrer.")
        elif not self._en_cours:
            self._en_cours = True
            self.dire("Enregistrement…")
            saisie = dict(self.modele.saisie)
            self.lancer(lambda: comptes.creer(self.poste, saisie), self._cree, self._refuse)

    def _cree(self, compte: comptes.CompteCree) -> None:
        self._en_cours = False
        annonce = phrases(compte.avertissements)
        mot_de_passe = self.modele.saisie.get(MOT_DE_PASSE, "")
        self.post_message(Activer(compte.email, mot_de_passe, annonce, compte.valable_jusqu_au))

    def _refuse(self, fautes: tuple[Faute, ...]) -> None:
        """The step of the first fault opens, with the whole explanation at its field."""
        self._en_cours = False
        self.modele.refuser(fautes)
        etapes = [etape.id for etape in self.modele.onglets]
        rangs = [etapes.index(self.modele.onglet_de(faute.champ)) for faute in fautes]
        if all(etapes[rang] == RELIRE for rang in rangs):
            self.dire_les_fautes(fautes)
        else:
            rang = min(rangs)
            self.call_later(self._montrer_le_refus, rang, fautes[rangs.index(rang)].champ)

    async def _montrer_le_refus(self, rang: int, champ: str) -> None:
        await self._ouvrir(rang, champ)
        if isinstance(etape := self.contenu_courant, EtapeFormulaire):
            etape.verifier()

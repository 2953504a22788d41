"""Searches dossiers as one types: name, numbers, address or a document's reference (ecrans.md §5)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key, Resize
from textual.timer import Timer
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau import recherche
from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.bureau.recherche import TEXTE_MAX, DossierTrouve
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.lignes import entete_des_dossiers, etat_du_dossier, ligne_de_dossier, qui
from cyclades_tui.screens.guichet.navigation import OuvrirDossier
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.longue_liste import LongueListe
from cyclades_tui.widgets.saisie import Change, ZoneTexte

EXEMPLE = "nom, prénoms, N° candidat, adresse mail"
_PAGE = 50
_REPOS = 0.15  # seconds without a key before the store is queried
_MODES = (
    "Tapez le début d'un nom ou d'un prénom, un N° candidat (avec ou sans N° d'inscription), une adresse mail, ou "
    "lisez le code d'un document au scanner."
)


class ListeTrouvee(LongueListe[DossierTrouve]):
    """The dossiers found."""

    @override
    def dessiner(self, ligne: DossierTrouve, largeur: int) -> Content:
        return ligne_de_dossier(ligne, largeur)


class EcranRecherche(PageGuichet):
    """The field, the number of matches, the dossiers; Entrée in the field opens the only match."""

    TITRE = "Rechercher un dossier"
    AIDE = (
        "Le début de chaque mot suffit, dans n'importe quel ordre, sans accents : « ro al » trouve ALEXIS Rose. Le N° "
        "candidat peut être suivi du N° d'inscription. Une adresse mail se reconnaît à son @. Un scanner peut lire le "
        "code d'un récapitulatif. Seuls les dossiers de vos académies, ou de votre établissement, sont cherchés."
    )
    TOUCHES = (("lettres", "chercher"), ("↑ ↓", "dossier"), ("Entrée", "ouvrir"), ("F5", "menu"), ("Éch", "retour"))
    BINDINGS: ClassVar = [Binding("f8,ctrl+n", "ouvrir", "Ouvrir le dossier", show=False)]
    DEFAULT_CSS = """
    EcranRecherche #contenu { padding: 1 1 0 1; scrollbar-size: 0 0; overflow: hidden hidden; }
    EcranRecherche #champ { height: 1; margin: 0 0 1 0; }
    EcranRecherche #champ > .libelle { width: 24; }
    EcranRecherche #champ > .barre { width: 1; color: $champ-barre-focus; }
    EcranRecherche #combien { width: 28; padding: 0 0 0 2; color: $discret; }
    EcranRecherche.-large #champ > ZoneTexte { max-width: 64; }
    EcranRecherche #entete { height: 1; }
    EcranRecherche #vide { height: auto; max-width: 90; margin: 0 2; }
    """
    TAPE_PARTOUT = True
    AUTO_FOCUS = "ZoneTexte"

    def __init__(self, poste: Poste, agent: AgentConnecte, texte: str = "") -> None:
        super().__init__(poste, agent)
        self._texte = texte
        self._lu = ""  # the text that the rows match
        self._attente: Timer | None = None
        self._ouvrir_le_seul = False
        self._demande: str | None = None  # the text for which Entrée was pressed
        self.prete = False  # whether keys reach the field; until then the application forwards them
        self._entree_avant = False

    @override
    def contenu(self) -> ComposeResult:
        with Horizontal(id="champ"):
            yield Static(self.TITRE, classes="libelle", markup=False)
            yield Static("▌", classes="barre", markup=False)
            yield ZoneTexte("", exemple=EXEMPLE, longueur=TEXTE_MAX)
            yield Static("", id="combien", markup=False)
        yield Static("", id="entete", markup=False)
        yield Static(_MODES, id="vide", markup=False)
        yield ListeTrouvee()

    @override
    def boutons(self) -> tuple[Action, ...]:
        trouve = self.is_mounted and bool(self._liste.lignes)
        return (
            Action("ouvrir", "Ouvrir le dossier", "F8", active=trouve, pleine=True),
            Action("menu", "Menu", "F5"),
            Action("quitter", "Retour", "Éch"),
        )

    @override
    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.TITRE, "")
        self._montrer_la_liste()
        self._champ.value = self._texte
        self._champ.cursor_position = len(self._texte)
        self.set_focus(self._champ)
        self.prete = True
        self.dire(self.TITRE, EXEMPLE)
        if self._entree_avant:
            self.passer_au_suivant()

    @property
    def _champ(self) -> ZoneTexte:
        return self.query_one(ZoneTexte)

    @property
    def _liste(self) -> ListeTrouvee:
        return self.query_one(ListeTrouvee)

    def ajouter(self, texte: str) -> None:
        """Add text to the field, even before it is mounted."""
        if not self.prete:
            self._texte = (self._texte + texte)[:TEXTE_MAX]
            return
        self._champ.value = (self._champ.value + texte)[:TEXTE_MAX]
        self._champ.cursor_position = len(self._champ.value)
        self.set_focus(self._champ)

    def entrer(self) -> None:
        """Press Entrée, even before the field is mounted."""
        if self.prete:
            self.passer_au_suivant()
        else:
            self._entree_avant = True

    def on_key(self, event: Key) -> None:
        """Send what is typed outside the field to it."""
        if event.is_printable and event.character and not isinstance(self.focused, ZoneTexte):
            event.stop()
            self.ajouter(event.character)

    def on_resize(self, event: Resize) -> None:
        self.query_one("#entete", Static).update(entete_des_dossiers(event.size.width - 4))

    # Asking

    def on_change(self, message: Change) -> None:
        message.stop()
        if message.valeur == self._demande:
            return
        self._ouvrir_le_seul = False
        self._demande = None
        if self._attente is not None:
            self._attente.stop()
        self._attente = self.set_timer(_REPOS, self._demander)

    @override
    def passer_au_suivant(self) -> None:
        """Entrée: search at once, and open the only match, as after a scan."""
        if self._attente is not None:
            self._attente.stop()
        if self._champ.value != self._lu or not self._lu:
            self._ouvrir_le_seul = True
            self._demande = self._champ.value
            self._demander()
        elif self._liste.lignes:
            self._entrer()

    def _demander(self) -> None:
        texte = self._champ.value
        if not texte.strip():
            self._recevoir(texte, ())
            return
        self.lancer(
            lambda: recherche.chercher(self.poste, texte, nombre=_PAGE),
            lambda trouves: self._recevoir(texte, trouves),
            lambda fautes: self._refuser(texte, fautes),
        )

    def _recevoir(self, texte: str, trouves: tuple[DossierTrouve, ...]) -> None:
        """Show results, if they match the current text."""
        if texte != self._champ.value:
            return
        self._lu = texte
        self._liste.montrer(trouves, reste=len(trouves) == _PAGE)
        self._dire_le_compte()
        vide = f"Aucun dossier de {self._ou()} ne répond à « {texte.strip()} ». Vérifiez l'orthographe, ou tapez moins."
        self.query_one("#vide", Static).update(Content(vide if texte.strip() else _MODES))
        self._montrer_la_liste()
        if self._ouvrir_le_seul and trouves:
            self._entrer()

    def _entrer(self) -> None:
        self._ouvrir_le_seul = False
        if len(self._liste.lignes) == 1:
            self.action_ouvrir()
        else:
            self._liste.focus()

    def _refuser(self, texte: str, fautes: tuple[Faute, ...]) -> None:
        if texte == self._champ.value:
            self._recevoir(texte, ())
            self.query_one("#vide", Static).update(Content(phrases(fautes)))

    def _ou(self) -> str:
        if self.agent.etablissement:
            return "votre établissement"
        return "vos académies" if self.agent.academies else "ce store"

    def _montrer_la_liste(self) -> None:
        trouve = bool(self._liste.lignes)
        self._liste.display = trouve
        self.query_one("#entete").display = trouve
        self.query_one("#vide").display = not trouve
        self.dessiner_les_boutons()

    def _dire_le_compte(self) -> None:
        combien = len(self._liste.lignes)
        plus = " au moins" if combien and combien % _PAGE == 0 else ""
        mots = f"{denombrer(combien, 'dossier')}{plus}" if combien else ""
        self.query_one("#combien", Static).update(Content(mots))

    def on_longue_liste_suite(self, message: LongueListe.Suite) -> None:
        message.stop()
        texte, dernier = self._lu, self._liste.lignes[-1].place

        def recevoir(page: tuple[DossierTrouve, ...]) -> None:
            if texte == self._lu:
                self._liste.ajouter(page, reste=len(page) == _PAGE)
                self._dire_le_compte()

        self.lancer(
            lambda: recherche.chercher(self.poste, texte, dernier, _PAGE),
            recevoir,
            self.dire_les_fautes,
        )

    # Opening

    def on_longue_liste_visitee(self, message: LongueListe.Visitee) -> None:
        message.stop()
        dossier = self._liste.lignes[message.rang]
        _, mots, _ = etat_du_dossier(dossier)
        self.dire(qui(dossier), f"{mots}. Entrée ouvre le dossier {dossier.numero_inscription:03d}.")

    def on_longue_liste_ouverte(self, message: LongueListe.Ouverte) -> None:
        message.stop()
        self.action_ouvrir()

    def action_ouvrir(self) -> None:
        dossier = self._liste.marquee
        if dossier is not None:
            self.post_message(OuvrirDossier(dossier.numero_candidat, dossier.numero_inscription))

"""The day's post: a number typed or scanned marks the pieces its dossier awaits, then the next one (ecrans.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.pieces import reception
from cyclades_tui.actes.pieces.reception import Arrivee, Issue
from cyclades_tui.actes.reglages.lecture import lire_jour
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import jour_court
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.frappe import Scanne
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.navigation import OuvrirDossier
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Action, Bandeau, raccourcir
from cyclades_tui.widgets.choix import Liste
from cyclades_tui.widgets.longue_liste import LongueListe
from cyclades_tui.widgets.saisie import Change, ZoneTexte

TOUTES = "toutes celles attendues"
EXEMPLE = "02699000001 001, ou le code lu au scanner"
_ISSUES: Mapping[Issue, tuple[str, Genre]] = MappingProxyType(
    {
        Issue.RECUE: ("√", "succes"),
        Issue.DEJA: ("=", "info"),
        Issue.AMBIGUE: ("!", "attention"),
        Issue.INCONNUE: ("×", "erreur"),
        Issue.REFUSEE: ("×", "erreur"),
        Issue.ANNULEE: ("-", "info"),
    }
)
_A_REVOIR = (Issue.AMBIGUE, Issue.INCONNUE, Issue.REFUSEE)
_ISSUE, _PERSONNE, _PERSONNE_LARGE, _NUMEROS = 14, 22, 36, 17  # cells
_LARGE = 110
_VIDE = (
    "Tapez ou scannez le numéro de chaque envoi : les pièces que le dossier attendait par la poste sont marquées "
    "« Reçue ». Ce qui n'a pas pu l'être est dit ici, avec ce qu'il faut faire."
)


class ZoneNumero(ZoneTexte):
    """The field for numbers, typed or scanned; Z, with which no number begins, undoes the last one.

    Keys are handled directly: a scanner sends the next number before a message would arrive.
    """

    class Lu(Message):
        """Posted when Entrée ends a number; the field is empty again."""

        def __init__(self, texte: str) -> None:
            super().__init__()
            self.texte = texte

    class Reprise(Message):
        """Posted to undo the last line."""

    @override
    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.prendre()
        elif event.key in ("z", "Z") and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Reprise())
        else:
            await super()._on_key(event)

    def prendre(self) -> None:
        """Post what is in the field, and empty it for the next number."""
        texte, self.valeur = self.value.strip(), ""
        self.post_message(self.Lu(texte))


class ListeArrivees(LongueListe[Arrivee]):
    """The result of each line, the newest first."""

    @override
    def dessiner(self, ligne: Arrivee, largeur: int) -> Content:
        signe, genre = _ISSUES[ligne.issue]
        personne = _PERSONNE_LARGE if largeur >= _LARGE else _PERSONNE
        colonnes = ((ligne.personne or ligne.texte, personne), (ligne.numeros, _NUMEROS))
        qui = "".join(raccourcir(texte, cases - 2).ljust(cases) for texte, cases in colonnes)
        suite = raccourcir(ligne.phrase, max(largeur - _ISSUE - personne - _NUMEROS, 0))
        return Content.assemble((f"{signe} {ligne.issue.value}".ljust(_ISSUE), f"bold ${genre}"), qui, suite)


@dataclass(frozen=True, slots=True)
class _Envoi:
    texte: str
    jour: date
    piece: str


class EcranReception(PageGuichet):
    """The field is always ready: lines that come faster than they are marked wait their turn."""

    TITRE = "Réception par la poste"
    AIDE = (
        "Un scanner s'emploie comme un clavier : il lit le code d'un récapitulatif ou un numéro, et Entrée suit. Un N° "
        "candidat suffit s'il n'a qu'une inscription qui attend un envoi ; sinon ajoutez le N° d'inscription. Chaque "
        "ligne est enregistrée à l'instant. Z annule la dernière. Un fichier de numéros se traite par la commande "
        "« cyclades justificatif recevoir --fichier »."
    )
    TOUCHES = (("Entrée", "marquer reçue"), ("Z", "annuler la dernière"), ("Tab", "pièce, date, liste"), ("F5", "menu"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "marquer", "Marquer reçue", show=False),
        Binding("z", "annuler", "Annuler la dernière", show=False),
    ]
    DEFAULT_CSS = """
    EcranReception #contenu { padding: 1 1 0 1; scrollbar-size: 0 0; overflow: hidden hidden; }
    EcranReception .rangee { height: 1; margin: 0 0 1 0; }
    EcranReception .libelle { width: auto; padding: 0 1 0 0; }
    EcranReception .barre { width: 2; color: $champ-barre-focus; }
    EcranReception .suivant { padding: 0 1 0 3; }
    EcranReception ZoneNumero { max-width: 64; }
    EcranReception Liste { max-width: 30; }
    EcranReception #jour { max-width: 14; }
    EcranReception #dit { height: 2; }
    EcranReception #vide { height: auto; max-width: 90; margin: 0 2; color: $discret; }
    """
    AUTO_FOCUS = "ZoneNumero"

    def __init__(self, poste: Poste, agent: AgentConnecte) -> None:
        super().__init__(poste, agent)
        self._pieces = {TOUTES: "", **reception.pieces_par_la_poste(poste)}
        self._attente: list[_Envoi] = []
        self._occupe = False

    @override
    def contenu(self) -> ComposeResult:
        with Horizontal(classes="rangee"):
            yield Static("N° de l'envoi", classes="libelle", markup=False)
            yield Static("▌", classes="barre", markup=False)
            yield ZoneNumero("", exemple=EXEMPLE, longueur=reception.TEXTE_MAX)
        with Horizontal(classes="rangee"):
            yield Static("Pièce        ", classes="libelle", markup=False)
            yield Static("▌", classes="barre", markup=False)
            yield Liste(TOUTES, tuple(self._pieces), TOUTES, seule=True)
            yield Static("Reçue le", classes="libelle suivant", markup=False)
            yield Static("▌", classes="barre", markup=False)
            jour = ZoneTexte(jour_court(self.poste.aujourd_hui()), exemple="JJ/MM/AAAA", longueur=10)
            jour.id = "jour"
            yield jour
        yield Static(_VIDE, id="vide", markup=False)
        yield ListeArrivees()
        yield Bloc(nom="dit")

    @override
    def boutons(self) -> tuple[Action, ...]:
        return (
            Action("marquer", "Marquer reçue", "F8", pleine=True),
            Action("annuler", "Annuler la dernière", "Z", active=self.is_mounted and self._derniere is not None),
            Action("menu", "Menu", "F5"),
            Action("quitter", "Retour", "Éch"),
        )

    @override
    async def preparer(self) -> None:
        self.dire("N° de l'envoi", EXEMPLE)
        self._compter()

    @property
    def _champ(self) -> ZoneNumero:
        return self.query_one(ZoneNumero)

    @property
    def _liste(self) -> ListeArrivees:
        return self.query_one(ListeArrivees)

    @property
    def _derniere(self) -> Arrivee | None:
        """The last line that marked something and was not undone."""
        return next((arrivee for arrivee in self._liste.lignes if arrivee.suivis), None)

    # Marking

    @override
    def passer_au_suivant(self) -> None:
        """Entrée in the piece or the day: return to the number."""
        self._champ.focus()

    def on_key(self, event: events.Key) -> None:
        """Send digits typed in the list to the field, for a scanner too."""
        if event.character and event.character.isdigit() and isinstance(self.focused, ListeArrivees):
            event.stop()
            self._champ.focus()
            self._champ.insert_text_at_cursor(event.character)

    @override
    def on_scanne(self, message: Scanne) -> None:
        """A number that is read in the list is one of the field."""
        message.stop()
        self._champ.valeur = message.texte
        self._champ.prendre()

    def action_marquer(self) -> None:
        self._champ.prendre()

    def on_zone_numero_lu(self, message: ZoneNumero.Lu) -> None:
        message.stop()
        if not message.texte:
            self.dire("N° de l'envoi", "Tapez ou scannez un numéro.", "attention")
            return
        try:
            jour = lire_jour(self.query_one("#jour", ZoneTexte).value, "")
        except SaisieRefusee as refus:
            self._ajouter(Arrivee(message.texte, Issue.REFUSEE, phrases(refus.fautes)))
            return
        self._attente.append(_Envoi(message.texte, jour, self._pieces[self.query_one(Liste).valeur]))
        self._suivre()

    def _suivre(self) -> None:
        """Mark the next line after the previous one, so that results come in order."""
        if self._occupe or not self._attente:
            return
        self._occupe = True
        envoi = self._attente.pop(0)
        self.lancer(
            lambda: tuple(reception.recevoir(self.poste, [envoi.texte], envoi.jour, envoi.piece)),
            lambda arrivees: self._marquee(*arrivees),
            partial(self._ne_pas_marquer, envoi),
        )

    def _marquee(self, arrivee: Arrivee) -> None:
        self._occupe = False
        self._ajouter(arrivee)
        self._suivre()

    def _ne_pas_marquer(self, envoi: _Envoi, fautes: tuple[Faute, ...]) -> None:
        self._marquee(Arrivee(envoi.texte, Issue.REFUSEE, phrases(fautes)))

    def _ajouter(self, arrivee: Arrivee) -> None:
        self._liste.montrer([arrivee, *self._liste.lignes], reste=False)
        self._raconter(arrivee)
        self._compter()

    # Taking back

    def on_zone_numero_reprise(self, message: ZoneNumero.Reprise) -> None:
        message.stop()
        self.action_annuler()

    def action_annuler(self) -> None:
        derniere = self._derniere
        if derniere is None or self._occupe:
            self.dire("Annuler", "Il n'y a rien à annuler.", "attention")
            return
        self._occupe = True
        self.lancer(
            lambda: reception.annuler(self.poste, derniere),
            partial(self._remplacer, derniere),
            self._ne_pas_annuler,
        )

    def _remplacer(self, avant: Arrivee, apres: Arrivee) -> None:
        self._occupe = False
        self._liste.montrer([apres if ligne is avant else ligne for ligne in self._liste.lignes], reste=False)
        self._raconter(apres)
        self._compter()
        self._suivre()

    def _ne_pas_annuler(self, fautes: tuple[Faute, ...]) -> None:
        self._occupe = False
        self.dire_les_fautes(fautes)
        self._suivre()

    # Telling

    def on_longue_liste_visitee(self, message: LongueListe.Visitee) -> None:
        message.stop()
        self._raconter(self._liste.lignes[message.rang])

    def on_longue_liste_ouverte(self, message: LongueListe.Ouverte) -> None:
        """Open the dossier of a line; a line without dossier returns to the field to be corrected."""
        message.stop()
        ligne = self._liste.lignes[message.rang]
        candidat, _, inscription = ligne.numeros.partition(" ")
        if inscription:
            self.post_message(OuvrirDossier(candidat, int(inscription)))
        else:
            self._champ.valeur = ligne.texte
            self._champ.focus()

    def on_change(self, message: Change) -> None:
        message.stop()

    def _raconter(self, arrivee: Arrivee) -> None:
        """Show the whole result of a line on two rows, since the list cuts it."""
        _, genre = _ISSUES[arrivee.issue]
        self.query_one("#dit", Bloc).dire(f"{arrivee.qui} : {arrivee.phrase}", genre)
        self.dire(arrivee.issue.value.capitalize(), arrivee.qui, genre)

    def _compter(self) -> None:
        lignes = self._liste.lignes
        self.query_one("#vide").display = not lignes
        recues = sum(1 for ligne in lignes if ligne.issue is Issue.RECUE)
        revoir = sum(1 for ligne in lignes if ligne.issue in _A_REVOIR)
        envois = denombrer(recues, "envoi reçu", "envois reçus")
        self.query_one(Bandeau).droite = (envois, f"   {revoir} à revoir" if revoir else "", "")
        self.dessiner_les_boutons()

    @override
    def action_quitter(self) -> None:
        if self._attente or self._occupe:
            self.dire("Encore un instant", f"{len(self._attente) + 1} numéros à marquer…", "attention")
            return
        super().action_quitter()

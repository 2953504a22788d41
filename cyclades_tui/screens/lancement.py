"""« Ouverture des services » and « M'inscrire »: one screen of successive choices (F026-F037, F138-F144)."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cyclades_tui.actes import consultation
from cyclades_tui.actes.comptes import SessionCandidat
from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.poste import Poste
from cyclades_tui.screens.choix_service import ChoixService
from cyclades_tui.screens.depart import PageCandidat
from cyclades_tui.screens.navigation import Aller, Lieu
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.entrees import Lien
from cyclades_tui.widgets.saisie import Change, Suivant, ZoneTexte

_ETATS = {
    EtatFenetre.OUVERTE: ("√ Ouvert", "succes"),
    EtatFenetre.PAS_OUVERTE: ("! Pas encore ouvert", "attention"),
    EtatFenetre.FERMEE: ("× Fermé", "erreur"),
}
_RESIDENCE = "Vous devez sélectionner l'académie correspondant à votre lieu de résidence."
_AUCUN = "Aucun service n'est ouvert pour ce choix."


class ZoneDeChoix(ZoneTexte):
    """The search; Retour arrière on an empty one steps back to the choice before."""

    class Vide(Message):
        """There is nothing left to erase."""

    async def _on_key(self, event: events.Key) -> None:
        """These two in the order of the letters: a binding is only looked up once the key came to the application."""
        gestes = {"enter": self.action_suivant, "backspace": self.action_effacer}
        if event.key in gestes:
            event.stop()
            event.prevent_default()
            gestes[event.key]()
        else:
            await super()._on_key(event)

    def action_suivant(self) -> None:
        """The text goes with the key, so that a letter typed right after begins the next choice."""
        texte, self.valeur = self.value, ""
        self.post_message(Suivant(texte))

    def reprendre(self, texte: str) -> None:
        """Put back a text that chose nothing, before what was typed since."""
        self.valeur = texte + self.value
        self.cursor_position = len(self.value)

    def action_effacer(self) -> None:
        if self.value:
            self.action_delete_left()
        else:
            self.post_message(self.Vide())


class EcranLancement(PageCandidat):
    """The list filters as one types; the dates of the marked row show at once."""

    AIDE = (
        "Choisissez l'examen, la session et l'académie, l'un après l'autre : tapez les premières lettres, marquez la "
        "ligne par ↑ ou ↓, puis Entrée. Les dates d'ouverture s'affichent au dernier choix ; l'inscription ne démarre "
        "que si le service est ouvert. Prenez l'académie de votre lieu de résidence."
    )
    TOUCHES = (("↑ ↓", "choisir"), ("Entrée", "valider le choix"), ("lettres", "chercher"))
    BINDINGS: ClassVar = [
        Binding("up", "marquer(-1)", "au-dessus", show=False),
        Binding("down", "marquer(1)", "en dessous", show=False),
        Binding("f7,ctrl+p", "revenir", "Revenir au choix d'avant", show=False),
        Binding("f8,ctrl+n", "avancer", "Démarrer mon inscription", show=False),
    ]
    DEFAULT_CSS = """
    EcranLancement > #contenu { padding: 0 1; }
    EcranLancement .rang { height: 1; }
    EcranLancement .rang > .titre { width: 1fr; }
    EcranLancement .rang > .discret { width: auto; }
    EcranLancement #resume { height: 1; margin: 0 0 1 0; }
    EcranLancement #chercher { height: 1; }
    EcranLancement #chercher > Static { width: 10; }
    EcranLancement #chercher > .barre { width: 1; color: $champ-barre-focus; }
    EcranLancement #chercher > ZoneTexte { width: 30; }
    EcranLancement #volets { height: 1fr; border-top: solid $filet; }
    EcranLancement #volets > OptionList {
        width: 41; height: 1fr; border: none; padding: 0; background: $fond; color: $texte;
    }
    EcranLancement #infos { width: 1fr; height: 1fr; padding: 0 0 0 1; border-left: solid $filet; }
    EcranLancement #infos > Static { height: auto; margin: 0 0 1 0; }
    EcranLancement.-large #volets > OptionList { width: 60; }
    """
    AUTO_FOCUS = "#chercher ZoneTexte"

    def __init__(self, poste: Poste, session: SessionCandidat | None) -> None:
        super().__init__(poste, session)
        self.choix = ChoixService(())
        self._lus = False
        self._filtre = ""  # what the list was last filtered by

    def contenu(self) -> ComposeResult:
        with Horizontal(classes="rang"):
            yield Static("Résumé de la sélection", classes="titre", markup=False)
            yield Static("Retour arrière : choix d'avant", classes="discret", markup=False)
        yield Horizontal(id="resume")
        with Horizontal(classes="rang"):
            yield Static("", classes="titre", id="question", markup=False)
            yield Static("", classes="discret", id="combien", markup=False)
        with Horizontal(id="chercher"):
            yield Static("Chercher", markup=False)
            yield Static("▌", classes="barre", markup=False)
            yield ZoneDeChoix("", exemple="", longueur=60)
        with Horizontal(id="volets"):
            liste = OptionList(compact=True, markup=False)
            liste.can_focus = False
            yield liste
            with VerticalScroll(id="infos", can_focus=False):
                yield Static("Informations disponibles", classes="titre", markup=False)
                yield Static("", id="information", markup=False)

    async def preparer(self) -> None:
        bandeau = self.query_one(Bandeau)
        if self.session is None:
            bandeau.gauche = ("Ouverture des services", "")
            bandeau.droite = ("État d'ouverture du service d'inscription", "", "")
        else:
            bandeau.gauche = ("M'inscrire", "")
            bandeau.droite = ("Sur quoi et où voulez-vous vous inscrire ?", "", "")
        self.lancer(lambda: consultation.services(self.poste), self._recevoir, self.dire_les_fautes)

    def _recevoir(self, services: tuple[consultation.ServiceOffert, ...]) -> None:
        self.choix = ChoixService(services)
        self._lus = True
        self._redessiner()

    @property
    def titre_de_l_aide(self) -> str:
        return self.choix.etape.question

    # What is shown

    @property
    def _zone(self) -> ZoneDeChoix:
        return self.query_one(ZoneDeChoix)

    @property
    def _liste(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _marquee(self) -> str:
        """The answer that is marked, empty where there is none."""
        rang, propositions = self._liste.highlighted, self.choix.propositions(self._filtre)
        return propositions[rang] if rang is not None and rang < len(propositions) else ""

    @property
    def service(self) -> consultation.ServiceOffert | None:
        """The service that is marked, once the last choice is reached."""
        return self.choix.service(self._marquee)

    def _redessiner(self) -> None:
        """A choice was made or undone: its summary, what is already typed for the next one, its answers."""
        self.query_one("#question", Static).update(Content(self.choix.etape.question))
        self.call_later(self._resumer)
        self._filtrer()

    async def _resumer(self) -> None:
        resume = self.query_one("#resume", Horizontal)
        await resume.remove_children()
        await resume.mount_all(Lien(str(rang), f"← {choisi}") for rang, choisi in enumerate(self.choix.choisis))

    def _filtrer(self) -> None:
        toutes = len(self.choix.propositions())
        self._filtre = self._zone.valeur
        propositions = self.choix.propositions(self._filtre)
        self.query_one("#combien", Static).update(f"{len(propositions)} sur {toutes}")
        self._liste.clear_options()
        self._liste.add_options([Option(Content(f"  {proposition}")) for proposition in propositions])
        if propositions:
            self._liste.highlighted = 0
        self._informer()

    def _informer(self) -> None:
        """Everything that follows from the marked row, which carries a sign and not only a colour."""
        for rang, proposition in enumerate(self.choix.propositions(self._filtre)):
            repere = "►" if rang == self._liste.highlighted else " "
            self._liste.replace_option_prompt_at_index(rang, Content(f"{repere} {proposition}"))
        self.query_one("#information", Static).update(self._information())
        self.dessiner_les_boutons()
        if self._marquee:
            self.dire(self._marquee, self._aide())

    def _aide(self) -> str:
        if not self.choix.derniere:
            return "Entrée valide ce choix."
        return "F8 démarre l'inscription." if self._ouvert and self.session else ""

    def _information(self) -> Content:
        if not self._lus:
            return Content("Recherche…")
        if not self._marquee:
            tous = len(self.choix.propositions())
            return Content(f"« {self._filtre} » n'est dans aucun des {tous} noms." if tous else _AUCUN)
        service = self.service
        if service is None:
            return Content(f"{self._marquee}\n\nContinuez vos choix : les dates s'affichent à la fin.")
        etat, genre = _ETATS[service.etat]
        return Content.assemble(
            f"{service.libelle}\n\n", (etat, f"bold ${genre}"), f"\n{service.phrase}\n\n{_RESIDENCE}"
        )

    @property
    def _ouvert(self) -> bool:
        service = self.service
        return service is not None and service.etat is EtatFenetre.OUVERTE

    def boutons(self) -> tuple[Action, ...]:
        avancer = (
            Action("avancer", "Démarrer mon inscription", "F8", active=self._ouvert, pleine=True)
            if self.session is not None
            else Action("avancer", "Me connecter pour m'inscrire", "F8", active=self._ouvert, pleine=True)
        )
        return (
            Action("revenir", "Revenir au choix d'avant", "F7", active=bool(self.choix.choisis)),
            avancer,
            Action("quitter", "Quitter", "Éch"),
        )

    # Keys, mouse

    def on_change(self, message: Change) -> None:
        message.stop()
        self._filtrer()

    def on_suivant(self, message: Suivant) -> None:
        """Entrée takes what fits the text it was pressed on; what is typed since belongs to the next choice."""
        message.stop()
        message.prevent_default()  # the page's own handler would go on to the next widget
        cherche = message.valeur
        marquee = self._marquee if cherche == self._filtre else next(iter(self.choix.propositions(cherche)), "")
        if not self._valider(marquee):
            self._zone.reprendre(cherche)

    def _prendre_la_marquee(self) -> None:
        if self._valider(self._marquee):
            self._zone.valeur = ""
            self._filtrer()

    def on_zone_de_choix_vide(self, message: ZoneDeChoix.Vide) -> None:
        message.stop()
        if self.choix.choisis:
            self.action_revenir()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A click marks a row and validates it."""
        message.stop()
        self._prendre_la_marquee()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._informer()

    def suivre_le_lien(self, cible: str) -> None:
        """A `←` of the summary steps back to its choice."""
        if not cible.isdigit():
            super().suivre_le_lien(cible)
            return
        self.choix.revenir(int(cible))
        self._zone.valeur = ""
        self._redessiner()
        self._zone.focus()

    def action_marquer(self, pas: int) -> None:
        self._zone.focus()
        combien = self._liste.option_count
        if combien:
            self._liste.highlighted = ((self._liste.highlighted or 0) + pas) % combien

    def _valider(self, marquee: str) -> bool:
        """Take an answer; whether there is another choice to make."""
        if not marquee:
            return False
        if self.choix.derniere:
            self.dire(marquee, self._aide() or _PAS_OUVERT)
            return False
        self.choix.choisir(marquee)
        self._redessiner()
        return True

    def action_revenir(self) -> None:
        self.choix.revenir(len(self.choix.choisis) - 1)
        self._zone.valeur = ""
        self._redessiner()

    def action_avancer(self) -> None:
        service = self.service
        if service is None:
            self._prendre_la_marquee()
        elif service.etat is not EtatFenetre.OUVERTE:
            self.dire("Démarrer mon inscription", _PAS_OUVERT, "attention")
        elif self.session is None:
            self.post_message(Aller(Lieu.CONNEXION))
        else:
            self.demarrer(service.examen, service.session, service.academie)

    def action_quitter(self) -> None:
        self.post_message(Aller(Lieu.ACCUEIL if self.session is None else Lieu.INSCRIPTIONS))


_PAS_OUVERT = "Les inscriptions ne sont pas ouvertes pour ce choix : voyez les dates."

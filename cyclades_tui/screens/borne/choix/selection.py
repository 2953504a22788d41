"""A screen for the successive choices, for any purpose (F026-F037, F138-F144)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from typing_extensions import override

from cyclades_tui.actes.candidature import consultation
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.choix.choix_service import AUCUN, NON_PROPOSE, ChoixService
from cyclades_tui.screens.borne.choix.depart import Depart
from cyclades_tui.screens.borne.choix.informations import ETAT, PARTIES, du_service
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.navigation import Aller
from cyclades_tui.screens.cadre.page import Page
from cyclades_tui.screens.candidature.identite import connecte
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.entrees import Lien
from cyclades_tui.widgets.saisie import Change, Suivant, ZoneTexte
from cyclades_tui.widgets.suite import Suite

PAS_OUVERT = "Pas ouvert : voyez les dates."
_VALIDER, _LIRE = ("Entrée", "valider"), ("Pg↓", "lire la suite")


class ZoneDeChoix(ZoneTexte):
    """The search field; Retour arrière in the empty field goes back to the previous choice."""

    class Vide(Message):
        """Posted for Retour arrière in an empty field."""

    async def _on_key(self, event: events.Key) -> None:
        """Handle two keys here, in sequence with letters: bindings are looked up only later, in the application."""
        gestes = {"enter": self.action_suivant, "backspace": self.action_effacer}
        if event.key in gestes:
            event.stop()
            event.prevent_default()
            gestes[event.key]()
        else:
            await super()._on_key(event)

    def action_suivant(self) -> None:
        """Send the text with the key, so that a letter typed right after belongs to the next choice."""
        texte, self.valeur = self.value, ""
        self.post_message(Suivant(texte))

    def reprendre(self, texte: str) -> None:
        """Put back a text that matched nothing, before what was typed since."""
        self.valeur = texte + self.value
        self.cursor_position = len(self.value)

    def action_effacer(self) -> None:
        if self.value:
            self.action_delete_left()
        else:
            self.post_message(self.Vide())


class EcranDeChoix(Page):
    """The list is filtered as one types, and shows the dates of the marked row; subclasses define what F8 does."""

    INVITE: ClassVar = ""
    TOUCHES = (("↑ ↓", "choisir"), _VALIDER, ("lettres", "chercher"), _LIRE)
    BINDINGS: ClassVar = [
        Binding("up", "marquer(-1)", "au-dessus", show=False),
        Binding("down", "marquer(1)", "en dessous", show=False),
        Binding("pageup", "lire(-1)", "remonter", show=False),
        Binding("pagedown", "lire(1)", "lire la suite", show=False),
        Binding("f7,ctrl+p", "revenir", "Revenir au choix d'avant", show=False),
        Binding("f8,ctrl+n", "avancer", "Valider ce choix", show=False),
    ]
    DEFAULT_CSS = """
    EcranDeChoix > #contenu { padding: 0 1; }
    EcranDeChoix #invite { height: auto; color: $discret; }
    EcranDeChoix .rang { height: 1; }
    EcranDeChoix .rang > .titre { width: 1fr; }
    EcranDeChoix .rang > .discret { width: auto; }
    EcranDeChoix #resume { height: 1; margin: 0 0 1 0; }
    EcranDeChoix #chercher { height: 1; }
    EcranDeChoix #chercher > Static { width: 10; }
    EcranDeChoix #chercher > .barre { width: 1; color: $champ-barre-focus; }
    EcranDeChoix #chercher > ZoneTexte { width: 30; }
    EcranDeChoix #volets { height: 1fr; border-top: solid $filet; }
    EcranDeChoix #volets > OptionList {
        width: 41; height: 1fr; border: none; padding: 0; background: $fond; color: $texte;
        scrollbar-size-vertical: 1;
    }
    EcranDeChoix #infos {
        width: 1fr; height: 1fr; padding: 0 0 0 1; border-left: solid $filet; scrollbar-size-vertical: 1;
    }
    EcranDeChoix #infos > Static { height: auto; }
    EcranDeChoix #conseils, EcranDeChoix #contact { margin: 1 0 0 0; }
    EcranDeChoix.-large #volets > OptionList { width: 60; }
    """
    AUTO_FOCUS = "#chercher ZoneTexte"

    def __init__(self, poste: Poste, session: SessionCandidat | None) -> None:
        super().__init__()
        self.poste = poste
        self.session = session
        self.poste_nomme = poste.acteur.poste
        self.identite = None if session is None else connecte(session)
        self.depart = Depart(self, poste, session)
        self.choix = ChoixService()
        self._offre: consultation.Offre | None = None  # None until it is read
        self._filtre = ""  # the text that the list is filtered by

    # What the two ends differ in

    @abstractmethod
    def libelle_de_la_fin(self, informations: consultation.Informations) -> str:
        """The label of the button that acts on the chosen service."""

    @abstractmethod
    def finir(self, service: consultation.ServiceOffert) -> None:
        """Act on the chosen service, which is open."""

    # The frame

    def contenu(self) -> ComposeResult:
        if self.INVITE:
            yield Static(self.INVITE, id="invite", markup=False)
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
                for partie in PARTIES:
                    yield Static("", id=partie, markup=False)

    async def preparer(self) -> None:
        Suite(self, self._infos, self.dessous)
        self.lancer(lambda: consultation.offre(self.poste), self._recevoir, self.dire_les_fautes)

    def _recevoir(self, offre: consultation.Offre) -> None:
        self._offre = offre
        self.choix = ChoixService.de(offre)
        self._redessiner()

    @property
    @override
    def sujet_de_l_aide(self) -> tuple[str, str]:
        return self.choix.etape.question, self.AIDE

    @override
    def touches_de_l_aide(self) -> Iterator[tuple[str, str]]:
        yield from (une for une in super().touches_de_l_aide() if une != _LIRE or self._infos.max_scroll_y > 0)

    # What is shown

    @property
    def _zone(self) -> ZoneDeChoix:
        return self.query_one(ZoneDeChoix)

    @property
    def _liste(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _infos(self) -> VerticalScroll:
        return self.query_one("#infos", VerticalScroll)

    @property
    def _marquee(self) -> str:
        """The marked answer; empty if there is none."""
        rang, propositions = self._liste.highlighted, self.choix.propositions(self._filtre)
        return propositions[rang] if rang is not None and rang < len(propositions) else ""

    @property
    def service(self) -> consultation.ServiceOffert | None:
        """The marked service, once the last choice is reached."""
        return self.choix.service(self._marquee)

    def _redessiner(self) -> None:
        """Show the summary, the answers and the text already typed, after a choice was made or undone."""
        for invite in self.query("#invite"):
            invite.display = not self.choix.choisis  # only at first: afterwards its rows are for the dates
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
        self._liste.add_options([Option(self._rangee(proposition, " ")) for proposition in propositions])
        if propositions:
            self._liste.highlighted = 0
        self._informer()

    def _informer(self) -> None:
        """Show what follows from the marked row, which has a sign, not only a colour."""
        for rang, proposition in enumerate(self.choix.propositions(self._filtre)):
            repere = "►" if rang == self._liste.highlighted else " "
            self._liste.replace_option_prompt_at_index(rang, self._rangee(proposition, repere))
        dites = self._informations()
        for partie in PARTIES:
            texte = self.query_one(f"#{partie}", Static)
            texte.display = partie in dites
            texte.update(dites.get(partie, ""))
        self._infos.scroll_home(animate=False)
        self.dessiner_les_boutons()
        self.pied.touches = [touche for touche in self.TOUCHES if touche != _VALIDER or self._validable]
        if self._offre is not None:
            self.dire(self._marquee or self.choix.etape.question, *self._aide())

    def _rangee(self, proposition: str, repere: str) -> Content:
        """A row of the list; long text continues under its own beginning."""
        largeur = max(self._liste.scrollable_content_region.width - 3, 20)
        return Content(f"{repere} " + "\n  ".join(en_lignes(proposition, largeur)))

    def _aide(self) -> tuple[str, str]:
        """What Entrée or F8 would do now, and the colour in which it is said."""
        marquee = self._marquee
        if not marquee:
            return ("Aucun nom n'a de mot qui commence ainsi." if self._filtre else AUCUN), "attention"
        if impasse := self.choix.impasse(marquee):
            return impasse, "attention"
        if not self.choix.derniere:
            return "Entrée valide ce choix.", "info"
        libelle = self._fin()
        return (f"Entrée : {libelle}.", "info") if self._ouvert else (PAS_OUVERT, "attention")

    def _informations(self) -> dict[str, Content]:
        """What is shown about the marked row, by part (F035-F037)."""
        marquee = self._marquee
        if self._offre is None:
            return {ETAT: Content("Recherche…")}
        if not marquee:
            tous = len(self.choix.propositions())
            absent = f"Aucun des {tous} noms n'a de mot qui commence par « {self._filtre} ».\n\n{NON_PROPOSE}"
            return {ETAT: Content(absent if tous else AUCUN)}
        if service := self.service:
            return du_service(service, self._offre.informations(service))
        return {ETAT: Content(f"{marquee}\n\n") + self._du_choix(marquee)}

    def _du_choix(self, marquee: str) -> Content:
        """For a choice before the last: whether it leads anywhere, and where services are open."""
        if impasse := self.choix.impasse(marquee):
            return Content.assemble(("× Fermé", "bold $erreur"), f" : {impasse}")
        ouverts, tous = self.choix.ouverts(marquee)
        if not tous:
            return Content(AUCUN)
        etat = ("√ Ouvert", "bold $succes") if ouverts else ("! Rien d'ouvert aujourd'hui", "bold $attention")
        combien = f"{denombrer(ouverts, 'service')} sur {tous}" if ouverts else "Les dates sont à la fin."
        return Content.assemble(etat, f"\n{combien}")

    @property
    def _ouvert(self) -> bool:
        service = self.service
        return service is not None and service.etat is EtatFenetre.OUVERTE

    @property
    def _validable(self) -> bool:
        """Whether Entrée would take the marked answer and go to the next choice."""
        marquee = self._marquee
        return bool(marquee) and not self.choix.derniere and not self.choix.impasse(marquee)

    def _fin(self) -> str:
        """The label of the button, that of the marked service if any."""
        service = self.service
        if service is None or self._offre is None:
            return "Valider ce choix"
        return self.libelle_de_la_fin(self._offre.informations(service))

    def boutons(self) -> tuple[Action, ...]:
        marquee = self._marquee if self.is_mounted else ""
        peut = self._ouvert if self.choix.derniere else self.is_mounted and self._validable
        return (
            Action("revenir", "Revenir au choix d'avant", "F7", active=bool(self.choix.choisis)),
            Action("avancer", self._fin() if marquee else "Valider ce choix", "F8", active=peut, pleine=True),
            Action("quitter", "Quitter", "Éch"),
        )

    # Keys, mouse

    def on_change(self, message: Change) -> None:
        message.stop()
        self._filtrer()

    def on_suivant(self, message: Suivant) -> None:
        """Entrée takes the answer that matches the text at that moment; text typed since is for the next choice."""
        message.stop()
        message.prevent_default()  # otherwise the page's handler would go to the next widget
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
        """Mark and take a row that is clicked."""
        message.stop()
        self._prendre_la_marquee()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._informer()

    def suivre_le_lien(self, cible: str) -> None:
        """Go back to the choice of a `←` in the summary."""
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

    def action_lire(self, pas: int) -> None:
        """Scroll the information by a page, if it is longer than its place."""
        self._infos.scroll_relative(y=pas * max(self._infos.size.height - 1, 1), animate=False)

    def _valider(self, marquee: str) -> bool:
        """Take an answer, the last one being acted upon; whether there is another choice to make."""
        if not marquee:
            return False
        if self.choix.derniere or self.choix.impasse(marquee):
            service = self.choix.service(marquee)
            if service is not None and service.etat is EtatFenetre.OUVERTE:
                self.finir(service)
            else:
                self.dire(marquee, *self._aide())
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
        elif self._ouvert:
            self.finir(service)
        else:
            self.dire(service.libelle, PAS_OUVERT, "attention")

    def action_quitter(self) -> None:
        self.post_message(Aller(Lieu.ACCUEIL if self.session is None else Lieu.INSCRIPTIONS))

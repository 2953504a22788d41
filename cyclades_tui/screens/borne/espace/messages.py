"""« Consulter mes messages »: the messages to a person, the newest first, and the text of one (F410-F414)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.personnes import courrier
from cyclades_tui.actes.personnes.courrier import Courrier
from cyclades_tui.domaine.temps import a_la_minute, jour_et_heure
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import Identite, Page
from cyclades_tui.widgets.cadre import Action, Bandeau, raccourcir
from cyclades_tui.widgets.focus import monter
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable
from cyclades_tui.widgets.suite import Suite

VIDE = "Vous n'avez aucun message."
EXPEDITEUR = "Service gestionnaire"  # if the message does not name one
_LARGEUR_DE = 21
_NON_LU = "non lu"
_TOUCHES_LISTE = (("↑ ↓", "message"), ("Entrée", "lire"), ("Éch", "retour"))
_LIRE, _AUTRE = (("↑ ↓", "lire"), ("Pg↑ Pg↓", "page")), ("F7 F8", "autre message")


class LigneMessage(LigneOuvrable):
    """Date, sender and subject on one row, the subject cut; unread ones are bold with a bullet and a word."""

    DEFAULT_CSS = """
    LigneMessage:focus { background: $champ-focus; color: $champ-texte; }
    """

    def __init__(self, rang: int, message: Courrier, dit: tuple[str, str]) -> None:
        super().__init__(dit=dit)
        self.rang = rang
        self.courrier = message

    def render(self) -> RenderResult:
        message = self.courrier
        style, puce, mot = ("", " ", "") if message.lu else ("bold", "•", _NON_LU)
        debut = f"{self.repere} {puce} {jour_et_heure(message.instant)}  {self._de}  "
        place = self.size.width - cell_len(debut) - len(_NON_LU) - 2
        objet = raccourcir(message.objet, max(place, 0))
        vide = " " * (max(place - cell_len(objet), 0) + 2)
        return Content.assemble((debut, style), (objet, style), vide, (mot, "bold $info"))

    @property
    def _de(self) -> str:
        """The sender, as wide as its column."""
        de = raccourcir(self.courrier.expediteur or EXPEDITEUR, _LARGEUR_DE)
        return de + " " * (_LARGEUR_DE - cell_len(de))


class EcranMessages(Page):
    """The list; Entrée opens a message in its place, F7 and F8 the previous and the next one."""

    TITRE = "Consulter mes messages"
    AIDE = (
        "Tous les messages de votre académie ou de votre établissement, le plus récent d'abord. Entrée ouvre un "
        "message ; il n'est alors plus « non lu »."
    )
    TOUCHES = _TOUCHES_LISTE
    BINDINGS: ClassVar = [
        Binding("up", "bouger(-1)", "au-dessus", show=False),
        Binding("down", "bouger(1)", "en dessous", show=False),
        Binding("pageup", "page(-1)", "page d'avant", show=False),
        Binding("pagedown", "page(1)", "page d'après", show=False),
        Binding("f7,ctrl+p", "precedent", "message d'avant", show=False),
        Binding("f8,ctrl+n", "suivant", "message d'après", show=False),
    ]
    DEFAULT_CSS = """
    EcranMessages #lignes, EcranMessages #message { height: auto; }
    EcranMessages #message { display: none; }
    EcranMessages.-lecture #message { display: block; }
    EcranMessages.-lecture #lignes { display: none; }
    EcranMessages #message > .discret { margin: 0 0 1 0; }
    EcranMessages #message > .texte { max-width: 100; }
    """
    AUTO_FOCUS = ""

    def __init__(self, poste: Poste, numero_candidat: str, identite: Identite | None = None) -> None:
        super().__init__()
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self.identite = identite
        self._numero = numero_candidat
        self._messages: list[Courrier] = []
        self._lu: int | None = None  # the rank of the message being read, None in the list

    def contenu(self) -> ComposeResult:
        yield Static("Lecture…", id="vide", markup=False)
        yield Vertical(id="lignes")
        with Vertical(id="message"):
            yield Static("", classes="titre", markup=False)
            yield Static("", classes="discret", markup=False)
            yield Static("", classes="texte", markup=False)

    def boutons(self) -> tuple[Action, ...]:
        rang = self._lu
        if rang is None:
            return (Action("quitter", "Retour", "Éch", pleine=True),)
        return (
            Action("precedent", "Précédent", "F7", active=rang > 0),
            Action("suivant", "Suivant", "F8", active=rang + 1 < len(self._messages), pleine=True),
            Action("quitter", "Liste", "Éch"),
        )

    async def preparer(self) -> None:
        self._suite = Suite(self, self._zone, self._dire_la_suite)
        self.lancer(lambda: courrier.consulter(self.poste, self._numero), self._recevoir, self.dire_les_fautes)

    def _recevoir(self, messages: tuple[Courrier, ...]) -> None:
        self._messages = list(messages)
        self.call_later(self._lister)

    async def _lister(self) -> None:
        vide = self.query_one("#vide", Static)
        vide.display = not self._messages
        vide.update(VIDE)
        await self.query_one("#lignes").mount_all(
            LigneMessage(rang, message, (self._situer(rang), message.objet))
            for rang, message in enumerate(self._messages)
        )
        self._compter()
        if self._messages:
            self.query(LigneMessage).first().focus()
        self._dire_les_touches()

    def _situer(self, rang: int) -> str:
        return f"Message {rang + 1} sur {len(self._messages)}"

    def _dire_les_touches(self) -> None:
        """Show the keys in the order: another message, open, back."""
        self.pied.touches = _TOUCHES_LISTE[max(2 - len(self._messages), 0) :]

    def _compter(self) -> None:
        combien = sum(not message.lu for message in self._messages)
        mots = denombrer(combien, "message non lu", "messages non lus") if combien else ""
        self.query_one(Bandeau).droite = ("", mots, "")

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, LigneMessage):
            self._ouvrir(ligne.rang)

    def _ouvrir(self, rang: int) -> None:
        """Show the text of a message in place of the list; the first time, it is recorded as read."""
        self._lu = rang
        lu = self._messages[rang]
        titre, de, texte = self.query("#message > Static").results(Static)
        titre.update(Content(lu.objet))
        de.update(Content(f"De : {lu.expediteur or EXPEDITEUR}\nReçu le : {a_la_minute(lu.instant)} (heure de Paris)"))
        texte.update(Content(lu.corps))
        self.add_class("-lecture")
        self.set_focus(None)
        self._zone.scroll_home(animate=False)
        autre = (_AUTRE,) if len(self._messages) > 1 else ()
        self.pied.touches = (*_LIRE, *autre, ("Éch", "liste"))
        self.dessiner_les_boutons()
        self.dire(self._situer(rang))
        self._suite.redire()
        if not lu.lu:
            self.lancer(
                lambda: courrier.marquer_lu(self.poste, self._numero, lu.id),
                partial(self._marquer, rang),
                self.dire_les_fautes,
            )

    def _marquer(self, rang: int, _: None) -> None:
        self._messages[rang] = replace(self._messages[rang], lu=True)
        ligne = self.query(LigneMessage)[rang]
        ligne.courrier = self._messages[rang]
        ligne.refresh()
        self._compter()

    def action_precedent(self) -> None:
        self._passer(-1)

    def action_suivant(self) -> None:
        self._passer(1)

    def _passer(self, pas: int) -> None:
        """Go to the previous or next message, while one is being read."""
        if self._lu is not None and 0 <= self._lu + pas < len(self._messages):
            self._ouvrir(self._lu + pas)

    @property
    def _zone(self) -> VerticalScroll:
        return self.query_one("#contenu", VerticalScroll)

    def action_bouger(self, pas: int) -> None:
        """Move by a row of the list or a line of the text."""
        if self._lu is not None:
            self._zone.scroll_relative(y=pas, animate=False)
        elif pas < 0:
            monter(self)
        else:
            self.focus_next()

    def action_page(self, pas: int) -> None:
        hauteur = max(self._zone.size.height - 1, 1)
        self._zone.scroll_relative(y=pas * hauteur, animate=False)

    def _dire_la_suite(self, suite: str) -> None:
        self.dessous("" if self._lu is None else suite)

    def action_quitter(self) -> None:
        if self._lu is None:
            self.app.pop_screen()
            return
        rang, self._lu = self._lu, None
        self.remove_class("-lecture")
        self.dessous("")
        self._dire_les_touches()
        self.dessiner_les_boutons()
        self.donner_le_focus(self.query(LigneMessage)[rang])

"""The frame of most screens: header, band, content, help line, buttons, keys (ecrans.md §2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.dom import DOMNode
from textual.events import DescendantFocus
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.navigation import LIEU_D_AIDE, Aller
from cyclades_tui.widgets.cadre import Action, Bandeau, Bouton, Boutons, Entete, LigneAide
from cyclades_tui.widgets.champ import LigneChamp, Sources
from cyclades_tui.widgets.choix import Proposition
from cyclades_tui.widgets.dialogue import Aide
from cyclades_tui.widgets.entrees import Chemin, Lien
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable
from cyclades_tui.widgets.saisie import Colle, Suivant, TropLong

CONTACT = (
    "Un agent du service des examens et concours de votre académie. Les questions fréquentes sont à l'entrée 4 de "
    "l'accueil."
)
CONTACT_DU_GUICHET = "Le responsable de votre service, ou un administrateur du store pour votre accès."
PROBLEME = "probleme"
Identite = tuple[str, str, str, str]


class _Zone(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The content of a page; Textual's own would scroll with the arrows, which here move the focus."""

    BINDINGS: ClassVar = [
        Binding("pageup", "page_up", "page d'avant", show=False),
        Binding("pagedown", "page_down", "page d'après", show=False),
    ]


class Page(Ecran):
    """A screen with a title, a content and a row of buttons, each named after its action."""

    TITRE: ClassVar = ""
    CONSIGNE: ClassVar = ""
    AIDE: ClassVar = ""
    TOUCHES: ClassVar[tuple[tuple[str, str], ...]] = ()
    # On each page, under its content (F464).
    LIENS: ClassVar[tuple[tuple[str, str], ...]] = ((LIEU_D_AIDE, "Besoin d'aide ?"), (PROBLEME, "Un problème ?"))
    CONTACT: ClassVar = CONTACT  # named in the help
    BINDINGS: ClassVar = [
        Binding("up", "app.monter", "au-dessus", show=False),
        Binding("down", "app.focus_next", "en dessous", show=False),
        Binding("escape,ctrl+q", "quitter", "Quitter", show=False),
        Binding("f1,ctrl+g", "aide", "aide", show=False),
    ]
    DEFAULT_CSS = """
    Page { layout: vertical; background: $fond; color: $texte; }
    Page > #contenu { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    Page .titre { color: $titre; text-style: bold; height: auto; }
    Page .texte { height: auto; }
    Page .discret { height: auto; color: $discret; }
    Page > .liens { height: 1; padding: 0 1; }
    """

    identite: Identite | None = None
    poste_nomme = ""

    def compose(self) -> ComposeResult:
        yield Entete()
        yield Bandeau()
        yield from self.entre()
        with _Zone(id="contenu"):
            yield from self.contenu()
        if self.LIENS:
            with Horizontal(classes="liens"):
                yield from (Lien(cible, libelle) for cible, libelle in self.LIENS)
        yield from self.bas(Boutons(), menu=self.identite is not None)

    def entre(self) -> ComposeResult:
        """The widgets between the band and the content."""
        yield from ()

    def contenu(self) -> ComposeResult:
        """The content, which scrolls."""
        yield Widget()

    def boutons(self) -> tuple[Action, ...]:
        """The current buttons."""
        return (Action("quitter", "Retour", "Éch", pleine=True),)

    async def on_mount(self) -> None:
        entete = self.query_one(Entete)
        entete.identite, entete.poste = self.identite, self.poste_nomme
        bandeau = self.query_one(Bandeau)
        bandeau.gauche, bandeau.droite = (self.TITRE, ""), (self.CONSIGNE, "", "")
        self.pied.touches = self.TOUCHES
        self.dessiner_les_boutons()
        await self.preparer()

    async def preparer(self) -> None:
        """Called once the frame is drawn."""

    def dessiner_les_boutons(self) -> None:
        boutons = self.boutons()
        rangee = self.query_one(Boutons)
        rangee.actions = boutons
        dites = frozenset(bouton.touche for bouton in boutons if bouton.active)
        self.pied.ailleurs = dites if rangee.display else frozenset()

    def dessous(self, texte: str) -> None:
        """Say at the right of the help line what lies below the visible part."""
        self.query_one(LigneAide).dessous(texte)

    def dire_les_fautes(self, fautes: tuple[Faute, ...]) -> None:
        """Show faults that have no other place, on the help line."""
        self.dire("Refusé", phrases(fautes), "erreur")

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.call_later(self.run_action, message.action)

    def on_suivant(self, message: Suivant) -> None:
        message.stop()
        self.passer_au_suivant()

    def on_ligne_champ_termine(self, message: LigneChamp.Termine) -> None:
        message.stop()
        self.passer_au_suivant()

    def passer_au_suivant(self) -> None:
        """Called for Entrée in a field."""
        self.focus_next()

    def on_colle(self, message: Colle) -> None:
        message.stop()
        self.dire("Collage", message.phrase, "attention")

    def on_trop_long(self, message: TropLong) -> None:
        message.stop()
        self.dire("Trop long", message.phrase, "erreur")

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self.dire_les_gestes()

    def dire_les_gestes(self) -> None:
        """What Espace does is on the line, wherever the focus is."""
        self.pied.gestes = getattr(self.focused, "gestes", ())

    def on_ligne_ouvrable_visitee(self, message: LigneOuvrable.Visitee) -> None:
        message.stop()
        if any(message.ligne.dit):
            self.dire(*message.ligne.dit)
        self.ligne_visitee(message.ligne)

    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        """Called when a row takes the focus."""

    def on_ligne_ouvrable_ouverte(self, message: LigneOuvrable.Ouverte) -> None:
        message.stop()
        if isinstance(message.ligne, Chemin):
            self.suivre_le_lien(message.ligne.cible)
        else:
            self.ligne_ouverte(message.ligne)

    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        """Called when a row is opened."""

    def suivre_le_lien(self, cible: str) -> None:
        """Open what a link names."""
        if cible == PROBLEME:
            self.app.push_screen(aide_sur_un_probleme())
        else:
            self.post_message(Aller(cible))

    def action_aide(self) -> None:
        """Help on the focused field, or on this screen, with the keys that work here."""
        ligne = next((parent for parent in _en_focus(self) if isinstance(parent, LigneChamp)), None)
        champ = None if ligne is None else ligne.champ
        titre, texte = self.sujet_de_l_aide
        if champ is not None:
            titre = champ.libelle
        touches = dict(self.touches_de_l_aide())
        touches.pop("F1", None)  # it only closes this help
        self.app.push_screen(Aide(titre, texte, tuple(touches.items()), champ=champ, contact=self.contact))

    def touches_de_l_aide(self) -> Iterator[tuple[str, str]]:
        """The keys that work here now."""
        yield from self.pied.toutes
        yield from ((action.touche, action.libelle) for action in self.boutons() if action.active)
        yield from self.pied.fixes

    @property
    def contact(self) -> str:
        """Whom the help names."""
        return self.CONTACT

    @property
    def sujet_de_l_aide(self) -> tuple[str, str]:
        """The title of the help when no field has the focus, and its text."""
        return self.TITRE or "Aide", self.AIDE

    def action_quitter(self) -> None:
        self.app.pop_screen()


def _en_focus(ecran: Ecran) -> Sequence[DOMNode]:
    """The focused widget, then its ancestors."""
    return () if ecran.focused is None else ecran.focused.ancestors_with_self


def aide_sur_un_probleme() -> Aide:
    """« Un problème ? »: what to do when the borne does not work as it should (F011, F464)."""
    return Aide(
        "Un problème ?",
        "Ce que vous avez saisi dans une inscription est gardé sur ce poste, et vous le retrouverez en vous "
        "reconnectant. Si l'écran est illisible, F12 change l'affichage. Si la borne refuse ou s'arrête, notez la "
        "phrase affichée et sa référence, puis appelez un agent.",
        contact=CONTACT,
    )


def aide_sur_un_probleme_au_guichet() -> Aide:
    """The same, for an agent."""
    return Aide(
        "Un problème ?",
        "Les fichiers déposés et les décisions prises sont gardés. Si l'écran est illisible, F12 change l'affichage. "
        "Si le guichet refuse ou s'arrête, notez la phrase affichée et sa référence.",
        contact=CONTACT_DU_GUICHET,
    )


def phrases(fautes: tuple[Faute, ...]) -> str:
    """What is wrong and what to do, for each fault."""
    return " ".join(f"{faute.message} {faute.remede}".rstrip() for faute in fautes)


class SansListe(Sources):
    """A source for forms whose fields have no list."""

    @override
    def libelles(self, champ: Champ) -> Sequence[str]:
        return ()

    @override
    def chercher(self, champ: Champ, debut: str) -> tuple[int, Sequence[Proposition]]:
        return 0, ()

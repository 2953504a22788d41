"""The frame of the screens around an inscription: header, band, content, help line, buttons, keys (screens.md §2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widget import Widget

from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.base import Ecran
from cyclades_tui.widgets.cadre import Action, Bandeau, Bouton, Boutons, Entete, LigneAide, Pied
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Aide
from cyclades_tui.widgets.saisie import Colle, Proposition, Suivant, ZoneTexte

_AILLEURS = "Besoin d'aide ? Entrée 4 de l'accueil : questions fréquentes, qui contacter."
Identite = tuple[str, str, str]


class Page(Ecran):
    """A screen with a title, a content of its own and a row of buttons, each named as its action."""

    TITRE: ClassVar = ""
    CONSIGNE: ClassVar = ""
    AIDE: ClassVar = ""
    TOUCHES: ClassVar[tuple[tuple[str, str], ...]] = ()
    BINDINGS: ClassVar = [
        Binding("up", "app.focus_previous", "au-dessus", show=False),
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
    """

    identite: Identite | None = None
    poste_nomme = ""

    def compose(self) -> ComposeResult:
        yield Entete()
        yield Bandeau()
        yield from self.entre()
        with VerticalScroll(id="contenu", can_focus=False):
            yield from self.contenu()
        yield LigneAide()
        yield Boutons()
        yield Pied()

    def entre(self) -> ComposeResult:
        """What stands between the band and the content."""
        yield from ()

    def contenu(self) -> ComposeResult:
        """The content, which scrolls."""
        yield Widget()

    def boutons(self) -> tuple[Action, ...]:
        """The buttons as they are now."""
        return (Action("quitter", "Retour", "Éch", pleine=True),)

    async def on_mount(self) -> None:
        entete = self.query_one(Entete)
        entete.identite, entete.poste = self.identite, self.poste_nomme
        bandeau = self.query_one(Bandeau)
        bandeau.gauche, bandeau.droite = (self.TITRE, ""), (self.CONSIGNE, "", "")
        self.query_one(Pied).touches = self.TOUCHES
        self.dessiner_les_boutons()
        await self.preparer()

    async def preparer(self) -> None:
        """What a screen does once its frame is drawn."""

    def dessiner_les_boutons(self) -> None:
        self.query_one(Boutons).actions = self.boutons()

    def dessous(self, texte: str) -> None:
        """What lies below what is seen, at the right of the help line."""
        self.query_one(LigneAide).dessous(texte)

    def dire_les_fautes(self, fautes: tuple[Faute, ...]) -> None:
        """Faults without a place of their own, on the help line."""
        self.dire("Refusé", phrases(fautes), "erreur")

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.call_later(self.run_action, message.action)

    def on_suivant(self, message: Suivant) -> None:
        message.stop()
        self.passer_au_suivant()

    def passer_au_suivant(self) -> None:
        """What Entrée does in a field."""
        self.focus_next()

    def on_colle(self, message: Colle) -> None:
        message.stop()
        self.dire("Collage", message.phrase, "attention")

    def action_aide(self) -> None:
        """What this screen is for, and its keys; the frequent questions stand at the home."""
        titre = self.TITRE or "Aide"
        boutons = [(action.touche, action.libelle) for action in self.boutons() if action.active]
        self.app.push_screen(Aide(titre, f"{self.AIDE} {_AILLEURS}".strip(), (*self.TOUCHES, *boutons)))

    def action_quitter(self) -> None:
        self.app.pop_screen()


def phrases(fautes: tuple[Faute, ...]) -> str:
    """What is wrong and what to do, fault after fault."""
    return " ".join(f"{faute.message} {faute.remede}".rstrip() for faute in fautes)


class SansListe:
    """The sources of fields that have no list."""

    def libelles(self, champ: Champ) -> Sequence[str]:  # noqa: ARG002 - as every source
        return ()

    def chercher(self, champ: Champ, debut: str) -> tuple[int, Sequence[Proposition]]:  # noqa: ARG002 - as every source
        return 0, ()


def masquer(ligne: LigneChamp, *, masque: bool) -> None:
    """Show a password as dots, or as it is."""
    if isinstance(ligne.controle, ZoneTexte):
        ligne.controle.password = masque

"""A card of « Mes inscriptions »: session and number in the border, exam, state, what is most urgent (F022)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Blur, Click, Focus
from textual.message import Message
from textual.widget import Widget

from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.cadre import raccourcir


@dataclass(frozen=True, slots=True)
class ContenuCarte:
    """What a card shows: `genre` colours the state, `urgence` is the most urgent thing to do, `pressant` if at all."""

    id: str
    session: str
    numero: str
    examen: str
    etat: str
    genre: Genre
    detail: str
    urgence: str
    lieu: str
    pressant: bool = False


class Carte(Widget, can_focus=True):
    """One card, five rows; Entrée or a click opens it."""

    class Ouverte(Message):
        """The person opened it."""

        def __init__(self, carte: str) -> None:
            super().__init__()
            self.carte = carte

    class Visitee(Message):
        """It took the focus."""

        def __init__(self, contenu: ContenuCarte) -> None:
            super().__init__()
            self.contenu = contenu

    BINDINGS: ClassVar = [Binding("enter,space", "ouvrir", "ouvrir", show=False)]
    DEFAULT_CSS = """
    Carte { height: 5; border: solid $filet; padding: 0 1; color: $texte; background: $fond;
        border-title-color: $titre; border-title-style: bold; border-subtitle-color: $texte;
        border-subtitle-style: bold; border-subtitle-align: right; }
    Carte:hover { background: $survol; }
    Carte:focus { border: double $champ-barre-focus; }
    """

    def __init__(self, contenu: ContenuCarte) -> None:
        super().__init__()
        self.contenu = contenu
        # Content, never a string: a string is read as markup.
        self.border_title = Content(contenu.session)
        self.border_subtitle = Content(contenu.numero)

    def render(self) -> RenderResult:
        carte = self.contenu
        repere = "► " if self.has_focus else "  "
        return Content("\n").join(
            (
                self._rangee((repere, carte.examen), "bold", (carte.etat, f"bold ${carte.genre}")),
                self._rangee(("  ", carte.detail), "", (carte.urgence, "$attention" if carte.pressant else "$discret")),
                self._rangee(("  ", carte.lieu), "$discret", ("", "")),
            )
        )

    def _rangee(self, gauche: tuple[str, str], style: str, droite: tuple[str, str]) -> Content:
        """Left cut with « … », right whole."""
        largeur = self.content_size.width
        debut, texte = gauche
        place = max(largeur - cell_len(debut) - cell_len(droite[0]) - 2, 0)
        texte = raccourcir(texte, place)
        vide = " " * max(largeur - cell_len(debut) - cell_len(texte) - cell_len(droite[0]), 0)
        return Content.assemble((debut, "bold $titre"), (texte, style), vide, droite)

    def action_ouvrir(self) -> None:
        self.post_message(self.Ouverte(self.contenu.id))

    def on_click(self, _: Click) -> None:
        self.focus()
        self.action_ouvrir()

    def on_focus(self, _: Focus) -> None:
        self.refresh()
        self.post_message(self.Visitee(self.contenu))

    def on_blur(self, _: Blur) -> None:
        self.refresh()

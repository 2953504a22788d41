"""A card of « Mes inscriptions »: session and number in the border, exam, state, the most urgent thing to do (F022)."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content

from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable


@dataclass(frozen=True, slots=True)
class ContenuCarte:
    """What a card shows: `genre` colours the state; `urgence` is the first thing to do, urgent if `pressant`."""

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


class Carte(LigneOuvrable):
    """A card, five rows high."""

    DEFAULT_CSS = """
    Carte { height: 5; border: solid $filet; padding: 0 1; background: $fond;
        border-title-color: $titre; border-title-style: bold; border-subtitle-color: $texte;
        border-subtitle-style: bold; border-subtitle-align: right; }
    Carte:focus { border: double $champ-barre-focus; }
    """

    def __init__(self, contenu: ContenuCarte, dit: tuple[str, str]) -> None:
        super().__init__(dit=dit)
        self.contenu = contenu
        # Content, never a string: a string is read as markup.
        self.border_title = Content(contenu.session)
        self.border_subtitle = Content(contenu.numero)

    def render(self) -> RenderResult:
        carte = self.contenu
        return Content("\n").join(
            (
                self._rangee((f"{self.repere} ", carte.examen), "bold", (carte.etat, f"bold ${carte.genre}")),
                self._rangee(("  ", carte.detail), "", (carte.urgence, "$attention" if carte.pressant else "$discret")),
                self._rangee(("  ", carte.lieu), "$discret", ("", "")),
            )
        )

    def _rangee(self, gauche: tuple[str, str], style: str, droite: tuple[str, str]) -> Content:
        """A row of the card: the left text is cut with « … » if needed, the right one never."""
        largeur = self.content_size.width
        debut, texte = gauche
        place = max(largeur - cell_len(debut) - cell_len(droite[0]) - 2, 0)
        texte = raccourcir(texte, place)
        vide = " " * max(largeur - cell_len(debut) - cell_len(texte) - cell_len(droite[0]), 0)
        return Content.assemble((debut, "bold $titre"), (texte, style), vide, droite)

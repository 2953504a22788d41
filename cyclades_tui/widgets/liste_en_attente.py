"""The queue on the control screen, drawn line by line: one row for each piece read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cyclades_tui.domaine.statuts import Couleur
from cyclades_tui.widgets.cadre import raccourcir

_NOM, _SIGLE = 15, 9  # cells of the two columns, if the queue is a pane
_LARGE = 60  # cells from which there is room for more columns
_NOM_LARGE, _NUMERO = 32, 14
_REPERE = "►"


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row of the queue; `signe` tells the decision, in the colour of `genre`, and is blank before it."""

    cle: int
    nom: str
    prenoms: str
    sigle: str
    numero: str
    attend: str
    signe: str = " "
    genre: Couleur | Literal[""] = ""

    def court(self, largeur: int) -> str:
        """The name in `largeur` cells: in full, else with an initial, else cut."""
        entier = f"{self.nom} {self.prenoms}"
        initiale = f"{self.nom} {self.prenoms[:1]}."
        return next(
            (texte for texte in (entier, initiale) if cell_len(texte) <= largeur), raccourcir(self.nom, largeur)
        )


class ListeEnAttente(Widget, can_focus=True):
    """The rows of a queue, of which `marquee` is the piece shown, always in view; a click or a key asks for another."""

    class Voulue(Message):
        """Posted when the person asks for the row with this rank."""

        def __init__(self, rang: int) -> None:
            super().__init__()
            self.rang = rang

    BINDINGS: ClassVar = [
        Binding("up", "aller(-1)", "pièce d'avant", show=False),
        Binding("down", "aller(1)", "pièce d'après", show=False),
        Binding("pageup", "page(-1)", "page d'avant", show=False),
        Binding("pagedown", "page(1)", "page d'après", show=False),
        Binding("home,ctrl+a", "extreme(-1)", "première", show=False),
        Binding("end,ctrl+e", "extreme(1)", "dernière lue", show=False),
    ]
    COMPONENT_CLASSES: ClassVar = {
        "file--piece",
        "file--marquee",
        "file--sigle",
        *(f"file--{couleur}" for couleur in get_args(Couleur)),
    }
    DEFAULT_CSS = """
    ListeEnAttente { width: 1fr; height: 1fr; background: $fond; color: $texte; }
    ListeEnAttente > .file--piece { color: $texte; background: $fond; }
    ListeEnAttente > .file--marquee { color: $choix-texte; background: $choix; }
    ListeEnAttente > .file--sigle { color: $discret; background: $fond; }
    """ + "".join(
        f"ListeEnAttente > .file--{couleur} {{ color: ${couleur}; background: $fond; }}\n"
        for couleur in get_args(Couleur)
    )

    def __init__(self) -> None:
        super().__init__()
        self._rangees: Sequence[Rangee] = ()
        self.marquee = -1
        self._lues = 0  # how many rows there were when last drawn
        self._premiere = 0  # the first visible row

    def montrer(self, rangees: Sequence[Rangee], marquee: int) -> None:
        """Show these rows with one marked; only rows that changed are drawn again."""
        avant = (id(self._rangees), self._lues, self._premiere)
        changees = {self.marquee, self.marquee - 1, marquee}  # a decision changes the row that was just left
        self._rangees, self.marquee = rangees, marquee
        self._garder_en_vue()
        self._lues = len(rangees)
        if avant != (id(rangees), self._lues, self._premiere):
            self.refresh()
        else:
            for rang in changees:
                self.refresh(Region(0, rang - self._premiere, self.size.width, 1))

    def on_resize(self) -> None:
        self._garder_en_vue()

    def _garder_en_vue(self) -> None:
        """Scroll so that the marked row and one row on each side are visible."""
        hauteur = max(self.size.height, 1)
        contexte = min(1, (hauteur - 1) // 2)
        plus_bas = max(self.marquee - contexte, 0)
        plus_haut = self.marquee + contexte - hauteur + 1
        self._premiere = self._borner(min(max(self._premiere, plus_haut), plus_bas))

    def _borner(self, premiere: int) -> int:
        return min(max(premiere, 0), max(len(self._rangees) - self.size.height, 0))

    def render_line(self, y: int) -> Strip:
        rang = self._premiere + y
        largeur = self.size.width
        fond = self.get_component_rich_style("file--piece")
        if rang >= len(self._rangees):
            return Strip.blank(largeur, fond)
        rangee = self._rangees[rang]
        marquee = rang == self.marquee
        signe = _REPERE if marquee else rangee.signe
        style = {
            nom: self.get_component_rich_style("file--marquee" if marquee else f"file--{nom}")
            for nom in ("piece", "sigle", rangee.genre or "piece")
        }
        segments = [Segment(f" {signe} ", style[rangee.genre or "piece"])]
        segments += [Segment(texte, style[nom]) for texte, nom in _colonnes(rangee, largeur - 3)]
        return Strip(segments).adjust_cell_length(largeur, style["piece"])

    def _demander(self, rang: int) -> None:
        if self._rangees:
            self.post_message(self.Voulue(min(max(rang, 0), len(self._rangees) - 1)))

    def action_aller(self, pas: int) -> None:
        self._demander(self.marquee + pas)

    def action_page(self, sens: int) -> None:
        self._demander(self.marquee + sens * max(self.size.height - 1, 1))

    def action_extreme(self, sens: int) -> None:
        self._demander(0 if sens < 0 else len(self._rangees) - 1)

    def on_click(self, event: Click) -> None:
        self.focus()
        if self._premiere + event.y < len(self._rangees):
            self._demander(self._premiere + event.y)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._defiler(event, 3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._defiler(event, -3)

    def _defiler(self, event: MouseScrollDown | MouseScrollUp, pas: int) -> None:
        event.stop()
        self._premiere = self._borner(self._premiere + pas)
        self.refresh()


def _colonnes(rangee: Rangee, largeur: int) -> list[tuple[str, str]]:
    """The texts of a row with their styles."""
    if largeur < _LARGE:
        nom = max(largeur - _SIGLE, _NOM)
        return [(set_cell_size(rangee.court(nom - 1), nom), "piece"), (set_cell_size(rangee.sigle, _SIGLE), "sigle")]
    return [
        (set_cell_size(rangee.court(_NOM_LARGE), _NOM_LARGE), "piece"),
        (set_cell_size(rangee.numero, _NUMERO), "sigle"),
        (set_cell_size(rangee.sigle, _SIGLE + 4), "piece"),
        (rangee.attend, "sigle"),
    ]

"""The parts of the agent's pages: a row that opens something, a block to read, the title of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

Dessin = Callable[[int], Content]


class TitreDeListe(Widget):
    """The name of a list, a note at the right, and a rule if there is room."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    TitreDeListe { height: 1; }
    .-haut TitreDeListe { height: 2; }
    """

    def __init__(self, titre: str, remarque: str = "") -> None:
        super().__init__()
        self.titre = titre
        self.remarque = remarque

    def remarquer(self, remarque: str) -> None:
        self.remarque = remarque
        self.refresh()

    def render(self) -> RenderResult:
        return Content("\n").join(_tete(self.titre, self.remarque, self.size.width)[: self.size.height])


def _tete(titre: str, remarque: str, largeur: int) -> tuple[Content, Content]:
    vide = " " * max(largeur - cell_len(titre) - cell_len(remarque), 1)
    mots = Content.assemble((titre, "bold $titre"), vide, (remarque, "$discret"))
    return mots, Content.styled("─" * largeur, "$filet")


class Rang(LigneOuvrable):
    """A row of the agent's lists; `genre` and `cle` identify what it opens."""

    DEFAULT_CSS = """
    Rang { background: $fond; }
    Rang:focus { background: $choix; color: $choix-texte; text-style: bold; }
    """

    def __init__(self, genre: str, cle: str, dessin: Dessin, dit: tuple[str, str]) -> None:
        super().__init__(nom=f"{genre}-{cle}", dit=dit)
        self.genre = genre
        self.cle = cle
        self._dessin = dessin

    def render(self) -> RenderResult:
        dessin = self._dessin(max(self.size.width - 2, 10))
        # In focus only one colour: those of the states are chosen for an unfocused row.
        return Content(f"► {dessin.plain}") if self.has_focus else Content.assemble("  ", dessin)


class Colonnes(Widget):
    """The names of the columns, above the rows."""

    DEFAULT_CSS = """
    Colonnes { height: 1; color: $discret; }
    """

    def __init__(self, dessin: Dessin) -> None:
        super().__init__()
        self._dessin = dessin

    def render(self) -> RenderResult:
        return Content.assemble("  ", self._dessin(max(self.size.width - 2, 10)))


class Panneau(Widget, can_focus=True):
    """A titled block to read; it takes the focus so that the keyboard can scroll to it."""

    DEFAULT_CSS = """
    Panneau { height: auto; margin: 0 0 1 0; padding: 0; }
    Panneau:focus { background: $champ-focus; }
    """

    def __init__(self, nom: str, titre: str, remarque: str = "") -> None:
        super().__init__(id=nom)
        self.titre = titre
        self._remarque = remarque
        self._lignes: Sequence[Dessin] = ()

    def montrer(self, lignes: Sequence[Dessin]) -> None:
        self._lignes = tuple(lignes)
        self.display = bool(lignes)
        self.refresh(layout=True)

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lignes) + self._rangs_de_tete

    @property
    def _rangs_de_tete(self) -> int:
        return 2 if self.screen.has_class("-haut") else 1

    def render(self) -> RenderResult:
        largeur = self.size.width
        tete = _tete(f"► {self.titre}" if self.has_focus else self.titre, self._remarque, largeur)[
            : self._rangs_de_tete
        ]
        return Content("\n").join([*tete, *(dessin(largeur) for dessin in self._lignes)])

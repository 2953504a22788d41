"""The entries of a menu, large or on one row, and links in a text."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from typing_extensions import override

from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

COLONNE_NOTE = 42  # the column of the note in a one-row entry


@dataclass(frozen=True, slots=True)
class Entree:
    """An entry of a menu: its digit, its name, a short note; not `active` if it is not available yet.

    `explication` is a help that says more than the note.
    """

    cible: str
    chiffre: str
    titre: str
    note: str
    active: bool = True
    explication: str = ""


class LigneEntree(LigneOuvrable):
    """A menu entry on one row."""

    DEFAULT_CSS = """
    LigneEntree { color: $titre; }
    LigneEntree:focus { background: $champ-focus; color: $champ-texte; }
    LigneEntree.-inactif, LigneEntree.-inactif:hover { color: $discret; background: $fond; }
    """

    def __init__(self, entree: Entree) -> None:
        super().__init__(nom=f"vers-{entree.cible}", active=entree.active)
        self.cible = entree.cible
        self.entree = entree

    def render(self) -> RenderResult:
        vide = " " * max(COLONNE_NOTE - 5 - len(self.entree.titre), 2)
        return Content.assemble(
            f"{self.repere} ",
            (self.entree.chiffre, "bold"),
            f"  {self.entree.titre}{vide}",
            (self.entree.note, "$discret"),
        )


class GrandeEntree(LigneOuvrable):
    """A menu entry on four rows, or two if there is little room; filled with colour while in focus."""

    DEFAULT_CSS = """
    GrandeEntree { height: 4; padding: 1 1; margin: 0 0 1 0; background: $action2; color: $action2-texte; }
    GrandeEntree:focus { background: $action; color: $action-texte; }
    """

    def __init__(self, entree: Entree, dit: tuple[str, str] = ("", "")) -> None:
        super().__init__(nom=f"vers-{entree.cible}", active=entree.active, dit=dit)
        self.cible = entree.cible
        self.entree = entree

    def render(self) -> RenderResult:
        return Content.assemble(
            f"{self.repere} ",
            (self.entree.chiffre, "bold"),
            "  ",
            (self.entree.titre, "bold"),
            f"\n     {self.entree.note}",
        )


class Lien(LigneOuvrable):
    """An underlined text that opens a page or does something small; in focus it moves to make room for its sign."""

    DEFAULT_CSS = """
    Lien { width: auto; color: $lien; text-style: underline; margin: 0 1 0 0; }
    Lien:focus { background: $action-focus; color: $action-focus-texte; }
    """

    def __init__(self, cible: str, libelle: str) -> None:
        super().__init__(nom=f"vers-{cible}")
        self.cible = cible
        self.libelle = libelle

    def render(self) -> RenderResult:
        return Content(f"{self.repere.strip()}{self.libelle}")

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        return 1 + cell_len(self.libelle)


Chemin = LigneEntree | GrandeEntree | Lien  # `cible` names the place that it leads to

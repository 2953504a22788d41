"""What opens something: the entries of a menu, large or on one row, and links in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Blur, Click, Focus
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

COLONNE_NOTE = 42  # where the note of a one-row entry begins


class Choisie(Message):
    """The person chose an entry or a link; `cible` is its name."""

    def __init__(self, cible: str) -> None:
        super().__init__()
        self.cible = cible


class _Choix(Widget, can_focus=True):
    """Entrée, Espace or a click choose it."""

    BINDINGS: ClassVar = [Binding("enter,space", "choisir", "ouvrir", show=False)]

    def __init__(self, cible: str, *, actif: bool = True) -> None:
        super().__init__(id=f"vers-{cible}")
        self.cible = cible
        self.can_focus = actif
        self.set_class(not actif, "-inactif")

    def action_choisir(self) -> None:
        if self.can_focus:
            self.post_message(Choisie(self.cible))

    def on_click(self, _: Click) -> None:
        self.action_choisir()

    def on_focus(self, _: Focus) -> None:
        self.refresh()

    def on_blur(self, _: Blur) -> None:
        self.refresh()


@dataclass(frozen=True, slots=True)
class Entree:
    """An entry of a menu: its digit, what it opens, a few words about it; not `active` when it comes later."""

    cible: str
    chiffre: str
    titre: str
    note: str
    active: bool = True


class LigneEntree(_Choix):
    """An entry on one row."""

    DEFAULT_CSS = """
    LigneEntree { height: 1; color: $titre; }
    LigneEntree:hover { background: $survol; }
    LigneEntree:focus { background: $champ-focus; color: $champ-texte; }
    LigneEntree.-inactif, LigneEntree.-inactif:hover { color: $discret; background: $fond; }
    """

    def __init__(self, entree: Entree) -> None:
        super().__init__(entree.cible, actif=entree.active)
        self.entree = entree

    def render(self) -> RenderResult:
        repere = "►" if self.has_focus else " "
        vide = " " * max(COLONNE_NOTE - 5 - len(self.entree.titre), 2)
        return Content.assemble(
            f"{repere} ", (self.entree.chiffre, "bold"), f"  {self.entree.titre}{vide}", (self.entree.note, "$discret")
        )


class GrandeEntree(_Choix):
    """An entry of four rows, two where there is little room; the one in focus is filled."""

    DEFAULT_CSS = """
    GrandeEntree { height: 4; padding: 1 1; margin: 0 0 1 0; background: $action2; color: $action2-texte; }
    GrandeEntree:hover { background: $survol; }
    GrandeEntree:focus { background: $action; color: $action-texte; }
    """

    def __init__(self, entree: Entree) -> None:
        super().__init__(entree.cible, actif=entree.active)
        self.entree = entree

    def render(self) -> RenderResult:
        repere = "►" if self.has_focus else " "
        return Content.assemble(
            f"{repere} ",
            (self.entree.chiffre, "bold"),
            "  ",
            (self.entree.titre, "bold"),
            f"\n     {self.entree.note}",
        )


class Lien(_Choix):
    """An underlined text that opens a page or does a small thing."""

    DEFAULT_CSS = """
    Lien { width: auto; height: 1; color: $lien; text-style: underline; margin: 0 2 0 0; }
    Lien:hover { background: $survol; }
    Lien:focus { background: $action-focus; color: $action-focus-texte; }
    """

    def __init__(self, cible: str, libelle: str) -> None:
        super().__init__(cible)
        self.libelle = libelle

    def render(self) -> RenderResult:
        return Content(self.libelle)

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        return cell_len(self.libelle)

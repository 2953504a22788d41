"""F5, on both faces: the entries of a table; those that the user may not open are greyed, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from cyclades_tui.widgets.entrees import Entree, LigneEntree
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_Hote_contra = TypeVar("_Hote_contra", contravariant=True)
_H = TypeVar("_H")


def jamais(_: object) -> str:
    """No refusal: for an entry open to everybody."""
    return ""


@dataclass(frozen=True, slots=True)
class EntreeDeMenu(Generic[_Hote_contra]):
    """An entry of a face's menu.

    `ouvrir` opens it on the host, the screen or application that shows the menu. `refus` says why this host may not,
    and is shown in place of the note; empty if he may. `quitte`: whether the page over which the menu opened is left.
    """

    cible: str
    chiffre: str
    titre: str
    note: str
    ouvrir: Callable[[_Hote_contra], object]
    refus: Callable[[_Hote_contra], str] = jamais
    quitte: bool = True

    def vue_de(self, hote: _Hote_contra) -> Entree:
        """The entry as this host sees it."""
        refus = self.refus(hote)
        return Entree(self.cible, self.chiffre, self.titre, refus or self.note, active=not refus)


def sans_attendre(suite: Callable[[], object]) -> None:
    """Go on at once."""
    suite()


def montrer_le_menu(
    app: App[Any],
    entrees: Sequence[EntreeDeMenu[_H]],
    hote: _H,
    avant: Callable[[Callable[[], object]], object] = sans_attendre,
) -> None:
    """Show the entries, then open the one chosen; for one that leaves the page, `avant` is given this to do."""
    par_cible = {entree.cible: entree for entree in entrees}

    def suivre(cible: str | None) -> None:
        if cible:
            choisie = par_cible[cible]
            (avant if choisie.quitte else sans_attendre)(partial(choisie.ouvrir, hote))

    app.push_screen(Menu([entree.vue_de(hote) for entree in entrees]), suivre)


class Menu(ModalScreen[str]):
    """Returns the entry chosen, an empty text for Échap."""

    BINDINGS: ClassVar = [
        Binding("escape,f5,ctrl+b", "fermer", "fermer", show=False),
        Binding("up", "app.monter", "au-dessus", show=False),
        Binding("down", "app.focus_next", "en dessous", show=False),
        *(Binding(chiffre, f"choisir('{chiffre}')", "ouvrir", show=False) for chiffre in "1234567890"),
    ]
    DEFAULT_CSS = """
    Menu { align: center middle; background: $fond 50%; }
    Menu > Vertical { width: 72; height: auto; border: heavy $champ-barre-focus; background: $fond; padding: 0 1; }
    Menu .titre { color: $titre; text-style: bold; height: 2; }
    Menu .discret { color: $discret; height: 1; margin: 1 0 0 0; }
    """

    def __init__(self, entrees: Sequence[Entree]) -> None:
        super().__init__()
        self._entrees = tuple(entrees)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("Menu", classes="titre", markup=False)
            for entree in self._entrees:
                yield LigneEntree(entree)
            yield Static("Entrée ouvre. Échap ferme ce menu.", classes="discret", markup=False)

    def on_ligne_ouvrable_ouverte(self, message: LigneOuvrable.Ouverte) -> None:
        message.stop()
        if isinstance(message.ligne, LigneEntree):
            self.dismiss(message.ligne.cible)

    def action_choisir(self, chiffre: str) -> None:
        for entree in self._entrees:
            if entree.chiffre == chiffre and entree.active:
                self.dismiss(entree.cible)

    def action_fermer(self) -> None:
        self.dismiss("")

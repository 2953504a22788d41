"""F12: the look of the screens, which their reader can change at once (ecrans.md §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable


@dataclass(frozen=True, slots=True)
class GroupeDeChoix:
    """Something to choose: its name, its title, the possible values with labels, the current value."""

    nom: str
    titre: str
    choix: tuple[tuple[str, str], ...]
    valeur: str


class LigneChoix(LigneOuvrable):
    """A value of a group; opening the row chooses it."""

    DEFAULT_CSS = """
    LigneChoix:focus { background: $champ-focus; color: $champ-texte; text-style: bold; }
    """

    pris = reactive(False)

    def __init__(self, groupe: str, valeur: str, libelle: str, *, pris: bool) -> None:
        super().__init__()
        self.groupe = groupe
        self.valeur = valeur
        self._libelle = libelle
        self.set_reactive(LigneChoix.pris, pris)

    def render(self) -> RenderResult:
        return Content(f"{self.repere} ({'•' if self.pris else ' '}) {self._libelle}")


class EcranAffichage(ModalScreen[None]):
    """Posts `Demande` for each choice, which the application then applies."""

    class Demande(Message):
        """Posted when a value of a group is chosen."""

        def __init__(self, groupe: str, valeur: str) -> None:
            super().__init__()
            self.groupe = groupe
            self.valeur = valeur

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss", "fermer", show=False),
        Binding("up", "app.focus_previous", "au-dessus", show=False),
        Binding("down", "app.focus_next", "en dessous", show=False),
    ]
    DEFAULT_CSS = """
    EcranAffichage { align: center middle; background: $fond 50%; }
    EcranAffichage > Vertical { width: 48; height: auto; border: heavy $champ-barre-focus; background: $fond;
        color: $texte; padding: 0 2; }
    EcranAffichage .titre { color: $titre; text-style: bold; height: 1; }
    EcranAffichage .discret { color: $discret; height: auto; margin: 1 0 0 0; }
    EcranAffichage .groupe { margin: 1 0 0 0; color: $discret; height: 1; }
    """

    def __init__(self, groupes: Sequence[GroupeDeChoix]) -> None:
        super().__init__()
        self._groupes = tuple(groupes)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("Affichage", classes="titre", markup=False)
            for groupe in self._groupes:
                yield Static(groupe.titre, classes="groupe", markup=False)
                for valeur, libelle in groupe.choix:
                    yield LigneChoix(groupe.nom, valeur, libelle, pris=valeur == groupe.valeur)
            yield Static("Espace choisit. Échap ou F12 ferme.", classes="discret", markup=False)

    def on_mount(self) -> None:
        next(choix for choix in self.query(LigneChoix) if choix.pris).focus()

    def on_ligne_ouvrable_ouverte(self, message: LigneOuvrable.Ouverte) -> None:
        message.stop()
        pris = message.ligne
        if not isinstance(pris, LigneChoix):
            return
        for choix in self.query(LigneChoix):
            if choix.groupe == pris.groupe:
                choix.pris = choix is pris
        self.post_message(self.Demande(pris.groupe, pris.valeur))

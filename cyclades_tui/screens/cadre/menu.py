"""F5: the entries of who is logged in, the guides' for a candidate; what comes later is greyed (F014-F017)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from cyclades_tui.screens.cadre.navigation import Lieu
from cyclades_tui.widgets.dialogue import AZERTY
from cyclades_tui.widgets.entrees import Entree, LigneEntree
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

DECONNEXION, DOCUMENTS, JUSTIFICATIFS, MESSAGES = "deconnexion", "documents", "justificatifs", "messages"
_PAS_ENCORE = "pas encore sur cette borne"
ENTREES = (
    Entree(Lieu.INSCRIPTIONS, "1", "Mes inscriptions", ""),
    Entree(Lieu.INSCRIRE, "2", "M'inscrire", ""),
    Entree(DOCUMENTS, "3", "Mes documents", "par candidature"),
    Entree(JUSTIFICATIFS, "4", "Mes justificatifs", "par candidature"),
    Entree("notes", "5", "Mes notes", _PAS_ENCORE, active=False),
    Entree(MESSAGES, "6", "Consulter mes messages", ""),
    Entree("compte", "7", "Modifier mon compte", _PAS_ENCORE, active=False),
    Entree(Lieu.SERVICES, "8", "Ouverture des services", "les dates, par académie"),
    Entree(Lieu.AIDE, "9", "Besoin d'aide ?", ""),
    Entree(DECONNEXION, "0", "DÉCONNEXION", ""),
)


class Menu(ModalScreen[str]):
    """Gives the entry chosen, an empty text with Échap."""

    BINDINGS: ClassVar = [
        Binding("escape,f5,ctrl+b", "fermer", "fermer", show=False),
        Binding("up", "app.focus_previous", "au-dessus", show=False),
        Binding("down", "app.focus_next", "en dessous", show=False),
        *(
            Binding(f"{chiffre},{azerty}", f"choisir('{chiffre}')", "ouvrir", show=False)
            for chiffre, azerty in zip("1234567890", AZERTY, strict=True)
        ),
    ]
    DEFAULT_CSS = """
    Menu { align: center middle; background: $fond; }
    Menu > Vertical { width: 72; height: auto; border: heavy $champ-barre-focus; background: $fond; padding: 0 1; }
    Menu .titre { color: $titre; text-style: bold; height: 2; }
    Menu .discret { color: $discret; height: 1; margin: 1 0 0 0; }
    """

    def __init__(self, entrees: Sequence[Entree] = ENTREES) -> None:
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

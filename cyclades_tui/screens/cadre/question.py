"""A question before an acte on a dossier: a few fields, and the refusal in the same place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.page import SansListe, phrases
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bouton
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.saisie import Suivant

Saisie = Mapping[str, str]


class Question(ModalScreen[bool]):
    """Runs `faire` in a thread with the texts by field id; returns True once it is done, False if given up.

    `page` is the screen below, which runs the thread. With `sans_retour`, Entrée in a field does not start it.
    """

    BINDINGS: ClassVar = [
        Binding("escape", "annuler", "annuler", show=False),
        Binding("up", "app.monter", "précédent", show=False),
        Binding("down", "app.focus_next", "suivant", show=False),
        Binding("f8,ctrl+n", "confirmer", "confirmer", show=False),
    ]
    DEFAULT_CSS = """
    Question { align: center middle; background: $fond 50%; }
    Question > Vertical { width: 78; height: auto; max-height: 22; border: heavy $champ-barre-focus; background: $fond;
        color: $texte; padding: 0 1; }
    Question .titre { color: $titre; text-style: bold; height: auto; margin: 0 0 1 1; }
    Question .texte { height: auto; margin: 0 1 1 1; }
    Question .boutons { height: 1; margin: 1 0 0 1; }
    Question #refus { margin: 1 1 0 1; }
    """
    AUTO_FOCUS = "ZoneTexte"

    def __init__(
        self,
        page: Ecran,
        titre: str,
        texte: str,
        champs: Sequence[tuple[Champ, str]],
        verbe: str,
        faire: Callable[[Saisie], object],
        *,
        sans_retour: bool = False,
    ) -> None:
        super().__init__()
        self._page = page
        self._titre = titre
        self._texte = texte
        self._champs = tuple(champs)
        self._verbe = verbe
        self._faire = faire
        self._sans_retour = sans_retour
        self._en_cours = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._titre, classes="titre", markup=False)
            yield Static(self._texte, classes="texte", markup=False)
            for champ, valeur in self._champs:
                yield LigneChamp(champ, valeur, SansListe())
            yield Bloc(nom="refus")
            with Horizontal(classes="boutons"):
                yield Bouton(Action("annuler", "Annuler", "Éch"), avec_touche=True)
                yield Bouton(Action("confirmer", self._verbe, "F8", pleine=True), avec_touche=True)

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        if message.action == "annuler":
            self.action_annuler()
        else:
            self.action_confirmer()

    def on_suivant(self, message: Suivant) -> None:
        message.stop()
        self.focus_next()

    def on_ligne_champ_termine(self, message: LigneChamp.Termine) -> None:
        """Entrée in the last field runs the acte, or goes to « Annuler »."""
        message.stop()
        if not self._sans_retour and self.query(LigneChamp).last().zone.has_focus:
            self.action_confirmer()
        else:
            self.focus_next()

    def action_confirmer(self) -> None:
        if self._en_cours:
            return
        self._en_cours = True
        saisie = {ligne.champ.id: ligne.valeur for ligne in self.query(LigneChamp)}
        self._page.lancer(partial(self._faire, saisie), lambda _: self.dismiss(True), self._refuser)

    def _refuser(self, fautes: tuple[Faute, ...]) -> None:
        self._en_cours = False
        if self.is_attached:
            self.query_one("#refus", Bloc).dire(phrases(fautes), "erreur")

    def action_annuler(self) -> None:
        if not self._en_cours:
            self.dismiss(False)

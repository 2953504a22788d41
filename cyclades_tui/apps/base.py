"""What both faces share: drawing in this terminal, breakpoints, keys that Textual must not use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import rich._wrap
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import LineFilter
from typing_extensions import override

from cyclades_tui.apps.glyphes import JEUX, SignesDuTerminal
from cyclades_tui.apps.rendu import ENTIER, SEIZE_COULEURS, Rendu
from cyclades_tui.apps.surete import SansCommande
from cyclades_tui.apps.themes import CLAIR, SEIZE, themes
from cyclades_tui.domaine.affichage import COCHE, SIGNES, ThemeDEcran
from cyclades_tui.domaine.typographie import MOT
from cyclades_tui.screens.cadre.base import Ecran, Probleme, couvrir, trop_petite
from cyclades_tui.screens.cadre.frappe import Frappe
from cyclades_tui.widgets.focus import monter
from cyclades_tui.widgets.touches import equivalentes

if TYPE_CHECKING:
    from cyclades_tui.screens.cadre.affichage import EcranAffichage

rich._wrap.re_word = MOT  # what Textual breaks lines by (docs/textual.md §4)


class AppCyclades(App[None], inherit_bindings=False):
    """Base of our applications: no palette, no animation, no blinking, and no key of Textual's that quits."""

    TITLE = "Cyclades"
    ENABLE_COMMAND_PALETTE = False
    TOUCHES_A_PART = False
    """Whether screens tell keys in a row of their own, below the buttons, and not on the help line."""
    # Textual declares these two as instance variables.
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] = [(0, "-etroit"), (120, "-large")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] = [(0, "-bas"), (30, "-haut")]  # noqa: RUF012
    CSS = """
    .-sans-marque Entete { padding: 0 1; }
    .-sans-marque Entete > #marque { display: none; }
    .-formation Entete > #formation { display: block; }
    """
    BINDINGS: ClassVar = [
        Binding("tab", "app.focus_next", "champ suivant", show=False),
        Binding("shift+tab", "app.focus_previous", "champ précédent", show=False),
        Binding("ctrl+c", "dire_comment_quitter", "copier", show=False),
        # Before any screen: a person who cannot read a dialog needs it most.
        Binding("f12,ctrl+y", "affichage", "affichage", show=False, priority=True),
    ]

    def __init__(self, theme: str = CLAIR, rendu: Rendu = ENTIER) -> None:
        voulu = theme if rendu.couleurs > SEIZE_COULEURS else SEIZE
        # Textual decides here, for good if there is no colour, whether colours are the terminal's own.
        super().__init__(css_path=Path(__file__).with_name("seize.tcss"), ansi_color=voulu == SEIZE)
        self.animation_level = "none"
        self.frappe = Frappe(self)
        self._surete = SansCommande()
        self._signes = SignesDuTerminal(rendu.signes)
        self.set_class(not rendu.marque, "-sans-marque")
        self._themes = {un.name: un for un in themes(rendu.couleurs)}
        for un in self._themes.values():
            self.register_theme(un)
        self.theme = voulu

    @override
    def get_driver_class(self) -> type[Driver]:
        propose = super().get_driver_class()
        if propose.__name__ != "LinuxDriver":  # the driver of a test or of a web page
            return propose
        from cyclades_tui.apps.clavier import TerminalTolerant

        return TerminalTolerant

    def action_dire_comment_quitter(self) -> None:
        """Ctrl+C never quits: in a field it copies, elsewhere it says how to leave."""
        if isinstance(self.screen, Ecran):
            self.screen.dire("Pour quitter", "Échap")

    def action_monter(self) -> None:
        monter(self.screen)

    # How it looks

    def get_line_filters(self) -> Sequence[LineFilter]:
        filtres, jeu = [*super().get_line_filters(), self._surete], self._signes.jeu
        # A terminal of 16 colours has no more signs than those of its time.
        tels_quels = jeu not in JEUX or (jeu == COCHE and self.theme == SEIZE)
        return filtres if tels_quels else [*filtres, self._signes]

    def action_affichage(self) -> None:
        """Open the choice of theme and signs above any screen, or close it."""
        from cyclades_tui.screens.cadre.affichage import EcranAffichage, GroupeDeChoix

        if isinstance(self.screen, EcranAffichage):
            self.screen.dismiss()
            return
        propres = self.screen.groupes_d_affichage() if isinstance(self.screen, Ecran) else ()
        connus = tuple((un.nom, un.libelle) for un in ThemeDEcran if un.nom in self._themes)
        self.push_screen(
            EcranAffichage(
                (
                    GroupeDeChoix("theme", "Couleurs", connus, self.theme),
                    GroupeDeChoix("signes", "Signes", tuple(SIGNES.items()), self._signes.jeu),
                    *(GroupeDeChoix(*propre) for propre in propres),
                )
            )
        )

    def on_ecran_affichage_demande(self, message: EcranAffichage.Demande) -> None:
        if message.groupe == "theme":
            self.ansi_color = message.valeur == SEIZE
            self.theme = message.valeur
        elif message.groupe == "signes":
            self._signes.jeu = message.valeur
            for ecran in self.screen_stack:
                for widget in ecran.walk_children(with_self=True):
                    widget.refresh()
        else:
            for ecran in self.screen_stack:
                if isinstance(ecran, Ecran):
                    ecran.regler_l_affichage(message.groupe, message.valeur)

    # A window too small

    def on_resize(self, _: events.Resize) -> None:
        self.call_next(self._couvrir)  # after the size has changed

    def _couvrir(self) -> None:
        for ecran in self.screen_stack:
            couvrir(ecran)

    async def on_event(self, event: events.Event) -> None:
        """Ignore typing, pasting and clicks while the message that the window is too small covers everything."""
        if isinstance(event, events.InputEvent | events.Paste) and trop_petite(self):
            return
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            event.set_sender(self)  # one that a widget simulates would stop at that widget
            if not self.frappe.retient(event):
                await self.recevoir(event)
        else:
            await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """What is bound to a key answers to each of its names, the first that is bound (docs/textual.md §3)."""
        for touche in equivalentes(key):
            if await super()._check_bindings(touche, priority):
                return True
        return False

    async def recevoir(self, event: events.Key | events.Paste) -> None:
        """A key or a paste whose turn has come."""
        await super().on_event(event)

    # What nobody foresaw

    def on_probleme(self, message: Probleme) -> None:
        message.stop()
        self.surmonter(message.erreur)

    def surmonter(self, erreur: BaseException) -> None:
        """Handle an unexpected error behind a screen; a face that cannot continue lets it end the application."""
        raise erreur

"""What every screen has: actes run in a thread (decision 10), and a message if the window is too small."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

from textual.app import App, ComposeResult, RenderResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState
from typing_extensions import override

from cyclades_tui.domaine.avertissements import Recueil, recueillir
from cyclades_tui.domaine.erreurs import JOURNAL_DIFFERE, ErreurCyclades, Faute
from cyclades_tui.screens.cadre.avertissements import Avertissements
from cyclades_tui.screens.cadre.frappe import Frappe
from cyclades_tui.widgets.cadre import Boutons, LigneAide, Pied, Touches
from cyclades_tui.widgets.champ import LigneChamp

T = TypeVar("T")
COLONNES, LIGNES = 80, 24
_NON_GARDE = "Brouillon non gardé"
SURPRISE = Faute(
    "ecran.surprise",
    "",
    "Ceci n'a pas abouti : un problème imprévu est survenu.",
    "Vérifiez où vous en êtes, puis recommencez.",
)


@dataclass
class Probleme(Message):
    """Posted for an unexpected error behind a screen; the application shows it."""

    erreur: BaseException


@runtime_checkable
class AppAvertie(Protocol):
    """An application that knows whether lines of its journal wait for the disk."""

    du_disque: tuple[Faute, ...]

    def entendre_du_disque(self, dits: Recueil) -> None:
        """Take what the work of a screen says of the disk."""
        ...


class Ecran(Screen[None]):
    """A screen of either face."""

    A_UN_SCANNER: ClassVar = False
    """Whether a scanner may be read here, and in the questions above it, where no field has the focus (`Scanne`)."""
    TAPE_PARTOUT: ClassVar = False
    """Whether what is typed or scanned outside the fields of this screen goes into one of them."""
    _lectures = 0  # how many were started
    _avertis: Recueil | None = None  # what its readings set aside
    _panne: tuple[Faute, ...] = ()  # why what was typed here is not kept

    def on_screen_resume(self) -> None:
        couvrir(self)
        self.montrer_les_avertissements()

    def lancer(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run an acte in a thread, then call `suite` with its result or `echec` with its faults."""
        self.mener(asyncio.to_thread(acte), suite, echec)

    def lire(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run a reading for this screen, as `lancer` does; of two readings under way, only the last one counts.

        Threads may finish in another order than they started, and an older state would stay on the screen.
        """
        self._lectures += 1
        rang = self._lectures

        def si_la_derniere(montrer: Callable[[Any], object]) -> Callable[[Any], object]:
            return lambda lu: montrer(lu) if rang == self._lectures else None

        self.lancer(acte, si_la_derniere(suite), si_la_derniere(echec))

    def mener(
        self,
        travail: Coroutine[Any, Any, T],
        suite: Callable[[T], object],
        echec: Callable[[tuple[Faute, ...]], object],
    ) -> None:
        """The same for a coroutine.

        Any unexpected error, in the work or after it, becomes a `Probleme`.
        """
        self.run_worker(suivre(self.entendre(travail), suite, echec), exit_on_error=False)

    async def entendre(self, travail: Awaitable[T]) -> T:
        """Wait for work, and show what it says beside its result."""
        with recueillir() as dits:
            try:
                return await travail
            finally:
                self.avertir(dits)

    def avertir(self, dits: Recueil) -> None:
        """Show what the work of this screen says beside its result, until one leaves it."""
        if isinstance(self.app, AppAvertie):
            self.app.entendre_du_disque(dits)
        self._avertis = (self._avertis or {}) | {faute: None for faute in dits if faute.code != JOURNAL_DIFFERE}
        self.montrer_les_avertissements()

    def dire_la_panne(self, fautes: tuple[Faute, ...], ensuite: str = "") -> None:
        """Say, until it is said to be over (`ensuite`), why what was typed is not kept."""
        if fautes and not self._panne:
            self.dire(_NON_GARDE, " ".join(map(str, fautes)), "erreur")
        elif self._panne and ensuite:
            self.dire("Brouillon", ensuite, "succes")
        self._panne = fautes
        self.montrer_les_avertissements()

    def montrer_les_avertissements(self) -> None:
        """Show above the help line what this screen and its machine have to say now."""
        du_disque = self.app.du_disque if isinstance(self.app, AppAvertie) else ()
        fautes = (*self._panne, *du_disque, *(self._avertis or ()))
        poses = self.query_children(Avertissements)
        if poses:
            poses.first().montrer(fautes)
        elif fautes and self.is_mounted and (lignes := self.query_children(LigneAide)):
            bloc = Avertissements()
            bloc.montrer(fautes)
            self.mount(bloc, before=lignes.first())

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        if message.state is WorkerState.ERROR and message.worker.error is not None:
            self.post_message(Probleme(message.worker.error))

    @override
    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Focus a widget; one in the row of a field is scrolled to by its row, with its error, and not by Textual."""
        seul = widget is None or not any(isinstance(parent, LigneChamp) for parent in widget.ancestors)
        super().set_focus(widget, scroll_visible=scroll_visible and seul, from_app_focus=from_app_focus)

    def donner_le_focus(self, widget: Widget, *, en_vue: bool = True) -> None:
        """Focus a widget before the next frame, so that it gets the next key; scroll to it after the layout."""
        self.set_focus(widget, scroll_visible=False)
        if en_vue:
            self.call_after_refresh(self._montrer_le_focus, widget)

    def retenir_les_touches(self) -> None:
        """Hold keys back while widgets are replaced, until one has the focus again."""
        if self.app.screen is self:
            self.set_focus(None)

    @property
    def des_touches_attendent(self) -> bool:
        """Whether the person has pressed more than was done so far: what opens now would take those keys."""
        frappe = getattr(self.app, "frappe", None)
        return isinstance(frappe, Frappe) and frappe.attend

    def _montrer_le_focus(self, widget: Widget) -> None:
        if self.focused is widget:
            widget.scroll_visible(animate=False)

    def ceder(self, suite: Callable[[], object]) -> None:
        """Leave this screen, then go on; one that may be stayed on asks first."""
        self.app.pop_screen()
        suite()

    def groupes_d_affichage(self) -> tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]:
        """What F12 may change for this screen only: name, title, (value, label) pairs, current value."""
        return ()

    def regler_l_affichage(self, groupe: str, valeur: str) -> None:
        """Called when a choice of `groupes_d_affichage` was changed."""

    def bas(self, *boutons: Boutons, menu: bool = False) -> ComposeResult:
        """The last rows: the help line, the buttons, and a row of keys where the application has one (ecrans.md §2).

        `menu`: whether F5 opens one.
        """
        a_part = getattr(self.app, "TOUCHES_A_PART", False)
        yield LigneAide(() if a_part else (*((("F5", "menu"),) if menu else ()), ("F1", "aide")))
        yield from boutons
        if a_part:
            yield Pied()

    @property
    def pied(self) -> Touches:
        """Where keys are told: in a row of their own if there is one, else on the help line."""
        for rangee in self.query(Pied):
            return rangee
        return self.query_one(LigneAide)

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """Show a sentence on the help line, until a key causes another one."""
        for ligne in self.query(LigneAide):
            ligne.dire(nom, aide, genre)


async def suivre(
    travail: Awaitable[T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
) -> None:
    """Wait for work, then call `suite` with its result or `echec` with its faults.

    An unexpected error also calls `echec`, lest the screen wait for ever; it is raised again afterwards.
    """
    try:
        reponse = await travail
    except ErreurCyclades as erreur:
        echec(erreur.fautes)
    except Exception:
        echec((SURPRISE,))
        raise
    else:
        suite(reponse)


def trop_petite(app: App[Any]) -> bool:
    """Whether the window is below the minimum size of the screens."""
    return app.size.width < COLONNES or app.size.height < LIGNES


def couvrir(ecran: Screen[Any]) -> None:
    """Cover a screen with the message if the window is too small; remove it otherwise."""
    posees = ecran.query_children(TropPetit)
    if not trop_petite(ecran.app):
        posees.remove()
    elif posees:
        posees.first().refresh()
    else:
        ecran.mount(TropPetit())


class TropPetit(Widget):
    """The message over everything, with the current size; what it covers keeps its state (ecrans.md §2)."""

    DEFAULT_CSS = """
    TropPetit { overlay: screen; position: absolute; offset: 0 0; width: 100vw; height: 100vh;
        background: $fond; color: $texte; padding: 1 2; text-style: bold; }
    """

    def render(self) -> RenderResult:
        largeur, hauteur = self.app.size
        return Content(
            f"Agrandissez la fenêtre : il faut {COLONNES} colonnes et {LIGNES} lignes (ici {largeur} et {hauteur})."
        )

"""What every screen has: an acte run in a thread (decision 10), and a sentence where the window is too small."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from textual.app import App, RenderResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.widgets.cadre import LigneAide

T = TypeVar("T")
COLONNES, LIGNES = 80, 24
SURPRISE = Faute(
    "ecran.surprise",
    "",
    "Ceci n'a pas abouti : un problème imprévu est survenu.",
    "Vérifiez où vous en êtes, puis recommencez.",
)


@dataclass
class Probleme(Message):
    """Something that nobody foresaw happened behind a screen; the application says so."""

    erreur: BaseException


class Ecran(Screen[None]):
    """A screen of either face."""

    _lectures = 0  # those asked for so far

    def on_screen_resume(self) -> None:
        couvrir(self)

    def lancer(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run an acte in a thread, in its own unit of work; then `suite` with its answer or `echec` with its faults."""
        self.mener(asyncio.to_thread(acte), suite, echec)

    def lire(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run what this screen shows of the store as `lancer` does; of two readings under way the last one counts.

        Threads do not come back in the order they left: an older state would stay on the screen.
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
        """The same for work that already waits for a thread.

        Anything else that is raised, by the work or after it, becomes a `Probleme`.
        """
        self.run_worker(suivre(travail, suite, echec), exit_on_error=False)

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        if message.state is WorkerState.ERROR and message.worker.error is not None:
            self.post_message(Probleme(message.worker.error))

    def donner_le_focus(self, widget: Widget, *, en_vue: bool = True) -> None:
        """Before the next frame: the key of whoever sees the widget is for it; brought into view once laid out."""
        self.set_focus(widget, scroll_visible=False)
        if en_vue:
            self.call_after_refresh(self._montrer_le_focus, widget)

    def retenir_les_touches(self) -> None:
        """Before widgets are taken away to be made anew: a key waits behind, until one has the focus again."""
        if self.app.screen is self:
            self.set_focus(None)

    def _montrer_le_focus(self, widget: Widget) -> None:
        if self.focused is widget:
            widget.scroll_visible(animate=False)

    def groupes_d_affichage(self) -> tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]:
        """What F12 may change of this screen alone: name, title, (value, label) pairs, the value of now."""
        return ()

    def regler_l_affichage(self, groupe: str, valeur: str) -> None:
        """One of `groupes_d_affichage` was changed."""

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """Put a sentence on the help line; it stays until the next key that says something else."""
        for ligne in self.query(LigneAide):
            ligne.dire(nom, aide, genre)


async def suivre(
    travail: Awaitable[T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
) -> None:
    """Wait for work, then `suite` with its answer or `echec` with its faults.

    What nobody foresaw is a fault too, or a screen would wait for ever; it is raised again once it was told.
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
    """Whether the window is under the smallest size that the screens are made for."""
    return app.size.width < COLONNES or app.size.height < LIGNES


def couvrir(ecran: Screen[Any]) -> None:
    """Lay the sentence over a screen where the window is too small, take it away where it is not."""
    posees = ecran.query_children(TropPetit)
    if not trop_petite(ecran.app):
        posees.remove()
    elif posees:
        posees.first().refresh()
    else:
        ecran.mount(TropPetit())


class TropPetit(Widget):
    """The sentence over everything, with the size as it is now; what is under it keeps its state (ecrans.md §2)."""

    DEFAULT_CSS = """
    TropPetit { overlay: screen; position: absolute; offset: 0 0; width: 100vw; height: 100vh;
        background: $fond; color: $texte; padding: 1 2; text-style: bold; }
    """

    def render(self) -> RenderResult:
        largeur, hauteur = self.app.size
        return Content(
            f"Agrandissez la fenêtre : il faut {COLONNES} colonnes et {LIGNES} lignes (ici {largeur} et {hauteur})."
        )

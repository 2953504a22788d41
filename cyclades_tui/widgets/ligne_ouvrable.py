"""A row that takes the focus and opens: the base of lists, menus and links on every screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.events import Blur, Click, Focus
from textual.message import Message
from textual.widget import Widget


class LigneOuvrable(Widget, can_focus=True):
    """A row that opens with Entrée, Espace or a click; subclasses draw it.

    `dit` is the name and help that the help line shows while it has the focus. It can be seen but not opened if it is
    not `active`.
    """

    class Visitee(Message):
        """Posted when the row takes the focus."""

        def __init__(self, ligne: LigneOuvrable) -> None:
            super().__init__()
            self.ligne = ligne

    class Ouverte(Message):
        """Posted when the person opens the row."""

        def __init__(self, ligne: LigneOuvrable) -> None:
            super().__init__()
            self.ligne = ligne

    CLICS: ClassVar[int | None] = 1  # clicks needed to open it, None if only a key does; the first click focuses it
    BINDINGS: ClassVar = [Binding("enter,space", "ouvrir", "ouvrir", show=False)]
    DEFAULT_CSS = """
    LigneOuvrable { height: 1; color: $texte; }
    LigneOuvrable:hover { background: $survol; }
    """

    def __init__(self, *, nom: str | None = None, dit: tuple[str, str] = ("", ""), active: bool = True) -> None:
        super().__init__(id=nom)
        self.dit = dit
        self.can_focus = active
        self.set_class(not active, "-inactif")

    @property
    def repere(self) -> str:
        """The sign at the left: an arrow while it has the focus."""
        return "►" if self.has_focus else " "

    def action_ouvrir(self) -> None:
        if self.can_focus:
            self.post_message(self.Ouverte(self))

    def on_click(self, event: Click) -> None:
        if self.CLICS is not None and event.chain >= self.CLICS:
            self.action_ouvrir()

    def on_focus(self, _: Focus) -> None:
        self.refresh()
        self.post_message(self.Visitee(self))

    def on_blur(self, _: Blur) -> None:
        self.refresh()

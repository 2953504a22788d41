"""A few important lines with a bar, a glyph and their colour: information, success, attention, error."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

Genre = Literal["info", "succes", "attention", "erreur"]
GLYPHES: dict[Genre, str] = {"info": "i", "succes": "√", "attention": "!", "erreur": "×"}


class Bloc(Horizontal):
    """A block of text; while its text is empty it takes no room."""

    DEFAULT_CSS = """
    Bloc { height: auto; color: $texte; padding: 0 1; }
    Bloc > .glyphe { width: 2; text-style: bold; }
    Bloc > .texte { width: 1fr; height: auto; }
    Bloc.-info { border-left: outer $info; background: $info-fond; }
    Bloc.-info > .glyphe { color: $info; }
    Bloc.-succes { border-left: outer $succes; background: $succes-fond; }
    Bloc.-succes > .glyphe { color: $succes; }
    Bloc.-attention { border-left: outer $attention; background: $attention-fond; }
    Bloc.-attention > .glyphe { color: $attention; }
    Bloc.-erreur { border-left: outer $erreur; background: $erreur-fond; }
    Bloc.-erreur > .glyphe { color: $erreur; }
    Bloc.-vide { display: none; }
    """

    def __init__(self, texte: str = "", genre: Genre = "info", nom: str | None = None) -> None:
        super().__init__(id=nom)
        self._genre = genre
        self._texte = texte

    def compose(self) -> ComposeResult:
        yield Static("", classes="glyphe", markup=False)
        yield Static("", classes="texte", markup=False)

    def on_mount(self) -> None:
        self.dire(self._texte, self._genre)

    def dire(self, texte: str, genre: Genre = "info") -> None:
        """Change the text; an empty text hides the block."""
        self.set_classes(["-vide" if not texte else f"-{genre}"])
        self.query_one(".glyphe", Static).update(GLYPHES[genre])
        self.query_one(".texte", Static).update(Content(texte))

"""The one way of text to the terminal of a command: no control and no bidirectional mark passes (decision 18)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from cyclades_tui.domaine.texte import sans_commande

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment


class SortieSure:
    """A text stream over another that lets no control through; for everything else it is the other."""

    def __init__(self, flux: IO[str]) -> None:
        self._flux = flux

    @property
    def rich_proxied_file(self) -> IO[str]:
        """Where Rich writes the colours that it made itself; `console` takes controls out of what it is given."""
        return self._flux

    def write(self, texte: str) -> int:
        self._flux.write(sans_commande(texte))
        return len(texte)

    def writelines(self, lignes: Iterable[str]) -> None:
        for ligne in lignes:
            self.write(ligne)

    def __getattr__(self, nom: str) -> Any:
        return getattr(self._flux, nom)


@contextmanager
def sorties_sures() -> Iterator[None]:
    """Both outputs of this process, until the block ends: prints, refusals, and what libraries say by themselves."""
    with ExitStack() as pile:
        pile.enter_context(redirect_stdout(cast("TextIO", SortieSure(sys.stdout))))
        pile.enter_context(redirect_stderr(cast("TextIO", SortieSure(sys.stderr))))
        yield


def classe_de_console() -> type[Console]:
    """A `Console` of Rich that draws its own colours, and takes controls out of every text; imported when needed."""
    from rich.console import Console
    from rich.segment import Segment

    class ConsoleSure(Console):
        @property
        def file(self) -> IO[str]:
            flux = super().file  # below a bar, Rich puts a stream of its own over ours, and takes off that one alone
            return flux.rich_proxied_file if isinstance(flux, SortieSure) else flux

        @file.setter
        def file(self, flux: IO[str]) -> None:
            self._file = flux

        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for texte, style, controle in super().render(renderable, options):
                yield Segment(texte if controle else sans_commande(texte), style, controle)

    return ConsoleSure

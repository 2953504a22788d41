"""How far a long command is: a bar and a count on the error output where somebody looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cyclades_tui.cli.terminal import classe_de_console
from cyclades_tui.store.modele.unite import Progres


def progression(quoi: str) -> Progress:
    """A bar named `quoi` that goes away at the end; nothing without a terminal."""
    console = classe_de_console()(stderr=True)
    colonnes = (TextColumn(quoi), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def etape(quoi: str) -> Iterator[Progres]:
    """A step of some seconds: named before it begins where there is no terminal for its bar."""
    with progression(quoi) as barre:
        if barre.disable:
            typer.echo(f"… {quoi}")
        tache = barre.add_task("", total=None)

        def avancer(faits: int, sur: int) -> None:
            barre.update(tache, completed=faits, total=sur)

        yield avancer

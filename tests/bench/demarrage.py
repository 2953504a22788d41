"""What the command line costs before it does anything."""

from __future__ import annotations

import subprocess
import sys

from mesure import Figure, en_alternance

_TYPER_NU = """
import typer
app = typer.Typer()
@app.command()
def un() -> None: "Une."
@app.command()
def deux() -> None: "Deux."
app(["--help"], standalone_mode=False)
"""


def mesurer() -> list[Figure]:
    def cyclades(_: int) -> None:
        subprocess.run([sys.executable, "-m", "cyclades_tui", "--help"], check=True, stdout=subprocess.DEVNULL)

    def typer_nu(_: int) -> None:
        subprocess.run([sys.executable, "-c", _TYPER_NU], check=True, stdout=subprocess.DEVNULL)

    valeur, reference = en_alternance(15, cyclades, typer_nu)
    return [Figure("cyclades --help", valeur, "une commande Typer nue --help", reference, "ms", ("≤", 1.5))]

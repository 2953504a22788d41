"""A number in large digits, three rows of half blocks, which every terminal's font has."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from typing_extensions import override

_RANGS = (
    "█▀█ ▀█  ▀▀█ ▀▀█ █ █ █▀▀ █▀▀ ▀▀█ █▀█ █▀█",
    "█ █  █  █▀▀  ▀█ ▀▀█ ▀▀█ █▀█   █ █▀█ ▀▀█",
    "▀▀▀ ▀▀▀ ▀▀▀ ▀▀▀   ▀ ▀▀▀ ▀▀▀   ▀ ▀▀▀ ▀▀▀",
)
_LARGEUR, _PAS = 3, 4


class GrandsChiffres(Widget):
    """Shows a number; digits only."""

    DEFAULT_CSS = """
    GrandsChiffres { width: auto; height: 3; color: $titre; text-style: bold; }
    """

    def __init__(self, nombre: str) -> None:
        super().__init__()
        self.nombre = nombre

    def render(self) -> RenderResult:
        return Content("\n".join(agrandir(self.nombre)))

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        return max(_PAS * len(self.nombre) - 1, 0)


def agrandir(nombre: str) -> tuple[str, str, str]:
    """The three rows of a number. Raises ValueError if it is not all digits."""
    debuts = [_PAS * int(chiffre) for chiffre in nombre]
    haut, milieu, bas = (" ".join(rang[debut : debut + _LARGEUR] for debut in debuts) for rang in _RANGS)
    return haut, milieu, bas

"""Data to read: a title, then labels and values in two columns; long values wrap and are never cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.domaine.typographie import en_lignes

INTITULE = 16  # cells of a label with the blank after it
COLONNES = 2


class Donnees(Widget):
    """A block of data, drawn by one widget where a grid would need a dozen."""

    DEFAULT_CSS = """
    Donnees { height: auto; width: 1fr; margin: 0 1 1 1; max-width: 84; }
    """

    def __init__(self, titre: str, remarque: str, donnees: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._titre = titre
        self._remarque = remarque
        self._donnees = tuple(donnees)

    class Touchees(Message):
        """Posted when the person clicks data that cannot be changed here."""

        def __init__(self, titre: str) -> None:
            super().__init__()
            self.titre = titre

    def on_click(self) -> None:
        self.post_message(self.Touchees(self._titre))

    def render(self) -> RenderResult:
        largeur = self.size.width
        vide = " " * max(largeur - cell_len(self._titre) - cell_len(self._remarque), 1)
        tete = Content.assemble((self._titre, "bold $titre"), vide, (self._remarque, "$discret"))
        return Content("\n").join([tete, *self._lignes(largeur)])

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + len(self._lignes(width))

    def _lignes(self, largeur: int) -> list[Content]:
        colonne = largeur // COLONNES
        rangees = [self._donnees[rang : rang + COLONNES] for rang in range(0, len(self._donnees), COLONNES)]
        return [
            Content.assemble(*(morceau for cellule in rang for morceau in cellule))
            for rangee in rangees
            for rang in zip_longest(
                *(_cellule(*donnee, colonne) for donnee in rangee), fillvalue=((" " * colonne, ""),)
            )
        ]


def _cellule(libelle: str, valeur: str, largeur: int) -> list[tuple[tuple[str, str], ...]]:
    """The rows of a datum: the label on the first, the value wrapped."""
    place = max(largeur - INTITULE - 1, 8)
    return [
        ((libelle.ljust(INTITULE) if rang == 0 else " " * INTITULE, "$discret"), (texte.ljust(place + 1), ""))
        for rang, texte in enumerate(en_lignes(valeur, place) or [""])
    ]

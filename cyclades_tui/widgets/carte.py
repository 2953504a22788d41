"""A card of « Mes inscriptions »: session and number in the border, exam, state, what to do (F022, F348, F349)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from typing_extensions import override

from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_LARGE = 100  # cells: académie and établissement then share a row
_A_GAUCHE_AU_MOINS = 28  # cells; with less, what is at the right has a row of its own
_ZONE = "zone"  # the key of the style's meta that names what a click asks for


class SurLaCarte(StrEnum):
    """What can be asked for on a card besides opening it."""

    PIECES = "pieces"
    ENVELOPPE = "enveloppe"
    CORBEILLE = "corbeille"


@dataclass(frozen=True, slots=True)
class ContenuCarte:
    """What a card shows: `genre` colours the state; `urgence` is the first thing to do, about the pieces if `pressant`.

    `enveloppe` says what it holds, empty if the card has none; the bin is shown if `retirable`. `activites`, each with
    where it stands, are shown where there is room.
    """

    id: str
    session: str
    numero: str
    examen: str
    etat: str
    genre: Genre
    detail: str
    urgence: str
    academie: str
    etablissement: str = ""
    pressant: bool = False
    enveloppe: str = ""
    retirable: bool = False
    activites: tuple[tuple[str, str], ...] = ()


class Carte(LigneOuvrable):
    """A card: what it holds is never cut, so its height follows its width."""

    class Demandee(Message):
        """Posted when the person clicks the pieces, the envelope or the bin."""

        def __init__(self, carte: Carte, quoi: SurLaCarte) -> None:
            super().__init__()
            self.carte = carte
            self.quoi = quoi

    DEFAULT_CSS = """
    Carte { height: auto; border: solid $filet; padding: 0 1; margin: 0 0 1 0; background: $fond;
        border-title-color: $titre; border-title-style: bold; border-subtitle-color: $texte;
        border-subtitle-style: bold; border-subtitle-align: right; }
    Carte:focus { border: double $champ-barre-focus; }
    """

    def __init__(self, contenu: ContenuCarte, dit: tuple[str, str]) -> None:
        super().__init__(dit=dit)
        self.contenu = contenu
        # Content, never a string: a string is read as markup.
        self.border_title = Content(contenu.session)
        self.border_subtitle = Content(contenu.numero)

    def on_click(self, event: Click) -> None:
        """Ask for the pieces, the envelope or the bin; elsewhere the card opens."""
        if (zone := event.style.meta.get(_ZONE)) is not None:
            event.prevent_default()
            self.post_message(self.Demandee(self, SurLaCarte(zone)))

    def render(self) -> RenderResult:
        return Content("\n").join(self.rangs(self.content_size.width))

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(list(self.rangs(width)))

    def rangs(self, largeur: int) -> Iterator[Content]:
        """The rows of the card in `largeur` cells."""
        carte = self.contenu
        etat = Content.assemble(("État : ", "$discret"), (carte.etat, f"bold ${carte.genre}"))
        urgence = Content.styled(carte.urgence, "$discret")
        if carte.pressant:
            vers = _cliquable("[J]", "", SurLaCarte.PIECES)
            urgence = Content.assemble((carte.urgence, "$attention"), " ", vers)
        yield from _rangee(f"{self.repere} ", Content.styled(carte.examen, "bold"), etat, largeur)
        yield from _rangee("  ", Content(carte.detail), urgence, largeur)
        etablissement = f"Établissement : {carte.etablissement}" if carte.etablissement else ""
        lieux = [lieu for lieu in (carte.academie, etablissement) if lieu]
        for lieu in [" · ".join(lieux)] if largeur >= _LARGE else lieux:
            yield from _rangee("  ", Content.styled(lieu, "$discret"), Content(), largeur)
        if carte.activites and largeur >= _LARGE:
            colonne = max(cell_len(nom) for nom, _ in carte.activites) + 3
            yield Content()
            for nom, ou in carte.activites:
                yield from _rangee("  ", Content(f"{nom:<{colonne}}{ou}"), Content(), largeur)
            yield Content()
        if carte.enveloppe:
            enveloppe = _cliquable("[E] Enveloppe", f" : {carte.enveloppe}", SurLaCarte.ENVELOPPE)
            corbeille = _cliquable("[Suppr] Corbeille", "", SurLaCarte.CORBEILLE) if carte.retirable else Content()
            yield from _rangee("  ", enveloppe, corbeille, largeur)


def _cliquable(nom: str, suite: str, quoi: SurLaCarte) -> Content:
    return Content.assemble((nom, "$lien"), suite).stylize(Style.from_meta({_ZONE: quoi.value}))


def _rangee(debut: str, gauche: Content, droite: Content, largeur: int) -> Iterator[Content]:
    """The rows of one line of a card: the left text wraps beside the right one, or above it if there is little room."""
    pour_la_droite = droite.cell_length + 2 if droite else 0
    place = largeur - cell_len(debut) - pour_la_droite
    if droite and gauche.cell_length > place and place < _A_GAUCHE_AU_MOINS:
        yield from _rangee(debut, gauche, Content(), largeur)
        for rang in _plier(droite, largeur - cell_len(debut)):
            yield Content.assemble(" " * (largeur - rang.cell_length), rang)
        return
    rangs = _plier(gauche, max(place, 1))
    tete = Content.assemble((debut, "bold $titre"), rangs[0])
    yield Content.assemble(tete, " " * max(largeur - tete.cell_length - droite.cell_length, 0), droite)
    for rang in rangs[1:]:
        yield Content.assemble("  ", rang)


def _plier(texte: Content, largeur: int) -> list[Content]:
    """The text in rows of at most `largeur` cells, broken between words, with its styles."""
    if texte.cell_length <= largeur:
        return [texte]
    rangs, debut = [], 0
    for mots in en_lignes(texte.plain, largeur):
        debut = texte.plain.index(mots.split(" ", 1)[0], debut)
        rangs.append(texte[debut : debut + len(mots)])
        debut += len(mots)
    return rangs

"""The tabs and the current one, in the form that the room allows: steps, labels, bar or rail (F146-F159)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.widgets.cadre import raccourcir


class EtatEtape(Enum):
    """The state of a tab: its glyph and the token of its colour."""

    COURANTE = ("►", "bold $titre")
    JUSTE = ("√", "$texte")
    FAUSSE = ("×", "$erreur")
    A_VENIR = ("·", "$discret")

    @property
    def glyphe(self) -> str:
        return self.value[0]

    @property
    def style(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Etape:
    """A tab to show."""

    libelle: str
    etat: EtatEtape


class EtapeChoisie(Message):
    """Posted when the person clicks a tab; `rang` counts from 0."""

    def __init__(self, rang: int) -> None:
        super().__init__()
        self.rang = rang


class AideDemandee(Message):
    """Posted when the person clicks « Besoin d'aide ? » or « Un problème ? » (F464)."""

    def __init__(self, *, probleme: bool) -> None:
        super().__init__()
        self.probleme = probleme


# A row of cells, each with the rank of the tab that a click opens (None between tabs).
_Morceau = tuple[str, str, int | None]


class Etapes(Widget):
    """Row 3: the tabs, by width.

    Numbers with their state; from 120 columns, if there is no rail, every label on two rows; from 210, above the
    numbers, a bar as in the portal.
    """

    DEFAULT_CSS = """
    Etapes { height: 1; padding: 0 1; }
    .-large Etapes, .-onglets.-haut Etapes { height: 2; }
    .-large.-haut Etapes { height: 1; }
    .-onglets.-haut Etapes { height: 2; }
    """

    etapes: reactive[tuple[Etape, ...]] = reactive(())
    courante = reactive(0)

    def render(self) -> RenderResult:
        return Content("\n").join(
            Content.assemble(*((texte, style) for texte, style, _ in rangee)) for rangee in self._rangees()
        )

    def on_click(self, event: Click) -> None:
        rangees = self._rangees()
        place = event.get_content_offset(self)
        if place is None or place.y >= len(rangees):
            return
        x = 0
        for texte, _, rang in rangees[place.y]:
            x += cell_len(texte)
            if place.x < x:
                if rang is not None:
                    self.post_message(EtapeChoisie(rang))
                return

    def _rangees(self) -> list[list[_Morceau]]:
        if not self.etapes:
            return []
        ecran = self.screen
        if ecran.has_class("-onglets"):
            return [self._barre(), self._segments()]
        if ecran.has_class("-large") and not ecran.has_class("-haut"):
            return self._libelles()
        return [self._segments()]

    def _segments(self) -> list[_Morceau]:
        """One segment for each tab: number and state, drawn heavy up to the current tab."""
        combien = len(self.etapes)
        libre = self.content_size.width - (combien - 1)
        morceaux: list[_Morceau] = []
        for rang, etape in enumerate(self.etapes):
            longueur = libre * (rang + 1) // combien - libre * rang // combien
            signe = f"{rang + 1}{etape.etat.glyphe if etape.etat is not EtatEtape.A_VENIR else ''}"
            trait = max(longueur - cell_len(signe), 0)
            fort = rang <= self.courante
            morceaux.append((signe, etape.etat.style, rang))
            morceaux.append(("━" * trait, "$titre", rang) if fort else ("─" * trait, "$filet", rang))
            morceaux.append((" ", "", None))
        return morceaux[:-1]

    def _libelles(self) -> list[list[_Morceau]]:
        moitie = (len(self.etapes) + 1) // 2
        return [list(self._nommees(range(moitie))), list(self._nommees(range(moitie, len(self.etapes))))]

    def _nommees(self, rangs: Iterable[int]) -> Iterable[_Morceau]:
        for rang in rangs:
            etape = self.etapes[rang]
            yield (f"{etape.etat.glyphe} {rang + 1} {etape.libelle}", etape.etat.style, rang)
            yield ("  ", "", None)

    def _barre(self) -> list[_Morceau]:
        """« 1 - Modalités d'inscription | 2 - Identification | … »; blanks are dropped if it is too wide."""
        for blanc, trait in ((" ", " | "), ("", " | "), ("", "|")):
            noms = [f"{e.etat.glyphe}{blanc}{rang + 1} - {e.libelle}" for rang, e in enumerate(self.etapes)]
            if cell_len(trait.join(noms)) <= self.content_size.width:
                break
        morceaux: list[_Morceau] = []
        for rang, nom in enumerate(noms):
            style = "bold $choix-texte on $choix" if rang == self.courante else self.etapes[rang].etat.style
            morceaux += [(nom, style, rang), (trait, "$discret", None)]
        return morceaux[:-1]


class Rail(Widget):
    """At the left of wide screens: the tabs with their state, when the draft was kept, whom to call."""

    DEFAULT_CSS = """
    Rail { width: 34; height: 1fr; padding: 1 1 0 1; border-right: solid $filet; }
    """

    etapes: reactive[tuple[Etape, ...]] = reactive(())
    garde: reactive[str] = reactive("")
    contact: reactive[Sequence[str]] = reactive(())

    _TETE = 2  # rows above the first tab
    _ENTRE = 5  # rows between the last tab and the help

    def render(self) -> RenderResult:
        largeur = self.content_size.width
        lignes = [Content.styled("Inscription", "bold $titre"), Content("")]
        for rang, etape in enumerate(self.etapes):
            texte = raccourcir(f"{etape.etat.glyphe} {rang + 1} - {etape.libelle}", largeur)
            lignes.append(Content.styled(texte, etape.etat.style))
        lignes += [Content(""), Content(self.garde), Content("")]
        lignes += [Content.assemble(("F2", "bold"), ("  aller à un onglet", "$discret")), Content("")]
        lignes += [Content.styled("Besoin d'aide ?", "underline $lien"), *map(Content, self._contact(largeur))]
        lignes += [Content(""), Content.styled("Un problème ?", "underline $lien")]
        return Content("\n").join(lignes)

    def _contact(self, largeur: int) -> list[str]:
        return [rang for ligne in self.contact for rang in en_lignes(ligne, largeur)]

    def on_click(self, event: Click) -> None:
        place = event.get_content_offset(self)
        if place is None:
            return
        rang = place.y - self._TETE
        aide = len(self.etapes) + self._ENTRE
        if 0 <= rang < len(self.etapes):
            self.post_message(EtapeChoisie(rang))
        elif rang == aide:
            self.post_message(AideDemandee(probleme=False))
        elif rang == aide + len(self._contact(self.content_size.width)) + 2:
            self.post_message(AideDemandee(probleme=True))

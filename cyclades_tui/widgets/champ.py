"""A field of a form: label, bar, control, state, and the error under it (ecrans.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.events import Click, DescendantBlur, DescendantFocus
from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.champs.compte import MOT_DE_PASSE
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.choix import LISTE_COURTE, Chercheur, Liste, Proposition, Recherche
from cyclades_tui.widgets.saisie import CaseACocher, Change, OuiNon, Suivant, ZoneTexte

CHERCHEES = frozenset(("specialites",))  # values with other names and codes are searched, however short the list
QUESTION_LONGUE = 40
RANGS_DE_FAUTE = 5  # an error seldom takes more than two; a condition, or why a spécialité is closed, may
# The width of the control for each nature, in cells, with the blank before it and the cursor after it (ecrans.md §3).
_LARGEURS = {
    Nature.ANNEE: 10,
    Nature.NOTE: 10,
    Nature.CODE_POSTAL: 12,
    Nature.DATE_NAISSANCE: 14,
    Nature.INE: 16,
    Nature.TELEPHONE: 20,
    Nature.MOT_DE_PASSE: 26,
    Nature.CONFIRMATION: 44,
}
_LARGEUR = 44
_FINE = Spacing()


class Sources(Protocol):
    """The source of lists and proposals, which the screen provides."""

    def libelles(self, champ: Champ) -> Sequence[str]:
        """The labels of a list; empty while it depends on another field that has no value."""
        ...

    def chercher(self, champ: Champ, debut: str) -> tuple[int, Sequence[Proposition]]:
        """How many values match what is typed, and the first twenty."""
        ...


@dataclass(frozen=True, slots=True)
class _Trace:
    """The places of the parts in a row of a given width, in cells: wrapped label, control, wrapped error."""

    libelle: tuple[str, ...]
    x: int
    y: int
    largeur: int
    hauteur: int
    faute: tuple[str, ...]

    @property
    def rangs(self) -> int:
        return max(len(self.libelle), self.y + self.hauteur) + len(self.faute)


class _Disposition(Layout):
    """Places the control over the row that `LigneChamp` draws, so that a field needs one widget instead of six."""

    name = "champ"

    @override
    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        assert isinstance(parent, LigneChamp)  # noqa: S101 - the only widget with this layout
        trace = parent.trace(size.width)
        region = Region(trace.x, trace.y, trace.largeur, trace.hauteur)
        return [WidgetPlacement(region, NULL_OFFSET, _FINE, enfant) for enfant in children]


class LigneChamp(Widget):
    """A field of a form. `valeur` is its raw text; `fauter` shows or clears its error.

    Under 120 columns the label is in the `retrait` cells left of the control; from 120, or if it is long, above it.
    """

    class Modifie(Message):
        """Posted when the raw text has changed."""

        def __init__(self, champ: Champ, valeur: str) -> None:
            super().__init__()
            self.champ = champ
            self.valeur = valeur

    class Visite(Message):
        """Posted when the field takes the focus."""

        def __init__(self, ligne: LigneChamp) -> None:
            super().__init__()
            self.ligne = ligne

    class Quitte(Message):
        """Posted when the focus leaves the field, which is then to be checked."""

        def __init__(self, champ: Champ) -> None:
            super().__init__()
            self.champ = champ

    class Termine(Message):
        """Posted for Entrée: go to the next field, which may only now have appeared."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    LigneChamp { height: auto; width: 1fr; }
    LigneChamp.-fautive ZoneTexte, LigneChamp.-fautive OuiNon, LigneChamp.-fautive Liste { background: $erreur-fond; }
    LigneChamp.-fautive ZoneTexte:focus, LigneChamp.-fautive OuiNon:focus, LigneChamp.-fautive Liste:focus {
        background: $champ-focus;
    }
    """
    _DISPOSITION: ClassVar = _Disposition()

    def __init__(
        self,
        champ: Champ,
        valeur: str,
        sources: Sources,
        *,
        libelle: str = "",
        nom: str | None = None,
        retrait: int = 29,
    ) -> None:
        super().__init__(name=nom, id=identifiant(champ.id) if nom is None else None)
        self.champ = champ
        self.phrase = ""
        self.etat = ""
        self._libelle = libelle or champ.libelle
        self._retrait = retrait
        self._sources = sources
        self._exige = champ.obligatoire == ()
        self.zone = self._faire_la_zone(valeur, sources)
        self._case = champ.nature is Nature.CASE
        self._longue = len(self._libelle) > QUESTION_LONGUE and not self._case

    def compose(self) -> ComposeResult:
        yield self.zone

    def accorder(self) -> None:
        """Update the control from the current list, a short list or a search by its length; the text stays."""
        if self.champ.nature is not Nature.CHOIX:
            return
        libelles = tuple(self._sources.libelles(self.champ))
        courte = self._en_liste(libelles)
        if courte and isinstance(self.zone, Liste):
            self.zone.libelles = libelles
        elif libelles and courte != isinstance(self.zone, Liste):
            remplace, self.zone = self.zone, self._faire_la_zone(self.valeur, self._sources)
            self.mount(self.zone)
            remplace.remove()

    def attendre(self, texte: str) -> None:
        """Show in an empty field what must be filled first; with an empty text, the example again."""
        if isinstance(self.zone, Recherche):
            self.zone.inviter(texte or self._exemple)

    def _en_liste(self, libelles: Sequence[str]) -> bool:
        return 0 < len(libelles) <= LISTE_COURTE and self.champ.liste not in CHERCHEES

    @property
    def _exemple(self) -> str:
        return f"Exemple : {self.champ.exemple}" if self.champ.exemple else ""

    def _faire_la_zone(self, valeur: str, sources: Sources) -> ZoneTexte | OuiNon | CaseACocher | Liste | Recherche:
        champ = self.champ
        if champ.nature is Nature.OUI_NON:
            return OuiNon(valeur)
        if champ.nature is Nature.CASE:
            return CaseACocher(self._libelle, valeur)
        if champ.nature is Nature.CHOIX:
            libelles = sources.libelles(champ)
            if self._en_liste(libelles):
                return Liste(valeur, libelles, "Sélectionnez une valeur")
        exemple = self._exemple
        if champ.nature in (Nature.CHOIX, Nature.COMMUNE, Nature.LOCALITE):
            return Recherche(valeur, exemple=exemple, longueur=champ.longueur, chercher=_chercheur(sources, champ))
        invite = next(
            (texte for texte in (exemple, f"Ex. {champ.exemple}") if cell_len(texte) <= self._largeur - 2), ""
        )
        if champ.nature is Nature.DATE_NAISSANCE:
            invite = "JJ/MM/AAAA"
        return ZoneTexte(valeur, exemple=invite, longueur=champ.longueur, secret=self.secret)

    # Where things stand

    @property
    def entiere(self) -> bool:
        """Whether the field takes the whole width."""
        return self._case or self._longue

    @property
    def _largeur(self) -> int:
        return _LARGEURS.get(self.champ.nature, _LARGEUR)

    @property
    def layout(self) -> Layout:
        return self._DISPOSITION

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.trace(width).rangs

    def trace(self, largeur: int) -> _Trace:
        """The places of the parts in a row of `largeur` cells."""
        if isinstance(self.zone, CaseACocher):
            place = max(largeur - 3 - max(cell_len(self.signe), 1), 8)
            return _Trace((), 1, 0, place, len(self.zone.lignes(place)), self._rangs_de_faute(largeur - 6))
        large = self.screen.has_class("-large")
        x = 2 if large else self._retrait + 1
        place = max(min(self._largeur, largeur - x - 2), 4)
        dessus = large or self._longue
        libelle = en_lignes(self._libelle + (" *" if self._exige else ""), largeur - 2 if dessus else x - 3)
        return _Trace(tuple(libelle), x, len(libelle) if dessus else 0, place, 1, self._rangs_de_faute(largeur - x - 2))

    @property
    def dit_tout(self) -> bool:
        """Whether its error is whole under it."""
        trace = self.trace(self.size.width)
        return " ".join(trace.faute) == " ".join(self.phrase.split())

    def _rangs_de_faute(self, largeur: int) -> tuple[str, ...]:
        """The error in at most RANGS_DE_FAUTE rows; the help line shows all of it if it has room."""
        rangs = en_lignes(self.phrase, max(largeur, 8))
        if len(rangs) > RANGS_DE_FAUTE:
            rangs = [*rangs[: RANGS_DE_FAUTE - 1], raccourcir(" ".join(rangs[RANGS_DE_FAUTE - 1 :]), max(largeur, 8))]
        return tuple(rangs)

    def render(self) -> RenderResult:
        trace = self.trace(self.size.width)
        rangs = max(len(trace.libelle), trace.y + trace.hauteur)
        lignes = [self._rang(trace, rang) for rang in range(rangs)]
        bord = " " * (5 if self._case else trace.x - 1)
        ouverte = isinstance(self.zone, Liste | Recherche) and self.zone.ouverte
        for rang, texte in enumerate(() if ouverte else trace.faute):
            lignes.append(Content.assemble(bord, (f"{self.etat if rang == 0 else ' '} {texte}", f"${self._genre}")))
        return Content("\n").join(lignes)

    def _rang(self, trace: _Trace, rang: int) -> Content:
        visitee = self.visitee
        tete = ("►", "bold $titre") if visitee and rang == 0 else " "
        libelle = trace.libelle[rang] if rang < len(trace.libelle) else ""
        morceaux: list[str | tuple[str, str]] = [tete, libelle]
        if self._exige and rang == len(trace.libelle) - 1:
            morceaux = [tete, libelle.removesuffix("*"), ("*", "$requis")]
        if rang == trace.y:
            libre = " " * (trace.x - 2 - (0 if trace.y else cell_len(libelle)))
            barre = " " if self._case else "▌"
            couleur = "$champ-barre-focus" if visitee else "$champ-barre"
            if self.phrase:
                couleur = f"${self._genre}"
            morceaux += [libre, (barre, couleur), " " * (trace.largeur + 1), (self.signe, f"bold ${self._genre}")]
        return Content.assemble(*morceaux)

    # What it holds and shows

    @property
    def signe(self) -> str:
        """The sign at the right of the control."""
        return self.etat

    @property
    def _genre(self) -> str:
        return {"×": "erreur", "!": "attention"}.get(self.etat, "succes")

    @property
    def valeur(self) -> str:
        return self.zone.valeur

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self.zone.valeur = texte

    @property
    def exces(self) -> str:
        """How much too long its text is; empty where it is not, or is chosen."""
        return self.zone.exces if isinstance(self.zone, ZoneTexte | Recherche) else ""

    @property
    def secret(self) -> bool:
        """Whether the text is hidden by dots."""
        return MOT_DE_PASSE in (self.champ.id, self.champ.confirme) or self.champ.nature is Nature.MOT_DE_PASSE

    def montrer_le_secret(self, *, montre: bool) -> None:
        """Show what is typed, or dots."""
        if self.secret and isinstance(self.zone, ZoneTexte):
            self.zone.password = not montre

    @property
    def visitee(self) -> bool:
        """Whether the focus is in the field."""
        return self.has_class("-visitee")

    @property
    def fautive(self) -> bool:
        return self.has_class("-fautive")

    def fauter(self, faute: Faute | None, *, bonne: bool = False, doute: str = "") -> None:
        """Show what is wrong, what is doubtful, or (`bonne`, for a required field) that the value is right."""
        phrase = doute if faute is None else phrase_au_champ(faute, self.champ)
        etat = "×" if faute is not None else ("!" if doute else "√" if bonne else "")
        if (phrase, etat) != (self.phrase, self.etat):
            self.phrase, self.etat = phrase, etat
            self.set_class(faute is not None, "-fautive")
            self.refresh(layout=True)

    def exiger(self, obligatoire: bool) -> None:
        """Show or hide the star of a required field."""
        if obligatoire != self._exige:
            self._exige = obligatoire
            self.refresh(layout=True)

    def prendre_le_focus(self) -> None:
        self.zone.focus()
        self.call_after_refresh(self.montrer)

    def on_click(self, event: Click) -> None:
        """Focus the field when its label is clicked."""
        if event.widget is self:
            self.prendre_le_focus()

    def on_change(self, message: Change) -> None:
        message.stop()
        self.post_message(self.Modifie(self.champ, self.valeur))

    def on_suivant(self, message: Suivant) -> None:
        """Pass Entrée on through the same queue as `Modifie`, so that it never arrives first."""
        message.stop()
        self.post_message(self.Termine())

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self.add_class("-visitee")
        self.refresh()
        self.post_message(self.Visite(self))
        # A draft may end in the middle of a choice, which nobody has left and judged.
        if self.champ.nature is Nature.CHOIX and isinstance(self.zone, Recherche) and not self.etat:
            self.zone.reproposer()
        # After the refresh, so that the error under the field is scrolled into view too.
        self.call_after_refresh(self.montrer)

    def on_descendant_blur(self, _: DescendantBlur) -> None:
        self.remove_class("-visitee")
        self.refresh()
        self.post_message(self.Quitte(self.champ))

    def montrer(self) -> None:
        """Scroll the whole row with its error, and one row of context, into view while the focus is in it."""
        if self.visitee:  # at once: if delayed, it would be measured before the next field's scroll and done after it
            self.scroll_visible(animate=False, immediate=True)


def phrase_au_champ(faute: Faute, champ: Champ) -> str:
    """What is wrong and what to do, without the label, which stands beside it."""
    message = faute.message
    if faute.code == "champ.obligatoire":
        message = "La case n'est pas cochée." if champ.nature is Nature.CASE else "À remplir."
    return f"{message} {faute.remede}".rstrip()


def identifiant(champ: str) -> str:
    """The widget's id for a field's id, since widget ids may not have dots."""
    return "c-" + champ.replace(".", "--")


def _chercheur(sources: Sources, champ: Champ) -> Chercheur:
    def chercher(debut: str) -> tuple[int, Sequence[Proposition]]:
        return sources.chercher(champ, debut)

    return chercher

"""Controls where one chooses: a short list, a search; both open their proposals under them (ecrans.md §3)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from typing_extensions import override

from cyclades_tui.domaine.texte import plier
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.saisie import Change, Suivant, ZoneTexte

PROPOSITIONS = 20
LARGEUR_VOLET = 60
_MARGES = 5  # of a proposal: its mark, and what parts it from its detail and from the edge
RANGS_DU_VOLET = 9
RANGS_UTILES = 3  # a list of fewer rows shows too little
PIED_DE_L_ECRAN = 3  # rows of the help, the buttons and the keys


@dataclass(frozen=True, slots=True)
class Proposition:
    """One row of proposals: what is kept, and the datum that tells it from its like."""

    libelle: str
    detail: str = ""


Chercheur = Callable[[str], tuple[int, Sequence[Proposition]]]


class Volet(OptionList, can_focus=False):
    """The proposals, over what stands below; the marked one carries `►`. Mounted while it is open only."""

    DEFAULT_CSS = """
    Volet {
        height: auto; border: none; padding: 0; background: $surface; color: $texte;
        overlay: screen; constrain: inside inflect; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, propositions: Sequence[Proposition], total: int, cherche: str, largeur: int) -> None:
        self._largeur = largeur
        self._propositions, self._cherche = propositions, cherche
        self._marque = -1
        # With its rows from the start: an empty list would have no place on the screen, and would not get one later.
        super().__init__(*self._rangees(total), compact=True, markup=False)
        self.styles.width = largeur

    def on_mount(self) -> None:
        self.highlighted = self._tete

    def montrer(self, propositions: Sequence[Proposition], total: int, cherche: str) -> None:
        """Propose these instead; above them how many fit, when there are more."""
        self._propositions, self._cherche = propositions, cherche
        self._marque = -1
        self.clear_options()
        self.add_options(self._rangees(total))
        self.highlighted = self._tete

    def _rangees(self, total: int) -> list[Option]:
        combien = len(self._propositions)
        tete = [Option(Content(f"  {combien} sur {total}, précisez"), disabled=True)] if total > combien else []
        return [*tete, *(Option(self._rangee(rang, marquee=False)) for rang in range(combien))]

    @property
    def _tete(self) -> int:
        """How many rows stand above the proposals."""
        return self.option_count - len(self._propositions)

    @property
    def marquee(self) -> str:
        """The label of the marked row, empty when there is none."""
        return "" if self.highlighted is None else self._propositions[self.highlighted - self._tete].libelle

    def marquer(self, libelle: str) -> None:
        for rang, proposition in enumerate(self._propositions):
            if proposition.libelle == libelle:
                self.highlighted = rang + self._tete

    def bouger(self, pas: int) -> None:
        if self.highlighted is not None:
            dernier = self.option_count - 1
            self.highlighted = min(max(self.highlighted + pas, self._tete), dernier)

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        for rang, marquee in ((self._marque, False), (message.option_index, True)):
            if self._tete <= rang < self.option_count:
                self.replace_option_prompt_at_index(rang, self._rangee(rang - self._tete, marquee=marquee))
        self._marque = message.option_index

    def _rangee(self, rang: int, *, marquee: bool) -> Content:
        proposition = self._propositions[rang]
        place = self._largeur - cell_len(proposition.detail) - _MARGES
        libelle = raccourcir(proposition.libelle, place)
        debut, fin = trouver(libelle, self._cherche)
        return Content.assemble(
            "► " if marquee else "  ",
            libelle[:debut],
            (libelle[debut:fin], "bold underline"),
            libelle[fin:],
            " " * (place - cell_len(libelle) + 2),
            proposition.detail,
        )


def trouver(libelle: str, cherche: str) -> tuple[int, int]:
    """Where in the label what is searched begins a word, accents and case ignored; an empty span when nowhere."""
    voulu = plier(cherche)
    if not voulu:
        return 0, 0
    for debut in range(len(libelle)):
        if debut and libelle[debut - 1].isalnum():
            continue
        if plier(libelle[debut:]).startswith(voulu):
            fin = next(f for f in range(debut + 1, len(libelle) + 1) if len(plier(libelle[debut:f])) >= len(voulu))
            return debut, fin
    return 0, 0


class _AvecVolet(Vertical):
    """A control with proposals: ↑ ↓ mark one, Entrée takes it and goes on, Échap closes, leaving all as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._volet: Volet | None = None

    @property
    def ouverte(self) -> bool:
        return self._volet is not None

    @abstractmethod
    def prendre(self, libelle: str) -> None:
        """The person chose this label."""

    def _proposer(self, propositions: Sequence[Proposition], total: int, cherche: str = "") -> None:
        """Open, change or, without a proposal, close the list."""
        if not propositions:
            self.fermer()
            return
        if self._volet is None:
            place = self.app.size.width - self.region.x - 1
            self._volet = Volet(propositions, total, cherche, max(self.size.width, min(self._largeur_du_volet, place)))
            self.mount(self._volet)
        else:
            self._volet.montrer(propositions, total, cherche)
        # Short of the help and the buttons; where hardly a row is left, the library turns it over the field.
        sous = self.app.size.height - PIED_DE_L_ECRAN - self.region.bottom
        self._volet.styles.max_height = min(sous, RANGS_DU_VOLET) if sous >= RANGS_UTILES else RANGS_DU_VOLET

    @property
    def _largeur_du_volet(self) -> int:
        """What its proposals want, in cells; it is never narrower than the control, nor wider than the screen."""
        return LARGEUR_VOLET

    def fermer(self) -> None:
        if self._volet is not None:
            self._volet.remove()
            self._volet = None

    def choisir(self) -> None:
        """Take the marked proposal, and go on."""
        marquee = "" if self._volet is None else self._volet.marquee
        self.fermer()
        if marquee:
            self.prendre(marquee)
        self.post_message(Suivant())

    def on_key(self, event: events.Key) -> None:
        if self._volet is None:
            return
        gestes: dict[str, Callable[[], object]] = {
            "down": lambda: self._bouger(1),
            "up": lambda: self._bouger(-1),
            "pagedown": lambda: self._bouger(8),
            "pageup": lambda: self._bouger(-8),
            "enter": self.choisir,
            "escape": self.fermer,
        }
        if event.key in gestes:
            event.stop()
            event.prevent_default()
            gestes[event.key]()

    def _bouger(self, pas: int) -> None:
        if self._volet is not None:
            self._volet.bouger(pas)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A click on a proposal."""
        message.stop()
        self.choisir()


class Liste(_AvecVolet, can_focus=True):
    """At most a dozen values. Espace opens; Entrée and ↓ too as long as nothing is chosen, else they go on."""

    BINDINGS: ClassVar = [
        Binding("space", "ouvrir", "ouvrir la liste", show=False),
        Binding("enter", "avancer", "champ suivant", show=False),
        Binding("down", "avancer", "champ suivant", show=False),
    ]
    DEFAULT_CSS = """
    Liste { width: 1fr; height: 1; background: $champ; color: $champ-texte; }
    Liste:focus { background: $champ-focus; }
    Liste > Volet { offset: 0 1; }
    """

    valeur: reactive[str] = reactive("")

    def __init__(self, valeur: str, libelles: Sequence[str], invite: str) -> None:
        super().__init__()
        self.libelles = tuple(libelles)
        self._invite = invite
        # Also a text that the list no longer holds: it is the person's, and the check will say so.
        self.set_reactive(Liste.valeur, valeur)

    @property
    @override
    def _largeur_du_volet(self) -> int:
        return max(map(cell_len, self.libelles), default=0) + _MARGES

    def render(self) -> RenderResult:
        place = self.size.width - 4
        texte = raccourcir(self.valeur or self._invite, place)
        vide = " " * (place - cell_len(texte) + 1)
        return Content.assemble(" ", (texte, "" if self.valeur else "$discret"), vide, "▼ ")

    def render_line(self, y: int) -> Strip:
        return super().render_line(y).apply_style(Style(underline=True))

    def action_ouvrir(self) -> None:
        if self.ouverte:
            self.choisir()
            return
        self._proposer([Proposition(libelle) for libelle in self.libelles], len(self.libelles))
        if self._volet is not None:
            self.call_after_refresh(self._marquer, self.valeur)

    def _marquer(self, libelle: str) -> None:
        if self._volet is not None:
            self._volet.marquer(libelle)

    def action_avancer(self) -> None:
        if self.valeur:
            self.post_message(Suivant())
        else:
            self.action_ouvrir()

    @override
    def prendre(self, libelle: str) -> None:
        if libelle != self.valeur:
            self.valeur = libelle
            self.post_message(Change(self, libelle))

    def on_key(self, event: events.Key) -> None:
        super().on_key(event)
        if event.is_printable and event.character and event.character.strip():
            event.stop()
            self._sauter(event.character)

    def _sauter(self, lettre: str) -> None:
        """A letter opens the list at the first label that begins so."""
        initiale = plier(lettre)
        trouve = next((libelle for libelle in self.libelles if plier(libelle).startswith(initiale)), None)
        if trouve is not None and initiale:
            if not self.ouverte:
                self.action_ouvrir()
            self.call_after_refresh(self._marquer, trouve)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.focus()
            self.fermer() if self.ouverte else self.action_ouvrir()

    def on_blur(self, _: events.Blur) -> None:
        self.fermer()


class Recherche(_AvecVolet):
    """A field with at most twenty proposals under it; the value is what is written, chosen or typed."""

    DEFAULT_CSS = """
    Recherche { width: 1fr; height: 1; }
    """

    def __init__(self, valeur: str, *, exemple: str, longueur: int, chercher: Chercheur) -> None:
        super().__init__()
        self._chercher = chercher
        self._zone = ZoneTexte(valeur, exemple=exemple, longueur=longueur)

    def compose(self) -> ComposeResult:
        yield self._zone

    @property
    def valeur(self) -> str:
        return self._zone.valeur

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self._zone.valeur = texte

    def focus(self, scroll_visible: bool = True) -> Any:
        self._zone.focus(scroll_visible)
        return self

    def on_change(self, message: Change) -> None:
        if message.zone is self._zone:
            message.stop()
            self.proposer() if self.valeur.strip() else self.fermer()
            self.post_message(Change(self, self.valeur))

    def proposer(self) -> None:
        """What fits the text; everything where ↓ asks in an empty field."""
        total, propositions = self._chercher(self.valeur)
        self._proposer(propositions, total, self.valeur)

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and not self.ouverte and not self.valeur.strip():
            event.stop()
            event.prevent_default()
            self.proposer()
        else:
            super().on_key(event)

    def inviter(self, texte: str) -> None:
        """What an empty field says."""
        if self._zone.placeholder != texte:
            self._zone.placeholder = texte

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """What is typed replaces a proposal that was taken: added to it, it would fit nothing."""
        propositions = self._chercher(self.valeur)[1] if self.valeur else ()
        if any(proposition.libelle == self.valeur for proposition in propositions):
            self._zone.select_all()

    @override
    def prendre(self, libelle: str) -> None:
        self.valeur = libelle
        self._zone.cursor_position = len(libelle)
        self.post_message(Change(self, libelle))

    def on_suivant(self, message: Suivant) -> None:
        """Entrée in the text with the list open chooses, and goes on."""
        if self.ouverte:
            message.stop()
            self.choisir()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        self.fermer()

"""Controls for choosing, a short list or a search; proposals open under them (ecrans.md §3)."""

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
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from typing_extensions import override

from cyclades_tui.domaine.texte import plier
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.saisie import Change, Suivant, ZoneTexte

PROPOSITIONS = 20
LISTE_COURTE = 12
LARGEUR_VOLET = 60
_MARGES = 5  # cells of a proposal for its mark, the gap before its detail and the edge
RANGS_DU_VOLET = 9
RANGS_UTILES = 3  # a list with fewer rows would show too little
PIED_DE_L_ECRAN = 3  # rows of the help, the buttons and the keys


@dataclass(frozen=True, slots=True)
class Proposition:
    """A proposal: the value to keep, and a detail that distinguishes it from similar ones."""

    libelle: str
    detail: str = ""


Chercheur = Callable[[str], tuple[int, Sequence[Proposition]]]


class Volet(OptionList, can_focus=False):
    """The open list of proposals, above the widgets below; `►` marks one. It is mounted only while it is open."""

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
        self._voulue = 0  # the proposal to mark, also before the list is there
        # Mounted with its rows: Textual gives an empty list no height, and never corrects it.
        super().__init__(*self._rangees(total), compact=True, markup=False)
        self.styles.width = largeur

    def on_mount(self) -> None:
        self.highlighted = self._tete + self._voulue
        self.call_after_refresh(self.scroll_to_highlight)

    def montrer(self, propositions: Sequence[Proposition], total: int, cherche: str) -> None:
        """Replace the proposals; if they are many, or `total` more, a line above says how many there are."""
        self._propositions, self._cherche = propositions, cherche
        self._marque, self._voulue = -1, 0
        self.clear_options()
        self.add_options(self._rangees(total))
        self.highlighted = self._tete

    def _rangees(self, total: int) -> list[Option]:
        combien = len(self._propositions)
        compte = f"{combien} sur {total}, précisez" if total > combien else ""
        if combien > LISTE_COURTE and not self._cherche:
            compte = f"{combien} en tout : Pg↓ page, ou tapez le début"
        tete = [Option(Content(f"  {compte}"), disabled=True)] if compte else []
        return [*tete, *(Option(self._rangee(rang, marquee=False)) for rang in range(combien))]

    @property
    def _tete(self) -> int:
        """The number of rows above the proposals."""
        return self.option_count - len(self._propositions)

    @property
    def page(self) -> int:
        """How many rows a page goes on, one of those seen staying in view."""
        return max(self.size.height - 1, 1)

    @property
    def marquee(self) -> str:
        """The label of the marked row; empty if there is none."""
        return self._propositions[self._rang].libelle if self._propositions else ""

    @property
    def _rang(self) -> int:
        return self._voulue if self.highlighted is None else self.highlighted - self._tete

    def marquer(self, libelle: str) -> None:
        for rang, proposition in enumerate(self._propositions):
            if proposition.libelle == libelle:
                self._marquer(rang)

    def bouger(self, pas: int) -> None:
        self._marquer(min(max(self._rang + pas, 0), len(self._propositions) - 1))

    def _marquer(self, rang: int) -> None:
        self._voulue = rang
        if self.highlighted is not None:
            self.highlighted = rang + self._tete

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
    """Where the searched text (folded) begins a word of a label: start and end; an empty span if nowhere."""
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
    """A control with proposals: ↑ ↓ mark one, Entrée takes it and goes on, Échap closes without a change."""

    def __init__(self) -> None:
        super().__init__()
        self._volet: Volet | None = None

    @property
    def ouverte(self) -> bool:
        return self._volet is not None

    @abstractmethod
    def prendre(self, libelle: str) -> None:
        """Keep the label that the person chose."""

    def _proposer(self, propositions: Sequence[Proposition], total: int, cherche: str = "") -> None:
        """Open or update the list of proposals; close it if there are none."""
        if not propositions:
            self.fermer()
            return
        if self._volet is None:
            place = self.app.size.width - self.region.x - 1
            self._volet = Volet(propositions, total, cherche, max(self.size.width, min(self._largeur_du_volet, place)))
            self.mount(self._volet)
            self._redessiner_la_ligne()
        else:
            self._volet.montrer(propositions, total, cherche)
        # Above the help and the buttons; if hardly a row is left, Textual opens the list over the field.
        sous = self.app.size.height - PIED_DE_L_ECRAN - self.region.bottom
        self._volet.styles.max_height = min(sous, RANGS_DU_VOLET) if sous >= RANGS_UTILES else RANGS_DU_VOLET

    @property
    def _largeur_du_volet(self) -> int:
        """The width of the list in cells: as its proposals need, at least the control's, at most the screen's."""
        return LARGEUR_VOLET

    def fermer(self) -> None:
        if self._volet is not None:
            self._volet.remove()
            self._volet = None
            self._redessiner_la_ligne()

    def _redessiner_la_ligne(self) -> None:
        """The row of the field shows no error under an open list."""
        if isinstance(self.parent, Widget):
            self.parent.refresh()

    def choisir(self) -> None:
        """Take the marked proposal and go to the next field."""
        marquee = "" if self._volet is None else self._volet.marquee
        self.fermer()
        if marquee:
            self.prendre(marquee)
        self.post_message(Suivant())

    def on_key(self, event: events.Key) -> None:
        if (volet := self._volet) is None:
            return
        gestes: dict[str, Callable[[], object]] = {
            "down": lambda: self._bouger(1),
            "up": lambda: self._bouger(-1),
            "pagedown": lambda: self._bouger(volet.page),
            "pageup": lambda: self._bouger(-volet.page),
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
        """Take a proposal that is clicked."""
        message.stop()
        self.choisir()


class Liste(_AvecVolet, can_focus=True):
    """A list of at most a dozen values. Espace opens it; until one is chosen, Entrée and ↓ do too, then they go on.

    Letters open it at the first label that begins with them; the same letter again goes to the next such label. One
    that is `seule`, in no row of a form, has the sign of the focus in itself.
    """

    gestes: ClassVar = (("Espace", "ouvre la liste"),)
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

    def __init__(self, valeur: str, libelles: Sequence[str], invite: str, *, seule: bool = False) -> None:
        super().__init__()
        self.libelles = tuple(libelles)
        self._seule = seule
        self._invite = invite
        # A text that is no longer in the list stays, and the check of the form reports it.
        self.set_reactive(Liste.valeur, valeur)
        self._debut = ""  # of a label, as it was typed

    @property
    @override
    def _largeur_du_volet(self) -> int:
        return max(map(cell_len, self.libelles), default=0) + _MARGES

    def render(self) -> RenderResult:
        place = self.size.width - 4
        texte = raccourcir(self.valeur or self._invite, place)
        vide = " " * (place - cell_len(texte) + 1)
        repere = "►" if self._seule and self.has_focus else " "
        return Content.assemble(repere, (texte, "" if self.valeur else "$discret"), vide, "▼ ")

    def render_line(self, y: int) -> Strip:
        return super().render_line(y).apply_style(Style(underline=True))

    def action_ouvrir(self) -> None:
        if self.ouverte:
            self.choisir()
            return
        self._proposer([Proposition(libelle) for libelle in self.libelles], len(self.libelles))
        self._debut = ""
        self._marquer(self.valeur)

    def _marquer(self, libelle: str) -> None:
        if self._volet is not None:
            self._volet.marquer(libelle)

    def _bouger(self, pas: int) -> None:
        self._debut = ""
        super()._bouger(pas)

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
        """Mark the first label that begins with what was typed, or the next one that begins with this letter alone."""
        marquee = self._volet.marquee if self._volet is not None else ""
        debut = plier(self._debut + lettre) if self.ouverte else plier(lettre)
        vise = next(iter(self._commencent_par(debut)), None)
        if vise is None:
            debut = plier(lettre)
            trouves = self._commencent_par(debut)
            apres = trouves.index(marquee) + 1 if marquee in trouves else 0
            vise = next(iter(trouves[apres:] + trouves[:apres]), None)
        if vise is not None:
            if not self.ouverte:
                self.action_ouvrir()
            self._marquer(vise)
            self._debut = debut

    def _commencent_par(self, debut: str) -> list[str]:
        return [libelle for libelle in self.libelles if debut and plier(libelle).startswith(debut)]

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.focus()
            self.fermer() if self.ouverte else self.action_ouvrir()

    def on_blur(self, _: events.Blur) -> None:
        self.fermer()


class _ZoneCherchee(ZoneTexte):
    """The text of a search; in an empty one Espace is a gesture, not a sign."""

    def __init__(self, valeur: str, *, exemple: str, longueur: int, a_proposer: Callable[[], bool]) -> None:
        super().__init__(valeur, exemple=exemple, longueur=longueur)
        self._a_proposer = a_proposer

    @property
    def gestes(self) -> tuple[tuple[str, str], ...]:
        """What Espace does, while there is nothing in it and something to choose."""
        return Liste.gestes if self.vide and self._a_proposer() else ()

    @property
    def vide(self) -> bool:
        return not self.value.strip()

    @override
    async def _on_key(self, event: events.Key) -> None:
        if self.vide and (event.character or "").isspace():
            event.prevent_default()  # else the class above would be called too
        else:
            await super()._on_key(event)


class Recherche(_AvecVolet):
    """A field with proposals under it, twenty while one types, all if it is empty and Espace or ↓ is pressed.

    Its value is the text, chosen or typed.
    """

    DEFAULT_CSS = """
    Recherche { width: 1fr; height: 1; }
    """

    def __init__(self, valeur: str, *, exemple: str, longueur: int, chercher: Chercheur) -> None:
        super().__init__()
        self._chercher = chercher
        self._zone = _ZoneCherchee(
            valeur, exemple=exemple, longueur=longueur, a_proposer=lambda: bool(self._chercher("")[0])
        )

    def compose(self) -> ComposeResult:
        yield self._zone

    @property
    def valeur(self) -> str:
        return self._zone.valeur

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self._zone.valeur = texte
        if self._zone.has_focus:
            self._zone.select_all()  # what is typed next replaces it

    @property
    def exces(self) -> str:
        return self._zone.exces

    def focus(self, scroll_visible: bool = True) -> Any:
        self._zone.focus(scroll_visible)
        return self

    def on_change(self, message: Change) -> None:
        if message.zone is self._zone:
            message.stop()
            self.proposer() if self.valeur.strip() else self.fermer()
            self.post_message(Change(self, self.valeur))

    def proposer(self) -> None:
        """Show the proposals that match the text; all there are if it is empty."""
        total, propositions = self._chercher(self.valeur)
        self._proposer(propositions, total, self.valeur)

    def on_key(self, event: events.Key) -> None:
        espace = event.key == "space" or event.character == "\u00a0"  # the character of Tab is a space too
        if self._zone.vide and espace and self.ouverte:
            event.stop()
            self.choisir()
        elif self._zone.vide and (espace or event.key == "down") and not self.ouverte:
            event.stop()
            event.prevent_default()
            self.proposer()
        else:
            super().on_key(event)

    def inviter(self, texte: str) -> None:
        """Show a hint in the empty field."""
        if self._zone.placeholder != texte:
            self._zone.placeholder = texte

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Select the text of a chosen proposal, so that typing replaces it instead of adding to it."""
        if self._est_choisie:
            self._zone.select_all()

    @property
    def _est_choisie(self) -> bool:
        propositions = self._chercher(self.valeur)[1] if self.valeur else ()
        return any(proposition.libelle == self.valeur for proposition in propositions)

    def reproposer(self) -> None:
        """Show the proposals of a text that is still to be finished, once there is a place for them."""
        if not self.region:
            self.call_after_refresh(self.reproposer)
        elif self._zone.has_focus and not self._zone.vide and not self._est_choisie:
            self.proposer()

    @override
    def prendre(self, libelle: str) -> None:
        self.valeur = libelle
        self._zone.cursor_position = len(libelle)
        self.post_message(Change(self, libelle))

    def on_suivant(self, message: Suivant) -> None:
        """Entrée while the list is open: choose, then go on."""
        if self.ouverte:
            message.stop()
            self.choisir()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        self.fermer()

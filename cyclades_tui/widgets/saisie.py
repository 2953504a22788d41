"""The controls of a form; each has `valeur`, the raw text that the draft keeps, and says `Change` (screens.md §3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets.option_list import Option

OUI, NON = "oui", "non"
PROPOSITIONS = 20
HAUTEUR_LISTE = 8


class Change(Message):
    """The person changed a control; `valeur` is its raw text."""

    def __init__(self, controle: Widget, valeur: str) -> None:
        super().__init__()
        self.controle = controle
        self.valeur = valeur

    @property
    def control(self) -> Widget:
        return self.controle


class Colle(Message):
    """A paste was mended: what to tell the person."""

    def __init__(self, phrase: str) -> None:
        super().__init__()
        self.phrase = phrase


class Suivant(Message):
    """Entrée: go on to the next field."""


class ZoneTexte(Input):
    """One line of text. Enter goes on, a paste is composed and trimmed, what is too long is cut and told."""

    BINDINGS: ClassVar = [Binding("enter", "suivant", "champ suivant", show=False)]
    DEFAULT_CSS = """
    ZoneTexte, ZoneTexte:focus {
        height: 1; width: 1fr; border: none; padding: 0; background: $champ; color: $champ-texte;
        background-tint: transparent;
    }
    ZoneTexte:focus { background: $champ-focus; }
    ZoneTexte > .input--placeholder { color: $discret; }
    """

    def __init__(self, valeur: str, *, exemple: str, longueur: int, secret: bool = False) -> None:
        super().__init__(
            value=valeur, placeholder=exemple, max_length=longueur, password=secret, select_on_focus=False, compact=True
        )
        self.cursor_blink = False
        self._connue = valeur  # what the form already knows: mounting a filled field is no change

    @property
    def valeur(self) -> str:
        return self.value

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self._connue = texte
        self.value = texte

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        if message.value != self._connue:
            self._connue = message.value
            self.post_message(Change(self, message.value))

    def action_suivant(self) -> None:
        self.post_message(Suivant())

    def _on_paste(self, event: events.Paste) -> None:
        """Spaces for line ends, one composed form, cut at the limit: never refused in silence."""
        event.stop()
        event.prevent_default()
        propre = unicodedata.normalize("NFC", " ".join(event.text.split()))
        libre = (self.max_length or len(propre)) - len(self.value) + len(self.selected_text)
        if len(propre) > libre:
            self.post_message(
                Colle(f"Texte collé trop long : {len(propre) - max(libre, 0)} caractères en ont été retirés.")
            )
        elif propre != event.text:
            self.post_message(Colle("Texte collé, espaces et retours à la ligne retirés."))
        self.replace(propre[: max(libre, 0)], *self.selection)

    def render_line(self, y: int) -> Strip:
        """Underlined over the whole field, so that stacked empty fields stay apart."""
        return super().render_line(y).apply_style(Style(underline=True))


class OuiNon(Widget, can_focus=True):
    """A question: Oui, Non, or no answer yet; one Tab stop."""

    BINDINGS: ClassVar = [
        Binding("o", "repondre('oui')", "Oui", show=False),
        Binding("n", "repondre('non')", "Non", show=False),
        Binding("left,right,space", "passer", "l'autre", show=False),
        Binding("delete,backspace", "repondre('')", "retirer", show=False),
        Binding("enter", "suivant", "champ suivant", show=False),
    ]
    DEFAULT_CSS = """
    OuiNon { height: 1; width: 1fr; max-width: 44; background: $champ; color: $champ-texte; }
    OuiNon:focus { background: $champ-focus; }
    """

    valeur: reactive[str] = reactive("")

    def __init__(self, valeur: str) -> None:
        super().__init__()
        self.set_reactive(OuiNon.valeur, _reponse(valeur))

    def render(self) -> RenderResult:
        oui, non = ("•" if self.valeur == reponse else " " for reponse in (OUI, NON))
        suite = "   O ou N" if self.has_focus and not self.valeur else ""
        return Content.assemble(f" ({oui}) Oui    ({non}) Non", (suite, "$discret"))

    def action_repondre(self, reponse: str) -> None:
        if self.valeur != reponse:
            self.valeur = reponse
            self.post_message(Change(self, reponse))

    def action_passer(self) -> None:
        self.action_repondre(NON if self.valeur == OUI else OUI)

    def action_suivant(self) -> None:
        self.post_message(Suivant())

    def on_click(self, event: events.Click) -> None:
        if event.x in range(1, 8):
            self.action_repondre(OUI)
        elif event.x in range(11, 19):
            self.action_repondre(NON)


class CaseACocher(Horizontal, can_focus=True):
    """A box and its sentence. Espace ticks; Entrée only goes on."""

    BINDINGS: ClassVar = [
        Binding("space", "basculer", "cocher", show=False),
        Binding("enter", "suivant", "champ suivant", show=False),
    ]
    DEFAULT_CSS = """
    CaseACocher { height: auto; width: 1fr; color: $texte; }
    CaseACocher > .boite { width: 4; text-style: bold; }
    CaseACocher > .phrase { width: 1fr; height: auto; }
    CaseACocher:focus { background: $champ-focus; color: $champ-texte; }
    """

    valeur: reactive[str] = reactive("")

    def __init__(self, libelle: str, valeur: str) -> None:
        super().__init__()
        self._libelle = libelle
        self.set_reactive(CaseACocher.valeur, OUI if valeur == OUI else "")

    def compose(self) -> ComposeResult:
        yield Static(self._marque(), classes="boite", markup=False)
        yield Static(self._libelle, classes="phrase", markup=False)

    def _marque(self) -> str:
        return "[x]" if self.valeur else "[ ]"

    def watch_valeur(self) -> None:
        for boite in self.query(".boite").results(Static):
            boite.update(self._marque())

    def action_basculer(self) -> None:
        self.valeur = "" if self.valeur else OUI
        self.post_message(Change(self, self.valeur))

    def action_suivant(self) -> None:
        self.post_message(Suivant())

    def on_click(self, _: events.Click) -> None:
        self.focus()
        self.action_basculer()


class Liste(Select[str]):
    """At most a dozen values. Espace, Entrée or ↓ opens; Entrée chooses; Échap leaves as it was."""

    DEFAULT_CSS = """
    Liste { width: 1fr; max-width: 44; height: 1; }
    Liste > SelectCurrent, Liste:focus > SelectCurrent {
        border: none; padding: 0 1; height: 1; background: $champ; color: $champ-texte;
    }
    Liste:focus > SelectCurrent { background: $champ-focus; }
    Liste > SelectOverlay { border: tall $champ-barre-focus; background: $fond; color: $texte; max-height: 14; }
    """

    def __init__(self, valeur: str, libelles: Sequence[str], invite: str) -> None:
        connus = list(libelles)
        super().__init__(
            [(Content(libelle), libelle) for libelle in connus],
            prompt=invite,
            compact=True,
            value=valeur if valeur in connus else Select.NULL,
        )
        self._connue = valeur if valeur in connus else ""

    @property
    def valeur(self) -> str:
        return "" if self.is_blank() else str(self.value)

    @valeur.setter
    def valeur(self, texte: str) -> None:
        connue = any(texte == valeur for _, valeur in self._options)
        self._connue = texte if connue else ""
        self.value = texte if connue else Select.NULL

    def on_select_changed(self, message: Select.Changed) -> None:
        message.stop()
        if self.valeur != self._connue:
            self._connue = self.valeur
            self.post_message(Change(self, self.valeur))


@dataclass(frozen=True, slots=True)
class Proposition:
    """One row of a search: what is kept, and the datum that tells it from its like."""

    libelle: str
    detail: str = ""


Chercheur = Callable[[str], tuple[int, Sequence[Proposition]]]


class Recherche(Vertical):
    """A field with at most twenty proposals under it; the value is what is written, chosen or typed."""

    DEFAULT_CSS = """
    Recherche { width: 1fr; max-width: 44; height: auto; }
    Recherche > OptionList {
        display: none; height: auto; max-height: 9; border: none; padding: 0; background: $surface; color: $texte;
        overlay: screen; constrain: inside inflect; width: 60;
    }
    Recherche.-ouverte > OptionList { display: block; }
    """

    def __init__(self, valeur: str, *, exemple: str, longueur: int, chercher: Chercheur) -> None:
        super().__init__()
        self._chercher = chercher
        self._zone = ZoneTexte(valeur, exemple=exemple, longueur=longueur)
        self._liste = OptionList(compact=True, markup=False)
        self._liste.can_focus = False

    def compose(self) -> ComposeResult:
        yield self._zone
        yield self._liste

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
        if message.controle is self._zone:
            message.stop()
            self._proposer()
            self.post_message(Change(self, self.valeur))

    def _proposer(self) -> None:
        self._liste.clear_options()
        total, propositions = self._chercher(self.valeur) if self.valeur.strip() else (0, ())
        if total > len(propositions):
            self._liste.add_option(Option(Content(f"{len(propositions)} sur {total}, précisez"), disabled=True))
        for proposition in propositions:
            texte = Content.assemble(proposition.libelle, (f"  {proposition.detail}", "$discret"))
            self._liste.add_option(Option(texte, id=proposition.libelle))
        self.set_class(bool(propositions), "-ouverte")
        if propositions:
            self._liste.action_first()

    @property
    def ouverte(self) -> bool:
        return self.has_class("-ouverte")

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and not self.ouverte and self.valeur:
            self._proposer()
            event.stop()
        elif self.ouverte and event.key in ("down", "up", "enter", "escape"):
            event.stop()
            event.prevent_default()
            self._naviguer(event.key)

    def _naviguer(self, touche: str) -> None:
        if touche == "down":
            self._liste.action_cursor_down()
        elif touche == "up":
            self._liste.action_cursor_up()
        elif touche == "enter":
            self._choisir()
        else:
            self.remove_class("-ouverte")

    def _choisir(self) -> None:
        choisie = self._liste.highlighted
        if choisie is not None and (identifiant := self._liste.get_option_at_index(choisie).id) is not None:
            self._prendre(identifiant)
        self.post_message(Suivant())

    def _prendre(self, libelle: str) -> None:
        self.remove_class("-ouverte")
        self.valeur = libelle
        self._zone.cursor_position = len(libelle)
        self.post_message(Change(self, libelle))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if message.option.id is not None:
            self._prendre(message.option.id)

    def on_suivant(self, message: Suivant) -> None:
        """Entrée in the text with the list open chooses, and goes on."""
        if self.ouverte:
            message.stop()
            self._choisir()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        self.remove_class("-ouverte")


def _reponse(texte: str) -> str:
    propre = texte.strip().casefold()
    return propre if propre in (OUI, NON) else ""

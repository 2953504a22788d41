"""Controls for typing, answering or ticking; `valeur` is the raw text, which the draft keeps (ecrans.md §3)."""

from __future__ import annotations

import unicodedata
from typing import ClassVar, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from cyclades_tui.domaine.texte import ESPACES
from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.widgets.cadre import raccourcir

OUI, NON = "oui", "non"
_EN_TROP = 400  # characters: a key that is held down for a quarter of a minute
RETRAIT_CASE = 4  # cells before the sentence of a box


class Change(Message):
    """Posted when the person changed a control; `valeur` is its raw text."""

    def __init__(self, zone: Widget, valeur: str) -> None:
        super().__init__()
        self.zone = zone
        self.valeur = valeur

    @property
    def control(self) -> Widget:
        return self.zone


class Colle(Message):
    """Posted when pasted text was corrected: what to tell the person."""

    def __init__(self, phrase: str) -> None:
        super().__init__()
        self.phrase = phrase


class TropLong(Message):
    """More was typed than the field takes: it is kept as it is, and this is what to tell the person."""

    def __init__(self, phrase: str) -> None:
        super().__init__()
        self.phrase = phrase


class Suivant(Message):
    """Posted for Entrée: go to the next field; `valeur` is the text at that moment, if it matters."""

    def __init__(self, valeur: str = "") -> None:
        super().__init__()
        self.valeur = valeur


class ZoneTexte(Input):
    """One line of text. Entrée goes on; pasted text is composed and trimmed, and cut with a message if too long.

    What is typed is never cut: beyond `longueur` characters a message says so, and the check refuses it.
    """

    BINDINGS: ClassVar = [Binding("enter", "suivant", "champ suivant", show=False)]
    DEFAULT_CSS = """
    ZoneTexte, ZoneTexte:focus {
        height: 1; width: 1fr; border: none; padding: 0 0 0 1; background: $champ; color: $champ-texte;
        background-tint: transparent;
    }
    ZoneTexte:focus { background: $champ-focus; }
    ZoneTexte > .input--placeholder { color: $discret; }
    ZoneTexte > .input--selection { background: $choix; color: $choix-texte; }
    """

    def __init__(self, valeur: str, *, exemple: str, longueur: int, secret: bool = False) -> None:
        super().__init__(
            value=valeur, placeholder=exemple, max_length=longueur + _EN_TROP, password=secret, select_on_focus=False
        )
        self.longueur = longueur
        self.cursor_blink = False
        self._connue = valeur  # what the form already knows, so that mounting a filled field is not a change

    @property
    def valeur(self) -> str:
        return self.value

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self._connue = texte
        self.value = texte

    @property
    def exces(self) -> str:
        """How much too long it is and what to do; empty where it is not."""
        combien = len(self.value)
        return "" if combien <= self.longueur else f"{combien} caractères pour {self.longueur} au plus. Abrégez."

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        if message.value != self._connue:
            self._connue = message.value
            self.post_message(Change(self, message.value))
            if self.exces:
                self.post_message(TropLong(self.exces))

    def on_focus(self, _: events.Focus) -> None:
        """Show the caret of a text that is longer than the field, which Textual does only once it moves."""
        self.call_after_refresh(self._montrer_le_curseur)

    def _montrer_le_curseur(self) -> None:
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    def action_suivant(self) -> None:
        self.post_message(Suivant(self.value))

    async def _on_key(self, event: events.Key) -> None:
        """Read a no-break space, which French keyboards type beside a sign, as the space that a paste makes of it."""
        if event.character is not None and event.character in ESPACES:
            event.stop()
            event.prevent_default()
            event = events.Key("space", " ")
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Correct pasted text: spaces for line ends, composed form, cut at the limit with a message."""
        event.stop()
        event.prevent_default()
        compose = unicodedata.normalize("NFC", " ".join(event.text.split()))
        propre = "".join(signe for signe in compose if signe.isprintable())
        libre = self.longueur - len(self.value) + len(self.selected_text)
        if len(propre) > libre:
            self.post_message(
                Colle(f"Texte collé trop long : {len(propre) - max(libre, 0)} caractères en ont été retirés.")
            )
        elif propre != event.text:
            self.post_message(Colle("Texte collé ; espaces en trop, retours à la ligne et signes invisibles retirés."))
        self.replace(propre[: max(libre, 0)], *self.selection)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Never lay out again: the size ignores the text, but Textual would lay out the whole screen at each key."""
        return super().refresh(*regions, repaint=repaint, layout=layout and not self.is_mounted, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """Underline the whole field, so that adjacent empty fields can be told apart.

        Without the focus, a text that is too long shows its beginning, and not the end where the caret stands.
        """
        bande, largeur = super().render_line(y), self.scrollable_content_region.width
        if not self.has_focus and not self.password and cell_len(self.value) > largeur:
            debut = Strip([Segment(raccourcir(self.value, largeur), self.rich_style)])
            bande = debut.adjust_cell_length(largeur, self.rich_style)
        return bande.apply_style(Style(underline=True))


class OuiNon(Widget, can_focus=True):
    """A question with the answers Oui and Non, or no answer yet; one Tab stop."""

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


class CaseACocher(Widget, can_focus=True):
    """A box and its sentence. Espace ticks and unticks; Entrée ticks, and goes on from one that is ticked."""

    gestes: ClassVar = (("Espace", "coche"),)
    BINDINGS: ClassVar = [
        Binding("space", "basculer", "cocher", show=False),
        Binding("enter", "suivant", "champ suivant", show=False),
    ]
    DEFAULT_CSS = """
    CaseACocher { height: auto; width: 1fr; color: $texte; }
    CaseACocher:focus { background: $champ-focus; color: $champ-texte; }
    """

    valeur: reactive[str] = reactive("")

    def __init__(self, libelle: str, valeur: str) -> None:
        super().__init__()
        self._libelle = libelle
        self.set_reactive(CaseACocher.valeur, OUI if valeur == OUI else "")

    def lignes(self, largeur: int) -> list[str]:
        """The sentence, wrapped beside the box."""
        return en_lignes(self._libelle, max(largeur - RETRAIT_CASE, 1)) or [""]

    def render(self) -> RenderResult:
        premiere, *autres = self.lignes(self.size.width)
        boite = "[x] " if self.valeur else "[ ] "
        return Content.assemble((boite, "bold"), premiere, *(f"\n{' ' * RETRAIT_CASE}{ligne}" for ligne in autres))

    def action_basculer(self) -> None:
        self.valeur = "" if self.valeur else OUI
        self.post_message(Change(self, self.valeur))

    def action_suivant(self) -> None:
        if self.valeur:
            self.post_message(Suivant())
        else:
            self.action_basculer()

    def on_click(self, _: events.Click) -> None:
        self.focus()
        self.action_basculer()


def _reponse(texte: str) -> str:
    propre = texte.strip().casefold()
    return propre if propre in (OUI, NON) else ""

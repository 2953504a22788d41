"""A list, and the file of its focused row: beside it from 120 columns, else in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.fichiers.apercu import indessinable
from cyclades_tui.fichiers.formats import PDF
from cyclades_tui.fichiers.refus import FichierIllisible
from cyclades_tui.screens.cadre.base import Probleme
from cyclades_tui.screens.cadre.page import Page, phrases
from cyclades_tui.widgets.apercu import Apercu


@dataclass(frozen=True, slots=True)
class ALire:
    """A file to read: its bytes, its text if it has one, its format."""

    octets: bytes
    texte: str = ""
    format: str = PDF


class Lecture(Horizontal):
    """Holds `liste` and the preview of the file requested last; if there is no room for both, one is visible."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Lecture > #liste { width: 1fr; height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    Lecture > Apercu { display: none; }
    Lecture.-lecture > #liste { display: none; }
    Lecture.-lecture > Apercu { display: block; }
    .-etroit.-lecture-seule > .liens { display: none; }
    .-large Lecture > #liste { display: block; }
    .-large Lecture > Apercu { display: block; border: solid $filet; border-title-color: $titre; }
    .-large Lecture > Apercu:focus { border: double $champ-barre-focus; border-title-style: bold; }
    """

    def __init__(self, page: Page, liste: VerticalScroll) -> None:
        super().__init__()
        self._page = page
        self.liste = liste
        self.apercu = Apercu()
        self._montre: object = None  # the key of the file in the preview, None if there is none

    def compose(self) -> ComposeResult:
        yield self.liste
        yield self.apercu

    def montrer(self, cle: object, titre: str, lire: Callable[[], ALire]) -> None:
        """Read a file and show it, unless it is shown already; `cle` identifies it."""
        if cle != self._montre:
            self._montre = cle
            self.apercu.border_title = Content(titre)
            self._page.lancer(lire, lambda lu: self._recevoir(cle, lu), self._refuser)

    def _recevoir(self, cle: object, lu: ALire) -> None:
        if cle == self._montre:
            self.apercu.montrer(lu.octets, lu.texte, lu.format)

    def _refuser(self, fautes: tuple[Faute, ...]) -> None:
        self.vider()
        self._page.dire_les_fautes(fautes)

    def vider(self, titre: str | None = None) -> None:
        """Show no file; change the title to `titre` if given."""
        autre_titre = titre is not None and str(self.apercu.border_title or "") != titre
        if titre is not None and autre_titre:
            self.apercu.border_title = Content(titre)
        if self._montre is not None or autre_titre:
            self._montre = None
            self.apercu.montrer(b"", "")

    @property
    def pleine(self) -> bool:
        """Whether the preview holds a file."""
        return self._montre is not None

    def commencer(self) -> None:
        """Begin to read the file in the preview."""
        self.add_class("-lecture")
        self._page.add_class("-lecture-seule")  # where there is no room for both, the page is all for the file
        self._page.donner_le_focus(self.apercu, en_vue=False)

    def finir(self, ligne: Widget | None) -> None:
        """Return to this row of the list."""
        self.remove_class("-lecture")
        self._page.remove_class("-lecture-seule")
        if ligne is not None:
            self._page.donner_le_focus(ligne)

    @property
    def en_cours(self) -> bool:
        """Whether the preview has the focus, or is in place of the list."""
        return self.apercu.has_focus or (self.has_class("-lecture") and not self.liste.display)

    def on_apercu_illisible(self, message: Apercu.Illisible) -> None:
        message.stop()
        if isinstance(message.erreur, FichierIllisible):
            faute = indessinable(message.erreur, "Les autres fichiers de la liste se lisent normalement.")
            self._page.dire("Sans aperçu", phrases((faute,)), "erreur")
        else:
            self.post_message(Probleme(message.erreur))

"""The panes of the control screen: side by side from 120 columns, otherwise as tabs."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static
from typing_extensions import override

ATTENTE, DOCUMENT, DOSSIER = "file", "document", "dossier"
VOLETS: Final = {ATTENTE: "File", DOCUMENT: "Document", DOSSIER: "Dossier"}


class NomDeVolet(Static):
    """The name of a pane that is a tab; a click shows the pane."""

    def __init__(self, volet: str) -> None:
        super().__init__(VOLETS[volet], id=f"onglet-{volet}", classes="onglet", markup=False)
        self.volet = volet

    async def on_click(self) -> None:
        await self.run_action(f"screen.montrer_le_volet('{self.volet}')")


class OngletsDesVolets(Horizontal):
    """The names of the panes, the visible one, what is to verify in the dossier, and the page of the document."""

    DEFAULT_CSS = """
    OngletsDesVolets { height: 1; padding: 0 1; }
    OngletsDesVolets > .onglet { width: auto; padding: 0 2; color: $texte; }
    OngletsDesVolets > .onglet.-choisi { color: $action2-texte; background: $action2; text-style: bold; }
    OngletsDesVolets > .a-verifier { width: auto; color: $attention; text-style: bold; }
    OngletsDesVolets > #rang-page { width: 1fr; text-align: right; color: $discret; }
    """

    def __init__(self) -> None:
        super().__init__(id="onglets")
        self.choisi = DOCUMENT

    @override
    def compose(self) -> ComposeResult:
        yield from map(NomDeVolet, VOLETS)
        yield Static("", classes="a-verifier", markup=False)
        yield Static("", id="rang-page", markup=False)

    def choisir(self, volet: str) -> None:
        self.choisi = volet
        for nom in self.query(NomDeVolet):
            nom.set_class(nom.volet == volet, "-choisi")

    def voisin(self, pas: int) -> str:
        """The pane after or before the visible one."""
        volets = list(VOLETS)
        return volets[(volets.index(self.choisi) + pas) % len(volets)]

    def dire_les_conditions(self, texte: str) -> None:
        """After the name of the last pane, which has them whole."""
        self._dire(".a-verifier", texte, layout=True)

    def dire_la_page(self, texte: str) -> None:
        self._dire("#rang-page", texte, layout=False)

    def _dire(self, ou: str, texte: str, *, layout: bool) -> None:
        """Lay out the screen again only for another text."""
        ecrit = self.query_one(ou, Static)
        if ecrit.content != texte:
            ecrit.update(texte, layout=layout)

"""« Ce qui a changé » between two versions of a candidature, with the labels of each."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.domaine.temps import jour_et_heure
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.domaine.typographie import accentuer
from cyclades_tui.poste import Poste
from cyclades_tui.regles.recapitulatif import Difference
from cyclades_tui.screens.borne.choix.depart import PageCandidat
from cyclades_tui.widgets.cadre import Bandeau


class ChoixVersion(Widget, can_focus=True):
    """A choice of version; ← and → select the previous and the next one."""

    class Change(Message):
        """Posted when another version is selected."""

    BINDINGS: ClassVar = [
        Binding("left", "passer(-1)", "version d'avant", show=False),
        Binding("right", "passer(1)", "version d'après", show=False),
    ]
    DEFAULT_CSS = """
    ChoixVersion { width: 38; height: 1; margin: 0 2 0 0; }
    ChoixVersion:focus { background: $champ-focus; color: $champ-texte; }
    """

    def __init__(self, mot: str, fiche: Fiche, version: int) -> None:
        super().__init__()
        self._mot = mot
        self._versions = fiche.versions
        self.version = version

    def render(self) -> RenderResult:
        sauvee = self._versions[self.version - 1]
        avant = "◄" if self.version > 1 else " "
        apres = "►" if self.version < len(self._versions) else " "
        return Content.assemble(
            f"{self._mot} ", (f"{avant} version {sauvee.numero} {apres}", "bold"), f" {jour_et_heure(sauvee.instant)}"
        )

    def action_passer(self, pas: int) -> None:
        if 1 <= self.version + pas <= len(self._versions):
            self.version += pas
            self.refresh()
            self.post_message(self.Change())

    def on_focus(self) -> None:
        self.refresh()


class EcranChangements(PageCandidat):
    """Two versions, at first the last two, and the differences between them."""

    TITRE = "Ce qui a changé"
    AIDE = "← et → changent la version ; ↑ et ↓ passent de l'une à l'autre."
    TOUCHES = (("← →", "autre version"), ("↑ ↓", "de l'une à l'autre"), ("Pg↑ Pg↓", "page"), ("Éch", "retour"))
    DEFAULT_CSS = """
    EcranChangements #versions { height: auto; margin: 0 0 1 1; }
    EcranChangements .differences { height: auto; margin: 0 0 0 1; }
    """

    def __init__(self, poste: Poste, session: SessionCandidat, fiche: Fiche) -> None:
        super().__init__(poste, session)
        self._fiche = fiche

    def contenu(self) -> ComposeResult:
        with Horizontal(id="versions"):
            yield ChoixVersion("De la", self._fiche, max(self._fiche.version - 1, 1))
            yield ChoixVersion("à la", self._fiche, self._fiche.version)
        yield Static("", classes="differences", markup=False)

    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {self._fiche.numero_inscription:03d}")
        self.query(ChoixVersion).first().focus()
        self._comparer()

    def on_choix_version_change(self) -> None:
        self._comparer()

    def _comparer(self) -> None:
        avant, apres = (choix.version for choix in self.query(ChoixVersion))
        fiche = self._fiche
        numeros = (fiche.numero_candidat, fiche.numero_inscription)
        comparer = partial(candidatures.ce_qui_a_change, self.poste, *numeros, avant, apres)
        self.lire(comparer, self._montrer, self.dire_les_fautes)

    def _montrer(self, differences: tuple[Difference, ...]) -> None:
        texte = Content("\n").join(map(_ligne, differences)) if differences else Content("Rien n'a changé.")
        self.query_one(".differences", Static).update(texte)
        combien = len(differences)
        self.dire(denombrer(combien, "changement") if combien else "Aucun changement")

    def action_quitter(self) -> None:
        self.app.pop_screen()


def _ligne(difference: Difference) -> Content:
    """The label, the former value and the new one."""
    return Content.assemble(
        (accentuer(difference.libelle), "bold"),
        "\n  ",
        (difference.avant or "-", "$discret"),
        "  →  ",
        (difference.apres or "-", "$texte"),
        "\n",
    )

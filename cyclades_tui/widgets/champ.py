"""A field on its row: label, bar, control, state, and under it what is wrong (screens.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.widgets.saisie import (
    CaseACocher,
    Change,
    Chercheur,
    Liste,
    OuiNon,
    Proposition,
    Recherche,
    ZoneTexte,
)

LISTE_COURTE = 12
QUESTION_LONGUE = 40
# Cells that the content of a nature needs (screens.md §3).
_LARGEURS = {
    Nature.ANNEE: 8,
    Nature.NOTE: 8,
    Nature.CODE_POSTAL: 10,
    Nature.DATE_NAISSANCE: 12,
    Nature.INE: 14,
    Nature.TELEPHONE: 20,
}
_LARGEUR = 44


class Sources(Protocol):
    """Where lists and proposals come from; the screen gives them."""

    def libelles(self, champ: Champ) -> Sequence[str]:
        """Every label of a list, empty while it waits for another field."""
        ...

    def chercher(self, champ: Champ, debut: str) -> tuple[int, Sequence[Proposition]]:
        """How many values fit what is typed, and the first twenty."""
        ...


class LigneChamp(Vertical):
    """One field. `valeur` is its raw text; `fauter` shows or clears what is wrong."""

    class Modifie(Message):
        """The raw text changed."""

        def __init__(self, champ: Champ, valeur: str) -> None:
            super().__init__()
            self.champ = champ
            self.valeur = valeur

    class Visite(Message):
        """The field took the focus."""

        def __init__(self, ligne: LigneChamp) -> None:
            super().__init__()
            self.ligne = ligne

    class Quitte(Message):
        """The focus left the field: the moment to check it."""

        def __init__(self, champ: Champ) -> None:
            super().__init__()
            self.champ = champ

    DEFAULT_CSS = """
    LigneChamp { height: auto; width: 1fr; }
    LigneChamp > .rang { height: auto; width: 1fr; }
    LigneChamp .repere { width: 1; color: $titre; visibility: hidden; text-style: bold; }
    LigneChamp.-visitee .repere { visibility: visible; }
    LigneChamp .libelle { width: 28; height: auto; padding: 0 1 0 0; }
    LigneChamp .marge { width: 28; }
    LigneChamp .barre { width: 1; color: $champ-barre; }
    LigneChamp.-visitee .barre { color: $champ-barre-focus; }
    LigneChamp.-fautive .barre { color: $erreur; }
    LigneChamp .etat { width: 3; padding: 0 0 0 1; color: $succes; text-style: bold; }
    LigneChamp.-fautive .etat { color: $erreur; }
    LigneChamp .faute { display: none; height: auto; width: 1fr; color: $erreur; padding: 0 0 0 30; }
    LigneChamp.-fautive .faute { display: block; }
    LigneChamp.-longue .libelle { width: 1fr; }
    LigneChamp.-case .libelle, LigneChamp.-case .barre { display: none; }
    LigneChamp.-case .faute { padding: 0 0 0 5; }
    """

    def __init__(
        self, champ: Champ, valeur: str, sources: Sources, *, libelle: str = "", nom: str | None = None
    ) -> None:
        super().__init__(name=nom, id=identifiant(champ.id) if nom is None else None)
        self.champ = champ
        self._libelle = libelle or champ.libelle
        self.controle = self._controle(valeur, sources)
        longue = len(self._libelle) > QUESTION_LONGUE and champ.nature is not Nature.CASE
        self.set_class(longue, "-longue")
        self.set_class(champ.nature is Nature.CASE, "-case")

    def compose(self) -> ComposeResult:
        etoile = ("*", "$requis") if self.champ.obligatoire == () else ("", "")
        libelle = Static(Content.assemble(self._libelle, " ", etoile), classes="libelle", markup=False)
        if self.has_class("-longue"):
            with Horizontal(classes="rang"):
                yield Static(" ", classes="repere", markup=False)
                yield libelle
            with Horizontal(classes="rang"):
                yield Static("", markup=False, classes="marge")
                yield from self._saisie()
        else:
            with Horizontal(classes="rang"):
                yield Static("►", classes="repere", markup=False)
                yield libelle
                yield from self._saisie()
        yield Static("", classes="faute", markup=False)

    def _saisie(self) -> ComposeResult:
        yield Static("▌", classes="barre", markup=False)
        yield self.controle
        yield Static("", classes="etat", markup=False)

    def _controle(self, valeur: str, sources: Sources) -> ZoneTexte | OuiNon | CaseACocher | Liste | Recherche:
        champ = self.champ
        if champ.nature is Nature.OUI_NON:
            return OuiNon(valeur)
        if champ.nature is Nature.CASE:
            return CaseACocher(self._libelle, valeur)
        if champ.nature is Nature.CHOIX:
            libelles = sources.libelles(champ)
            if 0 < len(libelles) <= LISTE_COURTE:
                return Liste(valeur, libelles, "Sélectionnez une valeur")
        exemple = f"Exemple : {champ.exemple}" if champ.exemple else ""
        if champ.nature in (Nature.CHOIX, Nature.COMMUNE, Nature.LOCALITE):
            return Recherche(valeur, exemple=exemple, longueur=champ.longueur, chercher=_chercheur(sources, champ))
        largeur = _LARGEURS.get(champ.nature, _LARGEUR)
        invite = exemple if len(exemple) <= largeur else champ.exemple
        zone = ZoneTexte(valeur, exemple=invite, longueur=champ.longueur)
        zone.styles.max_width = largeur
        return zone

    @property
    def valeur(self) -> str:
        return self.controle.valeur

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self.controle.valeur = texte

    @property
    def fautive(self) -> bool:
        return self.has_class("-fautive")

    def fauter(self, faute: Faute | None, *, bonne: bool = False) -> None:
        """Show what is wrong, or that the value is right (`bonne`, for a field that must be filled)."""
        self.set_class(faute is not None, "-fautive")
        etat = "×" if faute is not None else ("√" if bonne else "")
        self.query_one(".etat", Static).update(etat)
        self.query_one(".faute", Static).update(Content("" if faute is None else f"× {phrase_au_champ(faute)}"))

    def exiger(self, obligatoire: bool) -> None:
        """Show or take away the star of a field that must be filled now."""
        etoile = ("*", "$requis") if obligatoire else ""
        self.query_one(".libelle", Static).update(Content.assemble(self._libelle, " ", etoile))

    def prendre_le_focus(self) -> None:
        self.controle.focus()

    def on_change(self, message: Change) -> None:
        message.stop()
        self.post_message(self.Modifie(self.champ, self.valeur))

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self.add_class("-visitee")
        self.post_message(self.Visite(self))
        # After the refresh, so that the error under the field is also in view.
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_descendant_blur(self, _: DescendantBlur) -> None:
        self.remove_class("-visitee")
        self.post_message(self.Quitte(self.champ))


def phrase_au_champ(faute: Faute) -> str:
    """What is wrong and what to do; beside its field the label is not repeated."""
    message = "À remplir." if faute.code == "champ.obligatoire" else faute.message
    return f"{message} {faute.remede}".rstrip()


def identifiant(champ: str) -> str:
    """A widget's id from a field's: dots are not allowed there."""
    return "c-" + champ.replace(".", "--")


def _chercheur(sources: Sources, champ: Champ) -> Chercheur:
    def chercher(debut: str) -> tuple[int, Sequence[Proposition]]:
        return sources.chercher(champ, debut)

    return chercher

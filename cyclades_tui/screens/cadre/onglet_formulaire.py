"""A tab of fields in sections, made from their specifications; fields appear and disappear in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.rubriques import Rubriques


class Agencement:
    """The layout of a tab: its fields, and the widgets around them. By default the tab's fields only."""

    RETRAIT: ClassVar = 29  # cells before the bar of a field, including its label, under 120 columns

    def __init__(self, identifiant: str, formulaire: Formulaire) -> None:
        self.identifiant = identifiant
        self.formulaire = formulaire

    def champs(self) -> Iterable[Champ]:
        """The fields that the tab may ask, in reading order; locked ones are shown by `avant`."""
        return (
            champ
            for champ in self.formulaire.service.champs(None).values()
            if champ.onglet == self.identifiant and champ.nature is not Nature.CALCULE
        )

    def avant(self) -> Iterator[Widget]:
        """The widgets above the fields."""
        yield from ()

    def apres(self) -> Iterator[Widget]:
        """The widgets under the fields."""
        yield from ()

    def sous(self, _champ: Champ) -> Iterator[Widget]:
        """The widgets under a field."""
        yield from ()

    def titre(self, section: str, *, premiere: bool) -> Iterator[Widget]:
        """The title of a section."""
        yield Static(section, classes="section -premiere" if premiere else "section", markup=False, name=section)

    def accorder(self) -> None:
        """Update the widgets around the fields from the form."""


class OngletFormulaire(VoletOnglet):
    """Mounts every field that may be asked, and displays those asked now."""

    PAR_SECTIONS = True
    DEFAULT_CSS = """
    OngletFormulaire > Bloc { margin: 1 1 0 1; }
    """

    def __init__(self, agencement: Agencement) -> None:
        super().__init__(agencement.identifiant, agencement.formulaire)
        self._agencement = agencement
        self._categorie = agencement.formulaire.categorie
        self._titres: list[Static] = []

    def compose(self) -> ComposeResult:
        agencement = self._agencement
        yield Static("", classes="resume", markup=False)
        yield from agencement.avant()
        for rang, (section, champs) in enumerate(groupby(agencement.champs(), key=lambda champ: champ.section)):
            yield from agencement.titre(section, premiere=rang == 0)
            with Rubriques():
                demandes = list(champs)
                for champ, suivant in zip_longest(demandes, demandes[1:]):
                    valeur = self.formulaire.saisie.get(champ.id, "")
                    ligne = LigneChamp(champ, valeur, self.formulaire, retrait=agencement.RETRAIT)
                    ligne.set_class(suivant is not None and _vont_ensemble(champ, suivant), "-paire")
                    yield ligne
                    yield from agencement.sous(champ)
        yield from agencement.apres()

    def on_mount(self) -> None:
        self.oublier_les_lignes()
        self._titres = list(self.query(".section").results(Static))
        self.actualiser()

    @override
    def actualiser(self) -> None:
        """Show the fields asked now; the others keep what is typed in them."""
        demandes = self.formulaire.lue.champs
        for ligne in self.lignes():
            if ligne.display != (ligne.champ.id in demandes):
                ligne.display = not ligne.display
            ligne.exiger(self.formulaire.exige(ligne.champ))
            ligne.attendre(self.formulaire.attente(ligne.champ))
        self._accorder_les_listes()
        affichees = {ligne.champ.section for ligne in self.affichees()}
        for titre in self._titres:
            if titre.display != (voulu := titre.name is None or titre.name in affichees):
                titre.display = voulu
        self._agencement.accorder()

    def _accorder_les_listes(self) -> None:
        """Update the lists that depend on the category."""
        if self._categorie != self.formulaire.categorie:
            self._categorie = self.formulaire.categorie
            for ligne in self.lignes():
                ligne.accorder()


def _vont_ensemble(champ: Champ, suivant: Champ) -> bool:
    """Whether two fields share a row: a field and its confirmation, a postal code and its locality."""
    return suivant.confirme == champ.id or (champ.nature, suivant.nature) == (Nature.CODE_POSTAL, Nature.LOCALITE)

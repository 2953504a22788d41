"""Tab « Acquis »: declarations, titles and what they dispense, notes of former sessions, VAE (F205-F233)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.champs import acquis as noms
from cyclades_tui.champs.specification import Champ
from cyclades_tui.referentiel.schema import Epreuve, Titre
from cyclades_tui.regles.acquis_lies import DECLARATIONS_LIEES
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.saisie import NON, OUI

_RETRAIT = 4
_LIBELLE = 34
# The field says « je la repasse »; its box is ticked for the opposite, as the sentence of the guides above it says.
_AIDE = "Cochée, elle vous dispense ; décochée, vous la repassez"
_EXPLICATION = (
    "Cochée, elle vous dispense de cette épreuve, par le titre que vous déclarez. Décochez-la pour la repasser : "
    "l'épreuve redevient « Inscrit » à l'onglet Épreuves, et c'est la note de cette session qui comptera."
)


@dataclass(frozen=True, slots=True)
class RangVoulu:
    """A row that the tab should show: its key, its field or its sentence, its depth."""

    cle: str
    niveau: int
    champ: Champ | None = None
    phrase: str = ""
    dispense: bool = False


class LigneDispense(LigneChamp):
    """An épreuve that a title dispenses: dispensed while ticked, sat again if unticked, as the row says."""

    @property
    def signe(self) -> str:
        return super().signe if self.zone.valeur == OUI else "Inscrit, à repasser"

    @property
    def valeur(self) -> str:
        return "" if super().valeur == OUI else OUI

    @valeur.setter
    def valeur(self, texte: str) -> None:
        self.zone.valeur = "" if texte == OUI else OUI


class OngletAcquis(VoletOnglet):
    """Rows appear under what is ticked; rows that disappear keep their texts."""

    PAR_SECTIONS = True
    DEFAULT_CSS = """
    OngletAcquis .intro { height: auto; margin: 0 1 1 1; }
    OngletAcquis .phrase-dispense { height: auto; color: $discret; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", classes="resume", markup=False)
        yield Static(self.formulaire.reglages.textes.acquis, classes="intro", markup=False)
        yield from map(self._widget, self._rangs())

    def on_mount(self) -> None:
        self.oublier_les_lignes()
        self.actualiser()

    @override
    def actualiser(self) -> None:
        """Show the rows wanted, hide the others, and mount missing ones, neighbours together."""
        presents = {widget.name: widget for widget in self.query(".rang-acquis")}
        voulus = {rang.cle: rang for rang in self._rangs()}
        for cle, widget in presents.items():
            if widget.display != (cle in voulus):
                widget.display = not widget.display
        precedent: Widget = self.query_one(".intro")
        for absents, rangs in groupby(voulus.values(), key=lambda rang: rang.cle not in presents):
            widgets = [self._widget(rang) if absents else presents[rang.cle] for rang in rangs]
            if absents:
                self.mount_all(widgets, after=precedent)
                self.oublier_les_lignes()
            precedent = widgets[-1]
        self._accorder_les_dispenses()
        for ligne in self.affichees():
            if ligne.champ.id in DECLARATIONS_LIEES:  # a change of another tab may have made them doubtful
                self._montrer(ligne, self.formulaire.faute(ligne.champ.id))

    def _accorder_les_dispenses(self) -> None:
        """Give the box of an épreuve the same value under every title that dispenses it."""
        for ligne in self.query(LigneDispense):
            attendue = self.formulaire.saisie.get(ligne.champ.id, "")
            if ligne.is_mounted and (ligne.valeur == OUI) != (attendue == OUI):
                ligne.valeur = attendue

    def _widget(self, rang: RangVoulu) -> Widget:
        if rang.champ is None:
            widget: Widget = Static(rang.phrase, classes="rang-acquis phrase-dispense", markup=False, name=rang.cle)
        else:
            widget = _ligne(rang, rang.champ, self.formulaire)
            widget.add_class("rang-acquis")
        widget.styles.margin = (0, 1, 0, 1 + _RETRAIT * rang.niveau)
        return widget

    # What is wanted

    def _rangs(self) -> Iterator[RangVoulu]:
        demandes = self.formulaire.lue.champs
        presentation = self.formulaire.lue.presentation
        if presentation is None:
            return
        referentiel = self.formulaire.service.referentiel
        groupe = (presentation.diplome, presentation.annee, presentation.groupe)
        for declaration in referentiel.dispenses_de(presentation.diplome.examen).declaration:
            champ = demandes[noms.declaration(declaration.id)]
            yield RangVoulu(champ.id, 0, champ)
            if self.formulaire.lue.valeur(champ.id) != OUI:
                continue
            if declaration.id == noms.TITRE:
                for titre in referentiel.titres_offerts(*groupe):
                    yield from self._titre(titre, presentation.diplome.arbre(presentation.annee, presentation.groupe))
            else:
                prefixe = f"acquis.{declaration.id}."
                yield from (RangVoulu(c.id, 1, c) for c in demandes.values() if c.id.startswith(prefixe))
        for population in referentiel.populations_offertes(*groupe):
            champ = demandes[noms.case_population(population.id)]
            yield RangVoulu(champ.id, 0, champ)

    def _titre(self, titre: Titre, arbre: tuple[Epreuve, ...]) -> Iterator[RangVoulu]:
        demandes = self.formulaire.lue.champs
        case = demandes[noms.case_titre(titre.id)]
        yield RangVoulu(case.id, 1, case)
        if self.formulaire.lue.valeur(case.id) != OUI:
            return
        for partie in ("annee", "academie"):
            champ = demandes[f"acquis.titre.{titre.id}.{partie}"]
            yield RangVoulu(champ.id, 2, champ)
        yield RangVoulu(f"phrase.{titre.id}", 2, phrase=self.formulaire.reglages.textes.acquis_dispenses)
        for epreuve in arbre:
            repasser = demandes.get(noms.case_repasser(epreuve.code))
            if repasser is not None and epreuve.matiere in titre.matieres:
                yield RangVoulu(f"{titre.id}.{repasser.id}", 2, repasser, dispense=True)


def _ligne(rang: RangVoulu, champ: Champ, formulaire: Formulaire) -> LigneChamp:
    valeur = formulaire.saisie.get(champ.id, "")
    libelle = _court(champ)
    if rang.dispense:
        return LigneDispense(
            replace(champ, aide=_AIDE, explication=_EXPLICATION),
            NON if valeur == OUI else OUI,
            formulaire,
            libelle=libelle,
            nom=rang.cle,
            retrait=_LIBELLE,
        )
    return LigneChamp(champ, valeur, formulaire, libelle=libelle, nom=rang.cle, retrait=_LIBELLE)


def _court(champ: Champ) -> str:
    """The label without the words that its title already says."""
    return champ.libelle.split(" (", 1)[0] if champ.id.endswith((".annee", ".academie")) else champ.libelle

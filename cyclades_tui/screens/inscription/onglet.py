"""What every tab is: sections of fields made from their specifications; contextual ones come and go in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.inscription.modele import ModeleInscription
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.champ import LigneChamp

LIBELLE_COURT = 34


class OngletFormulaire(VerticalScroll, can_focus=False):
    """A tab of fields. Every field that may be asked is mounted; those not asked now are not displayed."""

    DEFAULT_CSS = """
    OngletFormulaire { height: 1fr; padding: 0 0 0 0; scrollbar-size-vertical: 1; }
    OngletFormulaire .section { height: 1; margin: 1 0 0 1; color: $titre; text-style: bold; }
    OngletFormulaire .section.-premiere { margin: 0 0 0 1; }
    OngletFormulaire .resume { display: none; margin: 0 1 1 1; padding: 0 1; background: $erreur-fond; color: $erreur;
        border-left: thick $erreur; height: auto; }
    OngletFormulaire.-fautif > .resume { display: block; }
    OngletFormulaire .note { height: auto; margin: 1 1 0 1; color: $discret; }
    """

    def __init__(self, identifiant: str, modele: ModeleInscription) -> None:
        super().__init__(id=f"onglet-{identifiant}")
        self.identifiant = identifiant
        self.modele = modele

    def champs(self) -> Iterable[Champ]:
        """The fields that this tab may ask, in reading order; locked ones are shown by `avant`."""
        return (
            champ
            for champ in self.modele.service.champs(None).values()
            if champ.onglet == self.identifiant and champ.nature is not Nature.CALCULE
        )

    def avant(self) -> Iterator[Widget]:
        """What stands above the fields."""
        yield from ()

    def apres(self) -> Iterator[Widget]:
        """What stands under the fields."""
        yield from ()

    def compose(self) -> ComposeResult:
        yield Static("", classes="resume", markup=False)
        yield from self.avant()
        premiere = True
        for section, champs in groupby(self.champs(), key=lambda champ: champ.section):
            classes = "section -premiere" if premiere else "section"
            yield Static(section, classes=classes, markup=False, name=section)
            premiere = False
            for champ in champs:
                yield LigneChamp(champ, self.modele.saisie.get(champ.id, ""), self.modele)
        yield from self.apres()

    def on_mount(self) -> None:
        self.actualiser()

    def lignes(self) -> list[LigneChamp]:
        return list(self.query(LigneChamp))

    def affichees(self) -> list[LigneChamp]:
        return [ligne for ligne in self.lignes() if ligne.display]

    def actualiser(self) -> None:
        """Show the fields asked now; what is typed in the others stays where it is."""
        demandes = self.modele.controle.champs
        for ligne in self.lignes():
            ligne.display = ligne.champ.id in demandes
            ligne.exiger(self.modele.exige(ligne.champ))
        affichees = {ligne.champ.section for ligne in self.affichees()}
        for titre in self.query(".section").results(Static):
            titre.display = titre.name is None or titre.name in affichees

    def verifier(self) -> bool:
        """Check the whole tab: errors beside their fields and above them, the first one focused."""
        fautes = self.modele.fautes_de(self.identifiant)
        par_champ = {faute.champ: faute for faute in reversed(fautes)}
        for ligne in self.affichees():
            self._montrer(ligne, par_champ.get(ligne.champ.id))
        self.set_class(bool(fautes), "-fautif")
        if fautes:
            self.query_one(".resume", Static).update(Content(self._resume(fautes)))
            if fautives := [ligne for ligne in self.affichees() if ligne.fautive]:
                fautives[0].prendre_le_focus()
        return not fautes

    def _resume(self, fautes: tuple[Faute, ...]) -> str:
        fautives = [ligne.champ for ligne in self.affichees() if ligne.fautive]
        ailleurs = [faute.message for faute in fautes if faute.champ not in {champ.id for champ in fautives}]
        pluriel = "s" if len(fautes) > 1 else ""
        quoi = ", ".join([*(raccourcir(champ.libelle, LIBELLE_COURT) for champ in fautives), *ailleurs])
        return f"× {len(fautes)} rubrique{pluriel} à corriger : {quoi}"

    def quitter_le_champ(self, champ: Champ) -> None:
        """A field is checked when it is left, never while it is typed."""
        for ligne in self.lignes():
            if ligne.champ.id == champ.id and ligne.display:
                if (ecrit := self.modele.reecrit(champ)) != ligne.valeur:
                    ligne.valeur = ecrit
                    self.modele.ecrire(champ.id, ecrit)
                rempli = bool(ligne.valeur.strip())
                self._montrer(ligne, self.modele.faute(champ.id) if rempli or ligne.fautive else None)

    def modifier(self, champ: Champ) -> None:
        """While typing, an error goes away as soon as the value is right; none appears."""
        for ligne in self.lignes():
            if ligne.champ.id == champ.id and ligne.fautive and self.modele.faute(champ.id) is None:
                self._montrer(ligne, None)

    def _montrer(self, ligne: LigneChamp, faute: Faute | None) -> None:
        ligne.fauter(faute, bonne=faute is None and bool(ligne.valeur.strip()) and self.modele.exige(ligne.champ))

    def viser(self, champ: str) -> None:
        """Put the focus on a field, or on the first one."""
        affichees = self.affichees()
        choisie = next((ligne for ligne in affichees if ligne.champ.id == champ), affichees[0] if affichees else None)
        if choisie is not None:
            choisie.prendre_le_focus()

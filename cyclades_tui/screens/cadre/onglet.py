"""What every tab is: a scrolling content with rows of fields, and the form's errors in it."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.suite import ce_qui_suit

LIBELLE_COURT = 34


class VoletOnglet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A tab of an inscription, or a step of an account; subclasses override what differs."""

    PAR_SECTIONS: ClassVar = False
    """Whether Pg↑ and Pg↓ go from section to section, and not by pages."""

    class Defile(Message):
        """Posted when the visible part changed."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    VoletOnglet { height: 1fr; scrollbar-size-vertical: 1; }
    VoletOnglet .section { height: 1; margin: 1 0 0 1; color: $titre; text-style: bold; }
    VoletOnglet .section.-premiere { margin: 0 0 0 1; }
    VoletOnglet .resume { display: none; margin: 0 1 1 1; padding: 0 1; background: $erreur-fond; color: $erreur;
        border-left: outer $erreur; height: auto; link-color: $erreur; link-background: $erreur-fond;
        link-color-hover: $erreur; link-background-hover: $fond; link-style: underline; }
    VoletOnglet.-fautif > .resume { display: block; }
    VoletOnglet .note { height: auto; margin: 1 1 0 1; color: $discret; }
    """

    def __init__(self, identifiant: str, formulaire: Formulaire) -> None:
        super().__init__(id=f"onglet-{identifiant}")
        self.identifiant = identifiant
        self.formulaire = formulaire
        self._se_refait = False
        self._vise: str | None = None
        self._lignes: list[LigneChamp] | None = None

    def actualiser(self) -> None:
        """Show what follows from the current form."""

    def viser(self, champ: str) -> None:
        """Focus a field, or the first one."""
        affichees = self.affichees()
        choisie = next((ligne for ligne in affichees if ligne.champ.id == champ), affichees[0] if affichees else None)
        if choisie is not None:
            choisie.prendre_le_focus()

    def aller_de_section(self, pas: int) -> None:
        """Scroll by a page; a tab with sections goes to the first field of the next or previous one."""
        if self.PAR_SECTIONS:
            self._changer_de_section(pas)
        else:
            self.scroll_relative(y=pas * max(self.size.height - 1, 1), animate=False)

    @property
    def a_des_pages(self) -> bool:
        """Whether Pg↑ or Pg↓ does something."""
        return len(self._sections()) > 1 if self.PAR_SECTIONS else self.max_scroll_y > 0

    def on_mount(self) -> None:
        for ce_qui_change in ("scroll_y", "virtual_size"):
            self.watch(self, ce_qui_change, self._dire_la_suite, init=False)
        self.watch(self, "virtual_size", self._garder_le_champ_en_vue, init=False)

    def on_resize(self, _: Resize) -> None:
        self._garder_le_champ_en_vue()

    def _garder_le_champ_en_vue(self) -> None:
        """Scroll back to the focus, which an error above it or a longer help line may push out."""
        for ligne in self.lignes():
            if ligne.visitee:
                self.call_later(ligne.montrer)

    def _dire_la_suite(self) -> None:
        self.post_message(self.Defile())

    def ce_qui_suit(self) -> str:
        """What the help line says of the part below: the next title, if it fits."""
        if combien := sum(ligne.fautive for ligne in self.affichees()):
            return f"× {combien} à corriger"
        if not (suite := ce_qui_suit(self)):
            return ""
        bas = self.scroll_offset.y + self.size.height
        if self.screen.has_class("-large"):
            for titre in self.query(".section").results(Static):
                if titre.display and titre.virtual_region.y >= bas:
                    return f"▼ {titre.content}"
        return suite

    def _sections(self) -> list[list[LigneChamp]]:
        return [list(lignes) for _, lignes in groupby(self.affichees(), key=lambda ligne: ligne.champ.section)]

    def _changer_de_section(self, pas: int) -> None:
        """Focus the first field of the next or previous section."""
        sections = self._sections()
        ici = next((rang for rang, lignes in enumerate(sections) if any(une.visitee for une in lignes)), None)
        if ici is not None and 0 <= ici + pas < len(sections):
            sections[ici + pas][0].prendre_le_focus()

    # Composing the tab again

    def refaire(self) -> None:
        """Compose the tab again from the form; a focus requested meanwhile waits for it."""
        if not self._se_refait:
            self._se_refait = True
            self.call_next(self._refaire)

    async def _refaire(self) -> None:
        await self.recompose()
        self.oublier_les_lignes()
        self._se_refait = False
        self.refait()
        if self._vise is not None:
            champ, self._vise = self._vise, None
            self.montrer(champ)

    def refait(self) -> None:
        """Called after the tab was composed again."""

    def attendre(self, champ: str) -> bool:
        """Whether a focus must wait for the composition under way; if so, it is remembered."""
        if self._se_refait:
            self._vise = champ
        return self._se_refait

    # Rows of fields

    def lignes(self) -> list[LigneChamp]:
        """All rows, asked or not; kept, because each key needs them."""
        if self._lignes is None:
            self._lignes = list(self.query(LigneChamp))
        return self._lignes

    def oublier_les_lignes(self) -> None:
        """Forget the kept rows, after some were mounted or removed."""
        self._lignes = None

    def relever(self) -> None:
        """Give the model what the rows hold, because a key may be handled before the message of the previous one."""
        retenues: dict[str, LigneChamp] = {}
        for ligne in self.affichees():
            if ligne.champ.id not in retenues or ligne.visitee:
                retenues[ligne.champ.id] = ligne
        for champ, ligne in retenues.items():
            self.formulaire.ecrire(champ, ligne.valeur)

    def arrets(self) -> list[Widget]:
        """All widgets that take the focus, in reading order, even those not laid out yet."""
        return [
            widget
            for widget in self.walk_children(Widget)
            if widget.can_focus
            and all(noeud.display for noeud in widget.ancestors_with_self if isinstance(noeud, Widget))
        ]

    def affichees(self) -> list[LigneChamp]:
        """The rows of the fields now asked, in reading order."""
        return [ligne for ligne in self.lignes() if ligne.display]

    def quitter_le_champ(self, champ: Champ) -> None:
        """Check a field when it is left, never while it is typed, and fill what follows from it and is still empty."""
        deduits = self.formulaire.deduits(champ)
        for ligne in self.affichees():
            if ligne.champ.id in deduits and not ligne.valeur.strip():
                ligne.valeur = deduits[ligne.champ.id]
                self.formulaire.ecrire(ligne.champ.id, ligne.valeur)
                self._montrer(ligne, self.formulaire.faute(ligne.champ.id))
        for ligne in self.lignes():
            if ligne.champ.id == champ.id and ligne.display:
                if (ecrit := self.formulaire.reecrit(champ)) != ligne.valeur:
                    ligne.valeur = ecrit
                    self.formulaire.ecrire(champ.id, ecrit)
                rempli = bool(ligne.valeur.strip())
                self._montrer(ligne, self.formulaire.faute(champ.id) if rempli or ligne.fautive else None)
            elif ligne.etat and ligne.display:  # a field that was right may depend on the one just left
                self._montrer(ligne, self.formulaire.faute(ligne.champ.id))

    def montrer(self, champ: str) -> None:
        """Focus a field; without a field, the first one, and scroll to the top."""
        self.viser(champ)
        if not champ:
            self.call_after_refresh(self.revenir_en_haut)

    def revenir_en_haut(self) -> None:
        """Scroll to the top, or as far up as leaves the field that has the focus in view."""
        self.scroll_home(animate=False, immediate=True)
        self._garder_le_champ_en_vue()

    def modifier(self) -> None:
        """While typing: remove an error as soon as the value is right; never add one."""
        for ligne in self.lignes():
            if ligne.fautive and self.formulaire.faute(ligne.champ.id) is None:
                self._montrer(ligne, None)
        if self.has_class("-fautif"):
            restantes = self._fautes_montrees()
            self.set_class(bool(restantes), "-fautif")
            self._resumer(restantes)

    def _fautes_montrees(self) -> tuple[Faute, ...]:
        """The faults still to be listed, without those that appeared since the check."""
        montrees = {ligne.champ.id for ligne in self.affichees() if ligne.fautive}
        return tuple(faute for faute in self.formulaire.fautes_de(self.identifiant) if faute.champ in montrees)

    def _montrer(self, ligne: LigneChamp, faute: Faute | None) -> None:
        doute = self.formulaire.doute(ligne.champ) if faute is None else ""
        bonne = faute is None and bool(ligne.valeur.strip()) and self.formulaire.exige(ligne.champ)
        if ligne.champ.confirme and self.formulaire.faute(ligne.champ.confirme) is not None:
            bonne = False  # the field it repeats is wrong
        ligne.fauter(faute, bonne=bonne, doute=doute)

    def verifier(self) -> bool:
        """Check the whole tab: show errors beside the fields and above them, and focus the first."""
        fautes = self.formulaire.fautes_de(self.identifiant)
        par_champ = {faute.champ: faute for faute in reversed(fautes)}
        for ligne in self.affichees():
            self._montrer(ligne, par_champ.get(ligne.champ.id))
        self.set_class(bool(fautes), "-fautif")
        if fautes:
            self._resumer(fautes)
            if fautives := [ligne for ligne in self.affichees() if ligne.fautive]:
                fautives[0].prendre_le_focus()
        return not fautes

    def _resumer(self, fautes: tuple[Faute, ...]) -> None:
        """Above the fields: how many are wrong, and the label of each as a link."""
        fautives = [ligne.champ for ligne in self.affichees() if ligne.fautive]
        ailleurs = [faute.message for faute in fautes if faute.champ not in {champ.id for champ in fautives}]
        liens = [
            Content.styled(
                raccourcir(champ.nom, LIBELLE_COURT), Style.from_meta({"@click": f"screen.viser('{champ.id}')"})
            )
            for champ in fautives
        ]
        tete = Content(f"× {denombrer(len(fautes), 'rubrique')} à corriger : ")
        self.query_one(".resume", Static).update(tete + Content(" ; ").join([*liens, *map(Content, ailleurs)]))

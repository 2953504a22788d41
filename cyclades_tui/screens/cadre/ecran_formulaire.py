"""A screen with a form in tabs or steps: typing, leaving and visiting fields is passed to the tab and the model."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.binding import Binding
from textual.events import Resize
from textual.timer import Timer

from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.page import Page
from cyclades_tui.widgets.cadre import Bouton, LigneAide
from cyclades_tui.widgets.champ import LigneChamp, phrase_au_champ

DELAI_DE_SUITE = 0.03  # seconds, so that a character is painted before the whole form is checked
MARGE_DE_L_AIDE = 14  # cells of the help line needed besides a label and its help
LARGEUR_ONGLETS = 210  # cells from which the tab bar of the portal fits


class EcranFormulaire(Page):
    """Subclasses provide `formulaire` and `contenu`, the visible tab."""

    BINDINGS: ClassVar = [
        Binding("f6", "zone", "zone suivante", show=False),
        Binding("shift+f6", "zone", "zone précédente", show=False),
        Binding("pageup", "section(-1)", "section précédente", show=False),
        Binding("pagedown", "section(1)", "section suivante", show=False),
    ]
    AUTO_FOCUS = ""

    formulaire: Formulaire

    def __init__(self) -> None:
        super().__init__()
        self.dernier_champ: dict[str, str] = {}
        self._dit = ("", "", "")
        self._a_suivre: Timer | None = None

    def on_resize(self, event: Resize) -> None:
        """Add `-onglets` to the widest screens, which stay `-large`: Textual sets only one class of width."""
        self.set_class(event.size.width >= LARGEUR_ONGLETS, "-onglets")
        self.call_after_refresh(self._redire)

    def _redire(self) -> None:
        """Say again what depends on the width."""
        if (ligne := self.champ_courant) is not None:
            self.dire_le_champ(ligne)

    @property
    @abstractmethod
    def contenu_courant(self) -> VoletOnglet:
        """The visible tab."""

    @property
    def champ_courant(self) -> LigneChamp | None:
        """The row that has the focus."""
        return next((ligne for ligne in self.contenu_courant.lignes() if ligne.visitee), None)

    # What is typed

    def on_ligne_champ_modifie(self, message: LigneChamp.Modifie) -> None:
        """Keep the text at once; its consequences come after its character is painted, those of an answer at once."""
        message.stop()
        self.formulaire.ecrire(message.champ.id, message.valeur)
        self.apres_une_touche()
        if message.champ.nature in (Nature.OUI_NON, Nature.CASE):
            self.suivre_la_saisie()
        elif self._a_suivre is None:
            self._a_suivre = self.set_timer(DELAI_DE_SUITE, self.suivre_la_saisie)

    def apres_une_visite(self) -> None:
        """Called when a field was visited."""

    def suivre_la_saisie(self) -> None:
        """Show what follows from what was typed: faults gone, fields now asked, how a date reads."""
        if self._a_suivre is not None:
            self._a_suivre.stop()
            self._a_suivre = None
        self.contenu_courant.modifier()
        self.contenu_courant.actualiser()
        if (ligne := self.champ_courant) is not None:
            self.dire_le_champ(ligne)

    def relever(self) -> None:
        """Before an acte, make sure that the model has what the rows hold."""
        self.contenu_courant.relever()
        if self._a_suivre is not None:
            self.suivre_la_saisie()

    def passer_au_suivant(self) -> None:
        """Entrée: go to the next stop of the tab; after the last, to the main button."""
        self.relever()
        arrets = self.contenu_courant.arrets()
        rang = arrets.index(self.focused) + 1 if self.focused in arrets else len(arrets)
        if rang < len(arrets):
            arrets[rang].focus()
        else:
            self.action_zone()

    def apres_une_touche(self) -> None:
        """Called after a change, besides the check."""

    def on_ligne_champ_quitte(self, message: LigneChamp.Quitte) -> None:
        message.stop()
        self.contenu_courant.quitter_le_champ(message.champ)

    def on_ligne_champ_visite(self, message: LigneChamp.Visite) -> None:
        message.stop()
        self.dernier_champ[self.contenu_courant.identifiant] = message.ligne.champ.id
        self._dit = ("", "", "")
        self.apres_une_visite()
        self.dire_le_champ(message.ligne)

    def dire_le_champ(self, ligne: LigneChamp) -> None:
        """Show a field's name with its error, its reading or its help, in more words if there is room.

        Shown once, so that the message about a corrected paste stays until the field has another message.
        """
        self.dire_les_gestes()
        champ = ligne.champ
        faute = self.formulaire.faute(champ.id) if ligne.fautive else None
        if faute is not None:
            phrase = phrase_au_champ(faute, champ)
            # One that is too long for a row stands whole under the field: here is how to answer.
            ailleurs = ligne.dit_tout and not self.query_one(LigneAide).tient(phrase, self.size.width)
            dit = (champ.nom, f"{champ.aide}." if ailleurs else phrase, "erreur")
        elif ligne.exces:
            dit = ("Trop long", ligne.exces, "erreur")
        else:
            dit = (champ.libelle, self.formulaire.relire(champ) or self._aide_du_champ(champ), "info")
        if dit != self._dit:
            self._dit = dit
            self.dire(*dit)

    def dire_la_premiere_faute(self) -> None:
        """After a check with errors, show that of the field which took the focus."""
        fautive = next((ligne for ligne in self.contenu_courant.affichees() if ligne.fautive), None)
        if fautive is None:
            self.dire("À corriger", "Voyez le message au-dessus.", "erreur")
        else:
            self._dit = ("", "", "")
            self.dire_le_champ(fautive)

    def action_viser(self, champ: str) -> None:
        """Follow a link in the summary of errors."""
        self.contenu_courant.viser(champ)

    def _aide_du_champ(self, champ: Champ) -> str:
        gestes = sum(len(f"{touche} {verbe}   ") for touche, verbe in self.pied.gestes[:1])
        aide, exemple = f"{champ.aide}.", f" Exemple : {champ.exemple}"
        longue = champ.premiere_phrase
        if self.has_class("-large") and self.query_one(LigneAide).tient(longue, self.size.width - gestes):
            return longue
        place = self.size.width - len(champ.libelle) - MARGE_DE_L_AIDE - gestes
        return aide + exemple if champ.exemple and len(aide + exemple) <= place else aide

    def on_volet_onglet_defile(self, message: VoletOnglet.Defile) -> None:
        message.stop()
        self.query_one(LigneAide).dessous(self.contenu_courant.ce_qui_suit())

    # Going about

    def action_section(self, pas: int) -> None:
        self.contenu_courant.aller_de_section(pas)

    def action_zone(self) -> None:
        """Move from the content to the buttons, and back to the same place."""
        if isinstance(self.focused, Bouton):
            self.contenu_courant.viser(self.dernier_champ.get(self.contenu_courant.identifiant, ""))
        elif actifs := [bouton for bouton in self.query(Bouton) if bouton.can_focus]:
            next((bouton for bouton in actifs if bouton.action.pleine), actifs[0]).focus()

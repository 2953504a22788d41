"""The frame of the wizard: its tabs, the buttons that the guides allow, the draft kept while one types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import ContentSwitcher, Static
from typing_extensions import override

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.candidature.inscription import Demande, Inscription, VersionDepassee, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.champs.contrainte import contrainte
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.onglets import NomOnglet
from cyclades_tui.domaine.temps import heure
from cyclades_tui.screens.borne.inscription import touches
from cyclades_tui.screens.borne.inscription.avancement import Avancement
from cyclades_tui.screens.borne.inscription.brouillon import BrouillonOuvert, rien_de_plus
from cyclades_tui.screens.borne.inscription.epreuves import RangEpreuve
from cyclades_tui.screens.borne.inscription.fermeture import Fermeture
from cyclades_tui.screens.borne.inscription.garde import Garde, SaisieEnCours
from cyclades_tui.screens.borne.inscription.onglets import VUES, SourceDesOnglets
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.cadre.dessus import Dessus
from cyclades_tui.screens.cadre.ecran_formulaire import EcranFormulaire
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.navigation import Deconnecte
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.page import aide_sur_un_probleme
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.widgets.cadre import Action, Bandeau, Boutons, Entete, LigneAide
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Sommaire
from cyclades_tui.widgets.donnees import Donnees
from cyclades_tui.widgets.etapes import AideDemandee, EtapeChoisie, Etapes, Rail
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_OU_CHANGER = "Ne se modifie pas ici : adressez-vous à un agent."
_AVANT_LE_SUIVANT = 0.1  # seconds, so that the visible tab is painted first
# The actions not possible while a save is under way.
_ACTES = frozenset(
    ("precedent", "suivant", "enregistrer", "annuler", "sommaire", "quitter", "section", "zone", "viser")
)
_DU_NUMERO = frozenset(("justificatifs", "copier"))


class EcranInscription(EcranFormulaire):
    """An inscription, from the first tab to the number."""

    BINDINGS: ClassVar = [
        Binding("f7,ctrl+p", "precedent", "Précédent", show=False),
        Binding("f8,ctrl+n", "suivant", "Suivant", show=False),
        Binding("f9,ctrl+s", "enregistrer", "Enregistrer", show=False),
        Binding("f3,ctrl+r", "annuler", "Annuler", show=False),
        Binding("f4,ctrl+o", "visualiser", "Visualiser/imprimer", show=False),
        Binding("f2,ctrl+t", "sommaire", "sommaire", show=False),
        Binding("j", "justificatifs", "Mes justificatifs", show=False),
        Binding("k", "copier", "copier les numéros", show=False),
    ]
    DEFAULT_CSS = """
    EcranInscription > #corps { height: 1fr; }
    EcranInscription Rail { display: none; }
    EcranInscription.-large.-haut Rail { display: block; }
    EcranInscription.-onglets.-haut Rail { display: none; }
    EcranInscription.-recapitulatif.-large.-haut Rail { display: none; }
    EcranInscription ContentSwitcher { height: 1fr; width: 1fr; }
    EcranInscription.-onglets ContentSwitcher { max-width: 122; }
    EcranInscription #explication { display: none; height: 1fr; padding: 1 2; border-left: solid $filet; }
    EcranInscription.-onglets #explication { display: block; }
    EcranInscription Bandeau.-attention #droite { background: $attention-fond; color: $attention; }
    """

    def __init__(self, parcours: Parcours) -> None:
        super().__init__()
        self.parcours = parcours
        self.identite = parcours.identite
        poste = parcours.poste
        service = poste.service(parcours.examen, parcours.session, parcours.academie)
        self.formulaire = Formulaire(
            service,
            parcours.saisie,
            poste.maintenant,
            voisines=parcours.voisines,
            acquis_lies=parcours.acquis_lies,
        )
        self.avancement = Avancement(self.formulaire)
        self.brouillon = BrouillonOuvert(
            self, parcours, self.formulaire, self._ce_qui_se_garde, self._dire_la_garde, EcranInscription
        )
        self.fermeture = Fermeture(
            self,
            service,
            poste,
            parcours.modification,
            lambda: self.inscription is None,
            self.brouillon.fermeture_venue,
            self.avancement.titre,
        )
        self.inscription: Inscription | None = None  # once it is saved as a version, there is no draft
        self._installation = asyncio.Lock()
        self._en_cours = False
        self._corrige = ""  # the tab opened from a block of the récapitulatif

    # The frame

    def compose(self) -> ComposeResult:
        yield Entete()
        yield Bandeau()
        yield Etapes()
        with Horizontal(id="corps"):
            yield Rail()
            yield ContentSwitcher(id="onglets")
            with VerticalScroll(id="explication", can_focus=False):
                yield Static("", markup=False)
        yield from self.bas(Boutons(), menu=True)

    async def preparer(self) -> None:
        self.fermeture.suivre()
        parcours = self.parcours
        # Everything was given before, so every tab may be opened (F158).
        depart = self.avancement.partir_de(parcours.onglet, tout_atteint=parcours.modification is not None)
        await self.ouvrir(depart, parcours.focus)

    def on_resize(self, _: Resize) -> None:
        self.fermeture.annoncer()
        self.query_one(Etapes).refresh()

    def on_screen_resume(self) -> None:
        if self.is_mounted and self.query(Bandeau):
            self.call_after_refresh(self.fermeture.chaque_minute)

    # The draft

    @property
    def garde(self) -> Garde:
        """The object that keeps the draft."""
        return self.brouillon.garde

    def apres_une_touche(self) -> None:
        if not self.finie:
            self.garde.bientot()

    def apres_une_visite(self) -> None:
        if not self.finie:
            self.garde.bientot()

    def _ce_qui_se_garde(self) -> SaisieEnCours:
        return SaisieEnCours(self.formulaire.saisie, self.onglet, self.dernier_champ.get(self.onglet, ""))

    def _dire_la_garde(self, instant: datetime) -> None:
        if self.is_attached:
            self.query_one(Rail).garde = f"Brouillon gardé à {heure(instant)}"

    def action_quitter(self) -> None:
        self.ceder(rien_de_plus)

    @override
    def ceder(self, suite: Callable[[], object]) -> None:
        """Leave for another page, after a question while there is something to lose."""
        if self.finie:
            Dessus(self).fermer()
            suite()
        elif self.check_action("quitter", ()):
            self.relever()
            self.brouillon.demander_de_quitter(suite)

    def action_annuler(self) -> None:
        if not self.finie:
            self.relever()
            self.brouillon.demander_d_annuler()

    # Tabs

    @property
    def finie(self) -> bool:
        """Whether the form was saved as a version."""
        return self.inscription is not None

    @property
    def rang(self) -> int:
        """The rank of the visible tab, from 0."""
        return self.avancement.rang

    @property
    def onglet(self) -> str:
        """The id of the visible tab."""
        return self.avancement.onglet

    @property
    def contenu_courant(self) -> VoletOnglet:
        return self.query_one(f"#onglet-{self.onglet}", VoletOnglet)

    async def _installer(self, rang: int) -> None:
        """Mount a tab, hidden, unless it is mounted."""
        async with self._installation:
            identifiant = self.formulaire.onglets[rang].id
            commutateur = self.query_one(ContentSwitcher)
            if not commutateur.query_children(f"#onglet-{identifiant}"):
                source = SourceDesOnglets(self.formulaire, self.parcours.numero_candidat, self.inscription)
                onglet = VUES[identifiant].fabriquer(identifiant, source)
                onglet.display = False
                await commutateur.mount(onglet)

    async def ouvrir(self, rang: int, focus: str = "") -> None:
        """Show a tab, with the focus where it was or on `focus`; the next tab is then prepared in the background."""
        await self._installer(rang)
        if self.formulaire.onglets[rang].id != self._corrige:
            self._corrige = ""
        self.avancement.aller(rang)
        self.garde.bientot()
        self.query_one(ContentSwitcher).current = f"onglet-{self.onglet}"
        self.set_class(self.onglet == NomOnglet.RECAPITULATIF, "-recapitulatif")  # its two columns take the rail's room
        self._dessiner_les_etapes()
        self.dessiner_les_boutons()
        champs = any(champ.onglet == self.onglet for champ in self.formulaire.lue.champs.values())
        dernier = rang == self.avancement.dernier_saisi
        self.pied.touches = touches.de_l_onglet(VUES[self.onglet].touches, dernier=dernier, champs=champs)
        self.contenu_courant.actualiser()
        self.dire(self.avancement.libelle())
        vise = focus or self.dernier_champ.get(self.onglet, "")
        self.contenu_courant.viser(vise)  # before it is painted, because the first key is for it
        self.call_after_refresh(self._viser, rang, vise)
        self.set_timer(_AVANT_LE_SUIVANT, self._preparer_le_suivant)

    def _preparer_le_suivant(self) -> None:
        if self.rang < self.avancement.dernier_saisi:
            self.run_worker(self._installer(self.rang + 1), group="onglet suivant")

    def _viser(self, rang: int, focus: str) -> None:
        """Once the tab is laid out, scroll to the focus, unless the person has moved meanwhile."""
        if rang != self.rang:
            return
        contenu = self.contenu_courant
        if self.focused is None or contenu not in self.focused.ancestors_with_self:
            contenu.montrer(focus)
        elif not focus:
            contenu.revenir_en_haut()
        self.query_one(LigneAide).dessous(contenu.ce_qui_suit())

    def _dessiner_les_etapes(self) -> None:
        etapes = self.avancement.etapes()
        for dessin in (self.query_one(Etapes), self.query_one(Rail)):
            dessin.etapes = etapes
        self.query_one(Rail).contact = self.formulaire.contact
        self.query_one(Etapes).courante = self.rang
        self.fermeture.annoncer()

    def boutons(self) -> tuple[Action, ...]:
        """The buttons that the service wants, in its order (C10)."""
        suivant = "Revenir au récapitulatif" if self._corrige else "Suivant"
        actions = touches.boutons(suivant, rang=self.rang, dernier=self.avancement.dernier_saisi, finie=self.finie)
        par_id = {action.id: action for action in actions}
        return tuple(par_id[bouton] for bouton in self.formulaire.reglages.boutons if bouton in par_id)

    @property
    def _peut_annuler(self) -> bool:
        return "annuler" in self.formulaire.reglages.boutons

    # Keys and buttons

    async def action_precedent(self) -> None:
        if self.rang > 0 and self.inscription is None:
            self.relever()
            await self.ouvrir(self.rang - 1)

    async def action_suivant(self) -> None:
        if self.finie:
            self.post_message(Deconnecte())
            return
        if self.rang >= self.avancement.dernier_saisi:
            self.dire("Suivant", "C'est le dernier onglet : F9 enregistre.")
            return
        self.relever()
        if not self.contenu_courant.verifier():
            self.dire_la_premiere_faute()
        elif self._corrige:
            await self._aller_au_recapitulatif()
        else:
            self.garde.bientot()
            await self.ouvrir(self.rang + 1)

    async def _aller_au_recapitulatif(self) -> None:
        """Return to the récapitulatif, or first to a later tab that the correction has made wrong."""
        faux = self.avancement.premier_faux(avant=NomOnglet.RECAPITULATIF)
        await self.ouvrir(self.avancement.rang_de(NomOnglet.RECAPITULATIF) if faux is None else faux)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Prevent changes while the form is being saved, so that the version holds what was shown."""
        if self._en_cours and action in _ACTES:
            self.dire("Enregistrement…")
            return False
        if action == "annuler" and not self._peut_annuler:
            return False
        if action in _DU_NUMERO and not self.finie:
            return False
        return super().check_action(action, parameters)

    def action_enregistrer(self) -> None:
        if self.finie:
            return
        self.relever()
        dernier = self.avancement.dernier_saisi
        if self.rang != dernier:
            self.dire("Enregistrer", f"Possible à l'onglet {dernier + 1}, {self.avancement.libelle(dernier)}.")
        elif not self.contenu_courant.verifier():
            self.dire_la_premiere_faute()
        elif not self._en_cours:
            self._travailler(en_cours=True)
            self.dire("Enregistrement…")
            self.mener(self.garde.terminer(self._enregistrer), self._enregistree, self._pas_enregistree)

    def _travailler(self, *, en_cours: bool) -> None:
        self._en_cours = en_cours
        self.contenu_courant.disabled = en_cours

    def _enregistrer(self) -> Inscription:
        parcours = self.parcours
        saisie = dict(self.formulaire.saisie)
        selection = (parcours.examen, parcours.session, parcours.academie)
        demande = Demande(*selection, saisie, parcours.modification, parcours.cle, parcours.ecran)
        try:
            return enregistrer(parcours.poste, demande)
        except VersionDepassee as refus:
            changements = (f"{d.libelle} : « {d.avant} » est devenu « {d.apres} »." for d in refus.differences)
            raise ActeRefuse(
                [*refus.fautes, *(Faute("modification.difference", "", c, "") for c in changements)]
            ) from refus

    def _pas_enregistree(self, fautes: tuple[Faute, ...]) -> None:
        """Show a fault of a tab in that tab, any other fault over the form."""
        self._travailler(en_cours=False)
        if (faux := self.avancement.premier_faux()) is not None:
            self.call_later(self._montrer_les_fautes, faux)
        else:
            self.contenu_courant.viser("")
            self.brouillon.refuser(fautes)

    async def _montrer_les_fautes(self, rang: int) -> None:
        await self.ouvrir(rang)
        self.contenu_courant.verifier()
        self.dire_la_premiere_faute()

    def _enregistree(self, inscription: Inscription) -> None:
        self._travailler(en_cours=False)
        self.dire_la_panne(())
        self.inscription = inscription
        self.call_later(self._montrer_le_numero, inscription.document)

    async def _montrer_le_numero(self, document: int) -> None:
        """Show the number, then compose its document: doing both at once would delay the number."""
        await self.ouvrir(self.avancement.dernier)
        self.query_one(Rail).garde = ""
        verrouillees = self.inscription is not None and self.inscription.verrouillees
        suite = "le récapitulatif à signer" if verrouillees else "déposer vos pièces"
        self.dire("C'est fait.", f"Étape suivante : {suite}, touche J.", "succes")
        composer = partial(documents.ouvrir, self.parcours.poste, document)
        self.call_after_refresh(self.lancer, composer, lambda _: None, self.brouillon.refuser)

    def action_visualiser(self) -> None:
        if self.inscription is None:
            self.dire("Visualiser/imprimer", "Possible quand la candidature est enregistrée.")
            return
        numeros = (self.inscription.numero_candidat, int(self.inscription.numero_inscription))
        lire = partial(candidatures.fiche, self.parcours.poste, *numeros)
        self.lancer(lire, self._montrer_le_recapitulatif, self.brouillon.refuser)

    def _montrer_le_recapitulatif(self, fiche: Fiche) -> None:
        from cyclades_tui.screens.candidature.documents import EcranDocuments

        self.app.push_screen(EcranDocuments(self.parcours.poste, fiche, NatureDeDocument.RECAPITULATIF))

    def action_copier(self) -> None:
        """Copy both numbers, in plain digits, to the clipboard if the terminal has one."""
        if (faite := self.inscription) is not None:
            texte = f"{faite.numero_candidat} {faite.numero_inscription}"
            self.app.copy_to_clipboard(texte)
            self.dire("Numéros copiés", texte)

    def action_justificatifs(self) -> None:
        """Open the pieces, once the candidature is saved."""
        if (faite := self.inscription) is not None:
            from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs

            numeros = (faite.numero_candidat, int(faite.numero_inscription))
            self.app.push_screen(EcranJustificatifs(self.parcours.poste, *numeros, self.identite))

    @property
    @override
    def sujet_de_l_aide(self) -> tuple[str, str]:
        """The focused épreuve, or the tab."""
        return self.focused.dit if isinstance(self.focused, RangEpreuve) else (self.avancement.libelle(), "")

    @override
    def touches_de_l_aide(self) -> Iterator[tuple[str, str]]:
        branche = isinstance(self.focused, RangEpreuve) and self.focused.branche
        pages = self.contenu_courant.a_des_pages
        yield from touches.de_l_aide(super().touches_de_l_aide(), pages=pages, branche=branche)

    @property
    @override
    def contact(self) -> str:
        return "\n".join(self.formulaire.contact)

    def dire_le_champ(self, ligne: LigneChamp) -> None:
        super().dire_le_champ(ligne)
        if self.has_class("-onglets"):
            champ = ligne.champ
            lignes = "\n\n".join((champ.explication, contrainte(champ)))
            panneau = self.query_one("#explication > Static", Static)
            panneau.update(Content.assemble((champ.libelle, "bold $titre"), "\n\n", lignes))

    def action_sommaire(self) -> None:
        etapes = self.query_one(Etapes).etapes
        lignes = [
            (
                f"{' ' if rang == self.rang else etape.etat.glyphe} {rang + 1} - {etape.libelle}",
                rang <= self.avancement.atteint and not self.finie,
            )
            for rang, etape in enumerate(etapes)
        ]
        self.app.push_screen(Sommaire(lignes, self.rang), self._aller)

    def on_etape_choisie(self, message: EtapeChoisie) -> None:
        message.stop()
        self._aller(message.rang)

    def on_aide_demandee(self, message: AideDemandee) -> None:
        message.stop()
        if message.probleme:
            self.app.push_screen(aide_sur_un_probleme())
        else:
            self.action_aide()

    def _aller(self, rang: int | None) -> None:
        if rang is None or rang < 0 or rang == self.rang or self.finie or self._en_cours:
            return
        atteint = self.avancement.atteint
        if rang > atteint:
            self.dire(self.avancement.libelle(rang), f"Terminez d'abord l'onglet {atteint + 1}.", "attention")
        else:
            self.relever()
            self.call_later(self.ouvrir, rang)

    def on_donnees_touchees(self, message: Donnees.Touchees) -> None:
        message.stop()
        self.dire(message.titre, _OU_CHANGER, "attention")

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, RangEpreuve):
            self.dernier_champ[self.onglet] = ligne.code
        elif isinstance(ligne, BlocRecapitulatif):
            self.query_one(LigneAide).dessous(self.contenu_courant.ce_qui_suit())

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, BlocRecapitulatif) and ligne.onglet:
            self._corrige = ligne.onglet
            self.call_later(self.ouvrir, self.avancement.rang_de(ligne.onglet))

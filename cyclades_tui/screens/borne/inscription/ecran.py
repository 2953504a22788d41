"""The wizard's frame: tabs in their order, buttons when the guides allow them, the draft kept while one types."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import ContentSwitcher, Static
from typing_extensions import override

from cyclades_tui.actes.candidature.inscription import Demande, Inscription, VersionDepassee, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.champs.contrainte import contrainte
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.screens.borne.inscription import touches
from cyclades_tui.screens.borne.inscription.brouillon import QUITTER, RESTER, EcranAvecBrouillon
from cyclades_tui.screens.borne.inscription.epreuves import RangEpreuve
from cyclades_tui.screens.borne.inscription.fermeture import remplir_le_bandeau
from cyclades_tui.screens.borne.inscription.onglets import fabriquer
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.page import aide_sur_un_probleme
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.widgets.cadre import Action, Bandeau, Boutons, Entete, LigneAide, Pied
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Aide, Dialogue, LectureDeTexte, Reponse, Sommaire
from cyclades_tui.widgets.donnees import Donnees
from cyclades_tui.widgets.etapes import AideDemandee, Etape, EtapeChoisie, Etapes, EtatEtape, Rail
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_OU_CHANGER = "Dans « Modifier mon compte » avant toute candidature ; ensuite, au service gestionnaire."
_AVANT_LE_SUIVANT = 0.1  # seconds: the tab in view is painted first
# What a save that is under way holds back.
_ACTES = frozenset(
    ("precedent", "suivant", "enregistrer", "annuler", "sommaire", "quitter", "section", "zone", "viser")
)


class EcranInscription(EcranAvecBrouillon):
    """One inscription, from the first tab to the number."""

    BINDINGS: ClassVar = [
        Binding("f7,ctrl+p", "precedent", "Précédent", show=False),
        Binding("f8,ctrl+n", "suivant", "Suivant", show=False),
        Binding("f9,ctrl+s", "enregistrer", "Enregistrer", show=False),
        Binding("f3,ctrl+r", "annuler", "Annuler", show=False),
        Binding("f4,ctrl+o", "visualiser", "Visualiser/imprimer", show=False),
        Binding("f2,ctrl+t", "sommaire", "sommaire", show=False),
    ]
    DEFAULT_CSS = """
    EcranInscription > #corps { height: 1fr; }
    EcranInscription Rail { display: none; }
    EcranInscription.-large.-haut Rail { display: block; }
    EcranInscription.-onglets.-haut Rail { display: none; }
    EcranInscription ContentSwitcher { height: 1fr; width: 1fr; }
    EcranInscription.-onglets ContentSwitcher { max-width: 122; }
    EcranInscription #explication { display: none; height: 1fr; padding: 1 2; border-left: solid $filet; }
    EcranInscription.-onglets #explication { display: block; }
    EcranInscription Bandeau.-attention #droite { background: $attention-fond; color: $attention; }
    """

    def __init__(self, parcours: Parcours) -> None:
        super().__init__(parcours)
        self.identite = parcours.identite
        self.atteint = 0
        self._vus: set[int] = set()
        self.inscription: Inscription | None = None
        self._installation = asyncio.Lock()
        self._en_cours = False
        self._fermeture_dite = False
        self._corrige = ""  # the tab that a block of the récapitulatif sent to

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
        yield LigneAide()
        yield Boutons()
        yield Pied()

    async def preparer(self) -> None:
        self._fermeture_dite = self._annoncer_la_fermeture()
        self.set_interval(60, self._chaque_minute)
        if self.parcours.modification is not None:
            self.atteint = self._dernier_saisi  # all was given once: every tab may be gone to (F158)
        ids = [onglet.id for onglet in self.formulaire.onglets]
        depart = ids.index(self.parcours.onglet) if self.parcours.onglet in ids else 0
        self._vus.update(range(depart))
        await self.ouvrir(depart, self.parcours.focus)

    def on_resize(self, _: Resize) -> None:
        self._annoncer_la_fermeture()
        self.query_one(Etapes).refresh()

    def _annoncer_la_fermeture(self) -> bool:
        """Tell the service and its closing on the band; whether that is past."""
        maintenant = self.parcours.poste.maintenant()
        return remplir_le_bandeau(self.query_one(Bandeau), self.service, maintenant, self.app.size.width)

    def _chaque_minute(self) -> None:
        """At the closing an open form says so, once, and not before what stands above it is closed (C18)."""
        fermee = self._annoncer_la_fermeture()
        if fermee and not self._fermeture_dite and not self.finie and self.app.screen is self:
            self._fermeture_dite = True
            self.garde.maintenant()
            texte = "\n".join(
                ("Votre brouillon est gardé. Vous ne pouvez plus enregistrer.", "", *self.formulaire.contact)
            )
            reponses = (Reponse(RESTER, "Relire ce qui est saisi"), Reponse(QUITTER, "Quitter"))
            self.demander(Dialogue("Les inscriptions viennent de fermer.", texte, reponses), self.quitter)

    def on_screen_resume(self) -> None:
        if self.is_mounted and self.query(Bandeau):
            self.call_after_refresh(self._chaque_minute)

    @property
    def _selection(self) -> tuple[str, str, str]:
        return (self.parcours.examen, self.parcours.session, self.parcours.academie)

    # Tabs

    @property
    def finie(self) -> bool:
        return self.inscription is not None

    @property
    def _dernier_saisi(self) -> int:
        """The last data tab, the one before N° Inscription: there « Enregistrer » acts (C09)."""
        return len(self.formulaire.onglets) - 2

    @property
    def contenu_courant(self) -> VoletOnglet:
        return self.query_one(f"#onglet-{self.onglet}", VoletOnglet)

    async def _installer(self, rang: int) -> None:
        """Mount a tab, hidden, unless it is there."""
        async with self._installation:
            identifiant = self.formulaire.onglets[rang].id
            commutateur = self.query_one(ContentSwitcher)
            if not commutateur.query_children(f"#onglet-{identifiant}"):
                onglet = fabriquer(identifiant, self.formulaire, self.parcours.numero_candidat, self.inscription)
                onglet.display = False
                await commutateur.mount(onglet)

    async def ouvrir(self, rang: int, focus: str = "") -> None:
        """Show a tab, the focus where it was left or on `focus`; the next one is made ready while one reads."""
        await self._installer(rang)
        if self.formulaire.onglets[rang].id != self._corrige:
            self._corrige = ""
        self.rang = rang
        self.garde.suivre()
        self.atteint = max(self.atteint, rang)
        self._vus.add(rang)
        self.query_one(ContentSwitcher).current = f"onglet-{self.onglet}"
        self._dessiner_les_etapes()
        self.dessiner_les_boutons()
        champs = any(champ.onglet == self.onglet for champ in self.formulaire.lue.champs.values())
        dernier = rang == self._dernier_saisi
        self.query_one(Pied).touches = touches.de_l_onglet(self.onglet, dernier=dernier, champs=champs)
        self.contenu_courant.actualiser()
        self.dire(self.formulaire.onglets[rang].libelle)
        vise = focus or self.dernier_champ.get(self.onglet, "")
        self.contenu_courant.viser(vise)  # before it is painted: the first key is for it
        self.call_after_refresh(self._viser, rang, vise)
        self.set_timer(_AVANT_LE_SUIVANT, self._preparer_le_suivant)

    def _preparer_le_suivant(self) -> None:
        if self.rang < self._dernier_saisi:
            self.run_worker(self._installer(self.rang + 1), group="onglet suivant")

    def _viser(self, rang: int, focus: str) -> None:
        """Once the tab has its place: what has the focus is brought into view; nobody's own move is undone."""
        if rang != self.rang:
            return
        contenu = self.contenu_courant
        if self.focused is None or contenu not in self.focused.ancestors_with_self:
            contenu.montrer(focus)
        elif not focus:
            contenu.scroll_home(animate=False)
        self.query_one(LigneAide).dessous(contenu.ce_qui_suit())

    def _dessiner_les_etapes(self) -> None:
        etapes = tuple(
            Etape(onglet.libelle, self._etat_de(rang, onglet.id)) for rang, onglet in enumerate(self.formulaire.onglets)
        )
        for dessin in (self.query_one(Etapes), self.query_one(Rail)):
            dessin.etapes = etapes
        self.query_one(Rail).contact = self.formulaire.contact
        self.query_one(Etapes).courante = self.rang

    def _etat_de(self, rang: int, onglet: str) -> EtatEtape:
        if rang == self.rang:
            return EtatEtape.COURANTE
        fausse = bool(self.formulaire.fautes_de(onglet))
        if rang > self.atteint or (fausse and rang not in self._vus):
            return EtatEtape.A_VENIR
        return EtatEtape.FAUSSE if fausse else EtatEtape.JUSTE

    def boutons(self) -> tuple[Action, ...]:
        """Those of the service, in its order (C10)."""
        suivant = "Revenir au récapitulatif" if self._corrige else "Suivant"
        actions = touches.boutons(suivant, rang=self.rang, dernier=self._dernier_saisi, finie=self.finie)
        par_id = {action.id: action for action in actions}
        return tuple(par_id[bouton] for bouton in self.formulaire.reglages.boutons)

    @property
    def _peut_annuler(self) -> bool:
        return "annuler" in self.formulaire.reglages.boutons

    # Keys and buttons

    async def action_precedent(self) -> None:
        if self.rang > 0 and self.inscription is None:
            self.relever()
            await self.ouvrir(self.rang - 1)

    async def action_suivant(self) -> None:
        if self.rang >= self._dernier_saisi:
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
        """A correction may have made a later tab wrong: that one opens first."""
        rangs = {onglet.id: rang for rang, onglet in enumerate(self.formulaire.onglets)}
        faux = [rang for nom, rang in rangs.items() if rang < rangs["recapitulatif"] and self.formulaire.fautes_de(nom)]
        await self.ouvrir(faux[0] if faux else rangs["recapitulatif"])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing changes the form while it is being saved: what the version holds is what was shown."""
        if self._en_cours and action in _ACTES:
            self.dire("Enregistrement…")
            return False
        if action == "annuler" and not self._peut_annuler:
            return False
        return super().check_action(action, parameters)

    def action_enregistrer(self) -> None:
        if self.finie:
            return
        self.relever()
        if self.rang != self._dernier_saisi:
            libelle = self.formulaire.onglets[self._dernier_saisi].libelle
            self.dire("Enregistrer", f"Possible à l'onglet {self._dernier_saisi + 1}, {libelle}.")
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
        demande = Demande(*self._selection, saisie, parcours.modification, parcours.cle, parcours.ecran)
        try:
            return enregistrer(parcours.poste, demande)
        except VersionDepassee as refus:
            changements = (f"{d.libelle} : « {d.avant} » est devenu « {d.apres} »." for d in refus.differences)
            raise ActeRefuse(
                [*refus.fautes, *(Faute("modification.difference", "", c, "") for c in changements)]
            ) from refus

    def _pas_enregistree(self, fautes: tuple[Faute, ...]) -> None:
        """A fault of a tab is shown in its tab; any other stands over the form."""
        self._travailler(en_cours=False)
        rangs = {onglet.id: rang for rang, onglet in enumerate(self.formulaire.onglets)}
        faux = [rangs[nom] for nom in rangs if self.formulaire.fautes_de(nom)]
        if faux:
            self.call_later(self._montrer_les_fautes, min(faux))
        else:
            self.contenu_courant.viser("")
            self.refuser(fautes)

    async def _montrer_les_fautes(self, rang: int) -> None:
        await self.ouvrir(rang)
        self.contenu_courant.verifier()
        self.dire_la_premiere_faute()

    def _enregistree(self, inscription: Inscription) -> None:
        self._travailler(en_cours=False)
        self.inscription = inscription
        self.call_later(self._montrer_le_numero, inscription.document)

    async def _montrer_le_numero(self, document: int) -> None:
        """Once the number is on the screen, its document is composed: not before, for both want the processor."""
        await self.ouvrir(len(self.formulaire.onglets) - 1)
        self.query_one(Rail).garde = ""
        self.dire("C'est fait.", "Étape suivante : déposer vos pièces, touche J.", "succes")
        composer = partial(documents.ouvrir, self.parcours.poste, document)
        self.call_after_refresh(self.lancer, composer, lambda _: None, self.refuser)

    def action_visualiser(self) -> None:
        if self.inscription is None:
            self.dire("Visualiser/imprimer", "Possible quand la candidature est enregistrée.")
            return
        document = self.inscription.document
        self.lancer(lambda: documents.ouvrir(self.parcours.poste, document), self._montrer_le_document, self.refuser)

    def _montrer_le_document(self, fichier: documents.Fichier) -> None:
        self.app.push_screen(LectureDeTexte(fichier.nom, fichier.texte))

    def action_justificatifs(self) -> None:
        """What comes next, once the candidature is saved."""
        if (faite := self.inscription) is not None:
            from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs

            numeros = (faite.numero_candidat, int(faite.numero_inscription))
            self.app.push_screen(EcranJustificatifs(self.parcours.poste, *numeros, self.identite))

    def action_aide(self) -> None:
        """The focused field or épreuve, or the tab when none has the focus."""
        ligne, noeud = self.champ_courant, self.focused
        titre, texte = self.formulaire.onglets[self.rang].libelle, ""
        if isinstance(noeud, RangEpreuve):
            titre, texte = noeud.dit
        champ = None if ligne is None else ligne.champ
        contact = "\n".join(self.formulaire.contact)
        connues = touches.de_l_aide(annuler=self._peut_annuler)
        self.app.push_screen(Aide(champ.libelle if champ else titre, texte, connues, champ=champ, contact=contact))

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
                rang <= self.atteint and not self.finie,
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
        if rang > self.atteint:
            self.dire(
                self.formulaire.onglets[rang].libelle, f"Terminez d'abord l'onglet {self.atteint + 1}.", "attention"
            )
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
            self.call_later(self.ouvrir, [onglet.id for onglet in self.formulaire.onglets].index(ligne.onglet))

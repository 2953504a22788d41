"""The control of justificatifs: one key for a decision, then the next piece at once (ecrans.md §5).

This class handles the keys: BINDINGS names an action, and the action calls the parts; the keys of decisions come from
JUGEMENTS. The parts are VoletAttente (the queue), Lecteur (the document), VoletDossier (the data to compare) and
VoletDecision (what a decision needs besides its key); Decisions writes decisions to the store, and Travaux runs all
that takes time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.controle import Decision, DejaDecidee
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.statuts import FICHES, JUGEMENTS, STATUT_DONNE, ActePiece, Jugement
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.controle import touches
from cyclades_tui.screens.guichet.controle.affectation import Affectation
from cyclades_tui.screens.guichet.controle.ailleurs import Ailleurs
from cyclades_tui.screens.guichet.controle.attente import AttenteEnCours, Fait
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.screens.guichet.controle.decisions import QUAND_MEME, Decisions, question_du_refus
from cyclades_tui.screens.guichet.controle.dossier import Resume, VoletDossier, alerter, mot_des_conditions
from cyclades_tui.screens.guichet.controle.filtres import BarreDeFiltres
from cyclades_tui.screens.guichet.controle.lecteur import Lecteur
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.screens.guichet.controle.volet_attente import VoletAttente
from cyclades_tui.screens.guichet.controle.volets import ATTENTE, DOCUMENT, DOSSIER, VOLETS, OngletsDesVolets
from cyclades_tui.screens.guichet.navigation import NON_ENREGISTREE, DecisionsPerdues
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.cadre import Action, Bandeau, LigneAide
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente

# The keys that a field keeps for itself while one types in it.
_HORS_SAISIE = (
    *("juger", "annuler", "passer", "piece", "volet"),
    *("tourner", "ajuster", "zoomer", "filtrer", "affecter", "seul", "ouvrir"),
)
_MONTREE, _CACHEE = "montree", "cachee"
_CADENCES = ((_MONTREE, "Montrée"), (_CACHEE, "Cachée"))
PAS_ENCORE = ("Un instant", "La page arrive : décidez quand vous la voyez.")
_AILLEURS = ("Document", "Vous ne l'avez pas encore vu : F6 le montre.")
_FILTRES = ("Filtres", "F8 montre les pièces choisies, comptées à droite.")
_UN_INSTANT = 0.01  # seconds
_AVANT = 2  # pieces prepared after the current one


class EcranControle(PageGuichet):
    """Works through a queue, or on one `piece`. Each key decides the piece that was visible.

    A decision is shown before the store has it; a decision that the store refuses comes back, with the reason. There
    are three panes from 120 columns, else three tabs; the sheet of a decision takes the right one.
    """

    TITRE = "Contrôle des justificatifs"
    AIDE = (
        "Comparez le document avec ce que le candidat a déclaré : ce qui doit concorder est en gras. "
        f"{', '.join(f'{j.touche.upper()} {j.aide}' for j in JUGEMENTS.values())}, Espace laisse la pièce pour plus "
        "tard. Z reprend la dernière décision, jusqu'à vingt ; la reprise s'ajoute à l'historique. Les chiffres "
        "sont les zooms que la ligne d'aide nomme, aussi sur la rangée du haut d'un clavier français ; le 6 s'y tape "
        "avec Maj, car le tiret réduit. P prend pour vous des pièces de la file, ou rend celles qui vous restent. "
        "/ filtre la file ; F9 garde alors vos filtres sous un nom, comme une file de votre accueil."
    )
    _AIDE_DE_LA_DECISION = (
        "Le candidat lit le commentaire. Un chiffre écrit dans son champ le commentaire de ce numéro, que vous pouvez "
        "changer ; Entrée, dans un champ, prend la décision, et Échap revient à la pièce sans rien décider."
    )
    _AIDE_DES_FILTRES = (
        "Chaque liste réduit la file ; le nombre de pièces suit à droite. F8 passe à ces pièces, F9 garde ces filtres "
        "comme une file de votre accueil, Échap revient à la file d'avant."
    )
    TOUCHES = touches.de_la_piece(large=True, a_moi=False)
    BINDINGS: ClassVar = [
        *(Binding(j.touche, f"juger('{j.acte.name}')", statut.libelle, show=False) for statut, j in JUGEMENTS.items()),
        Binding("z", "annuler", "Annuler la dernière", show=False),
        Binding("space", "passer", "Passer", show=False),
        Binding("f7,ctrl+p", "piece(-1)", "pièce d'avant", show=False),
        Binding("f8,ctrl+n", "piece(1)", "pièce d'après", show=False),
        Binding("f6", "volet(1)", "volet suivant", show=False),
        Binding("shift+f6", "volet(-1)", "volet d'avant", show=False),
        Binding("t", "tourner", "tourner", show=False),
        Binding("o", "ouvrir", "ouvrir ailleurs", show=False),
        Binding("f4,ctrl+o", "imprimer", "Imprimer", show=False),
        Binding("slash,colon", "filtrer", "filtrer", show=False),
        Binding("p", "affecter", "prendre ou rendre des pièces", show=False),
        Binding("f9,ctrl+s", "garder", "garder les filtres", show=False),
        Binding("asterisk", "seul", "document seul", show=False),
        Binding("plus,equals_sign", "zoomer(1)", "plus grand", show=False),
        Binding("minus", "zoomer(-1)", "plus petit", show=False),
        *(Binding(str(rang), f"ajuster({rang})", "zoom", show=False) for rang in range(1, 10)),
    ]
    DEFAULT_CSS = """
    EcranControle > #contenu { layout: vertical; padding: 0; overflow: hidden; layers: volets filtres; }
    EcranControle BarreDeFiltres { layer: filtres; dock: top; }
    EcranControle #volets { height: 1fr; }
    EcranControle.-etroit #volet-file, EcranControle.-etroit #dossier, EcranControle.-etroit #volet-document {
        display: none; }
    EcranControle.-etroit.-sur-file #volet-file { display: block; }
    EcranControle.-etroit.-sur-document #volet-document { display: block; }
    EcranControle.-etroit.-sur-dossier #dossier { display: block; }
    EcranControle.-etroit #volets { layout: vertical; }
    EcranControle.-etroit #decision { height: auto; max-height: 14; border-top: solid $champ-barre-focus; }
    EcranControle.-etroit #entier { display: none; }
    EcranControle.-etroit ListeMotifs { margin: 0; }
    EcranControle.-large #onglets, EcranControle.-large Resume, EcranControle.-etroit Resume .a-verifier {
        display: none; }
    EcranControle.-large #volet-file { width: 29; border: solid $filet; border-title-color: $titre; }
    EcranControle.-large #volet-document { border: solid $filet; border-title-color: $titre;
        border-subtitle-color: $discret; }
    EcranControle.-large #dossier { width: 37; border: solid $filet; border-title-color: $titre; }
    EcranControle.-large #decision { width: 37; border: double $champ-barre-focus; }
    EcranControle.-large #volet-file:focus-within, EcranControle.-large #volet-document:focus-within,
        EcranControle.-large #dossier:focus { border: double $champ-barre-focus; border-title-style: bold; }
    EcranControle.-large.-decide #dossier { display: none; }
    EcranControle.-large.-seul #volet-file, EcranControle.-large.-seul #dossier { display: none; }
    EcranControle.-large.-seul Resume { display: block; }
    EcranControle.-large.-seul Resume > #piece { display: none; }
    """
    AUTO_FOCUS = ""

    def __init__(
        self, poste: Poste, agent: AgentConnecte, filtre: Filtre, libelle: str, piece: int | None = None
    ) -> None:
        super().__init__(poste, agent)
        self.travaux = Travaux(self)
        self.volet_attente = VoletAttente(poste, self.travaux, AttenteEnCours(filtre, libelle), piece)
        self.lecteur = Lecteur(poste, self.travaux)
        self.dossier = VoletDossier()
        self.saisie = VoletDecision(controle.motifs(poste))
        self.filtres = BarreDeFiltres(poste, self.travaux)
        self.onglets = OngletsDesVolets()
        self.resume = Resume()
        self.decisions = Decisions(poste, self.travaux, self._est_gardee)
        self.affectation = Affectation(self, self.travaux, self.volet_attente.passer_a)
        self.ailleurs = Ailleurs(poste)
        self._cadence_montree = True
        self._dit_avant = ("", "", "info")  # on the help line, before something was typed over the piece

    @override
    def contenu(self) -> ComposeResult:
        yield self.filtres
        yield self.onglets
        yield self.resume
        with Horizontal(id="volets"):
            yield self.volet_attente
            yield self.lecteur
            yield self.dossier
            yield self.saisie

    @override
    async def preparer(self) -> None:
        self.volet_attente.border_title = Content(VOLETS[ATTENTE])
        self.dossier.border_title = Content(VOLETS[DOSSIER])
        self.action_montrer_le_volet(DOCUMENT)
        self.volet_attente.lire()

    @property
    def attente(self) -> AttenteEnCours:
        """The current queue."""
        return self.volet_attente.attente

    # The piece on the screen

    def _montrer(self) -> None:
        """Show the current piece, at once if it is prepared, then prepare the next ones."""
        self.travaux.laisser_peindre()
        self.volet_attente.montrer()
        self.dessiner_les_boutons()
        place = self.attente.courante
        if place is None:
            self.lecteur.vider(self._bilan if self.attente.finie else None)
        else:
            self.lecteur.montrer(place, self.attente.suivantes(_AVANT))
        self._decrire()

    @property
    def _bilan(self) -> str:
        return self.attente.bilan_d_une_piece if self.volet_attente.seule else self.attente.bilan

    def _decrire(self) -> None:
        """Show what surrounds the document, from the last reading of the piece."""
        ouverte = self.lecteur.ouverte
        self.dossier.montrer(ouverte, self.lecteur.comparees)
        if ouverte is not None or self.attente.finie:
            self.resume.montrer(ouverte)
            self.onglets.dire_les_conditions(mot_des_conditions(ouverte))
        if self.lecteur.dessinable and not self.query_one(LigneAide).message[0]:
            self._dire_les_zooms()

    def on_lecteur_lue(self, message: Lecteur.Lue) -> None:
        message.stop()
        self._decrire()

    def on_lecteur_ouverte(self, message: Lecteur.Ouverte) -> None:
        message.stop()
        if message.place is self.attente.courante:
            alerte = alerter(message.ouverte, message.place.revision, self.agent.identifiant)
            if alerte is not None:
                self.dire(*alerte, "attention")

    def _est_vue(self) -> bool:
        """Whether the current piece has been visible; if not, say what to wait for."""
        place = self.attente.courante
        if place is not None and not self.lecteur.a_vu(place):
            self.dire(*(PAS_ENCORE if self.lecteur.display else _AILLEURS), "attention")
            return False
        return place is not None

    # C, N, R, A: decisions

    def action_juger(self, acte: str) -> None:
        """Give the status of an acte, by the acte's name; if the key is not enough, open its sheet first."""
        jugement = JUGEMENTS[STATUT_DONNE[ActePiece[acte]]]
        if not jugement.a_saisir:
            self._decider(Decision(jugement.acte))
        elif self.peut(Droit.CONTROLER) and self._est_vue():
            self._ouvrir_la_saisie(jugement)

    def on_volet_decision_prise(self, message: VoletDecision.Prise) -> None:
        message.stop()
        if self._est_vue():
            self._fermer_la_saisie()
            self._decider(message.decision)

    def on_volet_decision_visee(self, message: VoletDecision.Visee) -> None:
        message.stop()
        if self.saisie.display:
            self.dire(message.statut, message.entree)
            self._dire_les_touches()

    def on_volet_decision_fautive(self, message: VoletDecision.Fautive) -> None:
        message.stop()
        self.dire(message.faute.champ, f"{message.faute.message} {message.faute.remede}", "erreur")

    def _decider(self, decision: Decision) -> None:
        """Decide the visible piece; a key pressed before its page is shown has no effect."""
        ouverte = self.lecteur.ouverte
        if self._peut_controler() and self._est_vue() and ouverte is not None:
            self._prendre(decision, None if ouverte.depot is None else ouverte.depot.id)

    def _peut_controler(self) -> bool:
        """Whether the role allows deciding; if not, say so."""
        if not self.peut(Droit.CONTROLER):
            self.dire("Refusé", f"Le rôle « {self.agent.role.value} » ne contrôle pas les pièces.", "erreur")
            return False
        return True

    def _prendre(self, decision: Decision, depot: int | None) -> None:
        """Show the next piece at once, and write the decision in the background."""
        fait = self.attente.noter(decision, depot)
        if fait is None:
            return
        vu = FICHES[fait.statut].agent
        self.dire(f"{vu.signe} {fait.nommee}.", "Z annule.", vu.couleur)
        self.lecteur.oublier(fait.place.ligne.id)
        self.decisions.garder(fait)
        self.attente.avancer()
        self._montrer()

    def _est_gardee(self, fait: Fait) -> None:
        self.volet_attente.compter()
        if fait.refus is not None:
            self.attente.oublier(fait)
            self._dire_le_refus()

    def on_screen_resume(self) -> None:
        """Tell of refusals that came while something else was above."""
        self.call_after_refresh(self._dire_le_refus)

    def _dire_le_refus(self) -> None:
        """Return to the piece whose decision was refused; a dialogue catches the keys meant for another one.

        Closes first whatever is being typed.
        """
        if not self.decisions.a_dire or self._en_saisie or self.app.screen is not self:
            return
        if self.des_touches_attendent:
            self.set_timer(_UN_INSTANT, self._dire_le_refus)
            return
        fait = self.decisions.dire_la_suivante()
        self.attente.aller_a(fait.place)
        self.lecteur.oublier(fait.place.ligne.id)
        self._montrer()
        self.dire(f"× {NON_ENREGISTREE}", fait.place.nommee, "erreur")
        self.app.push_screen(question_du_refus(fait), partial(self._suivre_le_refus, fait))

    def _suivre_le_refus(self, fait: Fait, reponse: str | None) -> None:
        if reponse == QUAND_MEME and isinstance(fait.refus, DejaDecidee):
            fait.place.revision = fait.refus.revision
            self.attente.aller_a(fait.place)
            self._prendre(fait.decision, fait.depot)
        elif JUGEMENTS[fait.statut].a_saisir and not isinstance(fait.refus, DejaDecidee):
            self._ouvrir_la_saisie(JUGEMENTS[fait.statut], fait.decision)  # what was typed need not be typed again
        self.call_after_refresh(self._dire_le_refus)

    # Z: the last decision taken back

    def action_annuler(self) -> None:
        """Return to the piece decided last, as it was before."""
        fait = self.attente.reprendre()
        if fait is None:
            self.dire("Annuler", "Il n'y a plus de décision à annuler ici.", "attention")
            return
        self.dire(f"← Décision annulée : {fait.place.nommee}.", "Elle reste à l'historique.", "info")
        self.lecteur.oublier(fait.place.ligne.id)
        self.decisions.defaire(fait, self.volet_attente.compter, partial(self._n_est_pas_defaite, fait))
        self._montrer()

    def _n_est_pas_defaite(self, fait: Fait, fautes: tuple[Faute, ...]) -> None:
        self.volet_attente.compter()
        fait.place.statut = fait.statut
        self.volet_attente.montrer()
        self.lecteur.constater(phrases(fautes))

    # Espace, F7, F8, a row of the queue: another piece

    def action_passer(self) -> None:
        """Leave the piece undecided."""
        if self.attente.courante is not None:
            self.attente.avancer()
            self._montrer()

    def action_piece(self, pas: int) -> None:
        """Go to the previous or next row, decided or not; while the filters are open, F8 applies them."""
        if self.filtres.display:
            self.filtres.prendre()
        else:
            self._aller(self.attente.rang + pas)

    def on_liste_en_attente_voulue(self, message: ListeEnAttente.Voulue) -> None:
        message.stop()
        self._aller(message.rang)

    def _aller(self, rang: int) -> None:
        avant = self.attente.rang
        self.attente.aller(rang)
        if self.attente.rang != avant:
            self._montrer()

    # Digits, + - T *: how the document is looked at

    def action_ajuster(self, rang: int) -> None:
        self.lecteur.pages.action_ajuster(rang)

    def action_zoomer(self, sens: int) -> None:
        self.lecteur.pages.action_zoomer(sens)

    def action_tourner(self) -> None:
        self.lecteur.pages.action_tourner()

    def action_seul(self) -> None:
        """Show the document over the whole width, or with the other panes again."""
        self.toggle_class("-seul")

    def on_lecteur_change(self, message: Lecteur.Change) -> None:
        message.stop()
        self.onglets.dire_la_page(message.page)
        self.dessous(message.suite)
        self.dossier.montrer(self.lecteur.ouverte, self.lecteur.comparees)

    def on_lecteur_regardee(self, message: Lecteur.Regardee) -> None:
        message.stop()
        self._dire_les_zooms()

    def on_lecteur_vue(self, message: Lecteur.Vue) -> None:
        message.stop()
        if self.query_one(LigneAide).message[:2] == PAS_ENCORE:
            self._dire_les_zooms()

    def _dire_les_zooms(self) -> None:
        """Show the zooms, in place of the last confirmation once the person zooms."""
        nomme, zooms = self.lecteur.zooms
        self.dire(nomme, f"{zooms}   T tourner" + "   O ouvrir" * self.has_class("-large"))

    # O, F4: the file elsewhere

    def action_ouvrir(self) -> None:
        self._emporter("Ouverture…", self.ailleurs.ouvrir)

    def action_imprimer(self) -> None:
        self._emporter("Impression…", self.ailleurs.imprimer)

    def _emporter(self, attente: str, comment: Callable[[PieceOuverte], str]) -> None:
        ouverte = self.lecteur.ouverte
        if ouverte is not None:
            self.dire(attente)
            self.lancer(lambda: comment(ouverte), self.dire, self.dire_les_fautes)

    # P, /, F9: another queue

    def action_affecter(self) -> None:
        """Take pieces of a queue, or return the rest of one's own."""
        if self.volet_attente.seule:
            self.dire("Prendre", "Cette pièce est ouverte seule. Ouvrez une file pour y prendre des pièces.")
        elif self._peut_controler():
            self.affectation.demander(self.attente.filtre)

    def action_garder(self) -> None:
        """Save a filter, while the filters are open."""
        if self.filtres.display:
            self.affectation.garder(self.filtres.filtre)
        else:
            self.dire("Garder", "/ ouvre les filtres ; F9 en fait une file de votre accueil.")

    def action_filtrer(self) -> None:
        if not self.volet_attente.seule:
            self.filtres.ouvrir(self.attente.filtre)

    def on_barre_de_filtres_ouverte(self, message: BarreDeFiltres.Ouverte) -> None:
        message.stop()
        self._retenir_ce_qui_est_dit()
        self.dire(*_FILTRES)
        self._dire_les_touches()

    def on_barre_de_filtres_illisible(self, message: BarreDeFiltres.Illisible) -> None:
        message.stop()
        self.lecteur.constater(phrases(message.fautes))

    def on_barre_de_filtres_pris(self, message: BarreDeFiltres.Pris) -> None:
        message.stop()
        self.volet_attente.passer_a(message.filtre)

    # The queue was read

    def on_volet_attente_commencee(self, message: VoletAttente.Commencee) -> None:
        message.stop()
        self._montrer()

    def on_volet_attente_changee(self, message: VoletAttente.Changee) -> None:
        """Keep the visible piece if it is also the first of the new queue."""
        message.stop()
        if not self._fermer_la_saisie():
            self._dire_les_touches()
        place = self.attente.courante
        if place is not None and self.lecteur.tient(place):
            self.volet_attente.montrer()
            self.lecteur.suivre(place, self.attente.suivantes(_AVANT))
        else:
            self._montrer()
        if message.dit is not None:
            self.dire(*message.dit, "succes")
        self.volet_attente.compter()

    def on_volet_attente_illisible(self, message: VoletAttente.Illisible) -> None:
        message.stop()
        self.lecteur.constater(phrases(message.fautes))

    def on_volet_attente_comptee(self, message: VoletAttente.Comptee) -> None:
        message.stop()
        self._dire_ou_on_en_est()

    def _dire_ou_on_en_est(self) -> None:
        """Show the progress in the band, after the store has answered."""
        attente, large = self.attente, self.has_class("-large")
        bandeau = self.query_one(Bandeau)
        bandeau.gauche = (self.TITRE if large else "Contrôle", attente.libelle)
        if self.volet_attente.seule:  # outside any queue, there is no progress to tell
            return
        avancement = attente.avancement(self.poste.maintenant(), large=large, cadence=self._cadence_montree)
        bandeau.droite = ("", *avancement)

    @override
    def groupes_d_affichage(self) -> tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]:
        return (("cadence", "Cadence", _CADENCES, _MONTREE if self._cadence_montree else _CACHEE),)

    @override
    def regler_l_affichage(self, groupe: str, valeur: str) -> None:
        self._cadence_montree = valeur == _MONTREE
        self._dire_ou_on_en_est()

    # F6: the panes, and what is typed over them

    def action_volet(self, pas: int) -> None:
        self.action_montrer_le_volet(self.onglets.voisin(pas))

    def action_montrer_le_volet(self, volet: str) -> None:
        self.onglets.choisir(volet)
        for autre in VOLETS:
            self.set_class(autre == volet, f"-sur-{autre}")
        self.remove_class("-seul")
        self.call_after_refresh(self._viser)

    def _viser(self) -> None:
        """Focus the visible pane."""
        volets: dict[str, Widget] = {
            ATTENTE: self.volet_attente.liste,
            DOCUMENT: self.lecteur.pages,
            DOSSIER: self.dossier,
        }
        self.donner_le_focus(volets[self.onglets.choisi], en_vue=False)
        self._dire_les_touches()
        self.lecteur.regarder()

    @property
    def _en_saisie(self) -> bool:
        """Whether a decision or the filters are being typed: letters and digits then belong to them."""
        return self.saisie.display or self.filtres.display

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.is_mounted and self._en_saisie and action in _HORS_SAISIE:
            return action == "piece" and self.filtres.display and parameters == (1,)
        return super().check_action(action, parameters)

    def _retenir_ce_qui_est_dit(self) -> None:
        self._dit_avant = self.query_one(LigneAide).message

    def _ouvrir_la_saisie(self, jugement: Jugement, reprise: Decision | None = None) -> None:
        self._retenir_ce_qui_est_dit()
        self.add_class("-decide")
        self.saisie.demander(jugement, self.poste.aujourd_hui(), reprise)
        self._dire_les_touches()

    def _fermer_la_saisie(self) -> bool:
        """Close what is being typed; returns False if nothing is."""
        if not self._en_saisie:
            return False
        self.saisie.display = self.filtres.display = False
        self.remove_class("-decide")
        self.dire(*self._dit_avant)
        self._viser()
        self.call_after_refresh(self._dire_le_refus)
        return True

    def _dire_les_touches(self) -> None:
        self.dessiner_les_boutons()
        pied = self.pied
        if self.saisie.display:
            pied.touches = touches.COMMENTAIRES if self.saisie.sur_les_commentaires else touches.DECISION
        elif self.filtres.display:
            pied.touches = touches.FILTRES
        else:
            a_moi = self.affectation.est_a_moi(self.attente.filtre)
            pied.touches = touches.de_la_piece(
                large=self.has_class("-large"), a_moi=a_moi, seule=self.volet_attente.seule
            )

    @property
    @override
    def sujet_de_l_aide(self) -> tuple[str, str]:
        if self.saisie.display:
            return str(self.saisie.titre.content), self._AIDE_DE_LA_DECISION
        return ("Filtres", self._AIDE_DES_FILTRES) if self.filtres.display else super().sujet_de_l_aide

    @override
    def boutons(self) -> tuple[Action, ...]:
        large, courante = self.has_class("-large"), self.attente.courante is not None
        libre = not (self.is_mounted and self._en_saisie)  # else letters belong to what is typed
        annulable = self.attente.annulable and libre
        annuler = Action("annuler", "Annuler la dernière" if large else "Annuler", "Z", active=annulable)
        if self.attente.finie:
            ou = "au dossier" if self.volet_attente.seule else "aux files"
            return (Action("quitter", f"Revenir {ou}", "Éch", pleine=True), annuler)
        peut = self.peut(Droit.CONTROLER) and courante and libre
        return (
            *(
                Action(
                    jugement.acte.name.lower(),
                    statut.libelle if large else jugement.decompte.court,
                    jugement.touche.upper(),
                    active=peut,
                    pleine=rang == 0,
                    faire=f"juger('{jugement.acte.name}')",
                )
                for rang, (statut, jugement) in enumerate(JUGEMENTS.items())
            ),
            annuler,
            Action("passer", "Passer", "Espace", active=courante and libre),
        )

    def on_resize(self, _: Resize) -> None:
        self.call_after_refresh(self._accorder)

    def _accorder(self) -> None:
        self._dire_ou_on_en_est()
        self._dire_les_touches()

    # Échap

    @override
    def action_quitter(self) -> None:
        if not self._fermer_la_saisie():
            self.app.pop_screen()

    async def on_unmount(self) -> None:
        """Write all decisions however the screen closes; those refused are reported over the next screen."""
        self.lecteur.finir()
        await self.travaux.finir()
        self.ailleurs.fermer()
        if perdues := self.decisions.perdues:
            self.app.post_message(DecisionsPerdues(perdues))

"""The control of justificatifs: one key a decision, the next piece at once (ecrans.md §5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.controle import Decision, DejaDecidee
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades, Faute
from cyclades_tui.domaine.statuts import FICHES, JUGEMENTS, STATUT_DONNE, ActePiece, Jugement
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.base import SURPRISE
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.controle.affectation import AffectationDAttente
from cyclades_tui.screens.guichet.controle.ailleurs import Ailleurs
from cyclades_tui.screens.guichet.controle.attente import Fait
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.screens.guichet.controle.filtres import BarreDeFiltres
from cyclades_tui.screens.guichet.navigation import NON_ENREGISTREE, DecisionsPerdues
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente

_VOIR, _QUAND_MEME = "voir", "quand-meme"


class EcranControle(AffectationDAttente):
    """Works through a queue, or on one `piece` alone. Each key decides the piece that was on the screen.

    A decision is shown before the store has kept it; one that it refuses comes back, with why.
    """

    def __init__(
        self, poste: Poste, agent: AgentConnecte, filtre: Filtre, libelle: str, piece: int | None = None
    ) -> None:
        super().__init__(poste, agent, filtre, libelle, piece)
        self._demandes: list[Fait] = []  # those of which the agent does not know yet whether they were kept
        self._refuses: list[Fait] = []
        self.ailleurs = Ailleurs(poste)

    @override
    def boutons(self) -> tuple[Action, ...]:
        if self.attente.finie:
            retour = Action("quitter", "Revenir aux files", "Éch", pleine=True)
            return (retour, self._bouton_annuler())
        peut = self.peut(Droit.CONTROLER) and self.attente.courante is not None
        large = self.has_class("-large")
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
            self._bouton_annuler(),
            Action("passer", "Passer", "Espace", active=self.attente.courante is not None),
        )

    def _bouton_annuler(self) -> Action:
        return Action(
            "annuler",
            "Annuler la dernière" if self.has_class("-large") else "Annuler",
            "Z",
            active=self.attente.annulable,
        )

    # Decisions

    def action_juger(self, acte: str) -> None:
        """Give the status of an acte, by the acte's name; its sheet opens first where the key is not enough."""
        jugement = JUGEMENTS[STATUT_DONNE[ActePiece[acte]]]
        if not jugement.a_saisir:
            self._decider(Decision(jugement.acte))
        elif self.peut(Droit.CONTROLER) and self.est_vue():
            self._ouvrir_la_saisie(jugement)

    def _ouvrir_la_saisie(self, jugement: Jugement, reprise: Decision | None = None) -> None:
        self.add_class("-decide")
        self.query_one(VoletDecision).demander(jugement, self.poste.aujourd_hui(), reprise)
        self.dire_les_touches()

    def on_volet_decision_prise(self, message: VoletDecision.Prise) -> None:
        message.stop()
        if self.est_vue():
            self.fermer_la_saisie()
            self._decider(message.decision)

    def on_volet_decision_fautive(self, message: VoletDecision.Fautive) -> None:
        message.stop()
        self.dire(message.faute.champ, f"{message.faute.message} {message.faute.remede}", "erreur")

    def _decider(self, decision: Decision) -> None:
        """The piece on the screen, and no other: a key that comes before its page is lost."""
        ouverte = self.ouverte
        if self.peut_controler() and self.est_vue() and ouverte is not None:
            self._prendre(decision, None if ouverte.depot is None else ouverte.depot.id)

    def _prendre(self, decision: Decision, depot: int | None) -> None:
        """The next piece comes at once, the store is told behind."""
        fait = self.attente.noter(decision, depot)
        if fait is None:
            return
        self._demandes.append(fait)
        vu = FICHES[fait.statut].agent
        self.dire(f"{vu.signe} {fait.nommee}.", "Z annule.", vu.couleur)
        self.avance.oublier(fait.place.ligne.id)
        self.travaux.confier(
            partial(self._garder, fait), lambda _: self._est_gardee(fait), partial(self._est_perdue, fait)
        )
        self.attente.avancer()
        self.montrer()

    def _garder(self, fait: Fait) -> None:
        """In the line of actes, after those that this piece was already given."""
        place = fait.place
        try:
            decidee = controle.decider(self.poste, place.ligne.id, place.revision, fait.decision)
        except ErreurCyclades as erreur:
            fait.refus = erreur
            if isinstance(erreur, DejaDecidee):
                depot = controle.preparer(self.poste, place.ligne.id).depot
                fait.remplace = (None if depot is None else depot.id) != fait.depot
        else:
            fait.suivi, place.revision = decidee.suivi, decidee.revision

    def _est_gardee(self, fait: Fait) -> None:
        self.compter()
        if fait.refus is None:
            self._demandes.remove(fait)
        else:
            self.attente.oublier(fait)
            self._refuses.append(fait)
            self._dire_le_refus()

    def _est_perdue(self, fait: Fait, fautes: tuple[Faute, ...]) -> None:
        """Something went wrong that nobody foresaw."""
        fait.refus = ActeRefuse(fautes)
        self._est_gardee(fait)

    def on_screen_resume(self) -> None:
        """What was refused while something else was above."""
        self.call_after_refresh(self._dire_le_refus)

    def _dire_le_refus(self) -> None:
        """Back to the piece whose decision was not kept; a dialogue takes the keys that were meant for another one.

        What is being typed is ended first.
        """
        if not self._refuses or self.en_saisie or self.app.screen is not self:
            return
        fait = self._refuses.pop(0)
        self._demandes.remove(fait)
        self.attente.aller_a(fait.place)
        self.avance.oublier(fait.place.ligne.id)
        self.montrer()
        self.dire(f"× {NON_ENREGISTREE}", fait.place.nommee, "erreur")
        question = Dialogue(NON_ENREGISTREE, pourquoi(fait), _reponses(fait))
        self.app.push_screen(question, partial(self._suivre_le_refus, fait))

    def _suivre_le_refus(self, fait: Fait, reponse: str | None) -> None:
        if reponse == _QUAND_MEME and isinstance(fait.refus, DejaDecidee):
            fait.place.revision = fait.refus.revision
            self.attente.aller_a(fait.place)
            self._prendre(fait.decision, fait.depot)
        elif JUGEMENTS[fait.statut].a_saisir and not isinstance(fait.refus, DejaDecidee):
            self._ouvrir_la_saisie(JUGEMENTS[fait.statut], fait.decision)  # what was typed is not typed again
        self.call_after_refresh(self._dire_le_refus)

    def action_annuler(self) -> None:
        """Back to the piece that was decided last, as it was before."""
        fait = self.attente.reprendre()
        if fait is None:
            self.dire("Annuler", "Il n'y a plus de décision à annuler ici.", "attention")
            return
        self.dire(f"← Décision annulée : {fait.place.nommee}.", "Elle reste à l'historique.", "info")
        self.avance.oublier(fait.place.ligne.id)
        self.travaux.confier(
            partial(self._defaire, fait), lambda _: self.compter(), partial(self._n_est_pas_defaite, fait)
        )
        self.montrer()

    def _defaire(self, fait: Fait) -> None:
        if fait.suivi:  # else the store never kept it
            fait.place.revision = controle.annuler(self.poste, fait.suivi).revision

    def _n_est_pas_defaite(self, fait: Fait, fautes: tuple[Faute, ...]) -> None:
        self.compter()
        fait.place.statut = fait.statut
        self.montrer_l_attente()
        self.constater(phrases(fautes))

    def action_passer(self) -> None:
        """Leave it undecided."""
        if self.attente.courante is not None:
            self.attente.avancer()
            self.montrer()

    def action_piece(self, pas: int) -> None:
        """The row before or after, whatever was decided of it; F8 takes the filters where they are open."""
        if self.query_one(BarreDeFiltres).display:
            self.query_one(BarreDeFiltres).prendre()
            return
        self._aller(self.attente.rang + pas)

    def on_liste_en_attente_voulue(self, message: ListeEnAttente.Voulue) -> None:
        message.stop()
        self._aller(message.rang)

    def _aller(self, rang: int) -> None:
        avant = self.attente.rang
        self.attente.aller(rang)
        if self.attente.rang != avant:
            self.montrer()

    # The file elsewhere

    def action_ouvrir(self) -> None:
        self._emporter("Ouverture…", self.ailleurs.ouvrir)

    def action_imprimer(self) -> None:
        self._emporter("Impression…", self.ailleurs.imprimer)

    def _emporter(self, attente: str, comment: Callable[[PieceOuverte], str]) -> None:
        ouverte = self.ouverte
        if ouverte is not None:
            self.dire(attente)
            self.lancer(lambda: comment(ouverte), self.dire, self.dire_les_fautes)

    # Leaving

    @override
    def fermer_la_saisie(self) -> bool:
        ferme = super().fermer_la_saisie()
        if ferme:
            self.call_after_refresh(self._dire_le_refus)
        return ferme

    @override
    def action_quitter(self) -> None:
        if not self.fermer_la_saisie():
            self.app.pop_screen()

    async def on_unmount(self) -> None:
        """What was decided is kept, whatever closes the screen; what could not be is told over the next one."""
        await self.avance.finir()
        await self.travaux.finir()
        self.ailleurs.fermer()
        perdues = [pourquoi(fait) for fait in self._demandes if not fait.suivi]
        if perdues:
            self.app.post_message(DecisionsPerdues(tuple(perdues)))


def pourquoi(fait: Fait) -> str:
    """Which decision was not kept, and why."""
    erreur = fait.refus
    texte = phrases((SURPRISE,) if erreur is None else erreur.fautes)
    if isinstance(erreur, DejaDecidee):
        etape = erreur.etape
        quand = f"{etape.instant.astimezone(PARIS):%d/%m/%Y à %H:%M}"
        texte = f"{etape.qui}, le {quand} : {etape.quoi}. {etape.commentaire}".strip()
        texte += "\n\nUn autre fichier a été déposé depuis." * fait.remplace
    return f"{fait.nommee}.\n\n{texte}"


def _reponses(fait: Fait) -> tuple[Reponse, ...]:
    """To decide all the same is for the file that was seen."""
    if not isinstance(fait.refus, DejaDecidee):
        return (Reponse(_VOIR, "Revenir à la pièce"),)
    quand_meme = (Reponse(_QUAND_MEME, "Décider quand même"),)
    return (Reponse(_VOIR, "Voir sa décision"), *(() if fait.remplace else quand_meme))

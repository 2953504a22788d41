"""The control of justificatifs: one key a decision, the next piece at once (screens.md §5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from cyclades_tui.actes import controle
from cyclades_tui.actes.agents import AgentConnecte
from cyclades_tui.actes.controle import Decision, DejaDecidee
from cyclades_tui.actes.files import Filtre
from cyclades_tui.actes.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.poste import Poste
from cyclades_tui.regles.justificatifs import ActePiece
from cyclades_tui.screens.guichet.controle_ailleurs import Ailleurs
from cyclades_tui.screens.guichet.controle_decision import VoletDecision
from cyclades_tui.screens.guichet.controle_file import SIGNES, STATUTS, Fait
from cyclades_tui.screens.guichet.controle_filtres import BarreDeFiltres
from cyclades_tui.screens.guichet.controle_lecture import LectureDeFile
from cyclades_tui.screens.page import phrases
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.file_de_pieces import FileDePieces

_VOIR, _QUAND_MEME = "voir", "quand-meme"


class EcranControle(LectureDeFile):
    """Works through a queue, or on one `piece` alone. Each key decides the piece that was on the screen.

    A decision is shown before the store has kept it; one that it refuses comes back, with why.
    """

    def __init__(
        self, poste: Poste, agent: AgentConnecte, filtre: Filtre, libelle: str, piece: int | None = None
    ) -> None:
        super().__init__(poste, agent, filtre, libelle, piece)
        self._refus: list[tuple[Fait, ErreurCyclades]] = []
        self.ailleurs = Ailleurs(poste)

    @override
    def boutons(self) -> tuple[Action, ...]:
        if self.file.finie:
            retour = Action("quitter", "Revenir aux files", "Éch", pleine=True)
            return (retour, self._bouton_annuler())
        peut = self.peut(Droit.CONTROLER) and self.file.courante is not None
        large = self.has_class("-large")
        return (
            Action("accepter", "Conforme", "C", active=peut, pleine=True),
            Action("refuser", "Non conforme", "N", active=peut),
            Action("recevoir", "Reçue", "R", active=peut),
            Action("redemander", "En attente d'une nouvelle PJ" if large else "En attente", "A", active=peut),
            self._bouton_annuler(),
            Action("passer", "Passer", "Espace", active=self.file.courante is not None),
        )

    def _bouton_annuler(self) -> Action:
        return Action(
            "annuler",
            "Annuler la dernière" if self.has_class("-large") else "Annuler",
            "Z",
            active=self.file.annulable,
        )

    # Decisions

    def action_accepter(self) -> None:
        self._decider(Decision(ActePiece.ACCEPTER))

    def action_refuser(self) -> None:
        self._demander(ActePiece.REFUSER)

    def action_redemander(self) -> None:
        self._demander(ActePiece.REDEMANDER)

    def action_recevoir(self) -> None:
        self._demander(ActePiece.RECEVOIR)

    def _demander(self, acte: ActePiece) -> None:
        """Open the sheet of a decision that needs more than its key."""
        if self.peut(Droit.CONTROLER) and self.file.courante is not None:
            self.add_class("-decide")
            self.query_one(VoletDecision).demander(acte, self.poste.aujourd_hui())
            self.dire_les_touches()

    def on_volet_decision_prise(self, message: VoletDecision.Prise) -> None:
        message.stop()
        self.fermer_la_saisie()
        self._decider(message.decision)

    def on_volet_decision_fautive(self, message: VoletDecision.Fautive) -> None:
        message.stop()
        self.dire(message.faute.champ, f"{message.faute.message} {message.faute.remede}", "erreur")

    def _decider(self, decision: Decision) -> None:
        """The piece on the screen; the next one comes at once, the store is told behind."""
        if not self.peut(Droit.CONTROLER):
            self.dire("Refusé", f"Le rôle « {self.agent.role.value} » ne contrôle pas les pièces.", "erreur")
            return
        fait = self.file.noter(decision)
        if fait is None:
            return
        signe, genre = SIGNES[STATUTS[decision.acte]]
        self.dire(f"{signe} {STATUTS[decision.acte].value} : {fait.place.nommee}.", "Z annule.", genre)
        self.avance.oublier(fait.place.ligne.id)
        self.travaux.confier(partial(self._garder, fait), partial(self._est_gardee, fait), self.ne_pas_lire)
        self.file.avancer()
        self.montrer()

    def _garder(self, fait: Fait) -> ErreurCyclades | None:
        """In the line of actes, after those that this piece was already given."""
        place = fait.place
        try:
            decidee = controle.decider(self.poste, place.ligne.id, place.revision, fait.decision)
        except ErreurCyclades as erreur:
            return erreur
        fait.suivi, place.revision = decidee.suivi, decidee.revision
        return None

    def _est_gardee(self, fait: Fait, erreur: ErreurCyclades | None) -> None:
        self.compter()
        if erreur is not None:
            self.file.oublier(fait)
            self._refus.append((fait, erreur))
            self._dire_le_refus()

    def _dire_le_refus(self) -> None:
        """Back to the piece whose decision was not kept; a dialogue takes the keys that were meant for another one."""
        if not self._refus or self.app.screen is not self:
            return
        fait, erreur = self._refus.pop(0)
        self.fermer_la_saisie()
        self.file.aller_a(fait.place)
        self.avance.oublier(fait.place.ligne.id)
        self.montrer()
        titre = f"{STATUTS[fait.decision.acte].value} : {fait.place.nommee}"
        reponses: tuple[Reponse, ...] = (Reponse(_VOIR, "Revenir à la pièce"),)
        texte = phrases(erreur.fautes)
        if isinstance(erreur, DejaDecidee):
            etape = erreur.etape
            quand = f"{etape.instant.astimezone(PARIS):%d/%m/%Y à %H:%M}"
            texte = f"{etape.qui}, le {quand} : {etape.quoi}. {etape.commentaire}".strip()
            reponses = (Reponse(_VOIR, "Voir sa décision"), Reponse(_QUAND_MEME, "Décider quand même"))
        question = Dialogue("Décision non enregistrée", f"{titre}.\n\n{texte}", reponses)
        self.app.push_screen(question, partial(self._suivre_le_refus, fait, erreur))

    def _suivre_le_refus(self, fait: Fait, erreur: ErreurCyclades, reponse: str | None) -> None:
        if reponse == _QUAND_MEME and isinstance(erreur, DejaDecidee):
            fait.place.revision = erreur.revision
            self.file.aller_a(fait.place)
            self._decider(fait.decision)
        self.call_after_refresh(self._dire_le_refus)

    def action_annuler(self) -> None:
        """Back to the piece that was decided last, as it was before."""
        fait = self.file.reprendre()
        if fait is None:
            self.dire("Annuler", "Il n'y a plus de décision à annuler ici.", "attention")
            return
        self.dire(f"← Décision annulée : {fait.place.nommee}.", "Elle reste à l'historique.", "info")
        self.avance.oublier(fait.place.ligne.id)
        self.travaux.confier(partial(self._defaire, fait), partial(self._est_defaite, fait), self.ne_pas_lire)
        self.montrer()

    def _defaire(self, fait: Fait) -> ErreurCyclades | None:
        if not fait.suivi:
            return None  # the store never kept it
        try:
            fait.place.revision = controle.annuler(self.poste, fait.suivi).revision
        except ErreurCyclades as erreur:
            return erreur
        return None

    def _est_defaite(self, fait: Fait, erreur: ErreurCyclades | None) -> None:
        self.compter()
        if erreur is not None:
            fait.place.statut = STATUTS[fait.decision.acte]
            self.montrer_la_file()
            self.constater(phrases(erreur.fautes))

    def action_passer(self) -> None:
        """Leave it undecided."""
        if self.file.courante is not None:
            self.file.avancer()
            self.montrer()

    def action_piece(self, pas: int) -> None:
        """The row before or after, whatever was decided of it; F8 takes the filters where they are open."""
        if self.query_one(BarreDeFiltres).display:
            self.query_one(BarreDeFiltres).prendre()
            return
        self._aller(self.file.rang + pas)

    def on_file_de_pieces_voulue(self, message: FileDePieces.Voulue) -> None:
        message.stop()
        self._aller(message.rang)

    def _aller(self, rang: int) -> None:
        avant = self.file.rang
        self.file.aller(rang)
        if self.file.rang != avant:
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
    def action_quitter(self) -> None:
        if not self.fermer_la_saisie():
            self.app.pop_screen()

    async def on_unmount(self) -> None:
        """What was decided is kept, whatever closes the screen."""
        await self.avance.finir()
        await self.travaux.finir()
        self.ailleurs.fermer()

"""Brings an agent's decisions to the store: kept, refused with the reason, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.controle import DejaDecidee
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades, Faute
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.base import SURPRISE
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.controle.attente import Fait
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.screens.guichet.navigation import NON_ENREGISTREE
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

VOIR, QUAND_MEME = "voir", "quand-meme"


class Decisions:
    """Decisions are written in order; `suite` is called with the result of each."""

    def __init__(self, poste: Poste, travaux: Travaux, suite: Callable[[Fait], object]) -> None:
        self._poste = poste
        self._travaux = travaux
        self._suite = suite
        self._demandees: list[Fait] = []  # those whose result the agent does not know yet
        self._refusees: list[Fait] = []

    def garder(self, fait: Fait) -> None:
        """Have a decision written to the store."""
        self._demandees.append(fait)
        self._travaux.confier(
            partial(self._garder, fait), lambda _: self._est_gardee(fait), partial(self._est_perdue, fait)
        )

    def _garder(self, fait: Fait) -> None:
        """Write it after the actes already queued, some of them on the same piece."""
        place = fait.place
        try:
            decidee = controle.decider(self._poste, place.ligne.id, place.revision, fait.decision)
        except ErreurCyclades as erreur:
            fait.refus = erreur
            if isinstance(erreur, DejaDecidee):
                depot = controle.preparer(self._poste, place.ligne.id).depot
                fait.remplace = (None if depot is None else depot.id) != fait.depot
        else:
            fait.suivi, place.revision = decidee.suivi, decidee.revision

    def _est_gardee(self, fait: Fait) -> None:
        if fait.refus is None:
            self._demandees.remove(fait)
        else:
            self._refusees.append(fait)
        self._suite(fait)

    def _est_perdue(self, fait: Fait, fautes: tuple[Faute, ...]) -> None:
        """Record that a decision failed by an unexpected error."""
        fait.refus = ActeRefuse(fautes)
        self._est_gardee(fait)

    def defaire(self, fait: Fait, suite: Callable[[], object], echec: Callable[[tuple[Faute, ...]], object]) -> None:
        """Undo a decision, so that the piece is as before."""
        self._travaux.confier(partial(self._defaire, fait), lambda _: suite(), echec)

    def _defaire(self, fait: Fait) -> None:
        if fait.suivi:  # otherwise the store never had it
            fait.place.revision = controle.annuler(self._poste, fait.suivi).revision

    @property
    def a_dire(self) -> bool:
        """Whether one was refused and the agent does not know it."""
        return bool(self._refusees)

    def dire_la_suivante(self) -> Fait:
        """The first one that was refused, to tell the agent now."""
        fait = self._refusees.pop(0)
        self._demandees.remove(fait)
        return fait

    @property
    def perdues(self) -> tuple[str, ...]:
        """Those that were not kept without the agent knowing it, each with the reason."""
        return tuple(pourquoi(fait) for fait in self._demandees if not fait.suivi)


def pourquoi(fait: Fait) -> str:
    """Which decision was not kept, and why."""
    erreur = fait.refus
    texte = phrases((SURPRISE,) if erreur is None else erreur.fautes)
    if isinstance(erreur, DejaDecidee):
        etape = erreur.etape
        quand = a_la_minute(etape.instant)
        texte = f"{etape.qui}, le {quand} : {etape.quoi}. {etape.commentaire}".strip()
        texte += "\n\nUn autre fichier a été déposé depuis." * fait.remplace
    return f"{fait.nommee}.\n\n{texte}"


def question_du_refus(fait: Fait) -> Dialogue:
    """The question what to do after a refusal: VOIR, or QUAND_MEME, which decides on the file that was seen."""
    if not isinstance(fait.refus, DejaDecidee):
        return Dialogue(NON_ENREGISTREE, pourquoi(fait), (Reponse(VOIR, "Revenir à la pièce"),))
    quand_meme = (Reponse(QUAND_MEME, "Décider quand même"),)
    reponses = (Reponse(VOIR, "Voir sa décision"), *(() if fait.remplace else quand_meme))
    return Dialogue(NON_ENREGISTREE, pourquoi(fait), reponses)

"""For tests of the control screen: the screen alone on the guichet's store, and a colleague at another desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.pieces import attentes, controle, justificatifs
from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.statuts import ActePiece, Statut
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.attente import Place
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.store.requetes import pieces
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import LigneAide
from outils.guichet import (
    COLLEGUE,
    TAILLES,
    AppUnEcran,
    agent,
    agent_connecte,
    calmer,
    jusqu_a,
    pdf,
)

EN_LIGNE = Filtre("BCP", "2024", "33", "en ligne")
PAR_LA_POSTE = Filtre("BCP", "2024", "33", "voie postale")
PETIT, GRAND = TAILLES.values()


class AppControle(AppUnEcran):
    """The screen on a queue, as the home opens it."""

    def __init__(self, poste: Poste, filtre: Filtre = EN_LIGNE, identifiant: str = "l.roy", **options: Any) -> None:
        par = agent_connecte(poste, identifiant)
        self.ecran = EcranControle(par, agent(identifiant), filtre, f"BCP 2024 · {filtre.mode}", **options)
        super().__init__(lambda: self.ecran)

    @property
    def courante(self) -> Place:
        place = self.ecran.attente.courante
        assert place is not None
        return place

    @property
    def aide(self) -> str:
        return self.ecran.query_one(LigneAide).texte

    @property
    def constat(self) -> str:
        return str(self.ecran.query_one("#constat", Bloc).query_one(".texte", Static).content)

    @property
    def statuts(self) -> list[Statut | None]:
        return [place.statut for place in self.ecran.attente.places]

    async def presser(self, pilot: Pilot[None], *touches: str) -> None:
        await pilot.press(*touches)
        await calmer(pilot)

    async def vue(self, pilot: Pilot[None]) -> None:
        """Wait until the current piece is visible with its page; decision keys have no effect before."""
        await jusqu_a(pilot, lambda: est_vue(self.ecran))

    async def decider(self, pilot: Pilot[None], *touches: str) -> None:
        """Press keys one by one, each after its piece is visible."""
        for touche in touches:
            await self.vue(pilot)
            await pilot.press(touche)


def est_vue(ecran: EcranControle) -> bool:
    """Whether the current piece is visible with its page."""
    return ecran.attente.courante is not None and ecran.lecteur.a_vu(ecran.attente.courante)


async def ouvrir(pilot: Pilot[None], app: AppControle) -> None:
    """Wait until the first piece has its page."""
    await jusqu_a(pilot, lambda: str(app.ecran.lecteur.border_subtitle).startswith("page"))
    await calmer(pilot)
    await app.vue(pilot)


def decider_ailleurs(poste: Poste, rang: int) -> int:
    """A colleague accepts a piece of the queue; returns its id."""
    collegue = agent_connecte(poste, COLLEGUE)
    ligne = attentes.attente(collegue, EN_LIGNE)[rang]
    controle.decider(collegue, ligne.id, ligne.revision, Decision(ActePiece.ACCEPTER))
    return ligne.id


def redonner_ailleurs(poste: Poste, ligne: PieceEnAttente) -> None:
    """A colleague refuses a piece, and the candidate gives another file for it."""
    collegue, numero = agent_connecte(poste, COLLEGUE), ligne.numero_candidat
    controle.decider(collegue, ligne.id, ligne.revision, Decision(ActePiece.REFUSER, "floue"))
    par = replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne 3"))
    octets = pdf("neuve")
    for piece in justificatifs.lister(par, numero, 1).pieces:
        if piece.manque:
            fichier = FichierExamine("neuve.pdf", "PDF", octets, 2, Analyse.SAINE)
            justificatifs.donner(par, numero, 1, piece.id, fichier)
    groupe = next(g for g in justificatifs.lister(par, numero, 1).groupes if any(p.id == ligne.id for p in g.pieces))
    justificatifs.valider(par, numero, 1, {piece.id: piece.revision for piece in groupe.pieces})


def historique(poste: Poste, piece: int) -> list[str]:
    with poste.store.lire() as unite:
        return [suivi.acte for suivi in pieces.suivis_de(unite, piece)]

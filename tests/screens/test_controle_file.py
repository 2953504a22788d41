"""An agent's work on a queue: the next piece, going back twenty decisions, the counts at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from outils.guichet import AppUnEcran
from textual.screen import Screen
from typing_extensions import override

from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import Compteurs, Decision
from cyclades_tui.domaine.statuts import ActePiece, Statut
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.attente import ANNULABLES, PAGE, AttenteEnCours
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.screens.guichet.controle.volet_attente import VoletAttente

CONFORME, RECUE = Decision(ActePiece.ACCEPTER), Decision(ActePiece.RECEVOIR)


def lignes(combien: int, debut: int = 1) -> list[PieceEnAttente]:
    return [
        PieceEnAttente(
            id=rang,
            revision=1,
            numero_candidat=f"{rang:011d}",
            nom="LÉVÊQUE",
            prenoms="Ève",
            numero_inscription=1,
            examen="BCP",
            session="2024",
            academie="33",
            mode="en ligne",
            piece="identite",
            sigle="Récap.",
            libelle="Récapitulatif",
            statut=Statut.AUCUN,
            attend_depuis=datetime(2023, 12, 4, 23, 30, tzinfo=UTC),
            affecte_a="",
        )
        for rang in range(debut, debut + combien)
    ]


def en_cours(combien: int) -> AttenteEnCours:
    attente = AttenteEnCours(Filtre(), "essai")
    attente.recevoir(lignes(combien))
    attente.a_faire = combien
    return attente


def test_twenty_decisions_are_taken_back_and_no_more() -> None:
    attente = en_cours(30)
    for _ in range(ANNULABLES + 5):
        attente.noter(CONFORME)
        attente.avancer()
    assert (attente.rang, attente.a_faire) == (25, 5)
    assert [fait.place.ligne.id for fait in iter(attente.reprendre, None)] == list(range(25, 5, -1))
    assert (attente.rang, attente.a_faire, attente.annulable) == (5, 25, False)


def test_what_was_skipped_is_passed_over_and_counted_at_the_end() -> None:
    attente = en_cours(4)
    attente.noter(CONFORME)
    attente.avancer()
    attente.avancer()
    attente.noter(RECUE)  # received: still to be checked
    attente.avancer()
    attente.aller(1)
    attente.noter(CONFORME)
    attente.avancer()
    assert attente.courante is attente.places[3]
    attente.avancer()
    assert attente.finie
    assert attente.a_faire == 2
    assert attente.bilan == "File terminée : 4 pièces, 2 conformes, 1 reçue, 1 passée."
    assert en_cours(0).bilan == "Aucune pièce n'attend dans cette file."


def test_the_next_page_is_wanted_before_the_end_and_a_short_one_is_the_last() -> None:
    attente = en_cours(PAGE)
    assert not attente.entiere
    assert not attente.a_lire
    attente.aller(PAGE - 10)
    assert attente.a_lire
    assert attente.derniere is not None
    attente.recevoir(lignes(3, debut=PAGE + 1))
    assert attente.entiere
    assert not attente.a_lire


def test_a_decision_that_the_store_refused_is_to_be_taken_again() -> None:
    attente = en_cours(2)
    fait = attente.noter(CONFORME)
    assert fait is not None
    attente.avancer()
    attente.oublier(fait)
    assert (attente.a_faire, attente.annulable, fait.place.statut) == (2, False, None)


def test_the_row_and_the_pace_in_words() -> None:
    attente = en_cours(2)
    rangee = attente.rangees[0]
    assert (rangee.court(15), rangee.court(10), rangee.court(6)) == ("LÉVÊQUE Ève", "LÉVÊQUE È.", "LÉVÊQ…")
    assert rangee.attend == "le 05/12/2023"  # of Paris
    assert attente.places[0].nommee == "LÉVÊQUE, récap"
    assert attente.fin_vers(datetime(2023, 12, 11, 8, 0, tzinfo=UTC)) == ""
    attente.compteurs = Compteurs(42, {Statut.CONFORME: 40, Statut.NON_CONFORME: 2}, 4)
    assert attente.total == 44
    assert attente.fin_vers(datetime(2023, 12, 11, 8, 0, tzinfo=UTC)) == "09:30"


class _ALaMain(Travaux):
    """Requests wait until the test answers them."""

    def __init__(self) -> None:
        self.suites: list[Callable[[Any], object]] = []

    @override
    def confier(self, acte: Callable[[], Any], suite: Callable[[Any], object], echec: Callable[..., object]) -> None:
        self.suites.append(suite)


async def test_a_page_that_comes_after_a_change_of_queue_does_not_stop_the_reading_of_the_new_one(
    poste_guichet: Poste,
) -> None:
    travaux = _ALaMain()
    volet = VoletAttente(poste_guichet, travaux, AttenteEnCours(Filtre(), "essai"), None)

    def ecran() -> Screen[Any]:
        ecran: Screen[Any] = Screen()
        ecran.compose_add_child(volet)
        return ecran

    async with AppUnEcran(ecran).run_test() as pilot:
        await pilot.pause()
        volet.attente.recevoir(lignes(PAGE))
        volet.passer_a(replace(Filtre(), mode="en ligne"))
        volet.attente.aller(PAGE - 1)
        volet.montrer()  # requests the next page of the queue about to be left
        changer, recevoir = travaux.suites
        changer(lignes(PAGE))
        recevoir(lignes(PAGE, PAGE + 1))
        assert len(volet.attente.places) == PAGE
        volet.attente.aller(PAGE - 1)
        volet.montrer()
        assert len(travaux.suites) == 3
        travaux.suites[-1](lignes(3, PAGE + 1))
        assert len(volet.attente.places) == PAGE + 3

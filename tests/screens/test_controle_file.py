"""The queue as an agent works through it: what comes next, what twenty decisions back is, what the end counts."""

from __future__ import annotations

from datetime import UTC, datetime

from cyclades_tui.actes.pieces.controle import Compteurs, Decision
from cyclades_tui.actes.pieces.files import Filtre, LigneDeFile
from cyclades_tui.regles.justificatifs import ActePiece, Statut
from cyclades_tui.screens.guichet.controle.file import ANNULABLES, PAGE, FileEnCours

CONFORME, RECUE = Decision(ActePiece.ACCEPTER), Decision(ActePiece.RECEVOIR)


def lignes(combien: int, debut: int = 1) -> list[LigneDeFile]:
    return [
        LigneDeFile(
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
            file_le=datetime(2023, 12, 4, 23, 30, tzinfo=UTC),
            affecte_a="",
        )
        for rang in range(debut, debut + combien)
    ]


def en_cours(combien: int) -> FileEnCours:
    file = FileEnCours(Filtre(), "essai")
    file.recevoir(lignes(combien))
    file.a_faire = combien
    return file


def test_twenty_decisions_are_taken_back_and_no_more() -> None:
    file = en_cours(30)
    for _ in range(ANNULABLES + 5):
        file.noter(CONFORME)
        file.avancer()
    assert (file.rang, file.a_faire) == (25, 5)
    assert [fait.place.ligne.id for fait in iter(file.reprendre, None)] == list(range(25, 5, -1))
    assert (file.rang, file.a_faire, file.annulable) == (5, 25, False)


def test_what_was_skipped_is_passed_over_and_counted_at_the_end() -> None:
    file = en_cours(4)
    file.noter(CONFORME)
    file.avancer()
    file.avancer()
    file.noter(RECUE)  # received: still to be checked
    file.avancer()
    file.aller(1)
    file.noter(CONFORME)
    file.avancer()
    assert file.courante is file.places[3]
    file.avancer()
    assert file.finie
    assert file.a_faire == 2
    assert file.bilan == "File terminée : 4 pièces, 2 conformes, 1 reçue, 1 passée."
    assert en_cours(0).bilan == "Aucune pièce n'attend dans cette file."


def test_the_next_page_is_wanted_before_the_end_and_a_short_one_is_the_last() -> None:
    file = en_cours(PAGE)
    assert not file.entiere
    assert not file.a_lire
    file.aller(PAGE - 10)
    assert file.a_lire
    assert file.derniere is not None
    file.recevoir(lignes(3, debut=PAGE + 1))
    assert file.entiere
    assert not file.a_lire


def test_a_decision_that_the_store_refused_is_to_be_taken_again() -> None:
    file = en_cours(2)
    fait = file.noter(CONFORME)
    assert fait is not None
    file.avancer()
    file.oublier(fait)
    assert (file.a_faire, file.annulable, fait.place.statut) == (2, False, None)


def test_the_row_and_the_pace_in_words() -> None:
    file = en_cours(2)
    rangee = file.rangees[0]
    assert (rangee.court(15), rangee.court(10), rangee.court(6)) == ("LÉVÊQUE Ève", "LÉVÊQUE È.", "LÉVÊQ…")
    assert rangee.attend == "le 05/12/2023"  # of Paris
    assert file.places[0].nommee == "LÉVÊQUE, récap"
    assert file.fin_vers(datetime(2023, 12, 11, 8, 0, tzinfo=UTC)) == ""
    file.compteurs = Compteurs(42, 40, 2, 0, 0, 4)
    assert file.total == 44
    assert file.fin_vers(datetime(2023, 12, 11, 8, 0, tzinfo=UTC)) == "09:30"

"""The successive choices: order, filter, dead ends, steps back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cyclades_tui.actes.candidature.consultation import ExamenPropose, ServiceOffert
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre
from cyclades_tui.screens.borne.choix.choix_service import AUCUN, ChoixService

BCP, DNB, CAPES = "BACCALAURÉAT PROFESSIONNEL", "DIPLÔME NATIONAL DU BREVET", "CAPES EXTERNE"
PORTAIL = "l'inscription se fait sur le portail national"
EXAMENS = (
    ExamenPropose("Examen", BCP, ""),
    ExamenPropose("Examen", DNB, ""),
    ExamenPropose("Concours", CAPES, PORTAIL),
)
OUVERTE, FERMEE = EtatFenetre.OUVERTE, EtatFenetre.FERMEE


def service(session: str, etat: EtatFenetre, examen: str = BCP, domaine: str = "Examen") -> ServiceOffert:
    fenetre = Fenetre(None, datetime(2023, 12, 13, tzinfo=UTC))
    return ServiceOffert(domaine, "X", examen, session, "32", "ACADÉMIE DE LA GUADELOUPE", fenetre, etat)


@pytest.fixture
def choix() -> ChoixService:
    sessions = ("2025", FERMEE), ("2023", OUVERTE), ("MARS 2023 VAE", OUVERTE), ("2022", FERMEE)
    return ChoixService(EXAMENS, [service(session, etat) for session, etat in sessions])


def test_each_choice_narrows_the_next_one(choix: ChoixService) -> None:
    assert choix.propositions() == ("Examen", "Concours")
    choix.choisir("Examen")
    assert choix.propositions() == (BCP, DNB)
    choix.choisir(BCP)
    choix.choisir("2023")
    assert choix.propositions() == ("ACADÉMIE DE LA GUADELOUPE - (2023)", "ACADÉMIE DE LA GUADELOUPE - (MARS 2023 VAE)")
    trouve = choix.service("ACADÉMIE DE LA GUADELOUPE - (MARS 2023 VAE)")
    assert trouve is not None
    assert trouve.session == "MARS 2023 VAE"


def test_sessions_where_something_is_open_come_first_then_the_latest(choix: ChoixService) -> None:
    choix.choisir("Examen")
    choix.choisir(BCP)
    assert choix.propositions() == ("2023", "2025", "2022")
    assert (choix.ouverts("2023"), choix.ouverts("2022")) == ((2, 2), (0, 1))


def test_an_exam_that_leads_nowhere_says_why(choix: ChoixService) -> None:
    choix.choisir("Examen")
    assert (choix.impasse(BCP), choix.impasse(DNB)) == ("", AUCUN)
    choix.revenir(0)
    choix.choisir("Concours")
    assert choix.impasse(CAPES) == PORTAIL


def test_a_closed_exam_stays_closed_whatever_its_windows() -> None:
    choix = ChoixService(EXAMENS, [service("2024", OUVERTE, CAPES, "Concours")])
    choix.choisir("Concours")
    assert choix.impasse(CAPES) == PORTAIL


@pytest.mark.parametrize("filtre", ["bac", "PROF", "baccalaureat professionnel"])
def test_the_filter_ignores_accents_and_case_and_fits_any_word(choix: ChoixService, filtre: str) -> None:
    choix.choisir("Examen")
    assert choix.propositions(filtre) == (BCP,)


def test_stepping_back_undoes_a_choice_and_those_after_it(choix: ChoixService) -> None:
    for choisi in ("Examen", BCP, "2023"):
        choix.choisir(choisi)
    assert choix.derniere
    choix.revenir(1)
    assert choix.choisis == ["Examen"]
    assert not choix.derniere

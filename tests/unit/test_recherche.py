"""The order of proposals for a typed text: exact label, then labels that begin so, then those with such a word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils.saisies import service

from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.temps import HorlogeSysteme
from cyclades_tui.domaine.texte import pertinence, plier
from cyclades_tui.screens.cadre.formulaire import Formulaire

MOTS = st.sampled_from(["Laon", "Saint", "Aulnois", "sous", "guinéen", "Équato", "Lao", "L'Haÿ"])
LIBELLES = st.lists(MOTS, min_size=1, max_size=3).map(" ".join)


def modele(**saisie: str) -> Formulaire:
    textes = {champ.replace("__", "."): texte for champ, texte in saisie.items()}
    return Formulaire(service(), textes, HorlogeSysteme().maintenant)


def champ(nom: str, formulaire: Formulaire) -> Champ:
    return formulaire.service.champs(None)[nom]


def proposes(formulaire: Formulaire, nom: str, debut: str) -> list[str]:
    return [p.libelle for p in formulaire.chercher(champ(nom, formulaire), debut)[1]]


@pytest.mark.parametrize(
    ("saisie", "premier"), [("Guinéen", "Guinéen"), ("guineen", "Guinéen"), ("coréen", "Nord-Coréen")]
)
def test_the_nationality_that_is_typed_comes_first(saisie: str, premier: str) -> None:
    assert proposes(modele(), "identification.nationalite", saisie)[0] == premier


@pytest.mark.parametrize(
    ("code_postal", "saisie", "premier"),
    [("02000", "LAON", "LAON"), ("02000", "laon", "LAON"), ("01000", "st denis", "SAINT DENIS LES BOURG")],
)
def test_the_locality_that_is_typed_comes_first(code_postal: str, saisie: str, premier: str) -> None:
    formulaire = modele(identification__adresse__pays="FRANCE", identification__adresse__code_postal=code_postal)
    assert proposes(formulaire, "identification.adresse.localite", saisie)[0] == premier


NATIONALITES = [nationalite.libelle for nationalite in service().referentiel.lieux.nationalites()]
FORMULAIRE = modele()


@settings(deadline=None)
@given(st.sampled_from(NATIONALITES), st.sampled_from([str, str.lower, str.upper, plier]))
def test_an_exact_label_is_always_the_first_proposal(libelle: str, ecrire: type[str]) -> None:
    assert proposes(FORMULAIRE, "identification.nationalite", ecrire(libelle))[0] == libelle


@given(LIBELLES, LIBELLES)
def test_each_way_to_fit_is_told_apart(libelle: str, debut: str) -> None:
    cle, cherche = plier(libelle), plier(debut)
    attendu = None
    if f" {cherche}" in f" {cle}":
        attendu = 0 if cle == cherche else 1 if cle.startswith(cherche) else 2
    assert pertinence(cle, cherche) == attendu


def test_the_order_of_a_list_holds_among_those_that_fit_alike() -> None:
    noms = proposes(FORMULAIRE, "identification.nationalite", "s")
    rangs = [NATIONALITES.index(nom) for nom in noms if plier(nom).startswith("S")]
    assert all(avant < apres for avant, apres in pairwise(rangs))

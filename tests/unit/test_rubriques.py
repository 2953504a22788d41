"""Every field of a form appears in a rubric of the récapitulatif, or has a reason not to."""

from __future__ import annotations

from functools import cache

from cyclades_tui.champs.catalogue import FIXES, champs_de_toute_categorie
from cyclades_tui.referentiel.chargement import charger
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.regles.recapitulatif import HORS_RUBRIQUE, RUBRIQUES

EN_RUBRIQUE = [champ for rubrique in RUBRIQUES for champ in rubrique.champs]


@cache
def tous_les_champs() -> frozenset[str]:
    """All fields of all shipped diplomas, and of the example concours."""
    referentiel = charger(dossier("data"), dossier("fixtures") / "parametrage")
    return frozenset(
        champ
        for diplome in referentiel.diplomes
        for champ in champs_de_toute_categorie(referentiel, diplome, diplome.sessions[1])
    )


def raisons(champ: str) -> list[str]:
    """The entries that say why a field has no rubric; one that ends with a dot is for all fields that begin so."""
    return [dite for dite in HORS_RUBRIQUE if champ == dite or (dite.endswith(".") and champ.startswith(dite))]


def test_every_field_shows_in_one_rubric_or_says_why_in_none() -> None:
    places = {champ: EN_RUBRIQUE.count(champ) + len(raisons(champ)) for champ in tous_les_champs()}
    assert {champ: combien for champ, combien in places.items() if combien != 1} == {}
    assert {champ.id for champ in FIXES} <= set(places)


def test_no_rubric_and_no_reason_is_of_a_field_that_is_not_there() -> None:
    assert set(EN_RUBRIQUE) <= tous_les_champs()
    dites = {dite for champ in tous_les_champs() for dite in raisons(champ)}
    assert dites == set(HORS_RUBRIQUE)
    assert all(HORS_RUBRIQUE.values())

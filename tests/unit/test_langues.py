"""Épreuves with one language, or with a few to choose from."""

from __future__ import annotations

import pytest
from outils.guide import INDIVIDUELLE
from outils.saisies import JOUR, referentiel_livre, sans

from cyclades_tui.regles.dossier import etablir
from cyclades_tui.regles.saisie import lire_la_saisie
from cyclades_tui.regles.service import Service


def fautes(examen: str, specialite: str, **langues: str) -> list[tuple[str, str]]:
    service = Service.de(referentiel_livre(), examen, "2024", "33")
    saisie = sans(INDIVIDUELLE, "acquis.", "epreuves.") | {"qualification.specialite": specialite}
    for epreuve, langue in langues.items():
        saisie |= {f"epreuves.{epreuve}.langue": langue}
        if epreuve == "EF1":
            saisie["epreuves.EF1.position"] = "Inscrit"
    lue = lire_la_saisie(saisie, service, JOUR)
    assert etablir(lue, service, JOUR) is not None
    return [(faute.code, faute.champ) for faute in lue.fautes if faute.champ.startswith("epreuves.")]


@pytest.mark.parametrize(("langue", "attendues"), [("Anglais", 1), ("Espagnol", 0)])
def test_the_optional_language_is_not_the_one_that_the_diploma_imposes(langue: str, attendues: int) -> None:
    assert fautes("BCP", "22106", EF1=langue) == [("epreuves.langue", "epreuves.EF1.langue")] * attendues


@pytest.mark.parametrize(("langue", "attendues"), [("Italien", 0), ("Portugais", 1)])
def test_a_language_out_of_those_that_the_diploma_admits_is_refused(langue: str, attendues: int) -> None:
    assert fautes("BP", "22108", E6=langue) == [("epreuves.langue", "epreuves.E6.langue")] * attendues


def test_the_languages_of_diplomas_are_languages_of_the_list() -> None:
    referentiel = referentiel_livre()
    connues = {langue.libelle for langue in referentiel.lieux.langues()}
    nommees = {nom for d in referentiel.diplomes for e in d.epreuve for nom in (e.langue, *e.langues) if nom}
    assert nommees
    assert nommees <= connues

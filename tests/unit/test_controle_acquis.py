"""Titles, notes kept, VAE and dispenses as a form declares them, on the real référentiel."""

from __future__ import annotations

from datetime import date

import pytest
from outils.guide import INDIVIDUELLE, SAISIE
from outils.saisies import avertissements, examiner, fautes, note, phrase, positions, sans, service

ID, CA, QU = "identification", "candidature", "qualification"
SANS_TITRE = sans(INDIVIDUELLE, "acquis.") | {"epreuves.E4.langue": "Espagnol"}


def titre(identifiant: str, annee: str) -> dict[str, str]:
    prefixe = f"acquis.titre.{identifiant}"
    return {f"{prefixe}.declare": "oui", f"{prefixe}.annee": annee, f"{prefixe}.academie": "Guyane"}


def test_a_title_from_before_the_first_year_admitted_is_refused() -> None:
    champ = "acquis.titre.bacpro.annee"
    saisie = INDIVIDUELLE | titre("bacpro", "2018")
    assert phrase(saisie, champ).startswith("2018 est avant 2019, première année admise")
    assert positions(saisie, ["E1-A", "E3-F"]) == ["Inscrit", "Inscrit"]
    assert fautes(INDIVIDUELLE | titre("bacpro", "2019")) == []


def test_a_title_asks_for_its_year_and_academie() -> None:
    prefixe = "acquis.titre.bts-dut-deug-licence"
    assert ("champ.obligatoire", f"{prefixe}.annee") in fautes(sans(INDIVIDUELLE, f"{prefixe}.annee"))
    assert fautes(sans(INDIVIDUELLE, f"{prefixe}.academie")) == [("champ.obligatoire", f"{prefixe}.academie")]


def test_two_titles_add_up() -> None:
    saisie = INDIVIDUELLE | titre("bacpro-economie-gestion", "2020")
    assert fautes(saisie) == []
    assert positions(saisie, ["E1-A", "E1-B", "E3-E", "E3-F", "E4", "E7"]) == [
        "Dispense",
        "Inscrit",
        "Dispense",
        "Dispense",
        "Dispense",
        "Dispense",
    ]


def test_a_dispensed_epreuve_may_be_sat_again() -> None:
    saisie = INDIVIDUELLE | {"acquis.repasser.E5-A": "oui"}
    assert fautes(saisie) == []
    assert positions(saisie, ["E4", "E5", "E5-A", "E5-B"]) == ["Dispense", "Inscrit", "Inscrit", "Dispense"]


def test_sitting_again_without_a_title_is_told_and_dropped() -> None:
    saisie = SANS_TITRE | {"acquis.repasser.E4": "oui"}
    assert phrase(saisie, "acquis.repasser.E4") == (
        "Aucun titre déclaré ne dispense de E4 : vous la passez de toute façon."
    )
    assert fautes(saisie) == []
    assert examiner(saisie)[0].valeur("acquis.repasser.E4") == ""


def test_boxes_without_their_declaration_have_no_object() -> None:
    assert avertissements(SANS_TITRE | {"acquis.titre.bacpro.declare": "oui"}) == [
        ("champ.sans-objet", "acquis.titre.bacpro.declare")
    ]


@pytest.mark.parametrize("source", ["meme_specialite", "autre_specialite"])
def test_a_kept_note_gives_a_benefice(source: str) -> None:
    saisie = INDIVIDUELLE | note("2019", source=source)
    assert (fautes(saisie), avertissements(saisie)) == ([], [])
    assert positions(saisie, ["E1-A", "E1"]) == ["Bénéfice", "Inscrit"]


@pytest.mark.parametrize(
    ("saisie", "raison"),
    [
        (note("2018"), "note de 2018 : elle se conservait 5 ans, jusqu'à la session 2023"),
        (note("2022", "9,99"), "note 9,99 sous 10 : non conservable en forme globale"),
    ],
)
def test_a_lost_note_is_told_and_its_epreuve_sat(saisie: dict[str, str], raison: str) -> None:
    champ = "acquis.meme_specialite.notes.E1-A.conserver"
    assert fautes(INDIVIDUELLE | saisie) == []
    assert phrase(INDIVIDUELLE | saisie, champ).startswith(f"E1-A sera repassée : {raison}")
    assert positions(INDIVIDUELLE | saisie, ["E1-A"]) == ["Inscrit"]


def test_an_epreuve_whose_note_is_lost_is_sat_only_where_nothing_else_spares_it() -> None:
    champ = "acquis.meme_specialite.notes.E4.conserver"
    perdue = INDIVIDUELLE | note("2022", "9,99", code="E4")
    assert phrase(perdue, champ).startswith("E4 : note 9,99 sous 10 : non conservable en forme globale (")
    assert "; elle reste acquise (Dispense) : Titulaire BTS" in phrase(perdue, champ)
    assert positions(perdue, ["E4"]) == ["Dispense"]
    repassee = perdue | {"acquis.repasser.E4": "oui", "epreuves.E4.langue": "Espagnol"}
    assert phrase(repassee, champ).startswith("E4 sera repassée : note 9,99 sous 10")
    assert positions(repassee, ["E4"]) == ["Inscrit"]
    plus_tard = INDIVIDUELLE | {f"{QU}.forme": "Progressive", "epreuves.E1-A.position": "Non Inscrit"} | note("2015")
    dit = phrase(plus_tard, "acquis.meme_specialite.notes.E1-A.conserver")
    assert dit.startswith("E1-A : note de 2015")
    assert dit.endswith("; vous ne la passez pas à cette session.")


def test_a_box_without_its_title_says_what_becomes_of_the_epreuve() -> None:
    """What a VAE spares is not « à passer de toute façon »."""
    vae = {"acquis.declaration.vae": "oui", "acquis.vae.annee": "2022", "acquis.vae.academie": "Guyane"}
    saisie = sans(SANS_TITRE, "epreuves.") | vae | {"acquis.vae.unites.E4": "oui", "acquis.repasser.E4": "oui"}
    assert phrase(saisie, "acquis.repasser.E4") == (
        "Aucun titre déclaré ne dispense de E4 : elle reste acquise (Dispense) : "
        "Unité validée par le jury de VAE (2022, Guyane) : dispense de U4."
    )


def raison_de(saisie: dict[str, str], code: str) -> str:
    dossier = examiner(saisie)[1]
    assert dossier is not None
    return next(str(placee.raison) for placee in dossier.placees if placee.epreuve.code == code)


def test_why_of_a_parent_names_the_reasons_of_its_parts() -> None:
    assert raison_de(INDIVIDUELLE, "E5").startswith("parce que E5-A et E5-B le sont : Titulaire BTS DUT DEUG LICENCE (")
    assert raison_de(SANS_TITRE, "E1") == "parce que E1-A et E1-B le sont : épreuve obligatoire"
    une_repassee = raison_de(INDIVIDUELLE | {"acquis.repasser.E5-A": "oui"}, "E5")
    assert une_repassee.startswith(
        "parce que E5-A l'est : décochée : vous avez choisi de la repasser ; E5-B : Dispense, "
    )


def test_why_of_a_part_names_the_reason_of_its_unit() -> None:
    assert raison_de(INDIVIDUELLE, "E4-A").startswith("comme E4 : Titulaire BTS DUT DEUG LICENCE (")


def test_a_note_under_ten_is_kept_in_forme_progressive() -> None:
    saisie = INDIVIDUELLE | {f"{QU}.forme": "Progressive"} | note("2022", "9,99")
    assert avertissements(saisie) == []
    assert positions(saisie, ["E1-A"]) == ["Bénéfice"]


def test_an_epreuve_whose_note_is_given_up_is_sat() -> None:
    saisie = INDIVIDUELLE | note("2022", conserver="Non")
    assert (fautes(saisie), avertissements(saisie)) == ([], [])
    assert positions(saisie, ["E1-A"]) == ["Inscrit"]


def test_a_note_of_this_session_or_a_later_one_is_refused() -> None:
    session = "acquis.meme_specialite.notes.E1-A.session"
    assert fautes(INDIVIDUELLE | note("2024")) == [("format.annee", session)]
    assert fautes(INDIVIDUELLE | note("2023"), service("2023")) == [("acquis.session", session)]


def test_a_vae_dispenses_from_the_units_that_the_jury_names() -> None:
    jury = {"acquis.declaration.vae": "oui", "acquis.vae.annee": "2020", "acquis.vae.academie": "Guyane"}
    saisie = INDIVIDUELLE | jury | {"acquis.vae.unites.E2": "oui"}
    controle, _ = examiner(saisie)
    assert controle.fautes == []
    assert controle.affichage(f"{CA}.vae") == "VAE"
    assert positions(saisie, ["E2", "E3-A"]) == ["Dispense", "Inscrit"]
    assert phrase(INDIVIDUELLE | jury, "acquis.declaration.vae") == (
        "La case est cochée et rien n'est déclaré dessous. Cochez les épreuves dont le jury de VAE vous dispense."
    )
    assert fautes(INDIVIDUELLE | {"acquis.declaration.vae": "oui"}) == [
        ("champ.obligatoire", "acquis.vae.annee"),
        ("champ.obligatoire", "acquis.vae.academie"),
        ("acquis.vide", "acquis.declaration.vae"),
    ]


def test_titles_declared_without_one_ticked_are_told() -> None:
    assert phrase(SANS_TITRE | {"acquis.declaration.titre": "oui"}, "acquis.declaration.titre") == (
        "La case est cochée et rien n'est déclaré dessous. Cochez le titre ou diplôme que vous avez obtenu."
    )


@pytest.mark.parametrize(
    ("saisie", "population", "offerte"),
    [
        (SANS_TITRE, "eps-experience", True),
        (SANS_TITRE, "eps-inaptitude", True),
        (SANS_TITRE, "eps-formation-continue", False),
        (sans(SAISIE, "acquis.") | {"epreuves.E4.langue": "Espagnol"}, "eps-experience", False),
        (sans(SAISIE, "acquis.") | {"epreuves.E4.langue": "Espagnol"}, "eps-inaptitude", True),
    ],
)
def test_a_population_gives_its_dispense_of_eps_where_it_is_offered(
    saisie: dict[str, str], population: str, offerte: bool
) -> None:
    champ = f"acquis.population.{population}"
    demandee = saisie | {champ: "oui"}
    assert champ not in [ou for _, ou in fautes(demandee)]
    assert [code for code, ou in avertissements(demandee) if ou == champ] == ([] if offerte else ["champ.sans-objet"])
    assert positions(demandee, ["E7"]) == ["Dispense" if offerte else "Inscrit"]


def test_sitting_again_what_is_acquired_otherwise_is_told() -> None:
    saisie = SAISIE | {"acquis.repasser.E7": "oui", "acquis.population.eps-inaptitude": "oui"}
    assert avertissements(saisie) == [("acquis.repasser", "acquis.repasser.E7")]
    assert positions(saisie, ["E7"]) == ["Dispense"]


@pytest.mark.parametrize(
    ("session", "note", "champ"),
    [
        ("2024", "2023", "acquis.meme_specialite.session"),
        ("2020", "2021", "acquis.meme_specialite.notes.E2.session"),
    ],
)
def test_earlier_sessions_follow_one_another(session: str, note: str, champ: str) -> None:
    jour = date(2024, 1, 5)
    saisie = INDIVIDUELLE | {
        "acquis.declaration.meme_specialite": "oui",
        "acquis.meme_specialite.session": session,
        "acquis.meme_specialite.academie": "Guyane",
        "acquis.meme_specialite.notes.E2.note": "12",
        "acquis.meme_specialite.notes.E2.session": note,
        "acquis.meme_specialite.notes.E2.conserver": "oui",
    }
    assert ("acquis.session", champ) in fautes(saisie, jour=jour)

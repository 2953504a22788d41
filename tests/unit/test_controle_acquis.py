"""Titles, notes kept, VAE and dispenses as a form declares them, on the real référentiel."""

from __future__ import annotations

from datetime import date

import pytest
from outils.saisies import (
    avertissements,
    examiner,
    fautes,
    note,
    phrase,
    positions,
    saisie_du_guide,
    saisie_individuelle,
    sans,
    service,
)

ID, CA, QU = "identification", "candidature", "qualification"
GUIDE, SEUL = saisie_du_guide(), saisie_individuelle()
SANS_TITRE = sans(SEUL, "acquis.") | {"epreuves.E4.langue": "Espagnol"}


def titre(identifiant: str, annee: str) -> dict[str, str]:
    prefixe = f"acquis.titre.{identifiant}"
    return {f"{prefixe}.declare": "oui", f"{prefixe}.annee": annee, f"{prefixe}.academie": "Guyane"}


def test_titre_d_avant_la_premiere_annee_admise() -> None:
    champ = "acquis.titre.bacpro.annee"
    saisie = SEUL | titre("bacpro", "2018")
    assert phrase(saisie, champ).startswith("2018 est avant 2019, première année admise")
    assert positions(saisie, ["E1-A", "E3-F"]) == ["Inscrit", "Inscrit"]
    assert fautes(SEUL | titre("bacpro", "2019")) == []


def test_un_titre_demande_annee_et_academie() -> None:
    prefixe = "acquis.titre.bts-dut-deug-licence"
    assert ("champ.obligatoire", f"{prefixe}.annee") in fautes(sans(SEUL, f"{prefixe}.annee"))
    assert fautes(sans(SEUL, f"{prefixe}.academie")) == [("champ.obligatoire", f"{prefixe}.academie")]


def test_deux_titres_s_ajoutent() -> None:
    saisie = SEUL | titre("bacpro-economie-gestion", "2020")
    assert fautes(saisie) == []
    assert positions(saisie, ["E1-A", "E1-B", "E3-E", "E3-F", "E4", "E7"]) == [
        "Dispense",
        "Inscrit",
        "Dispense",
        "Dispense",
        "Dispense",
        "Dispense",
    ]


def test_repasser_une_epreuve_dispensee() -> None:
    saisie = SEUL | {"acquis.repasser.E5-A": "oui"}
    assert fautes(saisie) == []
    assert positions(saisie, ["E4", "E5", "E5-A", "E5-B"]) == ["Dispense", "Inscrit", "Inscrit", "Dispense"]


def test_repasser_sans_titre_est_dit_et_laisse() -> None:
    saisie = SANS_TITRE | {"acquis.repasser.E4": "oui"}
    assert phrase(saisie, "acquis.repasser.E4") == (
        "Aucun titre déclaré ne dispense de E4 : vous la passez de toute façon."
    )
    assert fautes(saisie) == []
    assert examiner(saisie)[0].valeur("acquis.repasser.E4") == ""


def test_des_cases_sans_leur_declaration_sont_sans_objet() -> None:
    assert avertissements(SANS_TITRE | {"acquis.titre.bacpro.declare": "oui"}) == [
        ("champ.sans-objet", "acquis.titre.bacpro.declare")
    ]


@pytest.mark.parametrize("source", ["meme_specialite", "autre_specialite"])
def test_note_conservee(source: str) -> None:
    saisie = SEUL | note("2019", source=source)
    assert (fautes(saisie), avertissements(saisie)) == ([], [])
    assert positions(saisie, ["E1-A", "E1"]) == ["Bénéfice", "Inscrit"]


@pytest.mark.parametrize(
    ("saisie", "raison"),
    [
        (note("2018"), "note de 2018 : elle se conservait 5 ans, jusqu'à la session 2023"),
        (note("2022", "9,99"), "note 9,99 sous 10 : non conservable en forme globale"),
    ],
)
def test_note_perdue_est_dite_et_l_epreuve_passee(saisie: dict[str, str], raison: str) -> None:
    champ = "acquis.meme_specialite.notes.E1-A.conserver"
    assert fautes(SEUL | saisie) == []
    assert phrase(SEUL | saisie, champ).startswith(f"E1-A sera repassée : {raison}")
    assert positions(SEUL | saisie, ["E1-A"]) == ["Inscrit"]


def test_note_sous_dix_se_garde_en_progressive() -> None:
    saisie = SEUL | {f"{QU}.forme": "Progressive"} | note("2022", "9,99")
    assert avertissements(saisie) == []
    assert positions(saisie, ["E1-A"]) == ["Bénéfice"]


def test_note_repassee() -> None:
    saisie = SEUL | note("2022", conserver="Non")
    assert (fautes(saisie), avertissements(saisie)) == ([], [])
    assert positions(saisie, ["E1-A"]) == ["Inscrit"]


def test_note_de_la_session_meme_ou_d_apres() -> None:
    session = "acquis.meme_specialite.notes.E1-A.session"
    assert fautes(SEUL | note("2024")) == [("format.annee", session)]
    assert fautes(SEUL | note("2023"), service("2023")) == [("acquis.session", session)]


def test_vae() -> None:
    jury = {"acquis.declaration.vae": "oui", "acquis.vae.annee": "2020", "acquis.vae.academie": "Guyane"}
    saisie = SEUL | jury | {"acquis.vae.unites.E2": "oui"}
    controle, _ = examiner(saisie)
    assert controle.fautes == []
    assert controle.affichage(f"{CA}.vae") == "VAE"
    assert positions(saisie, ["E2", "E3-A"]) == ["Dispense", "Inscrit"]
    assert phrase(SEUL | jury, "acquis.declaration.vae") == (
        "La case est cochée et rien n'est déclaré dessous. Cochez les épreuves dont le jury de VAE vous dispense."
    )
    assert fautes(SEUL | {"acquis.declaration.vae": "oui"}) == [
        ("champ.obligatoire", "acquis.vae.annee"),
        ("champ.obligatoire", "acquis.vae.academie"),
        ("acquis.vide", "acquis.declaration.vae"),
    ]


def test_titre_declare_sans_titre_coche() -> None:
    assert phrase(SANS_TITRE | {"acquis.declaration.titre": "oui"}, "acquis.declaration.titre") == (
        "La case est cochée et rien n'est déclaré dessous. Cochez le titre ou diplôme que vous avez obtenu."
    )


@pytest.mark.parametrize(
    ("saisie", "population", "offerte"),
    [
        (SANS_TITRE, "eps-experience", True),
        (SANS_TITRE, "eps-inaptitude", True),
        (SANS_TITRE, "eps-formation-continue", False),
        (sans(GUIDE, "acquis.") | {"epreuves.E4.langue": "Espagnol"}, "eps-experience", False),
        (sans(GUIDE, "acquis.") | {"epreuves.E4.langue": "Espagnol"}, "eps-inaptitude", True),
    ],
)
def test_dispense_d_eps_par_population(saisie: dict[str, str], population: str, offerte: bool) -> None:
    champ = f"acquis.population.{population}"
    demandee = saisie | {champ: "oui"}
    assert champ not in [ou for _, ou in fautes(demandee)]
    assert [code for code, ou in avertissements(demandee) if ou == champ] == ([] if offerte else ["champ.sans-objet"])
    assert positions(demandee, ["E7"]) == ["Dispense" if offerte else "Inscrit"]


def test_repasser_une_epreuve_acquise_autrement_est_dit() -> None:
    saisie = GUIDE | {"acquis.repasser.E7": "oui", "acquis.population.eps-inaptitude": "oui"}
    assert avertissements(saisie) == [("acquis.repasser", "acquis.repasser.E7")]
    assert positions(saisie, ["E7"]) == ["Dispense"]


@pytest.mark.parametrize(
    ("session", "note", "champ"),
    [
        ("2024", "2023", "acquis.meme_specialite.session"),
        ("2020", "2021", "acquis.meme_specialite.notes.E2.session"),
    ],
)
def test_les_sessions_anterieures_se_suivent(session: str, note: str, champ: str) -> None:
    jour = date(2024, 1, 5)
    saisie = SEUL | {
        "acquis.declaration.meme_specialite": "oui",
        "acquis.meme_specialite.session": session,
        "acquis.meme_specialite.academie": "Guyane",
        "acquis.meme_specialite.notes.E2.note": "12",
        "acquis.meme_specialite.notes.E2.session": note,
        "acquis.meme_specialite.notes.E2.conserver": "oui",
    }
    assert ("acquis.session", champ) in fautes(saisie, jour=jour)

"""The check of a whole form on the real référentiel: fields asked, refusals, warnings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils.guide import INDIVIDUELLE, SAISIE
from outils.saisies import (
    JOUR,
    avertissements,
    examiner,
    fautes,
    note,
    phrase,
    positions,
    referentiel_livre,
    sans,
    service,
)

from cyclades_tui.domaine.temps import annee_de_session
from cyclades_tui.regles.dossier import etablir
from cyclades_tui.regles.saisie import lire_la_saisie
from cyclades_tui.regles.service import Service

ID, CA, QU = "identification", "candidature", "qualification"
SANS_TITRE = sans(INDIVIDUELLE, "acquis.") | {"epreuves.E4.langue": "Espagnol"}


@pytest.mark.parametrize("saisie", [SAISIE, INDIVIDUELLE, SANS_TITRE], ids=["guide", "individuel", "sans titre"])
def test_nothing_is_said_of_a_complete_form(saisie: dict[str, str]) -> None:
    lue, dossier = examiner(saisie)
    assert (lue.fautes, avertissements(saisie)) == ([], [])
    assert dossier is not None


def test_an_empty_form_tells_all_that_is_missing_in_the_order_of_the_tabs() -> None:
    assert fautes({}) == [
        ("champ.obligatoire", champ)
        for champ in (
            "modalites.accord",
            f"{ID}.civilite",
            f"{ID}.nom",
            f"{ID}.prenoms",
            f"{ID}.naissance.date",
            f"{ID}.naissance.pays",
            f"{ID}.naissance.commune",
            f"{ID}.nationalite",
            f"{ID}.adresse.pays",
            f"{ID}.adresse.voie",
            f"{ID}.adresse.localite",
            f"{ID}.email",
            f"{CA}.categorie",
            f"{CA}.amenagement_duree",
            f"{CA}.etablissement",
            f"{CA}.amenagement_handicap",
            f"{CA}.consentement_presse",
            f"{CA}.consentement_collectivites",
            f"{QU}.specialite",
            f"{QU}.section_langue",
            f"{QU}.forme",
            "conditions.accord",
        )
    ]
    assert examiner({})[1] is None


def test_all_faults_are_told_at_once_in_reading_order() -> None:
    saisie = sans(SAISIE, f"{ID}.nom", f"{CA}.consentement_presse") | {
        f"{ID}.naissance.date": "31/02/2005",
        f"{ID}.adresse.code_postal": "9730",
        f"{ID}.telephone_mobile": "12",
        "acquis.titre.bts-dut-deug-licence.academie": "ATLANTIDE",
    }
    assert fautes(saisie) == [
        ("champ.obligatoire", f"{ID}.nom"),
        ("format.date", f"{ID}.naissance.date"),
        ("format.code-postal", f"{ID}.adresse.code_postal"),
        ("format.telephone", f"{ID}.telephone_mobile"),
        ("champ.obligatoire", f"{CA}.consentement_presse"),
        ("format.choix", "acquis.titre.bts-dut-deug-licence.academie"),
    ]


def test_blanks_fill_no_field() -> None:
    assert fautes(SAISIE | {f"{ID}.nom": "   "}) == [("champ.obligatoire", f"{ID}.nom")]


@pytest.mark.parametrize(
    ("champ", "remede"),
    [
        (f"{ID}.naissane.date", f"Vouliez-vous dire « {ID}.naissance.date » ?"),
        ("epreuves.EF1.lange", "Vouliez-vous dire « epreuves.EF1.langue » ?"),
        ("acquis.repasser.E9", "Vouliez-vous dire « acquis.repasser.E7 » ?"),
        ("????", "Retirez-la."),
    ],
)
def test_an_unknown_field_is_told_with_the_nearest_one(champ: str, remede: str) -> None:
    assert phrase(SAISIE | {champ: "oui"}, champ) == f"Cette rubrique n'existe pas ici. {remede}"


def test_a_computed_field_is_not_typed_and_a_no_leaves_a_box_empty() -> None:
    assert phrase(SAISIE | {f"{CA}.vae": "oui"}, f"{CA}.vae") == (
        "Cette rubrique est calculée et ne se saisit pas. Retirez-la."
    )
    assert fautes(SAISIE | {"conditions.accord": "non"}) == [("champ.obligatoire", "conditions.accord")]


def test_a_consent_may_be_given_or_not_but_is_answered() -> None:
    champ = f"{CA}.consentement_presse"
    assert phrase(sans(SAISIE, champ), champ).endswith(
        "n'est pas rempli. Répondez par Oui ou par Non : les deux réponses sont acceptées."
    )
    assert fautes(SAISIE | {champ: "Oui"}) == []


# Fields asked of some


def test_ine_and_csp_are_asked_of_pupils_and_minors() -> None:
    deux = {f"{ID}.ine": "088553495DY", f"{ID}.csp_representant": "81"}
    assert fautes(sans(SAISIE, f"{ID}.csp_representant")) == [("champ.obligatoire", f"{ID}.csp_representant")]
    assert avertissements(INDIVIDUELLE | deux) == [
        ("champ.sans-objet", f"{ID}.ine"),
        ("champ.sans-objet", f"{ID}.csp_representant"),
    ]
    lue, _ = examiner(INDIVIDUELLE | deux)
    assert f"{ID}.ine" not in lue.valeurs


@pytest.mark.parametrize(
    ("naissance", "mineur"), [("10/12/2005", False), ("11/12/2005", False), ("12/12/2005", True), ("06/05/2010", True)]
)
def test_an_individual_minor_gives_the_csp_of_a_guardian(naissance: str, mineur: bool) -> None:
    saisie = INDIVIDUELLE | {f"{ID}.naissance.date": naissance}
    manque = [("champ.obligatoire", f"{ID}.csp_representant")]
    assert fautes(saisie) == (manque if mineur else [])
    assert fautes(saisie | {f"{ID}.csp_representant": "81"}) == []


def test_born_on_a_29th_of_february_one_comes_of_age_on_the_1st_of_march() -> None:
    saisie = INDIVIDUELLE | {f"{ID}.naissance.date": "29/02/2008"}
    sans_titre = sans(saisie, "acquis.") | {"epreuves.E4.langue": "Espagnol"}
    assert fautes(sans_titre, jour=date(2026, 2, 28)) == [("champ.obligatoire", f"{ID}.csp_representant")]
    assert fautes(sans_titre, jour=date(2026, 3, 1)) == []


def test_birth_abroad_has_any_town_and_no_departement() -> None:
    ne_ailleurs = sans(INDIVIDUELLE, f"{ID}.naissance.departement") | {
        f"{ID}.naissance.pays": "LETTONIE",
        f"{ID}.naissance.commune": "Rīga",
    }
    lue, _ = examiner(ne_ailleurs)
    assert lue.fautes == []
    assert f"{ID}.naissance.departement" not in lue.champs
    assert lue.valeurs[f"{ID}.naissance.commune"].document == "Rīga - LETTONIE"
    assert avertissements(ne_ailleurs | {f"{ID}.naissance.departement": "011"}) == [
        ("champ.sans-objet", f"{ID}.naissance.departement")
    ]


def test_birth_in_france_asks_for_the_departement() -> None:
    codes = fautes(sans(INDIVIDUELLE, f"{ID}.naissance.departement"))
    assert codes == [
        ("champ.obligatoire", f"{ID}.naissance.departement"),
        ("format.commune", f"{ID}.naissance.commune"),
    ]


def test_a_commune_out_of_the_list_is_told_and_may_be_kept() -> None:
    champ = f"{ID}.naissance.commune"
    ailleurs = INDIVIDUELLE | {champ: "Bugarache"}
    assert phrase(ailleurs, champ) == (
        "« Bugarache » n'est pas dans la liste de 011 - AUDE. Vouliez-vous dire : BUGARACH ?"
    )
    lue, _ = examiner(ailleurs | {f"{ID}.naissance.commune_hors_liste": "oui"})
    assert lue.fautes == []
    assert lue.valeurs[champ].document == "BUGARACHE (hors liste) - 011"


def test_the_box_of_a_commune_out_of_the_list_is_asked_only_while_the_commune_may_be_so() -> None:
    """Nobody ticks it on the way once the commune is one of the list; ticked all the same, it is dropped."""
    champ, case = f"{ID}.naissance.commune", f"{ID}.naissance.commune_hors_liste"
    for commune, cochee, demandee in (
        ("Bugarach", "", False),
        ("Bugarach", "oui", False),
        ("Bugarache", "", True),
        ("Bugarache", "oui", True),
        ("", "", True),
    ):
        saisie = INDIVIDUELLE | {champ: commune, case: cochee}
        lue, _ = examiner(saisie)
        assert (case in lue.champs) is demandee, (commune, cochee)
        assert bool(lue.valeur(case)) is (demandee and bool(cochee))
        assert avertissements(saisie) == []


@pytest.mark.parametrize(
    ("tape", "remede"),
    [
        ("rennes", "Cette commune est dans 035 - ILLE ET VILAINE : choisissez le département."),
        ("Cayenne", "Cette commune est dans 973 - GUYANE : choisissez le département."),
        ("13 Marseille", "Cette commune est dans 013 - BOUCHES DU RHONE : choisissez le département."),
        ("Alger", "Choisissez le pays de naissance ALGERIE : il n'a pas de département."),
        ("92 ORAN", "Choisissez le pays de naissance ALGERIE : il n'a pas de département."),
        ("Maroc", "Choisissez le pays de naissance MAROC : il n'a pas de département."),
        ("99 Monaco", "Choisissez le pays de naissance MONACO : il n'a pas de département."),
        ("99", "Choisissez le pays de naissance : hors de France, il n'y a pas de département."),
        ("né à l'étranger", "Choisissez le pays de naissance : hors de France, il n'y a pas de département."),
        ("bugarach", "Cette commune est dans 011 - AUDE : choisissez le département."),
    ],
)
def test_a_commune_typed_for_a_departement_tells_which_one_it_is(tape: str, remede: str) -> None:
    champ = f"{ID}.naissance.departement"
    assert phrase(INDIVIDUELLE | {champ: tape}, champ).endswith(remede)


def test_an_address_abroad_has_any_postal_code_or_none() -> None:
    riga = {f"{ID}.adresse.pays": "Lettonie", f"{ID}.adresse.localite": "Rīga"}
    assert fautes(INDIVIDUELLE | riga | {f"{ID}.adresse.code_postal": "LV-1050"}) == []
    assert fautes(sans(INDIVIDUELLE, f"{ID}.adresse.code_postal") | riga) == []
    assert fautes(sans(INDIVIDUELLE, f"{ID}.adresse.code_postal")) == [
        ("champ.obligatoire", f"{ID}.adresse.code_postal")
    ]


def test_a_postal_code_of_no_commune_is_told() -> None:
    champ, localite = f"{ID}.adresse.code_postal", f"{ID}.adresse.localite"
    inconnu = SANS_TITRE | {champ: "97399"}
    assert (fautes(inconnu), avertissements(inconnu)) == ([], [("lieu.code-postal", champ)])
    assert phrase(inconnu, champ) == (
        "Aucune commune n'a ce code postal. Vérifiez-le ; avec un CEDEX, écrivez CEDEX après la localité."
    )
    assert avertissements(inconnu | {localite: "Cayenne Cédex 2"}) == []
    ailleurs = avertissements(inconnu | {f"{ID}.adresse.pays": "Lettonie"})
    assert ailleurs == [("doute.telephone", f"{ID}.telephone_mobile")]  # it is ten digits of France


@pytest.mark.parametrize(
    ("tapee", "dite"),
    [
        ("Française", "Français"),
        ("france", "Français"),
        ("ALGERIENNE", "Algérien"),
        ("grecque", "Grec"),
        ("Turque", "Turc"),
    ],
)
def test_a_nationality_is_known_by_its_feminine_or_its_country_too(tapee: str, dite: str) -> None:
    lue, _ = examiner(INDIVIDUELLE | {f"{ID}.nationalite": tapee})
    assert lue.affichage(f"{ID}.nationalite") == dite


def test_each_nationality_is_found_by_its_own_name() -> None:
    listes = service().listes
    for choix in listes.choix("nationalites"):
        assert listes.trouver("nationalites", choix.libelle) == choix


def test_a_person_may_have_one_name_only_but_must_have_one() -> None:
    nom, prenoms, cases = f"{ID}.nom", f"{ID}.prenoms", {f"{ID}.sans_nom": "oui", f"{ID}.sans_prenom": "oui"}
    assert fautes(sans(INDIVIDUELLE, nom) | {f"{ID}.sans_nom": "oui"}) == []
    assert fautes(sans(INDIVIDUELLE, prenoms) | {f"{ID}.sans_prenom": "oui"}) == []
    assert fautes(sans(INDIVIDUELLE, nom)) == [("champ.obligatoire", nom)]
    assert fautes(sans(INDIVIDUELLE, nom, prenoms) | cases) == [("champ.obligatoire", prenoms)]
    assert avertissements(INDIVIDUELLE | {f"{ID}.sans_nom": "oui"}) == [("champ.sans-objet", f"{ID}.sans_nom")]


# Lists that follow from the service and the category


@pytest.mark.parametrize(
    ("academie", "categorie", "etablissements"),
    [
        ("33", "scolaire-bacpro-1-an", {"9730538X"}),
        ("33", "formation-continue", {"9730538X", "INDIVIDUELS-973"}),
        ("33", "individuel", {"INDIVIDUELS-973"}),
        ("33", "enseignement-a-distance", {"INDIVIDUELS-973", "CNED"}),
        ("03", "scolaire-bacpro-1-an", {"0250001R"}),
        ("03", "individuel", {"INDIVIDUELS-025", "INDIVIDUELS-039", "INDIVIDUELS-070", "INDIVIDUELS-090"}),
    ],
)
def test_the_etablissements_follow_from_the_academie_and_the_category(
    academie: str, categorie: str, etablissements: set[str]
) -> None:
    assert {c.id for c in service("2024", academie).listes.choix("etablissements", categorie)} == etablissements


def test_the_example_of_a_specialite_is_one_of_the_exam() -> None:
    for examen, annee in (("BCP", 2024), ("CAP", 2027)):
        chez = Service.de(referentiel_livre(), examen, str(annee), "33")
        exemple = chez.champs(None)[f"{QU}.specialite"].exemple
        assert exemple in {diplome.code for diplome in referentiel_livre().diplomes_de(examen, annee)}


def test_an_etablissement_of_another_academie_is_refused() -> None:
    champ = f"{CA}.etablissement"
    assert phrase(INDIVIDUELLE | {champ: "0250001R"}, champ) == (
        "« 0250001R » n'est pas dans la liste. Choisissez : INDIVIDUELS 973."
    )
    assert fautes(SAISIE | {champ: "INDIVIDUELS 973"}) == [("format.choix", champ)]


def test_what_follows_from_the_category_is_refused_while_it_is_unknown() -> None:
    assert fautes(sans(SAISIE, f"{CA}.categorie"))[:2] == [
        ("champ.obligatoire", f"{CA}.categorie"),
        ("format.choix", f"{CA}.etablissement"),
    ]


def test_a_session_that_the_specialite_does_not_cover() -> None:
    lue, dossier = examiner(INDIVIDUELLE, service("2015"))
    assert dossier is None
    faute = next(f for f in lue.fautes if f.champ == f"{QU}.specialite")
    assert faute.remede == (
        "Cette liste est vide pour la session et l'académie choisies : seul le service peut la remplir."
    )


@pytest.mark.parametrize(("session", "annee"), [("2024", 2024), ("JUIN 2022", 2022), ("NOVEMBRE 2023 VAE", 2023)])
def test_the_year_of_a_session(session: str, annee: int) -> None:
    assert annee_de_session(session) == annee


# Form of passage


@pytest.mark.parametrize("forme", ["Globale", "Progressive", "progressive"])
def test_an_individual_chooses_the_forme(forme: str) -> None:
    lue, dossier = examiner(INDIVIDUELLE | {f"{QU}.forme": forme})
    assert lue.fautes == []
    assert dossier is not None
    assert dossier.forme == forme.lower()


def test_a_pupil_sits_in_forme_globale_unless_derogation() -> None:
    forme = f"{QU}.forme"
    assert phrase(SAISIE | {forme: "Progressive"}, forme) == (
        "« Progressive » n'est pas dans la liste. Choisissez : Globale."
    )
    _, dossier = examiner(SAISIE | {f"{QU}.derogation": "Oui", "epreuves.E2.position": "Non Inscrit"})
    assert dossier is not None
    assert dossier.forme == "progressive"
    assert dossier.lue.affichage(f"{QU}.forme_finale") == "Progressive"


def test_a_derogation_has_no_object_for_an_individual() -> None:
    saisie = INDIVIDUELLE | {f"{QU}.derogation": "Oui"}
    lue, dossier = examiner(saisie)
    assert avertissements(saisie) == [("champ.sans-objet", f"{QU}.derogation")]
    assert lue.fautes == []
    assert dossier is not None
    assert dossier.forme == "globale"


# Épreuves


def test_an_optional_epreuve_asks_for_its_language_and_position() -> None:
    langue, position = "epreuves.EF1.langue", "epreuves.EF1.position"
    assert phrase(sans(INDIVIDUELLE, langue), langue) == (
        "EF1 Langue vivante facultative : il manque la langue. Choisissez la langue."
    )
    assert phrase(sans(INDIVIDUELLE, position), position) == (
        "EF1 : vous donnez la langue sans la position. Répondez Inscrit ou Non Inscrit."
    )
    assert fautes(sans(INDIVIDUELLE, langue, position)) == []
    assert positions(sans(SAISIE, langue, position), ["EF1", "EF2"]) == ["Non Inscrit", "Inscrit"]


def test_a_language_out_of_the_list_is_told_once() -> None:
    assert fautes(INDIVIDUELLE | {"epreuves.EF1.langue": "Klingon"}) == [("format.choix", "epreuves.EF1.langue")]


def test_the_optional_language_differs_from_the_compulsory_one() -> None:
    repasse = INDIVIDUELLE | {"acquis.repasser.E4": "oui"}
    champ = "epreuves.EF1.langue"
    assert phrase(repasse | {"epreuves.E4.langue": "Anglais"}, champ) == (
        "Anglais est déjà la langue de E4. Choisissez une autre langue."
    )
    assert fautes(repasse | {"epreuves.E4.langue": "Espagnol"}) == []
    assert fautes(repasse) == [("epreuves.choix", "epreuves.E4.langue")]


def test_non_inscrit_exists_in_forme_progressive_only() -> None:
    non_inscrit = {"epreuves.E2.position": "Non Inscrit"}
    assert avertissements(INDIVIDUELLE | non_inscrit) == [("champ.sans-objet", "epreuves.E2.position")]
    assert positions(INDIVIDUELLE | non_inscrit, ["E2"]) == ["Inscrit"]
    progressive = INDIVIDUELLE | non_inscrit | {f"{QU}.forme": "Progressive"}
    assert (fautes(progressive), avertissements(progressive)) == ([], [])
    assert positions(progressive, ["E2"]) == ["Non Inscrit"]


def test_forme_progressive_asks_for_one_compulsory_epreuve_at_least() -> None:
    toutes = ("E1-A", "E1-B", "E2", "E3-A", "E3-B", "E3-C", "E3-D", "E3-E", "E3-F")
    saisie = (
        INDIVIDUELLE | {f"{QU}.forme": "Progressive"} | {f"epreuves.{code}.position": "Non Inscrit" for code in toutes}
    )
    assert fautes(saisie) == [("epreuves.aucune", "epreuves")]
    assert fautes(sans(saisie, "epreuves.E3-F.position")) == []


def test_a_dossier_counts_the_epreuves_to_sit() -> None:
    _, dossier = examiner(SAISIE)
    assert dossier is not None
    assert dossier.epreuves_a_passer == 12


CHAMPS = sorted(
    {*SAISIE, *INDIVIDUELLE, *note("2022"), "acquis.repasser.E4", "epreuves.E2.position", "acquis.declaration.vae"}
)
TEXTES = st.one_of(
    st.text(max_size=30), st.sampled_from(["oui", "non", "2022", "Progressive", "133", "Lettonie", "Non Inscrit", "99"])
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([SAISIE, INDIVIDUELLE]),
    st.dictionaries(st.one_of(st.sampled_from(CHAMPS), st.text(max_size=20)), TEXTES, max_size=8),
    st.sets(st.sampled_from(CHAMPS), max_size=5),
)
def test_nothing_that_is_typed_breaks_the_check(
    complete: dict[str, str], changees: dict[str, str], otees: set[str]
) -> None:
    saisie = {champ: brut for champ, brut in (complete | changees).items() if champ not in otees}
    lue = lire_la_saisie(saisie, service(), JOUR)
    etablir(lue, service(), JOUR)
    assert all(faute.code and faute.champ is not None and faute.message for faute in lue.fautes)
    assert all(faute.remede for faute in lue.fautes)


def test_a_language_without_effect_blocks_nothing() -> None:
    saisie = SAISIE | {"epreuves.E4.langue": "Anglais"}
    assert fautes(saisie) == []
    assert avertissements(saisie) == [("epreuves.sans-objet", "epreuves.E4.langue")]
    lue, _ = examiner(saisie)
    assert lue.valeur("epreuves.E4.langue") == ""

"""The settings of offices: each key and its faults, sectors, and the shipped settings of the five guides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from cyclades_tui.domaine.temps import EtatFenetre, Fenetre
from cyclades_tui.referentiel.bloc_de_reglages import Reglage, Selection
from cyclades_tui.referentiel.chargement import Referentiel, charger, fautes_de_schema
from cyclades_tui.referentiel.reglages import SANS_DEFAUT, TOUTES_LES_CLES, ContactRegle
from cyclades_tui.referentiel.ressources import dossier

LIEU = {"examen": "CAP", "session": "2027", "academie": "08"}
POITIERS = ("BCP", "JUIN 2023", "13")


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return charger(dossier("data"))


def contact(livre: Referentiel, *lieu: str) -> ContactRegle:
    regle = livre.reglages(*lieu).contact
    assert regle is not None
    return regle


# Refused blocks: the values, the key of the fault, the start of the message
REFUS: list[tuple[dict[str, Any], str, str]] = [
    ({"boutons": []}, "boutons", "La liste est vide"),
    ({"boutons": ["suivant", "suivant"]}, "boutons", "Une valeur y est deux fois"),
    ({"boutons": ["envoyer"]}, "boutons.0", "« envoyer » n'est pas admis, mais 'precedent', 'suivant'"),
    ({"onglets": []}, "onglets", "La liste est vide"),
    ({"onglets": [{"id": "prix", "libelle": "Prix"}]}, "onglets", "« prix » n'est pas un onglet, mais modalites"),
    (
        {"onglets": [{"id": "acquis", "libelle": "A"}, {"id": "acquis", "libelle": "B"}]},
        "onglets",
        "Un onglet y est deux fois",
    ),
    ({"libelle_demarrer": " "}, "libelle_demarrer", ""),
    ({"format_version_ecran": "v2"}, "format_version_ecran", "« v2 » n'est pas admis, mais 'n°1' ou 'Version 02'"),
    ({"desinscription_par_candidat": "un jour"}, "desinscription_par_candidat", "« un jour »"),
    ({"statut_initial_postal": "Reçue"}, "statut_initial_postal", "« Reçue » n'est pas admis"),
    ({"pieces_formats": []}, "pieces_formats", "La liste est vide"),
    ({"pieces_formats": ["EXE"]}, "pieces_formats.0", "« EXE » n'est pas admis, mais 'PDF', 'JPEG' ou 'PNG'"),
    ({"pieces_taille_max": 0}, "pieces_taille_max", "« 0 » n'est pas admis, mais au moins 1"),
    ({"pieces_taille_max": 101}, "pieces_taille_max", "« 101 » n'est pas admis, mais au plus 100"),
    ({"groupes_pieces": []}, "groupes_pieces", "La liste est vide"),
    ({"groupes_pieces": [{"mode": "pigeon"}]}, "groupes_pieces.0.mode", "« pigeon » n'est pas admis"),
    (
        {"groupes_pieces": [{"mode": "autre", "avant": date(2027, 1, 1), "jusqu_au": date(2027, 1, 1)}]},
        "groupes_pieces.0",
        "Une fenêtre a une seule fin, pas avant et jusqu_au",
    ),
    ({"depot_ouverture": "2027-01-01T00:00:00"}, "", "Une ouverture est donnée sans fermeture"),
    (
        {"depot_avant": date(2027, 1, 1), "depot_jusqu_au": date(2027, 1, 1)},
        "",
        "Une fenêtre a une seule fin, pas depot_avant et depot_jusqu_au",
    ),
    (
        {"depot_ouverture": "2027-01-02T00:00:00", "depot_avant": date(2027, 1, 2)},
        "",
        "La fermeture n'est pas après l'ouverture",
    ),
    ({"depot_avant": date(1950, 1, 1)}, "depot_avant", "L'année n'est pas comprise"),
    ({"circulaires": []}, "circulaires", "La liste est vide"),
    ({"circulaires": [{"libelle": "Sans adresse"}]}, "circulaires.0.adresse", "Cette clé manque"),
    ({"adresses": {"boutique": "x"}}, "adresses.boutique.[key]", "« boutique » n'est pas admis"),
    ({"doublon_portee": "pays"}, "doublon_portee", "« pays » n'est pas admis, mais 'specialite' ou 'examen'"),
    ({"secteur": "services", "libelle_demarrer": "Valider"}, "", "Un secteur ne choisit qu'un contact"),
    ({"couleur": "bleu"}, "couleur", "Cette clé n'existe pas ici"),
]


@pytest.mark.parametrize(("valeurs", "cle", "constat"), REFUS)
def test_a_wrong_block_tells_its_key_and_what_is_admitted(valeurs: dict[str, Any], cle: str, constat: str) -> None:
    with pytest.raises(ValidationError) as pris:
        Reglage.model_validate(LIEU | valeurs)
    ((lue, message),) = fautes_de_schema(pris.value)
    assert lue == cle
    assert message.startswith(constat)


@pytest.mark.parametrize("cle", ["depot_avant", "jusqu_au"])
def test_a_window_is_of_one_exam_one_session_and_one_academie(cle: str) -> None:
    for absente in LIEU:
        with pytest.raises(ValidationError, match="un examen, une session et une académie"):
            Reglage.model_validate({**LIEU, absente: "", cle: date(2027, 1, 1)})
    with pytest.raises(ValidationError, match="un examen, une session et une académie"):
        Reglage.model_validate({"groupes_pieces": [{"mode": "en ligne", cle.removeprefix("depot_"): date(2027, 1, 1)}]})


def test_the_depot_may_end_after_the_inscriptions() -> None:
    bloc = Reglage.model_validate({**LIEU, "avant": date(2026, 12, 1), "depot_jusqu_au": date(2026, 12, 31)})
    fenetre, depot = bloc.fenetre("fenetre"), bloc.fenetre("depot")
    assert fenetre is not None
    assert depot == Fenetre(None, datetime(2026, 12, 31, 23, tzinfo=UTC))
    assert depot.fermeture > fenetre.fermeture
    assert set(bloc.valeurs()) == {"fenetre", "depot"}


def test_two_selections_meet_if_a_place_is_in_both() -> None:
    grenoble, cap = Selection(academie="08"), Selection(examen="CAP", session="2027")
    assert grenoble.rencontre(cap)
    assert not Selection(academie="13").rencontre(Selection(academie="08", examen="CAP"))
    assert grenoble.precision > cap.precision > Selection(examen="CAP").precision > Selection(secteur="x").precision


# What is shipped


def test_every_key_has_a_value_but_those_that_depend_on_a_service(livre: Referentiel) -> None:
    toutes = livre.reglages("", "", "").toutes()
    assert {cle for cle in TOUTES_LES_CLES if toutes[cle] is None} == SANS_DEFAUT


def test_a_service_like_rennes_has_the_defaults(livre: Referentiel) -> None:
    lieu = ("BCP", "2024", "33")
    assert livre.reglages(*lieu).boutons == ("precedent", "suivant", "enregistrer", "visualiser", "quitter")
    assert livre.reglages(*lieu).libelle_demarrer == "Démarrer mon inscription"
    assert livre.reglages(*lieu).libelle_recapitulatif == "Récapitulatif de votre candidature"
    assert livre.reglages(*lieu).desinscription_par_candidat is True
    assert livre.reglages(*lieu).format_version_ecran == "n°1"
    assert livre.reglages(*lieu).adresses.candidat == "https://candidat.examens-concours.gouv.fr"
    assert "poursuivre jusqu'au dernier onglet" in livre.reglages(*lieu).textes.pas_encore_enregistree


def test_the_cap_of_grenoble_is_that_of_its_guide(livre: Referentiel) -> None:
    lieu = ("CAP", "2027", "08")
    assert "annuler" in livre.reglages(*lieu).boutons
    assert livre.reglages(*lieu).libelle_demarrer == "Valider"
    assert livre.reglages(*lieu).libelle_recapitulatif == "Confirmation d'inscription"
    assert livre.reglages(*lieu).format_version_ecran == "Version 02"
    assert contact(livre, *lieu).courriel == "dec5@ac-grenoble.fr"
    assert livre.reglages(*lieu).doublon_portee == "examen"
    assert '"Confirmation d\'inscription" signé' in livre.reglages(*lieu).textes.important
    assert "cliquer sur le bouton Enregistrer" in livre.reglages(*lieu).textes.pas_encore_enregistree
    assert livre.reglages("BCP", "2027", "08").libelle_demarrer == "Démarrer mon inscription"


@pytest.mark.parametrize(
    ("secteur", "telephone"),
    [
        ("production", "0328371525"),
        ("alimentation", "0328371525"),
        ("services", "0328371526 / 0328371522"),
        ("tertiaire", "0328371526 / 0328371522"),
    ],
)
def test_lille_has_a_telephone_for_each_sector(livre: Referentiel, secteur: str, telephone: str) -> None:
    for examen in ("BCP", "CS4"):
        assert contact(livre, examen, "2025", "09", secteur).telephone == telephone
        assert contact(livre, examen, "2025", "09").telephone == ""
    assert livre.reglages("BCP", "2025", "09").recap_visible_apres_cloture is False


@pytest.mark.parametrize(
    ("examen", "secteur", "courriel"),
    [
        ("BCP", "", "pole.bac.pro@ac-poitiers.fr"),
        ("BCP", "production", "pole.bac.pro@ac-poitiers.fr"),
        ("BCP", "services", "pole.bac.pro@ac-poitiers.fr"),
        ("CAP", "production", "pole.industriel.tertiaire@ac-poitiers.fr"),
        ("BTS", "tertiaire", "pole.industriel.tertiaire@ac-poitiers.fr"),
        ("BP", "services", "pole.sah@ac-poitiers.fr"),
        ("CAP", "alimentation", "pole.sah@ac-poitiers.fr"),
        ("CAP", "", ""),
    ],
)
def test_poitiers_has_three_poles(livre: Referentiel, examen: str, secteur: str, courriel: str) -> None:
    assert contact(livre, examen, "JUIN 2023", "13", secteur).courriel == courriel
    assert livre.reglages(examen, "JUIN 2023", "13").desinscription_par_candidat is False
    assert livre.reglages(examen, "JUIN 2023", "13").libelle_recapitulatif == "Récapitulatif d'inscription"


def test_poitiers_june_2023_closes_at_19_00_and_its_depot_before_the_24th(livre: Referentiel) -> None:
    fenetre = livre.reglages(*POITIERS).fenetre
    assert fenetre == Fenetre(datetime(2022, 10, 18, 8, tzinfo=UTC), datetime(2022, 11, 22, 18, tzinfo=UTC))
    assert fenetre.etat(datetime(2022, 11, 22, 17, 59, 59, tzinfo=UTC)) is EtatFenetre.OUVERTE
    assert fenetre.etat(datetime(2022, 11, 22, 18, 0, 0, tzinfo=UTC)) is EtatFenetre.FERMEE
    depot = livre.reglages(*POITIERS).depot
    assert depot == Fenetre(None, datetime(2022, 11, 23, 23, tzinfo=UTC))  # 24 November at 00:00, Paris
    assert [groupe.mode for groupe in livre.reglages(*POITIERS).groupes_pieces] == ["en ligne"]


def test_the_hours_of_martinique_are_written_in_paris_time(livre: Referentiel) -> None:
    fenetre = livre.reglages("CAP", "2024", "31").fenetre
    assert fenetre == Fenetre(datetime(2023, 10, 18, 12, tzinfo=UTC), datetime(2023, 11, 17, 21, tzinfo=UTC))

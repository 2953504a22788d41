"""Persons and numbers: recognised, never created twice, numbered from the store's ranges (F074-F094, decision 6)."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils.actes import (
    creer_store,
    demande,
    inscrire,
    lignes,
    nouveau_poste,
    ouvrir_fenetre,
    personne,
    poste_sur,
    refus,
    texte_du_pdf,
    une,
    verifier_sans_faute,
)
from outils.guide import PLAGE_DU_GUIDE, SAISIE
from outils.horloge import HorlogeReglable
from outils.store import codes, photo

from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import candidats
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.erreurs import ActeRefuse, SaisieRefusee
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Compte

EMAIL = "identification.email"
EMAIL_PRIS = "Cette adresse mail existe déjà dans l'application Cyclades."


@pytest.fixture
def poste_deux_sessions(poste: Poste) -> Poste:
    """Windows for 2024 (shipped) and 2025 (local)."""
    return ouvrir_fenetre(poste, "2025", "2023-10-01T08:00", "2024-01-31T18:00")


@pytest.mark.parametrize(
    "ecriture",
    [
        {"identification.nom": "ngmb-dupont", "identification.prenoms": "ngmb-jeanne"},
        {"identification.nom": "NGMB DUPONT", "identification.prenoms": "NGMB Jeanne"},
        {"identification.nom": "Ngmb-Dupônt", "identification.prenoms": "NGMB-Jéanne"},
        {"identification.nom": "NGMB-Dupo\u0302nt", "identification.email": "1948418953@MAIL.FR"},
        {"identification.naissance.date": "2005-05-06", "identification.naissance.commune": "BUGARACH"},
        {"identification.civilite": "MADAME", "identification.naissance.departement": "11"},
    ],
)
def test_a_person_is_found_again_however_typed(poste_deux_sessions: Poste, ecriture: dict[str, str]) -> None:
    premiere = inscrire(poste_deux_sessions)
    seconde = enregistrer(poste_deux_sessions, demande(SAISIE | ecriture, session="2025"))
    assert seconde.numero_candidat == premiere.numero_candidat
    assert seconde.numero_inscription == "002"
    assert une(poste_deux_sessions, "SELECT count(*) FROM candidat") == 1


@pytest.mark.parametrize(
    "autre",
    [
        {"identification.naissance.date": "07/05/2005"},
        {"identification.prenoms": "Ngmb"},
        {"identification.naissance.commune": "CARCASSONNE"},
    ],
)
def test_a_homonym_is_another_person(poste_deux_sessions: Poste, autre: dict[str, str]) -> None:
    premiere = inscrire(poste_deux_sessions)
    seconde = inscrire(poste_deux_sessions, SAISIE | {EMAIL: "autre@mail.fr"} | autre)
    assert seconde.numero_candidat != premiere.numero_candidat
    assert seconde.numero_inscription == "001"


@pytest.mark.parametrize("email", ["1948418953@mail.fr", "1948418953@MAIL.fr"])
def test_the_address_of_another_person_is_refused_in_the_guide_s_words(poste_deux_sessions: Poste, email: str) -> None:
    inscrire(poste_deux_sessions)
    with refus(poste_deux_sessions, "email.pris") as fautes:
        inscrire(poste_deux_sessions, personne(1) | {EMAIL: email})
    assert [(faute.champ, faute.message) for faute in fautes] == [("identification.email", EMAIL_PRIS)]
    assert fautes[0].remede


def test_the_address_of_a_compte_is_refused_to_others(poste_deux_sessions: Poste) -> None:
    inscription = inscrire(poste_deux_sessions)
    with poste_deux_sessions.store.ecrire() as unite:
        unite.session.add(
            Compte(
                email="prise@mail.fr",
                email_cle=candidats.cle_email("Prise@mail.fr"),
                cree_le=en_iso(inscription.instant),
            )
        )
    with refus(poste_deux_sessions, "email.pris"):
        inscrire(poste_deux_sessions, personne(1) | {EMAIL: "prise@mail.fr"})


def test_a_person_may_save_with_the_address_of_the_own_compte(poste_deux_sessions: Poste) -> None:
    inscription = inscrire(poste_deux_sessions)
    with poste_deux_sessions.store.ecrire() as unite:
        unite.session.add(
            Compte(
                candidat_id=une(poste_deux_sessions, "SELECT id FROM candidat"),
                email=SAISIE[EMAIL],
                email_cle=SAISIE[EMAIL],
                cree_le=en_iso(inscription.instant),
            )
        )
    assert enregistrer(poste_deux_sessions, demande(session="2025")).numero_inscription == "002"


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("identification.civilite", "Monsieur"),
        ("identification.nom_usage", "MARTIN"),
        ("identification.email", "nouvelle@mail.fr"),
    ],
)
def test_an_identity_that_differs_is_refused_at_its_field(poste_deux_sessions: Poste, champ: str, valeur: str) -> None:
    inscrire(poste_deux_sessions)
    with refus(poste_deux_sessions, "identite.verrouillee") as fautes:
        enregistrer(poste_deux_sessions, demande(SAISIE | {champ: valeur}, session="2025"))
    assert [faute.champ for faute in fautes] == [champ]
    assert SAISIE[champ if champ in SAISIE else EMAIL] not in fautes[0].message  # the recorded value stays private
    assert fautes[0].remede


def test_faults_of_fields_and_of_the_person_are_told_together(poste_deux_sessions: Poste) -> None:
    inscrire(poste_deux_sessions)
    with refus(poste_deux_sessions, "champ.obligatoire", "email.pris") as fautes:
        inscrire(poste_deux_sessions, personne(1) | {EMAIL: SAISIE[EMAIL], "conditions.accord": ""})
    assert {faute.champ for faute in fautes} == {"conditions.accord", "identification.email"}


def test_a_person_born_abroad(poste_deux_sessions: Poste) -> None:
    ailleurs = {
        "identification.naissance.pays": "BRESIL",
        "identification.naissance.departement": "",
        "identification.naissance.commune": "São Paulo",
    }
    premiere = inscrire(poste_deux_sessions, SAISIE | ailleurs)
    champs = premiere.contenu.champs
    assert "identification.naissance.departement" not in champs
    assert champs["identification.naissance.commune"].document == "São Paulo - BRESIL"
    assert lignes(poste_deux_sessions, "SELECT naissance_departement, naissance_commune FROM candidat") == [
        ("", "São Paulo")
    ]
    retrouvee = enregistrer(
        poste_deux_sessions,
        demande(SAISIE | ailleurs | {"identification.naissance.commune": "SAO PAULO"}, session="2025"),
    )
    assert retrouvee.numero_candidat == premiere.numero_candidat
    texte = documents.ouvrir(poste_deux_sessions, premiere.document).texte
    assert "A : São Paulo - BRESIL" in texte


@pytest.mark.parametrize(
    ("seul", "sans", "case"),
    [
        ("identification.nom", "identification.prenoms", "identification.sans_prenom"),
        ("identification.prenoms", "identification.nom", "identification.sans_nom"),
    ],
)
def test_a_person_with_one_name_only(poste_deux_sessions: Poste, seul: str, sans: str, case: str) -> None:
    with refus(poste_deux_sessions, "champ.obligatoire") as fautes:
        inscrire(poste_deux_sessions, SAISIE | {seul: "Sukarno", sans: ""})
    assert [faute.champ for faute in fautes] == [sans]
    inscription = inscrire(poste_deux_sessions, SAISIE | {seul: "Sukarno", sans: "", case: "oui"})
    champ = "SUKARNO" if seul.endswith("nom") else "Sukarno"
    assert inscription.contenu.destinataire[0] == f"MADAME {champ}"
    suite = enregistrer(poste_deux_sessions, demande(SAISIE | {seul: "Sukarno", sans: "", case: "oui"}, session="2025"))
    assert suite.numero_candidat == inscription.numero_candidat


def test_the_name_and_the_box_without_name_do_not_both_stand(poste_deux_sessions: Poste) -> None:
    inscription = inscrire(poste_deux_sessions, SAISIE | {"identification.sans_nom": "oui"})
    assert [faute.code for faute in inscription.avertissements] == ["champ.sans-objet"]
    assert "identification.sans_nom" not in inscription.contenu.champs


# Numbers


def test_official_numbers_follow_the_range_and_the_year(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a("2023-12-31 23:59:58")
    poste = nouveau_poste(tmp_path, horloge, PLAGE_DU_GUIDE)
    poste = ouvrir_fenetre(poste, "2025", "2023-10-01T08:00", "2024-01-31T18:00")
    donnes = []
    for rang in range(4):
        donnes.append(enregistrer(poste, demande(personne(rang), session="2025")))
        horloge.avancer(seconds=1)
    assert [inscription.numero_candidat for inscription in donnes] == [
        "02348418953",
        "02348418954",
        "02448418955",
        "02448418956",
    ]
    assert not any(inscription.formation for inscription in donnes)
    verifier_sans_faute(poste)


def test_the_end_of_a_range_is_told_then_refused(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge, "48418950-48418959")
    poste = poste_sur(reglages, horloge)
    avertis = [[faute.code for faute in inscrire(poste, personne(rang)).avertissements] for rang in range(10)]
    assert avertis == [[]] * 8 + [["plage.bientot_epuisee"]] * 2
    with refus(poste, "plage.epuisee") as fautes:
        inscrire(poste, personne(10))
    assert "plage" in fautes[0].remede
    verifier_sans_faute(poste)


def test_a_known_person_needs_no_number(tmp_path: Path, horloge: HorlogeReglable) -> None:
    poste = nouveau_poste(tmp_path, horloge, "48418950-48418950")
    poste = ouvrir_fenetre(poste, "2025", "2023-10-01T08:00", "2024-01-31T18:00")
    premiere = inscrire(poste)
    assert [faute.code for faute in premiere.avertissements] == ["plage.bientot_epuisee"]
    suite = enregistrer(poste, demande(session="2025"))
    assert (suite.numero_candidat, suite.avertissements) == (premiere.numero_candidat, ())


def test_a_spent_store_goes_on_with_a_new_range(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge, "48418950-48418950")
    poste = poste_sur(reglages, horloge)
    inscrire(poste, personne(0))
    with refus(poste, "plage.epuisee"):
        inscrire(poste, personne(1))
    phrase = entretien.initialiser(reglages, "50000000-50000999", horloge)
    assert phrase.startswith("√ Plage 50000000-50000999 ajoutée")
    assert inscrire(poste, personne(1)).numero_candidat == "02350000000"
    verifier_sans_faute(poste)


def test_an_overlapping_range_and_a_second_store_are_refused(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge, PLAGE_DU_GUIDE)
    poste = poste_sur(reglages, horloge)
    avant = photo(poste.store)
    for plage, code in (("48499999-48500000", "plage.fautive"), ("1-2", "plage.fautive"), (None, "store.existe")):
        with pytest.raises(SaisieRefusee) as erreur:
            entretien.initialiser(reglages, plage, horloge)
        assert codes(erreur.value) == {code}
    assert photo(poste.store) == avant


def test_without_a_range_everything_says_formation(poste_deux_sessions: Poste) -> None:
    inscription = inscrire(poste_deux_sessions)
    assert inscription.formation
    assert inscription.numero_candidat == "02399000000"
    assert inscription.contenu.entete.formation
    assert une(poste_deux_sessions, "SELECT formation FROM candidature") == 1
    fichier = documents.ouvrir(poste_deux_sessions, inscription.document)
    assert "FORMATION" in texte_du_pdf(fichier.octets)
    assert fichier.texte.splitlines()[0].strip() == "FORMATION"


def test_official_numbers_print_no_mark(tmp_path: Path, horloge: HorlogeReglable) -> None:
    poste = nouveau_poste(tmp_path, horloge, PLAGE_DU_GUIDE)
    fichier = documents.ouvrir(poste, inscrire(poste, personne(1)).document)
    assert "FORMATION" not in texte_du_pdf(fichier.octets)
    assert "FORMATION" not in fichier.texte


def test_training_numbers_given_refuse_an_official_range(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge)
    poste = poste_sur(reglages, horloge)
    inscrire(poste)
    avant = photo(poste.store)
    with pytest.raises(ActeRefuse) as erreur:
        entretien.initialiser(reglages, PLAGE_DU_GUIDE, horloge)
    assert codes(erreur.value) == {"plage.formation"}
    assert photo(poste.store) == avant

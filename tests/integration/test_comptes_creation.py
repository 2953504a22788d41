"""Creating an account: a number, a unique address, a code; again before activation, or twice at once (F074-F089)."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from outils.actes import (
    creer_store,
    inscrire,
    lignes,
    nouveau_poste,
    personne,
    poste_sur,
    refus,
    une,
    verifier_sans_faute,
)
from outils.comptes import SESAME, code_envoye, email_de, saisie_de, tout
from outils.hacheur import HacheurRapide
from outils.horloge import PENDANT, HorlogeReglable, paris
from outils.store import codes, processus

from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.actes.socle import hachage
from cyclades_tui.domaine.erreurs import ActeRefuse, SaisieRefusee
from cyclades_tui.poste import Poste, ReglagesDuPoste

pytestmark = pytest.mark.usefixtures("hacheur_rapide")


def test_an_account_has_its_number_and_waits_48_hours(poste: Poste) -> None:
    cree = comptes.creer(poste, saisie_de(1))
    assert (cree.numero, cree.formation, cree.email, cree.renvoye, cree.avertissements) == (
        "02399000000",
        True,
        "essai.1@mail.fr",
        False,
        (),
    )
    assert cree.valable_jusqu_au == paris("2023-12-13 16:06")
    assert lignes(poste, "SELECT id, numero, dernier_numero_inscription FROM candidat") == [
        (cree.candidat_id, cree.numero, 0)
    ]
    assert lignes(poste, "SELECT candidat_id, email, active_le FROM compte") == [(cree.candidat_id, cree.email, None)]
    assert lignes(poste, "SELECT acte, sujet FROM journal ORDER BY seq") == [
        ("store.creer", "store"),
        ("candidat.creer", "candidat:1"),
        ("compte.creer", "compte:1"),
    ]
    verifier_sans_faute(poste)


def test_the_message_carries_the_code_and_nothing_else_does(poste: Poste) -> None:
    comptes.creer(poste, saisie_de(1))
    (message,) = courrier.lire(poste, email_de(1))
    assert message.objet == "[CYCLADES] Activer mon compte"
    assert f"page d'activation : {message.code}\n" in message.corps
    assert "jusqu'au 13/12/2023 à 16:06 (heure de Paris)" in message.corps
    assert len(message.code) == 6
    assert set(message.code) <= set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    assert tout(poste).count(message.code) == 1


def test_the_password_is_kept_as_argon2id_only(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hachage, "fabriquer_hacheur", PasswordHasher)
    comptes.creer(poste, saisie_de(1))
    empreintes = lignes(poste, "SELECT mot_de_passe, code_empreinte FROM compte")[0]
    assert all(empreinte.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for empreinte in empreintes)
    assert SESAME not in tout(poste)


def test_every_fault_of_the_form_and_of_the_address_is_told_at_once(poste: Poste) -> None:
    comptes.creer(poste, saisie_de(1))
    saisie = saisie_de(2, email=email_de(1)) | {"identification.prenoms": "", "compte.mot_de_passe": "court"}
    with refus(poste, "champ.obligatoire", "format.mot-de-passe", "email.compte") as fautes:
        comptes.creer(poste, saisie)
    assert [faute.champ for faute in fautes] == [
        "identification.prenoms",
        "compte.mot_de_passe",
        "identification.email",
    ]


@pytest.mark.parametrize("email", ["essai.1@mail.fr", "Essai.1@MAIL.fr"])
def test_an_address_that_is_a_login_sends_to_the_login(poste: Poste, email: str) -> None:
    """Case A of the guides, for any caller, even the account's own person (F077, F078)."""
    comptes.creer(poste, saisie_de(1))
    comptes.activer(poste, email_de(1), code_envoye(poste))
    for saisie in (saisie_de(2, email=email), saisie_de(1, email=email)):
        with refus(poste, "email.compte") as fautes:
            comptes.creer(poste, saisie)
        assert str(fautes[0]) == (
            "identification.email : Cette adresse mail existe déjà dans l'application Cyclades. "
            "Connectez-vous, ou « Mot de passe oublié » ; sinon prenez une autre adresse."
        )


def test_an_address_of_a_candidate_without_account_is_refused(poste: Poste) -> None:
    """Case B of the guides (F079, F080)."""
    inscrire(poste, personne(1))
    for saisie in (saisie_de(2, email=email_de(1)), saisie_de(1)):
        with refus(poste, "email.candidat") as fautes:
            comptes.creer(poste, saisie)
        assert fautes[0].message == "Cette adresse mail existe déjà dans l'application Cyclades."
        assert "prenez une autre adresse" in fautes[0].remede


def test_a_known_person_gets_no_second_number_and_learns_nothing(poste: Poste) -> None:
    inscrite = inscrire(poste, personne(1))
    with refus(poste, "compte.personne_connue") as fautes:
        comptes.creer(poste, saisie_de(1, email="autre@mail.fr"))
    assert inscrite.numero_candidat not in str(fautes[0])
    assert email_de(1) not in str(fautes[0])


def test_created_again_while_it_waits_the_code_is_sent_again_and_nothing_else_changes(
    poste: Poste, horloge: HorlogeReglable
) -> None:
    premier = comptes.creer(poste, saisie_de(1))
    ancien = code_envoye(poste)
    avant = lignes(poste, "SELECT id, candidat_id, email, cree_le, mot_de_passe FROM compte")
    horloge.avancer(hours=40)
    autre = {"compte.mot_de_passe": "Autre/secret", "compte.confirmation_mot_de_passe": "Autre/secret"}
    second = comptes.creer(poste, saisie_de(1, email="ESSAI.1@mail.fr") | autre)
    assert second.renvoye
    assert [faute.code for faute in second.avertissements] == ["compte.renvoye"]
    assert (second.numero, second.email, second.valable_jusqu_au) == (
        premier.numero,
        premier.email,
        premier.valable_jusqu_au,
    )
    assert lignes(poste, "SELECT id, candidat_id, email, cree_le, mot_de_passe FROM compte") == avant
    assert une(poste, "SELECT count(*) FROM candidat") == 1
    assert [message.code == "" for message in courrier.lire(poste, email_de(1))] == [False, True]
    assert ancien not in tout(poste)


def test_a_waiting_address_is_a_login_to_anybody_else(poste: Poste) -> None:
    comptes.creer(poste, saisie_de(1))
    with refus(poste, "email.compte"):
        comptes.creer(poste, saisie_de(2, email=email_de(1)))


def test_the_account_s_person_registers_under_the_same_number(poste: Poste) -> None:
    cree = comptes.creer(poste, saisie_de(1))
    comptes.activer(poste, email_de(1), code_envoye(poste))
    inscription = inscrire(poste, personne(1))
    assert inscription.numero_candidat == cree.numero
    assert une(poste, "SELECT count(*) FROM candidat") == 1


def test_the_last_number_given_is_told_and_a_spent_range_refuses(tmp_path: Path, horloge: HorlogeReglable) -> None:
    poste = nouveau_poste(tmp_path, horloge, "48418953-48418953")
    cree = comptes.creer(poste, saisie_de(1))
    assert (cree.numero, cree.formation) == ("02348418953", False)
    assert [faute.code for faute in cree.avertissements] == ["plage.bientot_epuisee"]
    with refus(poste, "plage.epuisee"):
        comptes.creer(poste, saisie_de(2))


def test_a_clock_set_back_makes_no_account(poste: Poste, horloge: HorlogeReglable) -> None:
    comptes.creer(poste, saisie_de(1))
    horloge.avancer(minutes=-1)
    with refus(poste, "horloge.recul"):
        comptes.creer(poste, saisie_de(2))


ROUNDS = 12


def creer_en_nombre(reglages: ReglagesDuPoste, email: str) -> list[Any]:
    """Create ROUNDS accounts, the same in each process if `email` is empty; returns the results."""
    hachage.fabriquer_hacheur = HacheurRapide
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    faits: list[Any] = []
    for rang in range(ROUNDS):
        try:
            cree = comptes.creer(poste, saisie_de(rang, **({"prenoms": email} if email else {})))
            faits.append((cree.numero, cree.renvoye))
        except (SaisieRefusee, ActeRefuse) as erreur:
            faits.append(codes(erreur))
    return faits


@pytest.mark.parametrize("prenoms", [("", ""), ("Alix", "Noa")], ids=["one person", "two persons, one address"])
def test_two_desks_at_once_make_one_account(tmp_path: Path, horloge: HorlogeReglable, prenoms: tuple[str, str]) -> None:
    reglages = creer_store(tmp_path, horloge)
    with ProcessPoolExecutor(2, mp_context=processus()) as postes:
        ici, la = postes.map(creer_en_nombre, [reglages] * 2, prenoms)
    poste = poste_sur(reglages, horloge)
    assert une(poste, "SELECT count(*) FROM compte") == une(poste, "SELECT count(*) FROM candidat") == ROUNDS
    for un, autre in zip(ici, la, strict=True):
        if prenoms == ("", ""):
            assert un[0] == autre[0]
            assert {un[1], autre[1]} == {False, True}
        else:
            assert {"email.compte"} in (un, autre)
    verifier_sans_faute(poste)

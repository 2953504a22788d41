"""Activating, opening and deleting accounts: exactly 48 hours, one answer to wrong attempts (F081-F088, F105-F111)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Literal

import pytest
from argon2 import PasswordHasher
from outils.actes import inscrire, lignes, personne, refus, une, verifier_sans_faute
from outils.comptes import SESAME, a_la_borne, code_envoye, email_de, saisie_de, tout
from outils.hacheur import HacheurRapide
from outils.horloge import HorlogeReglable
from outils.hostiles import HOSTILES, MESSAGE_MAX
from outils.store import brut, photo

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.actes.socle import hachage
from cyclades_tui.champs.catalogue import COMPTE
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute, SaisieRefusee
from cyclades_tui.poste import Poste

pytestmark = pytest.mark.usefixtures("hacheur_rapide")


@pytest.fixture
def en_attente(poste: Poste) -> str:
    """The code of person 1's account."""
    comptes.creer(poste, saisie_de(1))
    return code_envoye(poste)


@pytest.fixture
def actif(poste: Poste, en_attente: str) -> Poste:
    comptes.activer(poste, email_de(1), en_attente)
    return poste


# The code


def test_the_code_activates_once(poste: Poste, horloge: HorlogeReglable, en_attente: str) -> None:
    assert comptes.activer(poste, email_de(1), en_attente) == horloge.maintenant()
    with refus(poste, "compte.code"):
        comptes.activer(poste, email_de(1), en_attente)
    assert en_attente not in tout(poste)
    assert lignes(poste, "SELECT code_empreinte FROM compte") == [(None,)]
    assert courrier.lire(poste, email_de(1))[0].code == ""
    assert une(poste, "SELECT acte FROM journal ORDER BY seq DESC LIMIT 1 OFFSET 1") == "compte.activer"


@pytest.mark.parametrize("ecriture", [str.lower, lambda c: f" {c[:3]} {c[3:]} ", lambda c: f"{c[:3]}-{c[3:]}"])
def test_the_code_is_typed_as_people_write(poste: Poste, en_attente: str, ecriture: Callable[[str], str]) -> None:
    comptes.activer(poste, "ESSAI.1@Mail.fr ", ecriture(en_attente))


def test_only_the_account_s_own_last_code_activates_it(poste: Poste, en_attente: str) -> None:
    comptes.creer(poste, saisie_de(2))
    for code in ("", "ABCDEF", en_attente[:5], f"{en_attente}{en_attente}", code_envoye(poste, 2)):
        with refus(poste, "compte.code"):
            comptes.activer(poste, email_de(1), code)
    with refus(poste, "compte.code"):
        comptes.activer(poste, "personne@mail.fr", en_attente)
    comptes.renvoyer(poste, email_de(1))
    with refus(poste, "compte.code"):
        comptes.activer(poste, email_de(1), en_attente)
    comptes.activer(poste, email_de(1), code_envoye(poste))


def test_a_code_sent_again_lives_no_longer(poste: Poste, horloge: HorlogeReglable, en_attente: str) -> None:
    limite = horloge.maintenant() + comptes.VALIDITE
    horloge.avancer(hours=47)
    assert comptes.renvoyer(poste, email_de(1)) == limite
    horloge.avancer(hours=1)
    with pytest.raises(SaisieRefusee):
        comptes.activer(poste, email_de(1), en_attente)


@pytest.mark.parametrize("email", ["personne@mail.fr", email_de(1)])
def test_nothing_is_sent_again_where_nothing_waits(actif: Poste, email: str) -> None:
    with refus(actif, "compte.aucun_en_attente"):
        comptes.renvoyer(actif, email)
    with refus(actif, "compte.aucun_en_attente"):
        comptes.activer_sur_piece(actif, email)


def test_an_agent_activates_on_sight_of_the_document(poste: Poste, en_attente: str) -> None:
    comptes.activer_sur_piece(poste, email_de(1))
    assert lignes(
        poste, "SELECT acte, valeurs FROM journal JOIN journal_detail USING (seq) ORDER BY seq DESC LIMIT 1"
    ) == [("compte.activer_sur_piece", f'{{"acteur":"{poste.acteur.identifiant}","valeurs":{{"piece":"pièce vue"}}}}')]
    assert en_attente not in tout(poste)
    with refus(poste, "compte.code"):
        comptes.activer(poste, email_de(1), en_attente)
    comptes.connecter(poste, email_de(1), SESAME)


def test_a_borne_sees_no_document(poste: Poste, en_attente: str) -> None:
    with refus(a_la_borne(poste), "compte.piece"):
        comptes.activer_sur_piece(a_la_borne(poste), email_de(1))


# The login


@pytest.mark.parametrize("identifiant", ["essai.1@mail.fr", "  Essai.1@MAIL.FR "])
def test_the_right_password_lets_in(actif: Poste, identifiant: str) -> None:
    session = comptes.connecter(actif, identifiant, SESAME)
    assert (session.numero, session.nom, session.prenoms, session.naissance, session.email) == (
        "02399000000",
        "ESSAI AAAAAB",
        "Camille-aaaaab",
        date(1975, 1, 2),
        "essai.1@mail.fr",
    )
    assert une(actif, "SELECT acte FROM journal ORDER BY seq DESC LIMIT 1") == "compte.connecter"


@pytest.mark.parametrize("faux", ["soleil/levant", f"{SESAME} ", "", "\0", "é" * 100_000])
def test_any_other_password_does_not(actif: Poste, faux: str) -> None:
    with refus(actif, "connexion.refusee"):
        comptes.connecter(actif, email_de(1), faux)


def test_a_password_is_the_same_from_a_keyboard_that_composes_otherwise(poste: Poste) -> None:
    secret = {"compte.mot_de_passe": "Élémentaire!", "compte.confirmation_mot_de_passe": "E\u0301lémentaire!"}
    comptes.creer(poste, saisie_de(1) | secret)
    comptes.activer_sur_piece(poste, email_de(1))
    comptes.connecter(poste, email_de(1), "E\u0301le\u0301mentaire!")


def test_before_activation_the_right_password_says_to_activate(poste: Poste, en_attente: str) -> None:
    with refus(poste, "connexion.a_activer") as fautes:
        comptes.connecter(poste, email_de(1), SESAME)
    assert "code d'activation" in fautes[0].remede


class HacheurCompteur(HacheurRapide):
    """Records each digest made or verified, with its cost parameters."""

    travaux: list[str]

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.travaux.append("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's own name
        self.travaux.append(str(hash).rsplit("$", 2)[0])
        return super().verify(hash, password)


def test_every_wrong_try_does_the_same_work_and_hears_the_same(actif: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown, wrong, not activated and wrong: one verification of the same cost, one sentence."""
    comptes.creer(actif, saisie_de(2))
    HacheurCompteur.travaux = []
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurCompteur)
    phrases = set()
    for email in ("personne@mail.fr", email_de(1), email_de(2), ""):
        with pytest.raises(SaisieRefusee) as refuse:
            comptes.connecter(actif, email, "Autre/secret")
        phrases.add(str(refuse.value))
    assert HacheurCompteur.travaux == ["$argon2id$v=19$m=8,t=1,p=1"] * 4
    assert len(phrases) == 1


def test_every_wrong_code_does_the_same_work_and_hears_the_same(actif: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    comptes.creer(actif, saisie_de(2))
    HacheurCompteur.travaux = []
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurCompteur)
    phrases = set()
    for email in ("personne@mail.fr", email_de(1), email_de(2)):
        with pytest.raises(SaisieRefusee) as refuse:
            comptes.activer(actif, email, "AAAAAA")
        phrases.add(str(refuse.value))
    assert HacheurCompteur.travaux == ["$argon2id$v=19$m=8,t=1,p=1"] * 3
    assert len(phrases) == 1


class HacheurInterrompu(HacheurRapide):
    """Another desk acts while a secret is verified."""

    entre_temps: Callable[[], object]

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's own name
        type(self).entre_temps()
        return super().verify(hash, password)


def test_a_code_replaced_while_it_is_verified_is_void(
    poste: Poste, en_attente: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HacheurInterrompu, "entre_temps", lambda: comptes.renvoyer(poste, email_de(1)), raising=False)
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurInterrompu)
    with pytest.raises(SaisieRefusee):
        comptes.activer(poste, email_de(1), en_attente)
    assert lignes(poste, "SELECT active_le FROM compte") == [(None,)]


def test_a_code_outlived_while_it_is_verified_is_void(
    poste: Poste, horloge: HorlogeReglable, en_attente: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    horloge.avancer(hours=48, microseconds=-1)
    monkeypatch.setattr(HacheurInterrompu, "entre_temps", lambda: horloge.avancer(microseconds=1), raising=False)
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurInterrompu)
    with refus(poste, "compte.code"):
        comptes.activer(poste, email_de(1), en_attente)


def test_a_password_replaced_while_it_is_verified_does_not_let_in(
    actif: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remplacer() -> None:
        with brut(actif.store) as connexion:
            connexion.execute("UPDATE compte SET mot_de_passe = ?", (HacheurRapide().hash("Autre/secret"),))

    monkeypatch.setattr(HacheurInterrompu, "entre_temps", remplacer, raising=False)
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurInterrompu)
    with pytest.raises(SaisieRefusee):
        comptes.connecter(actif, email_de(1), SESAME)


def test_the_decoy_costs_what_the_shipped_parameters_cost(actif: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hachage, "fabriquer_hacheur", PasswordHasher)
    with refus(actif, "connexion.refusee"):
        comptes.connecter(actif, "personne@mail.fr", SESAME)


def test_the_password_is_nowhere_but_in_its_digest(actif: Poste) -> None:
    """Not in the store, nor in a draft, nor in a message, whatever goes wrong."""
    cle = brouillons.cle_nouvelle("compte", "-", "-", "-")
    brouillons.garder(actif, cle, saisie_de(1), onglet="compte", focus="compte.mot_de_passe", ecran="borne-1")
    dites = []
    essais: tuple[Callable[[], object], ...] = (
        lambda: comptes.connecter(actif, "personne@mail.fr", SESAME),
        lambda: comptes.creer(actif, saisie_de(1)),
        lambda: comptes.creer(actif, saisie_de(2) | {"compte.confirmation_mot_de_passe": "Autre/secret"}),
        lambda: comptes.creer(actif, saisie_de(2) | {"compte.mot_de_passe": f"{SESAME}-bien-trop-long"}),
    )
    for essai in essais:
        with pytest.raises(ErreurCyclades) as refuse:
            essai()
        dites.append(repr(refuse.value) + str(refuse.value.fautes))
    comptes.connecter(actif, email_de(1), SESAME)
    assert SESAME not in tout(actif)
    assert not any(SESAME in dite or "Autre/secret" in dite for dite in dites)


# 48 hours


def test_the_last_microsecond_still_activates(poste: Poste, horloge: HorlogeReglable, en_attente: str) -> None:
    horloge.avancer(hours=48, microseconds=-1)
    assert comptes.effacer_les_comptes_expires(poste) == 0
    comptes.activer(poste, email_de(1), en_attente)
    horloge.avancer(days=365)
    assert comptes.effacer_les_comptes_expires(poste) == 0


def test_at_48_hours_sharp_the_account_and_its_data_are_gone(
    poste: Poste, horloge: HorlogeReglable, en_attente: str
) -> None:
    horloge.avancer(hours=48)
    with pytest.raises(SaisieRefusee):
        comptes.activer(poste, email_de(1), en_attente)
    for table in ("compte", "candidat", "message", "brouillon"):
        assert une(poste, f"SELECT count(*) FROM {table}") == 0
    for trace in (en_attente, "essai.1", "ESSAI AAAAAB", "Camille-aaaaab", "1975-01-02", "02399000000"):
        assert trace not in tout(poste)
    verifier_sans_faute(poste)


def test_the_journal_keeps_its_rows_and_only_theirs_lose_their_details(
    poste: Poste, horloge: HorlogeReglable, en_attente: str
) -> None:
    horloge.avancer(hours=1)
    comptes.creer(poste, saisie_de(2))
    horloge.avancer(hours=47)
    assert comptes.effacer_les_comptes_expires(poste) == 1
    assert comptes.effacer_les_comptes_expires(poste) == 0
    traces = lignes(
        poste, "SELECT acte, sujet, valeurs IS NOT NULL FROM journal LEFT JOIN journal_detail USING (seq) ORDER BY seq"
    )
    assert traces == [
        ("store.creer", "store", 1),
        ("candidat.creer", "candidat:1", 0),
        ("compte.creer", "compte:1", 0),
        ("courrier.lire", "candidat:1", 0),
        ("candidat.creer", "candidat:2", 1),
        ("compte.creer", "compte:2", 1),
        ("compte.effacer", "compte:1", 1),
    ]
    verifier_sans_faute(poste)


@pytest.mark.parametrize(
    "acte",
    [
        lambda poste: comptes.creer(poste, saisie_de(1, email="mal tapee")),
        lambda poste: comptes.renvoyer(poste, email_de(1)),
        lambda poste: comptes.activer(poste, email_de(1), "AAAAAA"),
        lambda poste: comptes.activer_sur_piece(poste, email_de(1)),
        lambda poste: comptes.connecter(poste, email_de(1), SESAME),
        lambda poste: courrier.lire(poste, email_de(1)),
    ],
    ids=["creer", "renvoyer", "activer", "piece", "connecter", "courrier"],
)
def test_each_act_erases_before_it_looks(
    poste: Poste, horloge: HorlogeReglable, en_attente: str, acte: Callable[[Poste], object]
) -> None:
    horloge.avancer(hours=48)
    with pytest.raises(SaisieRefusee):
        acte(poste)
    assert une(poste, "SELECT count(*) FROM compte") == 0


def test_the_address_is_free_again_and_the_number_is_not(
    poste: Poste, horloge: HorlogeReglable, en_attente: str
) -> None:
    horloge.avancer(hours=48)
    cree = comptes.creer(poste, saisie_de(1))
    assert (cree.numero, cree.candidat_id, cree.renvoye) == ("02399000001", 2, False)
    verifier_sans_faute(poste)


def test_a_candidature_keeps_its_candidate(poste: Poste, horloge: HorlogeReglable, en_attente: str) -> None:
    inscription = inscrire(poste, personne(1))
    horloge.avancer(hours=48)
    assert comptes.effacer_les_comptes_expires(poste) == 1
    assert une(poste, "SELECT count(*) FROM compte") == 0
    assert lignes(poste, "SELECT numero FROM candidat") == [(inscription.numero_candidat,)]
    assert [message.objet for message in courrier.lister(poste, email_de(1))] == [
        "Inscription : BACCALAURÉAT PROFESSIONNEL"
    ]
    assert en_attente not in tout(poste)
    verifier_sans_faute(poste)


def test_many_are_erased_in_several_locks(
    poste: Poste, horloge: HorlogeReglable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comptes, "_LOT", 2)
    for rang in range(5):
        comptes.creer(poste, saisie_de(rang))
    horloge.avancer(hours=48)
    assert comptes.effacer_les_comptes_expires(poste) == 5
    verifier_sans_faute(poste)


# Hostile texts


def test_any_text_in_any_field_is_refused_there_or_kept_as_typed(poste: Poste) -> None:
    champs = [*(champ.id for champ in COMPTE), "compte.mot_de_passe"]
    for rang, (texte, champ) in enumerate(product(HOSTILES.values(), champs), start=1):
        fautes = ce_qui_est_refuse(poste, saisie_de(rang) | {champ: texte})
        assert all(len(str(faute)) <= MESSAGE_MAX for faute in fautes), (champ, texte)
    verifier_sans_faute(poste)


def ce_qui_est_refuse(poste: Poste, saisie: dict[str, str]) -> tuple[Faute, ...]:
    try:
        comptes.creer(poste, saisie)
    except SaisieRefusee as refuse:
        return refuse.fautes
    return ()


def test_any_text_as_address_code_or_password_finds_nobody(actif: Poste) -> None:
    avant = photo(actif.store)
    essais: tuple[Callable[[str], object], ...] = (
        lambda texte: comptes.connecter(actif, texte, texte),
        lambda texte: comptes.connecter(actif, email_de(1), texte),
        lambda texte: comptes.activer(actif, texte, texte),
        lambda texte: comptes.activer(actif, email_de(1), texte),
        lambda texte: comptes.renvoyer(actif, texte),
        lambda texte: comptes.activer_sur_piece(actif, texte),
        lambda texte: courrier.lire(actif, texte),
    )
    for essai, texte in product(essais, HOSTILES.values()):
        with pytest.raises(SaisieRefusee):
            essai(texte)
        assert courrier.lister(actif, texte) == ()
    assert photo(actif.store) == avant

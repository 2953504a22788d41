"""N° candidat: ranges, exhaustion, training numbers."""

from __future__ import annotations

import pytest
from outils.store import INSTANT, ajouter_candidat, codes
from sqlalchemy import text
from sqlmodel import select

from cyclades_tui.domaine.erreurs import ActeRefuse, SaisieRefusee
from cyclades_tui.store.modele.tables import Plage
from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.requetes.numeros import Numero, ajouter_plage, attribuer, lire_plage


def donner_des_plages(store: Store, *plages: tuple[int, int]) -> None:
    with store.ecrire() as unite:
        for debut, fin in plages:
            ajouter_plage(unite, debut, fin, formation=False, instant=INSTANT)


def donner(store: Store, combien: int = 1, annee: int = 2026) -> list[Numero]:
    with store.ecrire() as unite:
        return [attribuer(unite, annee=annee) for _ in range(combien)]


def test_a_store_without_range_gives_training_numbers(store: Store) -> None:
    assert donner(store, 2) == [
        Numero("02699000000", formation=True, avertissement=None),
        Numero("02699000001", formation=True, avertissement=None),
    ]


def test_official_ranges_are_used_in_the_order_they_came(store: Store) -> None:
    donner_des_plages(store, (48_418_953, 48_418_954), (12, 13))
    numeros = donner(store, 4)
    assert [numero.numero for numero in numeros] == ["02648418953", "02648418954", "02600000012", "02600000013"]
    assert not any(numero.formation for numero in numeros)


def test_a_serial_serves_once_whatever_the_year(store: Store) -> None:
    donner_des_plages(store, (100, 199))
    assert donner(store, annee=2026)[0].numero == "02600000100"
    assert donner(store, annee=2027)[0].numero == "02700000101"


def test_a_number_is_not_given_again_when_its_person_is_gone(store: Store) -> None:
    donner_des_plages(store, (100, 199))
    with store.ecrire() as unite:
        parti = ajouter_candidat(unite, "Martin")
        unite.session.delete(parti)
    assert donner(store)[0].numero == "02600000101"


def test_exhaustion_warns_at_ninety_percent_of_all_ranges_then_refuses(store: Store) -> None:
    donner_des_plages(store, (0, 9), (20, 29))
    avertissements = [numero.avertissement for numero in donner(store, 20)]
    assert [faute is not None for faute in avertissements] == [False] * 17 + [True] * 3
    derniere = avertissements[-1]
    assert derniere is not None
    assert (derniere.code, derniere.message) == ("plage.bientot_epuisee", "Il reste 0 N° candidat à donner sur 20.")
    with pytest.raises(ActeRefuse) as refus:
        donner(store)
    assert codes(refus.value) == {"plage.epuisee"}
    with store.ecrire() as unite:
        ajouter_plage(unite, 30, 39, formation=False, instant=INSTANT)
    assert donner(store)[0].numero == "02600000030"


def test_training_numbers_do_not_follow_a_spent_official_range(store: Store) -> None:
    donner_des_plages(store, (7, 7))
    assert donner(store)[0].numero == "02600000007"
    with pytest.raises(ActeRefuse):
        donner(store)


@pytest.mark.parametrize(
    ("debut", "fin", "message"),
    [
        (200, 100, "finit avant de commencer"),
        (0, 100_000_000, "sort des huit chiffres"),
        (-1, 5, "sort des huit chiffres"),
        (150, 250, "recouvre la plage 00000100-00000199"),
        (199, 199, "recouvre"),
        (0, 500, "recouvre"),
        (98_999_999, 99_000_000, "recouvre la plage 99000000-99999999"),
    ],
)
def test_a_wrong_range_is_refused(store: Store, debut: int, fin: int, message: str) -> None:
    donner_des_plages(store, (100, 199))
    with pytest.raises(SaisieRefusee, match=message) as refus, store.ecrire() as unite:
        ajouter_plage(unite, debut, fin, formation=False, instant=INSTANT)
    assert refus.value.fautes[0].remede
    with store.lire() as unite:
        assert len(unite.session.exec(select(Plage)).all()) == 2


def test_a_training_store_takes_no_official_range(store: Store) -> None:
    with store.ecrire() as unite:
        ajouter_candidat(unite, "Martin")
        unite.session.execute(text("DELETE FROM candidat"))
    with pytest.raises(ActeRefuse, match="nouveau store") as refus, store.ecrire() as unite:
        ajouter_plage(unite, 100, 199, formation=False, instant=INSTANT)
    assert codes(refus.value) == {"plage.formation"}


@pytest.mark.parametrize("texte", ["48418953-48499999", " 48418953 - 48499999 ", "48418953–48499999"])
def test_a_range_is_read_as_people_write_it(texte: str) -> None:
    assert lire_plage(texte) == (48_418_953, 48_499_999)


@pytest.mark.parametrize(
    ("texte", "remede"),
    [
        ("", "Écrivez DEBUT-FIN"),
        ("48418953", "Écrivez DEBUT-FIN"),
        ("abc-def", "Écrivez DEBUT-FIN"),
        ("١٢٣٤٥٦٧٨-١٢٣٤٥٦٧٩", "Écrivez DEBUT-FIN"),
        ("02648418953-02648499999", "gardez les huit derniers"),
        ("484-485", "Complétez avec des zéros"),
        ("48418953-2648499999", "Complétez avec des zéros"),
    ],
)
def test_a_range_that_cannot_be_read_says_what_to_do(texte: str, remede: str) -> None:
    with pytest.raises(SaisieRefusee, match=remede):
        lire_plage(texte)

"""Time of Paris, folding of text, the canonical form and ages."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclades_tui.domaine import temps
from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import (
    EtatFenetre,
    Fenetre,
    a_la_minute,
    age,
    avant_le,
    date_longue,
    de_iso,
    en_iso,
    heure,
    heure_de_paris,
    jour_court,
    jour_de_paris,
    jour_et_mois,
    jusqu_au,
)
from cyclades_tui.domaine.texte import (
    REPERTOIRE,
    accorder,
    capitaliser,
    denombrer,
    en_capitales,
    hors_repertoire,
    nfc,
    nommer_caractere,
    plier,
)

INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
OUVERTURE = datetime(2023, 10, 1, 8, tzinfo=UTC)
FERMETURE = datetime(2023, 12, 13, 22, 59, tzinfo=UTC)
TIC = timedelta(microseconds=1)


# Windows


@pytest.mark.parametrize(
    ("instant", "etat"),
    [
        (OUVERTURE - TIC, EtatFenetre.PAS_OUVERTE),
        (OUVERTURE, EtatFenetre.OUVERTE),
        (FERMETURE - TIC, EtatFenetre.OUVERTE),
        (FERMETURE, EtatFenetre.FERMEE),
        (FERMETURE + TIC, EtatFenetre.FERMEE),
    ],
)
def test_a_window_holds_its_opening_and_not_its_closing(instant: datetime, etat: EtatFenetre) -> None:
    assert Fenetre(OUVERTURE, FERMETURE).etat(instant) is etat
    assert Fenetre(OUVERTURE, FERMETURE).etat(instant.astimezone(timezone(timedelta(hours=-3)))) is etat


def test_an_unknown_opening_is_past() -> None:
    assert Fenetre(None, FERMETURE).etat(datetime(1990, 1, 1, tzinfo=UTC)) is EtatFenetre.OUVERTE


@given(st.dates(date(1990, 1, 1), date(2099, 12, 30)))
def test_until_a_day_ends_where_the_next_day_begins(jour: date) -> None:
    assert jusqu_au(jour) == avant_le(jour + timedelta(days=1))
    assert jour_de_paris(avant_le(jour)) == jour
    assert jour_de_paris(avant_le(jour) - TIC) == jour - timedelta(days=1)


@pytest.mark.parametrize(
    ("jour", "heures"), [(date(2024, 3, 31), 23), (date(2024, 10, 27), 25), (date(2024, 12, 13), 24)]
)
def test_a_day_when_the_clocks_change_has_23_or_25_hours(jour: date, heures: int) -> None:
    assert jusqu_au(jour) - avant_le(jour) == timedelta(hours=heures)


@pytest.mark.parametrize(
    ("locale", "utc"),
    [
        ("2023-12-13T23:59", "2023-12-13T22:59:00.000000Z"),
        ("2023-07-13T23:59", "2023-07-13T21:59:00.000000Z"),
        # An hour that occurs twice means the first one.
        ("2024-10-27T02:30", "2024-10-27T00:30:00.000000Z"),
    ],
)
def test_paris_time_becomes_utc(locale: str, utc: str) -> None:
    assert en_iso(heure_de_paris(datetime.fromisoformat(locale))) == utc


# Written forms


@given(INSTANTS)
def test_the_form_of_the_store_is_read_back(instant: datetime) -> None:
    assert de_iso(en_iso(instant)) == instant


@given(INSTANTS, INSTANTS)
def test_the_form_of_the_store_sorts_as_time_does(un: datetime, autre: datetime) -> None:
    assert (en_iso(un) < en_iso(autre)) == (un < autre)


def test_the_forms_that_a_person_reads() -> None:
    enregistrement = datetime(2023, 12, 11, 15, 6, tzinfo=UTC)
    assert a_la_minute(enregistrement) == "11/12/2023 à 16:06"
    assert date_longue(FERMETURE) == "mercredi 13 décembre 2023 à 23:59"
    assert jour_court(date(2005, 5, 6)) == "06/05/2005"
    assert (jour_et_mois(enregistrement), heure(enregistrement), heure(enregistrement, UTC)) == (
        "11/12",
        "16:06",
        "15:06",
    )


def test_no_other_module_words_an_instant_by_hand() -> None:
    """Only `domaine.temps` words instants, so that limits of one kind read alike everywhere."""
    racine = Path(temps.__file__).parents[1]
    ailleurs = [
        f"{chemin.relative_to(racine)}:{noeud.lineno}"
        for chemin in sorted(racine.rglob("*.py"))
        if chemin.name != "temps.py"
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.FormattedValue) and re.search("%d/|%H:", ast.unparse(noeud.format_spec or noeud))
    ]
    assert ailleurs == []


def test_a_summer_hour_is_shown_in_paris_time() -> None:
    assert a_la_minute(datetime(2024, 6, 30, 22, 30, tzinfo=UTC)) == "01/07/2024 à 00:30"
    assert date_longue(datetime(2024, 6, 30, 22, 30, tzinfo=UTC)) == "lundi 1er juillet 2024 à 00:30"


# Ages


@pytest.mark.parametrize(
    ("naissance", "jour", "ans"),
    [
        (date(2005, 5, 6), date(2023, 5, 5), 17),
        (date(2005, 5, 6), date(2023, 5, 6), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2005, 12, 31), date(2006, 1, 1), 0),
    ],
)
def test_the_age_changes_on_the_birthday(naissance: date, jour: date, ans: int) -> None:
    assert age(naissance, jour) == ans


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.dates(date(2020, 1, 1), date(2099, 1, 1)))
def test_nobody_grows_younger(naissance: date, jour: date) -> None:
    assert 0 <= age(naissance, jour + timedelta(days=1)) - age(naissance, jour) <= 1


# Text


@pytest.mark.parametrize(
    ("texte", "cle"),
    [
        ("L'Haÿ", "L HAY"),
        ("L’Haÿ", "L HAY"),
        ("NGMB-Dupont", "NGMB DUPONT"),
        ("  Élodie   DÉ  ", "ELODIE DE"),
        ("E\u0301lodie", "ELODIE"),
        ("Œuvre", "OEUVRE"),
        ("Straße", "STRASSE"),
        ("35 - ILLE ET VILAINE", "35 ILLE ET VILAINE"),
        ("---", ""),
        ("", ""),
    ],
)
def test_folding_drops_accents_case_and_signs(texte: str, cle: str) -> None:
    assert plier(texte) == cle


@given(st.text())
def test_a_folded_key_stays_as_it_is(texte: str) -> None:
    assert plier(plier(texte)) == plier(texte)


@pytest.mark.parametrize(
    ("prenoms", "capitalises"),
    [
        ("NGMB-Jeanne", "Ngmb-Jeanne"),
        ("JEAN PAUL", "Jean Paul"),
        ("marie-élise", "Marie-Élise"),
        ("D'ARTAGNAN", "D'Artagnan"),
        ("l’haÿ", "L’Haÿ"),
        ("É", "É"),
        ("", ""),
    ],
)
def test_each_part_of_a_first_name_gets_its_capital(prenoms: str, capitalises: str) -> None:
    assert capitaliser(prenoms) == capitalises


def test_capitals_keep_their_accents() -> None:
    assert en_capitales("Ngmb-Hélène de l'Haÿ") == "NGMB-HÉLÈNE DE L'HAŸ"


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [(0, "0 pièce rendue"), (1, "1 pièce rendue"), (2, "2 pièces rendues"), (1000, "1000 pièces rendues")],
)
def test_a_count_agrees_with_its_noun(nombre: int, dit: str) -> None:
    assert denombrer(nombre, "pièce rendue", "pièces rendues") == dit


def test_a_regular_noun_takes_an_s() -> None:
    assert [accorder(nombre, "jour") for nombre in range(3)] == ["jour", "jour", "jours"]


def test_nfc_composes_and_trims() -> None:
    assert nfc("  E\u0301va ") == "Éva"


@pytest.mark.parametrize("caractere", "aZé9-'’«»œŒÿŸ€…–ǅẞ  ")
def test_the_repertoire_takes_a_character(caractere: str) -> None:
    assert caractere in REPERTOIRE


@pytest.mark.parametrize(
    "caractere", ["\n", "\t", "\0", "\x7f", "\u0085", "\u00ad", "\u200b", "\u202e", "\ufeff", "😀", "漢", "Ж", "\ud800"]
)
def test_the_repertoire_refuses_a_character(caractere: str) -> None:
    assert hors_repertoire(f"a{caractere}b{caractere}") == (caractere,)


def test_what_is_out_of_the_repertoire_is_told_once_each_in_order() -> None:
    assert hors_repertoire("Ж漢aЖ") == ("Ж", "漢")
    assert hors_repertoire("Jeanne L’Haÿ") == ()


@pytest.mark.parametrize(
    ("caractere", "nomme"),
    [("Ж", "« Ж »"), ("😀", "« 😀 »"), ("\n", "U+000A"), ("\u202e", "U+202E"), ("\xad", "U+00AD")],
)
def test_a_character_is_named_so_that_it_can_be_read(caractere: str, nomme: str) -> None:
    assert nommer_caractere(caractere) == nomme


# Canonical form

VALEURS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda dessous: st.lists(dessous, max_size=4) | st.dictionaries(st.text("abé", max_size=3), dessous, max_size=4),
    max_leaves=12,
)


def test_the_canonical_form_sorts_its_keys() -> None:
    assert en_json({"b": [1, "é"], "a": {"d": None, "c": True}}) == '{"a":{"c":true,"d":null},"b":[1,"é"]}'


@given(VALEURS)
def test_the_order_of_keys_changes_nothing(valeur: object) -> None:
    def a_l_envers(partie: object) -> object:
        if isinstance(partie, dict):
            return {cle: a_l_envers(partie[cle]) for cle in reversed(partie)}
        return [a_l_envers(element) for element in partie] if isinstance(partie, list) else partie

    assert en_json(a_l_envers(valeur)) == en_json(valeur)


@pytest.mark.parametrize("valeur", [1.5, float("nan"), {"a": [1, {"b": 0.1}]}, [(1, 2.0)]])
def test_a_float_is_refused_wherever_it_is(valeur: object) -> None:
    with pytest.raises(TypeError, match="float"):
        en_json(valeur)


def test_a_foreign_type_is_refused() -> None:
    with pytest.raises(TypeError):
        en_json({"note": Decimal("9.99")})


def test_a_digest_is_that_of_the_utf8_bytes() -> None:
    connue = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert empreinte("abc") == empreinte(b"abc") == connue


# Errors


def test_an_error_carries_all_its_faults() -> None:
    fautes = (
        Faute("a", "x.y", "Il manque un chiffre.", "Exemple : 97300."),
        Faute("b", "", "Le disque est plein.", ""),
    )
    erreur = SaisieRefusee(fautes)
    assert isinstance(erreur, ErreurCyclades)
    assert erreur.fautes == fautes
    assert str(erreur) == "x.y : Il manque un chiffre. Exemple : 97300.\nLe disque est plein."
    assert SaisieRefusee(fautes[0]).fautes == fautes[:1]
    assert fautes[0].en_dict() == {
        "code": "a",
        "champ": "x.y",
        "message": "Il manque un chiffre.",
        "remede": "Exemple : 97300.",
    }

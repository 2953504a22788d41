"""The form of an account: which fields, in what order, what is refused and in which words (F056-F071, F126-F128)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils.guide import SAISIE
from outils.saisies import JOUR, referentiel_livre

from cyclades_tui.champs.compte import champs_du_compte
from cyclades_tui.champs.formats import conditions_du_mot_de_passe
from cyclades_tui.champs.specification import Nature
from cyclades_tui.regles.saisie import SaisieLue, lire_le_compte
from cyclades_tui.regles.service import Service

ID = "identification"
EXEMPLES = "Ajoutez par exemple . / ! ou *"
SERVICE = Service.du_compte(referentiel_livre())
IDENTITE = {champ: texte for champ, texte in SAISIE.items() if champ in champs_du_compte(referentiel_livre())}
COMPLETE = IDENTITE | {
    "compte.confirmation_nom": "NGMB-DUPONT",
    "compte.confirmation_date": "06/05/2005",
    "compte.confirmation_email": "1948418953@mail.fr",
    "compte.mot_de_passe": "Soleil/levant",
    "compte.confirmation_mot_de_passe": "Soleil/levant",
}


def examiner(**changements: str) -> SaisieLue:
    """The complete form with some fields changed; `__` stands for the dot of a field id."""
    saisie = COMPLETE | {champ.replace("__", "."): texte for champ, texte in changements.items()}
    return lire_le_compte(saisie, SERVICE, JOUR)


def dites(lue: SaisieLue) -> list[str]:
    return [str(faute) for faute in lue.fautes]


def test_nothing_is_said_of_a_complete_form() -> None:
    lue = examiner()
    assert (lue.fautes, lue.avertissements) == ([], [])
    assert lue.valeur("compte.mot_de_passe") == "Soleil/levant"


def test_a_password_is_neither_shown_nor_printed() -> None:
    lue = examiner().valeurs["compte.mot_de_passe"]
    assert (lue.affichage, lue.document) == ("********", "")


def test_each_confirmation_comes_right_after_its_field() -> None:
    champs = list(champs_du_compte(referentiel_livre()).values())
    suivis = [(champs[rang - 1].id, champ.confirme) for rang, champ in enumerate(champs) if champ.confirme]
    assert [avant for avant, _ in suivis] == [confirme for _, confirme in suivis]
    assert [champ.id for champ in champs if champ.nature is Nature.CONFIRMATION] == [
        "compte.confirmation_nom",
        "compte.confirmation_date",
        "compte.confirmation_email",
        "compte.confirmation_mot_de_passe",
    ]


def test_the_civilite_bears_the_label_of_the_settings() -> None:
    assert champs_du_compte(referentiel_livre())[f"{ID}.civilite"].libelle == "Sexe"


def test_an_empty_form_tells_all_that_is_missing_in_reading_order() -> None:
    assert [(faute.code, faute.champ) for faute in lire_le_compte({}, SERVICE, JOUR).fautes] == [
        ("champ.obligatoire", champ)
        for champ in (
            f"{ID}.civilite",
            f"{ID}.nom",
            "compte.confirmation_nom",
            f"{ID}.prenoms",
            f"{ID}.naissance.date",
            "compte.confirmation_date",
            f"{ID}.naissance.pays",
            f"{ID}.naissance.commune",
            f"{ID}.email",
            "compte.confirmation_email",
            "compte.mot_de_passe",
            "compte.confirmation_mot_de_passe",
        )
    ]


@pytest.mark.parametrize(
    ("champ", "texte", "phrase"),
    [
        ("compte.confirmation_nom", "NGMB-DUPOND", "Elle diffère du nom de famille."),
        ("compte.confirmation_date", "07/05/2005", "Elle diffère de la date de naissance."),
        ("compte.confirmation_date", "hier", "Elle diffère de la date de naissance."),
        ("compte.confirmation_email", "1948418953@mail.com", "Elle diffère de l'adresse mail."),
        ("compte.confirmation_mot_de_passe", "soleil/levant", "Elle diffère du mot de passe."),
        ("compte.confirmation_mot_de_passe", "Soleil/levant ", "Elle diffère du mot de passe."),
    ],
)
def test_a_confirmation_that_differs_is_told(champ: str, texte: str, phrase: str) -> None:
    assert dites(examiner(**{champ: texte})) == [f"{champ} : {phrase} Corrigez celle des deux qui est fausse."]


@pytest.mark.parametrize(
    ("champ", "texte"),
    [
        ("compte.confirmation_nom", "  ngmb-dupont "),
        ("compte.confirmation_date", "6.5.2005"),
        ("compte.confirmation_email", "1948418953@MAIL.FR"),
    ],
)
def test_a_confirmation_may_be_typed_in_another_way(champ: str, texte: str) -> None:
    assert dites(examiner(**{champ: texte})) == []


def test_a_missing_accent_is_a_difference() -> None:
    differe = examiner(identification__nom="LÉVÊQUE", compte__confirmation_nom="LEVEQUE")
    assert [faute.champ for faute in differe.fautes] == ["compte.confirmation_nom"]


def test_a_wrong_field_is_told_without_its_confirmation() -> None:
    fausse = examiner(identification__naissance__date="31/02/2005", compte__confirmation_date="31/02/2005")
    assert [faute.champ for faute in fausse.fautes] == [f"{ID}.naissance.date"]


def test_without_a_family_name_there_is_none_to_confirm() -> None:
    sans = examiner(identification__nom="", identification__sans_nom="oui", compte__confirmation_nom="")
    assert dites(sans) == []


def test_a_field_of_the_candidature_does_not_exist_here() -> None:
    assert [(f.code, f.champ) for f in examiner(candidature__categorie="133").fautes] == [
        ("champ.inconnu", "candidature.categorie")
    ]


@pytest.mark.parametrize(
    ("secret", "tenues"),
    [
        ("", (False, False, False, False)),
        ("Abcde/f", (False, True, True, True)),
        ("Abcdef/g", (True, True, True, True)),
        ("A" * 18 + "/b", (True, True, True, True)),
        ("A" * 19 + "/b", (False, True, True, True)),
        ("ABCDEFG/", (True, False, True, True)),
        ("abcdefg/", (True, True, False, True)),
        ("Abcdefgh", (True, True, True, False)),
        ("Abcdefg1", (True, True, True, False)),
        ("Abcdef h", (True, True, True, False)),
        ("Élémentaire!", (True, True, True, True)),
        ("E\u0301abcdef!", (True, True, True, True)),
    ],
)
def test_the_four_conditions_of_a_password(secret: str, tenues: tuple[bool, ...]) -> None:
    conditions = conditions_du_mot_de_passe(secret)
    assert tuple(condition.tenue for condition in conditions) == tenues
    assert [condition.libelle for condition in conditions] == [
        "8 à 20 caractères",
        "une minuscule",
        "une majuscule",
        "un caractère spécial",
    ]


@pytest.mark.parametrize(
    ("secret", "phrase"),
    [
        ("Abcdefgh", "Il manque un caractère spécial. " + EXEMPLES),
        ("abcdefg/", "Il manque une majuscule. Corrigez-le."),
        ("12345678", "Il manque une minuscule, une majuscule et un caractère spécial. " + EXEMPLES),
        ("Ab/", "Il a 3 caractères, il en faut 8 à 20. Corrigez-le."),
        (
            "a",
            "Il a 1 caractère, il en faut 8 à 20. Il manque une majuscule et un caractère spécial. " + EXEMPLES,
        ),
        ("Ab/" + "c" * 30, "33 caractères pour 20 au plus. Abrégez."),
        (
            "Abcdef/\u202e",
            "Un de ses caractères n'est pas accepté. Tapez seulement les lettres, chiffres et signes du clavier.",
        ),
    ],
)
def test_each_condition_that_a_password_misses_is_told(secret: str, phrase: str) -> None:
    lue = examiner(compte__mot_de_passe=secret, compte__confirmation_mot_de_passe=secret)
    assert dites(lue) == [f"compte.mot_de_passe : {phrase}"]


@given(st.text(max_size=40))
def test_no_sentence_quotes_the_password(secret: str) -> None:
    """A refusal contains no character of the password, and agrees with the conditions shown."""
    saisie = COMPLETE | {"compte.mot_de_passe": f"§{secret}§", "compte.confirmation_mot_de_passe": f"§{secret}"}
    lue = lire_le_compte(saisie, SERVICE, JOUR)
    assert all("§" not in phrase for phrase in dites(lue))
    if not any(faute.champ == "compte.mot_de_passe" for faute in lue.fautes):
        assert all(condition.tenue for condition in conditions_du_mot_de_passe(f"§{secret}§"))


@given(st.dictionaries(st.sampled_from(sorted(champs_du_compte(referentiel_livre()))), st.text(max_size=30)))
def test_nothing_that_is_typed_breaks_the_check(saisie: dict[str, str]) -> None:
    """Whatever the fields hold, the check ends, and its faults name a field and say what to do."""
    for faute in lire_le_compte(COMPLETE | saisie, SERVICE, JOUR).fautes:
        assert faute.champ
        assert faute.remede

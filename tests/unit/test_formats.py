"""What each nature of field reads and refuses; no text at all makes the reading fail."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyclades_tui.champs.formats import Refus, lire, lire_code_postal_france
from cyclades_tui.champs.specification import Champ, Nature, Valeur
from cyclades_tui.domaine.texte import REPERTOIRE

JOUR = date(2023, 12, 11)
UN_NOM = "Un nom s'écrit avec des lettres, espaces, traits d'union et apostrophes."
RETIRER = "Retirez-le, ou tapez la lettre latine la plus proche."


def champ(nature: Nature, longueur: int = 60, depuis: int = 0) -> Champ:
    return Champ(
        "essai", "Essai", nature, "onglet", "section", "aide", longueur=longueur, depuis=depuis, annee_de="ce titre"
    )


def lu(nature: Nature, brut: str, depuis: int = 0) -> Valeur:
    return lire(champ(nature, depuis=depuis), brut, JOUR)


def refuse(nature: Nature, brut: str, depuis: int = 0) -> str:
    """The whole refusal of `brut`, as a person reads it."""
    with pytest.raises(Refus) as pris:
        lu(nature, brut, depuis)
    return f"{pris.value.message} {pris.value.remede}".strip()


@pytest.mark.parametrize(
    "brut", ["6/5/2005", "06/05/2005", "06.05.2005", "6-5-2005", "6 5 2005", "06052005", "2005-05-06", " 06/05/2005 "]
)
def test_a_date_is_read_however_it_is_separated(brut: str) -> None:
    assert lu(Nature.DATE_NAISSANCE, brut) == Valeur("2005-05-06", "06/05/2005", "06/05/2005")


def test_the_29th_of_february_is_read_in_a_leap_year() -> None:
    assert lu(Nature.DATE_NAISSANCE, "29/02/2004").valeur == "2004-02-29"


@pytest.mark.parametrize(
    ("brut", "phrase"),
    [
        ("31/02/2005", "Le 31/02/2005 n'existe pas. Vérifiez le jour et le mois."),
        ("29/02/2005", "Le 29/02/2005 n'existe pas. Vérifiez le jour et le mois."),
        ("2005-02-31", "Le 2005-02-31 n'existe pas. Vérifiez le jour et le mois."),
        ("06/05/0000", "Le 06/05/0000 n'existe pas. Vérifiez le jour et le mois."),
        ("6/5/05", "L'année a deux chiffres. Tapez-la en entier, par exemple 2005."),
        ("6/5/5", "L'année a un chiffre. Tapez-la en entier, par exemple 2005."),
        ("6/5/205", "L'année a trois chiffres. Tapez-la en entier, par exemple 2005."),
        ("12/12/2023", "Le 12/12/2023 est dans l'avenir. Vérifiez l'année de naissance."),
        ("06/05/2030", "Le 06/05/2030 est dans l'avenir. Vérifiez l'année de naissance."),
        ("01/01/1900", "Cette date donne 123 ans. Vérifiez l'année de naissance."),
        ("06/05/2020", "Cette date donne 3 ans. Vérifiez l'année de naissance."),
        ("bonjour", "Ce n'est pas une date. Tapez jour, mois, année, par exemple 30/05/1998."),
        ("6/5", "Ce n'est pas une date. Tapez jour, mois, année, par exemple 30/05/1998."),
        ("2005/05/06", "Ce n'est pas une date. Tapez jour, mois, année, par exemple 30/05/1998."),
        ("6/5/2005/", "Ce n'est pas une date. Tapez jour, mois, année, par exemple 30/05/1998."),
    ],
)
def test_a_wrong_date_is_refused_with_what_to_do(brut: str, phrase: str) -> None:
    assert refuse(Nature.DATE_NAISSANCE, brut) == phrase


@pytest.mark.parametrize(
    ("brut", "valeur", "document"),
    [
        ("0123456789", "0123456789", "01 23 45 67 89"),
        ("0594272243", "0594272243", "05 94 27 22 43"),
        ("05 94 27 22 43", "0594272243", "05 94 27 22 43"),
        ("+594594272243", "0594272243", "05 94 27 22 43"),
        ("06.23.45.67.89", "0623456789", "06 23 45 67 89"),
        ("06-23-45-67-89", "0623456789", "06 23 45 67 89"),
        ("+33623456789", "0623456789", "06 23 45 67 89"),
        ("+33 (0)6 23 45 67 89", "0623456789", "06 23 45 67 89"),
        ("0033623456789", "0623456789", "06 23 45 67 89"),
        ("0690123456", "0690123456", "06 90 12 34 56"),
        ("0694123456", "0694123456", "06 94 12 34 56"),
        ("0696123456", "0696123456", "06 96 12 34 56"),
        ("+262692123456", "0692123456", "06 92 12 34 56"),
        ("+32470123456", "+32470123456", "+32 470 12 34 56"),
    ],
)
def test_a_telephone_number_is_read(brut: str, valeur: str, document: str) -> None:
    assert lu(Nature.TELEPHONE, brut) == Valeur(valeur, valeur, document)


@pytest.mark.parametrize("brut", ["012345678", "0000000000", "1234", "112", "3639", "abc", "0123456789 poste 12"])
def test_a_wrong_telephone_number_is_refused(brut: str) -> None:
    attendue = f"« {brut} » n'est pas un numéro valide. Exemple : 0623456789 ou +33623456789."
    assert refuse(Nature.TELEPHONE, brut) == attendue


@pytest.mark.parametrize("brut", ["088553495DY", "088553495dy", "0885 53495 DY", "1234567890A", "1234A56789B"])
def test_an_ine_is_read(brut: str) -> None:
    assert lu(Nature.INE, brut).valeur == brut.replace(" ", "").upper()


@pytest.mark.parametrize("brut", ["088553495D", "088553495DYZ", "ABCDEFGHIJK", "0885534951", "-88553495DY"])
def test_a_wrong_ine_is_refused(brut: str) -> None:
    assert refuse(Nature.INE, brut) == (
        "Un INE a onze signes : 9 chiffres et 2 lettres, ou 10 chiffres et 1 lettre. "
        "Exemple : 088553495DY. Laissez vide si vous n'en avez pas."
    )


@pytest.mark.parametrize(
    ("brut", "valeur", "montree"),
    [
        ("0", "0", "0"),
        ("10", "10", "10"),
        ("20", "20", "20"),
        ("20,00", "20", "20"),
        ("12,5", "12.5", "12,5"),
        ("12.50", "12.5", "12,5"),
        ("09,99", "9.99", "9,99"),
    ],
)
def test_a_note_is_read(brut: str, valeur: str, montree: str) -> None:
    assert lu(Nature.NOTE, brut) == Valeur(valeur, montree, montree)


@pytest.mark.parametrize("brut", ["20,01", "21", "-1", "12,555", "abc", "1e1", "NaN", "Infinity", ",5", "5,", "²"])
def test_a_wrong_note_is_refused(brut: str) -> None:
    assert refuse(Nature.NOTE, brut) == f"« {brut} » n'est pas une note sur 20. Par exemple 12,5."


@pytest.mark.parametrize(
    ("brut", "phrase"),
    [
        ("9730", "Il manque un chiffre. Exemple : 97300."),
        ("973", "Il manque 2 chiffres. Exemple : 97300."),
        ("973000", "Un code postal de France a cinq chiffres. Exemple : 97300."),
        ("2A000", "Un code postal de France a cinq chiffres. Exemple : 97300."),
    ],
)
def test_a_wrong_postal_code_of_france_is_refused(brut: str, phrase: str) -> None:
    with pytest.raises(Refus) as pris:
        lire_code_postal_france(lu(Nature.CODE_POSTAL, brut).valeur)
    assert f"{pris.value.message} {pris.value.remede}" == phrase


@pytest.mark.parametrize("brut", ["97300", "97 300", " 97300 "])
def test_a_postal_code_of_france_is_read(brut: str) -> None:
    valeur = lu(Nature.CODE_POSTAL, brut).valeur
    lire_code_postal_france(valeur)
    assert valeur == "97300"


@pytest.mark.parametrize("brut", ["Oui", "oui", "O", "o", "OUI "])
def test_yes_is_read(brut: str) -> None:
    assert lu(Nature.OUI_NON, brut) == Valeur("oui", "Oui", "OUI")
    assert lu(Nature.CASE, brut).valeur == "oui"


@pytest.mark.parametrize("brut", ["Non", "non", "N", "n", "NON "])
def test_no_is_read(brut: str) -> None:
    assert lu(Nature.OUI_NON, brut) == Valeur("non", "Non", "NON")
    assert lu(Nature.CASE, brut).valeur == ""


@pytest.mark.parametrize("nature", [Nature.OUI_NON, Nature.CASE])
def test_neither_yes_nor_no_is_refused(nature: Nature) -> None:
    assert refuse(nature, "peut-être") == "« peut-être » n'est pas une réponse. Répondez par Oui ou par Non."


@pytest.mark.parametrize(
    ("brut", "valeur"),
    [
        ("L", "L"),
        ("É", "É"),
        ("Œ", "Œ"),
        ("L'Haÿ", "L'Haÿ"),
        ("L’Haÿ", "L'Haÿ"),
        ("NGMB-Jeanne", "NGMB-Jeanne"),
        ("  Li ", "Li"),
        ("de  La   Tour", "de La Tour"),
        ("Jean-Éric Jr.", "Jean-Éric Jr."),
        ("E\u0301va", "Éva"),
        ("Ñandú", "Ñandú"),
    ],
)
def test_a_name_is_read(brut: str, valeur: str) -> None:
    assert lu(Nature.NOM, brut) == Valeur.simple(valeur)


@pytest.mark.parametrize("brut", ["-", "'", ".", "- '"])
@pytest.mark.parametrize("nature", [Nature.NOM, Nature.PRENOMS])
def test_a_name_without_a_letter_is_refused(nature: Nature, brut: str) -> None:
    assert refuse(nature, brut) == f"{UN_NOM} Corrigez-le."


@pytest.mark.parametrize(
    ("brut", "debut", "fin"),
    [
        ("Jean;", "Le signe ; ne va pas ici", "Retirez-le."),
        ("Jean 2", "Le signe 2 ne va pas ici", "Retirez-le."),
        ("²", "Le signe ² ne va pas ici", "Retirez-le."),
        ("M@rie @", "Le signe @ ne va pas ici", "Retirez-le."),
        ("X=Y;", "Les signes = ; ne vont pas ici", "Retirez-les."),
        ("[b]", "Les signes [ ] ne vont pas ici", "Retirez-les."),
        ("A1234567", "Les signes 1 2 3 4 5 et d'autres ne vont pas ici", "Retirez-les."),
    ],
)
@pytest.mark.parametrize("nature", [Nature.NOM, Nature.PRENOMS])
def test_a_sign_refused_in_a_name_is_named(nature: Nature, brut: str, debut: str, fin: str) -> None:
    assert refuse(nature, brut) == f"{debut} : u{UN_NOM[1:]} {fin}"


@pytest.mark.parametrize(
    "brut", ["Jean, Marie, Paul", "Jean,Marie,Paul", "Jean , Marie Paul,", "Jean,\u00a0Marie, Paul"]
)
def test_a_comma_separates_first_names(brut: str) -> None:
    assert lu(Nature.PRENOMS, brut) == Valeur.simple("Jean Marie Paul")
    assert refuse(Nature.NOM, brut).startswith("Le signe , ne va pas ici")


ESPACES = ("\u00a0", "\u202f", "\u2009", "\u2007", "\u3000")
APOSTROPHES = ("'", "’", "‘", "´", "`", "ʼ", "′", "＇")
TRAITS = ("-", "‐", "‑", "–", "—", "−", "－")


@pytest.mark.parametrize("espace", ESPACES)
def test_any_space_is_a_space(espace: str) -> None:
    assert lu(Nature.NOM, f"{espace}LE{espace}GOFF{espace}").valeur == "LE GOFF"
    assert lu(Nature.TEXTE, f"12{espace}rue Haute").valeur == "12 rue Haute"
    assert lu(Nature.CODE_POSTAL, f"97{espace}300").valeur == "97300"
    assert lu(Nature.INE, f"0885{espace}53495DY").valeur == "088553495DY"
    assert lu(Nature.TELEPHONE, f"06{espace}23{espace}45{espace}67{espace}89").valeur == "0623456789"
    assert lu(Nature.DATE_NAISSANCE, f"6{espace}5{espace}2005").valeur == "2005-05-06"


@pytest.mark.parametrize("nature", [Nature.NOM, Nature.PRENOMS, Nature.COMMUNE, Nature.LOCALITE])
def test_the_signs_of_a_name_are_read_as_what_they_mean(nature: Nature) -> None:
    assert {lu(nature, f"L{signe}Haÿ").valeur for signe in APOSTROPHES} == {"L'Haÿ"}
    assert {lu(nature, f"Le{signe}Bris").valeur for signe in TRAITS} == {"Le-Bris"}


def test_a_free_text_keeps_the_typography_that_prints() -> None:
    assert lu(Nature.TEXTE, "l’Abbé – bât. ʼB‑2").valeur == "l’Abbé – bât. 'B-2"


def test_a_password_stays_letter_by_letter() -> None:
    assert lu(Nature.MOT_DE_PASSE, "Mot–de’passe\u00a0`").valeur == "Mot–de’passe\u00a0`"


@pytest.mark.parametrize(
    ("brut", "valeur"),
    [
        ("1948418953@mail.fr", "1948418953@mail.fr"),
        ("Nom.Prenom@DOMAINE.fr", "Nom.Prenom@domaine.fr"),
        ("é@domaine.fr", "é@domaine.fr"),
        ("nom+examens@sous.domaine.fr", "nom+examens@sous.domaine.fr"),
    ],
)
def test_an_email_is_read(brut: str, valeur: str) -> None:
    assert lu(Nature.EMAIL, brut) == Valeur.simple(valeur)


@pytest.mark.parametrize("brut", ["nom", "a@b", "nom@@domaine.fr", "nom @domaine.fr", "nom@localhost", "@domaine.fr"])
def test_a_wrong_email_is_refused(brut: str) -> None:
    assert refuse(Nature.EMAIL, brut) == f"« {brut} » n'est pas une adresse mail. Exemple : nom.prenom@domaine.fr."


@pytest.mark.parametrize("brut", ["2019", "2022", "2023"])
def test_a_year_is_read(brut: str) -> None:
    assert lu(Nature.ANNEE, brut, depuis=2019).valeur == brut


@pytest.mark.parametrize(
    ("brut", "phrase"),
    [
        ("2015", "2015 est avant 2019, première année admise pour ce titre. Vérifiez l'année."),
        ("2024", "2024 n'est pas encore arrivée. Vérifiez l'année."),
        ("22", "Une année a quatre chiffres. Par exemple 2022."),
        ("20222", "Une année a quatre chiffres. Par exemple 2022."),
        ("deux", "Une année a quatre chiffres. Par exemple 2022."),
    ],
)
def test_a_wrong_year_is_refused_with_what_to_do(brut: str, phrase: str) -> None:
    assert refuse(Nature.ANNEE, brut, depuis=2019) == phrase


@pytest.mark.parametrize(
    "texte", ["[/b]", "[bold]gras[/bold]", "'; DROP TABLE candidat;--", "=FORMULE(1)", "@A1", "+33", "{0}", "%s", "\\n"]
)
def test_a_hostile_text_is_kept_as_it_is(texte: str) -> None:
    assert lu(Nature.TEXTE, texte) == Valeur.simple(texte)


@pytest.mark.parametrize(
    ("texte", "nomme"),
    [
        ("a\0b", "U+0000"),
        ("a\nb", "U+000A"),
        ("a\tb", "U+0009"),
        ("a\x1b[31mb", "U+001B"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("a\u00adb", "U+00AD"),
        ("\ufeffa", "U+FEFF"),
        ("\ud800", "U+D800"),
        ("a😀", "« 😀 »"),
        ("漢", "« 漢 »"),
        ("６", "« ６ »"),
    ],
)
@pytest.mark.parametrize("nature", list(Nature))
def test_a_character_is_refused_by_its_name_in_every_nature_of_field(nature: Nature, texte: str, nomme: str) -> None:
    phrase = refuse(nature, texte)
    if nature is Nature.MOT_DE_PASSE:  # the text of a password is never shown
        assert phrase.startswith("Un de ses caractères n'est pas accepté.")
        assert nomme not in phrase
    else:
        assert phrase == f"Caractère non accepté : {nomme}. {RETIRER}"


@pytest.mark.parametrize("nature", list(Nature))
def test_a_megabyte_is_refused(nature: Nature) -> None:
    assert refuse(nature, "x" * 1_000_000) == "1000000 caractères pour 60 au plus. Abrégez."


def test_the_length_counts_composed_characters() -> None:
    assert lire(champ(Nature.TEXTE, longueur=3), "E\u0301E\u0301E\u0301", JOUR).valeur == "ÉÉÉ"
    with pytest.raises(Refus):
        lire(champ(Nature.TEXTE, longueur=3), "ÉÉÉÉ", JOUR)


DU_REPERTOIRE = st.text(st.sampled_from(sorted(REPERTOIRE)), min_size=1, max_size=60)
CHIFFRES = st.text(st.sampled_from("0123456789 +/.-,()"), min_size=1, max_size=20)
ADRESSES = st.tuples(DU_REPERTOIRE, DU_REPERTOIRE).map("@".join)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(Nature)), st.one_of(st.text(min_size=1), DU_REPERTOIRE, CHIFFRES, ADRESSES))
def test_reading_gives_a_clean_value_or_a_whole_refusal(nature: Nature, brut: str) -> None:
    try:
        valeur = lu(nature, brut)
    except Refus as refus:
        faute = refus.faute("essai")
        assert all((faute.code, faute.champ, faute.message, faute.remede))
    else:
        assert unicodedata.is_normalized("NFC", valeur.valeur)
        assert set(valeur.valeur + valeur.affichage) <= REPERTOIRE


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([n for n in Nature if n not in (Nature.CASE, Nature.OUI_NON)]), st.one_of(CHIFFRES, ADRESSES))
def test_what_is_read_reads_the_same_again(nature: Nature, brut: str) -> None:
    try:
        valeur = lu(nature, brut)
    except Refus:
        return
    if valeur.valeur:
        assert lire(champ(nature, longueur=200), valeur.valeur, JOUR) == valeur


PAPIER = (
    "Reprenez la date de la pièce d'identité ; si elle n'en dit pas plus, tapez {} et prévenez le service des examens."
)


@pytest.mark.parametrize(
    ("brut", "manque", "ecrire"),
    [
        *(
            (brut, "Le jour et le mois manquent.", "01/01/1985")
            for brut in ("00/00/1985", "0/0/1985", "00000000"[:4] + "1985")
        ),
        *((brut, "Le jour et le mois manquent.", "01/01/1985") for brut in ("XX/XX/1985", "xx.xx.1985", "??/??/1985")),
        *(
            (brut, "Le jour et le mois manquent.", "01/01/1985")
            for brut in ("--/--/1985", "1985", "1985-00-00", "__/__/1985")
        ),
        *(
            (brut, "Le jour manque.", "01/05/1985")
            for brut in ("00/05/1985", "0/5/1985", "05/1985", "XX/05/1985", "1985-05-00")
        ),
    ],
)
def test_an_unknown_day_of_birth_says_what_to_write(brut: str, manque: str, ecrire: str) -> None:
    assert refuse(Nature.DATE_NAISSANCE, brut) == f"{manque} {PAPIER.format(ecrire)}"
    assert lu(Nature.DATE_NAISSANCE, ecrire).affichage == ecrire


@pytest.mark.parametrize("brut", ["12 mars 1985", "12 MARS 1985", "12-mars-1985", "12/03/1985"])
def test_a_month_in_letters_is_read(brut: str) -> None:
    assert lu(Nature.DATE_NAISSANCE, brut).valeur == "1985-03-12"
    assert lu(Nature.DATE_NAISSANCE, "1er août 1985").valeur == "1985-08-01"
    assert lu(Nature.DATE_NAISSANCE, "3 févr. 1985").valeur == "1985-02-03"


def test_a_short_number_of_another_territory_names_the_one_of_the_address() -> None:
    with pytest.raises(Refus, match="n'est pas un numéro de Nouvelle-Calédonie, où est l'adresse") as pris:
        lire(champ(Nature.TELEPHONE), "87123456", JOUR, code_postal="98800")
    assert "+689" in pris.value.remede


@pytest.mark.parametrize(
    ("code_postal", "brut", "valeur", "document"),
    [
        ("98800", "285712", "+687285712", "+687 28.57.12"),
        ("98800", "28 57 12", "+687285712", "+687 28.57.12"),
        ("98800", "28.57.12", "+687285712", "+687 28.57.12"),
        ("98835", "751234", "+687751234", "+687 75.12.34"),
        ("98800", "687 28 57 12", "+687285712", "+687 28.57.12"),
        ("98600", "721234", "+681721234", "+681 72 12 34"),
        ("98600", "82-12-34", "+681821234", "+681 82 12 34"),
        ("98713", "87123456", "+68987123456", "+689 87 12 34 56"),
        ("98713", "40 41 23 45", "+68940412345", "+689 40 41 23 45"),
        ("97500", "411234", "+508411234", "+508 41 12 34"),
        ("39100", "+687 28 57 12", "+687285712", "+687 28.57.12"),
        ("98800", "0623456789", "0623456789", "06 23 45 67 89"),
        ("98800", "+33623456789", "0623456789", "06 23 45 67 89"),
        ("98800", "+681721234", "+681721234", "+681 72 12 34"),
        ("97300", "0594272243", "0594272243", "05 94 27 22 43"),
    ],
)
def test_a_short_number_follows_the_address(code_postal: str, brut: str, valeur: str, document: str) -> None:
    telephone = champ(Nature.TELEPHONE)
    assert lire(telephone, brut, JOUR, code_postal=code_postal) == Valeur(valeur, valeur, document)
    assert lire(telephone, valeur, JOUR, code_postal=code_postal).valeur == valeur


@pytest.mark.parametrize("code_postal", ["39100", "", "97300"])
@pytest.mark.parametrize("brut", ["721234", "28 57 12", "87123456"])
def test_a_short_number_of_no_territory_asks_for_its_indicatif(code_postal: str, brut: str) -> None:
    with pytest.raises(Refus) as pris:
        lire(champ(Nature.TELEPHONE), brut, JOUR, code_postal=code_postal)
    assert "l'adresse ne dit pas de quel territoire il est" in pris.value.message
    for indicatif in ("+687 Nouvelle-Calédonie", "+681 Wallis-et-Futuna", "+689 Polynésie", "+508 Saint-Pierre"):
        assert indicatif in pris.value.remede


def test_a_short_number_that_its_territory_does_not_have_is_refused() -> None:
    with pytest.raises(Refus):
        lire(champ(Nature.TELEPHONE), "111111", JOUR, code_postal="98600")

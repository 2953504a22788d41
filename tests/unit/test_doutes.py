"""What looks like a slip is asked about under its field, and the form is taken all the same."""

from __future__ import annotations

import pytest
from outils.guide import INDIVIDUELLE, SAISIE
from outils.saisies import JOUR, avertissements, examiner, fautes, sans, service

from cyclades_tui.champs.messageries import domaine_ressemblant
from cyclades_tui.regles.saisie import lire_le_compte

ID = "identification"
EMAIL, NAISSANCE = f"{ID}.email", f"{ID}.naissance.date"


@pytest.mark.parametrize(
    ("domaine", "juste"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("gmail.cm", "gmail.com"),
        ("GMIAL.COM", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("hotmal.com", "hotmail.com"),
        ("hotmail.f", "hotmail.fr"),
        ("homtail.fr", "hotmail.fr"),
        ("hotmaill.con", "hotmail.com"),
        ("orange.f", "orange.fr"),
        ("orang.fr", "orange.fr"),
        ("ornage.fr", "orange.fr"),
        ("wanado.fr", "wanadoo.fr"),
        ("outlok.fr", "outlook.fr"),
        ("outllook.com", "outlook.com"),
        ("yaho.fr", "yahoo.fr"),
        ("yahou.fr", "yahoo.fr"),
        ("lapost.net", "laposte.net"),
        ("laposte.fr", "laposte.net"),
        ("icloud.fr", "icloud.com"),
        ("iclod.com", "icloud.com"),
        ("freee.fr", "free.fr"),
        ("protonmial.com", "protonmail.com"),
        ("ac-lille.con", "ac-lille.com"),
        ("lycee.rf", "lycee.fr"),
    ],
)
def test_a_near_miss_of_a_great_provider_is_doubted_and_never_refused(domaine: str, juste: str) -> None:
    saisie = INDIVIDUELLE | {EMAIL: f"nom.prenom@{domaine}"}
    assert ("format.email", EMAIL) not in fautes(saisie)
    assert ("doute.email", EMAIL) in avertissements(saisie)
    (faute,) = (faute for faute in examiner(saisie)[0].avertissements if faute.champ == EMAIL)
    assert faute.message == f"« {domaine.casefold()} » ressemble à « {juste} »."
    assert fautes(saisie) == []


@pytest.mark.parametrize(
    "domaine",
    [
        *("gmail.com", "hotmail.fr", "orange.fr", "free.fr", "sfr.fr", "live.be", "yahoo.co.uk", "mail.com", "me.com"),
        *("ac-besancon.fr", "univ-fcomte.fr", "example.org", "lycee-pasteur.fr", "mail.pf", "gmx.net", "hey.com"),
        *("ville-dole.fr", "cnam.fr", "mairie.gouv.fr", "proton.me", "sfr.com", "orange.com.tn", "wp.pl", "web.de"),
    ],
)
def test_a_real_domain_is_not_doubted(domaine: str) -> None:
    assert domaine_ressemblant(f"nom@{domaine}") == ""


def test_the_account_doubts_an_address_too() -> None:
    lue = lire_le_compte({EMAIL: "nom@gmial.com"}, service(), JOUR)
    assert [faute.code for faute in lue.avertissements] == ["doute.email"]


TITRE = "acquis.titre.bts-dut-deug-licence.annee"


@pytest.mark.parametrize(
    ("annee", "naissance", "dit"),
    [
        ("2019", "06/05/2005", "En 2019 vous aviez 14 ans au plus : est-ce bien l'année de ce titre ?"),
        ("2021", "06/05/2005", "En 2021 vous aviez 16 ans au plus : est-ce bien l'année de ce titre ?"),
        ("2000", "06/05/2005", "En 2000 vous n'étiez pas encore né(e) : est-ce bien l'année de ce titre ?"),
        ("2022", "06/05/2005", ""),
        ("2019", "06/05/1985", ""),
    ],
)
def test_a_title_of_a_child_is_asked_about(annee: str, naissance: str, dit: str) -> None:
    saisie = SAISIE | {TITRE: annee, NAISSANCE: naissance}
    dites = [faute.message for faute in examiner(saisie)[0].avertissements if faute.champ == TITRE]
    assert dites == ([dit] if dit else [])
    assert TITRE not in [champ for _, champ in fautes(saisie)]


@pytest.mark.parametrize(
    ("champ", "autres"),
    [
        ("acquis.meme_specialite.session", {"acquis.declaration.meme_specialite": "oui"}),
        ("acquis.autre_specialite.session", {"acquis.declaration.autre_specialite": "oui"}),
        ("acquis.vae.annee", {"acquis.declaration.vae": "oui"}),
    ],
)
def test_any_year_of_a_child_is_asked_about(champ: str, autres: dict[str, str]) -> None:
    saisie = INDIVIDUELLE | autres | {champ: "2012", NAISSANCE: "06/05/2002"}
    assert ("doute.annee", champ) in avertissements(saisie)
    assert ("doute.annee", champ) not in avertissements(saisie | {champ: "2020"})


@pytest.mark.parametrize(
    ("code_postal", "localite", "dit"),
    [
        ("99999", "NULLE PART", True),
        ("99999", "NULLE PART CEDEX", True),  # no département begins so
        ("00000", "DOLE", True),
        ("39999", "DOLE", True),
        ("39108", "DOLE CEDEX", False),
        ("39100", "DOLE", False),
        ("75013", "Paris 13ème", False),
    ],
)
def test_an_unknown_postal_code_is_told(code_postal: str, localite: str, dit: bool) -> None:
    champ = f"{ID}.adresse.code_postal"
    saisie = INDIVIDUELLE | {champ: code_postal, f"{ID}.adresse.localite": localite}
    assert (("lieu.code-postal", champ) in avertissements(saisie)) is dit


def test_a_number_without_its_plus_is_doubted_where_one_lives_abroad() -> None:
    belge = sans(INDIVIDUELLE, f"{ID}.adresse.") | {
        f"{ID}.adresse.pays": "Belgique",
        f"{ID}.adresse.voie": "1 rue Haute",
        f"{ID}.adresse.localite": "Namur",
    }
    champ = f"{ID}.telephone_mobile"
    assert ("doute.telephone", champ) in avertissements(belge | {champ: "0470123456"})
    assert ("doute.telephone", champ) not in avertissements(belge | {champ: "+32470123456"})
    assert ("doute.telephone", champ) not in avertissements(INDIVIDUELLE | {champ: "0470123456"})


@pytest.mark.parametrize(
    ("forme", "note", "codes"),
    [
        ("Progressive", "8", ["doute.note"]),  # open: the text speaks of the notes of one diploma
        ("Progressive", "12", []),
        ("Globale", "8", ["acquis.note"]),
    ],
)
def test_a_low_note_of_another_specialite_is_open_in_progressive_form(forme: str, note: str, codes: list[str]) -> None:
    saisie = sans(INDIVIDUELLE, "acquis.") | {
        "epreuves.E4.langue": "Espagnol",
        "qualification.forme": forme,
        "acquis.declaration.autre_specialite": "oui",
        "acquis.autre_specialite.session": "2022",
        "acquis.autre_specialite.academie": "Lyon",
        "acquis.autre_specialite.specialite": "Commerce",
        "acquis.autre_specialite.notes.E5-A.note": note,
        "acquis.autre_specialite.notes.E5-A.session": "2022",
        "acquis.autre_specialite.notes.E5-A.conserver": "oui",
    }
    champ = "acquis.autre_specialite.notes.E5-A.conserver"
    assert [code for code, dit in avertissements(saisie) if dit == champ] == codes


def test_a_title_older_than_cyclades_offers_says_what_to_do() -> None:
    saisie = SAISIE | {
        "acquis.titre.bacpro.declare": "oui",
        "acquis.titre.bacpro.annee": "2012",
        "acquis.titre.bacpro.academie": "Besançon",
    }
    (faute,) = (f for f in examiner(saisie)[0].fautes if f.champ == "acquis.titre.bacpro.annee")
    assert faute.message == "2012 est avant 2019, première année admise pour ce titre."
    assert "l'arrêté du 8 novembre 2012 ne fixe pas d'année" in faute.remede
    assert "Demandez au service des examens" in faute.remede

"""What an exam asks besides the form: a message under the field, a refusal only if the data say so."""

from __future__ import annotations

from datetime import date

import pytest
from outils.saisies import referentiel_livre

from cyclades_tui.referentiel.schema import Academie, ConditionExigee, Examen
from cyclades_tui.regles.conditions import Faits
from cyclades_tui.regles.exigences import departements_du_code_postal, exigences_non_remplies, residence_ailleurs

JOUR = date(2026, 11, 22)
AGE = ConditionExigee(
    id="age",
    groupes=("individuel",),
    satisfaite_si=("majeur_au_31_decembre",),
    champ="identification.naissance.date",
    texte="Il faut être majeur au 31 décembre de l'année de l'examen.",
    regle="D337-7",
)
EXPERIENCE = ConditionExigee(
    id="experience", satisfaite_si=("deja_presente",), effet="refuser", texte="Il faut trois ans.", regle="D337-70"
)
RENNES = Academie(code="14", nom="Rennes", libelle="ACADÉMIE DE RENNES", departements=("022", "029", "035", "056"))
CORSE = Academie(code="27", nom="Corse", libelle="ACADÉMIE DE CORSE", departements=("02A", "02B"))
GUYANE = Academie(code="33", nom="Guyane", libelle="ACADÉMIE DE LA GUYANE", departements=("973",))
BESANCON = Academie(
    code="03", nom="Besançon", libelle="ACADÉMIE DE BESANÇON", departements=("025", "039", "070", "090")
)
LYON = Academie(code="10", nom="Lyon", libelle="ACADÉMIE DE LYON", departements=("001", "042", "069"))
ACADEMIES = (RENNES, CORSE, GUYANE, BESANCON, LYON)
LIEUX = referentiel_livre().lieux


def examen(*conditions: ConditionExigee, domaine: str = "Examen") -> Examen:
    return Examen.model_validate(
        {
            "code": "X",
            "libelle": "X",
            "sigle": "X",
            "domaine": domaine,
            "source": "essai",
            "onglets": [{"id": "identification", "libelle": "Identification"}],
            "categorie": [
                {"id": g, "libelle": g, "groupe": g, "voie": "individuel", "formes": ["globale"], "source": "essai"}
                for g in ("individuel", "distance")
            ],
            "condition": [condition.model_dump() for condition in conditions],
        }
    )


def faits(exam: Examen, **valeurs: str) -> Faits:
    noms = {
        "categorie": "candidature.categorie",
        "naissance": "identification.naissance.date",
        "meme": "acquis.declaration.meme_specialite",
        "pays": "identification.adresse.pays",
        "code_postal": "identification.adresse.code_postal",
        "localite": "identification.adresse.localite",
    }
    table = {noms[cle]: valeur for cle, valeur in valeurs.items()}
    return Faits(lambda champ: table.get(champ, ""), exam, JOUR)


@pytest.mark.parametrize(
    ("categorie", "naissance", "dit"),
    [
        ("individuel", "2008-12-31", False),  # eighteen on the very day
        ("individuel", "2009-01-01", True),
        ("distance", "2012-01-01", False),  # the condition is not for this category
        ("individuel", "", False),  # an empty field has its own error
        ("", "2012-01-01", False),
    ],
)
def test_the_age_is_counted_on_the_last_day_of_the_exam_s_year(categorie: str, naissance: str, dit: bool) -> None:
    exam = examen(AGE)
    trouvees = list(exigences_non_remplies(exam, 2026, faits(exam, categorie=categorie, naissance=naissance)))
    assert bool(trouvees) is dit
    for faute, refuse in trouvees:
        assert (faute.code, faute.champ, refuse) == ("exigence.age", "identification.naissance.date", False)
        assert "D337-7" in faute.message


@pytest.mark.parametrize(("meme", "dit"), [("oui", False), ("", True)])
def test_a_former_session_stands_for_experience(meme: str, dit: bool) -> None:
    exam = examen(EXPERIENCE)
    trouvees = list(exigences_non_remplies(exam, 2026, faits(exam, categorie="distance", meme=meme)))
    assert [refuse for _, refuse in trouvees] == [True] * dit


@pytest.mark.parametrize(
    ("code_postal", "departements"),
    [
        ("35000", {"035"}),
        ("20200", {"02A", "02B"}),
        ("97300", {"973"}),
        ("98713", {"987"}),
        ("01410", {"001"}),
        ("", set()),
        ("3500", set()),
    ],
)
def test_departements_of_a_postal_code(code_postal: str, departements: set[str]) -> None:
    assert departements_du_code_postal(code_postal) == departements


@pytest.mark.parametrize(
    ("academie", "pays", "code_postal", "attendue"),
    [
        (GUYANE, "99100", "35000", RENNES),
        (RENNES, "99100", "35000", None),
        (CORSE, "99100", "20200", None),
        (GUYANE, "99109", "35000", None),  # lives abroad
        (GUYANE, "99100", "75001", None),  # no académie of the list: nothing to say
        (GUYANE, "99100", "", None),
    ],
)
def test_who_lives_elsewhere_is_told(
    academie: Academie, pays: str, code_postal: str, attendue: Academie | None
) -> None:
    exam = examen()
    assert (
        residence_ailleurs(exam, academie, ACADEMIES, faits(exam, pays=pays, code_postal=code_postal), LIEUX)
        == attendue
    )


def test_a_concours_is_sat_anywhere() -> None:
    exam = examen(domaine="Concours")
    assert residence_ailleurs(exam, GUYANE, ACADEMIES, faits(exam, pays="99100", code_postal="35000"), LIEUX) is None


@pytest.mark.parametrize(
    ("academie", "code_postal", "localite", "attendue"),
    [
        (BESANCON, "01410", "LAJOUX", None),  # Jura, delivered from Ain
        (BESANCON, "01410", "Lajoux", None),
        (LYON, "01410", "Lajoux", BESANCON),
        (BESANCON, "01410", "MIJOUX", LYON),  # Ain
        (LYON, "01410", "Mijoux", None),
        (BESANCON, "01410", "", LYON),
        (BESANCON, "01410", "Dole", LYON),  # not of this code: its digits alone speak
        (BESANCON, "39100", "DOLE", None),
    ],
)
def test_a_postal_code_shared_with_a_neighbour_is_judged_by_its_commune(
    academie: Academie, code_postal: str, localite: str, attendue: Academie | None
) -> None:
    exam = examen()
    donnees = faits(exam, pays="99100", code_postal=code_postal, localite=localite)
    assert residence_ailleurs(exam, academie, ACADEMIES, donnees, LIEUX) == attendue

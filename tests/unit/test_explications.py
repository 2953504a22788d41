"""The text of F1 for each field: an explanation of its own, a constraint derived from its specification."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest
from outils.saisies import referentiel_livre

from cyclades_tui.champs.catalogue import champs_de_toute_categorie
from cyclades_tui.champs.compte import champs_du_compte
from cyclades_tui.champs.contrainte import contrainte
from cyclades_tui.champs.modele import schema_json
from cyclades_tui.champs.specification import Champ, Condition, Nature
from cyclades_tui.domaine.texte import plier
from cyclades_tui.screens.borne.compte.activation import CODE, EMAIL
from cyclades_tui.screens.borne.connexion import IDENTIFIANT, MOT_DE_PASSE

AIDE_MAX = 58  # room on the help line at 80 columns
PHRASE_MAX = 100  # and from 120


def tous_les_champs() -> dict[str, Champ]:
    """Every field of every shipped spécialité, of the account, of the login and of the activation."""
    referentiel = referentiel_livre()
    formulaires = [champs_de_toute_categorie(referentiel, diplome, 2027) for diplome in referentiel.diplomes]
    autres = {champ.id: champ for champ in (CODE, EMAIL, IDENTIFIANT, MOT_DE_PASSE)}
    return dict(chain.from_iterable(f.items() for f in (*formulaires, champs_du_compte(referentiel), autres)))


CHAMPS = tous_les_champs()


@pytest.mark.parametrize("champ", CHAMPS.values(), ids=CHAMPS)
def test_every_field_explains_itself(champ: Champ) -> None:
    assert champ.explication.endswith(".")
    assert plier(champ.libelle) != plier(champ.explication)
    assert champ.explication != f"{champ.aide}."
    assert len(champ.premiere_phrase) <= PHRASE_MAX, (len(champ.premiere_phrase), champ.premiere_phrase)
    assert champ.explication.startswith(champ.premiere_phrase)
    assert champ.aide
    assert len(champ.aide) <= AIDE_MAX, (len(champ.aide), champ.aide)
    assert not champ.aide.endswith(".")
    assert "!" not in champ.explication
    assert "  " not in champ.explication


def test_the_fields_whose_text_follows_from_data_say_which_text() -> None:
    referentiel = referentiel_livre()
    champs = champs_de_toute_categorie(referentiel, referentiel.diplome("BCP", "25303", 2027), 2027)
    assert "arrêté du 8 novembre 2012" in champs["acquis.titre.bts-dut-deug-licence.declare"].explication
    assert "D337-84" in champs["acquis.population.eps-experience"].explication
    note = champs["acquis.meme_specialite.notes.E2.note"].explication
    assert "conservée 5 ans ; en forme globale, à partir de 10 sur 20" in note
    assert "D337-69" in note
    assert "différer de celle de E4" in champs["epreuves.EF1.langue"].explication


@pytest.mark.parametrize(
    ("identifiant", "dite"),
    [
        ("identification.nom", "Lettres, espaces, traits d'union et apostrophes, 60 caractères au plus."),
        ("identification.naissance.date", "Jour, mois et année à quatre chiffres"),
        ("identification.naissance.commune", "choisissez une proposition"),
        ("identification.adresse.voie", "Texte libre, 50 caractères au plus. Obligatoire."),
        ("identification.adresse.complement1", "Texte libre, 50 caractères au plus. Facultatif."),
        ("identification.adresse.code_postal", "Cinq chiffres en France"),
        ("identification.adresse.localite", "Choisissez une proposition, ou tapez le nom"),
        ("identification.telephone", "Un numéro valide"),
        ("identification.email", "avec un @ ; 100 caractères au plus. Obligatoire."),
        ("identification.ine", "Onze signes : 9 chiffres et 2 lettres"),
        ("identification.csp_representant", "Obligatoire selon vos autres réponses."),
        ("candidature.categorie", "Une seule valeur de la liste"),
        ("candidature.consentement_presse", "Une seule réponse, Oui ou Non"),
        ("candidature.vae", "Rempli d'après vos autres réponses : rien à saisir."),
        ("conditions.accord", "Espace la coche ou la décoche. Obligatoire."),
        ("acquis.titre.bacpro.annee", "Quatre chiffres, de 2019 à cette année."),
        ("acquis.meme_specialite.notes.E2.note", "De 0 à 20"),
        ("compte.mot_de_passe", "8 à 20 caractères, dont au moins une minuscule, une majuscule, un caractère spécial."),
        ("compte.confirmation_email", "ne diffère en rien de l'adresse mail. Obligatoire."),
    ],
)
def test_the_constraint_follows_from_the_specification(identifiant: str, dite: str) -> None:
    assert dite in contrainte(CHAMPS[identifiant])


def test_every_nature_has_its_constraint() -> None:
    assert {champ.nature for champ in CHAMPS.values()} == set(Nature)
    assert all(contrainte(champ).endswith(".") for champ in CHAMPS.values())


def test_the_length_and_the_obligation_are_those_of_the_field() -> None:
    voie = CHAMPS["identification.adresse.voie"]
    assert "12 caractères" in contrainte(replace(voie, longueur=12))
    assert contrainte(replace(voie, obligatoire=None)).endswith("Facultatif.")
    selon = replace(voie, condition=(Condition("vide", "identification.nom"),))
    assert contrainte(selon).endswith("Obligatoire selon vos autres réponses.")


def test_what_comes_from_the_account_says_who_may_change_it() -> None:
    verrou = "seul le service des examens peut la changer"
    assert verrou in contrainte(CHAMPS["identification.nom"])
    assert verrou not in contrainte(CHAMPS["identification.email"])
    assert verrou not in contrainte(CHAMPS["identification.nationalite"])


def test_the_schema_of_the_files_explains_too() -> None:
    referentiel = referentiel_livre()
    schema = schema_json(referentiel, referentiel.examens["BCP"])
    voie = schema["properties"]["identification"]["properties"]["adresse"]["properties"]["voie"]
    assert CHAMPS["identification.adresse.voie"].explication in voie["description"]

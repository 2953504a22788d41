"""`cyclades candidature`: the saved candidatures from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from outils.cli import CANDIDATURES, Commande

VOIE = "identification.adresse.voie=12 rue du Port"
ACCORDS = ("modalites.accord=oui", "conditions.accord=oui")
NUMERO = "02699000000"


@pytest.fixture
def enregistree(cyclades: Commande, store_pret: Path) -> Path:
    assert cyclades("--store", store_pret, "inscrire", CANDIDATURES[0]).code == 0
    return store_pret


def test_a_change_is_saved_compared_and_shown(cyclades: Commande, enregistree: Path) -> None:
    store = ("--store", enregistree, "candidature")
    simulee = cyclades(*store, "modifier", NUMERO, "001", VOIE, *ACCORDS, "--simuler")
    assert simulee.code == 0
    assert simulee.sortie.startswith("Simulation : rien n'est enregistré.\n")
    assert "« 12 rue du Port »" in simulee.sortie
    assert "n'a qu'une version" in cyclades(*store, "differences", NUMERO, "1").sortie
    faite = cyclades(*store, "modifier", NUMERO, "001", VOIE, *ACCORDS)
    assert faite.code == 0
    assert "√ Version 2 enregistrée." in faite.sortie
    assert "« 12 rue du Port »" in faite.sortie
    assert "1 changement." in cyclades(*store, "differences", NUMERO, "1").sortie
    assert "aucun changement" in cyclades(*store, "differences", NUMERO, "1", "2", "2").sortie
    dite = json.loads(cyclades(*store, "differences", NUMERO, "1", "1", "2", "--json").sortie)
    assert [d["champ"] for d in dite["differences"]] == ["identification.adresse.voie"]
    vue = cyclades(*store, "voir", NUMERO, "1")
    assert vue.sortie.startswith("Inscrit, version 2\n")
    assert "12 rue du Port" in vue.sortie
    assert "12 rue du Port" not in cyclades(*store, "voir", NUMERO, "1", "--version", "1").sortie
    objet = json.loads(cyclades(*store, "voir", NUMERO, "1", "--json").sortie)
    assert (objet["etat"], objet["version"], objet["refus"]) == ("Inscrit", 2, {"modifier": None, "desinscrire": None})


def test_what_was_saved_meanwhile_is_not_lost(cyclades: Commande, enregistree: Path) -> None:
    """Two changes of version 1: the second is refused, with the differences made by the first."""
    store = ("--store", enregistree, "candidature")
    assert cyclades(*store, "modifier", NUMERO, "1", VOIE, *ACCORDS, "--version", "1").code == 0
    refusee = cyclades(*store, "modifier", NUMERO, "1", f"{VOIE} bis", *ACCORDS, "--version", "1")
    assert refusee.code == 2
    assert "version" in refusee.erreurs
    assert json.loads(cyclades(*store, "voir", NUMERO, "1", "--json").sortie)["version"] == 2


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (("voir", NUMERO, "7"), "n'a pas d'inscription 007"),
        (("voir", "02699000009", "1"), "pas de candidat"),
        (("voir", NUMERO, "un"), "n'est pas un numéro d'inscription"),
        (("voir", NUMERO, "1", "--version", "9"), "La version 9 n'existe pas"),
        (("modifier", NUMERO, "1", "sans egal"), "n'est pas CHAMP=VALEUR"),
        (("modifier", NUMERO, "1", "identification.vois=x", *ACCORDS), "Vouliez-vous dire"),
        (("modifier", NUMERO, "1", VOIE), "modalites.accord"),
        (("modifier", NUMERO, "1", *ACCORDS), "Rien n'a changé"),
        (("desinscrire", NUMERO, "1"), "--confirmer"),
        (("lister", "--etat", "parti"), "n'est pas un état"),
        (("lister", "--examen", "XYZ"), "n'est pas un examen"),
    ],
)
def test_what_cannot_be_done_is_said(
    cyclades: Commande, enregistree: Path, arguments: tuple[str, ...], dit: str
) -> None:
    refusee = cyclades("--store", enregistree, "candidature", *arguments)
    assert refusee.code == 2
    assert dit in refusee.erreurs


def test_a_withdrawn_candidature_is_listed_for_the_office_only(cyclades: Commande, enregistree: Path) -> None:
    store = ("--store", enregistree, "candidature")
    faite = cyclades(*store, "desinscrire", NUMERO, "1", "--confirmer", "--json")
    assert json.loads(faite.sortie)["etat"] == "Désinscrit par le gestionnaire"
    assert cyclades(*store, "desinscrire", NUMERO, "1", "--confirmer").code == 2
    liste = cyclades(*store, "lister", "--etat", "desinscrit par le gestionnaire", "--json")
    assert [json.loads(ligne)["numero_inscription"] for ligne in liste.sortie.splitlines()] == [1]
    assert "Aucune candidature" in cyclades(*store, "lister", "--etat", "inscrit").sortie


def test_the_office_writes_to_a_candidate(cyclades: Commande, enregistree: Path) -> None:
    store = ("--store", enregistree, "courrier")
    assert cyclades(*store, "ecrire", NUMERO, "Votre dossier", "Il manque une pièce.").code == 0
    refusee = cyclades(*store, "ecrire", NUMERO, " ", " ")
    assert refusee.code == 2
    assert {ligne.partition(" : ")[0] for ligne in refusee.erreurs.splitlines()} == {"objet", "texte"}
    assert cyclades(*store, "ecrire", "02699000009", "a", "b").code == 2

"""`inscrire --modele` and `--schema`: a template that can be filled in, a schema that knows every key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_outils import CANDIDATURES, FAUTIVES, Commande
from jsonschema import Draft202012Validator

from cyclades_tui.champs.catalogue import Presentation, champs_du_formulaire
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.referentiel.chargement import charger
from cyclades_tui.referentiel.ressources import dossier

_CLE = re.compile(r"^(?:# )?(?:\[(?P<table>[a-z][\w.-]*)\]|(?P<cle>[\w-]+) = .+)$")
# Key of the template -> what a candidate types there.
REPONSES = {
    "session": '"2027"',
    "civilite": '"MADAME"',
    "nom": '"MODÈLE"',
    "prenoms": '"Camille"',
    "nationalite": '"Français"',
    "email": '"camille.modele@example.org"',
    "date": '"30/05/1998"',
    "departement": '"035 - ILLE ET VILAINE"',
    "commune": '"RENNES"',
    "voie": '"12 rue de la Mairie"',
    "code_postal": '"97300"',
    "localite": '"CAYENNE"',
    "categorie": '"INDIVIDUEL"',
    "situation": '"SALARIE"',
    "etablissement": '"INDIVIDUELS 973"',
    "specialite": '"25303"',
    "accord": "true",
}
REPONSES_DES_TABLES = {("epreuves.E4", "langue"): '"Anglais"'}


def cles_du_modele(modele: str) -> Iterator[str]:
    """The dotted id of every key, commented out or not."""
    table = ""
    for ligne in modele.splitlines():
        trouve = _CLE.match(ligne)
        if trouve is None:
            continue
        if trouve["table"]:
            table = trouve["table"]
        else:
            yield f"{table}.{trouve['cle']}"


def champs_saisis() -> set[str]:
    """Every field of the catalogue that a file may hold; a declaration follows from its table."""
    referentiel = charger(dossier("data"))
    champs: dict[str, Champ] = {}
    for diplome in referentiel.diplomes:
        for groupe in ("scolaire", "formation-continue", "individuel", "distance"):
            champs |= champs_du_formulaire(referentiel, Presentation(diplome, diplome.sessions[0], groupe))
    return {i for i, c in champs.items() if c.nature is not Nature.CALCULE and not i.startswith("acquis.declaration.")}


@pytest.fixture
def modele(cyclades: Commande) -> str:
    ecrit = cyclades("inscrire", "--modele", "bcp")
    assert ecrit.code == 0
    return ecrit.sortie


@pytest.fixture
def schema(cyclades: Commande) -> Any:
    ecrit = cyclades("inscrire", "--schema", "bcp")
    assert ecrit.code == 0
    return json.loads(ecrit.sortie)


def test_the_template_holds_each_field_once(modele: str) -> None:
    cles = [cle for cle in cles_du_modele(modele) if not cle.startswith(("service.", "modification."))]
    assert len(cles) == len(set(cles))
    assert set(cles) == champs_saisis()


def test_the_template_is_toml_with_and_without_its_optional_lines(modele: str) -> None:
    assert set(tomllib.loads(modele)) >= {"service", "identification", "candidature", "qualification"}
    decommente = "\n".join(ligne.removeprefix("# ") if _CLE.match(ligne) else ligne for ligne in modele.splitlines())
    assert set(tomllib.loads(decommente)) >= {"modification", "acquis", "epreuves"}


def remplir(modele: str) -> str:
    """The template with the answers of an individual candidate, commented lines opened where they are needed."""
    lignes, table = [], ""
    for ligne in modele.splitlines():
        trouve = _CLE.match(ligne)
        if trouve is not None and trouve["table"]:
            table = trouve["table"]
        lignes.append(remplie(ligne, table, "" if trouve is None else trouve["cle"] or ""))
    return "\n".join(lignes)


def remplie(ligne: str, table: str, cle: str) -> str:
    if ligne == "# [epreuves.E4]":
        return ligne.removeprefix("# ")
    facultative = table.startswith(("acquis", "epreuves", "modification"))
    reponse = REPONSES_DES_TABLES.get((table, cle), None if facultative else REPONSES.get(cle))
    return ligne if reponse is None else f"{cle} = {reponse}"


def test_the_template_filled_in_registers(cyclades: Commande, modele: str, store_pret: Path) -> None:
    fichier = store_pret.with_name("rempli.toml")
    fichier.write_text(remplir(modele), encoding="utf-8")
    faite = cyclades("--store", store_pret, "inscrire", fichier)
    assert faite.erreurs == ""
    assert faite.code == 0


def test_the_template_as_it_is_tells_what_is_missing(cyclades: Commande, modele: str, store_pret: Path) -> None:
    fichier = store_pret.with_name("vide.toml")
    fichier.write_text(modele.replace('session = "2024"', 'session = "2027"'), encoding="utf-8")
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert refusee.code == 2
    codes = {faute["code"] for faute in json.loads(refusee.sortie)[0]["fautes"]}
    assert codes <= {"champ.obligatoire", "format.choix"}


def test_the_schema_is_valid_and_accepts_every_shipped_candidature(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)
    valideur = Draft202012Validator(schema)
    for chemin in CANDIDATURES:
        assert list(valideur.iter_errors(tomllib.loads(chemin.read_text(encoding="utf-8")))) == [], chemin.name


@pytest.mark.parametrize(
    "nom", ["cle-inconnue", "numero-impose", "valeur-en-table", "sans-table-service", "plusieurs-fautes"]
)
def test_the_schema_refuses_a_key_or_a_shape_that_the_command_refuses(schema: Any, nom: str) -> None:
    tables = tomllib.loads((FAUTIVES / f"{nom}.toml").read_text(encoding="utf-8"))
    assert not Draft202012Validator(schema).is_valid(tables)


@pytest.mark.parametrize("option", ["--modele", "--schema"])
def test_an_unknown_exam_is_refused_with_those_known(cyclades: Commande, option: str) -> None:
    refusee = cyclades("inscrire", option, "xyz")
    assert refusee.code == 2
    assert "« xyz » n'est pas un examen. Choisissez : bcp." in refusee.erreurs
    assert refusee.sortie == ""


@pytest.mark.parametrize("option", ["--modele", "--schema"])
def test_an_empty_exam_is_refused(cyclades: Commande, option: str) -> None:
    assert cyclades("inscrire", option, "").code == 2


@pytest.mark.parametrize("commande", [(), ("init",), ("inscrire",), ("service", "definir"), ("demo",)])
def test_every_help_page_speaks_french(cyclades: Commande, commande: tuple[str, ...]) -> None:
    aide = cyclades(*commande, "--help")
    assert aide.code == 0
    assert "Emploi" in aide.sortie
    assert "Usage:" not in aide.sortie


@pytest.mark.parametrize("commande", [("inscire",), ("init", "--plages", "1"), ("sauvegarder",), ("verifier", "x")])
def test_a_misspelt_command_line_is_refused_in_french(cyclades: Commande, commande: tuple[str, ...]) -> None:
    refusee = cyclades(*commande)
    assert refusee.code == 2
    assert "Aide : cyclades" in refusee.erreurs

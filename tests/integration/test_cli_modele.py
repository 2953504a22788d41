"""`inscrire --modele` and `--schema`: a template that can be filled in, a schema that knows every key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from outils.cli import CANDIDATURES, FAUTIVES, Commande

from cyclades_tui.champs.catalogue import Presentation, champs_du_formulaire
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.referentiel.chargement import charger
from cyclades_tui.referentiel.ressources import dossier

_CLE = re.compile(r"^(?:# )?(?:\[(?P<table>[a-z][\w.-]*)\]|(?P<cle>[\w-]+) = .+)$")
# Key of the template -> what a candidate types there.
REPONSES = {
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
HORS_DU_BCP = {"qualification.formation", "qualification.coloration"}  # what a BCP does not ask
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


def champs_saisis(*annees: int, specialite: str = "") -> set[str]:
    """Every field that a file of an open spécialité (or of this one) may have; declarations follow from tables."""
    referentiel = charger(dossier("data"))
    champs: dict[str, Champ] = {}
    for annee, groupe in product(annees, ("scolaire", "formation-continue", "individuel", "distance")):
        for diplome in referentiel.diplomes_de("BCP", annee):
            if not diplome.ferme and specialite in ("", diplome.code):
                champs |= champs_du_formulaire(referentiel, Presentation(diplome, annee, groupe))
    saisis = {i for i, c in champs.items() if c.nature is not Nature.CALCULE}
    return {i for i in saisis - HORS_DU_BCP if not i.startswith("acquis.declaration.")}


@pytest.fixture
def modele(cyclades: Commande, store_pret: Path) -> str:
    ecrit = cyclades("--store", store_pret, "inscrire", "--modele", "bcp")
    assert (ecrit.code, ecrit.erreurs) == (0, "")
    return ecrit.sortie


@pytest.fixture
def schema(cyclades: Commande, store_pret: Path) -> Any:
    ecrit = cyclades("--store", store_pret, "inscrire", "--schema", "bcp")
    assert (ecrit.code, ecrit.erreurs) == (0, "")
    return json.loads(ecrit.sortie)


def cles_du_schema(schema: Any, prefixe: str = "") -> Iterator[str]:
    """The dotted id of every key that a schema knows."""
    for cle, enfant in schema["properties"].items():
        if "properties" in enfant:
            yield from cles_du_schema(enfant, f"{prefixe}{cle}.")
        else:
            yield f"{prefixe}{cle}"


def session_de(modele: str) -> tuple[str, str]:
    """The session and the académie that a template shows."""
    service = tomllib.loads(modele)["service"]
    return service["session"], service["academie"]


def test_the_template_holds_each_field_once(modele: str) -> None:
    cles = [cle for cle in cles_du_modele(modele) if not cle.startswith(("service.", "modification."))]
    assert len(cles) == len(set(cles))
    (specialite,) = re.findall(r"\((\d{5})\)\.$", modele.splitlines()[0])
    assert set(cles) == champs_saisis(2027, specialite=specialite) != champs_saisis(2027)


def test_the_template_is_toml_with_and_without_its_optional_lines(modele: str) -> None:
    assert set(tomllib.loads(modele)) >= {"service", "identification", "candidature", "qualification"}
    decommente = "\n".join(ligne.removeprefix("# ") if _CLE.match(ligne) else ligne for ligne in modele.splitlines())
    assert set(tomllib.loads(decommente)) >= {"modification", "acquis", "epreuves"}


def remplir(modele: str) -> str:
    """The template with the answers of an individual candidate, opening commented lines as needed."""
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
    assert faite.erreurs.startswith(f"! {fichier} : candidature.categorie : ")
    assert "D337-70" in faite.erreurs  # a requirement for a candidat individuel is a warning, not a refusal
    assert faite.code == 0


def test_the_sequence_of_the_readme_works_as_written(cyclades: Commande, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    hier, bientot = (f"{date.today() + timedelta(days=jours)}T08:00" for jours in (-1, 30))  # noqa: DTZ011 - any day does
    assert cyclades(*store, "init").code == 0
    definie = ("service", "definir", "BCP", "2027", "Guyane", "--ouverture", hier, "--fermeture", bientot)
    assert cyclades(*store, *definie).code == 0
    modele = cyclades(*store, "inscrire", "--modele", "bcp").sortie
    assert session_de(modele) == ("2027", "Guyane")
    fichier = tmp_path / "candidature.toml"
    fichier.write_text(remplir(modele), encoding="utf-8")
    assert cyclades(*store, "inscrire", fichier, "--simuler").code == 0
    assert cyclades(*store, "inscrire", fichier, "--pdf", tmp_path / "recapitulatifs").code == 0
    assert cyclades(*store, "verifier").code == 0
    assert cyclades(*store, "sauvegarder", tmp_path / "cle-usb").code == 0


def test_the_template_shows_a_window_that_is_open_then_the_latest(cyclades: Commande, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    assert cyclades(*store, "init").code == 0
    assert session_de(cyclades(*store, "inscrire", "--modele", "bcp").sortie) == ("2024", "Guyane")
    for session, ouverture, fermeture, montree in (
        ("2098", "2098-01-01T08:00", "2098-02-01T08:00", "2098"),
        ("2030", "2020-01-01T08:00", "2097-01-01T08:00", "2030"),
        ("2031", "2020-01-01T08:00", "2096-01-01T08:00", "2030"),
    ):
        definie = cyclades(
            *store, "service", "definir", "BCP", session, "03", "--ouverture", ouverture, "--fermeture", fermeture
        )
        assert definie.code == 0
        assert session_de(cyclades(*store, "inscrire", "--modele", "bcp").sortie) == (montree, "Besançon")


def test_an_exam_without_a_window_has_no_template_yet(cyclades: Commande, store_pret: Path) -> None:
    parametrage = store_pret.with_name("store-parametrage")
    for nature in ("examens", "dispenses"):
        texte = (dossier("data") / nature / "bcp.toml").read_text(encoding="utf-8")
        (parametrage / nature).mkdir()
        (parametrage / nature / "essai.toml").write_text(texte.replace('"BCP"', '"ESSAI"'), encoding="utf-8")
    refusee = cyclades("--store", store_pret, "inscrire", "--modele", "essai")
    assert refusee.code == 2
    assert "cyclades service definir" in refusee.erreurs
    assert cyclades("--store", store_pret, "inscrire", "--schema", "essai").code == 0


def test_a_wrong_local_file_is_told_beside_the_template(cyclades: Commande, store_pret: Path) -> None:
    (store_pret.with_name("store-parametrage") / "services" / "autre.toml").write_text("[[reglage", encoding="utf-8")
    ecrit = cyclades("--store", store_pret, "inscrire", "--modele", "bcp")
    assert ecrit.code == 0
    assert "! paramétrage : services/autre.toml" in ecrit.erreurs


def test_the_schema_knows_the_fields_of_every_session(schema: Any) -> None:
    cles = {cle for cle in cles_du_schema(schema) if not cle.startswith(("service.", "modification."))}
    assert cles == champs_saisis(2016, 2022, 2026)
    assert "epreuves.EC1.position" in cles


def test_the_template_as_it_is_tells_what_is_missing(cyclades: Commande, modele: str, store_pret: Path) -> None:
    fichier = store_pret.with_name("vide.toml")
    fichier.write_text(modele, encoding="utf-8")
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
    assert "« xyz » n'est pas un examen. Choisissez : bcp, " in refusee.erreurs
    assert refusee.sortie == ""


@pytest.mark.parametrize("option", ["--modele", "--schema"])
def test_an_empty_exam_is_refused(cyclades: Commande, option: str) -> None:
    assert cyclades("inscrire", option, "").code == 2


@pytest.mark.parametrize("commande", [(), ("init",), ("inscrire",), ("service", "definir"), ("demo",)])
def test_every_help_page_speaks_french(cyclades: Commande, commande: tuple[str, ...]) -> None:
    aide = cyclades(*commande, "--help")
    assert aide.code == 0
    assert "Emploi" in aide.sortie
    assert not re.findall(r"Usage:|<(?:str|int|bool|path|list.*?)>|COMMAND ", aide.sortie)


@pytest.mark.parametrize("commande", [("inscire",), ("init", "--plages", "1"), ("sauvegarder",), ("verifier", "x")])
def test_a_misspelt_command_line_is_refused_in_french(cyclades: Commande, commande: tuple[str, ...]) -> None:
    refusee = cyclades(*commande)
    assert refusee.code == 2
    assert "Aide : cyclades" in refusee.erreurs


@pytest.mark.parametrize("examen", ["cap", "bp", "bts", "dnb", "cs4"])
def test_every_exam_has_a_template_of_its_own_tabs_that_its_schema_knows(
    cyclades: Commande, store_pret: Path, examen: str
) -> None:
    store = ("--store", store_pret)
    fenetre = ("--ouverture", "2026-10-15T08:00", "--fermeture", "2026-12-13T23:59")
    assert cyclades(*store, "service", "definir", examen, "2027", "Guyane", *fenetre).code == 0
    modele = tomllib.loads(cyclades(*store, "inscrire", "--modele", examen).sortie)
    schema = json.loads(cyclades(*store, "inscrire", "--schema", examen).sortie)
    Draft202012Validator(schema).validate(modele)
    onglets = {onglet.id for onglet in charger(dossier("data")).examens[examen.upper()].onglets}
    assert {"modalites", "conditions"} & set(modele) == {"modalites", "conditions"} & onglets

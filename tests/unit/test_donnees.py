"""The shipped exams, read with tomllib and csv only: what must be true independently of the code."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

RACINE = Path(__file__).parents[2]
DATA, CONCOURS = RACINE / "data", RACINE / "fixtures/parametrage"
SANS_FIN = 9999
PREFIXES = {"BCP": "400", "CAP": "500", "BP": "450", "BTS": "320", "CS4": "461"}
Table = dict[str, Any]


@cache
def lire(chemin: Path) -> Table:
    return tomllib.loads(chemin.read_text(encoding="utf-8"), parse_float=Decimal)


def fichiers(dossier: Path) -> list[Path]:
    return sorted(dossier.glob("*.toml"))


def lignes(nom: str) -> list[dict[str, str]]:
    texte = (DATA / "listes" / nom).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(ligne for ligne in texte if not ligne.startswith("#")))


EXAMENS = {lire(chemin)["code"]: lire(chemin) for d in (DATA, CONCOURS) for chemin in fichiers(d / "examens")}
DIPLOMES = {chemin.stem: lire(chemin) for d in (DATA, CONCOURS) for chemin in fichiers(d / "diplomes")}
DISPENSES = {lire(chemin)["examen"]: lire(chemin) for chemin in fichiers(DATA / "dispenses")}
MATIERES = {m["code"]: m for m in lire(DATA / "matieres.toml")["matiere"]}
OUVERTS = {nom: d for nom, d in DIPLOMES.items() if not d.get("ferme") and not EXAMENS[d["examen"]].get("ferme")}
tous = pytest.mark.parametrize("nom", DIPLOMES)
ouverts = pytest.mark.parametrize("nom", OUVERTS)


def annees(diplome: Table) -> list[int]:
    """One session for each tree that the diploma has had."""
    debut, fin = diplome["sessions"]
    bornes = {an for e in diplome["epreuve"] if "sessions" in e for an in (e["sessions"][0], e["sessions"][1] + 1)}
    return [debut, *sorted(an for an in bornes if debut < an <= fin)]


def arbre(diplome: Table, annee: int, groupe: str) -> list[Table]:
    return [
        e
        for e in diplome.get("epreuve", [])
        if e.get("sessions", [0, SANS_FIN])[0] <= annee <= e.get("sessions", [0, SANS_FIN])[1]
        and groupe in e.get("groupes", [groupe])
    ]


def arbres(diplome: Table) -> Iterator[tuple[Table, int, list[Table]]]:
    """Each tree that some category of candidate has had: category, session, épreuves."""
    for categorie in EXAMENS[diplome["examen"]]["categorie"]:
        for annee in annees(diplome):
            yield categorie, annee, arbre(diplome, annee, categorie["groupe"])


def decident(epreuves: list[Table]) -> list[Table]:
    """The épreuves with a position of their own: those with a unit, and leaves without a unit above."""
    par_code = {e["code"]: e for e in epreuves}
    parents = {e.get("parent") for e in epreuves}

    def sous_une_unite(epreuve: Table) -> bool:
        parent = par_code.get(epreuve.get("parent", ""))
        return parent is not None and ("unite" in parent or sous_une_unite(parent))

    return [e for e in epreuves if "unite" in e or (e["code"] not in parents and not sous_une_unite(e))]


def par_code(diplome: Table, annee: int, groupe: str) -> dict[str, Table]:
    return {e["code"]: e for e in arbre(diplome, annee, groupe)}


def test_the_diplomas_of_the_reference_are_there() -> None:
    assert len(DIPLOMES) == 38
    assert {d["examen"] for d in OUVERTS.values()} == {"BCP", "CAP", "BP", "BTS", "CS4", "DNB", "CONCOURS-EXEMPLE"}


def secteur_de(nsf: str) -> str:
    """The sector of a group of the national nomenclature of specialities."""
    if nsf == "221":
        return "alimentation"
    if nsf[0] == "2":
        return "production"
    return "tertiaire" if nsf == "300" or nsf[:2] in ("31", "32") else "services"


@tous
def test_a_code_is_that_of_the_national_list_and_says_the_sector(nom: str) -> None:
    diplome = DIPLOMES[nom]
    if diplome["examen"] not in PREFIXES:  # a DNB or a concours has no prefix
        assert "code_bcn" not in diplome
        return
    code = diplome["code_bcn"]
    assert (code[:3], code[3:]) == (PREFIXES[diplome["examen"]], diplome["code"])
    assert diplome["secteur"] == secteur_de(code[3:6])
    assert f"famille NSF {code[3:6]}" in diplome["source"][-1]
    assert nom.startswith(f"{diplome['examen'].lower()}-{diplome['code']}-")


def test_one_file_only_describes_a_specialite_for_a_session() -> None:
    plages: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for diplome in DIPLOMES.values():
        plages.setdefault((diplome["examen"], diplome["code"]), []).append(tuple(diplome["sessions"]))
    for sessions in plages.values():
        for (_, fin), (debut, _) in zip(sorted(sessions), sorted(sessions)[1:], strict=False):
            assert fin < debut


@tous
def test_what_is_closed_says_why_and_what_is_open_has_epreuves(nom: str) -> None:
    diplome = DIPLOMES[nom]
    raison = diplome.get("ferme", "")
    assert raison or diplome["epreuve"]
    assert not raison.endswith(".")
    assert raison[:1] == raison[:1].lower()
    assert diplome["source"]


def test_an_exam_that_is_closed_says_why() -> None:
    fermes = {code: examen["ferme"] for code, examen in EXAMENS.items() if examen.get("ferme")}
    assert sorted(fermes) == ["CAPEPS", "CAPES", "CRPE"]
    assert all("portail national" in raison for raison in fermes.values())


@ouverts
def test_whoever_sits_an_epreuve_knows_how_it_is_assessed(nom: str) -> None:
    for categorie, annee, epreuves in arbres(OUVERTS[nom]):
        assert epreuves
        for epreuve in decident(epreuves):
            enfants = [e for e in epreuves if e.get("parent") == epreuve["code"]]
            portes = enfants or [epreuve]
            assert all(categorie["voie"] in e.get("modes", {}) for e in portes), (categorie["id"], annee, epreuve)


@ouverts
def test_an_epreuve_that_is_sat_alone_tells_its_matiere(nom: str) -> None:
    if OUVERTS[nom]["examen"] == "CONCOURS-EXEMPLE":
        return
    for _, _, epreuves in arbres(OUVERTS[nom]):
        assert {e.get("matiere") for e in decident(epreuves)} <= set(MATIERES)


@tous
def test_an_epreuve_with_parts_has_no_unit_unless_its_parts_have_none(nom: str) -> None:
    for _, _, epreuves in arbres(DIPLOMES[nom]) if DIPLOMES[nom].get("epreuve") else ():
        unites = {e["code"] for e in epreuves if "unite" in e}
        assert not [e["code"] for e in epreuves if e.get("parent") in unites and "unite" in e]


@tous
def test_the_coefficients_of_the_parts_make_the_coefficient_of_the_whole(nom: str) -> None:
    for _, _, epreuves in arbres(DIPLOMES[nom]) if DIPLOMES[nom].get("epreuve") else ():
        for epreuve in epreuves:
            parties: list[Any] = [e.get("coef") for e in epreuves if e.get("parent") == epreuve["code"]]
            if parties and None not in parties and "coef" in epreuve:
                choisies = parties[: epreuve["parmi"]] if "parmi" in epreuve else parties
                assert sum(choisies) == epreuve["coef"], epreuve["code"]


@pytest.mark.parametrize(
    ("nom", "total"),
    [
        ("bcp-33403-commercialisation-services-restauration", 29),
        ("bp-33408-sommelier", 26),
        ("bp-33608-coiffure", 32),
        ("bts-23012-batiment", 28),
        ("bts-31213-management-commercial-operationnel", 21),
        ("cap-22146-cuisine", 25),
        ("cs4-25508-technicien-reseaux-electriques", 12),
    ],
)
def test_the_coefficients_make_the_total_that_the_sources_tell(nom: str, total: int) -> None:
    racines = [e for e in arbre(OUVERTS[nom], 2027, "individuel") if "parent" not in e and "serie" not in e]
    assert sum(e["coef"] for e in racines) == total


@pytest.mark.parametrize("nom", [nom for nom, d in OUVERTS.items() if d["examen"] == "BCP"])
def test_a_bac_professionnel_has_a_chef_d_oeuvre_until_2025_then_a_projet(nom: str) -> None:
    diplome = OUVERTS[nom]
    for annee, libelle in ((2024, "Chef d'oeuvre"), (2025, "Chef d'oeuvre"), (2026, "Projet"), (2027, "Projet")):
        assert par_code(diplome, annee, "scolaire")["EC1"]["libelle"] == libelle
        assert par_code(diplome, annee, "scolaire")["EC1"]["unite"] == "CO1"
        for groupe in ("individuel", "formation-continue", "distance"):
            assert "EC1" not in par_code(diplome, annee, groupe)


@pytest.mark.parametrize("nom", [nom for nom, d in OUVERTS.items() if d["examen"] == "CAP"])
def test_a_cap_has_its_general_units_and_a_chef_d_oeuvre_for_pupils_and_apprentices(nom: str) -> None:
    diplome = OUVERTS[nom]
    for annee in annees(diplome):
        scolaire, individuel = (par_code(diplome, annee, groupe) for groupe in ("scolaire", "individuel"))
        assert [(c, scolaire[c]["coef"]) for c in ("EG1", "EG2", "EG3", "EG4")] == [
            ("EG1", 3),
            ("EG2", 2),
            ("EG3", 1),
            ("EG4", 1),
        ]
        assert (scolaire["CO1"]["coef"], "CO1" in individuel) == (1, False)


@ouverts
def test_the_second_group_came_in_2022_at_the_bac_professionnel_and_the_bts(nom: str) -> None:
    diplome = OUVERTS[nom]
    for _, annee, epreuves in arbres(diplome):
        seconds = [e["code"] for e in epreuves if e.get("serie") == "second-groupe"]
        assert seconds == (["ECT"] if diplome["examen"] in ("BCP", "BTS") and annee >= 2022 else [])


@ouverts
def test_an_optional_language_differs_from_the_compulsory_one(nom: str) -> None:
    for _, _, epreuves in arbres(OUVERTS[nom]):
        langues = [e["code"] for e in epreuves if e.get("matiere") in ("lva", "langue-vivante", "langue-bts")]
        for epreuve in epreuves:
            if epreuve.get("serie") == "facultative" and epreuve.get("choix") == "langue":
                assert epreuve.get("different_de", "") == (langues[0] if langues else "")


def test_the_same_cap_changes_its_code_in_2026() -> None:
    cuisines = {
        d["code"]: d["sessions"] for d in DIPLOMES.values() if (d["examen"], d["libelle"]) == ("CAP", "Cuisine")
    }
    assert cuisines == {"22139": [2021, 2025], "22146": [2026, SANS_FIN]}


def test_one_of_two_epreuves_is_chosen_at_the_bp_coiffure() -> None:
    coiffure = par_code(OUVERTS["bp-33608-coiffure"], 2027, "individuel")
    assert (coiffure["E3"]["parmi"], coiffure["E3A"]["unite"], coiffure["E3B"]["unite"]) == (1, "U30A", "U30B")


# Exams


def test_the_tabs_of_the_guides() -> None:
    onglets = {code: [onglet["libelle"] for onglet in examen["onglets"]] for code, examen in EXAMENS.items()}
    assert onglets["CAP"] == [
        "Identification",
        "Infos candidature",
        "Qualification présentée",
        "Acquis",
        "Épreuves",
        "Récapitulatif",
        "N° Inscription",
    ]
    neuf = [
        "Modalités d'inscription",
        "Identification",
        "Informations candidature",
        "Qualification présentée",
        "Acquis",
        "Épreuves",
        "Récapitulatif",
        "Conditions d'inscription",
        "N° Inscription",
    ]
    assert onglets["BCP"] == onglets["BP"] == onglets["BTS"] == onglets["CS4"] == neuf
    assert onglets["DNB"] == onglets["CONCOURS-EXEMPLE"] == [libelle for libelle in neuf if libelle != "Acquis"]


@pytest.mark.parametrize("code", EXAMENS)
def test_a_tab_acquis_stands_where_something_can_be_declared(code: str) -> None:
    if not EXAMENS[code].get("ferme"):
        assert ("Acquis" in [o["libelle"] for o in EXAMENS[code]["onglets"]]) is (code in DISPENSES)


@pytest.mark.parametrize("code", EXAMENS)
def test_a_note_can_be_kept_where_a_former_session_can_be_declared(code: str) -> None:
    assert ("benefice" in EXAMENS[code]) is (code in DISPENSES)
    for regle in (EXAMENS[code].get("benefice"), *EXAMENS[code]["categorie"], *EXAMENS[code].get("condition", [])):
        assert regle is None or regle.get("source") or regle.get("regle")


def test_how_long_and_from_which_mark_a_note_is_kept() -> None:
    conservation = {c: (e["benefice"]["annees"], e["benefice"]["seuil"]) for c, e in EXAMENS.items() if "benefice" in e}
    dix, toutes = {"globale": "10", "progressive": "0"}, {"globale": "0", "progressive": "0"}
    assert conservation == {
        "BCP": (5, dix),
        "BP": (5, dix),
        "BTS": (5, dix),
        "CAP": (5, toutes),
        "CS4": (5, {"globale": "10", "progressive": "10"}),
    }


def test_pupils_and_apprentices_sit_the_whole_exam_in_one_session() -> None:
    for examen in EXAMENS.values():
        for categorie in examen["categorie"]:
            if categorie["groupe"] == "scolaire":
                assert categorie["formes"] == ["globale"]


def test_what_a_candidat_individuel_must_be_or_have_done() -> None:
    conditions = {
        code: [(c["id"], c["groupes"], c.get("satisfaite_si", [])) for c in examen["condition"]]
        for code, examen in EXAMENS.items()
        if "condition" in examen
    }
    assert conditions == {
        "BCP": [("experience", ["individuel"], ["deja_presente"])],
        "BP": [("experience", ["individuel"], [])],
        "BTS": [("experience", ["individuel"], ["deja_presente"])],
        "CAP": [("majeur", ["individuel"], ["majeur_au_31_decembre"])],
        "CS4": [
            ("experience", ["individuel"], ["deja_presente"]),
            ("diplome-d-acces", ["distance"], ["deja_presente"]),
        ],
    }
    assert not [c for e in EXAMENS.values() for c in e.get("condition", []) if c.get("effet", "avertir") != "avertir"]


# Dispenses


def test_every_matiere_is_about_some_unit_and_every_rule_about_some_matiere() -> None:
    portees = {e["matiere"] for d in DIPLOMES.values() for e in d.get("epreuve", []) if "matiere" in e}
    assert portees == set(MATIERES)
    for regles in DISPENSES.values():
        for regle in (*regles.get("titre", []), *regles.get("population", [])):
            assert set(regle["matieres"]) | set(regle.get("avec", [])) <= portees
            assert regle["regle"]


@pytest.mark.parametrize("code", DISPENSES)
def test_what_dispenses_touches_a_unit_of_that_exam_and_never_a_professional_one(code: str) -> None:
    de_l_examen = {e.get("matiere") for d in OUVERTS.values() if d["examen"] == code for e in d["epreuve"]}
    for regle in (*DISPENSES[code].get("titre", []), *DISPENSES[code].get("population", [])):
        assert set(regle["matieres"]) <= de_l_examen
        assert all(MATIERES[matiere].get("generale") for matiere in regle["matieres"])


def test_what_the_titles_give_at_the_cap() -> None:
    titres = {titre["id"]: titre for titre in DISPENSES["CAP"]["titre"]}
    generales = ["francais-hg-emc", "maths-physique-chimie", "eps"]
    sans_francais = titres.pop("europe-sans-francais")["matieres"]
    langue = titres.pop("avec-langue-vivante")
    assert sans_francais == generales[1:]
    assert (langue["matieres"], langue["avec"]) == (["langue-vivante"], ["langue-vivante"])
    assert all(titre["matieres"] == generales for titre in titres.values())
    (eps,) = DISPENSES["CAP"]["population"]
    assert (eps["matieres"], eps["groupes"]) == (["eps"], ["individuel", "formation-continue", "distance"])


def test_the_declarations_name_the_diploma_by_a_template() -> None:
    for regles in DISPENSES.values():
        for declaration in regles["declaration"]:
            assert ("{DIPLOME}" in declaration["libelle"]) is (declaration["id"] != "vae")


# Establishments


def test_a_candidat_individuel_of_any_academie_has_an_establishment() -> None:
    etablissements = lignes("etablissements.csv")
    for academie in lignes("academies.csv"):
        if academie["departements"]:
            for groupe in ("individuel", "formation-continue", "distance"):
                assert [
                    e
                    for e in etablissements
                    if academie["code"] in e["academies"].split() and groupe in e["groupes"].split()
                ], (academie["code"], groupe)


def test_an_uai_ends_with_its_letter_but_the_guide_s_pseudo_uai_stands() -> None:
    codes = {e["uai"] for e in lignes("etablissements.csv") if e["uai"]}
    assert codes == {"9730538X", "0250001R", "0080006N", "008000SL"}
    for code in codes - {"008000SL"}:
        assert code[-1] == "ABCDEFGHJKLMNPRSTUVWXYZ"[int(code[:-1]) % 23]


# The concours that is given as an example


def test_the_concours_of_the_example_is_what_the_guide_s_screen_shows() -> None:
    examen, diplome = EXAMENS["CONCOURS-EXEMPLE"], DIPLOMES["concours-exemple-professeur"]
    assert {"Diplôme d'ingénieur (BAC+5)"} <= set(examen["formations"])
    assert {"Histoire"} <= set(examen["colorations"])
    assert [(e["serie"], e["libelle"], e["nature"]) for e in diplome["epreuve"]] == [
        ("admissibilite", "Français", "Ecrite"),
        ("admissibilite", "Mathématiques", "Ecrite"),
        ("admission", "Mise en situation professionnelle - Géographie", "Orale"),
        ("admission", "Épreuve sur dossier", "Orale"),
        ("admission", "Entretien EPS", "Orale"),
        ("admission", "Exposé /Entretien S./Dos. Fourni", "Orale"),
    ]
    assert all("exemple" in lire(chemin)["source"] for chemin in fichiers(CONCOURS / "services"))
    assert "exemple" in examen["source"]

"""Any mix of acquis on any open diploma: the product's positions compared with the files, read with tomllib only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cyclades_tui.referentiel.chargement import Referentiel, charger
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.regles.positions import AcquisDeclares, ChoixDeclares, NoteAnterieure, TitreDeclare, Vae, placer

Table = dict[str, Any]
ANNEE = 2027


@cache
def referentiel() -> Referentiel:
    return charger(dossier("data"))


@cache
def tables(genre: str) -> tuple[Table, ...]:
    fichiers = sorted((dossier("data") / genre).glob("*.toml"))
    return tuple(tomllib.loads(fichier.read_text(encoding="utf-8"), parse_float=Decimal) for fichier in fichiers)


@cache
def ouverts() -> list[tuple[str, str, str]]:
    """Exam, code and category of everybody who may register at `ANNEE`."""
    examens = {table["code"]: table for table in tables("examens") if not table.get("ferme")}
    return [
        (diplome["examen"], diplome["code"], categorie["id"])
        for diplome in tables("diplomes")
        if not diplome.get("ferme") and diplome["sessions"][0] <= ANNEE <= diplome["sessions"][1]
        for categorie in examens.get(diplome["examen"], {"categorie": []})["categorie"]
    ]


@dataclass
class Cas:
    examen: Table
    diplome: Table
    categorie: Table
    noeuds: list[Table]
    unites: list[Table]
    titres: list[Table]
    populations: list[Table]
    forme: str
    annees: dict[str, int]  # of each title declared
    cochees: list[str]  # populations
    notes: dict[str, tuple[Decimal, int, bool]]
    vae: list[str]
    repasser: list[str]
    inscrites: list[str]
    non_inscrites: list[str]


def unites_de(noeuds: list[Table]) -> list[Table]:
    """The nodes with a unit, and leaves without a unit above."""
    retenues = []
    for noeud in noeuds:
        dessus, parent = "", noeud.get("parent", "")
        while parent:
            au_dessus = next(n for n in noeuds if n["code"] == parent)
            dessus, parent = dessus or au_dessus.get("unite", ""), au_dessus.get("parent", "")
        feuille = not any(n.get("parent") == noeud["code"] for n in noeuds)
        if noeud.get("unite") or (feuille and not dessus):
            retenues.append(noeud)
    return retenues


@st.composite
def cas(draw: st.DrawFn) -> Cas:
    nom_examen, code, nom_categorie = draw(st.sampled_from(ouverts()))
    examen = next(t for t in tables("examens") if t["code"] == nom_examen)
    categorie = next(c for c in examen["categorie"] if c["id"] == nom_categorie)
    diplome = next(
        d for d in tables("diplomes") if (d["examen"], d["code"]) == (nom_examen, code) and d["sessions"][1] >= ANNEE
    )
    noeuds = [
        noeud
        for noeud in diplome["epreuve"]
        if noeud.get("sessions", [0, 9999])[0] <= ANNEE <= noeud.get("sessions", [0, 9999])[1]
        and categorie["groupe"] in noeud.get("groupes", [categorie["groupe"]])
    ]
    unites = unites_de(noeuds)
    matieres = {unite.get("matiere") for unite in unites}
    dispenses = next((t for t in tables("dispenses") if t["examen"] == nom_examen), {})
    titres = [t for t in dispenses.get("titre", []) if matieres.issuperset(t.get("avec", []))]
    populations = [p for p in dispenses.get("population", []) if categorie["groupe"] in p["groupes"]]
    codes = [unite["code"] for unite in unites]

    def quelques(liste: list[str]) -> list[str]:
        return draw(st.lists(st.sampled_from(liste), unique=True, max_size=4)) if liste else []

    declares = quelques([titre["id"] for titre in titres])
    return Cas(
        examen,
        diplome,
        categorie,
        noeuds,
        unites,
        titres,
        populations,
        draw(st.sampled_from(["globale", "progressive"])),
        {titre: draw(st.integers(1890, ANNEE)) for titre in declares},
        quelques([population["id"] for population in populations]),
        {
            code: (Decimal(draw(st.integers(0, 80))) / 4, ANNEE - draw(st.integers(1, 7)), draw(st.booleans()))
            for code in quelques([u["code"] for u in unites if est_obligatoire(u)])
        },
        quelques([u["code"] for u in unites if est_obligatoire(u)]),
        quelques(codes),
        quelques(codes),
        quelques(codes),
    )


def est_obligatoire(noeud: Table) -> bool:
    return noeud.get("serie", "obligatoire") in ("obligatoire", "admissibilite", "admission")


def attendue(cas: Cas, unite: Table) -> str:
    """The expected position, computed again from the files."""
    code, serie = unite["code"], unite.get("serie", "obligatoire")
    if serie == "second-groupe":
        return "Inscrit"
    if serie == "facultative":
        return "Inscrit" if code in cas.inscrites else "Non Inscrit"
    return acquise(cas, unite) or a_passer(cas, unite)


def acquise(cas: Cas, unite: Table) -> str:
    code, matiere = unite["code"], unite.get("matiere")
    if code in cas.vae:
        return "Dispense"
    if code in cas.notes and "benefice" in cas.examen:
        note, session, gardee = cas.notes[code]
        seuil = Decimal(cas.examen["benefice"]["seuil"][cas.forme])
        if gardee and note >= seuil and session + cas.examen["benefice"]["annees"] >= ANNEE:
            return "Bénéfice"
    for titre in cas.titres:
        declare = titre["id"] in cas.annees and cas.annees[titre["id"]] >= titre["depuis"]
        if declare and matiere in titre["matieres"] and code not in cas.repasser:
            return "Dispense"
    demandees = [matiere for p in cas.populations if p["id"] in cas.cochees for matiere in p["matieres"]]
    return "Dispense" if matiere in demandees else ""


def a_passer(cas: Cas, unite: Table) -> str:
    parent: Table = next((noeud for noeud in cas.noeuds if noeud["code"] == unite.get("parent")), {})
    if parent.get("parmi"):
        return "Inscrit" if unite["code"] in cas.inscrites else "Non Inscrit"
    return "Non Inscrit" if cas.forme == "progressive" and unite["code"] in cas.non_inscrites else "Inscrit"


def placees(cas: Cas) -> dict[str, tuple[str, str]]:
    titres = {titre.id: titre for titre in referentiel().dispenses_de(cas.examen["code"]).titre}
    populations = referentiel().dispenses_de(cas.examen["code"]).population
    acquis = AcquisDeclares(
        tuple(TitreDeclare(titres[titre], annee, "Rennes") for titre, annee in cas.annees.items()),
        tuple(NoteAnterieure(code, note, session, gardee) for code, (note, session, gardee) in cas.notes.items()),
        Vae(2020, "Rennes", frozenset(cas.vae)) if cas.vae else None,
        tuple(p for p in populations if p.id in cas.cochees),
        frozenset(cas.repasser),
    )
    examen = referentiel().examens[cas.examen["code"]]
    diplome = referentiel().diplome(examen.code, cas.diplome["code"], ANNEE)
    lues = placer(
        diplome.arbre(ANNEE, cas.categorie["groupe"]),
        voie=cas.categorie["voie"],
        forme="progressive" if cas.forme == "progressive" else "globale",
        annee=ANNEE,
        benefice=examen.benefice,
        acquis=acquis,
        choix=ChoixDeclares(frozenset(cas.non_inscrites), frozenset(cas.inscrites)),
    )
    assert all(placee.raison.texte for placee in lues)
    return {placee.epreuve.code: (placee.position.value, placee.mode) for placee in lues}


def test_every_exam_that_is_open_has_someone_to_judge() -> None:
    assert {examen for examen, _, _ in ouverts()} == {"BCP", "CAP", "BP", "BTS", "CS4", "DNB"}


@settings(max_examples=400)
@given(cas())
def test_positions_follow_the_files_whatever_is_declared(cas: Cas) -> None:
    trouvees = placees(cas)
    assert set(trouvees) == {noeud["code"] for noeud in cas.noeuds}
    par_unite = {unite["code"]: attendue(cas, unite) for unite in cas.unites}
    assert {code: trouvees[code][0] for code in par_unite} == par_unite
    for noeud in cas.noeuds:
        position, mode = trouvees[noeud["code"]]
        lu = noeud.get("modes", {}).get(cas.categorie["voie"], "")
        if position == "Inscrit" and lu:
            assert mode == {"CCF": "Contrôle en cours de formation", "Ponctuel": "Ponctuel"}[lu]
        else:
            assert mode == (noeud.get("nature", "") if position == "Inscrit" else "")
        enfants = [trouvees[n["code"]][0] for n in cas.noeuds if n.get("parent") == noeud["code"]]
        if enfants and not noeud.get("unite") and "Inscrit" not in enfants:
            assert position == (enfants[0] if len(set(enfants)) == 1 else "Non Inscrit")
        elif enfants and not noeud.get("unite"):
            assert position == "Inscrit"
        elif noeud["code"] not in par_unite:
            assert position == trouvees[noeud["parent"]][0]

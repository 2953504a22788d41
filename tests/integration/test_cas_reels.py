"""What people met in real life, as small fictive files: each has its right outcome, kept, asked about or refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from outils.cli import Commande

CAS = Path(__file__).parents[1] / "cas-reels" / "candidatures"
ID = "identification"


@dataclass(frozen=True)
class Issue:
    """The fields as printed, and the code of what is said of a field; `refuse` is a part of why nothing is saved."""

    imprime: dict[str, str] = field(default_factory=dict)
    dit: dict[str, str] = field(default_factory=dict)
    refuse: str = ""


ISSUES = {
    "01-bom": Issue({f"{ID}.nom": "BOMUN"}),
    "06-paris13": Issue({f"{ID}.naissance.commune": "PARIS 13E ARRONDISSEMENT - 075"}),
    "12-cp-autre-dpt": Issue({f"{ID}.adresse.localite": "LAJOUX"}),
    "13-date-inconnue": Issue(refuse="Le jour et le mois manquent. Reprenez la date de la pièce d'identité"),
    "16-virgules": Issue({f"{ID}.prenoms": "Jean Marie Paul"}),
    "18-wallis": Issue(refuse="l'adresse ne dit pas de quel territoire il est. Tapez-le avec son indicatif : +687"),
    "19-insecable": Issue({f"{ID}.nom": "LE GOFF", f"{ID}.prenoms": "Jean Marie"}),
    "30-bacpro-2012": Issue(refuse="Demandez au service des examens si le vôtre dispense."),
    "34-autre-spe-note-8-progressive": Issue(
        dit={"acquis.autre_specialite.notes.E5-A.conserver": "doute.note"},
    ),
}
# What the person of BCP as an individual is told besides, whatever the case.
TOUJOURS = "exigence.experience"


def test_each_shipped_case_has_its_outcome() -> None:
    assert {chemin.stem for chemin in CAS.glob("*.toml")} == set(ISSUES)


@pytest.mark.parametrize("cas", ISSUES)
def test_a_candidature_has_its_right_outcome(cyclades: Commande, store_pret: Path, cas: str) -> None:
    attendue = ISSUES[cas]
    faite = cyclades("--store", store_pret, "inscrire", "--json", CAS / f"{cas}.toml")
    (lue,) = json.loads(faite.sortie)
    if attendue.refuse:
        (faute,) = lue["fautes"]
        assert (faite.code, lue["etat"]) == (2, "refusee")
        assert attendue.refuse in f"{faute['message']} {faute['remede']}"
        return
    assert faite.code == 0, faite.tout
    champs = {champ["id"]: champ for champ in lue["contenu"]["champs"]}
    assert {champ: champs[champ]["document"] for champ in attendue.imprime} == attendue.imprime
    dites = {a["champ"]: a["code"] for a in lue["avertissements"] if a["code"] != TOUJOURS}
    assert dites == attendue.dit


@pytest.mark.parametrize(("codage", "fin"), [("utf-16", "\r\n"), ("utf-8", "\r"), ("utf-8-sig", "\r\n")])
def test_a_candidature_is_read_as_a_notepad_wrote_it(
    cyclades: Commande, store_pret: Path, tmp_path: Path, codage: str, fin: str
) -> None:
    texte = (CAS / "01-bom.toml").read_text(encoding="utf-8-sig")
    fichier = tmp_path / "a.toml"
    fichier.write_bytes(texte.replace("\n", fin).encode(codage))
    faite = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert faite.code == 0, faite.tout


def test_the_number_of_wallis_follows_an_address_there(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    texte = (CAS / "18-wallis.toml").read_text(encoding="utf-8")
    fichier = tmp_path / "wallis.toml"
    fichier.write_text(texte.replace('"39100"', '"98600"').replace('localite = "DOLE"', 'localite = "UVEA"'), "utf-8")
    faite = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    (lue,) = json.loads(faite.sortie)
    champs = {champ["id"]: champ["document"] for champ in lue["contenu"]["champs"]}
    assert champs[f"{ID}.telephone_mobile"] == "+681 72 12 34"


def test_each_line_of_a_spreadsheet_is_read_or_told(cyclades: Commande, store_pret: Path) -> None:
    """Its numbers are nobody's here: what is read is looked for, and what the spreadsheet lost is told."""
    lue = cyclades("--store", store_pret, "justificatif", "recevoir", "--fichier", CAS / "excel.csv", "--json")
    lignes = [json.loads(ligne) for ligne in lue.sortie.splitlines()]
    assert [(ligne["texte"], ligne["phrase"].split(".")[0]) for ligne in lignes] == [
        ("02699000001;001", _absent("02699000001")),
        ("2699000001;1", _absent("02699000001")),
        ('"02699000004";"001"', _absent("02699000004")),
        ("2,699E+09;1", "Un tableur a arrondi ce numéro (2,699E+09)"),
        ("02699000005 001", _absent("02699000005")),
        ("02699000006;001;LAMY Paul", _absent("02699000006")),
    ]


def _absent(numero: str) -> str:
    return f"Il n'y a pas de candidat {numero} dans ce store"

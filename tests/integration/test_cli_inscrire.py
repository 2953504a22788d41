"""`inscrire` on good files: saved, shown, copied, simulated and modified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from outils.cli import CANDIDATURES, FAUTIVES, JEANNE, LAMY, Commande, ecrire_toml, tete


def test_every_shipped_candidature_is_registered_with_its_document(cyclades: Commande, store_pret: Path) -> None:
    pdf = store_pret.with_name("pdf")
    faite = cyclades("--store", store_pret, "inscrire", "--json", "--pdf", pdf, *CANDIDATURES)
    assert faite.code == 0
    lues = json.loads(faite.sortie)
    assert [lue["fichier"] for lue in lues] == [str(chemin) for chemin in CANDIDATURES]
    assert {lue["etat"] for lue in lues} == {"enregistree"}
    assert len({lue["numero_candidat"] for lue in lues}) == len(CANDIDATURES)
    assert {(lue["numero_inscription"], lue["version"], lue["formation"]) for lue in lues} == {("001", 1, True)}
    assert all(Path(lue["pdf"]).read_bytes().startswith(b"%PDF-") for lue in lues)
    assert all(lue["contenu"]["entete"]["numero_candidat"] == lue["numero_candidat"] for lue in lues)
    assert cyclades("--store", store_pret, "verifier").code == 0


def test_an_expired_note_is_told_and_the_other_is_kept(cyclades: Commande, store_pret: Path) -> None:
    fichier = next(chemin for chemin in CANDIDATURES if chemin.stem == "session-anterieure")
    faite = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    (lue,) = json.loads(faite.sortie)
    assert [a["champ"] for a in lue["avertissements"]] == ["acquis.meme_specialite.notes.E3-E.conserver"]
    assert lue["epreuves_a_passer"] == 13
    seule = cyclades("--store", store_pret, "inscrire", "--simuler", FAUTIVES / "pas-du-toml.toml")
    assert "acquis" not in seule.erreurs


def test_good_files_are_saved_beside_bad_ones(cyclades: Commande, store_pret: Path) -> None:
    mauvais = FAUTIVES / "date-impossible.toml"
    melange = cyclades("--store", store_pret, "inscrire", JEANNE, mauvais, LAMY)
    assert melange.code == 2
    assert "02699000000 FORMATION" in melange.sortie
    assert "02699000001 FORMATION" in melange.sortie
    assert "02699000002" not in melange.sortie
    assert f"× {mauvais} : 1 rubrique à corriger, rien n'est enregistré." in melange.erreurs
    corrige = ecrire_toml(store_pret.with_name("corrige.toml"), mauvais, ("31/02/2001", "28/02/2001"))
    assert "02699000002 FORMATION" in cyclades("--store", store_pret, "inscrire", corrige).sortie


def test_an_address_of_somebody_else_is_refused(cyclades: Commande, store_pret: Path) -> None:
    cyclades("--store", store_pret, "inscrire", LAMY)
    meme_adresse = ecrire_toml(
        store_pret.with_name("b.toml"), JEANNE, ("1948418953@example.org", "Paul.LAMY@example.org")
    )
    refusee = cyclades("--store", store_pret, "inscrire", meme_adresse)
    assert refusee.code == 2
    assert "identification.email : Cette adresse mail existe déjà" in refusee.erreurs


def test_a_simulation_goes_the_whole_way_and_writes_nothing(cyclades: Commande, store_pret: Path) -> None:
    avant, coffre = tete(store_pret), sorted((store_pret / "coffre").rglob("*"))
    pdf = store_pret.with_name("pdf")
    simulee = cyclades("--store", store_pret, "inscrire", "--simuler", "--pdf", pdf, LAMY)
    assert simulee.code == 0
    assert "Simulation : rien n'est enregistré" in simulee.sortie
    assert tete(store_pret) == avant
    assert sorted((store_pret / "coffre").rglob("*")) == coffre
    assert not pdf.exists()
    assert "02699000000" in cyclades("--store", store_pret, "inscrire", LAMY).sortie


def test_a_simulation_in_json_says_that_it_is_one(cyclades: Commande, store_pret: Path) -> None:
    simulee = cyclades("--store", store_pret, "inscrire", "--simuler", "--json", LAMY)
    assert [lue["etat"] for lue in json.loads(simulee.sortie)] == ["simulee"]


def test_the_text_twin_goes_to_the_screen_or_beside_the_pdf(cyclades: Commande, store_pret: Path) -> None:
    a_l_ecran = cyclades("--store", store_pret, "inscrire", "--texte", LAMY)
    assert "Né(e) le : 01/01/2002" in a_l_ecran.sortie
    pdf = store_pret.with_name("pdf")
    faite = cyclades("--store", store_pret, "inscrire", "--texte", "--pdf", pdf, JEANNE)
    assert "Né(e) le" not in faite.sortie
    assert [chemin.name for chemin in sorted(pdf.iterdir())] == ["02699000001-001-v1.pdf", "02699000001-001-v1.txt"]
    assert "A : BUGARACH - 011" in (pdf / "02699000001-001-v1.txt").read_text(encoding="utf-8")


def test_a_folder_of_documents_that_cannot_be_made_stops_before_anything_is_saved(
    cyclades: Commande, store_pret: Path
) -> None:
    store_pret.with_name("fichier").touch()
    avant = tete(store_pret)
    refusee = cyclades("--store", store_pret, "inscrire", LAMY, "--pdf", store_pret.with_name("fichier") / "dessous")
    assert refusee.code == 1
    assert "ne peut pas être écrit" in refusee.erreurs
    assert "--pdf" in refusee.erreurs
    assert tete(store_pret) == avant


def test_what_was_saved_is_told_though_a_document_cannot_be_copied(cyclades: Commande, store_pret: Path) -> None:
    pdf = store_pret.with_name("pdf")
    (pdf / "02699000001-001-v1.pdf").mkdir(parents=True)
    arretee = cyclades("--store", store_pret, "inscrire", "--pdf", pdf, JEANNE, LAMY)
    assert arretee.code == 1
    assert "02699000000 FORMATION" in arretee.sortie
    assert "02699000001 FORMATION" in arretee.sortie
    assert "ne peut pas être écrit" in arretee.erreurs
    assert not list(pdf.glob("*.tmp"))


def modification(store_pret: Path, version: int, voie: str) -> Path:
    entete = f"[modification]\ninscription = 1\nversion = {version}\n\n[modalites]"
    voie_avant = '"8 avenue des Roches"'
    return ecrire_toml(
        store_pret.with_name(f"modification-{version}-{len(voie)}.toml"),
        LAMY,
        ("[modalites]", entete),
        (voie_avant, f'"{voie}"'),
    )


def test_a_modification_makes_the_next_version(cyclades: Commande, store_pret: Path) -> None:
    pdf = store_pret.with_name("pdf")
    cyclades("--store", store_pret, "inscrire", "--pdf", pdf, LAMY)
    modifiee = cyclades(
        "--store", store_pret, "inscrire", "--json", "--pdf", pdf, modification(store_pret, 1, "9 rue Neuve")
    )
    (lue,) = json.loads(modifiee.sortie)
    assert (lue["numero_candidat"], lue["numero_inscription"], lue["version"]) == ("02699000000", "001", 2)
    assert [chemin.name for chemin in sorted(pdf.iterdir())] == ["02699000000-001-v1.pdf", "02699000000-001-v2.pdf"]


def test_a_modification_of_an_older_version_is_refused_with_the_differences(
    cyclades: Commande, store_pret: Path
) -> None:
    cyclades("--store", store_pret, "inscrire", LAMY)
    cyclades("--store", store_pret, "inscrire", modification(store_pret, 1, "9 rue Neuve"))
    avant = tete(store_pret)
    perimee = modification(store_pret, 1, "10 rue Vieille")
    refusee = cyclades("--store", store_pret, "inscrire", perimee)
    assert refusee.code == 2
    assert "La version 1 n'est plus la dernière" in refusee.erreurs
    assert "« 8 avenue des Roches » est devenu « 9 rue Neuve »" in refusee.erreurs
    (lue,) = json.loads(cyclades("--store", store_pret, "inscrire", "--json", perimee).sortie)
    assert [(d["avant"], d["apres"]) for d in lue["differences"]] == [("8 avenue des Roches", "9 rue Neuve")]
    assert tete(store_pret) == avant


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("inscription = 9\nversion = 1", "modification.absente"),
        ('inscription = "un"\nversion = 1', "fichier.nombre"),
        ("inscription = 1", "fichier.cle"),
        ("inscription = 1\nversion = 1\nmotif = 2", "fichier.cle"),
        ("inscription = 1\nversion = 7", "modification.version"),
    ],
)
def test_a_modification_of_what_does_not_exist_is_refused(
    cyclades: Commande, store_pret: Path, table: str, code: str
) -> None:
    cyclades("--store", store_pret, "inscrire", LAMY)
    fichier = ecrire_toml(
        store_pret.with_name("m.toml"), LAMY, ("[modalites]", f"[modification]\n{table}\n\n[modalites]")
    )
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert refusee.code == 2
    assert [faute["code"] for faute in json.loads(refusee.sortie)[0]["fautes"]] == [code]


def test_without_a_file_the_command_says_how_to_get_one(cyclades: Commande, store_pret: Path) -> None:
    refusee = cyclades("--store", store_pret, "inscrire")
    assert refusee.code == 2
    assert "--modele bcp" in refusee.erreurs


def test_a_table_in_a_pipe_is_never_folded(cyclades: Commande, store_pret: Path) -> None:
    pdf = store_pret.with_name("un-dossier-au-nom-long" * 8)
    faite = cyclades("--store", store_pret, "inscrire", "--pdf", pdf, LAMY)
    assert str(pdf / "02699000000-001-v1.pdf") in faite.sortie

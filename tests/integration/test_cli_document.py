"""`cyclades document`: documents listed and exported, papers verified."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from outils.cli import CANDIDATURES, JEANNE, Commande, Execution

from cyclades_tui.store.ouverture import ouvrir_store

NUMEROS = ("02699000000", "001")


def test_the_same_bytes_come_out_again(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    cyclades("--store", store_pret, "inscrire", CANDIDATURES[0], "--pdf", tmp_path / "a")
    sortie: Execution = cyclades(
        "--store", store_pret, "document", "ouvrir", "02699000000", "001", "--pdf", tmp_path / "b"
    )
    assert sortie.code == 0
    (premier,), (second,) = (list((tmp_path / dossier).iterdir()) for dossier in "ab")
    assert premier.read_bytes() == second.read_bytes()
    texte = cyclades("--store", store_pret, "document", "ouvrir", "02699000000", "1").sortie
    assert "02699000000" in texte


def test_what_is_not_there_is_said(cyclades: Commande, store_pret: Path) -> None:
    for numeros in (("02699000000", "001"), ("x", "1"), ("02699000000", "un")):
        refusee = cyclades("--store", store_pret, "document", "ouvrir", *numeros)
        assert refusee.code == 2
        assert refusee.erreurs.startswith(("candidat : ", "inscription : "))


def test_the_next_batch_renders_what_a_crash_left(cyclades: Commande, store_pret: Path) -> None:
    cyclades("--store", store_pret, "inscrire", CANDIDATURES[0])
    store = ouvrir_store(store_pret)
    with store.ecrire() as unite:
        connexion = unite.session.connection()
        connexion.exec_driver_sql("DROP TRIGGER document_fige_update")
        connexion.exec_driver_sql("UPDATE document SET sha256 = NULL")
    cyclades("--store", store_pret, "inscrire", CANDIDATURES[1])
    with store.lire() as unite:
        vides_de_la_premiere = (
            "SELECT count(*) FROM document WHERE sha256 IS NULL AND candidature_id = 1 AND nature = 'recapitulatif'"
        )
        vides = unite.session.connection().exec_driver_sql(vides_de_la_premiere)
        assert vides.scalar_one() == 0
    store.fermer()


def une_candidature(cyclades: Commande, store: Path, tmp_path: Path) -> Path:
    """Register one person, then another address; the PDF of version 1."""
    cyclades("--store", store, "inscrire", JEANNE, "--pdf", tmp_path / "pdf")
    (papier,) = (tmp_path / "pdf").iterdir()
    accords = ("modalites.accord=oui", "conditions.accord=oui", "identification.adresse.voie=12 rue Neuve")
    modifie = cyclades("--store", store, "candidature", "modifier", *NUMEROS, *accords)
    assert modifie.code == 0, modifie.tout
    return papier


def test_the_documents_of_a_candidature_are_listed(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    une_candidature(cyclades, store_pret, tmp_path)
    texte = cyclades("--store", store_pret, "document", "lister", *NUMEROS)
    assert texte.code == 0
    assert texte.sortie.startswith("3  Récapitulatif de votre candidature [PDF] : Version n°2 mis à jour le ")
    publie, pieces = json.loads(cyclades("--store", store_pret, "document", "lister", *NUMEROS, "--json").sortie)
    assert (publie["id"], publie["nature"], publie["version"]) == (3, "recapitulatif", 2)
    assert (pieces["libelle"], pieces["version"]) == ("Demande pièces justificatives", 2)
    assert datetime.fromisoformat(publie["maj_le"]).tzinfo is not None
    toutes = json.loads(cyclades("--store", store_pret, "document", "lister", *NUMEROS, "--toutes", "--json").sortie)
    assert [p["version"] for p in toutes if p["nature"] == "recapitulatif"] == [1, 2]
    assert cyclades("--store", store_pret, "document", "lister", "02699000000", "002").code == 2


def test_a_document_of_any_version_is_opened_by_its_number(
    cyclades: Commande, store_pret: Path, tmp_path: Path
) -> None:
    papier = une_candidature(cyclades, store_pret, tmp_path)
    ouvrir = ("--store", store_pret, "document", "ouvrir", *NUMEROS)
    ouvert = json.loads(cyclades(*ouvrir, "--document", 1, "--json", "--pdf", tmp_path / "copie").sortie)
    assert Path(ouvert["pdf"]).read_bytes() == papier.read_bytes()
    assert ouvert["nom"] == papier.name == "02699000000-001-v1.pdf"
    assert ouvert["sha256"] == hashlib.sha256(papier.read_bytes()).hexdigest()
    assert ouvert["taille"] == papier.stat().st_size
    assert "12 rue Neuve" not in ouvert["texte"]
    dernier = json.loads(cyclades(*ouvrir, "--json").sortie)
    assert (dernier["document"], dernier["pdf"]) == (3, None)
    assert "12 rue Neuve" in dernier["texte"]


def test_a_document_of_another_candidature_is_refused(cyclades: Commande, store_pret: Path) -> None:
    cyclades("--store", store_pret, "inscrire", CANDIDATURES[0], CANDIDATURES[1])
    for document in (3, 99, -1):
        refusee = cyclades("--store", store_pret, "document", "ouvrir", *NUMEROS, "--document", document)
        assert refusee.code == 2
        assert refusee.erreurs.startswith("document : L'inscription 001 n'a pas de document")


def test_a_paper_is_verified_by_file_or_by_reference(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    papier = une_candidature(cyclades, store_pret, tmp_path)
    verifier = ("--store", store_pret, "document", "verifier")
    original = cyclades(*verifier, papier)
    assert original.code == 0
    assert original.sortie.startswith("√ Ce fichier est, octet pour octet,")
    assert "La version 2 du " in original.sortie
    verdict = json.loads(cyclades(*verifier, papier, "--json").sortie)
    assert (verdict["preuve"], verdict["reconnu"]["version"]) == ("octets", 1)
    debut = verdict["reconnu"]["texte"].index("CYCLADES:")
    reference = verdict["reconnu"]["texte"][debut:].split("\n\n", 1)[0]
    typee = cyclades(*verifier, "--reference", reference)
    assert typee.code == 0
    assert typee.sortie.endswith(f"\n\n{verdict['reconnu']['texte']}")


def test_what_is_not_the_stores_own_ends_with_1(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    papier = une_candidature(cyclades, store_pret, tmp_path)
    ailleurs = tmp_path / "ailleurs"
    cyclades("--store", ailleurs, "init")
    for option in ([], ["--json"]):
        refusee = cyclades("--store", ailleurs, "document", "verifier", papier, *option)
        assert (refusee.code, refusee.erreurs) == (1, "")
    assert refusee.sortie.startswith("{")
    assert json.loads(refusee.sortie)["reconnu"] is None


def test_an_altered_pdf_ends_with_1(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    papier = une_candidature(cyclades, store_pret, tmp_path)
    papier.write_bytes(papier.read_bytes() + b"\n% x\n")
    refusee = cyclades("--store", store_pret, "document", "verifier", papier)
    assert (refusee.code, refusee.erreurs) == (1, "")
    assert refusee.sortie.startswith("× Ce PDF n'est pas celui que ce store a rendu : ses octets sont autres")


def test_what_cannot_be_verified_ends_with_2(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    vide = tmp_path / "vide.pdf"
    vide.touch()
    for arguments, debut in (
        ((), "fichier : Donnez un fichier, ou une référence"),
        ((vide, "--reference", "x"), "fichier : Donnez un fichier, ou une référence"),
        ((vide,), "fichier : Le fichier est vide."),
        ((tmp_path,), "fichier : Ce n'est pas un fichier ordinaire."),
        ((tmp_path / "absent",), "fichier : Le fichier est illisible : fichier ou dossier absent."),
        (("--reference", "x"), "reference : « x » n'est pas la référence d'un document."),
    ):
        refusee = cyclades("--store", store_pret, "document", "verifier", *arguments)
        assert (refusee.code, refusee.sortie) == (2, "")
        assert refusee.erreurs.startswith(debut)

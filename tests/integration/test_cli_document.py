"""`cyclades document ouvrir`: a récapitulatif comes out of the store again, also one that a crash left unrendered."""

from __future__ import annotations

from pathlib import Path

from cli_outils import CANDIDATURES, Commande, Execution

from cyclades_tui.store.base import Store


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
    store = Store.ouvrir(store_pret)
    with store.ecrire() as unite:
        connexion = unite.session.connection()
        connexion.exec_driver_sql("DROP TRIGGER document_fige_update")
        connexion.exec_driver_sql("UPDATE document SET sha256 = NULL")
    cyclades("--store", store_pret, "inscrire", CANDIDATURES[1])
    with store.lire() as unite:
        vides = unite.session.connection().exec_driver_sql("SELECT count(*) FROM document WHERE sha256 IS NULL")
        assert vides.scalar_one() == 0
    store.fermer()

"""`init`, `verifier`, `sauvegarder` and `service definir`: what they do, refuse and say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from outils.cli import LAMY, Commande, ecrire_toml, tete

FENETRE = ("--ouverture", "2026-10-15T08:00", "--fermeture", "2026-12-13T23:59")


def test_init_makes_a_training_store_and_says_so(cyclades: Commande, tmp_path: Path) -> None:
    faite = cyclades("--store", tmp_path / "store", "init")
    assert faite.code == 0
    assert "√ Store créé" in faite.sortie
    assert "FORMATION" in faite.sortie


def test_init_twice_is_refused_and_changes_nothing(cyclades: Commande, store_pret: Path) -> None:
    avant = tete(store_pret)
    refusee = cyclades("--store", store_pret, "init")
    assert refusee.code == 2
    assert "Un store existe déjà" in refusee.erreurs
    assert "--plage" in refusee.erreurs
    assert tete(store_pret) == avant


def test_init_leaves_a_folder_that_holds_something_else(cyclades: Commande, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    refusee = cyclades("--store", tmp_path, "init")
    assert refusee.code == 1
    assert "n'est pas un dossier vide" in refusee.erreurs
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["photo.jpg"]


def test_a_range_gives_official_numbers_one_after_the_other(cyclades: Commande, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert cyclades("--store", store, "init", "--plage", "48418953-48418953").code == 0
    ajoutee = cyclades("--store", store, "init", "--plage", "60000000-60000009")
    assert ajoutee.code == 0
    assert "Plage 60000000-60000009 ajoutée" in ajoutee.sortie


@pytest.mark.parametrize(
    ("plage", "mot"),
    [
        ("48418953", "DEBUT-FIN"),
        ("abc-def", "DEBUT-FIN"),
        ("1-2", "huit chiffres"),
        ("02648418953-02648499999", "onze chiffres"),
        ("48499999-48418953", "48418953"),
        ("", "DEBUT-FIN"),
    ],
)
def test_a_range_of_another_form_is_refused_and_makes_no_store(
    cyclades: Commande, tmp_path: Path, plage: str, mot: str
) -> None:
    refusee = cyclades("--store", tmp_path / "store", "init", "--plage", plage)
    assert refusee.code == 2
    assert mot in refusee.erreurs
    assert not (tmp_path / "store").exists()


def test_ranges_that_overlap_are_refused(cyclades: Commande, tmp_path: Path) -> None:
    store = tmp_path / "store"
    cyclades("--store", store, "init", "--plage", "10000000-10000099")
    avant = tete(store)
    assert cyclades("--store", store, "init", "--plage", "10000050-10000199").code == 2
    assert tete(store) == avant


def test_a_store_that_gave_training_numbers_takes_no_official_range(cyclades: Commande, store_pret: Path) -> None:
    assert cyclades("--store", store_pret, "inscrire", LAMY).code == 0
    refusee = cyclades("--store", store_pret, "init", "--plage", "10000000-10000099")
    assert refusee.code == 2
    assert "numéros de formation" in refusee.erreurs


@pytest.mark.parametrize("commande", [("verifier",), ("sauvegarder", "ailleurs"), ("inscrire", LAMY)])
def test_without_a_store_each_command_says_what_to_do(
    cyclades: Commande, tmp_path: Path, commande: tuple[object, ...]
) -> None:
    refusee = cyclades("--store", tmp_path / "absent", *commande)
    assert refusee.code == 1
    assert "Il n'y a pas de store" in refusee.erreurs
    assert "cyclades init" in refusee.erreurs
    assert not (tmp_path / "absent").exists()


def test_a_sound_store_is_said_so_with_the_journal_s_head(cyclades: Commande, store_pret: Path) -> None:
    seq, hachage = tete(store_pret)
    saine = cyclades("--store", store_pret, "verifier")
    assert saine.code == 0
    assert f"Tête du journal : {seq}:{hachage}" in saine.sortie
    assert cyclades("--store", store_pret, "verifier", "--tete", f"{seq}:{hachage}").code == 0


@pytest.mark.parametrize(("tete_notee", "code"), [("99:" + "a" * 64, 1), ("n'importe quoi", 2)])
def test_a_head_that_does_not_fit_is_a_fault_and_an_unreadable_one_a_refusal(
    cyclades: Commande, store_pret: Path, tete_notee: str, code: int
) -> None:
    assert cyclades("--store", store_pret, "verifier", "--tete", tete_notee).code == code


def test_a_document_that_was_changed_is_found(cyclades: Commande, store_pret: Path) -> None:
    cyclades("--store", store_pret, "inscrire", LAMY)
    document = next(chemin for chemin in (store_pret / "coffre").rglob("*") if chemin.is_file())
    document.chmod(0o600)
    document.write_bytes(b"autre chose")
    fautive = cyclades("--store", store_pret, "verifier")
    assert fautive.code == 1
    assert "× 1 faute.\n" in fautive.sortie
    document.unlink()
    (store_pret / "coffre").rename(store_pret / "coffre-range")
    sans_dossier = cyclades("--store", store_pret, "verifier")
    assert sans_dossier.code == 1
    assert "remettez-le à sa place" in sans_dossier.sortie


def test_a_backup_is_a_store_that_works(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    cyclades("--store", store_pret, "inscrire", LAMY)
    faite = cyclades("--store", store_pret, "sauvegarder", tmp_path / "sauvegardes")
    assert faite.code == 0
    (copie,) = (tmp_path / "sauvegardes").iterdir()
    assert str(copie) in faite.sortie
    assert cyclades("--store", copie, "verifier").code == 0


def test_a_backup_under_a_file_is_refused(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    refusee = cyclades("--store", store_pret, "sauvegarder", tmp_path / "fichier" / "dessous")
    assert refusee.code == 1
    assert "référence" not in refusee.erreurs


def test_a_window_is_written_with_its_trace_and_the_last_word_wins(cyclades: Commande, store_pret: Path) -> None:
    seq, _ = tete(store_pret)
    for academie in ("guyane", "33"):
        definie = cyclades("--store", store_pret, "service", "definir", "bcp", "2028", academie, *FENETRE)
        assert definie.code == 0
        assert "du 15/10/2026 à 08:00 au 13/12/2026 à 23:59 (heure de Paris)" in definie.sortie
    texte = store_pret.with_name("store-parametrage").joinpath("services", "definis.toml").read_text(encoding="utf-8")
    assert [bloc["academie"] for bloc in tomllib.loads(texte)["reglage"] if bloc["session"] == "2028"] == ["33"]
    assert tete(store_pret)[0] == seq + 2


@pytest.mark.parametrize(
    ("service", "fenetre", "champ"),
    [
        (("XYZ", "2028", "Guyane"), FENETRE, "examen"),
        (("BCP", "demain", "Guyane"), FENETRE, "session"),
        (("BCP", "2028", "Atlantide"), FENETRE, "academie"),
        (
            ("BCP", "2028", "Guyane"),
            ("--ouverture", "31/02/2026 08:00", "--fermeture", "2026-12-13T23:59"),
            "ouverture",
        ),
        (("BCP", "2028", "Guyane"), ("--ouverture", "2026-10-15T08:00", "--fermeture", "bientôt"), "fermeture"),
        (
            ("BCP", "2028", "Guyane"),
            ("--ouverture", "2026-10-15T08:00", "--fermeture", "2026-10-15T08:00"),
            "fermeture",
        ),
    ],
)
def test_a_wrong_window_is_refused_and_writes_nothing(
    cyclades: Commande, store_pret: Path, service: tuple[str, ...], fenetre: tuple[str, ...], champ: str
) -> None:
    avant = tete(store_pret)
    refusee = cyclades("--store", store_pret, "service", "definir", *service, *fenetre)
    assert refusee.code == 2
    assert refusee.erreurs.startswith(f"{champ} : ")
    assert tete(store_pret) == avant


def test_a_window_for_an_unwritable_folder_leaves_no_trace(
    cyclades: Commande, store_pret: Path, tmp_path: Path
) -> None:
    (tmp_path / "fichier").touch()
    avant = tete(store_pret)
    parametrage = tmp_path / "fichier" / "parametrage"
    refusee = cyclades(
        "--store", store_pret, "--parametrage", parametrage, "service", "definir", "BCP", "2028", "Guyane", *FENETRE
    )
    assert refusee.code == 1
    assert str(parametrage) in refusee.erreurs
    assert tete(store_pret) == avant


def test_outside_its_window_a_candidature_is_refused(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    ancienne = ecrire_toml(tmp_path / "ancienne.toml", LAMY, ('session = "2027"', 'session = "2024"'))
    refusee = cyclades("--store", store_pret, "inscrire", ancienne)
    assert refusee.code == 2
    assert "Les inscriptions sont fermées depuis le 13/12/2023 à 23:59 (heure de Paris)" in refusee.erreurs


def test_a_wrong_local_file_is_told_and_stops_nothing(cyclades: Commande, store_pret: Path) -> None:
    (store_pret.with_name("store-parametrage") / "services" / "autre.toml").write_text("[[reglage", encoding="utf-8")
    faite = cyclades("--store", store_pret, "inscrire", LAMY)
    assert faite.code == 0
    assert "! paramétrage : services/autre.toml" in faite.erreurs


def test_a_restored_backup_keeps_every_number(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    cyclades("--store", store_pret, "inscrire", LAMY)
    cyclades("--store", store_pret, "sauvegarder", tmp_path / "copies")
    (copie,) = (tmp_path / "copies").iterdir()
    deja = cyclades("--store", copie, "--parametrage", tmp_path / "store-parametrage", "inscrire", LAMY)
    assert deja.code == 2
    assert "est déjà inscrit à cette spécialité" in deja.erreurs

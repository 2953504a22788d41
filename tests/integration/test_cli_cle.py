"""`cyclades cle`: a store gets a key, changes it, and says whether the one given opens it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from outils.cli import LAMY, Commande

PREMIERE, SECONDE = "une longue phrase d'essai", "une autre longue phrase"


@pytest.fixture
def store(cyclades: Commande, store_pret: Path) -> Path:
    assert cyclades("--store", store_pret, "inscrire", LAMY).code == 0
    return store_pret


def test_a_key_is_set_checked_and_changed(cyclades: Commande, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", PREMIERE)
    assert "pas de clé" in cyclades("--store", store, "cle", "verifier").erreurs
    assert "pas de clé" in cyclades("--store", store, "cle", "changer").erreurs
    posee = cyclades("--store", store, "cle", "poser")
    assert (posee.code, "√ Clé posée." in posee.sortie) == (0, True)
    assert cyclades("--store", store, "verifier").code == 1
    monkeypatch.setenv("CYCLADES_CLE", PREMIERE)
    assert cyclades("--store", store, "cle", "verifier").sortie.startswith("√ La clé ouvre ce store")
    assert cyclades("--store", store, "verifier").code == 0
    assert "déjà une clé" in cyclades("--store", store, "cle", "poser").erreurs
    assert "C'est déjà la clé" in cyclades("--store", store, "cle", "changer").erreurs
    monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", SECONDE)
    assert cyclades("--store", store, "cle", "changer").code == 0
    assert cyclades("--store", store, "cle", "verifier").code == 1
    monkeypatch.setenv("CYCLADES_CLE", SECONDE)
    assert cyclades("--store", store, "cle", "verifier").code == 0
    assert cyclades("--store", store, "verifier").code == 0
    assert "Lamy" in cyclades("--store", store, "candidature", "lister").sortie.title()


@pytest.mark.parametrize("cle", ["", "courte", " une longue phrase d'essai", "une longue\nphrase d'essai", "x" * 11])
def test_a_bad_key_is_refused_and_changes_nothing(
    cyclades: Commande, store: Path, monkeypatch: pytest.MonkeyPatch, cle: str
) -> None:
    monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", cle)
    refusee = cyclades("--store", store, "cle", "poser")
    assert refusee.code == 2
    assert not cle or cle not in refusee.tout
    assert cyclades("--store", store, "verifier").code == 0


def test_without_a_terminal_the_variable_is_named(cyclades: Commande, store: Path) -> None:
    assert "CYCLADES_NOUVELLE_CLE" not in os.environ
    assert "CYCLADES_NOUVELLE_CLE" in cyclades("--store", store, "cle", "poser").erreurs

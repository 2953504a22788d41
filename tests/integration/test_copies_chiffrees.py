"""What leaves an encrypted store by choice leaves encrypted: a PDF that a password opens in any reader."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from outils.actes import GUYANE, inscrire
from outils.cli import LAMY, Commande

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.documents import copies, documents, relances, tirage
from cyclades_tui.actes.documents.relances import Criteres
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste

CLE = "une phrase pour les copies"
NUMERO = "02699000000"


@pytest.fixture
def chiffrees(cyclades: Commande, store_pret: Path, monkeypatch: pytest.MonkeyPatch) -> Commande:
    """The command line on an encrypted store."""
    monkeypatch.setenv("CYCLADES_STORE", str(store_pret))
    monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", "une longue phrase d'essai")
    assert cyclades("cle", "poser").code == 0
    monkeypatch.setenv("CYCLADES_CLE", "une longue phrase d'essai")
    return cyclades


def lire(octets: bytes) -> tuple[int, dict[str, str]]:
    """The pages of a PDF that only the key opens, and the texts within."""
    assert b"LAMY" not in octets
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(octets))
    with pikepdf.open(BytesIO(octets), password=CLE) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        return len(pdf.pages), {nom: joint.get_file().read_bytes().decode() for nom, joint in pdf.attachments.items()}


def test_out_of_an_encrypted_store_a_copy_in_clear_is_told(chiffrees: Commande, tmp_path: Path) -> None:
    faite = chiffrees("inscrire", LAMY, "--pdf", tmp_path / "sortie")
    assert (faite.code, "--chiffrer leur donne une clé" in faite.erreurs) == (0, True)
    assert "--chiffrer" not in chiffrees("document", "ouvrir", NUMERO, "1").tout


def test_a_key_is_asked_for_the_copies(chiffrees: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its twin in text lies within: nothing is left beside."""
    sans = chiffrees("inscrire", LAMY, "--pdf", tmp_path / "sortie", "--chiffrer")
    assert (sans.code, "CYCLADES_CLE_DES_COPIES" in sans.erreurs) == (2, True)
    monkeypatch.setenv("CYCLADES_CLE_DES_COPIES", "trop courte")
    refusee = chiffrees("inscrire", LAMY, "--pdf", tmp_path / "sortie", "--chiffrer")
    assert (refusee.code, "moins de 12 signes" in refusee.erreurs, "trop courte" in refusee.erreurs) == (2, True, False)
    monkeypatch.setenv("CYCLADES_CLE_DES_COPIES", CLE)
    (resultat,) = json.loads(
        chiffrees("inscrire", LAMY, "--pdf", tmp_path / "sortie", "--texte", "--chiffrer", "--json").sortie
    )
    (copie,) = (tmp_path / "sortie").iterdir()
    assert (str(copie), copie.stat().st_mode & 0o777) == (resultat["pdf"], 0o600)
    pages, textes = lire(copie.read_bytes())
    assert (pages > 0, list(textes)) == (True, [f"{copie.stem}.txt"])
    assert "LAMY" in textes[f"{copie.stem}.txt"]


def test_with_the_setting_every_copy_of_a_command_is_encrypted(
    chiffrees: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLADES_CLE_DES_COPIES", CLE)
    assert chiffrees("inscrire", LAMY).code == 0
    faite = chiffrees("document", "ouvrir", NUMERO, "1", "--pdf", tmp_path / "sortie")
    assert (faite.code, faite.erreurs) == (0, "")
    (copie,) = (tmp_path / "sortie").iterdir()
    assert lire(copie.read_bytes())[1] == {}


def test_the_copy_of_an_agent_is_encrypted_and_a_candidate_s_own_is_not(poste: Poste, tmp_path: Path) -> None:
    (tmp_path / "cle").mkdir()
    ici = replace(poste, racines=(tmp_path / "cle",), cle_des_copies=CLE)
    numero = inscrire(ici).numero_candidat
    documents.rendre_les_manquants(ici)
    fiche = candidatures.fiche(ici, numero, 1)
    publie = documents.lister(ici, numero, 1)[0]
    lire(copies.enregistrer(ici, fiche, publie, tmp_path / "cle").read_bytes())
    lui = replace(ici, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "poste-1"))
    sienne = copies.enregistrer(lui, fiche, publie, tmp_path / "cle", remplacer=True)
    with pikepdf.open(sienne) as pdf:
        assert not pdf.is_encrypted


def test_the_letters_of_a_lot_are_encrypted(poste_lots: Poste, tmp_path: Path) -> None:
    ici = replace(poste_lots, cle_des_copies=CLE)
    lot = relances.commencer(ici, Criteres("BCP", "2024", GUYANE, date(2030, 1, 1)))
    assert list(relances.avancer(ici, lot))
    (tmp_path / "sortie").mkdir()
    *_, fin = tirage.tirer(ici, lot, tmp_path / "sortie")
    assert fin.chemin is not None
    assert lire(fin.chemin.read_bytes())[0] == fin.total
    assert [chemin.name for chemin in (tmp_path / "sortie").iterdir()] == [fin.chemin.name]

"""Heads kept outside the store: a tail cut off or an old backup put back is found without being told (decision 17)."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from outils.actes import inscrire, nouveau_poste, personne, poste_sur
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import brut, sans_garde

from cyclades_tui.actes.reglages import entretien
from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste
from cyclades_tui.store import temoins


@pytest.fixture
def temoin(tmp_path: Path) -> Path:
    return tmp_path / "autre disque" / "temoin"


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeReglable, temoin: Path) -> Poste:
    temoin.parent.mkdir()
    return replace(nouveau_poste(tmp_path, horloge), temoin=temoin)


def tetes_dites(poste: Poste) -> list[str]:
    return [f.message for f in entretien.verifier(poste).fautes if f.code in ("preuve.tete", "preuve.temoin")]


def temoigner(poste: Poste) -> None:
    assert poste.temoin is not None
    temoins.garder(poste.store, poste.temoin, poste.maintenant())


def test_a_whole_store_put_back_is_found_by_the_witness(poste: Poste, horloge: HorlogeReglable, tmp_path: Path) -> None:
    inscrire(poste)
    poste.store.fermer()
    shutil.copytree(poste.store.chemin, tmp_path / "ancien")
    horloge.avancer(minutes=5)
    inscrire(poste, personne(1))
    temoigner(poste)
    assert entretien.verifier(poste).fautes == ()
    repris = replace(poste_sur(ReglagesDuPoste(store=tmp_path / "ancien"), horloge), temoin=poste.temoin)
    (mots,) = tetes_dites(repris)
    assert "que ce store n'a plus" in mots
    assert "11/12/2023" in mots
    assert str(poste.temoin) in mots


def test_what_is_done_after_it_does_not_hide_it(poste: Poste, horloge: HorlogeReglable, tmp_path: Path) -> None:
    inscrire(poste)
    poste.store.fermer()
    shutil.copytree(poste.store.chemin, tmp_path / "ancien")
    inscrire(poste, personne(1))
    temoigner(poste)
    repris = replace(poste_sur(ReglagesDuPoste(store=tmp_path / "ancien"), horloge), temoin=poste.temoin)
    for rang in range(2, 5):
        inscrire(repris, personne(rang))
    temoigner(repris)
    (mots,) = tetes_dites(repris)
    assert "elle a été refaite" in mots
    assert "1 tête acceptée" in entretien.reprendre(repris, "sauvegarde remise exprès")
    temoigner(repris)
    assert entretien.verifier(repris).fautes == ()


def test_a_backup_knows_the_head_of_its_store(poste: Poste, horloge: HorlogeReglable, tmp_path: Path) -> None:
    """The older of two backups is put back: the younger one, beside it, tells."""
    inscrire(poste)
    premiere = entretien.sauvegarder(poste, tmp_path / "copies")
    tete = json.loads((premiere / "manifeste.json").read_text())
    assert len(bytes.fromhex(tete["signature"])) == 64
    horloge.avancer(minutes=5)
    inscrire(poste, personne(1))
    seconde = entretien.sauvegarder(poste, tmp_path / "copies")
    horloge.avancer(minutes=5)
    entretien.sauvegarder(poste, tmp_path / "copies")
    shutil.copytree(seconde, tmp_path / "remise")
    remise = poste_sur(ReglagesDuPoste(store=tmp_path / "remise", parametrage=poste.parametrage), horloge)
    (mots,) = tetes_dites(remise)
    assert "une sauvegarde plus ancienne a été remise" in " ".join(mots.split())


@pytest.mark.parametrize("geste", ["signature", "hachage", "ecriture", "octets"])
def test_a_head_changed_by_hand_is_named(poste: Poste, geste: str) -> None:
    inscrire(poste)
    temoigner(poste)
    assert poste.temoin is not None
    (fichier,) = poste.temoin.iterdir()
    lue = json.loads(fichier.read_text())
    if geste == "signature":
        lue["signature"] = "0" * 128
    elif geste != "octets":
        lue["tete"][geste] = {"hachage": "0" * 64, "ecriture": 2}[geste]
    fichier.write_bytes(b"\xff" if geste == "octets" else json.dumps(lue).encode())
    assert len(tetes_dites(poste)) == 1


def test_a_command_leaves_a_head_beside_the_store(tmp_path: Path) -> None:
    """By default, so that nobody need set it; a head of another store says nothing of this one."""
    horloge = HorlogeReglable.a(PENDANT)
    for nom in ("un", "deux"):
        entretien.initialiser(ReglagesDuPoste(store=tmp_path / nom), None, horloge)
    reglages = ReglagesDuPoste(store=tmp_path / "un", temoin=tmp_path / "temoin")
    for store in ("un", "deux"):
        with ouvrir_poste(reglages.model_copy(update={"store": tmp_path / store}), horloge) as poste:
            assert entretien.verifier(poste).fautes == ()
    with ouvrir_poste(ReglagesDuPoste(store=tmp_path / "un"), horloge):
        pass
    assert [chemin.name for chemin in (tmp_path / "un-temoin").iterdir()] == ["tete-20231211.json"]


def test_a_witness_that_is_away_stops_nothing(poste: Poste, tmp_path: Path) -> None:
    ailleurs = ReglagesDuPoste(store=poste.store.chemin, temoin=tmp_path / "absent" / "temoin")
    with ouvrir_poste(ailleurs, poste.horloge) as autre:
        assert entretien.verifier(autre).fautes == ()


def test_a_tail_cut_off_by_hand_is_found(poste: Poste, horloge: HorlogeReglable) -> None:
    temoigner(poste)
    ranges = {}
    with brut(poste.store) as connexion:
        tables = [nom for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        ranges = {t: connexion.execute(f"SELECT coalesce(max(rowid), 0) FROM {t}").fetchone()[0] for t in tables}
        tete = connexion.execute("SELECT seq, hachage FROM tete_journal").fetchone()
        plages = connexion.execute("SELECT id, prochain FROM plage").fetchall()
    horloge.avancer(minutes=1)
    inscrire(poste)
    temoigner(poste)
    with brut(poste.store) as connexion:
        sans_garde(
            connexion,
            *(f"DELETE FROM {t} WHERE rowid > {n}" for t, n in ranges.items() if not t.startswith("sqlite_")),
            f"UPDATE tete_journal SET seq = {tete[0]}, hachage = '{tete[1]}'",
            *(f"UPDATE plage SET prochain = {prochain} WHERE id = {id_}" for id_, prochain in plages),
        )
    assert [faute.code for faute in entretien.verifier(poste).fautes] == ["preuve.tete"]

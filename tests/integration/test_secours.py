"""A full, read-only or dying disk blocks no rescue: login, lists, a dossier, `verifier`, a backup to another disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from outils.cli import environnement as environnement_de
from outils.cli import processus
from outils.disques import disque_a_part, en_lecture_seule, plein
from outils.guichet import GESTIONNAIRE, MOT_DE_PASSE, NOM_DU_POSTE, agent_connecte
from outils.horloge import HorlogeReglable
from outils.store import brut, sans_garde

from cyclades_tui.actes.bureau import agents, recherche, tableau
from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.avertissements import recueillir
from cyclades_tui.domaine.erreurs import ActeRefuse, SaisieRefusee, StoreInutilisable
from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste

Panne = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def etat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of this user, on a disk that works."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    return tmp_path / "etat" / "cyclades" / "journal-differe"


@pytest.fixture(params=["plein", "lecture seule", "lecture seule, un journal en attente"])
def en_panne(
    request: pytest.FixtureRequest, poste_guichet: Poste, tmp_path: Path, etat: Path
) -> Iterator[tuple[Path, Panne]]:
    """A store on a disk, and what makes this disk fail."""
    modele = poste_guichet.store.chemin
    poste_guichet.store.fermer()
    if request.param == "plein":
        with disque_a_part(tmp_path / "disque") as disque:
            shutil.copytree(modele, disque / "store")
            shutil.copytree(poste_guichet.parametrage, disque / "store-parametrage")
            yield disque / "store", lambda: plein(disque)
        return
    (tmp_path / "disque").mkdir()
    shutil.copytree(modele, tmp_path / "disque" / "store")
    shutil.copytree(poste_guichet.parametrage, tmp_path / "disque" / "store-parametrage")
    if "attente" in request.param:
        _tuer_un_ecrivain(tmp_path / "disque" / "store")
    yield tmp_path / "disque" / "store", lambda: en_lecture_seule(tmp_path / "disque")


def _tuer_un_ecrivain(store: Path) -> None:
    """Leave what a killed process had written in the -wal file, and not yet in the database."""
    code = (
        "import os, sys; from sqlcipher3 import dbapi2 as d;"
        "c = d.connect(sys.argv[1], isolation_level=None);"
        "c.execute('UPDATE brouillon SET maj_le = maj_le'); c.execute('CREATE TABLE essai (a)');"
        "c.execute('DROP TABLE essai'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(store / "cyclades.db")], check=False)
    assert (store / "cyclades.db-wal").stat().st_size
    (store / "cyclades.db-shm").unlink()


@contextmanager
def ouvert(store: Path, horloge: HorlogeReglable) -> Iterator[Poste]:
    with ouvrir_poste(ReglagesDuPoste(store=store, poste=NOM_DU_POSTE), horloge) as poste:
        yield replace(poste, fuseau=None)


def de_la_conservation(poste: Poste) -> list[str]:
    """What the check says of file, chain and coffre; the steps of this store's pieces are not those of real actes."""
    codes = [faute.code for faute in entretien.verifier(poste).fautes]
    return [code for code in codes if code.partition(".")[0] in ("store", "preuve", "journal", "coffre")]


def _journal(store: Path) -> list[tuple[str, str]]:
    """Act and instant of each row."""
    with ouvrir_poste(ReglagesDuPoste(store=store)) as poste, poste.store.lire() as unite:
        return [
            (acte, instant)
            for acte, instant in unite.session.connection().exec_driver_sql(
                "SELECT acte, instant FROM journal ORDER BY seq"
            )
        ]


def test_one_logs_in_reads_checks_and_backs_up_and_the_journal_follows(
    en_panne: tuple[Path, Panne], horloge: HorlogeReglable, tmp_path: Path
) -> None:
    store, panne = en_panne
    en_attente = (store / "cyclades.db-wal").exists()
    avant = 0 if en_attente else len(_journal(store))  # which would empty it into the database
    with panne(), recueillir() as dits, ouvert(store, horloge) as poste:
        assert agents.connecter(poste, GESTIONNAIRE, MOT_DE_PASSE).identifiant == GESTIONNAIRE
        lui = agent_connecte(poste)
        assert tableau.lire(lui).dossiers > 0
        (trouve, *_) = recherche.chercher(lui, "NGMB")
        assert candidatures.fiche(lui, trouve.numero_candidat, 1).version
        assert list(candidatures.lister(lui, {}))
        assert de_la_conservation(poste) == []
        copie = entretien.sauvegarder(poste, tmp_path / "ailleurs")
        with pytest.raises(StoreInutilisable) as refus:
            entretien.accepter_l_horloge(poste, "pour voir")
    assert str(store) in str(refus.value)
    (faute,) = [faute for faute in dits if faute.code == "journal.differe"]
    assert str(store / "cyclades.db") in faute.message
    assert "n'est pas encore au journal" in faute.message
    assert ("plein" in faute.message) is ("plein" in str(refus.value))
    attendus = [
        "agent.connecter",
        "candidature.chercher",
        "candidature.lire",
        "candidature.lister",
        "store.sauvegarder",
    ]
    horloge.avancer(days=1) if hasattr(horloge, "avancer") else None
    apres = _journal(store)
    assert [acte for acte, _ in apres[-5:]] == attendus
    assert {instant[:16] for _, instant in apres[-5:]} == {"2023-12-11T15:06"}
    assert en_attente or len(apres) == avant + 5
    for chemin in (store, copie):
        with ouvert(chemin, horloge) as poste:
            assert de_la_conservation(poste) == []


def test_a_row_waits_sealed_and_only_once(en_panne: tuple[Path, Panne], horloge: HorlogeReglable, etat: Path) -> None:
    store, panne = en_panne
    with panne(), ouvert(store, horloge) as poste:
        agents.connecter(poste, GESTIONNAIRE, MOT_DE_PASSE)
    (fichier,) = etat.iterdir()
    assert fichier.stat().st_mode & 0o777 == 0o600
    (fichier.with_name(f"{fichier.name[:-10]}0000.ligne")).write_bytes(fichier.read_bytes())  # under another name
    (etat / f"{fichier.name[:36]}-faux.ligne").write_bytes(b"{}")
    assert [acte for acte, _ in _journal(store)].count("agent.connecter") == 1
    assert [acte for acte, _ in _journal(store)].count("agent.connecter") == 1
    assert not fichier.exists()


def test_refused_passwords_count_on_a_disk_that_does_not_write(
    en_panne: tuple[Path, Panne], horloge: HorlogeReglable
) -> None:
    store, panne = en_panne
    with panne():
        for identifiant in (GESTIONNAIRE, "inconnu"):
            for rang in range(5):
                with ouvert(store, horloge) as poste, pytest.raises((SaisieRefusee, ActeRefuse)) as refus:
                    agents.connecter(poste, identifiant, "Faux-de-2023..")
                assert isinstance(refus.value, ActeRefuse) is (rang == 4)
            with ouvert(store, horloge) as poste, pytest.raises(ActeRefuse):
                agents.connecter(poste, identifiant, MOT_DE_PASSE)
    assert [acte for acte, _ in _journal(store)].count("agent.refuser") == 10


def test_what_wrote_nothing_waits_for_nothing(poste_guichet: Poste, etat: Path) -> None:
    agents.connecter(poste_guichet, GESTIONNAIRE, MOT_DE_PASSE)
    assert list(poste_guichet.store.differees) == []
    assert not etat.exists()


def test_a_finished_backup_is_never_called_failed(poste_guichet: Poste, tmp_path: Path, etat: Path) -> None:
    """The journal's head is lost, or its disk fills up at the last moment: only the row of the backup waits."""
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, "DELETE FROM tete_journal")
    with recueillir() as dits:
        copie = entretien.sauvegarder(poste_guichet, tmp_path / "ailleurs")
    assert (copie / "cyclades.db").exists()
    assert {"journal.differe", "sauvegarde.abime"} <= {faute.code for faute in dits}


def test_the_right_disk_is_named(poste_guichet: Poste, tmp_path: Path) -> None:
    """The disk of the backup is full, not the store's."""
    with disque_a_part(tmp_path / "cle-usb") as disque, plein(disque), pytest.raises(StoreInutilisable) as refus:
        entretien.sauvegarder(poste_guichet, disque)
    assert str(disque) in str(refus.value)
    assert "disque plein" in str(refus.value)
    assert str(poste_guichet.store.chemin) not in str(refus.value)


@pytest.mark.parametrize("limite", ["0", "4096"])
def test_commands_tell_what_waits(poste_guichet: Poste, tmp_path: Path, limite: str) -> None:
    """No file may grow, which anybody can ask of the system: what waits is only in memory, and that is told."""
    poste_guichet.store.fermer()
    avant = (
        "import resource, sys\n"
        "sys.dont_write_bytecode = True\n"  # Python would leave the half of a module, which no test could import again
        "from outils.hacheur import HacheurRapide\n"
        "from cyclades_tui.actes.socle import hachage\n"
        "hachage.fabriquer_hacheur = HacheurRapide\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limite}, resource.RLIM_INFINITY))"
    )
    env = environnement_de(tmp_path, CYCLADES_MOT_DE_PASSE=MOT_DE_PASSE, PYTHONPATH=str(Path(__file__).parent.parent))
    lui = ("--store", poste_guichet.store.chemin, "--agent", GESTIONNAIRE)
    for commande in (("candidature", "lister"), ("candidature", "lister", "--json"), ("verifier",)):
        faite = processus(*lui, *commande, env=env, avant=avant)
        assert faite.code == (commande == ("verifier",)), faite.tout  # whose pieces no real acte has left so
        assert "n'est pas encore au journal" in faite.erreurs
        assert ("Ne fermez pas" in faite.erreurs) is (limite == "0")  # otherwise the spool is small enough
        assert faite.sortie

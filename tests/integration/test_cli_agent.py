"""`cyclades agent` and `--agent`: who acts at the command line, and no command exceeds the rights of a role."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from outils.agents import ADMIN, EQUIPE, SESAME, embaucher
from outils.cli import JEANNE, Commande, environnement
from outils.hacheur import HacheurRapide
from ptyprocess import PtyProcess

from cyclades_tui.actes.socle import hachage
from cyclades_tui.cli.commandes.racine import app
from cyclades_tui.cli.corps.agent import NOUVEAU
from cyclades_tui.poste import ReglagesDuPoste, lire_reglages, ouvrir_poste
from cyclades_tui.store.ouverture import ouvrir_store

NUMERO = "02699000000"
L_ROY, AUDITEUR, ECOLE = "gestionnaire", "auditeur", "ecole"
pytestmark = pytest.mark.usefixtures("hacheur_rapide")


@pytest.fixture
def cyclades(cyclades: Commande, monkeypatch: pytest.MonkeyPatch) -> Commande:
    """With every password in the environment."""
    monkeypatch.setenv("CYCLADES_MOT_DE_PASSE", SESAME)
    monkeypatch.setenv(NOUVEAU, SESAME)
    return cyclades


@pytest.fixture(scope="module")
def modele(modele_de_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with every role of EQUIPE, only copied."""
    dossier = tmp_path_factory.mktemp("agents")
    shutil.copytree(modele_de_store, dossier, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurRapide)
        monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", dossier / "aucun.toml")
        with ouvrir_poste(lire_reglages(dossier / "store")) as poste:
            embaucher(poste)
    return dossier


@pytest.fixture
def store(modele: Path, tmp_path: Path) -> Path:
    shutil.copytree(modele, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


def _traces(chemin: Path) -> list[tuple[str, str, str, str]]:
    """For every row of the journal: acte, and the acteur's nature, face and identifier."""
    store = ouvrir_store(chemin)
    try:
        with store.lire() as unite:
            lues = unite.session.connection().exec_driver_sql(
                "SELECT acte, acteur_nature, face, valeurs FROM journal JOIN journal_detail USING (seq) ORDER BY seq"
            )
            return [(acte, nature, face, json.loads(valeurs)["acteur"]) for acte, nature, face, valeurs in lues]
    finally:
        store.fermer()


def test_agents_are_added_listed_and_taken_away(cyclades: Commande, store_pret: Path) -> None:
    seul, chef = ("--store", store_pret), ("--store", store_pret, "--agent", "admin")
    assert cyclades(*seul, "agent", "lister").sortie.startswith("Aucun agent")
    premier = cyclades(*seul, "agent", "ajouter", "l.roy", "L. Roy", "--role", "gestionnaire")
    assert (premier.code, "Le premier agent d'un store est un administrateur" in premier.erreurs) == (2, True)
    assert cyclades(*seul, "agent", "ajouter", "admin", "L. Admin", "--role", "Administrateur").code == 0
    ajout = (
        "agent",
        "ajouter",
        "l.roy",
        "L. Roy",
        "--role",
        "gestionnaire",
        "--academie",
        "33",
        "--academie",
        "rennes",
    )
    assert "Ce store a des agents : dites qui agit avec --agent." in cyclades(*seul, *ajout).erreurs
    assert cyclades(*chef, *ajout).sortie == "√ Agent ajouté : l.roy, gestionnaire.\n"
    lignes = cyclades(*chef, "agent", "lister").sortie.splitlines()
    assert lignes[1] == "l.roy  L. Roy  gestionnaire, Rennes, Guyane  actif"
    assert cyclades(*chef, "agent", "desactiver", "l.roy").code == 0
    assert "désactivé le" in cyclades(*chef, "agent", "lister").sortie
    assert "Votre accès à ce store a été retiré" in cyclades(*seul, "--agent", "l.roy", "verifier").erreurs
    assert cyclades(*chef, "agent", "reactiver", "l.roy").code == 0
    assert cyclades(*seul, "--agent", "l.roy", "agent", "mot-de-passe", "l.roy").code == 0
    objets = json.loads(cyclades(*chef, "agent", "lister", "--json").sortie)
    assert (objets[1]["role"], objets[1]["academies"], objets[1]["desactive_le"]) == (
        "gestionnaire",
        ["14", "33"],
        None,
    )
    assert "n'est pas un rôle" in cyclades(*chef, "agent", "ajouter", "x", "X", "--role", "chef").erreurs
    assert SESAME not in (store_pret / "cyclades.db").read_bytes().decode("latin-1")


def test_what_an_agent_does_bears_his_name(cyclades: Commande, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLADES_AGENT", L_ROY)
    assert cyclades("--store", store, "inscrire", JEANNE).code == 0
    assert cyclades("--store", store, "--agent", AUDITEUR, "candidature", "voir", NUMERO, "1").code == 0
    faits = {trace for trace in _traces(store) if not trace[0].startswith(("agent.ajouter", "store.", "service."))}
    assert {trace[1:3] for trace in faits} == {("agent", "commande")}
    assert {(acte, qui) for acte, _, _, qui in faits} >= {
        ("agent.connecter", L_ROY),
        ("candidature.inscrire", L_ROY),
        ("document.rendre", L_ROY),
        ("agent.connecter", AUDITEUR),
        ("candidature.lire", AUDITEUR),
    }
    assert "par gestionnaire" in cyclades("--store", store, "candidature", "voir", NUMERO, "1").sortie


def test_who_is_not_let_in_does_nothing(cyclades: Commande, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLADES_MOT_DE_PASSE", "Lune/couchant-12")
    refusee = cyclades("--store", store, "--agent", L_ROY, "inscrire", JEANNE)
    assert (refusee.code, "il reste 4 essais" in refusee.erreurs) == (2, True)
    assert {acte for acte, *_ in _traces(store)}.isdisjoint({"candidature.inscrire", "agent.connecter"})
    monkeypatch.delenv("CYCLADES_MOT_DE_PASSE")
    sans_terminal = cyclades("--store", store, "--agent", L_ROY, "candidature", "lister")
    assert sans_terminal.erreurs.endswith("Dans un script, donnez CYCLADES_MOT_DE_PASSE.\n")


# Command -> arguments, and a role without the right.
REFUSEES: dict[str, tuple[tuple[object, ...], str]] = {
    "init": (("--plage", "10000000-10000009"), L_ROY),
    "sauvegarder": (("copie",), L_ROY),
    "service accepter": ((), L_ROY),
    "horloge": (("--motif", "pile changée"), L_ROY),
    "cle poser": ((), L_ROY),
    "cle changer": ((), L_ROY),
    "inscrire": ((JEANNE,), AUDITEUR),
    "candidature lister": ((), ADMIN),
    "candidature voir": ((NUMERO, "1"), ADMIN),
    "candidature modifier": ((NUMERO, "1", "identification.adresse.voie=12"), AUDITEUR),
    "candidature differences": ((NUMERO, "1"), ADMIN),
    "candidature desinscrire": ((NUMERO, "1", "--confirmer"), ECOLE),
    "candidature ecarter": ((NUMERO, "1", "--motif", "âge"), L_ROY),
    "justificatif lister": ((NUMERO, "1"), ADMIN),
    "justificatif deposer": ((NUMERO, "1", "recapitulatif", JEANNE), ADMIN),
    "justificatif retirer": ((NUMERO, "1", "recapitulatif"), ADMIN),
    "justificatif valider": ((NUMERO, "1"), ADMIN),
    "justificatif file": ((), ADMIN),
    "justificatif affecter": ((L_ROY, "1"), AUDITEUR),
    "justificatif decider": ((NUMERO, "1", "1", "conforme"), ADMIN),
    "justificatif recevoir": ((NUMERO,), AUDITEUR),
    "justificatif relancer": (("--academie", "Guyane", "--avant", "2030-01-01"), AUDITEUR),
    "justificatif relances": ((), AUDITEUR),
    "document lister": ((NUMERO, "1"), ADMIN),
    "document ouvrir": ((NUMERO, "1"), ADMIN),
    "document verifier": (("--reference", "CYCLADES:02699000000:001:1:0123456789ABCDEF0123456789ABCDEF"), ECOLE),
    "compte activer": (("personne@mail.fr", "--piece-vue"), ECOLE),
    "courrier ecrire": ((NUMERO, "Objet", "Texte"), AUDITEUR),
    "courrier lire": (("personne@mail.fr",), AUDITEUR),
    "service definir": (("BCP", "2027", "Guyane", "preinscription=oui"), L_ROY),
    "agent ajouter": (("x", "X", "--role", "auditeur"), L_ROY),
    "agent lister": ((), AUDITEUR),
    "agent desactiver": ((ADMIN,), L_ROY),
    "agent reactiver": ((ADMIN,), L_ROY),
    "agent mot-de-passe": ((ADMIN,), L_ROY),
}
# Commands that read only public settings, or this machine, or ask themselves who acts.
LIBRES = {
    "verifier",
    "cle verifier",
    "borne",
    "demo",
    "guichet",
    "service lister",
    "service voir",
    "referentiel verifier",
    "referentiel lister",
}


def _commandes() -> Iterator[str]:
    racine = typer.main.get_command(app)
    for nom, commande in racine.commands.items():  # type: ignore[attr-defined]  # the root is a group
        sous = getattr(commande, "commands", None)
        yield from [nom] if sous is None else (f"{nom} {fille}" for fille in sous)


def test_every_command_is_tried_or_free() -> None:
    assert set(REFUSEES) <= set(_commandes()) <= {*REFUSEES, *LIBRES}


@pytest.mark.parametrize("debut", range(0, len(REFUSEES), 5))
def test_no_command_lets_a_role_do_more(
    cyclades: Commande, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, debut: int
) -> None:
    monkeypatch.chdir(tmp_path)
    for nom in list(REFUSEES)[debut : debut + 5]:
        arguments, qui = REFUSEES[nom]
        refusee = cyclades("--store", store, "--agent", qui, *nom.split(), *arguments)
        assert (refusee.code, refusee.sortie) == (2, "")
        assert f"Le rôle « {EQUIPE[qui][0].value} » ne le permet pas" in refusee.erreurs
        sans = cyclades("--store", store, *nom.split(), *arguments)
        # A scheduled backup has no login.
        assert nom == "sauvegarder" or "Ce store a des agents" in sans.erreurs


def test_a_password_is_typed_unseen(store: Path, tmp_path: Path) -> None:
    code = "from cyclades_tui.__main__ import main; main()"
    commande = [sys.executable, "-c", code, "--store", str(store), "--agent", ADMIN, "agent", "lister"]
    enfant = PtyProcess.spawn(commande, env=environnement(tmp_path, COLUMNS="200"))
    lu = b""
    while b"Mot de passe de admin : " not in lu:
        lu += enfant.read()
    enfant.write(f"{SESAME}\n".encode())
    try:
        while True:
            lu += enfant.read()
    except EOFError:
        pass
    assert enfant.wait() == 0
    assert "Agent gestionnaire" in lu.decode()
    assert SESAME not in lu.decode()

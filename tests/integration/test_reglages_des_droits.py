"""Settings are part of the rights: nobody opens a window by bringing others, and none that is there is ignored."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from outils.actes import lignes, poste_sur
from outils.agents import ADMIN, SESAME, au_nom_de, embaucher
from outils.cli import LAMY, Commande, environnement
from outils.hacheur import HacheurRapide
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import codes
from outils.terminal import cyclades as en_processus
from outils.terminal import terminal
from pydantic import SecretStr

from cyclades_tui.actes.reglages import dossier_de_reglages, entretien, fichiers_pris
from cyclades_tui.actes.socle import hachage
from cyclades_tui.cli.corps.connexion import permettre_les_reglages
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades
from cyclades_tui.poste import Poste, ReglagesDuPoste, lire_reglages, ouvrir_poste
from cyclades_tui.referentiel import ressources

pytestmark = pytest.mark.usefixtures("hacheur_rapide")
OUVERTE = """source = "essai"
[[reglage]]
examen = "BCP"
session = "2031"
academie = "33"
ouverture = 2020-01-01T08:00
fermeture = 2031-01-01T08:00
"""
AUTRES = "n'est pas le dossier de réglages de ce store"


@pytest.fixture(scope="module")
def modele(modele_de_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("equipe")
    shutil.copytree(modele_de_store, dossier, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurRapide)
        monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", dossier / "aucun.toml")
        with ouvrir_poste(lire_reglages(dossier / "store")) as poste:
            embaucher(poste)
    return dossier


@pytest.fixture
def store(modele: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CYCLADES_MOT_DE_PASSE", SESAME)
    shutil.copytree(modele, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


@pytest.fixture
def ailleurs(tmp_path: Path) -> Path:
    """A settings folder of somebody's making, which opens a window."""
    dossier = tmp_path / "ailleurs"
    (dossier / "services").mkdir(parents=True)
    (dossier / "services" / "a.toml").write_text(OUVERTE, encoding="utf-8")
    return dossier


@pytest.fixture
def poste(store: Path) -> Iterator[Poste]:
    ouvert = poste_sur(ReglagesDuPoste(store=store, poste="poste-1"), HorlogeReglable.a(PENDANT))
    yield ouvert
    ouvert.store.fermer()


def journal(store: Path) -> list[tuple[str, str]]:
    ouvert = poste_sur(ReglagesDuPoste(store=store, poste="poste-1"), HorlogeReglable.a(PENDANT))
    try:
        return lignes(ouvert, "SELECT acte, valeurs FROM journal JOIN journal_detail USING (seq) ORDER BY seq")
    finally:
        ouvert.store.fermer()


COMMANDES = (
    ("service", "lister"),
    ("service", "voir", "BCP", "2031", "Guyane"),
    ("inscrire", LAMY),
    ("candidature", "lister"),
    ("justificatif", "file"),
    ("horloge",),
)


@pytest.mark.parametrize("qui", ["gestionnaire", "responsable", "auditeur", "ecole", ""])
def test_nobody_without_the_right_brings_other_settings(
    cyclades: Commande, store: Path, ailleurs: Path, qui: str
) -> None:
    """A responsable of one académie neither: the folder is of all of them."""
    moi = ("--agent", qui) if qui else ()
    for commande in COMMANDES:
        refusee = cyclades("--store", store, "--parametrage", ailleurs, *moi, *commande)
        assert (refusee.code, refusee.sortie) == (2, ""), commande
        assert AUTRES in refusee.erreurs
        assert str(ailleurs) in refusee.erreurs
    assert "candidature.inscrire" not in {acte for acte, _ in journal(store)}
    assert "service.parametrage" not in {acte for acte, _ in journal(store)}


def par_variable(store: Path, ailleurs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CYCLADES_PARAMETRAGE", str(ailleurs))
    return store


def par_fichier(store: Path, ailleurs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    toml = ailleurs.with_name("cyclades.toml")
    toml.write_text(f"parametrage = {json.dumps(str(ailleurs))}\n", encoding="utf-8")
    monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", toml)
    return store


def par_lien(store: Path, ailleurs: Path, _: pytest.MonkeyPatch) -> Path:
    """A link to the store, beside which lie other settings: not a way, but the store's own settings."""
    lien = store.with_name("lien")
    lien.symlink_to(store)
    ailleurs.rename(lien.with_name("lien-parametrage"))
    return lien


VOIES: dict[str, Callable[[Path, Path, pytest.MonkeyPatch], Path]] = {
    "the variable": par_variable,
    "the file": par_fichier,
    "a link": par_lien,
}


@pytest.mark.parametrize("voie", VOIES)
def test_no_other_way_leads_there(
    cyclades: Commande, store: Path, ailleurs: Path, monkeypatch: pytest.MonkeyPatch, voie: str
) -> None:
    vu = cyclades("--store", VOIES[voie](store, ailleurs, monkeypatch), "--agent", "gestionnaire", "service", "lister")
    assert (AUTRES in vu.erreurs) == (voie != "a link")
    assert "2031" not in vu.sortie


def test_who_may_set_brings_them_and_it_is_journalled_with_every_digest(
    cyclades: Commande, store: Path, ailleurs: Path
) -> None:
    (ailleurs / "services" / "faux.toml").write_text("[[reglage", encoding="utf-8")
    vu = cyclades("--store", store, "--parametrage", ailleurs, "--agent", ADMIN, "service", "lister")
    assert (vu.code, "2031" in vu.sortie) == (0, True)
    (valeurs,) = [json.loads(v) for acte, v in journal(store) if acte == "service.parametrage"]
    acteur, valeurs = valeurs["acteur"], valeurs["valeurs"]
    assert (valeurs["dossier"], acteur) == (str(ailleurs), ADMIN)
    assert valeurs["fichiers"] == {
        f"services/{nom}": empreinte((ailleurs / "services" / nom).read_bytes()) for nom in ("a.toml", "faux.toml")
    }
    assert "2031" not in cyclades("--store", store, "--agent", "gestionnaire", "service", "lister").sortie


def test_what_is_set_there_is_not_taken_for_the_store_s(cyclades: Commande, store: Path, ailleurs: Path) -> None:
    moi = ("--store", store, "--agent", ADMIN)
    fenetre = ("service", "definir", "BCP", "2032", "Guyane", "fermeture=2032-01-01T08:00")
    assert cyclades(*moi, "--parametrage", ailleurs, *fenetre).code == 0
    assert (ailleurs / "services" / "definis.toml").exists()
    assert cyclades(*moi, "verifier").code == 0


def test_settings_that_an_administrateur_accepts_are_the_store_s_until_they_change(
    cyclades: Commande, store: Path, ailleurs: Path
) -> None:
    ici = ("--store", store, "--parametrage", ailleurs)
    assert cyclades(*ici, "--agent", "responsable", "service", "accepter").code == 2
    assert cyclades(*ici, "--agent", ADMIN, "service", "accepter").code == 0
    assert "2031" in cyclades(*ici, "--agent", "gestionnaire", "service", "lister").sortie
    assert cyclades(*ici, "verifier").code == 0
    fenetre = ("service", "definir", "BCP", "2032", "Guyane", "fermeture=2032-01-01T08:00")
    assert cyclades(*ici, "--agent", "responsable", *fenetre).code == 0
    assert "2032" in cyclades(*ici, "--agent", "gestionnaire", "service", "lister").sortie
    a = ailleurs / "services" / "a.toml"
    a.write_text(OUVERTE.replace("2031-01-01", "2039-01-01"), encoding="utf-8")
    assert AUTRES in cyclades(*ici, "--agent", "gestionnaire", "service", "lister").erreurs
    a.write_text(OUVERTE, encoding="utf-8")
    (ailleurs / "services" / "b.toml").write_text('source = "essai"\n', encoding="utf-8")
    assert AUTRES in cyclades(*ici, "--agent", "gestionnaire", "service", "lister").erreurs


def test_a_copy_that_changes_while_it_serves_is_refused_at_its_next_reading(poste: Poste, tmp_path: Path) -> None:
    copie = tmp_path / "copie"
    shutil.copytree(poste.parametrage, copie)
    lui = dossier_de_reglages.permettre(replace(au_nom_de(poste, "gestionnaire"), parametrage=copie))
    assert lui.referentiel.reglages("BCP", "2027", "33").fenetre is not None
    (copie / "services" / "a.toml").write_text(OUVERTE, encoding="utf-8")
    for encore in (lui, replace(lui, acteur=poste.acteur)):
        with pytest.raises(ActeRefuse) as refus:
            _ = encore.referentiel
        assert codes(refus.value) == {"reglages.autres"}
    (copie / "services" / "a.toml").unlink()
    assert lui.referentiel.reglages("BCP", "2027", "33").fenetre is not None


def test_a_store_is_checked_and_copied_by_whatever_settings(
    cyclades: Commande, store: Path, ailleurs: Path, tmp_path: Path
) -> None:
    assert "La sauvegarde" not in cyclades("--store", store, "--parametrage", ailleurs, "verifier").tout
    faite = cyclades("--store", store, "--parametrage", ailleurs, "sauvegarder", tmp_path / "sauvegardes")
    assert faite.code == 0


def test_a_store_without_agents_is_its_owner_s(cyclades: Commande, store_pret: Path, ailleurs: Path) -> None:
    vu = cyclades("--store", store_pret, "--parametrage", ailleurs, "service", "lister")
    assert (vu.code, "2031" in vu.sortie) == (0, True)


# The faces


@pytest.mark.parametrize("face", ["borne", "guichet"])
def test_a_face_does_not_start_on_other_settings(store: Path, ailleurs: Path, tmp_path: Path, face: str) -> None:
    env = environnement(tmp_path, CYCLADES_STORE=str(store), CYCLADES_PARAMETRAGE=str(ailleurs))
    with terminal(en_processus(face), env) as ecran:
        ecran.attendre("n'est pas le dossier de réglages")


def test_a_face_starts_for_who_may_set_and_holds_to_what_was_journalled(poste: Poste, ailleurs: Path) -> None:
    ici = replace(poste, parametrage=ailleurs)
    reglages = ReglagesDuPoste(store=poste.store.chemin, agent=ADMIN, mot_de_passe=SecretStr(SESAME))
    for qui in ({"agent": ""}, {"mot_de_passe": None}, {"agent": "gestionnaire"}):
        with pytest.raises(ActeRefuse) as refus:
            permettre_les_reglages(ici, reglages.model_copy(update=qui))
        assert "reglages.autres" in codes(refus.value)
    ouvert = permettre_les_reglages(ici, reglages)
    assert ouvert.acteur == poste.acteur
    assert ouvert.referentiel.reglages("BCP", "2031", "33").fenetre is not None
    (ailleurs / "services" / "a.toml").write_text(OUVERTE.replace("2031-01-01", "2039-01-01"), encoding="utf-8")
    with pytest.raises(ActeRefuse):
        _ = ouvert.referentiel


# What lies in the folder


def lien(vers: str) -> Callable[[Path], None]:
    return lambda chemin: chemin.symlink_to(vers)


def troue(chemin: Path) -> None:
    chemin.touch()
    os.truncate(chemin, 3_000_000_000)


def prise(chemin: Path) -> None:
    with socket.socket(socket.AF_UNIX) as une:
        ici = Path.cwd()
        os.chdir(chemin.parent)  # its address has at most 108 bytes
        une.bind(chemin.name)
        os.chdir(ici)


HOSTILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to /dev/zero": (lien("/dev/zero"), "ce n'est pas un fichier ordinaire"),
    "a link to /dev/stdin": (lien("/dev/stdin"), "ce n'est pas un fichier ordinaire"),
    "a pipe": (os.mkfifo, "ce n'est pas un fichier ordinaire"),
    "a folder": (Path.mkdir, "ce n'est pas un fichier ordinaire"),
    "a socket": (prise, "ce n'est pas un fichier ordinaire"),
    "3 GB of nothing": (troue, "il fait 3000 Mo pour 4 Mo au plus"),
    "a link in a circle": (lambda chemin: chemin.symlink_to(chemin), "c'est un lien"),
}


@pytest.mark.parametrize("nature", HOSTILES)
@pytest.mark.parametrize("nom", ["reglages.toml", "services/a.toml", "services/definis.toml", "listes/academies.csv"])
def test_what_is_no_file_of_settings_is_refused_with_its_path(
    cyclades: Commande, store_pret: Path, nature: str, nom: str
) -> None:
    poser, pourquoi = HOSTILES[nature]
    chemin = store_pret.with_name("store-parametrage") / nom
    chemin.parent.mkdir(exist_ok=True)
    chemin.unlink(missing_ok=True)
    poser(chemin)
    for commande in (("service", "lister"), ("inscrire", LAMY), ("referentiel", "verifier"), ("verifier",)):
        refusee = cyclades("--store", store_pret, *commande)
        assert refusee.code == 1
        assert f"« {chemin} » ne peut pas être lu : {pourquoi}. Donnez-en la lecture" in refusee.tout
    assert not lignes_du_candidat(store_pret)


def lignes_du_candidat(store: Path) -> list[tuple[str, str]]:
    return [ligne for ligne in journal(store) if ligne[0].startswith("candidat")]


def test_what_is_read_and_wrong_is_still_set_aside(cyclades: Commande, store_pret: Path) -> None:
    (store_pret.with_name("store-parametrage") / "services" / "a.toml").write_text("[[reglage", encoding="utf-8")
    vu = cyclades("--store", store_pret, "service", "lister")
    assert (vu.code, "services/a.toml" in vu.erreurs, "2027" in vu.sortie) == (0, True, True)


@pytest.mark.parametrize("nature", HOSTILES)
def test_the_user_s_own_file_is_refused_too(
    cyclades: Commande, store_pret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nature: str
) -> None:
    poser, pourquoi = HOSTILES[nature]
    poser(tmp_path / "cyclades.toml")
    monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", tmp_path / "cyclades.toml")
    refusee = cyclades("--store", store_pret, "service", "lister")
    assert refusee.code == 2
    assert pourquoi in refusee.erreurs


# Whatever else is read: files given to a command, the journal's key, the coffre

DONNES: dict[str, tuple[object, ...]] = {
    "inscrire": (),
    "document verifier": (),
    "justificatif deposer": ("02699000000", "1", "recapitulatif"),
    "justificatif recevoir": ("--fichier",),
}


@pytest.mark.parametrize("nature", HOSTILES)
def test_what_is_no_file_is_refused_by_every_command_that_is_given_one(
    cyclades: Commande, store_pret: Path, tmp_path: Path, nature: str
) -> None:
    poser, _ = HOSTILES[nature]
    poser(tmp_path / "donne.pdf")
    assert cyclades("--store", store_pret, "inscrire", LAMY).code == 0
    for commande, arguments in DONNES.items():
        refusee = cyclades("--store", store_pret, *commande.split(), *arguments, tmp_path / "donne.pdf")
        assert refusee.code == 2, (commande, refusee.tout)
        assert "inattendu" not in refusee.erreurs


@pytest.mark.parametrize("nature", HOSTILES)
def test_what_is_no_key_of_the_journal_is_told(cyclades: Commande, store_pret: Path, nature: str) -> None:
    (store_pret / "journal.cle").unlink()
    HOSTILES[nature][0](store_pret / "journal.cle")
    vu = cyclades("--store", store_pret, "verifier")
    assert (vu.code, "La clé du journal" in vu.sortie) == (1, True)


@pytest.mark.parametrize("nature", HOSTILES)
def test_what_is_no_document_of_the_coffre_is_named(cyclades: Commande, store_pret: Path, nature: str) -> None:
    assert cyclades("--store", store_pret, "inscrire", LAMY).code == 0
    (document,) = [chemin for chemin in (store_pret / "coffre").rglob("*") if chemin.is_file()]
    document.unlink()
    HOSTILES[nature][0](document)
    for commande in (("verifier",), ("document", "ouvrir", "02699000000", "1")):
        vu = cyclades("--store", store_pret, *commande)
        assert vu.code == 1
        assert document.name[:10] in vu.tout


# Several users


@pytest.fixture
def partage() -> Iterator[Path]:
    """A folder that other users reach, which those of pytest are not."""
    with TemporaryDirectory() as dossier:
        Path(dossier).chmod(0o755)
        yield Path(dossier)


@contextmanager
def un_autre() -> Iterator[None]:
    """What is done meanwhile is done by another user, in the group of the first one."""
    if os.geteuid() != 0:
        pytest.skip("only root becomes another user")
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def droits(chemin: Path) -> tuple[int, int]:
    etat = chemin.stat()
    return stat.S_IMODE(etat.st_mode), etat.st_gid


@pytest.mark.parametrize("umask", [0o022, 0o077, 0])
@pytest.mark.parametrize("groupe", [None, "daemon"])
def test_the_folder_is_as_open_as_the_store_and_no_more(partage: Path, umask: int, groupe: str | None) -> None:
    if groupe and os.geteuid() != 0:
        pytest.skip("only root gives files to another group")
    ancien = os.umask(umask)
    try:
        reglages = ReglagesDuPoste(store=partage / "store", groupe=groupe, poste="poste-1")
        entretien.initialiser(reglages, None, HorlogeReglable.a(PENDANT))
        poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
        definir(poste)
        assert fichiers_pris.fautes(poste) == []
        poste.store.fermer()
    finally:
        os.umask(ancien)
    mode, gid = droits(partage / "store")
    assert mode == (0o2770 if groupe else 0o700)
    for dossier in (poste.parametrage, poste.parametrage / "services"):
        assert droits(dossier) == (mode, gid)
    assert droits(poste.parametrage / "services" / "definis.toml") == (0o660 if groupe else 0o600, gid)


def definir(poste: Poste) -> None:
    from cyclades_tui.actes.reglages.service import definir as definir_les_valeurs
    from cyclades_tui.referentiel.bloc_de_reglages import Selection

    definir_les_valeurs(poste, Selection(examen="BCP", academie="33"), {"preinscription": False})


@pytest.mark.parametrize("ferme", ["", "services", "services/definis.toml"])
def test_what_another_user_cannot_read_is_refused_with_its_path_and_what_to_do(
    cyclades: Commande, partage: Path, ferme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder, one in it, or a file, made private by the first user of a store of a group."""
    # The checkout may lie where the other user reads nothing; an installation does not.
    livres = shutil.copytree(ressources.dossier("data"), partage / "data")
    monkeypatch.setattr("cyclades_tui.poste.dossier", lambda _: livres)
    reglages = ReglagesDuPoste(store=partage / "store", groupe="nogroup", poste="poste-1")
    if os.geteuid() != 0:
        pytest.skip("only root gives files to another group")
    entretien.initialiser(reglages, None, HorlogeReglable.a(PENDANT))
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    definir(poste)
    prive = poste.parametrage / ferme
    prive.chmod(0o700 if prive.is_dir() else 0o600)
    if not ferme:
        assert [faute.code for faute in fichiers_pris.fautes(poste)] == [fichiers_pris.DROITS]
    os.setegid(65534)
    try:
        with un_autre(), pytest.raises(ErreurCyclades) as refus:
            _ = replace(poste).referentiel
    finally:
        os.setegid(0)
    poste.store.fermer()
    assert f"« {prive} » ne peut pas être lu : droits insuffisants." in str(refus.value)
    assert refus.value.fautes[0].remede

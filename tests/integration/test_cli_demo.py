"""`demo`: makes a new store each time, and never empties a folder but its own."""

from __future__ import annotations

import os
import select
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from outils.actes import lignes, une
from outils.cli import CANDIDATURES, Commande, environnement
from outils.hacheur import HacheurRapide
from ptyprocess import PtyProcess

from cyclades_tui.__main__ import main
from cyclades_tui.actes.candidature import brouillons, consultation
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.actes.socle import hachage
from cyclades_tui.amorce.demonstration import AGENTS, GESTIONNAIRE, MOT_DE_PASSE, PERSONNES
from cyclades_tui.amorce.ouvrages import MARQUE
from cyclades_tui.domaine.acteur import Face, NatureActeur
from cyclades_tui.domaine.erreurs import ActeRefuse
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.fichiers.examen import Exigences, examiner
from cyclades_tui.fichiers.racines import proposer
from cyclades_tui.poste import Poste, ReglagesDuPoste, lire_reglages, ouvrir_poste

# Before Python 3.12 nothing is said; after, pytest-xdist's own thread makes every fork suspect. The child only execs.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of forkpty:DeprecationWarning"),
    pytest.mark.usefixtures("hacheur_rapide"),
]

PATIENCE = 60.0  # seconds without output, to detect a hung process; not a measurement
ALICE, BASILE, CHLOE, DENIS = PERSONNES
RESPONSABLE = AGENTS[3][0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a demo made once, to be read only, and its output."""
    dossier = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as monkeypatch, redirect_stdout(StringIO()) as sortie:
        monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurRapide)
        monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", dossier / "aucun.toml")
        monkeypatch.setattr(sys, "argv", ["cyclades", "demo", str(dossier / "demo"), "--dossiers", "10"])
        with pytest.raises(SystemExit, check=lambda fin: not fin.code):
            main()
    return dossier / "demo", sortie.getvalue()


def test_the_demo_registers_everything_twice_in_a_row(
    cyclades: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dossier = Path("build/demo")
    for _ in range(2):
        faite = cyclades("demo", "--dossiers", 0)
        assert faite.code == 0
        documents = sorted((dossier / "recapitulatifs").iterdir())
        assert len(documents) == len(CANDIDATURES)
        assert "Besançon : ouvert jusqu'au" in faite.sortie
        assert f"√ {len(CANDIDATURES)} candidatures sur {len(CANDIDATURES)}" in faite.sortie
        assert str(dossier / "recapitulatifs") in faite.sortie
        (dossier / "mes-notes.txt").touch()
    monkeypatch.setenv("CYCLADES_MOT_DE_PASSE", MOT_DE_PASSE)
    assert cyclades("--store", dossier / "store", "--agent", RESPONSABLE, "verifier").code == 0
    assert (dossier / "mes-notes.txt").exists()


def test_pieces_stand_in_every_status_and_their_files_are_whole(demo: tuple[Path, str]) -> None:
    dossier, _ = demo
    with ouvrir_poste(lire_reglages(dossier / "store")) as poste:
        presents = {(mode, statut) for mode, statut in lignes(poste, "SELECT mode, statut FROM justificatif")}
        assert presents >= {("en ligne", statut) for statut in Statut if statut is not Statut.EN_ATTENTE}
        assert presents >= {("voie postale", statut) for statut in (Statut.EN_ATTENTE, Statut.RECUE)}
        assert une(poste, "SELECT count(*) FROM justificatif WHERE sans_objet") == 1
        for (sha256,) in lignes(poste, "SELECT sha256 FROM depot"):
            assert poste.store.coffre.lire(sha256)
    specimens = proposer((dossier / "cle-usb",), Exigences(("PDF", "JPEG", "PNG"), 5_000_000))
    assert [bool(proposee.refus) for proposee in sorted(specimens, key=lambda p: p.nom)].count(True) == 1
    for proposee in specimens:
        if not proposee.refus:
            assert examiner(proposee.chemin, Exigences(("PDF", "JPEG"), 5_000_000)).pages == 1


def test_a_demo_where_a_desk_works_is_left_as_it_is(cyclades: Commande, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / MARQUE).touch()
    reglages = lire_reglages(tmp_path / "demo" / "store")
    entretien.initialiser(reglages, None)
    with ouvrir_poste(reglages) as poste:
        assert consultation.cartes(poste, 1) == ()
        refusee = cyclades("demo", tmp_path / "demo")
    assert (refusee.code, "Quittez la borne" in refusee.erreurs) == (2, True)
    with ouvrir_poste(reglages) as poste:
        assert une(poste, "SELECT count(*) FROM identite_store") == 1


def plein(dossier: Path) -> Path:
    (dossier / "store").mkdir()
    (dossier / "store" / "these.odt").touch()
    return dossier


def un_fichier(dossier: Path) -> Path:
    (dossier / "fichier").touch()
    return dossier / "fichier"


def sous_un_fichier(dossier: Path) -> Path:
    return un_fichier(dossier) / "dessous"


def un_store_ailleurs(dossier: Path) -> Path:
    """A former demo whose store somebody replaced by a link to another folder."""
    (dossier / "demo").mkdir()
    (dossier / "demo" / MARQUE).touch()
    (dossier / "precieux").mkdir()
    (dossier / "precieux" / "these.odt").touch()
    (dossier / "demo" / "store").symlink_to(dossier / "precieux")
    return dossier / "demo"


@pytest.mark.parametrize(
    ("fabriquer", "code"), [(plein, 2), (un_fichier, 2), (sous_un_fichier, 1), (un_store_ailleurs, 1)]
)
def test_a_folder_that_no_demo_made_is_left_as_it_is(
    cyclades: Commande, tmp_path: Path, fabriquer: object, code: int
) -> None:
    assert callable(fabriquer)
    dossier = fabriquer(tmp_path)
    avant = sorted(tmp_path.rglob("*"))
    refusee = cyclades("demo", dossier)
    assert refusee.code == code
    assert "Donnez un" in refusee.erreurs
    assert sorted(tmp_path.rglob("*")) == avant


def lui_meme(poste: Poste, session: comptes.SessionCandidat) -> Poste:
    return replace(poste, acteur=replace(poste.acteur, nature=NatureActeur.CANDIDAT, identifiant=session.numero))


def entrer(poste: Poste, email: str) -> comptes.SessionCandidat:
    return comptes.connecter(poste, email, MOT_DE_PASSE)


def test_the_demo_tells_its_accounts_and_what_can_be_run_next(
    cyclades: Commande, demo: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, sortie = demo
    monkeypatch.setenv("CYCLADES_MOT_DE_PASSE", MOT_DE_PASSE)
    store = dossier / "store"
    assert f"--store {store} --agent {GESTIONNAIRE} inscrire {CANDIDATURES[0]}\n" in sortie
    refusee = cyclades("--store", store, "--agent", GESTIONNAIRE, "inscrire", CANDIDATURES[0])
    assert refusee.code == 2
    assert "est déjà inscrit à cette spécialité" in refusee.erreurs
    comptes_dits = sortie.partition("Comptes de la borne,")[2].splitlines()
    assert MOT_DE_PASSE in comptes_dits[0]
    dits = [ligne.split() for ligne in comptes_dits[1:5]]
    assert [ligne[0] for ligne in dits] == [personne.email for personne in PERSONNES]
    assert "à l'onglet 5, Acquis" in comptes_dits[2]
    assert "N° 001" in comptes_dits[3]
    assert f"courrier lire {DENIS.email}" in sortie
    assert f"--store {store} borne\n" in sortie
    lisez_moi = dossier / "LISEZ-MOI.txt"
    assert sortie.endswith(f"{lisez_moi.read_text(encoding='utf-8')}\nCe texte reste dans {lisez_moi}\n")
    assert all(f"  {identifiant:<20}" in sortie for identifiant, _, _ in AGENTS)
    courrier = cyclades("--store", store, "--agent", GESTIONNAIRE, "courrier", "lire", DENIS.email)
    assert "Activer mon compte" in courrier.sortie
    with ouvrir_poste(lire_reglages(store)) as ouvert:
        poste = replace(ouvert, acteur=replace(ouvert.acteur, face=Face.BORNE))
        alice, basile, chloe = (entrer(poste, personne.email) for personne in (ALICE, BASILE, CHLOE))
        with pytest.raises(ActeRefuse, match="pas encore activé"):
            entrer(poste, DENIS.email)
        assert not consultation.cartes(lui_meme(poste, alice), alice.candidat_id)
        assert not brouillons.lister(lui_meme(poste, alice), alice.numero)
        (brouillon,) = brouillons.lister(lui_meme(poste, basile), basile.numero)
        assert (brouillon.onglet, brouillon.saisie[brouillon.focus], brouillon.ecran) == ("acquis", "20", None)
        (carte,) = consultation.cartes(lui_meme(poste, chloe), chloe.candidat_id)
        assert (carte.numero, carte.version) == ("001", 1)
        annonce = poste.referentiel.reglages("", "", "").textes.message_ponctuel
        assert all(personne.email in annonce for personne in PERSONNES)
        assert str(lisez_moi) in annonce
        sans_courrier = poste.referentiel.reglages("", "", "").textes.activation_sans_courrier
        assert f"--store {store} --agent {GESTIONNAIRE} courrier lire " in sans_courrier


def test_each_step_is_told_before_it_is_done(demo: tuple[Path, str]) -> None:
    lignes = demo[1].splitlines()
    etapes = [ligne for ligne in lignes if ligne.startswith("… ")]
    assert len(etapes) == 5
    assert lignes.index("… Dossiers et leurs pièces") < next(
        rang for rang, ligne in enumerate(lignes) if ligne.startswith("√ 10 dossiers")
    )


# What a person does in a demo, by the words in which it is told.
def ecrire_une_saisie(poste: Poste) -> None:
    session = entrer(poste, BASILE.email)
    (brouillon,) = brouillons.lister(lui_meme(poste, session), session.numero)
    brouillons.garder(
        lui_meme(poste, session),
        brouillon.cle,
        brouillon.saisie | {brouillon.focus: "2019"},
        onglet=brouillon.onglet,
        focus=brouillon.focus,
        ecran="ailleurs",
    )


def creer_un_compte(poste: Poste) -> None:
    identite = replace(ALICE, email="zelie@example.org", nom="ZINNIA", naissance="02/03/2004")
    comptes.creer(poste, identite.compte)


def ajouter_un_diplome(poste: Poste) -> None:
    (poste.parametrage / "diplomes").mkdir()
    (poste.parametrage / "diplomes" / "mien.toml").write_text("examen = 'CAP'\n", encoding="utf-8")


OUVRAGES: dict[str, Callable[[Poste], None]] = {
    "1 saisie commencée": ecrire_une_saisie,
    "1 compte créé": creer_un_compte,
    "1 fichier de réglages changé": ajouter_un_diplome,
}


def copie_de(demo: tuple[Path, str], dossier: Path) -> Path:
    """A copy of a demonstration, to be worked in."""
    shutil.copytree(demo[0], dossier / "demo")
    return dossier / "demo"


@contextmanager
def a_la_borne(dossier: Path) -> Iterator[Poste]:
    with ouvrir_poste(lire_reglages(dossier / "store")) as poste:
        yield replace(poste, acteur=replace(poste.acteur, face=Face.BORNE))


@pytest.mark.parametrize("mots", OUVRAGES)
def test_what_somebody_did_is_not_erased_unasked(
    cyclades: Commande, demo: tuple[Path, str], tmp_path: Path, mots: str
) -> None:
    dossier = copie_de(demo, tmp_path)
    with a_la_borne(dossier) as poste:
        OUVRAGES[mots](poste)
    avant = sorted(dossier.rglob("*"))
    refusee = cyclades("demo", dossier, "--dossiers", 0)
    assert refusee.code == 2
    assert mots in refusee.erreurs
    assert "--refaire" in refusee.erreurs
    assert sorted(dossier.rglob("*")) == avant
    assert cyclades("demo", dossier, "--dossiers", 0, "--refaire").code == 0
    assert cyclades("demo", dossier, "--dossiers", 0).code == 0


def test_looking_into_a_demo_is_no_work_and_the_medium_s_files_stay(
    cyclades: Commande, demo: tuple[Path, str], tmp_path: Path
) -> None:
    dossier = copie_de(demo, tmp_path)
    (dossier / "cle-usb" / "mon-diplome.pdf").touch()
    with a_la_borne(dossier) as poste:
        session = entrer(poste, CHLOE.email)
        consultation.cartes(lui_meme(poste, session), session.candidat_id)
    assert cyclades("demo", dossier, "--dossiers", 0).code == 0
    assert (dossier / "cle-usb" / "mon-diplome.pdf").exists()


def test_a_demo_of_a_former_release_is_not_erased_unasked(
    cyclades: Commande, demo: tuple[Path, str], tmp_path: Path
) -> None:
    dossier = copie_de(demo, tmp_path)
    (dossier / MARQUE).write_bytes(b"")
    refusee = cyclades("demo", dossier)
    assert (refusee.code, "n'est pas connu" in refusee.erreurs) == (2, True)


class Terminal:
    """`cyclades demo` in a terminal of its own."""

    def __init__(self, maison: Path, *arguments: str) -> None:
        commande = [sys.executable, "-m", "cyclades_tui", "demo", str(maison / "demo"), "--dossiers", "0", *arguments]
        self._demo = PtyProcess.spawn(commande, env=environnement(maison, TERM="xterm-256color"), dimensions=(24, 80))
        self._octets = b""

    @property
    def ecrit(self) -> str:
        """Everything that it wrote."""
        return self._octets.decode("utf-8", "replace")

    def _lire(self) -> bool:
        """Wait for more output; returns whether more may come."""
        assert select.select([self._demo.fd], [], [], PATIENCE)[0], self.ecrit
        try:
            lus = os.read(self._demo.fd, 65536)
        except OSError:  # Linux says so that the process has closed its side
            return False
        self._octets += lus
        return bool(lus)

    def attendre(self, texte: str) -> None:
        while texte not in self.ecrit:
            assert self._lire(), self.ecrit

    def presser(self, touches: str) -> None:
        self._demo.write(touches.encode())

    def finir(self) -> str:
        """All of the output; the process must succeed."""
        while self._lire():
            pass
        assert self._demo.wait() == 0
        return self.ecrit


def test_in_a_terminal_the_demo_ends_in_the_borne_and_tells_how_to_come_back(tmp_path: Path) -> None:
    demo = Terminal(tmp_path)
    demo.attendre("comptes de la borne")
    quitter_la_borne(demo)
    assert "La borne, avec ces comptes" in demo.finir().rpartition("Quitter la borne ?")[2]


def quitter_la_borne(demo: Terminal) -> None:
    demo.attendre("Bienvenue. Que voulez-vous faire ?")
    demo.attendre("Démonstration, ")
    demo.presser("\x1b")
    demo.attendre("Quitter la borne ?")
    demo.presser("\x1b[B\r")


def test_in_a_terminal_somebody_s_work_is_kept_by_one_key(demo: tuple[Path, str], tmp_path: Path) -> None:
    dossier = copie_de(demo, tmp_path)
    with a_la_borne(dossier) as poste:
        creer_un_compte(poste)
    terminal = Terminal(tmp_path)
    terminal.attendre("1 compte créé")
    terminal.attendre("Votre choix : ")
    terminal.presser("\r")
    quitter_la_borne(terminal)
    assert "La borne, avec ces comptes" in terminal.finir()
    with a_la_borne(dossier) as poste:
        assert une(poste, "SELECT count(*) FROM compte WHERE email = 'zelie@example.org'") == 1


def test_a_demo_that_was_interrupted_is_made_again_without_the_borne_where_it_is_not_wanted(tmp_path: Path) -> None:
    (tmp_path / "demo" / "store").mkdir(parents=True)
    (tmp_path / "demo" / "store" / "cyclades.db").write_bytes(b"moitie")
    (tmp_path / "demo" / MARQUE).touch()
    ecrit = Terminal(tmp_path, "--sans-borne").finir()
    assert "La borne, avec ces comptes" in ecrit
    assert "Bienvenue" not in ecrit

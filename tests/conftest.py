"""Fixtures of all tests: a clock, stores, the command line, pictures."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from outils import pilote_leger
from outils.actes import nouveau_poste
from outils.cli import SANS_GARDE, Commande, Execution, ouvrir_les_fenetres
from outils.hacheur import HacheurRapide
from outils.horloge import PENDANT, HorlogeReglable
from outils.moteurs import MOTEURS, Moteur

from cyclades_tui.__main__ import main
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.actes.socle import hachage
from cyclades_tui.poste import Poste, ReglagesDuPoste, lire_reglages
from cyclades_tui.store.modele.unite import Store

if TYPE_CHECKING:
    from outils.images import Geste, Images
    from syrupy.assertion import SnapshotAssertion
    from textual.app import App

# Modules that draw are imported where needed, because most tests draw nothing.
_UNE_VUE: Mapping[str, None] = {"": None}
_OPTION = "--pilote-de-la-bibliotheque"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(_OPTION, action="store_true", help="Drive the screens by Textual's own pilot: true, and slower.")


def pytest_collection_finish(session: pytest.Session) -> None:
    if not session.config.getoption(_OPTION):
        pilote_leger.alleger()
    # Objects that live as long as the tests are hidden from garbage collection, which took a sixth of their time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture
def horloge() -> HorlogeReglable:
    """The guide's instant, within the shipped window."""
    return HorlogeReglable.a(PENDANT)


@pytest.fixture
def hacheur_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passwords cost next to nothing."""
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurRapide)


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeReglable) -> Iterator[Poste]:
    """A new store for training numbers."""
    ouvert = nouveau_poste(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def poste_lots(tmp_path: Path) -> Iterator[Poste]:
    """A store whose dossiers await pieces, online and by post."""
    from outils.lots import poste_des_lots

    ouvert = poste_des_lots(tmp_path)
    yield ouvert
    ouvert.store.fermer()


# The store: what asks for one of these runs on each engine


@pytest.fixture(params=MOTEURS.values(), ids=list(MOTEURS))
def moteur(request: pytest.FixtureRequest) -> Moteur:
    """Each engine in turn."""
    lui: Moteur = request.param
    return lui


@pytest.fixture(
    params=[moteur for moteur in MOTEURS.values() if not moteur.variante],
    ids=[nom for nom, moteur in MOTEURS.items() if not moteur.variante],
)
def moteur_seul(request: pytest.FixtureRequest) -> Moteur:
    """Each engine in one form only, for long tests."""
    lui: Moteur = request.param
    return lui


@pytest.fixture
def store(moteur: Moteur, tmp_path: Path) -> Iterator[Store]:
    """A new store."""
    neuf = moteur.creer(tmp_path)
    yield neuf
    neuf.fermer()


# The command line


@pytest.fixture
def cyclades(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commande:
    """`cyclades(*arguments)` as a person runs it, with only the settings given."""
    monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", tmp_path / "aucun.toml")
    for nom in ("STORE", "PARAMETRAGE", "CLE", "GROUPE", "POSTE", "RACINES", "IMPRESSION", "AGENT", "MOT_DE_PASSE"):
        monkeypatch.delenv(f"CYCLADES_{nom}", raising=False)
    for nom, valeur in SANS_GARDE.items():
        monkeypatch.setenv(nom, valeur)

    def lancer(*arguments: object) -> Execution:
        monkeypatch.setattr(sys, "argv", ["cyclades", *(str(a) for a in arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as fin:
            main()
        lu = capsys.readouterr()
        return Execution(fin.value.code if isinstance(fin.value.code, int) else 0, lu.out, lu.err)

    return lancer


@pytest.fixture(scope="session")
def modele_de_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a training store and its local settings, made once and then only copied."""
    dossier = tmp_path_factory.mktemp("modele")
    initialiser(lire_reglages(dossier / "store"), None)
    ouvrir_les_fenetres(dossier / "store")
    return dossier


@pytest.fixture
def store_pret(modele_de_store: Path, tmp_path: Path) -> Path:
    """A store for this test alone, its windows open."""
    shutil.copytree(modele_de_store, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


# The faces


@pytest.fixture
def sans_attente(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hacheur_rapide: None) -> None:
    """Make passwords cost next to nothing, and log errors in the test's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))


@pytest.fixture
def poste_borne(tmp_path: Path, horloge: HorlogeReglable, sans_attente: None) -> Iterator[Poste]:
    """A new store that gives the guide's numbers."""
    from outils.inscription import poste_du_guide

    ouvert = poste_du_guide(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def poste_connu(tmp_path: Path, horloge: HorlogeReglable, sans_attente: None) -> Iterator[Poste]:
    """A store where the guide's person already has her number."""
    from outils.inscription import poste_du_guide

    ouvert = poste_du_guide(tmp_path, horloge, connue=True)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def poste_guichet(tmp_path: Path, horloge: HorlogeReglable, sans_attente: None) -> Iterator[Poste]:
    """A store with agents of each role, and candidatures whose pieces are in all states."""
    from outils.guichet import poste_du_guichet

    ouvert = poste_du_guichet(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


@pytest.fixture
def poste_avec_compte(poste_borne: Poste) -> Poste:
    """A store where Paul Lamy has an account."""
    from outils.borne import creer_compte

    creer_compte(poste_borne)
    return poste_borne


@pytest.fixture
def images(snapshot: SnapshotAssertion) -> Images:
    """`await images(app, agir)`: after `agir` the application looks as in its pictures.

    The window is enlarged in between; there is one picture of `snap_compare` for each size, or for each of the `vues`
    (name, and what leads to it) at each size.
    """
    from outils.borne import TAILLES, calmer
    from pytest_textual_snapshot import SVGImageExtension

    attendue = snapshot.use_extension(SVGImageExtension)

    async def comparer(app: App[None], agir: Geste = calmer, vues: Mapping[str, Geste | None] = _UNE_VUE) -> None:
        premiere, *_ = TAILLES.values()
        async with app.run_test(size=premiere, notifications=True) as pilot:
            await agir(pilot)
            for nom, taille in TAILLES.items():
                if app.size != taille:
                    await pilot.resize_terminal(*taille)
                    await calmer(pilot)
                for vue, aller in vues.items():
                    if aller is not None:
                        await aller(pilot)
                    await pilot.wait_for_scheduled_animations()
                    assert app.export_screenshot(title=app.title, simplify=True) == attendue(name=nom + vue)

    return comparer

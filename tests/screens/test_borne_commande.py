"""`cyclades borne` as a command: no terminal, settings, a surprise, what is loaded before the first paint."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from outils.borne import calmer, jusqu_a, se_connecter, voir
from outils.terminal import Borne, cyclades, terminal
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.consigne import consigner
from cyclades_tui.apps.themes import CLAIR, SEIZE
from cyclades_tui.cli.corps.borne import reglages_ecrits, relancer, tenir
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.affichage import lire_affichage
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.poste import Poste, ReglagesDuPoste, lire_reglages
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.cadre.probleme import EcranProbleme

# Before Python 3.12 nothing is said; after, pytest-xdist's own thread makes every fork suspect. The child only execs.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of forkpty:DeprecationWarning")

LOURDS = (
    *("typer", "pydantic", "pydantic_settings", "sqlmodel", "sqlalchemy", "argon2", "fpdf", "alembic"),
    *("cyclades_tui.cli.commandes.racine", "cyclades_tui.screens.cadre.affichage"),
)
SURPRISE = "cela ne devait pas arriver"
Journal = Callable[[], str]


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """What the log of surprises holds."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return lambda: "".join(fichier.read_text(encoding="utf-8") for fichier in tmp_path.rglob("erreurs.log"))


def garder_un_brouillon(poste: Poste) -> None:
    numero = comptes.connecter(poste, "paul.lamy@mail.fr", "Motdepasse!").numero
    cle = brouillons.cle_nouvelle(numero, "BCP", "2024", "33")
    brouillons.garder(poste, cle, {"identification.adresse.voie": "12 rue"}, onglet="acquis", focus="", ecran="")


def dit(pilot: Pilot[None]) -> str:
    """The page's text, sign for sign."""
    bandes = pilot.app.screen._compositor.render_strips()
    return "\n".join(bande.text for bande in bandes)


def test_without_a_terminal_a_sentence_says_so() -> None:
    with pytest.raises(SaisieRefusee) as refus:
        tenir(lire_reglages)
    assert "il n'y en a pas ici" in str(refus.value)


# Settings


def ecrire_les_reglages(dossier: Path, texte: str) -> None:
    (dossier / "config" / "cyclades").mkdir(parents=True)
    (dossier / "config" / "cyclades" / "cyclades.toml").write_text(texte, encoding="utf-8-sig")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire_les_reglages(tmp_path, 'store = "/srv"\ntheme = "sombre"\nmarque = false\n')
    monkeypatch.setenv("CYCLADES_THEME", "contraste")
    monkeypatch.setenv("CYCLADES_GLYPHES", "")
    lus = reglages_ecrits()
    assert {cle: lus.get(cle) for cle in ("theme", "glyphes", "marque")} == {
        "theme": "contraste",
        "glyphes": None,
        "marque": False,
    }


@pytest.mark.parametrize("texte", ["theme = ", "\xff"])
def test_a_broken_file_leaves_the_defaults(tmp_path: Path, texte: str) -> None:
    ecrire_les_reglages(tmp_path, "")
    (tmp_path / "config" / "cyclades" / "cyclades.toml").write_bytes(texte.encode("latin-1"))
    assert reglages_ecrits() == {}


def test_the_settings_of_the_machine_accept_those_of_the_screens(tmp_path: Path) -> None:
    """A program of its own: the settings' file is the one of the user who starts it."""
    ecrire_les_reglages(tmp_path, 'poste = "borne 3"\ntheme = "bleu"\nglyphes = "ascii"\nmarque = false\n')
    programme = "from cyclades_tui.poste import lire_reglages; print(lire_reglages().poste)"
    lu = subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, check=True)
    assert lu.stdout == "borne 3\n"


@pytest.mark.parametrize("options", [(), ("--parametrage", "ailleurs")], ids=["seule", "avec option"])
def test_a_file_that_cannot_be_read_is_told_on_the_home(options: tuple[str, ...], tmp_path: Path) -> None:
    """With no option the command starts without Typer: both read the same settings behind the home."""
    ecrire_les_reglages(tmp_path, "store = ")
    env = Borne(tmp_path).env | {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    with terminal(cyclades(*options, "borne"), env) as ecran:
        ecran.attendre("Que voulez-vous faire ?")
        ecran.presser("1")
        ecran.attendre("× Le fichier de réglages cyclades.toml est illisible", "Corrigez cette ligne.")
        assert ecran.fin is None


async def test_wrong_settings_are_told_on_the_home_which_works(poste_avec_compte: Poste) -> None:
    _, fautes = lire_affichage({"theme": "bleu", "marque": "peut-être"})
    app = BorneApp(lambda: poste_avec_compte, reglages=fautes)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        assert app.theme == CLAIR
        lu = str(app.screen.query_one("#annonce .texte", Static).content)
        assert "« bleu » n'est pas une valeur de ce réglage." in lu
        assert "Écrivez true ou false, dans cyclades.toml ou dans CYCLADES_MARQUE." in lu
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)


# A surprise


async def test_a_surprise_in_an_acte_becomes_a_page_and_the_borne_goes_on(
    poste_avec_compte: Poste, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    garder_un_brouillon(poste_avec_compte)

    def casser(*_: object) -> None:
        raise RuntimeError(SURPRISE)

    app = BorneApp(lambda: poste_avec_compte)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        with monkeypatch.context() as casse:
            casse.setattr(comptes, "connecter", casser)
            await pilot.press("1")
            await calmer(pilot)
            await pilot.press("a", "enter", "b", "enter")
            await jusqu_a(pilot, lambda: isinstance(app.screen, EcranProbleme))
            await pilot.pause()
        assert "× Un problème empêche de continuer. Ce que vous avez saisi est gardé." in dit(pilot)
        reference = dit(pilot).partition("à un agent : ")[2][:6]
        assert f"--- {reference} " in journal()
        assert SURPRISE in journal()
        assert SURPRISE not in dit(pilot)
        await pilot.press("enter")
        await voir(pilot, EcranAccueil)
        assert app.screen_stack == [app.screen]
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        assert "Brouillon" in dit(pilot)
        assert app.probleme is None


async def test_a_store_that_opens_by_a_surprise_is_tried_again(poste_avec_compte: Poste) -> None:
    essais = iter((RuntimeError(SURPRISE), poste_avec_compte))

    def ouvrir() -> Poste:
        essai = next(essais)
        if isinstance(essai, Poste):
            return essai
        raise essai

    app = BorneApp(ouvrir)
    async with app.run_test(size=(80, 24)) as pilot:
        await jusqu_a(pilot, lambda: isinstance(app.screen, EcranProbleme))
        await pilot.pause()
        await pilot.press("escape")
        await voir(pilot, EcranAccueil)
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)


class BornePilotee(BorneApp):
    """A borne without a terminal, which a person uses as `piloter` does."""

    piloter: Callable[[Pilot[Any]], Any]

    def run(self, **_: Any) -> None:
        super().run(headless=True, size=(80, 24), auto_pilot=self.piloter)

    async def action_casser(self) -> None:
        raise RuntimeError(SURPRISE)


def test_a_surprise_in_a_handler_starts_the_borne_again_with_the_page_first(
    poste_avec_compte: Poste, journal: Journal, capfd: pytest.CaptureFixture[str]
) -> None:
    garder_un_brouillon(poste_avec_compte)
    vus: list[str] = []

    async def casser(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        pilot.app.call_later(pilot.app.run_action, "app.casser")
        await jusqu_a(pilot, lambda: not pilot.app.is_running)

    async def reprendre(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, EcranProbleme))
        vus.append(dit(pilot))
        await pilot.press("enter")
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        vus.append(dit(pilot))
        pilot.app.exit()

    personnes = iter((casser, reprendre))

    def fabriquer(_: Callable[[], Poste], reference: str) -> BorneApp:
        app = BornePilotee(
            lambda: replace(poste_avec_compte, acteur=replace(poste_avec_compte.acteur, face=Face.BORNE)),
            reference=reference,
        )
        app.piloter = next(personnes)
        return app

    assert relancer(fabriquer, lire_reglages) == 0
    page, inscriptions = vus
    reference = page.partition("à un agent : ")[2][:6]
    assert f"--- {reference} " in journal()
    assert "Brouillon" in inscriptions
    lu = capfd.readouterr()
    assert "Traceback" not in page + lu.out + lu.err
    assert SURPRISE not in page + lu.out + lu.err


def test_a_page_that_itself_fails_ends_the_command(journal: Journal) -> None:
    """Otherwise it would start again for ever; the command then gives its own reference."""

    async def casser(pilot: Pilot[None]) -> None:
        pilot.app.call_later(pilot.app.run_action, "app.casser")
        await jusqu_a(pilot, lambda: not pilot.app.is_running)

    def ouvrir() -> Poste:
        raise SaisieRefusee(())

    applications: list[BorneApp] = []

    def fabriquer(_: Callable[[], Poste], reference: str) -> BorneApp:
        app = BornePilotee(ouvrir, reference=reference)
        app.piloter = casser
        applications.append(app)
        return app

    def lire() -> ReglagesDuPoste:
        return ReglagesDuPoste()

    with pytest.raises(RuntimeError, match=SURPRISE):
        relancer(fabriquer, lire)
    assert len(applications) == 2
    assert journal().count("--- ") == 1


def test_a_log_that_cannot_be_written_still_gives_a_reference(tmp_path: Path) -> None:
    (tmp_path / "etat").write_text("a file where the log's folder should be", encoding="utf-8")
    reference, _ = consigner(RuntimeError(SURPRISE))
    assert len(reference) == 6


# Start


def test_the_home_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    """Behind the home, the import of the poste begins what is heavy; what is loaded by then is written to a file."""
    ecrit = tmp_path / "charges"
    programme = f"""
import sys
from pathlib import Path
class Temoin:
    def find_spec(self, nom, *_):
        if nom == "cyclades_tui.poste":
            Path({str(ecrit)!r}).write_text(" ".join(sys.modules.keys() & {LOURDS}))
sys.meta_path.insert(0, Temoin())
sys.argv = ["cyclades", "borne"]
from cyclades_tui.__main__ import main
main()
"""
    with terminal([sys.executable, "-c", programme], Borne(tmp_path).env) as ecran:
        ecran.attendre("Que voulez-vous faire ?")
        ecran.jusqu_a(ecrit.exists)
    assert ecrit.read_text() == ""


def test_a_store_without_a_key_opens_without_what_only_documents_and_ciphers_need(tmp_path: Path) -> None:
    """Each of these would cost its memory for as long as the borne runs."""
    programme = """
import sys
from cyclades_tui.cli.corps.borne import charger_les_ecrans
from cyclades_tui.poste import lire_reglages, ouvrir_poste
with ouvrir_poste(lire_reglages()) as poste:
    charger_les_ecrans(poste)
    print(*(m for m in sys.argv[1:] if m in sys.modules))
"""
    inutiles = ("alembic", "babel", "cryptography", "dns", "email_validator", "fpdf", "phonenumbers", "tomlkit")
    commande = [sys.executable, "-c", programme, *inutiles]
    lu = subprocess.run(commande, env=Borne(tmp_path).env, capture_output=True, text=True, check=True)
    assert lu.stdout.split() == []


@pytest.mark.parametrize(("reglage", "theme"), [("sombre", "cyclades-sombre"), ("16", SEIZE)])
def test_the_first_application_has_the_theme_of_the_settings(
    reglage: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLADES_THEME", reglage)
    affichage, _ = lire_affichage(reglages_ecrits())
    assert BorneApp(lambda: pytest.fail("opened"), affichage.theme.nom).theme == theme

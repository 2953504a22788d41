"""Pictures of the borne around an inscription: each screen at both sizes, its error, the home in three themes."""

from __future__ import annotations

from typing import Any

import pytest
from borne_outils import (
    EMAIL,
    IDENTITE,
    TAILLES,
    borne,
    calmer,
    creer_compte,
    jusqu_a,
    remplir,
    se_connecter,
    taper,
    voir,
)
from inscription_outils import PLEINE
from textual.pilot import Pilot

from cyclades_tui.actes import brouillons, comptes
from cyclades_tui.actes.inscription import Demande, enregistrer
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.themes import CLAIR, CONTRASTE, SOMBRE
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.screens.compte.activation import EcranActivation
from cyclades_tui.screens.compte.ecran import EcranCompte
from cyclades_tui.screens.lancement import EcranOuverture
from cyclades_tui.screens.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.widgets.carte import Carte

pytestmark = pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)


async def ouvrir_le_compte(pilot: Pilot[None]) -> EcranCompte:
    await calmer(pilot)
    await pilot.press("2")
    await voir(pilot, EcranCompte)
    assert isinstance(pilot.app.screen, EcranCompte)
    return pilot.app.screen


def test_home(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """Two large entries, three small ones with their digits, the first marked; the school's candidates are told."""
    assert snap_compare(borne(poste), terminal_size=taille, run_before=calmer)


@pytest.mark.parametrize("theme", [CLAIR, SOMBRE, CONTRASTE])
def test_home_in_each_theme(snap_compare: Any, poste: Poste, taille: tuple[int, int], theme: str) -> None:
    """Every word can be read, the marked entry carries `►`."""
    assert snap_compare(borne(poste, theme), terminal_size=taille, run_before=calmer)


def test_home_without_a_store(snap_compare: Any, taille: tuple[int, int]) -> None:
    """A red block says that the store is not there and what to do; the entries stay, nothing is cut."""

    def ouvrir() -> Poste:
        raise StoreInutilisable(Faute("store.absent", "", "Le store n'existe pas.", "Créez-le avec : cyclades init."))

    assert snap_compare(BorneApp(ouvrir), terminal_size=taille, run_before=calmer)


def test_help(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """The frequent questions in blue, each with its answer; « ▼ suite » where there is more."""
    assert snap_compare(borne(poste), terminal_size=taille, press=["4"])


def test_login(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """« Veuillez vous identifier »: both fields, the first in focus, the button, four links, FranceConnect told."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("1")
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=ouvrir)


def test_login_refused(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """The address stays, the password is empty and in focus, a red block says what to do."""

    async def echouer(pilot: Pilot[None]) -> None:
        await se_connecter(pilot, "Autrechose!")

    assert snap_compare(borne(poste), terminal_size=taille, run_before=echouer)


@pytest.mark.parametrize("etape", range(3), ids=["identite", "naissance", "acces"])
def test_account_step(snap_compare: Any, poste: Poste, taille: tuple[int, int], etape: int) -> None:
    """A step of the account: steps above, each confirmation under its field, four conditions under the password."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await (await ouvrir_le_compte(pilot))._ouvrir(etape)
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=ouvrir)


def test_account_refused(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """Different addresses and a password that lacks signs: a count above, a sentence under each, conditions ticked."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await (await ouvrir_le_compte(pilot))._ouvrir(2)
        await calmer(pilot)
        await remplir(pilot, (EMAIL, "paul@mail.fr", "abcD", "abcE"))
        await pilot.press("f8")
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=ouvrir)


def test_account_read_again(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """Everything typed, no password, « Enregistrer » filled; an accented name letter for letter."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        ecran = await ouvrir_le_compte(pilot)
        ecran.modele.ecrire("identification.nom", "D'Œuvré-Ñandù")
        ecran.modele.ecrire("identification.email", EMAIL)
        await ecran._ouvrir(3)
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=ouvrir)


def test_activation(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """The code's field after a wrong code: until when it is valid, what an agent can do, no code anywhere."""
    creer_compte(poste, actif=False)

    async def echouer(pilot: Pilot[None]) -> None:
        await se_connecter(pilot)
        await voir(pilot, EcranActivation)
        await taper(pilot, "ZZZZZZ")
        await pilot.press("enter")
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=echouer)


@pytest.mark.parametrize("filtre", ["2024", "2022", "zzz"], ids=["open", "closed", "nothing"])
def test_services(snap_compare: Any, poste: Poste, taille: tuple[int, int], filtre: str) -> None:
    """The choices made with their `←`, the marked row with `►`, its dates at the right; open, closed, or nothing."""

    async def choisir(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("3")
        await voir(pilot, EcranOuverture)
        await pilot.press("enter", "enter")
        await taper(pilot, filtre)
        await pilot.press("enter")
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=choisir)


async def _entrer(pilot: Pilot[None]) -> None:
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)


def test_no_candidature(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """« Vous n'avez aucune candidature active. » and « Ajouter une nouvelle candidature » filled."""
    creer_compte(poste)
    assert snap_compare(borne(poste), terminal_size=taille, run_before=_entrer)


@pytest.mark.parametrize("touches", [(), ("enter",), ("f1",), ("f5",)], ids=["card", "enter", "f1", "f5"])
def test_draft_card(snap_compare: Any, poste: Poste, taille: tuple[int, int], touches: tuple[str, ...]) -> None:
    """The draft's card with its instant, its [/x] letter for letter; Entrée's question; the help; the menu."""
    creer_compte(poste)
    session = comptes.connecter(poste, EMAIL, "Motdepasse!")
    cle = brouillons.cle_nouvelle(session.numero, "BCP", "2024", "33")
    saisie = {"qualification.specialite": "Aéronautique [/x] option Systèmes"}
    brouillons.garder(poste, cle, saisie, onglet="acquis", focus="", ecran="autre")
    brouillons.rendre_la_main(poste, cle, "autre")

    async def ouvrir(pilot: Pilot[None]) -> None:
        await _entrer(pilot)
        pilot.app.screen.query_one(Carte).focus()
        await pilot.press(*touches)
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=ouvrir)


def test_saved_card(snap_compare: Any, poste: Poste, taille: tuple[int, int]) -> None:
    """The saved candidature: its number in the border, « √ Inscrit » in green, its version, its académie and school."""
    creer_compte(poste)
    enregistrer(poste, Demande("BCP", "2024", "33", PLEINE | IDENTITE))

    async def ouvrir(pilot: Pilot[None]) -> None:
        await _entrer(pilot)
        await jusqu_a(pilot, lambda: any(carte.has_focus for carte in pilot.app.screen.query(Carte)))
        await calmer(pilot)

    assert snap_compare(borne(poste), terminal_size=taille, run_before=ouvrir)

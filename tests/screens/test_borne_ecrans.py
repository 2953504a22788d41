"""Pictures of the borne around an inscription: each screen run once, at both sizes; its error, three themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from outils.borne import (
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
from outils.guide import AFFICHEE
from textual.pilot import Pilot

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.themes import CLAIR, CONTRASTE, SOMBRE
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.choix.lancement import EcranOuverture
from cyclades_tui.screens.borne.compte.activation import EcranActivation
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.widgets.carte import Carte

Images = Callable[..., Awaitable[None]]


async def ouvrir_le_compte(pilot: Pilot[None]) -> EcranCompte:
    await calmer(pilot)
    await pilot.press("2")
    await voir(pilot, EcranCompte)
    assert isinstance(pilot.app.screen, EcranCompte)
    return pilot.app.screen


async def test_home(images: Images, poste_borne: Poste) -> None:
    """Two large entries, three small ones with their digits, the first marked; the school's candidates are told."""
    await images(borne(poste_borne))


@pytest.mark.parametrize("theme", [CLAIR, SOMBRE, CONTRASTE])
async def test_home_in_each_theme(images: Images, poste_borne: Poste, theme: str) -> None:
    """Every word can be read, the marked entry carries `►`."""
    await images(borne(poste_borne, theme))


async def test_home_without_a_store(images: Images) -> None:
    """A red block says that the store is not there and what to do; the entries stay, nothing is cut."""

    def ouvrir() -> Poste:
        raise StoreInutilisable(Faute("store.absent", "", "Le store n'existe pas.", "Créez-le avec : cyclades init."))

    await images(BorneApp(ouvrir))


@pytest.mark.parametrize("taille", TAILLES)
def test_help(snap_compare: Any, poste_borne: Poste, taille: str) -> None:
    """The frequent questions in blue, each with its answer; « ▼ suite » where there is more."""
    assert snap_compare(borne(poste_borne), terminal_size=TAILLES[taille], press=["4"])


async def test_login(images: Images, poste_borne: Poste) -> None:
    """« Veuillez vous identifier »: both fields, the first in focus, the button, four links, FranceConnect told."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("1")
        await calmer(pilot)

    await images(borne(poste_borne), ouvrir)


async def test_login_refused(images: Images, poste_borne: Poste) -> None:
    """The address stays, the password is empty and in focus, a red block says what to do."""

    async def echouer(pilot: Pilot[None]) -> None:
        await se_connecter(pilot, "Autrechose!")

    await images(borne(poste_borne), echouer)


@pytest.mark.parametrize("etape", range(3), ids=["identite", "naissance", "acces"])
async def test_account_step(images: Images, poste_borne: Poste, etape: int) -> None:
    """A step of the account: steps above, each confirmation under its field, four conditions under the password."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await (await ouvrir_le_compte(pilot))._ouvrir(etape)
        await calmer(pilot)

    await images(borne(poste_borne), ouvrir)


async def test_account_refused(images: Images, poste_borne: Poste) -> None:
    """Different addresses and a password that lacks signs: a count above, a sentence under each, conditions ticked."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await (await ouvrir_le_compte(pilot))._ouvrir(2)
        await calmer(pilot)
        await remplir(pilot, (EMAIL, "paul@mail.fr", "abcD", "abcE"))
        await pilot.press("f8")
        await calmer(pilot)

    await images(borne(poste_borne), ouvrir)


async def test_account_read_again(images: Images, poste_borne: Poste) -> None:
    """Everything typed, no password, « Enregistrer » filled; an accented name letter for letter."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        ecran = await ouvrir_le_compte(pilot)
        ecran.formulaire.ecrire("identification.nom", "D'Œuvré-Ñandù")
        ecran.formulaire.ecrire("identification.email", EMAIL)
        await ecran._ouvrir(3)
        await calmer(pilot)

    await images(borne(poste_borne), ouvrir)


async def test_activation(images: Images, poste_borne: Poste) -> None:
    """The code's field after a wrong code: until when it is valid, what an agent can do, no code anywhere."""
    creer_compte(poste_borne, actif=False)

    async def echouer(pilot: Pilot[None]) -> None:
        await se_connecter(pilot)
        await voir(pilot, EcranActivation)
        await taper(pilot, "ZZZZZZ")
        await pilot.press("enter")
        await calmer(pilot)

    await images(borne(poste_borne), echouer)


@pytest.mark.parametrize("filtre", ["2024", "2022", "zzz"], ids=["open", "closed", "nothing"])
async def test_services(images: Images, poste_borne: Poste, filtre: str) -> None:
    """The choices made with their `←`, the marked row with `►`, its dates at the right; open, closed, or nothing."""

    async def choisir(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("3")
        await voir(pilot, EcranOuverture)
        await pilot.press("enter", "enter")
        await taper(pilot, filtre)
        await pilot.press("enter")
        await calmer(pilot)

    await images(borne(poste_borne), choisir)


async def _entrer(pilot: Pilot[None]) -> None:
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)


async def test_no_candidature(images: Images, poste_borne: Poste) -> None:
    """« Vous n'avez aucune candidature active. » and « Ajouter une nouvelle candidature » filled."""
    creer_compte(poste_borne)
    await images(borne(poste_borne), _entrer)


@pytest.mark.parametrize("touches", [(), ("enter",), ("f1",), ("f5",)], ids=["card", "enter", "f1", "f5"])
async def test_draft_card(images: Images, poste_borne: Poste, touches: tuple[str, ...]) -> None:
    """The draft's card with its instant, its [/x] letter for letter; Entrée's question; the help; the menu."""
    creer_compte(poste_borne)
    session = comptes.connecter(poste_borne, EMAIL, "Motdepasse!")
    cle = brouillons.cle_nouvelle(session.numero, "BCP", "2024", "33")
    saisie = {"qualification.specialite": "Aéronautique [/x] option Systèmes"}
    brouillons.garder(poste_borne, cle, saisie, onglet="acquis", focus="", ecran="autre")
    brouillons.rendre_la_main(poste_borne, cle, "autre")

    async def ouvrir(pilot: Pilot[None]) -> None:
        await _entrer(pilot)
        pilot.app.screen.query_one(Carte).focus()
        await pilot.press(*touches)
        await calmer(pilot)

    await images(borne(poste_borne), ouvrir)


async def test_saved_card(images: Images, poste_borne: Poste) -> None:
    """The saved candidature: its number in the border, « √ Inscrit » in green, its version, its académie and school."""
    creer_compte(poste_borne)
    enregistrer(poste_borne, Demande("BCP", "2024", "33", AFFICHEE | IDENTITE))

    async def ouvrir(pilot: Pilot[None]) -> None:
        await _entrer(pilot)
        await jusqu_a(pilot, lambda: any(carte.has_focus for carte in pilot.app.screen.query(Carte)))
        await calmer(pilot)

    await images(borne(poste_borne), ouvrir)

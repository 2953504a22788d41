"""The page of the activation reveals nothing: of an address typed at the login, it says nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from outils.borne import EMAIL, MOT_DE_PASSE, borne, calmer, creer_compte, voir
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.compte.activation import EcranActivation
from cyclades_tui.screens.cadre.navigation import Activer

LIMITE = datetime(2023, 12, 13, 15, 6, tzinfo=UTC)
EN_COURS = "Votre compte est en cours de création."
PREPARE = f"Un message est préparé pour l'adresse {EMAIL} : tapez ici le code qu'il contient."
SANS_COURRIER = "Cette borne n'envoie pas de courrier : demandez le code à un agent, avec votre pièce d'identité."


async def phrases(pilot: Pilot[None], demande: Activer) -> list[str]:
    await calmer(pilot)
    pilot.app.post_message(demande)
    await voir(pilot, EcranActivation)
    return [str(texte.content) for texte in pilot.app.screen.query("#contenu Static").results(Static)]


async def test_after_the_creation_the_message_is_told_as_what_it_is(poste_borne: Poste) -> None:
    """Prepared, and not sent: nothing leaves by e-mail from here, so an agent reads the code."""
    creer_compte(poste_borne, actif=False)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        dites = await phrases(pilot, Activer(EMAIL, MOT_DE_PASSE, "", LIMITE))
    assert EN_COURS in dites
    assert PREPARE in dites
    assert any(dite.startswith(SANS_COURRIER) for dite in dites)
    assert not any("envoyé" in dite for dite in dites)


async def test_an_account_that_waits_is_told_without_a_message(poste_borne: Poste) -> None:
    creer_compte(poste_borne, actif=False)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        dites = await phrases(pilot, Activer(EMAIL, MOT_DE_PASSE, "Ce compte n'est pas encore activé."))
    assert EN_COURS in dites
    assert not any("préparé" in dite for dite in dites)


async def test_of_an_address_that_is_only_typed_nothing_is_said(poste_borne: Poste) -> None:
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        dites = await phrases(pilot, Activer("personne@example.org", ""))
    assert any("personne@example.org" in dite for dite in dites)
    assert EN_COURS not in dites
    assert not any("préparé" in dite for dite in dites)

"""Keys keep their order however fast they come: letters, editing keys, Entrée and Tab in one packet."""

from __future__ import annotations

import pytest
from outils.borne import EMAIL, borne, calmer, creer_compte, envoyer, jusqu_a, voir
from outils.borne import MOT_DE_PASSE as MOT_DU_CANDIDAT
from outils.gestes import champ_en_focus, installer, ligne_de
from outils.guichet import GESTIONNAIRE, MOT_DE_PASSE, guichet
from outils.guide import AFFICHEE, DU_COMPTE
from outils.inscription import AppInscription
from textual.pilot import Pilot

from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.navigation import Aller
from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
from cyclades_tui.screens.guichet.connexion import EcranConnexionAgent
from cyclades_tui.widgets.champ import LigneChamp

VOIE, COMPLEMENT = "identification.adresse.voie", "identification.adresse.complement1"
NOM, CONFIRMATION = "identification.nom", "compte.confirmation_nom"


async def dans_le_compte(pilot: Pilot[None]) -> EcranCompte:
    """The form of an account, the name in focus."""
    await calmer(pilot)
    pilot.app.post_message(Aller(Lieu.COMPTE))
    await voir(pilot, EcranCompte)
    ecran = pilot.app.screen
    assert isinstance(ecran, EcranCompte)
    ligne(ecran, NOM).zone.focus()
    await calmer(pilot)
    return ecran


def ligne(ecran: EcranCompte, champ: str) -> LigneChamp:
    (une,) = [ligne for ligne in ecran.contenu_courant.lignes() if ligne.champ.id == champ]
    return une


@pytest.mark.parametrize(
    ("touches", "voulu"),
    [
        (("A", "b", "c", *["backspace"] * 3, "Z", "o", "e"), "Zoe"),
        (("o", "e", "home", "Z"), "Zoe"),
        (("Z", "o", "e", "e", "left", "delete"), "Zoe"),
        (("Z", "e", "left", "o"), "Zoe"),
        (("A", "b", "ctrl+u", "Z", "o", "e"), "Zoe"),
    ],
    ids=["backspace", "home", "delete", "left", "ctrl+u"],
)
async def test_editing_keys_wait_their_turn_among_letters(
    poste_connu: Poste, touches: tuple[str, ...], voulu: str
) -> None:
    async with AppInscription(poste_connu, DU_COMPTE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ecran.contenu_courant.viser(VOIE)
        await calmer(pilot)
        envoyer(pilot, touches)
        await calmer(pilot)
        assert ligne_de(ecran, VOIE).valeur == voulu


@pytest.mark.parametrize("touche", ["enter", "tab", "down"])
async def test_what_follows_the_key_of_the_next_field_goes_in_the_next_field(poste_borne: Poste, touche: str) -> None:
    """« DUPONT⏎DUPONT » is a name and its confirmation."""
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        ecran = await dans_le_compte(pilot)
        envoyer(pilot, (*"DUPONT", touche, *"DUPONT"))
        await calmer(pilot)
        assert (ligne(ecran, NOM).valeur, ligne(ecran, CONFIRMATION).valeur) == ("DUPONT", "DUPONT")


async def test_a_whole_address_in_one_burst(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran: EcranInscription = await installer(pilot)
        ecran.contenu_courant.viser(VOIE)
        await calmer(pilot)
        envoyer(pilot, ("ctrl+u", *"12 rue", "enter", *"Bat A", "tab", *"Esc 2", "shift+tab", "end", "backspace", "B"))
        await jusqu_a(pilot, lambda: ligne_de(ecran, COMPLEMENT).valeur == "Bat B")
        assert ligne_de(ecran, VOIE).valeur == "12 rue"
        assert ligne_de(ecran, "identification.adresse.complement2").valeur == "Esc 2"
        assert champ_en_focus(ecran) == COMPLEMENT


@pytest.mark.parametrize("touche", ["tab", "enter"])
async def test_a_candidate_logs_in_in_one_burst(poste_borne: Poste, touche: str) -> None:
    creer_compte(poste_borne)
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        envoyer(pilot, (*EMAIL, touche, *MOT_DU_CANDIDAT, "enter"))
        await voir(pilot, EcranMesInscriptions)


@pytest.mark.parametrize("touche", ["tab", "enter"])
async def test_an_agent_logs_in_in_one_burst(poste_guichet: Poste, touche: str) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        assert isinstance(pilot.app.screen, EcranConnexionAgent)
        envoyer(pilot, (*GESTIONNAIRE, touche, *MOT_DE_PASSE, "enter"))
        await voir(pilot, EcranAccueilAgent)


async def test_a_password_that_is_too_long_is_kept_whole_and_refused(poste_borne: Poste) -> None:
    """Of 24 signs the first 20 would be saved, and the whole refused at each login."""
    tape = "Motdepasse!Motdepasse!24"
    async with borne(poste_borne).run_test(size=(80, 24)) as pilot:
        ecran = await dans_le_compte(pilot)
        await ecran._ouvrir(2)
        await calmer(pilot)
        ligne(ecran, "compte.mot_de_passe").zone.focus()
        await calmer(pilot)
        envoyer(pilot, (*tape, "enter", *tape, "tab"))
        await calmer(pilot)
        for champ in ("compte.mot_de_passe", "compte.confirmation_mot_de_passe"):
            assert ligne(ecran, champ).valeur == tape
        assert ligne(ecran, "compte.mot_de_passe").etat == "×"
        assert "24 caractères pour 20 au plus" in ligne(ecran, "compte.mot_de_passe").phrase

"""The borne by keys, on a real store: account, activation, login, choices, draft; refusals and their reasons."""

from __future__ import annotations

import threading

import pytest
from outils.borne import (
    EMAIL,
    FORMULAIRE,
    MOT_DE_PASSE,
    borne,
    calmer,
    code,
    creer_compte,
    jusqu_a,
    remplir,
    se_connecter,
    taper,
    voir,
)
from outils.horloge import HorlogeReglable
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.amorce import demonstration
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.choix.lancement import EcranLancement, EcranOuverture
from cyclades_tui.screens.borne.compte.activation import EcranActivation
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.compte.etapes import est_secret
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.espace.messages import EcranMessages
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.cadre.menu import Menu
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.carte import Carte
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.saisie import ZoneTexte

AUTRE_EMAIL = "une.autre@example.org"
AUTRE_PERSONNE = {
    "identification.nom": "CANOPÉE",
    "compte.confirmation_nom": "CANOPÉE",
    "identification.email": AUTRE_EMAIL,
    "compte.confirmation_email": AUTRE_EMAIL,
}


def lire_comme_agent(poste: Poste) -> str:
    return demonstration.lire_le_code(poste, EMAIL)


def texte(app: BorneApp, selecteur: str) -> str:
    return str(app.screen.query_one(selecteur, Static).content)


async def creer_par_touches(pilot: Pilot[None], app: BorneApp) -> None:
    """The four steps, from the home to the activation page."""
    await pilot.press("é")  # the digit 2, unshifted on an AZERTY keyboard
    await voir(pilot, EcranCompte)
    ecran = app.screen
    assert isinstance(ecran, EcranCompte)
    await pilot.press("space", "down", "enter")
    await remplir(pilot, ("LAMY", "LAMY", "", "Paul"))
    await pilot.press("f8")
    await jusqu_a(pilot, lambda: ecran.etape == "naissance")
    await calmer(pilot)
    await remplir(pilot, ("01/01/2002", "01/01/2002", "", "035", "rennes"))
    await pilot.press("enter", "f8")
    await jusqu_a(pilot, lambda: ecran.etape == "acces")
    await calmer(pilot)
    await remplir(pilot, (EMAIL, EMAIL, MOT_DE_PASSE, MOT_DE_PASSE))
    await pilot.press("f8")
    await jusqu_a(pilot, lambda: ecran.etape == "relire")
    await pilot.press("f9")


async def arriver(pilot: Pilot[None], ecran: EcranCompte, etape: str) -> None:
    await jusqu_a(pilot, lambda: ecran.etape == etape)
    await calmer(pilot)


async def choisir_le_service(pilot: Pilot[None]) -> None:
    """Examen, BCP, 2024, Guyane: the four choices and « Démarrer mon inscription »."""
    await voir(pilot, EcranLancement)
    await pilot.press("enter", "enter")
    await taper(pilot, "2024")
    await pilot.press("enter")
    await taper(pilot, "guyane")
    await calmer(pilot)
    await pilot.press("f8")


async def test_letters_typed_ahead_belong_to_the_choice_they_are_for(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        await pilot.press("f8")
        await voir(pilot, EcranLancement)
        ecran = app.screen
        assert isinstance(ecran, EcranLancement)
        for touche in (
            "e",
            "x",
            "enter",
            "b",
            "a",
            "enter",
            "2",
            "0",
            "2",
            "4",
            "backspace",
            "4",
            "enter",
            "g",
            "backspace",
        ):
            app.post_message(events.Key(touche, touche if len(touche) == 1 else None))
        await calmer(pilot)
        await jusqu_a(pilot, lambda: ecran.choix.choisis == ["Examen", "BACCALAURÉAT PROFESSIONNEL", "2024"])
        assert ecran.query_one(ZoneTexte).value == ""
        await pilot.press("backspace")
        await calmer(pilot)
        assert ecran.choix.choisis == ["Examen", "BACCALAURÉAT PROFESSIONNEL"]


async def test_from_the_home_to_the_first_tab_by_keys_alone(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await creer_par_touches(pilot, app)
        await voir(pilot, EcranActivation)
        await taper(pilot, code(poste_borne).lower())
        await pilot.press("enter")
        await voir(pilot, EcranMesInscriptions)
        assert texte(app, ".vide") == "Vous n'avez aucune candidature active."
        await pilot.press("enter")
        await choisir_le_service(pilot)
        await voir(pilot, EcranInscription)
        inscription = app.screen
        assert isinstance(inscription, EcranInscription)
        assert inscription.formulaire.saisie["identification.nom"] == "LAMY"
        assert inscription.formulaire.lue.affichage("identification.naissance.commune") == "RENNES"
        numero = inscription.parcours.numero_candidat
        assert inscription.parcours.identite == (numero, "LAMY", "Paul", "Né(e) le 01/01/2002")
        assert inscription.parcours.poste.acteur.identifiant == numero


async def test_entree_alone_goes_through_the_whole_account_and_ticks_nothing(poste_borne: Poste) -> None:
    """Letters and Entrée: no box is ticked on the way, no step is a dead end, and the last Entrée saves."""
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("2")
        await voir(pilot, EcranCompte)
        ecran = app.screen
        assert isinstance(ecran, EcranCompte)
        for etape, textes in (
            ("identite", ("mon", "LAMY", "LAMY", "", "Paul")),
            ("naissance", ("01012002", "01012002", "", "35", "rennes")),
            ("acces", (EMAIL, EMAIL, MOT_DE_PASSE, MOT_DE_PASSE)),
        ):
            await arriver(pilot, ecran, etape)
            await remplir(pilot, textes)
            await pilot.press("enter", "enter")
        await arriver(pilot, ecran, "relire")
        assert not ecran.formulaire.saisie.get("identification.naissance.commune_hors_liste")
        await pilot.press("enter", "enter")
        await voir(pilot, EcranActivation)


async def test_a_demo_shows_the_code_that_no_message_brings_and_no_other_borne_does(poste_borne: Poste) -> None:
    """The page says the code of the moment, also after « Nouveau code »; the borne of an office never does."""
    comptes.creer(poste_borne, FORMULAIRE | AUTRE_PERSONNE)
    demonstration.creer_les_agents(poste_borne, lambda _fait, _sur: None)
    app = borne(poste_borne, lire_le_code=demonstration.lire_le_code)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await creer_par_touches(pilot, app)
        await voir(pilot, EcranActivation)
        premier = lire_comme_agent(poste_borne)
        await jusqu_a(pilot, lambda: premier in texte(app, "#courrier"))
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: lire_comme_agent(poste_borne) != premier)
        await calmer(pilot)
        assert lire_comme_agent(poste_borne) in texte(app, "#courrier")
        assert premier not in texte(app, "#courrier")
        assert app.screen.query_one(LigneAide).texte.startswith("Code d'activation")  # no longer « Nouveau code… »
        await taper(pilot, lire_comme_agent(poste_borne))
        await pilot.press("enter")
        await voir(pilot, EcranMesInscriptions)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("1")
        await voir(pilot, EcranConnexion)
        await remplir(pilot, (AUTRE_EMAIL, MOT_DE_PASSE))
        await pilot.press("enter")
        await voir(pilot, EcranActivation)
        attendu = demonstration.lire_le_code(poste_borne, AUTRE_EMAIL)
        assert attendu
        assert not any(attendu in str(bloc.content) for bloc in app.screen.query(Static))


async def test_a_wrong_password_keeps_the_identifier_and_says_neither_which_was_wrong(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot, "Autrechose!")
        assert isinstance(app.screen, EcranConnexion)
        identifiant, secret = app.screen.query(LigneChamp)
        assert (identifiant.valeur, secret.valeur) == (EMAIL, "")
        assert secret.zone.has_focus
        assert texte(app, "#refus .texte").startswith("L'identifiant ou le mot de passe n'est pas le bon.")
        await taper(pilot, MOT_DE_PASSE)
        await pilot.press("enter")
        await voir(pilot, EcranMesInscriptions)


async def test_login_before_the_activation_leads_to_the_code(poste_borne: Poste) -> None:
    creer_compte(poste_borne, actif=False)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranActivation)
        assert "pas encore activé" in texte(app, "#annonce .texte")
        await taper(pilot, "ZZZZZZ")
        await pilot.press("enter")
        await calmer(pilot)
        assert "Ce code n'active pas de compte" in texte(app, "#refus .texte")
        await pilot.press("f9")
        await calmer(pilot)
        assert "Un nouveau code est préparé" in texte(app, "#refus .texte")
        app.screen.query_one(LigneChamp).valeur = ""
        await taper(pilot, code(poste_borne))
        await pilot.press("enter")
        await voir(pilot, EcranMesInscriptions)


async def test_a_known_address_is_explained_at_its_field(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await creer_par_touches(pilot, app)
        ecran = app.screen
        assert isinstance(ecran, EcranCompte)
        await calmer(pilot)
        await jusqu_a(pilot, lambda: ecran.etape == "acces" and any(ligne.fautive for ligne in ecran.query(LigneChamp)))
        (fautive,) = [ligne for ligne in ecran.query(LigneChamp) if ligne.fautive]
        assert fautive.champ.id == "identification.email"
        await jusqu_a(pilot, lambda: fautive.zone.has_focus)
        phrase = " ".join(str(fautive.render()).split())
        assert "existe déjà dans l'application Cyclades" in phrase
        assert "Connectez-vous" in phrase
        await taper(pilot, "x")
        await calmer(pilot)
        assert not fautive.fautive


async def test_f3_shows_both_passwords_and_the_conditions_tick(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("2")
        await voir(pilot, EcranCompte)
        ecran = app.screen
        assert isinstance(ecran, EcranCompte)
        await ecran._ouvrir(2)
        await calmer(pilot)
        secrets = [zone for ligne in ecran.query(LigneChamp) if est_secret(ligne.champ) for zone in ligne.query(Input)]
        assert len(secrets) == 2
        assert all(zone.password for zone in secrets)
        await remplir(pilot, ("", "", "abcD"))
        assert str(ecran.query_one(".conditions", Static).content).count("√") == 2
        await pilot.press("f3")
        assert not any(zone.password for zone in secrets)


async def test_a_draft_is_offered_with_its_date_and_tab(poste_borne: Poste, horloge: HorlogeReglable) -> None:
    creer_compte(poste_borne)
    session = comptes.connecter(poste_borne, EMAIL, MOT_DE_PASSE)
    cle = brouillons.cle_nouvelle(session.numero, "BCP", "2024", "33")
    saisie = {"modalites.accord": "oui", "identification.adresse.voie": "12 rue"}
    brouillons.garder(
        poste_borne, cle, saisie, onglet="identification", focus="identification.adresse.voie", ecran="autre"
    )
    brouillons.rendre_la_main(poste_borne, cle, "autre")
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        await jusqu_a(pilot, lambda: any(carte.has_focus for carte in app.screen.query(Carte)))
        await pilot.press("enter")
        await voir(pilot, Dialogue)
        assert "Gardée le 11/12/2023 à 16:06, à l'onglet 2/9 Identification." in texte(app, ".texte")
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        assert brouillons.lister(poste_borne, session.numero)
        await jusqu_a(pilot, lambda: any(carte.has_focus for carte in app.screen.query(Carte)))
        await pilot.press("enter")
        await voir(pilot, Dialogue)
        await pilot.press("enter")
        await voir(pilot, EcranInscription)
        inscription = app.screen
        assert isinstance(inscription, EcranInscription)
        assert inscription.onglet == "identification"
        assert inscription.formulaire.saisie["identification.adresse.voie"] == "12 rue"


async def test_starting_again_asks_before_the_draft_is_erased(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    session = comptes.connecter(poste_borne, EMAIL, MOT_DE_PASSE)
    cle = brouillons.cle_nouvelle(session.numero, "BCP", "2024", "33")
    brouillons.garder(poste_borne, cle, {"modalites.accord": "oui"}, onglet="modalites", focus="", ecran="autre")
    brouillons.rendre_la_main(poste_borne, cle, "autre")
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        await pilot.press("f8")
        await choisir_le_service(pilot)
        await voir(pilot, Dialogue)
        premier = app.screen
        await pilot.press("down", "down", "enter")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue) and app.screen is not premier)
        assert brouillons.lister(poste_borne, session.numero)
        await calmer(pilot)
        await pilot.press("down", "enter")
        await voir(pilot, EcranInscription)
        assert not brouillons.lister(poste_borne, session.numero)


async def test_the_menu_leads_out_after_a_question(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        await pilot.press("f5")
        await voir(pilot, Menu)
        await pilot.press("0")
        await voir(pilot, Dialogue)
        await pilot.press("down", "enter")
        await voir(pilot, EcranAccueil)
        assert app.poste.acteur.identifiant != EMAIL


async def a_l_onglet_identification(pilot: Pilot[None]) -> EcranInscription:
    """The wizard of a new candidature, at its second tab, with « fra » typed in its first field."""
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    await pilot.press("f8")
    await choisir_le_service(pilot)
    await voir(pilot, EcranInscription)
    ecran = pilot.app.screen
    assert isinstance(ecran, EcranInscription)
    await pilot.press("space", "f8")
    await jusqu_a(pilot, lambda: ecran.onglet == "identification")
    await calmer(pilot)
    await taper(pilot, "fra")
    return ecran


async def test_f5_in_a_tab_opens_the_menu_and_only_leaving_asks(poste_borne: Poste) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = await a_l_onglet_identification(pilot)
        ou = ecran.focused
        await pilot.press("f5")
        await voir(pilot, Menu)
        await pilot.press("escape")
        assert (app.screen, ecran.focused) == (ecran, ou)
        await pilot.press("f5", "9")
        await voir(pilot, EcranAide)
        await pilot.press("escape")
        assert (app.screen, ecran.focused) == (ecran, ou)
        await pilot.press("f5", "6")
        await voir(pilot, Dialogue)
        await pilot.press("enter")
        assert (app.screen, ecran.focused) == (ecran, ou)
        await taper(pilot, "n")
        await pilot.press("ctrl+b", "6")
        await voir(pilot, Dialogue)
        await pilot.press("down", "enter")
        await voir(pilot, EcranMessages)
        (garde,) = brouillons.lister(poste_borne, comptes.connecter(poste_borne, EMAIL, MOT_DE_PASSE).numero)
        assert garde.saisie["identification.nationalite"] == "fran"


@pytest.mark.parametrize(
    ("chiffre", "ecran"), [("1", EcranMesInscriptions), ("2", EcranLancement), ("8", EcranOuverture)]
)
async def test_the_menu_of_a_tab_leads_to_each_place(
    poste_borne: Poste, chiffre: str, ecran: type[Screen[None]]
) -> None:
    creer_compte(poste_borne)
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await a_l_onglet_identification(pilot)
        await pilot.press("f5", chiffre)
        await voir(pilot, Dialogue)
        await pilot.press("down", "enter")
        await voir(pilot, ecran)
        await pilot.press("f5")
        await voir(pilot, Menu)
        await pilot.press("1")
        await voir(pilot, EcranMesInscriptions)


async def test_an_entry_waits_for_a_store_that_is_slow_to_open(poste_borne: Poste) -> None:
    ouvrir = threading.Event()

    def lentement() -> Poste:
        ouvrir.wait()
        return poste_borne

    app = BorneApp(lentement)
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.press("4")
            await jusqu_a(pilot, lambda: isinstance(app.screen, EcranAide))
            await pilot.press("escape", "1")
            await jusqu_a(
                pilot,
                lambda: isinstance(app.screen, EcranAccueil) and app.screen.query_one(LigneAide).texte == "Ouverture…",
            )
        finally:
            ouvrir.set()  # otherwise the thread would keep a failed test from ending
        await voir(pilot, EcranConnexion)


async def test_a_store_that_cannot_open_is_told_and_tried_again(poste_borne: Poste) -> None:
    fautes = [Faute("store.absent", "", "Le store n'existe pas.", "Créez-le avec : cyclades init.")]

    def ouvrir() -> Poste:
        if fautes:
            raise StoreInutilisable(fautes.pop())
        return poste_borne

    app = BorneApp(ouvrir)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        assert texte(app, "#annonce .texte") == "Le store n'existe pas. Créez-le avec : cyclades init."
        await pilot.press("1")
        await voir(pilot, EcranConnexion)


async def test_services_are_shown_to_anyone_and_start_only_when_open(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("3")
        await voir(pilot, EcranOuverture)
        ecran = app.screen
        assert isinstance(ecran, EcranOuverture)
        await pilot.press("enter", "enter")
        await taper(pilot, "2022")
        await pilot.press("enter")
        await calmer(pilot)
        assert "Les inscriptions sont fermées depuis le 29/11/2021 à 18:00" in texte(app, "#information")
        assert not ecran.boutons()[1].active
        await pilot.press("backspace", "backspace")
        await calmer(pilot)
        assert ecran.choix.choisis == ["Examen"]


async def test_leaving_the_borne_asks_first(poste_borne: Poste) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("escape")
        await voir(pilot, Dialogue)
        await pilot.press("escape")
        await voir(pilot, EcranAccueil)
        assert app.is_running

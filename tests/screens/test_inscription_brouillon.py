"""The draft on screen: two screens on one draft, one save at a time, the message if it is not kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from outils.borne import (
    EMAIL,
    MOT_DE_PASSE,
    borne,
    calmer,
    creer_compte,
    jusqu_a,
    se_connecter,
    taper,
    voir,
)
from outils.gestes import installer
from outils.guide import AFFICHEE, NUMERO
from outils.inscription import AppInscription
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.cadre.avertissements import Avertissements
from cyclades_tui.store.requetes.brouillons import BrouillonGarde
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.carte import Carte
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.etapes import Rail

VOIE = "identification.adresse.voie"


def garde(poste: Poste) -> BrouillonGarde:
    (brouillon,) = brouillons.lister(poste, NUMERO)
    return brouillon


async def ecrire_la_voie(pilot: Pilot[None], texte: str) -> EcranInscription:
    app = pilot.app
    assert isinstance(app, AppInscription)
    ecran = app.inscription
    await jusqu_a(pilot, ecran.contenu_courant.affichees)
    ecran.contenu_courant.viser(VOIE)
    await calmer(pilot)
    await pilot.press("end")
    await taper(pilot, texte)
    return ecran


def texte_du_dialogue(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app.screen, Dialogue)
    return "\n".join(str(bloc.render()) for bloc in pilot.app.screen.query(Static))


async def test_what_is_typed_is_kept_while_one_goes_on_typing(poste_connu: Poste) -> None:
    """A save restarted by each key would never happen; this one does, and the rail shows when."""
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(120, 40)) as pilot:
        ecran = await ecrire_la_voie(pilot, " [b] 31/0")
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO))
        await jusqu_a(pilot, lambda: ecran.query_one(Rail).garde)
        assert ecran.query_one(Rail).garde == "Brouillon gardé à 16:06"
        await jusqu_a(pilot, lambda: garde(poste_connu).saisie[VOIE] == "reu [b] 31/0")
    assert garde(poste_connu).focus == VOIE


async def test_the_screen_that_lost_its_draft_says_so_and_what_it_could_not_keep(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 1")
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO))
        brouillons.prendre_la_main(poste_connu, ecran.parcours.cle, "autre")
        saisie = AFFICHEE | {VOIE: "reu, de l'autre écran"}
        brouillons.garder(poste_connu, ecran.parcours.cle, saisie, onglet="candidature", focus="", ecran="autre")
        await taper(pilot, "2")
        await voir(pilot, Dialogue)
        assert "reprise ailleurs" in texte_du_dialogue(pilot)
        assert "Numéro, rue, voie : reu 12" in texte_du_dialogue(pilot)
        assert garde(poste_connu).saisie[VOIE] == "reu, de l'autre écran"
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: pilot.app.screen is not ecran and isinstance(pilot.app.screen, EcranInscription))
        reprise = pilot.app.screen
        assert isinstance(reprise, EcranInscription)
        await calmer(pilot)
        assert reprise.onglet == "candidature"
        assert reprise.formulaire.saisie[VOIE] == "reu, de l'autre écran"
    assert garde(poste_connu).ecran == reprise.parcours.ecran


async def test_the_other_screen_may_be_left_to_go_on(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 1")
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO))
        brouillons.prendre_la_main(poste_connu, ecran.parcours.cle, "autre")
        await taper(pilot, "2")
        await voir(pilot, Dialogue)
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert garde(poste_connu).ecran == "autre"


@pytest.mark.parametrize("touche", ["escape", "f1", "f2", "f12"])
async def test_a_draft_taken_while_something_stands_over_the_form_is_still_told(
    poste_connu: Poste, touche: str
) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 1")
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO))
        brouillons.prendre_la_main(poste_connu, ecran.parcours.cle, "autre")
        await taper(pilot, "2")
        await pilot.press(touche)
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue) and "reprise" in texte_du_dialogue(pilot))
        await calmer(pilot)
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert garde(poste_connu).ecran == "autre"


async def test_a_draft_that_ended_elsewhere_does_not_come_back(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 1")
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO))
        brouillons.abandonner(poste_connu, ecran.parcours.cle)
        await taper(pilot, "2")
        await voir(pilot, Dialogue)
        assert "enregistrée ou effacée" in texte_du_dialogue(pilot)
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert not brouillons.lister(poste_connu, NUMERO)


async def test_going_to_another_tab_is_kept(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 1")
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO))
        await pilot.press("f7")
        await jusqu_a(pilot, lambda: ecran.onglet == "modalites")
        await jusqu_a(pilot, lambda: garde(poste_connu).onglet == "modalites")


async def test_nothing_changes_the_form_while_it_is_saved(poste_connu: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version holds what was shown, and one cannot leave before the number."""
    entree, sortie = threading.Event(), threading.Event()
    vrai = enregistrer

    def lentement(*arguments: Any) -> Any:
        entree.set()
        sortie.wait()
        return vrai(*arguments)

    monkeypatch.setattr("cyclades_tui.screens.borne.inscription.ecran.enregistrer", lentement)
    async with AppInscription(poste_connu, AFFICHEE, onglet="conditions").run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, AppInscription)
        ecran = app.inscription
        await calmer(pilot)
        await pilot.press("f9")
        await jusqu_a(pilot, entree.is_set)
        await pilot.press("space", "f2", "f7", "escape", "f9")
        await jusqu_a(pilot, lambda: "Enregistrement…" in ecran.query_one(LigneAide).texte)
        assert app.screen is ecran
        assert ecran.onglet == "conditions"
        assert ecran.formulaire.saisie["conditions.accord"] == "oui"
        sortie.set()
        await jusqu_a(pilot, lambda: ecran.onglet == "numero")
        await calmer(pilot)
    assert not brouillons.lister(poste_connu, NUMERO)


async def test_saving_leaves_the_draft_that_another_screen_holds(poste_connu: Poste) -> None:
    """A save from here deletes nothing that was typed elsewhere."""
    async with AppInscription(poste_connu, AFFICHEE, onglet="conditions").run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, AppInscription)
        ecran = app.inscription
        await calmer(pilot)
        brouillons.garder(poste_connu, ecran.parcours.cle, AFFICHEE, onglet="acquis", focus="", ecran="autre")
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: ecran.inscription is not None and ecran.onglet == "numero")
        await calmer(pilot)
    assert (garde(poste_connu).ecran, garde(poste_connu).onglet) == ("autre", "acquis")


async def test_saves_never_overtake_each_other(poste_connu: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save that waits for the store delays the next one, and the last text is kept."""
    entree, sortie = threading.Event(), threading.Event()
    en_cours: list[int] = []
    vrai = brouillons.garder

    def lentement(poste_: Poste, cle: Any, saisie: Mapping[str, str], **contexte: Any) -> Any:
        en_cours.append(1)
        assert len(en_cours) == 1
        entree.set()
        sortie.wait()
        en_cours.pop()
        return vrai(poste_, cle, saisie, **contexte)

    monkeypatch.setattr(brouillons, "garder", lentement)
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " a")
        ecran.garde.maintenant()
        await jusqu_a(pilot, entree.is_set)
        await pilot.press("b")
        ecran.garde.maintenant()
        await pilot.press("c")
        ecran.garde.maintenant()
        sortie.set()
        await calmer(pilot)
        await jusqu_a(pilot, lambda: garde(poste_connu).saisie[VOIE] == "reu abc")


async def test_a_draft_that_cannot_be_kept_is_told_and_tried_again(
    poste_connu: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = brouillons.garder
    pannes = [StoreInutilisable(Faute("store.plein", "", "Le disque est plein.", "Appelez un agent."))]

    def garder(*arguments: Any, **contexte: Any) -> Any:
        if pannes:
            raise pannes.pop()
        return vrai(*arguments, **contexte)

    monkeypatch.setattr(brouillons, "garder", garder)
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 3")
        await jusqu_a(pilot, lambda: "Le disque est plein." in ecran.query_one(LigneAide).texte)
        await taper(pilot, "1")
        await jusqu_a(
            pilot, lambda: brouillons.lister(poste_connu, NUMERO) and garde(poste_connu).saisie[VOIE] == "reu 31"
        )


async def test_a_draft_is_tried_again_by_itself_and_its_warning_is_of_now(
    poste_connu: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warning stays whatever one does, above the help line, and goes when the draft is kept, without a key."""
    vrai, en_panne = brouillons.garder, [True]

    def garder(*arguments: Any, **contexte: Any) -> Any:
        if en_panne:
            raise StoreInutilisable(Faute("store.plein", "", "Le disque est plein.", "Appelez un agent."))
        return vrai(*arguments, **contexte)

    monkeypatch.setattr(brouillons, "garder", garder)
    monkeypatch.setattr("cyclades_tui.screens.borne.inscription.garde.RETENTER", 0.05)
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 3")

        def averti() -> bool:
            return any("Le disque est plein." in texte_de(bloc) for bloc in ecran.query(Avertissements) if bloc.display)

        await jusqu_a(pilot, averti)
        await pilot.press("f8")
        await calmer(pilot)
        assert averti()
        await pilot.press("escape")
        await voir(pilot, Dialogue)
        assert "Votre brouillon n'est pas gardé." in texte_du_dialogue(pilot)
        await pilot.press("enter")
        en_panne.clear()
        await jusqu_a(pilot, lambda: brouillons.lister(poste_connu, NUMERO) and not averti())
        assert garde(poste_connu).saisie[VOIE] == "reu 3"
        assert "non gardé" not in ecran.query_one(LigneAide).texte


def texte_de(bloc: Avertissements) -> str:
    return str(bloc.query_one(".texte", Static).content)


async def test_leaving_asks_when_the_last_words_could_not_be_kept(
    poste_connu: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = brouillons.garder
    en_panne = True

    def garder(*arguments: Any, **contexte: Any) -> Any:
        if en_panne:
            raise StoreInutilisable(Faute("store.plein", "", "Le disque est plein.", "Appelez un agent."))
        return vrai(*arguments, **contexte)

    monkeypatch.setattr(brouillons, "garder", garder)
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await ecrire_la_voie(pilot, " 31")
        await pilot.press("escape")
        await voir(pilot, Dialogue)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue) and "pas pu" in texte_du_dialogue(pilot))
        assert pilot.app.screen_stack[1] is ecran
        en_panne = False
        await calmer(pilot)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert (garde(poste_connu).saisie[VOIE], garde(poste_connu).ecran) == ("reu 31", None)


async def test_a_draft_open_elsewhere_is_told_before_it_is_taken(poste_connu: Poste) -> None:
    creer_compte(poste_connu)
    session = comptes.connecter(poste_connu, EMAIL, MOT_DE_PASSE)
    cle = brouillons.cle_nouvelle(session.numero, "BCP", "2024", "33")
    tenant = brouillons.nouvel_ecran(poste_connu)
    saisie = {"modalites.accord": "oui", VOIE: "12 rue"}
    brouillons.garder(poste_connu, cle, saisie, onglet="identification", focus=VOIE, ecran=tenant)
    app = borne(poste_connu)
    async with app.run_test(size=(80, 24)) as pilot:
        for touches, reste in ((["escape"], True), (["down", "enter"], False)):
            if reste:
                await se_connecter(pilot)
            await voir(pilot, EcranMesInscriptions)
            await jusqu_a(pilot, lambda: any(carte.has_focus for carte in app.screen.query(Carte)))
            await pilot.press("enter")
            await voir(pilot, Dialogue)
            assert "Cette saisie est ouverte sur un autre écran" in texte_du_dialogue(pilot)
            await pilot.press(*touches)
            await calmer(pilot)
            (brouillon,) = brouillons.lister(poste_connu, session.numero)
            assert (brouillon.ecran == tenant) is reste
        await voir(pilot, EcranInscription)
        inscription = app.screen
        assert isinstance(inscription, EcranInscription)
        assert (inscription.onglet, inscription.formulaire.saisie[VOIE]) == ("identification", "12 rue")


async def test_a_screen_whose_process_has_ended_holds_nothing(poste_connu: Poste) -> None:
    cle = brouillons.cle_nouvelle(NUMERO, "BCP", "2024", "33")
    disparu = "999999999:1.00:" + "0" * 32
    brouillons.garder(poste_connu, cle, {VOIE: "12 rue"}, onglet="identification", focus=VOIE, ecran=disparu)
    reprise = brouillons.reprendre(poste_connu, cle, {VOIE})
    assert reprise is not None
    assert reprise.tenu_par is None


async def test_a_form_that_was_only_read_leaves_no_draft(poste: Poste) -> None:
    """From tab to tab and away without typing: nothing is kept, and the question says so."""
    async with AppInscription(poste, AFFICHEE, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "qualification")
        await pilot.press("escape")
        await voir(pilot, Dialogue)
        assert "Rien n'est enregistré, vous n'avez rien saisi." in texte_du_dialogue(pilot)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert not brouillons.lister(poste, NUMERO)

"""Keys in the wizard: the order of focus, what each control takes."""

from __future__ import annotations

import pytest
from outils.borne import calmer, jusqu_a, taper
from outils.gestes import champ_en_focus, installer, ligne_de
from outils.guide import AFFICHEE, DU_COMPTE, EN_INDIVIDUEL
from outils.inscription import AppInscription
from textual import events
from textual.widget import Widget

from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.epreuves import RangEpreuve
from cyclades_tui.widgets.cadre import Bouton, LigneAide
from cyclades_tui.widgets.choix import Liste, Recherche
from cyclades_tui.widgets.saisie import OuiNon

INDIVIDUEL = AFFICHEE | EN_INDIVIDUEL | {"candidature.situation": "EX-SCOLAIRE"}
ORDRES = {
    "modalites": ["modalites.accord"],
    "identification": [
        "identification.nationalite",
        "identification.adresse.pays",
        "identification.adresse.voie",
        "identification.adresse.complement1",
        "identification.adresse.complement2",
        "identification.adresse.complement3",
        "identification.adresse.code_postal",
        "identification.adresse.localite",
        "identification.telephone_mobile",
        "identification.telephone",
        "identification.ine",
        "identification.csp_representant",
    ],
    "candidature": [
        "candidature.categorie",
        "candidature.amenagement_duree",
        "candidature.etablissement",
        "candidature.amenagement_handicap",
        "candidature.consentement_presse",
        "candidature.consentement_collectivites",
    ],
    "qualification": [
        "qualification.specialite",
        "qualification.section_langue",
        "qualification.forme",
        "qualification.derogation",
    ],
    "conditions": ["conditions.accord"],
}


# The order of focus


@pytest.mark.parametrize("onglet", ORDRES)
@pytest.mark.parametrize("taille", [(80, 24), (120, 40)], ids=["80", "120"])
async def test_the_fields_are_reached_in_reading_order(
    poste_connu: Poste, onglet: str, taille: tuple[int, int]
) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet=onglet).run_test(size=taille) as pilot:
        ecran = await installer(pilot)
        visites = []
        while (champ := champ_en_focus(ecran)) and champ not in visites:
            visites.append(champ)
            await pilot.press("enter" if not isinstance(ligne_de(ecran, champ).zone, Recherche) else "tab")
            await pilot.pause()
    assert visites == ORDRES[onglet]


async def test_the_field_that_tabs_typed_ahead_lead_to_is_in_view(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        for fois in (1, 3, 3, 2):
            for _ in range(fois):
                pilot.app.post_message(events.Key("tab", None))
            await calmer(pilot)
            await calmer(pilot)
            assert ecran.champ_courant is not None
            assert ecran.can_view_entire(ecran.champ_courant)


async def test_arrows_walk_through_the_nodes_and_choices_of_the_tree(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="epreuves").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        noeuds = [ligne.code for ligne in ecran.query(RangEpreuve)]
        vus: list[str] = []
        for _ in range(len(noeuds) + 4):
            if isinstance(ecran.focused, RangEpreuve):
                vus.append(ecran.focused.code)
            await pilot.press("tab")
            await pilot.pause()
    assert [code for code in vus if code in noeuds][: len(noeuds)] == noeuds[: len(vus)]


async def test_zones_and_sections_have_their_keys(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await pilot.press("pagedown", "pagedown")
        await calmer(pilot)
        assert champ_en_focus(ecran) == "identification.telephone_mobile"
        await pilot.press("pageup")
        await calmer(pilot)
        assert champ_en_focus(ecran) == "identification.adresse.pays"
        await pilot.press("f6")
        await calmer(pilot)
        assert isinstance(ecran.focused, Bouton)
        assert ecran.focused.action.id == "suivant"
        await pilot.press("f6")
        await calmer(pilot)
        assert champ_en_focus(ecran) == "identification.adresse.pays"


# Each control


async def test_a_short_list_opens_chooses_and_goes_on(poste_connu: Poste) -> None:
    saisie = {champ: texte for champ, texte in AFFICHEE.items() if not champ.startswith("candidature.")}
    async with AppInscription(poste_connu, saisie, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        liste = ligne_de(ecran, "candidature.categorie").zone
        assert isinstance(liste, Liste)
        await pilot.press("enter")
        await calmer(pilot)
        assert liste.ouverte
        await pilot.press("down", "escape")
        await calmer(pilot)
        assert (liste.ouverte, liste.valeur) == (False, "")
        assert isinstance(pilot.app.screen, EcranInscription)
        await pilot.press("i")
        await calmer(pilot)
        await pilot.press("enter")
        await calmer(pilot)
        assert liste.valeur == "INDIVIDUEL"
        assert champ_en_focus(ecran) == "candidature.situation"  # it has just appeared, and is not jumped over
        ligne_de(ecran, "candidature.categorie").prendre_le_focus()
        await pilot.press("enter")
        await calmer(pilot)
        assert not liste.ouverte
        assert champ_en_focus(ecran) == "candidature.situation"


async def test_a_category_that_changes_changes_the_lists_of_the_next_tab(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, "candidature.etablissement")
        assert ligne.valeur.startswith("CFA CEVEDOM")
        avant = ecran.formulaire.libelles(ligne.champ)
        await pilot.press("space", "down", "enter")
        await calmer(pilot)
        assert ecran.formulaire.saisie["candidature.categorie"] == "INDIVIDUEL"
        assert isinstance(ligne.zone, Liste)
        assert ligne.zone.libelles == tuple(ecran.formulaire.libelles(ligne.champ)) != tuple(avant)
        assert ligne.valeur.startswith("CFA CEVEDOM")  # what was there stays, and is wrong now
        assert ecran.formulaire.faute("candidature.etablissement") is not None


async def test_a_search_proposes_as_one_types_and_keeps_what_is_typed(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, "identification.nationalite")
        recherche = ligne.zone
        assert isinstance(recherche, Recherche)
        await pilot.press("ctrl+u")
        await taper(pilot, "alg")
        await calmer(pilot)
        assert recherche.ouverte
        await pilot.press("escape")
        await calmer(pilot)
        assert (recherche.ouverte, ligne.valeur) == (False, "alg")
        await pilot.press("tab")
        await calmer(pilot)
        assert ligne.fautive
        assert "n'est pas dans la liste" in ligne.phrase
        assert ecran.formulaire.saisie["identification.nationalite"] == "alg"


def dessine(ecran: EcranInscription) -> str:
    """All that is on the screen."""
    return "\n".join(bande.text for bande in ecran._compositor.render_strips())


NATIONALITE = "identification.nationalite"


@pytest.mark.parametrize("touche", ["space", "down"])
async def test_the_whole_list_opens_in_an_empty_field(poste_connu: Poste, touche: str) -> None:
    async with AppInscription(poste_connu, DU_COMPTE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, NATIONALITE)
        assert "Espace ouvre la liste" in dessine(ecran)
        toutes = ecran.formulaire.libelles(ligne.champ)
        assert len(toutes) > 100
        await pilot.press(touche)
        await calmer(pilot)
        assert f"{len(toutes)} en tout" in dessine(ecran)
        vues = set()
        while f"► {toutes[-1]}" not in dessine(ecran):
            vues |= {nom for nom in toutes if nom in dessine(ecran)}
            await pilot.press("pagedown")
            await calmer(pilot)
        vues |= {nom for nom in toutes if nom in dessine(ecran)}
        assert vues == set(toutes)
        await pilot.press("enter")
        assert ligne.valeur == toutes[-1]


async def test_a_space_is_typed_where_there_is_a_text(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, DU_COMPTE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await taper(pilot, "nouvelle z")
        await calmer(pilot)
        assert ligne_de(ecran, NATIONALITE).valeur == "nouvelle z"
        assert "Espace ouvre la liste" not in dessine(ecran)
        await pilot.press("ctrl+u")
        await calmer(pilot)
        assert "Espace ouvre la liste" in dessine(ecran)


async def test_a_choice_half_typed_in_a_draft_shows_its_proposals_again(poste_connu: Poste) -> None:
    saisie = DU_COMPTE | {NATIONALITE: "alg"}
    async with AppInscription(poste_connu, saisie, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await calmer(pilot)
        ligne = ligne_de(ecran, NATIONALITE)
        assert isinstance(ligne.zone, Recherche)
        assert ligne.zone.ouverte
        await taper(pilot, "e")
        await pilot.press("enter")
        assert ligne.valeur == "Algérien"


async def test_an_error_goes_while_proposals_stand_over_it(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, DU_COMPTE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, NATIONALITE)
        await taper(pilot, "zzz")
        await pilot.press("tab", "shift+tab")
        await calmer(pilot)
        dit = ligne.trace(ligne.size.width).faute[0][-20:]
        assert dit in dessine(ecran)
        await pilot.press("ctrl+u", "m")
        await calmer(pilot)
        assert isinstance(ligne.zone, Recherche)
        assert ligne.zone.ouverte
        assert ligne.fautive
        assert dit not in dessine(ecran)
        await pilot.press("escape")
        await calmer(pilot)
        assert not ligne.fautive or ligne.trace(ligne.size.width).faute[0][-20:] in dessine(ecran)


async def test_a_long_value_shows_its_beginning_and_its_caret_in_focus(poste_connu: Poste) -> None:
    longue = "Résidence des Trois-Rivières, escalier B, 12 av."
    voie = "identification.adresse.voie"
    saisie = AFFICHEE | {voie: longue}
    async with AppInscription(poste_connu, saisie, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, voie)
        ligne.prendre_le_focus()
        await calmer(pilot)
        assert longue[-20:] in dessine(ecran)
        await pilot.press("tab")
        await calmer(pilot)
        assert longue[:30] in dessine(ecran)
        assert longue[-10:] not in dessine(ecran)
        assert "…" in dessine(ecran).split(longue[:30])[1][:20]


async def test_yes_and_no_are_answered_passed_and_taken_back(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, "candidature.consentement_presse")
        assert isinstance(ligne.zone, OuiNon)
        ligne.prendre_le_focus()
        await calmer(pilot)
        lues = []
        for touche in ("o", "n", "space", "left", "delete"):
            await pilot.press(touche)
            lues.append(ligne.valeur)
        assert lues == ["oui", "non", "oui", "non", ""]
        await pilot.press("enter")
        await calmer(pilot)
        assert ligne.valeur == ""
        assert champ_en_focus(ecran) == "candidature.consentement_collectivites"


async def test_a_paste_that_is_too_long_is_cut_and_said(poste_connu: Poste) -> None:
    async with AppInscription(
        poste_connu, DU_COMPTE | {"modalites.accord": "oui"}, onglet="identification"
    ).run_test() as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, "identification.adresse.voie")
        ligne.prendre_le_focus()
        await calmer(pilot)
        collage = "e\u0301 \r\n" + "x" * 60
        assert isinstance(ecran.focused, Widget)
        ecran.focused.post_message(events.Paste(collage))
        await calmer(pilot)
        assert ligne.valeur == "é " + "x" * 48
        assert "trop long" in ecran.query_one(LigneAide).texte


async def test_what_is_typed_beyond_the_length_is_kept_and_refused_at_the_field(poste_connu: Poste) -> None:
    """An address of 82 letters: never its first 50 with a √."""
    async with AppInscription(
        poste_connu, DU_COMPTE | {"modalites.accord": "oui"}, onglet="identification"
    ).run_test() as pilot:
        ecran = await installer(pilot)
        ligne = ligne_de(ecran, "identification.adresse.voie")
        ligne.prendre_le_focus()
        await calmer(pilot)
        await taper(pilot, "x" * 82)
        assert ligne.valeur == "x" * 82
        await jusqu_a(pilot, lambda: "82 caractères pour 50" in ecran.query_one(LigneAide).texte)
        await pilot.press("tab")
        await calmer(pilot)
        assert (ligne.etat, ligne.phrase) == ("×", "82 caractères pour 50 au plus. Abrégez.")
        await pilot.press("shift+tab", *["backspace"] * 32)
        await jusqu_a(pilot, lambda: ligne.etat != "×" and "au plus" not in ecran.query_one(LigneAide).texte)


async def test_keys_typed_ahead_of_an_act_are_in_it(poste_connu: Poste) -> None:
    """Space then F8, or a digit then F8, as fast as a terminal sends them."""
    saisie = AFFICHEE | {"modalites.accord": "", "identification.adresse.code_postal": "9730"}
    async with AppInscription(poste_connu, saisie).run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        for touche in ("space", "f8"):
            pilot.app.post_message(events.Key(touche, " " if touche == "space" else None))
        await jusqu_a(pilot, lambda: ecran.onglet == "identification")
        await calmer(pilot)
        ecran.contenu_courant.viser("identification.adresse.code_postal")
        await calmer(pilot)
        for touche in ("end", "0", "f8"):
            pilot.app.post_message(events.Key(touche, touche if len(touche) == 1 else None))
        await jusqu_a(pilot, lambda: ecran.onglet == "candidature")
    assert ecran.formulaire.saisie["identification.adresse.code_postal"] == "97300"

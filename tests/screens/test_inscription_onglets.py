"""Moving among tabs: errors, links, the tree, blocks of the récapitulatif, the closing while a form is open."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from outils.borne import TAILLES, calmer, envoyer, jusqu_a, voir
from outils.gestes import champ_en_focus, installer, ligne_de
from outils.guide import AFFICHEE, DU_COMPTE, NUMERO
from outils.horloge import HorlogeReglable
from outils.inscription import AppInscription
from outils.saisies import note
from rich.cells import cell_len
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.inscription.epreuves import BilanDesChoix, RangEpreuve
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.widgets.cadre import Bandeau, Bouton, LigneAide
from cyclades_tui.widgets.dialogue import Aide, Dialogue
from cyclades_tui.widgets.etapes import Etapes, Rail
from cyclades_tui.widgets.saisie import CaseACocher

# A tab, an error in it, and the field that must take the focus.
FAUTES = [
    ("modalites", {"modalites.accord": ""}, "modalites.accord"),
    ("identification", {"identification.adresse.code_postal": "9730"}, "identification.adresse.code_postal"),
    ("identification", {"identification.telephone_mobile": "12"}, "identification.telephone_mobile"),
    ("candidature", {"candidature.consentement_presse": ""}, "candidature.consentement_presse"),
    ("qualification", {"qualification.forme": ""}, "qualification.forme"),
    ("acquis", {"acquis.titre.bts-dut-deug-licence.annee": "1815"}, "acquis.titre.bts-dut-deug-licence.annee"),
    ("epreuves", {"epreuves.EF1.langue": ""}, "epreuves.EF1.langue"),
    ("conditions", {"conditions.accord": ""}, "conditions.accord"),
]


# Errors of every tab


@pytest.mark.parametrize(("onglet", "faute", "fautif"), FAUTES, ids=[f"{o}-{c}" for o, _, c in FAUTES])
@pytest.mark.parametrize("taille", [(80, 24), (120, 40)], ids=["80", "120"])
async def test_an_error_takes_the_focus_and_is_whole_in_view(
    poste_connu: Poste, onglet: str, faute: dict[str, str], fautif: str, taille: tuple[int, int]
) -> None:
    async with AppInscription(poste_connu, AFFICHEE | faute, onglet=onglet).run_test(size=taille) as pilot:
        ecran = await installer(pilot)
        await pilot.press("f9" if onglet == "conditions" else "f8")
        await calmer(pilot)
        assert ecran.onglet == onglet
        assert champ_en_focus(ecran) == fautif
        ligne = ligne_de(ecran, fautif)
        assert ligne.fautive
        assert ligne.phrase
        assert ecran.can_view_entire(ligne)
        assert ligne.champ.nom[:20] in ecran.query_one(LigneAide).texte
        assert ecran.contenu_courant.has_class("-fautif")
        await pilot.press("f7")
        await calmer(pilot)
        attendu = AFFICHEE | faute
        assert {champ: ecran.formulaire.saisie.get(champ, "") for champ in attendu} == attendu


async def test_a_postcode_that_is_no_commune_s_is_marked_as_doubtful(poste_connu: Poste) -> None:
    champ = "identification.adresse.code_postal"
    async with AppInscription(poste_connu, AFFICHEE | {champ: ""}, onglet="identification").run_test(
        size=(80, 24)
    ) as pilot:
        ecran = await installer(pilot)
        for code, signe in (("99999", "!"), ("97300", "√")):
            ligne = ligne_de(ecran, champ)
            ligne.valeur = ""
            ligne.prendre_le_focus()
            await pilot.press(*code, "enter")
            await calmer(pilot)
            assert (ligne.valeur, ligne.signe) == (code, signe)


async def test_a_specialite_that_changes_doubts_what_was_declared_for_the_former_one(poste_connu: Poste) -> None:
    """At its own field and at the declaration, before anything is saved; the same spécialité again ends the doubt."""
    saisie = AFFICHEE | note("2022")
    async with AppInscription(poste_connu, saisie, onglet="qualification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        for specialite, signe in (("Cuisine", "!"), ("Aéronautique option Systèmes", "")):
            ligne = ligne_de(ecran, "qualification.specialite")
            ligne.valeur = ""
            ligne.prendre_le_focus()
            await pilot.press(*specialite, "enter", "tab")
            await calmer(pilot)
            assert (ligne.valeur, ligne.signe == "!") == (specialite, signe == "!")
            assert ("étaient déclarées pour « Aéronautique option Systèmes »" in ligne.phrase) == (signe == "!")
            await pilot.press("f8")
            await calmer(pilot)
            declaration = ligne_de(ecran, "acquis.declaration.meme_specialite")
            assert (declaration.signe, declaration.valeur) == (signe, "oui")
            await pilot.press("f7")
            await calmer(pilot)


async def test_a_link_of_the_summary_leads_to_its_field(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, DU_COMPTE, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await pilot.press("f8")
        await calmer(pilot)
        assert champ_en_focus(ecran) == "candidature.categorie"
        resume = ecran.contenu_courant.query_one(".resume")
        rang, colonne = ligne_et_colonne(str(resume.render()), resume.content_size.width, "Etablissement")
        await pilot.click(resume, offset=(colonne + 2, rang))  # the bar and the margin stand before the text
        await calmer(pilot)
        assert champ_en_focus(ecran) == "candidature.etablissement"


def ligne_et_colonne(texte: str, largeur: int, mot: str) -> tuple[int, int]:
    """The position of a word in wrapped text."""
    rangees = textwrap.wrap(texte, largeur)
    rang = next(rang for rang, rangee in enumerate(rangees) if mot in rangee)
    return rang, rangees[rang].index(mot)


async def test_two_questions_that_begin_alike_are_told_apart(poste_connu: Poste) -> None:
    sans = dict.fromkeys(("candidature.consentement_presse", "candidature.consentement_collectivites"), "")
    async with AppInscription(poste_connu, AFFICHEE | sans, onglet="candidature").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await pilot.press("f8")
        await calmer(pilot)
        resume = str(ecran.contenu_courant.query_one(".resume").render())
        assert resume.endswith(" : Résultats publiés par la presse ; Résultats pour les collectivités")


async def test_a_tab_not_reached_says_what_to_finish_first(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(120, 40)) as pilot:
        ecran = await installer(pilot)
        await pilot.click(Rail, offset=(5, 2 + 2 + 5))
        await calmer(pilot)
        assert ecran.onglet == "identification"
        assert "Terminez d'abord l'onglet 2." in ecran.query_one(LigneAide).texte
        await pilot.click(Rail, offset=(5, 1 + 2))
        await calmer(pilot)
        assert ecran.onglet == "modalites"
        await pilot.click(Etapes, offset=(18, 0))
        await jusqu_a(pilot, lambda: ecran.onglet == "identification")


async def test_help_is_a_click_away_on_the_rail_and_at_the_foot(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(120, 40)) as pilot:
        ecran = await installer(pilot)
        rail = ecran.query_one(Rail)
        lignes = str(rail.render()).splitlines()
        for libelle, titre in (("Besoin d'aide ?", "Nationalité"), ("Un problème ?", "Un problème ?")):
            await pilot.click(rail, offset=(2, lignes.index(libelle) + 1))
            await voir(pilot, Aide)
            assert titre in str(pilot.app.screen.query(Static).first().render())
            await pilot.press("escape")
            await jusqu_a(pilot, lambda: pilot.app.screen is ecran)
        await pilot.click(LigneAide, offset=(116, 0))
        await voir(pilot, Aide)


async def test_a_block_of_the_summary_opens_its_tab_and_f8_comes_back(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="recapitulatif").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await jusqu_a(pilot, lambda: isinstance(ecran.focused, BlocRecapitulatif))
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: ecran.onglet == "identification")
        await calmer(pilot)
        (suivant,) = ecran.query("#bouton-suivant").results(Bouton)
        assert "Revenir au récapitulatif" in suivant.libelle
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "recapitulatif")


async def test_a_block_that_a_new_composition_took_away_breaks_nothing(poste_connu: Poste) -> None:
    """The focus moves to the next block, which is removed too, and whose message comes too late."""
    async with AppInscription(poste_connu, AFFICHEE, onglet="recapitulatif").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await jusqu_a(pilot, lambda: ecran.query(BlocRecapitulatif))
        parti = ecran.query(BlocRecapitulatif).last()
        await ecran.contenu_courant.recompose()
        ecran.post_message(BlocRecapitulatif.Visitee(parti))
        await calmer(pilot)
        await pilot.press("f7")
        await jusqu_a(pilot, lambda: ecran.onglet == "epreuves")


async def test_only_the_tab_that_a_block_sent_to_leads_back(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="recapitulatif").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await jusqu_a(pilot, lambda: isinstance(ecran.focused, BlocRecapitulatif))
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: ecran.onglet == "qualification")
        await ecran.ouvrir(4)
        await calmer(pilot)
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "epreuves")


async def test_why_follows_the_position_of_its_node(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="epreuves").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        (noeud,) = [ligne for ligne in ecran.query(RangEpreuve) if ligne.code == "E4"]
        noeud.focus()
        await calmer(pilot)
        await pilot.press("enter")
        await calmer(pilot)
        assert "« Dispense »" in str(ecran.query_one(".pourquoi").render())
        ecran.formulaire.ecrire("acquis.declaration.titre", "")
        ecran.contenu_courant.actualiser()
        await calmer(pilot)
        for bloc in ecran.query(".pourquoi"):
            assert "« Dispense »" not in str(bloc.render())


@pytest.mark.parametrize(
    ("localite", "touches", "attendue"),
    [
        ("", ("97300", "enter"), "CAYENNE"),
        ("", ("97300", "enter", "Autre part", "enter"), "Autre part"),
        ("", ("97300", "tab", "enter"), "CAYENNE"),
        ("", ("29100", "enter"), ""),
        ("", ("9730", "enter"), ""),
        ("CAYENNE", ("35000", "enter"), "CAYENNE"),
    ],
)
async def test_a_postal_code_of_one_town_fills_it_and_what_is_typed_replaces_it(
    poste_connu: Poste, localite: str, touches: tuple[str, ...], attendue: str
) -> None:
    """97300 is Cayenne only; a code of several towns, and a town already there, are left to the person."""
    champ, adresse = "identification.adresse.localite", "identification.adresse.code_postal"
    depart = AFFICHEE | {champ: localite, adresse: ""}
    async with AppInscription(poste_connu, depart, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ecran.contenu_courant.viser(adresse)
        await calmer(pilot)
        for touche in touches:
            envoyer(pilot, (touche,) if touche in {"enter", "tab"} else touche)
        await calmer(pilot)
        assert ecran.formulaire.saisie[champ] == attendue
        assert ligne_de(ecran, champ).valeur == attendue


async def test_what_was_right_is_looked_at_again_when_what_it_follows_from_changes(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        localite = ligne_de(ecran, "identification.adresse.localite")
        localite.prendre_le_focus()
        await pilot.press("tab")
        await calmer(pilot)
        assert localite.etat == "√"
        ecran.contenu_courant.viser("identification.adresse.code_postal")
        await calmer(pilot)
        await pilot.press("ctrl+u", "2", "9", "2", "0", "0", "tab")
        await calmer(pilot)
        assert localite.etat == "!"
        assert "liste de ce code postal" in localite.phrase
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "candidature")


async def test_the_closing_is_told_once_the_help_is_closed(poste_connu: Poste, horloge: HorlogeReglable) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await pilot.press("f1")
        await voir(pilot, Aide)
        horloge.instant = horloge.instant.replace(day=13, hour=22, minute=59)
        ecran.fermeture.chaque_minute()
        await calmer(pilot)
        assert isinstance(pilot.app.screen, Aide)
        await pilot.press("escape")
        await voir(pilot, Dialogue)


async def test_an_exam_without_those_tabs_asks_for_no_acceptance(poste_connu: Poste) -> None:
    """Seven tabs, as a CAP has: « Enregistrer » acts at the récapitulatif (C08, C09)."""
    examen = poste_connu.service("BCP", "2024", "33").examen
    sept = tuple(onglet for onglet in examen.onglets if onglet.id not in ("modalites", "conditions"))
    service = replace(
        poste_connu.service("BCP", "2024", "33"), examen=examen.model_copy(update={"onglets": sept}), _champs={}
    )
    champs = service.champs(None)
    assert "modalites.accord" not in champs
    assert "conditions.accord" not in champs
    assert "identification.nationalite" in champs


async def test_conditions_not_yet_accepted_do_not_stop_the_summary(poste_connu: Poste) -> None:
    sans = {champ: texte for champ, texte in AFFICHEE.items() if champ != "conditions.accord"}
    async with AppInscription(poste_connu, sans, onglet="recapitulatif").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await jusqu_a(pilot, lambda: ecran.query(BlocRecapitulatif))
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "conditions")
        await calmer(pilot)
        await pilot.press("f9")
        await calmer(pilot)
        assert ecran.inscription is None
        assert "La case n'est pas cochée." in ligne_de(ecran, "conditions.accord").phrase
        await pilot.press("space", "f9")
        await jusqu_a(pilot, lambda: ecran.onglet == "numero")


async def test_why_unfolds_under_a_node_and_its_branch_closes(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="epreuves").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await pilot.press("enter")
        await calmer(pilot)
        (bloc,) = ecran.query(".pourquoi")
        assert "Pourquoi « Inscrit » ?" in str(bloc.render())
        await pilot.press("enter")
        await calmer(pilot)
        assert not ecran.query(".pourquoi")
        await pilot.press("left")
        await calmer(pilot)
        assert not [ligne.code for ligne in ecran.query(RangEpreuve) if ligne.code == "E1-A" and ligne.display]
        await pilot.press("asterisk")
        await calmer(pilot)
        assert [ligne.code for ligne in ecran.query(RangEpreuve) if ligne.code == "E1-A" and ligne.display]


async def test_ticking_opens_a_branch_and_closing_it_keeps_what_it_holds(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="acquis").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        annee = "acquis.titre.bts-dut-deug-licence.annee"
        assert ligne_de(ecran, annee).valeur == "2022"
        declaration = ligne_de(ecran, "acquis.declaration.titre")
        assert isinstance(declaration.zone, CaseACocher)
        declaration.prendre_le_focus()
        await pilot.press("enter")
        await calmer(pilot)
        assert declaration.valeur == "oui"  # Entrée went on, and flipped nothing
        declaration.prendre_le_focus()
        await pilot.press("space")
        await calmer(pilot)
        assert not [ligne for ligne in ecran.contenu_courant.affichees() if ligne.champ.id == annee]
        await pilot.press("space")
        await calmer(pilot)
        assert ligne_de(ecran, annee).valeur == "2022"


# The closing, while the form is open


async def test_an_open_form_says_when_its_window_closes_and_keeps_the_draft(
    poste_connu: Poste, horloge: HorlogeReglable
) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ecran.contenu_courant.viser("identification.adresse.voie")
        await pilot.press("end", "x")
        horloge.instant = horloge.instant.replace(day=13, hour=22, minute=20)
        ecran.fermeture.chaque_minute()
        await calmer(pilot)
        assert "".join(ecran.query_one(Bandeau).droite) == "! ferme dans 39 minutes"
        assert pilot.app.screen is ecran
        horloge.instant = horloge.instant.replace(minute=59)
        ecran.fermeture.chaque_minute()
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        await pilot.press("escape")
        await calmer(pilot)
        assert "fermé depuis le 13/12/2023 à 23:59" in "".join(ecran.query_one(Bandeau).droite)
        ecran.fermeture.chaque_minute()
        await calmer(pilot)
        assert pilot.app.screen is ecran
    (brouillon,) = brouillons.lister(poste_connu, NUMERO)
    assert brouillon.onglet == "identification"


async def test_an_optional_epreuve_that_nobody_answered_is_told_and_gone_to(poste: Poste) -> None:
    """« Aucun choix » is said only where there is none (F234, F238)."""
    sans_reponse = {champ: texte for champ, texte in AFFICHEE.items() if not champ.startswith("epreuves.")}
    async with AppInscription(poste, sans_reponse, onglet="epreuves").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        bilan = ecran.query_one(BilanDesChoix)
        assert bilan.has_focus
        assert "Rien d'obligatoire à choisir. 2 épreuves facultatives possibles : EF1, EF2" in str(bilan.render())
        await pilot.press("enter")
        await calmer(pilot)
        assert champ_en_focus(ecran) == "epreuves.EF1.position"
        assert ecran.can_view_entire(ligne_de(ecran, "epreuves.EF1.position"))


async def test_no_choice_is_said_where_none_is_left(poste: Poste) -> None:
    refusees = {"epreuves.EF1.position": "Non Inscrit", "epreuves.EF2.position": "Non Inscrit"}
    for saisie in (AFFICHEE, AFFICHEE | refusees):
        async with AppInscription(poste, saisie, onglet="epreuves").run_test(size=(80, 24)) as pilot:
            bilan = (await installer(pilot)).query_one(BilanDesChoix)
            assert str(bilan.render()) == " Aucun choix à faire dans cet onglet. F8 pour continuer."
            assert not bilan.can_focus


@pytest.mark.parametrize("taille", [(80, 24), (100, 30), (120, 40)], ids=["80", "100", "120"])
async def test_no_epreuve_is_cut_nor_without_its_accent(poste_connu: Poste, taille: tuple[int, int]) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="epreuves").run_test(size=taille) as pilot:
        ecran = await installer(pilot)
        for ligne in ecran.query(RangEpreuve):
            dit = " ".join(ligne.render().plain.split())
            assert "…" not in dit
            assert "Epreuve" not in dit
            mots = ligne.libelle.split()
            assert all(mot in dit for mot in mots)
            assert ligne.size.height == len(ligne.rangs(ligne.size.width))


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES.keys())
async def test_what_the_help_line_says_of_an_epreuve_is_whole(poste_connu: Poste, taille: tuple[int, int]) -> None:
    """Where the reason has no room, it names the key that tells it."""
    async with AppInscription(poste_connu, AFFICHEE, onglet="epreuves").run_test(size=taille) as pilot:
        ecran = await installer(pilot)
        aides = [rang.dit[1] for rang in ecran.query(RangEpreuve)]
        assert max(map(cell_len, aides)) <= taille[0] - 21  # « F5 menu  F1 aide », and what stands around
        assert sum("Entrée dit pourquoi" in aide for aide in aides) == (11 if taille[0] == 80 else 0)

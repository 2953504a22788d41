"""Nothing of the wizard is off the screen or cut, at any size, with the longest texts."""

from __future__ import annotations

import pytest
from outils.borne import calmer, taper
from outils.gestes import champ_en_focus, installer, ligne_de
from outils.guide import AFFICHEE
from outils.inscription import AppInscription
from textual.widget import Widget

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.widgets.cadre import Bouton, LigneAide
from cyclades_tui.widgets.champ import LigneChamp

ONGLETS = (
    "modalites",
    "identification",
    "candidature",
    "qualification",
    "acquis",
    "epreuves",
    "recapitulatif",
    "conditions",
)
LONGUE = "Marie-Antoinette-Éléonore-Wilhelmine-Œuvrée-d'Ŵrócław"
LONGS = {
    "identification.nom": "DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG D'ŒUVRÉ",
    "identification.prenoms": LONGUE,
    "identification.nom_usage": "W" * 60,
    "identification.adresse.voie": "W" * 50,
    "identification.adresse.localite": "É" * 50,
    "identification.email": "x" * 60 + "@example.org",
}


@pytest.mark.parametrize("onglet", ONGLETS)
@pytest.mark.parametrize("taille", [(80, 24), (215, 50)], ids=["80", "215"])
async def test_nothing_is_off_the_screen_or_cut(poste_connu: Poste, onglet: str, taille: tuple[int, int]) -> None:
    async with AppInscription(poste_connu, AFFICHEE | LONGS, onglet=onglet).run_test(size=taille) as pilot:
        ecran = await installer(pilot)
        ecran.contenu_courant.verifier()
        await calmer(pilot)
        largeur = taille[0]
        for widget in ecran.walk_children(Widget):
            if widget.display and widget.region:
                assert widget.region.right <= largeur, widget
        for ligne in ecran.contenu_courant.affichees():
            assert ligne.size.height == ligne.trace(ligne.size.width).rangs
            assert (
                "".join(ligne.trace(ligne.size.width).libelle)
                .replace(" ", "")
                .startswith(ligne._libelle.replace(" ", "")[:20] if ligne.trace(ligne.size.width).libelle else "")
            )
            ligne.prendre_le_focus()
            await calmer(pilot)
            assert ecran.can_view_entire(ligne), ligne.champ.id
        for bouton in ecran.query(Bouton):
            assert bouton.size.width >= len(bouton.libelle)


async def test_a_fault_said_late_of_the_field_one_left_keeps_the_next_one_in_view(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        code, localite = (ligne_de(ecran, f"identification.adresse.{nom}") for nom in ("code_postal", "localite"))
        contenu = ecran.contenu_courant
        localite.prendre_le_focus()
        await calmer(pilot)
        contenu.scroll_relative(y=localite.region.bottom - contenu.region.bottom, animate=False)  # to the last row seen
        code.valeur = "973"
        ecran.formulaire.ecrire(code.champ.id, "973")
        await calmer(pilot)
        assert ecran.can_view_entire(localite)
        ecran.post_message(LigneChamp.Quitte(code.champ))
        await calmer(pilot)
        assert code.fautive
        assert ecran.can_view_entire(localite)


async def test_the_window_may_be_resized_in_the_middle_of_a_field(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE, onglet="identification").run_test(size=(120, 40)) as pilot:
        ecran = await installer(pilot)
        voie = ligne_de(ecran, "identification.adresse.voie")
        voie.prendre_le_focus()
        await calmer(pilot)
        await pilot.press("end")
        await taper(pilot, " 31")
        for taille in ((80, 24), (60, 20), (215, 50), (80, 24)):
            await pilot.resize_terminal(*taille)
            await calmer(pilot)
        await taper(pilot, "/0")
        await calmer(pilot)
        assert voie.valeur == "reu 31/0"
        assert champ_en_focus(ecran) == "identification.adresse.voie"
        assert ecran.can_view_entire(voie)


async def test_a_refusal_of_several_rows_is_whole_and_the_field_stays_in_view(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE | LONGS, onglet="identification").run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        ligne = ecran.contenu_courant.affichees()[-1]
        ligne.prendre_le_focus()
        await calmer(pilot)
        phrase = "Le service vient d'être modifié par un autre poste, et ceci n'a pas été gardé. "
        ecran.dire_les_fautes((Faute("refus", "", phrase * 3, "Appelez un agent."),))
        await calmer(pilot)
        aide = ecran.query_one(LigneAide)
        bandes = ecran._compositor.render_strips()[aide.region.y : aide.region.bottom]
        rangs = [bande.text.removeprefix("▌ ") for bande in bandes]
        montre = " ".join(" ".join(rangs).replace("F5 menu  F1 aide", "").split())
        assert montre == f"Refusé {phrase * 3}Appelez un agent."
        assert rangs[-1].rstrip().endswith("F5 menu  F1 aide")
        assert ecran.can_view_entire(ligne)
        await pilot.press("shift+tab")
        await calmer(pilot)
        assert aide.size.height == 1


COMPLETE = LONGS | {
    "identification.email": "x" * 240 + "@example.org",  # alone more than half a page
    "identification.nationalite": "",
    "identification.telephone_mobile": "12",
}


@pytest.mark.parametrize("touche", ["tab", "shift+tab", "enter", "pagedown"])
async def test_the_field_in_focus_is_whole_in_view_however_one_comes_to_it(poste_connu: Poste, touche: str) -> None:
    """The longest identity stands above the fields: on opening, by each key, and after a refused F8."""
    app = AppInscription(poste_connu, AFFICHEE | COMPLETE, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = await installer(pilot)
        await calmer(pilot)
        ligne = ecran.champ_courant
        assert ligne is not None
        assert ecran.can_view_entire(ligne), "on opening"
        await pilot.press("f8")
        await calmer(pilot)
        for _ in range(16):
            if (ligne := ecran.champ_courant) is not None:
                assert ecran.can_view_entire(ligne), ligne.champ.id
            await pilot.press(touche)
            await calmer(pilot)
        await pilot.press("f8")
        await calmer(pilot)
        ligne = ecran.champ_courant
        assert ligne is not None
        assert ligne.fautive
        assert ecran.can_view_entire(ligne), "after F8"
        assert ecran.query_one(LigneAide).size.height <= 2

"""Nothing of the wizard is off the screen or cut, at any size, with the longest texts."""

from __future__ import annotations

import pytest
from outils.borne import calmer, taper
from outils.gestes import champ_en_focus, installer, ligne_de
from outils.guide import AFFICHEE
from outils.inscription import AppInscription
from textual.widget import Widget

from cyclades_tui.poste import Poste
from cyclades_tui.widgets.cadre import Bouton
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

"""Tab « N° Inscription », compared with the guides' lines, after a first save and after a modification."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from outils.borne import calmer, jusqu_a
from outils.guide import AFFICHEE, NUMERO
from outils.inscription import AppInscription
from outils.textes import lignes_de
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons, candidatures
from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.numero import OngletNumero
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.dialogue import Dialogue

# The guide's page, letter for letter; only its candidate had registered four times before.
GUIDE = lignes_de("guide_onglet_numero.txt")


class AppDeModification(AppInscription):
    """The wizard over a candidature that is already saved once."""

    def __init__(self, poste: Poste, saisie: dict[str, str]) -> None:
        super().__init__(poste, saisie)
        enregistree = enregistrer(poste, Demande("BCP", "2024", "33", AFFICHEE))
        cle = brouillons.cle_modification(NUMERO, enregistree.candidature, 1)
        self._parcours = replace(self._parcours, cle=cle, modification=Modification(1, 1))


def tout_valider(poste: Poste) -> None:
    """Give a file for each piece of the first group, then « J'ai fourni toutes mes pièces »."""
    fichier = FichierExamine("a.pdf", "PDF", b"%PDF-", 1, Analyse.NON_ANALYSE)
    for piece in justificatifs.lister(poste, NUMERO, 1).groupes[0].pieces:
        justificatifs.donner(poste, NUMERO, 1, piece.id, fichier)
    groupe = justificatifs.lister(poste, NUMERO, 1).groupes[0]
    justificatifs.valider(poste, NUMERO, 1, {piece.id: piece.revision for piece in groupe.pieces})


async def demander_d_enregistrer(pilot: Pilot[None]) -> EcranInscription:
    """Go through the tabs to the last, then F9."""
    app = pilot.app
    assert isinstance(app, AppInscription)
    ecran = app.inscription
    for rang in range(1, len(ecran.formulaire.onglets) - 1):
        await pilot.press("f8")
        await jusqu_a(pilot, partial(_est_au_rang, ecran, rang))
    await pilot.press("f9")
    return ecran


async def enregistrer_a_l_ecran(pilot: Pilot[None]) -> OngletNumero:
    ecran = await demander_d_enregistrer(pilot)
    await jusqu_a(pilot, lambda: bool(ecran.query(OngletNumero)) and ecran.inscription is not None)
    await calmer(pilot)
    return ecran.query_one(OngletNumero)


def _est_au_rang(ecran: EcranInscription, rang: int) -> bool:
    return ecran.rang == rang


def dit(onglet: OngletNumero) -> list[str]:
    """Every line of the tab in plain text, without the signs beside colours."""
    return [ligne for widget in onglet.query(Static) for ligne in str(widget.content).removeprefix("√ ").splitlines()]


def dit_le_guide(lignes: list[str]) -> bool:
    """Whether the tab shows all that the guide shows and nothing else, in order except for the two numbers."""
    nombres = [ligne for ligne in GUIDE if ligne.startswith("Votre numéro")]
    return sorted(lignes[1:3]) == sorted(nombres) and lignes[:1] + lignes[3:] == [
        li for li in GUIDE if li not in nombres
    ]


async def test_the_tab_says_what_the_guide_shows(poste_connu: Poste) -> None:
    async with AppInscription(poste_connu, AFFICHEE).run_test(size=(80, 24)) as pilot:
        onglet = await enregistrer_a_l_ecran(pilot)
        assert dit_le_guide(dit(onglet))


async def test_after_a_modification_the_tab_tells_the_new_version(poste_connu: Poste) -> None:
    voie = {"identification.adresse.voie": "12 rue du Port"}
    async with AppDeModification(poste_connu, AFFICHEE | voie).run_test(size=(80, 24)) as pilot:
        onglet = await enregistrer_a_l_ecran(pilot)
        lignes = dit(onglet)
        assert lignes.pop(3) == "Version n°2"
        assert dit_le_guide(lignes)


@pytest.mark.parametrize(
    ("taille", "dit"),
    [
        ((80, 24), "Modification de 001"),
        ((120, 40), "Modification de 001, version 1 vers 2"),
    ],
)
async def test_a_modification_says_what_it_modifies(poste_connu: Poste, taille: tuple[int, int], dit: str) -> None:
    async with AppDeModification(poste_connu, AFFICHEE).run_test(size=taille) as pilot:
        await calmer(pilot)
        assert dit in str(pilot.app.screen.query_one("#gauche", Static).content)


async def test_after_pieces_were_locked_the_next_step_and_the_contact_are_told(poste_connu: Poste) -> None:
    """The new récapitulatif is to be signed and given, and the office called (F347)."""
    app = AppDeModification(poste_connu, AFFICHEE | {"identification.adresse.voie": "12 rue du Port"})
    tout_valider(poste_connu)
    async with app.run_test(size=(80, 24)) as pilot:
        lignes = dit(await enregistrer_a_l_ecran(pilot))
        (appel,) = (ligne for ligne in lignes if ligne.startswith("! Vos pièces étaient validées"))
        assert "0594272243" in appel
        assert "Modification" not in str(app.inscription.query_one("#gauche", Static).content)
        assert "le récapitulatif à signer, touche J." in app.inscription.query_one(LigneAide).texte


async def test_a_modification_that_changes_nothing_saves_nothing(poste_connu: Poste) -> None:
    """The question says so over the form, which stays; the version of before is still the last."""
    async with AppDeModification(poste_connu, AFFICHEE).run_test(size=(80, 24)) as pilot:
        ecran = await demander_d_enregistrer(pilot)
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        assert "Rien n'a changé depuis la version 1" in " ".join(
            str(statique.content) for statique in pilot.app.screen.query(Static)
        )
        assert ecran.inscription is None
    assert candidatures.fiche(poste_connu, NUMERO, 1).version == 1

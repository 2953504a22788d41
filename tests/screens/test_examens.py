"""Each guide's configuration by keys: CAP's seven tabs, the concours, the pôles, the closing to the second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from outils.borne import TAILLES, borne, calmer, creer_compte, jusqu_a, se_connecter, taper, voir
from outils.examens import (
    CAP,
    COIFFEUSE,
    COIFFURE,
    CONCOURS,
    CUISINE,
    FERMETURE_DE_POITIERS,
    INDIVIDUEL,
    PROFESSEURE,
    poste_des_examens,
)
from outils.guide import DU_COMPTE, NUMERO
from outils.horloge import HorlogeReglable
from outils.inscription import AppInscription
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.choix.lancement import EcranLancement
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.epreuves import RangEpreuve
from cyclades_tui.screens.borne.inscription.numero import OngletNumero
from cyclades_tui.widgets.cadre import Boutons
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.choix import Recherche, Volet
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.etapes import Rail

if TYPE_CHECKING:
    from outils.images import Images

SEPT = ("identification", "candidature", "qualification", "acquis", "epreuves", "recapitulatif", "numero")
SECONDE = timedelta(seconds=1)


@pytest.fixture
def poste_examens(tmp_path: Path, horloge: HorlogeReglable, sans_attente: None) -> Iterator[Poste]:
    """A store where the services of the guides' exams are open."""
    ouvert = poste_des_examens(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


class AppDeModification(AppInscription):
    """The wizard over a candidature to the CAP, saved once."""

    def __init__(self, poste: Poste, saisie: dict[str, str], onglet: str = "") -> None:
        super().__init__(poste, saisie, selection=CAP, onglet=onglet)
        enregistree = enregistrer(poste, Demande(*CAP, CUISINE))
        cle = brouillons.cle_modification(NUMERO, enregistree.candidature, 1)
        self._parcours = replace(self._parcours, cle=cle, modification=Modification(1, 1), origine=CUISINE)


def _est_au_rang(ecran: EcranInscription, rang: int) -> bool:
    return ecran.rang == rang


async def avancer(pilot: Pilot[None], ecran: EcranInscription, onglet: str) -> None:
    """F8 from tab to tab."""
    while ecran.onglet != onglet:
        suivant = ecran.rang + 1
        await pilot.press("f8")
        await jusqu_a(pilot, partial(_est_au_rang, ecran, suivant))


async def enregistrer_a_l_ecran(pilot: Pilot[None], ecran: EcranInscription) -> list[str]:
    """F9 on the tab before the number; what the number's tab says."""
    await avancer(pilot, ecran, ecran.formulaire.onglets[-2].id)
    await pilot.press("f9")
    await jusqu_a(pilot, lambda: bool(ecran.query(OngletNumero)))
    await calmer(pilot)
    return [str(texte.content) for texte in ecran.query_one(OngletNumero).query(Static)]


def libelles(ecran: EcranInscription) -> list[str]:
    return [action.libelle for action in ecran.query_one(Boutons).actions]


# Grenoble: the CAP of seven tabs


async def test_the_caps_seven_tabs_are_filled_by_keys_alone(poste_examens: Poste) -> None:
    app = AppInscription(poste_examens, DU_COMPTE, selection=CAP)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        assert tuple(onglet.id for onglet in ecran.formulaire.onglets) == SEPT
        await taper(pilot, "franc")
        await pilot.press("enter", "enter")
        await taper(pilot, "12 rue des Alpes")
        await pilot.press("enter", "enter", "enter", "enter")
        await taper(pilot, "38000")
        await pilot.press("enter")
        await taper(pilot, "gren")
        await pilot.press("enter")
        await taper(pilot, "0612345678")
        await avancer(pilot, ecran, "candidature")
        await pilot.press("space", "enter", "n")
        await pilot.press("enter", "space", "down", "down", "enter")
        await pilot.press("n", "enter", "n", "enter", "n")
        await avancer(pilot, ecran, "qualification")
        await taper(pilot, "22139")
        await pilot.press("enter", "space", "enter")
        await avancer(pilot, ecran, "epreuves")
        await pilot.press("f8")
        await calmer(pilot)
        assert ecran.onglet == "epreuves"  # the language of EG5 is not chosen, and it has the focus
        await taper(pilot, "angl")
        await pilot.press("enter")
        dit = await enregistrer_a_l_ecran(pilot, ecran)
        assert "Version 01" in dit
        assert ecran.inscription is not None
        assert ecran.inscription.contenu.titre == "Confirmation d'inscription"


async def test_a_modification_of_the_cap_ends_with_version_02(poste_examens: Poste) -> None:
    app = AppDeModification(poste_examens, CUISINE | {"identification.adresse.voie": "14 rue des Alpes"})
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Version 02" in await enregistrer_a_l_ecran(pilot, app.inscription)


async def test_annuler_goes_back_to_the_empty_form_and_forgets_the_draft(poste_examens: Poste) -> None:
    app = AppInscription(poste_examens, CUISINE, selection=CAP, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        premier = app.inscription
        assert "Annuler" in libelles(premier)
        await avancer(pilot, premier, "qualification")
        await pilot.press("f3")
        await voir(pilot, Dialogue)
        await pilot.press("escape")
        await calmer(pilot)
        assert app.inscription is premier
        assert premier.formulaire.saisie["qualification.specialite"] == "Cuisine"
        await pilot.press("f3", "down", "enter")
        await jusqu_a(pilot, lambda: app.screen is not premier and isinstance(app.screen, EcranInscription))
        await calmer(pilot)
        assert app.inscription.onglet == "identification"
        assert not app.inscription.formulaire.saisie.get("qualification.specialite")
        assert app.inscription.formulaire.saisie["identification.nom"] == DU_COMPTE["identification.nom"]
        assert not brouillons.lister(poste_examens, NUMERO)


async def test_annuler_a_modification_goes_back_to_the_saved_version(poste_examens: Poste) -> None:
    app = AppDeModification(poste_examens, CUISINE | {"identification.adresse.voie": "14 rue des Alpes"})
    async with app.run_test(size=(80, 24)) as pilot:
        premier = app.inscription
        await pilot.press("f3", "down", "enter")
        await jusqu_a(pilot, lambda: app.screen is not premier and isinstance(app.screen, EcranInscription))
        await calmer(pilot)
        assert app.inscription.formulaire.saisie["identification.adresse.voie"] == "12 rue des Alpes"


async def test_annuler_is_there_only_where_the_service_has_it(poste_examens: Poste) -> None:
    app = AppInscription(poste_examens, PROFESSEURE, selection=CONCOURS)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Annuler" not in libelles(app.inscription)
        await pilot.press("f3")
        await calmer(pilot)
        assert app.screen is app.inscription


async def test_the_service_names_the_button_that_starts(poste_examens: Poste) -> None:
    creer_compte(poste_examens)
    app = borne(poste_examens)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        await pilot.press("f8")
        await voir(pilot, EcranLancement)
        for choix in ("exam", "aptitude", "2024"):
            await taper(pilot, choix)
            await pilot.press("enter")
        await taper(pilot, "grenoble")
        await calmer(pilot)
        ecran = app.screen
        assert isinstance(ecran, EcranLancement)
        assert ecran.boutons()[1].libelle == "Valider"
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        assert isinstance(app.screen, EcranInscription)
        assert app.screen.onglet == "identification"


# Lille: the concours


async def test_a_concours_goes_to_its_number_without_acquis(poste_examens: Poste) -> None:
    app = AppInscription(poste_examens, PROFESSEURE, selection=CONCOURS)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        assert "acquis" not in [onglet.id for onglet in ecran.formulaire.onglets]
        await enregistrer_a_l_ecran(pilot, ecran)
        assert ecran.inscription is not None
        groupes = [(groupe.session, groupe.titre) for groupe in ecran.inscription.contenu.groupes]
        assert groupes == [
            ("Admissibilité", "Epreuve(s) obligatoire(s)"),
            ("Admission (si admissible)", "Epreuve(s) obligatoire(s)"),
        ]


# Poitiers: three pôles, and a closing to the second


async def test_a_choice_among_epreuves_is_asked_at_its_parts(poste_examens: Poste, horloge: HorlogeReglable) -> None:
    horloge.instant = FERMETURE_DE_POITIERS - timedelta(days=1)
    app = AppInscription(poste_examens, COIFFEUSE, selection=COIFFURE, onglet="epreuves")
    async with app.run_test(size=(120, 40)) as pilot:
        ecran = app.inscription
        await calmer(pilot)
        assert "PÔLE SERVICES, ALIMENTATION, HÔTELLERIE" in ecran.query_one(Rail).contact
        await pilot.press("f8")
        await calmer(pilot)
        (fautive,) = [ligne for ligne in ecran.query(LigneChamp) if ligne.fautive]
        assert fautive.champ.id == "epreuves.E3A.position"
        assert fautive.zone.has_focus
        await pilot.press("space", "enter")  # « Inscrit » is the first of the list
        await calmer(pilot)
        positions = {ligne.code: ligne.placee.position.value for ligne in ecran.query(RangEpreuve)}
        assert (positions["E3"], positions["E3A"], positions["E3B"]) == ("Inscrit", "Inscrit", "Non Inscrit")


@pytest.mark.parametrize("a_l_heure", [True, False], ids=["18:59:59", "19:00:00"])
async def test_poitiers_saves_until_the_closing_and_not_from_it_on(
    poste_examens: Poste, horloge: HorlogeReglable, a_l_heure: bool
) -> None:
    horloge.instant = FERMETURE_DE_POITIERS - timedelta(minutes=5)
    app = AppInscription(poste_examens, COIFFEUSE | {"epreuves.E3A.position": "Inscrit"}, selection=COIFFURE)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await avancer(pilot, ecran, "conditions")
        ecran.formulaire.ecrire("identification.adresse.complement1", "Bâtiment B")
        horloge.instant = FERMETURE_DE_POITIERS - (SECONDE if a_l_heure else timedelta())
        await pilot.press("f9")
        if a_l_heure:
            await jusqu_a(pilot, lambda: ecran.onglet == "numero")
            await calmer(pilot)
            assert ecran.inscription is not None
            assert ecran.inscription.numero_inscription == "001"
        else:
            await voir(pilot, Dialogue)
            assert ecran.inscription is None
            assert "19:00" in str(app.screen.query_one(".texte", Static).content)
            await jusqu_a(pilot, lambda: brouillons.lister(poste_examens, NUMERO))
    assert bool(brouillons.lister(poste_examens, NUMERO)) is not a_l_heure


# Whom to call, what is found


@pytest.mark.parametrize(
    ("cherche", "trouve"), [("33205", "Accompagnant éducatif petite enfance"), ("AEPE", "Accompagnant"), ("chef", "")]
)
async def test_a_specialite_is_found_by_its_code_and_its_other_names(
    poste_examens: Poste, cherche: str, trouve: str
) -> None:
    app = AppInscription(poste_examens, INDIVIDUEL, selection=CAP, onglet="qualification")
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await taper(pilot, cherche)
        await calmer(pilot)
        volets = app.inscription.query(Volet)
        assert bool(volets) is bool(trouve)
        if trouve:
            assert volets.first().marquee.startswith(trouve)


async def test_a_closed_specialite_is_listed_last_and_says_why_it_is_refused(poste_examens: Poste) -> None:
    fermes = [diplome for diplome in poste_examens.referentiel.diplomes_de("BCP", 2024) if diplome.ferme]
    app = AppInscription(poste_examens, INDIVIDUEL, onglet="qualification")
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await calmer(pilot)
        ligne = ecran.query_one("#c-qualification--specialite", LigneChamp)
        assert isinstance(ligne.zone, Recherche)
        total, propositions = ecran.formulaire.chercher(ligne.champ, "")
        details = [proposition.detail == "fermée" for proposition in propositions]
        assert details == sorted(details)
        assert total >= len(fermes) > 0
        await taper(pilot, fermes[0].code)
        await pilot.press("enter", "f8")
        await calmer(pilot)
        assert fermes[0].ferme in ligne.phrase


async def test_the_home_of_who_has_a_candidature_names_its_office(poste_examens: Poste) -> None:
    creer_compte(poste_examens)
    identite = {
        "identification.nom": "LAMY",
        "identification.prenoms": "Paul",
        "identification.email": "paul.lamy@mail.fr",
    }
    enregistrer(poste_examens, Demande(*CAP, CUISINE | identite))
    app = borne(poste_examens)
    async with app.run_test(size=(80, 24)) as pilot:
        await se_connecter(pilot)
        await voir(pilot, EcranMesInscriptions)
        contact = app.screen.query_one(".contact", Static)
        await jusqu_a(pilot, lambda: contact.display)
        assert "DIVISION DES EXAMENS ET CONCOURS, dec5@ac-grenoble.fr" in str(contact.content)


# Pictures


@pytest.mark.parametrize("onglet", SEPT[:-1])
async def test_cap_tab(images: Images, poste_examens: Poste, onglet: str) -> None:
    """One of the CAP's seven tabs: « CAP 2024 Grenoble » on the band, seven steps, « Annuler » with its key; on
    Récapitulatif « Enregistrer » is filled and the warning names that button."""
    app = AppInscription(poste_examens, CUISINE, selection=CAP, onglet=onglet)
    await images(app)


def test_cap_cancelling(snap_compare: Any, poste_examens: Poste) -> None:
    """« Annuler votre saisie ? » over the form, the answer that keeps it marked."""

    async def demander(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        await pilot.press("f3")
        await calmer(pilot)

    app = AppInscription(poste_examens, CUISINE, selection=CAP, onglet="qualification")
    assert snap_compare(app, terminal_size=(80, 24), run_before=demander)


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize("onglet", ["qualification", "epreuves", "recapitulatif"])
def test_concours_tab(snap_compare: Any, poste_examens: Poste, onglet: str, taille: str) -> None:
    """The concours: « Formation » with its two fields; « Admissibilité » and « Admission (si admissible) », each
    épreuve « Inscrit » with its nature; the same on Récapitulatif."""

    async def aller_en_bas(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        if onglet == "recapitulatif":
            await pilot.press("pagedown", "pagedown", "pagedown")
            await calmer(pilot)

    app = AppInscription(poste_examens, PROFESSEURE, selection=CONCOURS, onglet=onglet)
    assert snap_compare(app, terminal_size=TAILLES[taille], run_before=aller_en_bas)

"""The candidate's space by keys: activities, consultation, a change, what it changed, withdrawal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from outils.borne import (
    EMAIL,
    IDENTITE,
    MOT_DE_PASSE,
    TAILLES,
    borne,
    calmer,
    jusqu_a,
    se_connecter,
    taper,
    voir,
)
from outils.gestes import ligne_de
from outils.guide import AFFICHEE, EN_INDIVIDUEL
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons, candidatures
from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.screens.borne.aide import EcranAide
from cyclades_tui.screens.borne.espace import activites, mes_inscriptions
from cyclades_tui.screens.borne.espace.activites import EcranActivites
from cyclades_tui.screens.borne.espace.changements import ChoixVersion, EcranChangements
from cyclades_tui.screens.borne.espace.consultation import EcranConsultation
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.espace.messages import EcranMessages
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.cadre.menu import Menu
from cyclades_tui.screens.candidature.documents import EcranDocuments
from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.widgets.apercu import Apercu
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.carte import Carte
from cyclades_tui.widgets.dialogue import Aide, Dialogue
from cyclades_tui.widgets.entrees import GrandeEntree

if TYPE_CHECKING:
    from outils.images import Images

VOIE = "identification.adresse.voie"
INDIVIDUELLE = AFFICHEE | IDENTITE | EN_INDIVIDUEL | {"epreuves.EF2.position": "", "epreuves.EF2.pays": ""}
tailles = pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)


@pytest.fixture
def poste_inscrit(poste_avec_compte: Poste) -> Poste:
    """His account, and a first version of his candidature."""
    enregistrer(poste_avec_compte, Demande("BCP", "2024", "33", INDIVIDUELLE))
    return poste_avec_compte


def numero(poste: Poste) -> str:
    return comptes.connecter(poste, EMAIL, MOT_DE_PASSE).numero


def modifier(poste: Poste, voie: str, base: int) -> None:
    enregistrer(poste, Demande("BCP", "2024", "33", INDIVIDUELLE | {VOIE: voie}, Modification(1, base)))


async def a_la_carte(pilot: Pilot[None]) -> None:
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, Carte))
    await calmer(pilot)


async def aux_activites(pilot: Pilot[None]) -> None:
    await a_la_carte(pilot)
    await pilot.press("enter")
    await voir(pilot, EcranActivites)
    await jusqu_a(pilot, lambda: pilot.app.focused is not None)
    await calmer(pilot)


async def a_la_consultation(pilot: Pilot[None]) -> None:
    await aux_activites(pilot)
    await pilot.press("enter")
    await voir(pilot, EcranConsultation)
    await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, BlocRecapitulatif))
    await calmer(pilot)


def est_a(ecran: EcranInscription, onglet: str) -> bool:
    return ecran.onglet == onglet


def aide(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one(LigneAide).texte)


async def a_la_specialite(pilot: Pilot[None], poste: Poste, saisie: dict[str, str]) -> EcranInscription:
    """A second inscription, whose draft stands at the tab of the spécialité."""
    cle = brouillons.cle_nouvelle(numero(poste), "BCP", "2024", "33")
    brouillons.garder(poste, cle, saisie, onglet="qualification", focus="qualification.specialite", ecran="autre")
    brouillons.rendre_la_main(poste, cle, "autre")
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, Carte))
    await pilot.press("enter")
    await voir(pilot, Dialogue)
    await pilot.press("enter")
    await voir(pilot, EcranInscription)
    await calmer(pilot)
    assert isinstance(pilot.app.screen, EcranInscription)
    return pilot.app.screen


async def a_la_carte_puis_lire(pilot: Pilot[None]) -> None:
    await a_la_carte(pilot)
    await pilot.press("f4")
    await lit_le_recapitulatif(pilot)


async def lit_le_recapitulatif(pilot: Pilot[None]) -> None:
    await voir(pilot, EcranDocuments)
    await jusqu_a(pilot, lambda: pilot.app.screen.query_one(Apercu).has_focus)
    await jusqu_a(pilot, lambda: str(pilot.app.screen.query_one(Apercu).query_one(Static).content))
    await calmer(pilot)


# By keys


async def test_a_duplicate_is_told_where_the_specialite_is_chosen(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        ecran = await a_la_specialite(pilot, poste_inscrit, INDIVIDUELLE)
        await pilot.press("f8")
        await calmer(pilot)
        assert ecran.onglet == "qualification"
        ligne = ligne_de(ecran, "qualification.specialite")
        assert ligne.fautive
        assert "Vous avez déjà l'inscription 001 à cette spécialité" in ligne.phrase


async def test_a_change_is_no_duplicate_of_itself(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_consultation(pilot)
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        await calmer(pilot)
        assert isinstance(pilot.app.screen, EcranInscription)
        assert pilot.app.screen.formulaire.faute("qualification.specialite") is None


async def test_visualiser_reads_the_recapitulatif_wherever_it_stands(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=TAILLES["80x24"]) as pilot:
        await a_la_carte_puis_lire(pilot)
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        await pilot.press("enter")
        await voir(pilot, EcranActivites)
        await calmer(pilot)
        await pilot.press("enter")
        await voir(pilot, EcranConsultation)
        await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, BlocRecapitulatif))
        await calmer(pilot)
        await pilot.press("f4")
        await lit_le_recapitulatif(pilot)
        await pilot.press("escape")
        await voir(pilot, EcranConsultation)


async def test_a_change_is_walked_through_and_saved_as_version_two(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_consultation(pilot)
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        await calmer(pilot)
        ecran = pilot.app.screen
        assert isinstance(ecran, EcranInscription)
        await pilot.press("space", "f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "identification")
        ecran.contenu_courant.viser(VOIE)
        await calmer(pilot)
        await pilot.press("ctrl+u")
        await taper(pilot, "12 rue du Port")
        for onglet in ("candidature", "qualification", "acquis", "epreuves", "recapitulatif", "conditions"):
            await pilot.press("f8")
            await jusqu_a(pilot, partial(est_a, ecran, onglet))
            await calmer(pilot)
        await pilot.press("space", "f9")
        await jusqu_a(pilot, lambda: ecran.onglet == "numero")
        await calmer(pilot)
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
    (difference,) = candidatures.ce_qui_a_change(poste_inscrit, numero(poste_inscrit), 1, 1, 2)
    assert difference.apres == "12 rue du Port"
    assert brouillons.lister(poste_inscrit, numero(poste_inscrit)) == ()


async def test_every_tab_is_open_at_once_in_a_change(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_consultation(pilot)
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        ecran = pilot.app.screen
        assert isinstance(ecran, EcranInscription)
        await calmer(pilot)
        await pilot.press("f2", "6")
        await jusqu_a(pilot, lambda: ecran.onglet == "epreuves")


async def test_what_another_desk_saved_meanwhile_is_told_and_the_draft_is_offered_again(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_consultation(pilot)
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        ecran = pilot.app.screen
        assert isinstance(ecran, EcranInscription)
        ecran.formulaire.ecrire(VOIE, "1 rue d'ici")
        await pilot.press("space")
        modifier(poste_inscrit, "2 rue d'ailleurs", 1)
        await ecran.ouvrir([onglet.id for onglet in ecran.formulaire.onglets].index("conditions"))
        await calmer(pilot)
        await pilot.press("space", "f9")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        texte = "\n".join(str(static.render()) for static in pilot.app.screen.query(Static))
        assert "2 rue d'ailleurs" in texte
        await pilot.press("enter", "escape", "down", "enter")
        await voir(pilot, EcranMesInscriptions)
        await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, Carte))
        await pilot.press("enter")
        await voir(pilot, EcranActivites)
        await calmer(pilot)
        await pilot.press("enter")
        await voir(pilot, EcranConsultation)
        await calmer(pilot)
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        texte = " ".join(str(static.render()) for static in pilot.app.screen.query(Static))
        assert "Elle partait de la version 1 ; la version 2 a été enregistrée depuis." in " ".join(texte.split())
        await pilot.press("enter")
        await voir(pilot, EcranInscription)
        repris = pilot.app.screen
        assert isinstance(repris, EcranInscription)
        assert repris.formulaire.saisie[VOIE] == "1 rue d'ici"


async def test_versions_are_compared_two_by_two(poste_inscrit: Poste) -> None:
    modifier(poste_inscrit, "2 rue", 1)
    modifier(poste_inscrit, "3 rue", 2)
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_consultation(pilot)
        await pilot.press("f7")
        await voir(pilot, EcranChangements)
        await calmer(pilot)
        ecran = pilot.app.screen

        def dit() -> str:
            return str(ecran.query_one(".differences", Static).render())

        await jusqu_a(pilot, lambda: "2 rue  →  3 rue" in dit())
        await pilot.press("left")
        await jusqu_a(pilot, lambda: "reu  →  3 rue" in dit())
        await pilot.press("down", "left", "left", "left")
        await jusqu_a(pilot, lambda: "Rien n'a changé." in dit())
        assert [choix.version for choix in ecran.query(ChoixVersion)] == [1, 1]


async def test_withdrawal_asks_first_and_takes_the_card_away(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        ecran = pilot.app.screen
        await pilot.press("delete")
        await voir(pilot, Dialogue)
        await pilot.press("enter")  # the harmless answer has the focus
        await voir(pilot, EcranMesInscriptions)
        assert candidatures.fiche(poste_inscrit, numero(poste_inscrit), 1).etat is EtatCandidature.INSCRIT
        await pilot.press("delete")
        await voir(pilot, Dialogue)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: not ecran.query(Carte))
        await calmer(pilot)
        assert "Vous n'avez aucune candidature active." in str(ecran.query_one(".vide", Static).render())
    assert (
        candidatures.fiche(poste_inscrit, numero(poste_inscrit), 1).etat is EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT
    )
    assert (
        courrier.consulter(poste_inscrit, numero(poste_inscrit))[0].objet
        == "Désinscription : BACCALAURÉAT PROFESSIONNEL"
    )


async def test_withdrawal_from_the_activities_comes_back_to_the_cards(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await aux_activites(pilot)
        await pilot.press("delete")
        await voir(pilot, Dialogue)  # which has its focus: ↓ would take it there
        await pilot.press("down", "enter")
        await voir(pilot, EcranMesInscriptions)
        await jusqu_a(pilot, lambda: not pilot.app.screen.query(Carte))
        await calmer(pilot)
        assert isinstance(pilot.app.screen, EcranMesInscriptions)
    assert (
        candidatures.fiche(poste_inscrit, numero(poste_inscrit), 1).etat is EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT
    )


async def test_at_the_closing_minute_the_change_is_no_longer_offered(
    poste_inscrit: Poste, horloge: HorlogeReglable
) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_consultation(pilot)
        horloge.instant = horloge.instant.replace(day=13, hour=22, minute=59)  # 23:59 in Paris
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: "fermées" in aide(pilot))
        assert isinstance(pilot.app.screen, EcranConsultation)
        await pilot.press("delete")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        texte = " ".join(str(static.render()) for static in pilot.app.screen.query(Static))
        assert "Désinscription impossible" in texte
        assert "dec.exapro@ac-guyane.fr" in texte


# As a person sees it


def regarder(
    snap_compare: Any, poste: Poste, taille: tuple[int, int], aller: Callable[[Pilot[None]], Awaitable[None]]
) -> bool:
    return bool(snap_compare(borne(poste), terminal_size=taille, run_before=aller))


async def test_activities(images: Images, poste_inscrit: Poste) -> None:
    """Numbers, exam and state; four large entries, the third says what to give, the last is greyed."""
    await images(borne(poste_inscrit), aux_activites)


async def test_visualiser(images: Images, poste_inscrit: Poste) -> None:
    """F4 on a card: the text of the récapitulatif, alone at 80, beside the list at 120; no button of a printer that is
    not there, but whom to ask, with both numbers."""
    await images(borne(poste_inscrit), a_la_carte_puis_lire)


async def test_consultation(images: Images, poste_inscrit: Poste) -> None:
    """State, version and date; the first blocks of the récapitulatif, read only; Modifier, Visualiser, Quitter."""
    await images(borne(poste_inscrit), a_la_consultation)


async def test_changes(images: Images, poste_inscrit: Poste) -> None:
    """Two versions with their dates, the label in bold with what it was and what it is; brackets as they were typed."""
    modifier(poste_inscrit, "2 rue [b]du[/b] Port", 1)

    async def comparer(pilot: Pilot[None]) -> None:
        await a_la_consultation(pilot)
        await pilot.press("f7")
        await voir(pilot, EcranChangements)
        await jusqu_a(pilot, lambda: "Port" in str(pilot.app.screen.query_one(".differences", Static).render()))
        await calmer(pilot)

    await images(borne(poste_inscrit), comparer)


def test_envelope(snap_compare: Any, poste_inscrit: Poste) -> None:
    """What is asked: pieces to give, messages to read, each a key away, the récapitulatif to download in time."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await a_la_carte(pilot)
        await pilot.press("e")
        await calmer(pilot)

    assert regarder(snap_compare, poste_inscrit, TAILLES["80x24"], ouvrir)


async def test_messages_are_a_key_away_from_the_envelope(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        await pilot.press("e")
        await voir(pilot, Dialogue)
        await pilot.press("m")
        await voir(pilot, EcranMessages)
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)


def test_withdrawal(snap_compare: Any, poste_inscrit: Poste) -> None:
    """The guide's question and warning, « Annuler » first and in focus, « OK » under it."""

    async def ouvrir(pilot: Pilot[None]) -> None:
        await a_la_carte(pilot)
        await pilot.press("delete")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        await calmer(pilot)

    assert regarder(snap_compare, poste_inscrit, TAILLES["80x24"], ouvrir)


async def test_the_words_of_a_page_follow_what_others_do(poste_inscrit: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the office does meanwhile is on the cards and in « Mes activités » without leaving them."""
    for page in (activites, mes_inscriptions):
        monkeypatch.setattr(page, "CHAQUE_MINUTE", 0.05)
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        await pilot.press("enter")
        await voir(pilot, EcranActivites)
        modifier(poste_inscrit, "12 rue du Port", 1)
        await jusqu_a(pilot, lambda: "version 2" in str(pilot.app.screen.query(GrandeEntree).first().entree.note))
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        candidatures.desinscrire(poste_inscrit, numero(poste_inscrit), 1)
        await jusqu_a(pilot, lambda: not pilot.app.screen.query(Carte))


async def test_the_pieces_are_a_key_away_and_locked_ones_are_told_before_a_change(poste_inscrit: Poste) -> None:
    """J opens them from the card and from its envelope; once validated, « Modifier » asks first (F347)."""
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        for touches in (("j",), ("e", "j")):
            for touche in touches:
                await pilot.press(touche)
                await calmer(pilot)
            await voir(pilot, EcranJustificatifs)
            await pilot.press("escape")
            await voir(pilot, EcranMesInscriptions)
        qui = numero(poste_inscrit)
        fichier = FichierExamine("a.pdf", "PDF", b"%PDF-", 1, Analyse.NON_ANALYSE)
        for piece in justificatifs.lister(poste_inscrit, qui, 1).pieces:
            if piece.manque:
                justificatifs.donner(poste_inscrit, qui, 1, piece.id, fichier)
        groupe = justificatifs.lister(poste_inscrit, qui, 1).groupes[0]
        justificatifs.valider(poste_inscrit, qui, 1, {piece.id: piece.revision for piece in groupe.pieces})
        await pilot.press("enter")
        await voir(pilot, EcranActivites)
        await pilot.press("1")
        await voir(pilot, EcranConsultation)
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        question = str(pilot.app.screen.query_one(".texte", Static).render())
        assert "contacter le rectorat" in question
        assert "0594272243" in question
        await pilot.press("enter")
        await voir(pilot, EcranConsultation)


async def test_a_person_s_pieces_and_documents_have_the_help_of_persons(poste_inscrit: Poste) -> None:
    """F464, on the pages that the guichet has too; Échap comes back where one was."""
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        await pilot.press("enter")
        await voir(pilot, EcranActivites)
        for touche, page in (("2", EcranDocuments), ("3", EcranJustificatifs)):
            await pilot.press(touche)
            await voir(pilot, page)
            await calmer(pilot)
            for lien, aide_ouverte in (("aide", EcranAide), ("probleme", Aide)):
                pilot.app.screen.query_one(f"#vers-{lien}").focus()
                await pilot.press("enter")
                await voir(pilot, aide_ouverte)
                await pilot.press("escape")
                await voir(pilot, page)
            await pilot.press("escape")
            await voir(pilot, EcranActivites)


async def test_a_click_on_the_envelope_the_pieces_or_the_bin_of_a_card_asks_for_it(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        carte = pilot.app.screen.query_one(Carte)
        bas = carte.region.height - 2
        await pilot.click(carte, offset=(6, bas))
        await voir(pilot, Dialogue)
        assert "N° 001" in str(pilot.app.screen.query(".titre").first().render())
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        await pilot.click(carte, offset=(carte.region.width - 4, 2))
        await voir(pilot, EcranJustificatifs)
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)
        await pilot.click(carte, offset=(carte.region.width - 6, bas))
        await voir(pilot, Dialogue)
        assert "poursuivre cette action" in str(pilot.app.screen.query(".titre").first().render())


async def test_f5_opens_the_menu_on_every_page_of_a_candidate(poste_inscrit: Poste) -> None:
    async with borne(poste_inscrit).run_test(size=(80, 24)) as pilot:
        await a_la_carte(pilot)
        for touches, page in ((["enter"], EcranActivites), (["1"], EcranConsultation)):
            await pilot.press(*touches)
            await voir(pilot, page)
            await calmer(pilot)
            await pilot.press("f5")
            await voir(pilot, Menu)
            await pilot.press("escape")
            await voir(pilot, page)
        await pilot.press("f5")
        await voir(pilot, Menu)
        await pilot.press("6")
        await voir(pilot, EcranMessages)
        await pilot.press("escape")
        await voir(pilot, EcranMesInscriptions)

"""The wizard by keys alone, on a real store; pictures of each tab at both sizes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from outils.borne import calmer, taper
from outils.guide import AFFICHEE, DU_COMPTE, NUMERO
from outils.horloge import HorlogeReglable
from outils.inscription import AppInscription
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.documents import documents
from cyclades_tui.apps.themes import CONTRASTE, SOMBRE
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.numero import OngletNumero
from cyclades_tui.screens.candidature.documents import EcranDocuments
from cyclades_tui.widgets.apercu import Apercu
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Aide, Dialogue, Sommaire
from cyclades_tui.widgets.saisie import ZoneTexte

PATIENCE = 60.0  # seconds, to detect a hung application; not a measurement
TAILLES = {"80x24": (80, 24), "120x40": (120, 40)}
Images = Callable[..., Awaitable[None]]
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


async def jusqu_a(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the application run until the condition holds; fail the test if it never does."""
    limite = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limite, "the condition never held"
        await pilot.pause(0.01)


async def avancer(pilot: Pilot[None], ecran: EcranInscription, onglet: str) -> None:
    while ecran.onglet != onglet:
        suivant = ecran.rang + 1
        await pilot.press("f8")
        await jusqu_a(pilot, partial(_est_au_rang, ecran, suivant))


def _est_au_rang(ecran: EcranInscription, rang: int) -> bool:
    return ecran.rang == rang


def presser(touches: list[str]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press these keys, each once the screen rests."""

    async def agir(pilot: Pilot[None]) -> None:
        await calmer(pilot)
        for touche in touches:
            await pilot.press(touche)
            await calmer(pilot)

    return agir


# Journeys


async def test_nine_tabs_end_with_the_guides_number_and_document(poste_connu: Poste) -> None:
    app = AppInscription(poste_connu, AFFICHEE)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await avancer(pilot, ecran, "conditions")
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: ecran.inscription is not None and ecran.onglet == "numero")
        assert ecran.inscription is not None
        assert ecran.inscription.numero_inscription == "001"
        assert ecran.inscription.numero_candidat.endswith("48418953")
        await pilot.press("f4")
        await jusqu_a(pilot, lambda: isinstance(app.screen, EcranDocuments) and app.screen.query_one(Apercu).has_focus)
        await calmer(pilot)
        texte = documents.ouvrir(poste_connu, ecran.inscription.document).texte
        assert app.screen.query_one(Apercu).query_one(Static).content == texte.rstrip()
        await pilot.press("escape")
        assert app.screen is ecran
    lus = brouillons.lister(poste_connu, NUMERO)
    assert list(lus) == []


async def test_identification_is_filled_by_keys_alone(poste_connu: Poste) -> None:
    app = AppInscription(poste_connu, DU_COMPTE)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await pilot.press("space", "f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "identification")
        await taper(pilot, "franc")
        await pilot.press("enter", "enter")
        await taper(pilot, "reu")
        await pilot.press("enter", "enter", "enter", "enter")
        await taper(pilot, "97300")
        await pilot.press("enter")
        await taper(pilot, "cay")
        await pilot.press("enter")
        await taper(pilot, "0123456789")
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "candidature")
        saisie = ecran.formulaire.saisie
    assert saisie["identification.nationalite"] == "Français"
    assert saisie["identification.adresse.localite"] == "CAYENNE"
    assert saisie["identification.telephone_mobile"] == "0123456789"


async def test_an_error_stands_beside_its_field_which_takes_the_focus(poste_connu: Poste) -> None:
    app = AppInscription(
        poste_connu, AFFICHEE | {"identification.adresse.code_postal": "9730"}, onglet="identification"
    )
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await pilot.press("f8")
        await pilot.pause()
        assert ecran.onglet == "identification"
        (fautive,) = [ligne for ligne in ecran.query(LigneChamp) if ligne.fautive]
        assert fautive.champ.id == "identification.adresse.code_postal"
        assert fautive.zone.has_focus
        assert ecran.can_view_entire(fautive)
        await pilot.press("end", "0")
        await pilot.pause()
        assert not fautive.fautive


async def test_precedent_loses_nothing(poste_connu: Poste) -> None:
    app = AppInscription(poste_connu, AFFICHEE, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        ecran.query_one("#c-identification--adresse--voie", LigneChamp).prendre_le_focus()
        await taper(pilot, " 31/0")
        await pilot.press("f7")
        await jusqu_a(pilot, lambda: ecran.onglet == "modalites")
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: ecran.onglet == "identification")
        ligne = ecran.query_one("#c-identification--adresse--voie", LigneChamp)
        assert ligne.valeur == "reu 31/0"
        assert ligne.zone.has_focus


async def test_what_is_typed_is_in_the_draft_with_its_tab_and_field(poste_connu: Poste) -> None:
    app = AppInscription(poste_connu, DU_COMPTE | {"modalites.accord": "oui"}, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        ecran.query_one("#c-identification--adresse--voie", LigneChamp).prendre_le_focus()
        await taper(pilot, "12 rue [b")
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: len(app.screen_stack) == 1)
    (brouillon,) = brouillons.lister(poste_connu, NUMERO)
    assert brouillon.saisie["identification.adresse.voie"] == "12 rue [b"
    assert (brouillon.onglet, brouillon.focus) == ("identification", "identification.adresse.voie")
    assert brouillon.ecran is None


async def test_unticking_an_epreuve_makes_it_sat_again(poste_connu: Poste) -> None:
    """What the box means is said before and after: ticked, it dispenses."""
    app = AppInscription(poste_connu, AFFICHEE, onglet="acquis")
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await pilot.pause()
        (case,) = [
            ligne
            for ligne in ecran.query(LigneChamp)
            if ligne.name == "bts-dut-deug-licence.acquis.repasser.E5-A" and ligne.display
        ]
        case.prendre_le_focus()
        await pilot.pause()
        aide = "Cochée, elle vous dispense ; décochée, vous la repassez."
        assert aide in ecran.query_one(LigneAide).texte
        await pilot.press("space")
        await pilot.pause()
        assert aide in ecran.query_one(LigneAide).texte
        dossier = ecran.formulaire.dossier
        assert dossier is not None
        positions = {placee.epreuve.code: placee.position.value for placee in dossier.placees}
    assert (positions["E5-A"], positions["E5-B"], positions["E5"]) == ("Inscrit", "Dispense", "Inscrit")


async def test_the_window_that_closes_meanwhile_refuses_and_keeps_the_draft(
    poste_connu: Poste, horloge: HorlogeReglable
) -> None:
    app = AppInscription(poste_connu, AFFICHEE)
    async with app.run_test(size=(80, 24)) as pilot:
        ecran = app.inscription
        await avancer(pilot, ecran, "conditions")
        horloge.instant = horloge.instant.replace(day=13, hour=22, minute=59)
        await pilot.press("f9")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert ecran.inscription is None
        assert ecran.onglet == "conditions"


async def test_enter_ticks_and_goes_on_and_f9_tells_where(poste_connu: Poste) -> None:
    """The second Entrée does not untick."""
    app = AppInscription(poste_connu, DU_COMPTE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter", "f9")
        await pilot.pause()
        assert app.inscription.formulaire.saisie.get("modalites.accord", "") == "oui"
        assert app.inscription.inscription is None


async def test_a_paste_is_trimmed_and_told(poste_connu: Poste) -> None:
    from textual import events

    app = AppInscription(poste_connu, AFFICHEE, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        ligne = app.inscription.query_one("#c-identification--adresse--complement1", LigneChamp)
        ligne.prendre_le_focus()
        await pilot.pause()
        assert isinstance(ligne.zone, ZoneTexte)
        ligne.zone.post_message(events.Paste("  Bâtiment \n [red]C[/red]  "))
        await pilot.pause()
        assert ligne.valeur == "Bâtiment [red]C[/red]"


async def test_a_typed_no_break_space_is_a_space(poste_connu: Poste) -> None:
    from textual import events

    app = AppInscription(poste_connu, AFFICHEE, onglet="identification")
    async with app.run_test(size=(80, 24)) as pilot:
        ligne = app.inscription.query_one("#c-identification--adresse--complement1", LigneChamp)
        ligne.prendre_le_focus()
        await pilot.pause()
        assert isinstance(ligne.zone, ZoneTexte)
        for nom, signe in (("L", "L"), ("E", "E"), ("no_break_space", "\u00a0"), ("G", "G")):
            ligne.zone.post_message(events.Key(nom, signe))
        await pilot.pause()
        assert ligne.valeur == "LE G"


async def test_help_and_summary_open_and_close(poste_connu: Poste) -> None:
    app = AppInscription(poste_connu, AFFICHEE, onglet="candidature")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Aide))
        await pilot.press("escape", "f2")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Sommaire))
        await pilot.press("1")
        await jusqu_a(pilot, lambda: app.screen is app.inscription and app.inscription.onglet == "modalites")


@pytest.mark.parametrize("onglet", ONGLETS)
async def test_nothing_stands_off_the_screen_at_80_columns(poste_connu: Poste, onglet: str) -> None:
    longs = {
        "identification.adresse.voie": "W" * 50,
        "identification.adresse.localite": "É" * 50,
        "identification.email": "x" * 60 + "@example.org",
    }
    app = AppInscription(poste_connu, AFFICHEE | longs, onglet=onglet)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for ligne in app.inscription.query(LigneChamp):
            if ligne.display:
                assert ligne.region.right <= 80
                assert ligne.zone.region.right <= 80


# Pictures


@pytest.mark.parametrize("onglet", ONGLETS)
async def test_tab_filled(images: Images, poste_connu: Poste, onglet: str) -> None:
    """The tab with the guide's person: header with number and name, band with the closing, steps up to this tab,
    every field aligned, the focused one with its bar, buttons with « Suivant » filled (« Enregistrer » on the last)."""
    await images(AppInscription(poste_connu, AFFICHEE, onglet=onglet))


@pytest.mark.parametrize("onglet", ONGLETS)
async def test_tab_empty(images: Images, poste_connu: Poste, onglet: str) -> None:
    """The tab before anything is answered: examples in grey, a red star on what must be filled, no error yet; Épreuves
    and Récapitulatif say which tabs come first."""
    await images(AppInscription(poste_connu, DU_COMPTE, onglet=onglet))


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize("onglet", ["modalites", "identification", "candidature", "qualification"])
def test_tab_refused(snap_compare: Any, poste_connu: Poste, onglet: str, taille: str) -> None:
    """After F8 on an empty tab: the red block counts and names the fields, each has its × and its sentence, the first
    one has the focus and is whole in view, the help line says the same."""
    app = AppInscription(poste_connu, DU_COMPTE, onglet=onglet)
    assert snap_compare(app, terminal_size=TAILLES[taille], run_before=presser(["f8"]))


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize(
    ("onglet", "faute"),
    [
        ("acquis", {"acquis.titre.bts-dut-deug-licence.annee": "1815"}),
        ("epreuves", {"epreuves.EF1.langue": ""}),
    ],
)
def test_tab_refused_among_answers(
    snap_compare: Any, poste_connu: Poste, onglet: str, faute: dict[str, str], taille: str
) -> None:
    """One thing is wrong among many: it is in view with its sentence; the node that asks for a choice carries `!`."""
    app = AppInscription(poste_connu, AFFICHEE | faute, onglet=onglet)
    assert snap_compare(app, terminal_size=TAILLES[taille], run_before=presser(["f8"]))


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize("onglet", ["identification", "recapitulatif"])
def test_longest_names(snap_compare: Any, poste_connu: Poste, onglet: str, taille: str) -> None:
    """Long, accented and hostile values wrap in their column, letter for letter; only the header cuts the name."""
    longs = {
        "identification.nom": "DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG D'ŒUVRÉ",
        "identification.prenoms": "Marie-Antoinette-Éléonore-Wilhelmine-Œuvrée-d'Ŵrócław",
        "identification.nom_usage": "W" * 60,
        "identification.adresse.voie": "[red]" + "W" * 45,
        "identification.adresse.complement1": "[/x] [b] $texte",
        "identification.email": "x" * 60 + "@example.org",
    }
    app = AppInscription(poste_connu, AFFICHEE | longs, onglet=onglet)
    app.titulaire = (NUMERO, "DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG", "Marie-Antoinette", "Né(e) le 06/05/2005")
    plus_bas = ["down", "down"] if onglet == "recapitulatif" else []
    assert snap_compare(app, terminal_size=TAILLES[taille], run_before=presser(plus_bas))


def test_widest(snap_compare: Any, poste_connu: Poste) -> None:
    """At 215 columns: the portal's own bar of tabs with the current one filled, no rail, the form in two columns, at
    its right the long help of the focused field."""
    assert snap_compare(AppInscription(poste_connu, AFFICHEE, onglet="identification"), terminal_size=(215, 40))


def test_labels_where_there_is_no_rail(snap_compare: Any, poste_connu: Poste) -> None:
    """At 120×24 every label stands on two rows instead of the rail."""
    assert snap_compare(AppInscription(poste_connu, AFFICHEE, onglet="candidature"), terminal_size=(120, 24))


@pytest.mark.parametrize("touche", ["escape", "f1", "f2"])
async def test_over_the_form(images: Images, poste_connu: Poste, touche: str) -> None:
    """« Quitter l'inscription ? » with « Rester » marked; the help of « Aménagement d'épreuve », its constraint and the
    keys in two columns; the summary of the tabs with their state, those not reached greyed."""
    app = AppInscription(poste_connu, AFFICHEE, onglet="candidature")
    await images(app, presser(["pagedown", "pagedown", touche]))


@pytest.mark.parametrize("avant", ["eve", "last-hour", "closed"])
def test_closing(snap_compare: Any, poste_connu: Poste, horloge: HorlogeReglable, avant: str) -> None:
    """The band says « demain », then the minutes that are left, then in red since when it is closed."""
    jour, heure, minute = {"eve": (12, 23, 30), "last-hour": (13, 22, 17), "closed": (13, 22, 59)}[avant]
    horloge.instant = horloge.instant.replace(day=jour, hour=heure - (avant == "eve"), minute=minute)
    assert snap_compare(AppInscription(poste_connu, AFFICHEE, onglet="qualification"), terminal_size=(80, 24))


@pytest.mark.parametrize("touches", [["enter"], ["tab", "ctrl+u", "i", "n", "d"]], ids=["list", "search"])
def test_proposals(snap_compare: Any, poste_connu: Poste, touches: list[str]) -> None:
    """The proposals open under their field, the marked one with `►`, what fits in bold, nothing over the field."""
    saisie = {champ: texte for champ, texte in AFFICHEE.items() if champ != "candidature.categorie"}
    onglet = "candidature" if touches == ["enter"] else "identification"
    assert snap_compare(
        AppInscription(poste_connu, saisie, onglet=onglet), terminal_size=(80, 24), run_before=presser(touches)
    )


@pytest.mark.parametrize("theme", [SOMBRE, CONTRASTE])
def test_theme(snap_compare: Any, poste_connu: Poste, theme: str) -> None:
    """The tab Identification in the dark and in the high contrast theme: every word readable, no colour alone."""
    app = AppInscription(poste_connu, AFFICHEE, onglet="identification", theme=theme)
    assert snap_compare(app, terminal_size=(80, 24))


async def test_number(images: Images, poste_connu: Poste) -> None:
    """One green line « Votre inscription a bien été prise en compte », both numbers in plain text, the short one also
    drawn in half blocks, what to keep, the contact of Guyane; « Terminer et me déconnecter » first, then
    « Visualiser/imprimer » and « Quitter »."""

    async def enregistrer(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AppInscription)
        await avancer(pilot, app.inscription, "conditions")
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: bool(app.inscription.query(OngletNumero)) and app.inscription.inscription)
        await app.workers.wait_for_complete()
        await pilot.pause()

    await images(AppInscription(poste_connu, AFFICHEE), enregistrer)


def test_hostile_values(snap_compare: Any, poste_connu: Poste) -> None:
    """Brackets, markup and accents are shown letter for letter, nothing is coloured or lost."""
    hostile = AFFICHEE | {
        "identification.adresse.voie": "[red]12[/red] rue de l'Œuvre [/x]",
        "identification.adresse.complement1": "[b]Bât. É",
        "identification.adresse.localite": "SAINT-[link=x]",
    }
    assert snap_compare(AppInscription(poste_connu, hostile, onglet="identification"), terminal_size=(80, 24))

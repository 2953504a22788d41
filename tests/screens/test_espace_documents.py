"""« Mes documents »: list and preview by keys at both sizes, a copy and a print."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from outils.borne import TAILLES, calmer, jusqu_a
from outils.guide import AFFICHEE, NUMERO
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.rendu import ENTIER, SEIZE_COULEURS, Rendu
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste
from cyclades_tui.screens.candidature.documents import EcranDocuments, LigneDocument
from cyclades_tui.widgets.apercu import Apercu, Mode
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Bandeau, LigneAide
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.pages import RESOLUTION_MAX
from cyclades_tui.widgets.toile import DemiBlocs

if TYPE_CHECKING:
    from outils.images import Images

CACHE = """source = "essai"
[[reglage]]
examen = "BCP"
academie = "33"
recap_visible_apres_cloture = false
"""
A_LA_FERMETURE = datetime(2023, 12, 13, 22, 59, tzinfo=UTC)
PETIT, GRAND = TAILLES.values()
PHRASE = "Récapitulatif de votre candidature [PDF] : Version n°1 mis à jour le 11/12/2023 16:06"
DEMANDE = "Demande pièces justificatives [PDF] : Version n°1 mis à jour le 11/12/2023 16:06"


@pytest.fixture
def cle(tmp_path: Path) -> Path:
    dossier = tmp_path / "CLE-USB"
    dossier.mkdir()
    return dossier


@pytest.fixture
def poste_candidat(poste_connu: Poste) -> Poste:
    """The guide's candidature, saved once, with its candidate at a borne as caller."""
    enregistrer(poste_connu, Demande("BCP", "2024", "33", AFFICHEE))
    return replace(poste_connu, acteur=Acteur(NatureActeur.CANDIDAT, NUMERO, Face.BORNE, "borne 3"))


class AppDocuments(AppCyclades):
    """The screen alone, as « Mes activités » opens it."""

    def __init__(self, poste: Poste, theme: str = CLAIR, rendu: Rendu = ENTIER) -> None:
        super().__init__(theme, rendu)
        self.ecran = EcranDocuments(poste, candidatures.fiche(poste, NUMERO, 1))

    def on_mount(self) -> None:
        self.push_screen(self.ecran)

    @property
    def apercu(self) -> Apercu:
        return self.ecran.query_one(Apercu)

    @property
    def annonce(self) -> str:
        return str(self.ecran.query_one("#annonce", Bloc).query_one(".texte", Static).content)

    @property
    def bandeau(self) -> str:
        return "".join(self.ecran.query_one(Bandeau).droite)


async def lire(pilot: Pilot[None], app: AppDocuments) -> None:
    """Open the first document."""
    await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
    await calmer(pilot)
    await pilot.press("enter")
    await jusqu_a(pilot, lambda: app.apercu.has_focus)
    await jusqu_a(pilot, lambda: "sur 1 " not in app.bandeau and "lignes" in app.bandeau)
    await calmer(pilot)


async def voir_les_pages(pilot: Pilot[None], app: AppDocuments) -> DemiBlocs:
    await lire(pilot, app)
    await pilot.press("t")
    await jusqu_a(pilot, lambda: app.ecran.query(DemiBlocs) and app.ecran.query_one(DemiBlocs).image is not None)
    await calmer(pilot)
    return app.ecran.query_one(DemiBlocs)


# Pictures


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
def test_the_list(snap_compare: Any, poste_candidat: Poste, cle: Path, taille: tuple[int, int]) -> None:
    """The guides' heading, the récapitulatif with `►`, its version and date; the warning to take it before the closing.

    At 120 its text stands beside the list. « F4 Imprimer » and « F9 Enregistrer une copie » have their keys.
    """
    app = AppDocuments(replace(poste_candidat, racines=(cle,), impression=("lp", "{fichier}")))

    async def attendre(pilot: Pilot[None]) -> None:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)

    assert snap_compare(app, terminal_size=taille, run_before=attendre)


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
def test_reading(snap_compare: Any, poste_candidat: Poste, taille: tuple[int, int]) -> None:
    """The text of the récapitulatif, no line cut; which lines are seen stands in the band, « ▼ suite »."""
    app = AppDocuments(poste_candidat)

    async def ouvrir(pilot: Pilot[None]) -> None:
        await lire(pilot, app)

    assert snap_compare(app, terminal_size=taille, run_before=ouvrir)


async def test_hidden_after_the_closing(images: Images, poste_candidat: Poste, horloge: HorlogeReglable) -> None:
    """The demande alone: a blue block says since when the récapitulatif is out of reach, and whom to call."""
    poste_candidat.parametrage.mkdir(exist_ok=True)
    (poste_candidat.parametrage / "reglages.toml").write_text(CACHE, encoding="utf-8")
    horloge.instant = A_LA_FERMETURE
    await images(AppDocuments(poste_candidat))


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
def test_a_printer_out_of_paper(snap_compare: Any, poste_candidat: Poste, taille: tuple[int, int]) -> None:
    """A red block above the list: what the printer said, what to do, the document stays."""
    commande = (sys.executable, "-c", "import sys; sys.exit('plus de papier dans le bac 1')", "{fichier}")
    app = AppDocuments(replace(poste_candidat, impression=commande))

    async def imprimer(pilot: Pilot[None]) -> None:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        await pilot.press("f4")
        await jusqu_a(pilot, lambda: app.annonce)
        await calmer(pilot)

    assert snap_compare(app, terminal_size=taille, run_before=imprimer)


# Keys


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
async def test_the_list_has_the_words_of_the_guides(poste_candidat: Poste, taille: tuple[int, int]) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=taille) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        assert [ligne.publie.phrase for ligne in app.ecran.query(LigneDocument)] == [PHRASE, DEMANDE]
        assert app.apercu.display is (taille == GRAND)
        assert app.ecran.query_one("#cloture .texte", Static).content


async def test_at_80_list_and_preview_come_one_after_the_other(poste_candidat: Poste) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await lire(pilot, app)
        assert not app.ecran.query_one("#liste").display
        assert app.apercu.size.width == 80
        await pilot.press("escape")
        await calmer(pilot)
        assert app.ecran.query_one("#liste").display
        assert isinstance(app.ecran.focused, LigneDocument)
        assert app.bandeau == ""
        await pilot.press("escape")
        await calmer(pilot)
        assert app.screen is not app.ecran


async def test_the_text_is_read_to_its_end(poste_candidat: Poste) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await lire(pilot, app)
        texte = documents.ouvrir(poste_candidat, app.ecran._fiche.document).texte
        assert app.apercu.query_one(Static).content == texte.rstrip()
        assert app.bandeau.startswith("lignes 1 à 18 sur")
        await pilot.press("pagedown", "down")
        await calmer(pilot)
        assert app.bandeau.startswith("lignes 19 à 36 sur")
        await pilot.press("end")
        await calmer(pilot)
        lignes = len(texte.splitlines())
        assert app.bandeau.endswith(f"à {lignes} sur {lignes}   texte")
        assert app.ecran.query_one(LigneAide).suite == ""


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
async def test_the_pages_fit_the_width_zoom_and_move(poste_candidat: Poste, taille: tuple[int, int]) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=taille) as pilot:
        toile = await voir_les_pages(pilot, app)
        assert app.bandeau.startswith("page 1/")
        assert "largeur" in app.bandeau
        assert toile.image is not None
        assert toile.image.size == (toile.size.width, 2 * toile.size.height)
        vues = [toile.image.tobytes()]
        for touche in ("plus", "right", "down", "minus", "1", "2", "3"):
            await pilot.press(touche)
            await calmer(pilot)
            vues.append(toile.image.tobytes())
        assert all(avant != apres for avant, apres in pairwise(vues))
        assert "100 %" in app.bandeau
        await pilot.press("t")
        await calmer(pilot)
        assert app.apercu.mode is Mode.TEXTE
        assert toile.image is None


async def test_the_pages_turn_and_the_next_one_is_drawn_ahead(poste_candidat: Poste) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=GRAND) as pilot:
        toile = await voir_les_pages(pilot, app)
        premiere = toile.image
        document = app.apercu._document
        assert document is not None
        assert {page for page, *_ in document.images} == {0, 1}
        await pilot.press("pagedown")
        await calmer(pilot)
        assert app.bandeau.startswith("page 2/")
        assert toile.image is not premiere
        await pilot.press("pageup", "pageup")
        await calmer(pilot)
        assert app.bandeau.startswith("page 1/")


async def test_nothing_moves_out_of_the_page(poste_candidat: Poste) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await voir_les_pages(pilot, app)
        await pilot.press("left", "up", *["plus"] * 2, *["right"] * 5, *["down"] * 20)
        await calmer(pilot)
        document = app.apercu._document
        assert document is not None
        image = document.images[app.apercu._trace]
        largeur, hauteur = app.apercu.fenetre
        for coin, bord in zip(app.apercu._coin, (image.width - largeur, image.height - hauteur), strict=True):
            assert bord - 1 <= coin <= bord  # a page drawn larger keeps its place to the nearest pixel
        await pilot.press(*["plus"] * 8)
        await calmer(pilot)
        assert app.apercu._echelle == round(RESOLUTION_MAX, 4)  # what a page takes in memory is bounded


@pytest.mark.parametrize(
    "rendu", [Rendu(couleurs=SEIZE_COULEURS), Rendu(signes="ascii")], ids=["sixteen-colours", "ascii"]
)
async def test_where_no_image_can_be_made_out_the_text_stays(poste_candidat: Poste, rendu: Rendu) -> None:
    app = AppDocuments(poste_candidat, rendu=rendu)
    async with app.run_test(size=PETIT) as pilot:
        await lire(pilot, app)
        assert not app.ecran.boutons()[0].active
        await pilot.press("t")
        await calmer(pilot)
        assert app.apercu.mode is Mode.TEXTE
        assert "images" in app.ecran.query_one(LigneAide).texte


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
async def test_a_copy_is_saved_where_one_chooses_and_asked_before_it_replaces(
    poste_candidat: Poste, cle: Path, taille: tuple[int, int]
) -> None:
    absente = cle.with_name("AUTRE")
    app = AppDocuments(replace(poste_candidat, racines=(absente, cle)))
    async with app.run_test(size=taille) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        assert "AUTRE" in app.screen._texte  # type: ignore[attr-defined]  # the screen is the dialogue
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: "CLE-USB" in app.annonce)
        (copie,) = cle.iterdir()
        assert copie.read_bytes() == documents.ouvrir(poste_candidat, app.ecran._fiche.document).octets
        copie.write_text("autre chose")
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: getattr(app.screen, "_titre", "") == "Ce fichier existe déjà")
        await calmer(pilot)
        await pilot.press("escape")
        await calmer(pilot)
        assert copie.read_text() == "autre chose"


async def test_a_copy_replaces_when_one_says_so(poste_candidat: Poste, cle: Path) -> None:
    app = AppDocuments(replace(poste_candidat, racines=(cle,)))
    async with app.run_test(size=PETIT) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        for _ in range(2):
            await pilot.press("f9")
            await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
            await calmer(pilot)
            await pilot.press("enter")
            await calmer(pilot)
            for ancienne in cle.iterdir():
                ancienne.write_text("ancien")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: "CLE-USB" in app.annonce)
        (copie,) = cle.iterdir()
        assert copie.read_bytes().startswith(b"%PDF")


async def test_where_nothing_prints_the_page_says_whom_to_ask_with_both_numbers(poste_candidat: Poste) -> None:
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        assert [action.id for action in app.ecran.boutons()] == ["basculer", "quitter"]
        for touche in ("", "f4", "f9", "enter"):
            if touche:
                await pilot.press(touche)
                await calmer(pilot)
            assert "sur papier ou en copie, demandez à un agent" in app.annonce
            assert NUMERO in app.annonce
            assert "inscription\N{NO-BREAK SPACE}001" in app.annonce


async def test_where_only_a_copy_can_be_made_the_page_sends_to_an_agent_for_the_paper(
    poste_candidat: Poste, cle: Path
) -> None:
    app = AppDocuments(replace(poste_candidat, racines=(cle,)))
    async with app.run_test(size=PETIT) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        assert [action.id for action in app.ecran.boutons()] == ["enregistrer", "basculer", "quitter"]
        assert "sur papier, demandez" in app.annonce


async def test_an_agent_is_not_sent_to_an_agent(poste_candidat: Poste) -> None:
    agent = replace(poste_candidat.acteur, nature=NatureActeur.SYSTEME, face=Face.GUICHET)
    app = AppDocuments(replace(poste_candidat, acteur=agent))
    async with app.run_test(size=PETIT) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        assert app.annonce == ""
        await pilot.press("f4")
        assert "demandez à l'administrateur du poste." in app.ecran.query_one(LigneAide).texte


async def test_a_document_that_closes_while_it_is_listed_is_refused(
    poste_candidat: Poste, horloge: HorlogeReglable
) -> None:
    poste_candidat.parametrage.mkdir(exist_ok=True)
    (poste_candidat.parametrage / "reglages.toml").write_text(CACHE, encoding="utf-8")
    app = AppDocuments(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await jusqu_a(pilot, lambda: app.ecran.query(LigneDocument))
        await calmer(pilot)
        horloge.instant = A_LA_FERMETURE
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: "n'est plus accessible" in app.annonce)
        assert app.apercu.query_one(Static).content == ""

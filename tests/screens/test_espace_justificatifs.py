"""« Mes justificatifs » by keys on a real store: its pictures at both sizes, and a whole journey."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from outils.borne import TAILLES, calmer, jusqu_a, retenu
from outils.fichiers_bons import image, pdf_de
from outils.guide import AFFICHEE, EN_INDIVIDUEL, NUMERO, TITULAIRE
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.actes.pieces import controle, justificatifs
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.themes import CLAIR, SOMBRE
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.poste import Poste
from cyclades_tui.screens.candidature import choix_fichier
from cyclades_tui.screens.candidature.choix_fichier import EcranChoixFichier
from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs
from cyclades_tui.screens.candidature.rangs_de_pieces import LignePiece
from cyclades_tui.widgets.apercu import Apercu
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Bandeau, Bouton, LigneAide
from cyclades_tui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from outils.images import Images

PETIT, GRAND = TAILLES.values()
INDIVIDUELLE = AFFICHEE | EN_INDIVIDUEL | {"candidature.situation": "AUTRE", "candidature.amenagement_handicap": "oui"}
SANS_TITRE = {champ: texte for champ, texte in INDIVIDUELLE.items() if "titre" not in champ} | {
    "epreuves.E4.langue": "Espagnol"
}
ACCENTS = "pièce [recto] d'identité n°1.pdf"


@pytest.fixture
def cle(tmp_path: Path) -> Path:
    """A medium with good and bad files, whose dates are fixed."""
    dossier = tmp_path / "KINGSTON"
    dossier.mkdir()
    for rang, (nom, octets) in enumerate(
        (
            (ACCENTS, pdf_de()),
            ("photo.png", image("PNG")),
            ("lettre.docx", b"autre chose"),
            ("faux.pdf", b"%PDF-1.4 rien de plus"),
            ("vide.jpg", b""),
        )
    ):
        (dossier / nom).write_bytes(octets)
        os.utime(dossier / nom, (1_702_300_000 - 3600 * rang,) * 2)
    return dossier


@pytest.fixture
def poste_candidat(poste_connu: Poste, cle: Path) -> Poste:
    """The guide's person as an individual candidate at a borne, with a title and a demand of aménagement."""
    enregistrer(poste_connu, Demande("BCP", "2024", "33", INDIVIDUELLE))
    acteur = Acteur(NatureActeur.CANDIDAT, NUMERO, Face.BORNE, "borne 3")
    return replace(poste_connu, acteur=acteur, sources=(cle,))


def du_service(poste: Poste) -> Poste:
    return replace(poste, acteur=Acteur(NatureActeur.SYSTEME, "essai", Face.COMMANDE, "poste-1"))


def pieces(poste: Poste) -> dict[str, justificatifs.JustificatifVu]:
    return {piece.piece: piece for piece in justificatifs.lister(poste, NUMERO, 1).pieces}


def deposer(poste: Poste, piece: str, chemin: Path) -> None:
    justificatifs.deposer(poste, NUMERO, 1, pieces(poste)[piece].id, chemin)


def tout_donner(poste: Poste, chemin: Path, sauf: str = "") -> None:
    """Give the same file for each piece of the first group but one."""
    fichier = justificatifs.examiner_pour(poste, NUMERO, 1, chemin)
    for piece in justificatifs.lister(poste, NUMERO, 1).groupes[0].pieces:
        if piece.piece != sauf:
            justificatifs.donner(poste, NUMERO, 1, piece.id, fichier)


def tout_valider(poste: Poste, chemin: Path) -> None:
    tout_donner(poste, chemin)
    groupe = justificatifs.lister(poste, NUMERO, 1).groupes[0]
    justificatifs.valider(poste, NUMERO, 1, {piece.id: piece.revision for piece in groupe.pieces})


class AppJustificatifs(AppCyclades):
    """The screen alone, as « Mes activités » opens it."""

    def __init__(self, poste: Poste, theme: str = CLAIR) -> None:
        super().__init__(theme)
        self.ecran = EcranJustificatifs(poste, NUMERO, 1, TITULAIRE)

    def on_mount(self) -> None:
        self.push_screen(self.ecran)

    @property
    def annonce(self) -> str:
        return str(self.ecran.query_one("#annonce", Bloc).query_one(".texte", Static).content)

    @property
    def ligne(self) -> LignePiece:
        ligne = self.ecran.focused
        assert isinstance(ligne, LignePiece)
        return ligne

    @property
    def statuts(self) -> list[str]:
        return [ligne.statut[0] for ligne in self.ecran.query(LignePiece)]


async def pret(pilot: Pilot[None]) -> None:
    await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, LignePiece))
    await calmer(pilot)


def deposees(app: AppJustificatifs, combien: int) -> bool:
    return app.screen is app.ecran and app.statuts.count("√ Déposé") == combien


def decider(poste: Poste, piece: str, decision: Decision) -> None:
    vue = pieces(poste)[piece]
    controle.decider(du_service(poste), vue.id, vue.revision, decision)


async def choisir(pilot: Pilot[None], app: AppJustificatifs, nom: str) -> EcranChoixFichier:
    """Open the list of files and mark one, by keys."""
    await pilot.press("f8")
    await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, EcranChoixFichier))
    ecran = pilot.app.screen
    assert isinstance(ecran, EcranChoixFichier)
    await choisir_dans(pilot, ecran, nom)
    return ecran


async def choisir_dans(pilot: Pilot[None], ecran: EcranChoixFichier, nom: str) -> None:
    liste = ecran.query_one(OptionList)
    await jusqu_a(pilot, lambda: liste.option_count)
    noms = [str(liste.get_option_at_index(rang).prompt) for rang in range(liste.option_count)]
    for _ in noms:
        if nom not in noms[liste.highlighted or 0]:
            await pilot.press("down")


# Pictures


async def test_what_is_to_be_given(images: Images, poste_candidat: Poste, cle: Path) -> None:
    """The guides' heading, days left; what lacks a file first with `!` and what it is, the one given with `√`, when.

    The brackets of its name are seen. « F8 Ajouter » is filled, the validating button greyed. At 120 « il manque 4
    fichiers », the post with its address, a pane for the file.
    """
    deposer(poste_candidat, "jdc", cle / ACCENTS)
    await images(AppJustificatifs(poste_candidat), pret)


async def test_the_files_of_the_medium(images: Images, poste_candidat: Poste) -> None:
    """Newest first: name with its brackets, size, date; the empty file and the .docx greyed, each with its reason.

    The false PDF was chosen: a red block says why it is refused and what to do, the list stays.
    """
    app = AppJustificatifs(poste_candidat)

    async def refuser(pilot: Pilot[None]) -> None:
        await pret(pilot)
        ecran = await choisir(pilot, app, "faux.pdf")
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: ecran.query_one("#refus", Bloc).has_class("-erreur"))
        await calmer(pilot)

    await images(app, refuser)


async def test_a_file_is_looked_at(images: Images, poste_candidat: Poste, cle: Path) -> None:
    """The picture given for the identity, in half blocks; the page and the zoom stand in the band, in dark colours."""
    deposer(poste_candidat, "recapitulatif", cle / "photo.png")
    app = AppJustificatifs(poste_candidat, SOMBRE)

    async def voir(pilot: Pilot[None]) -> None:
        await pret(pilot)
        while app.ligne.piece.piece != "recapitulatif":
            await pilot.press("down")
        await pilot.press("f4")
        await jusqu_a(pilot, lambda: app.ecran.query_one(Apercu).has_focus)
        await jusqu_a(pilot, lambda: "page 1/1" in "".join(app.ecran.query_one(Bandeau).droite))
        await calmer(pilot)

    await images(app, voir)


def test_the_question_before_validating(snap_compare: Any, poste_candidat: Poste, cle: Path) -> None:
    """« J'ai fourni toutes mes pièces ? », the guides' sentence, the focus on « Pas encore »."""
    tout_donner(poste_candidat, cle / "photo.png")

    async def demander(pilot: Pilot[None]) -> None:
        await pret(pilot)
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        await calmer(pilot)

    assert snap_compare(AppJustificatifs(poste_candidat), terminal_size=PETIT, run_before=demander)


def test_what_is_asked_no_more_once_the_window_is_closed(
    snap_compare: Any, poste_candidat: Poste, cle: Path, horloge: HorlogeReglable
) -> None:
    """« × fermé » in red, no button lit but « Retour » and « Voir »; at the end, « Sans objet » with the diploma."""
    deposer(poste_candidat, "diplome", cle / "photo.png")
    enregistrer(du_service(poste_candidat), Demande("BCP", "2024", "33", SANS_TITRE, Modification(1, 1)))
    horloge.instant = datetime(2023, 12, 14, 10, tzinfo=UTC)
    app = AppJustificatifs(poste_candidat)

    async def voir(pilot: Pilot[None]) -> None:
        await pret(pilot)
        await pilot.press(*["down"] * 6)
        await calmer(pilot)

    assert snap_compare(app, terminal_size=GRAND, run_before=voir)


# By keys


async def test_a_whole_journey(poste_candidat: Poste, cle: Path) -> None:
    """A refusal, the last file, two changes of mind, validation: then nothing can be changed."""
    tout_donner(poste_candidat, cle / "photo.png", sauf="jdc")
    app = AppJustificatifs(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await pret(pilot)
        await pilot.press("f9")
        assert "il manque 1 fichier" in app.ecran.query_one(LigneAide).texte
        assert app.ligne.piece.piece == "jdc"  # what lacks a file comes first
        ecran = await choisir(pilot, app, "faux.pdf")
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: ecran.query_one("#refus", Bloc).has_class("-erreur"))
        await choisir_dans(pilot, ecran, ACCENTS)
        await pilot.press("enter")
        await jusqu_a(pilot, lambda: app.screen is app.ecran and app.statuts.count("√ Déposé") == 5)
        await pret(pilot)
        assert ACCENTS in app.annonce
        assert app.annonce.endswith("F9 : « J'ai fourni toutes mes pièces ».")
        for reponse, restent in ((["enter"], 5), (["down", "enter"], 4)):  # the harmless answer first
            await pilot.press("delete")
            await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
            await pilot.press(*reponse)
            await jusqu_a(pilot, partial(deposees, app, restent))
            await pret(pilot)
        justificatifs.deposer(poste_candidat, NUMERO, 1, pieces(poste_candidat)["jdc"].id, cle / "photo.png")
        app.ecran.relire()
        await jusqu_a(pilot, partial(deposees, app, 5))
        await pret(pilot)
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: app.statuts.count("√ Validé") == 5)
        await pret(pilot)
        await pilot.press("f8", "delete")
        assert "validée" in app.ecran.query_one(LigneAide).texte
        assert app.screen is app.ecran
        assert not app.ecran.query_one("#bouton-valider", Bouton).action.active
    assert [piece.valide_le is not None for piece in pieces(poste_candidat).values()] == [True] * 5 + [False]


async def test_two_files_are_numbered_joined_and_then_added_to(poste_candidat: Poste, cle: Path) -> None:
    """Recto and verso in the order of the Espace keys; a third one asks whether it comes after or instead."""
    app = AppJustificatifs(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await pret(pilot)
        premiere = app.ligne.piece.piece
        ecran = await choisir(pilot, app, "photo.png")
        await pilot.press("space")
        await choisir_dans(pilot, ecran, ACCENTS)
        await pilot.press("space")
        await calmer(pilot)
        assert ecran.query_one("#bouton-ajouter", Bouton).action.libelle == "Ajouter les 2"
        await pilot.press("enter")
        await jusqu_a(pilot, partial(deposees, app, 1))
        await pret(pilot)
        assert "réunis en un PDF de 2 pages" in app.annonce
        assert app.ligne.piece.piece == premiere  # the cursor stays
        for reponse, pages in (("enter", 2), ("down enter", 3), ("down down enter", 1)):
            await choisir(pilot, app, "photo.png")
            await pilot.press("enter")
            await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
            await pilot.press(*reponse.split())
            await calmer(pilot)
            if reponse == "enter":
                await pilot.press("escape")
            await jusqu_a(pilot, partial(deposees, app, 1))
            await pret(pilot)
            depot = pieces(poste_candidat)[premiere].depot
            assert depot is not None
            assert depot.pages == pages


async def test_the_list_follows_the_scanner_and_an_examination_may_be_left(
    poste_candidat: Poste, cle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new file appears and marks stay; Échap during the examination deposits nothing; sources are never named."""
    app = AppJustificatifs(poste_candidat)
    async with app.run_test(size=PETIT) as pilot:
        await pret(pilot)
        ecran = await choisir(pilot, app, "photo.png")
        surprises: list[BaseException] = []
        with monkeypatch.context() as rompu:
            rompu.setattr(app, "surmonter", surprises.append)
            rompu.setattr(choix_fichier, "proposer", lambda *_: 1 / 0)
            ecran.regarder()
            await jusqu_a(pilot, lambda: surprises)
        (cle / "scan 1.pdf").write_bytes(pdf_de())
        ecran.regarder()
        liste = ecran.query_one(OptionList)
        await jusqu_a(pilot, lambda: liste.option_count == 6)
        assert "photo.png" in str(liste.highlighted_option and liste.highlighted_option.prompt)
        with retenu(justificatifs, "examiner_pour") as lache:
            await pilot.press("enter")
            await jusqu_a(pilot, lambda: "examen du fichier…" in ecran.query_one(LigneAide).texte)
            await pilot.press("escape")
            await jusqu_a(pilot, lambda: app.screen is app.ecran)
            lache.set()
        await pret(pilot)
        assert all(piece.depot is None for piece in pieces(poste_candidat).values())
    seule = AppJustificatifs(replace(poste_candidat, sources=()))
    async with seule.run_test(size=PETIT) as pilot:
        await pret(pilot)
        await pilot.press("f8")
        await calmer(pilot)
        assert "demandez à un agent" in str(seule.screen.query_one("#rien").render())


@pytest.mark.parametrize("par_un_agent", [False, True])
async def test_remove_says_what_became_of_a_file_that_cannot_be_removed(
    poste_candidat: Poste, cle: Path, par_un_agent: bool
) -> None:
    """Refused: kept for the control. Validated: who reopens it, told to an agent as to an agent."""
    tout_valider(poste_candidat, cle / "photo.png")
    decider(poste_candidat, "jdc", Decision(ActePiece.REFUSER, "Flou."))
    app = AppJustificatifs(du_service(poste_candidat) if par_un_agent else poste_candidat)
    rouvrir = "« Rouvrir », dans le dossier" if par_un_agent else "seul le service des examens"
    dits = {"jdc": "gardé pour le contrôle. F8 en dépose un autre", "identite": rouvrir}
    async with app.run_test(size=PETIT) as pilot:
        await pret(pilot)
        for piece, dit in dits.items():
            next(ligne for ligne in app.ecran.query(LignePiece) if ligne.piece.piece == piece).focus()
            await calmer(pilot)
            await pilot.press("delete")
            await calmer(pilot)
            assert dit in app.ecran.query_one(LigneAide).texte


async def test_what_others_do_meanwhile_is_told(poste_candidat: Poste, cle: Path, horloge: HorlogeReglable) -> None:
    """An agent gives a piece back, another desk removes a file, the window closes: each is shown, buttons follow."""
    tout_valider(poste_candidat, cle / "photo.png")
    app = AppJustificatifs(poste_candidat)
    async with app.run_test(size=GRAND) as pilot:
        await pret(pilot)
        decider(poste_candidat, "jdc", Decision(ActePiece.REFUSER, "Flou."))
        app.ecran.relire()
        await jusqu_a(pilot, lambda: "× Non conforme" in app.statuts)
        await pret(pilot)
        while app.ligne.piece.piece != "jdc":
            await pilot.press("up")
        assert app.ecran.query_one("#bouton-ajouter", Bouton).action.active
        deposer(poste_candidat, "jdc", cle / ACCENTS)
        app.ecran.relire()
        await jusqu_a(pilot, lambda: app.statuts.count("√ Déposé") == 1)
        await calmer(pilot)
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        justificatifs.retirer(poste_candidat, NUMERO, 1, pieces(poste_candidat)["jdc"].id)
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: "il manque 1 fichier" in app.annonce)
        await calmer(pilot)
        horloge.instant = datetime(2023, 12, 13, 22, 59, tzinfo=UTC)
        app.ecran.relire()
        await jusqu_a(pilot, lambda: "vient de fermer" in app.annonce)
        await calmer(pilot)
        assert not app.ecran.query_one("#bouton-ajouter", Bouton).action.active

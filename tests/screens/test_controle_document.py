"""The document on the control screen: seen, zoomed, turned, printed, missing; and roles that may only look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from outils import cage
from outils.controle import (
    EN_LIGNE,
    GRAND,
    PETIT,
    AppControle,
    ouvrir,
)
from outils.fichiers_hostiles import dessins_sans_fin, formes_emboitees
from outils.guichet import (
    AUDITEUR,
    TAILLES,
    agent_connecte,
    calmer,
    jusqu_a,
)
from textual.widgets import Static
from textual_image.widget import SixelImage, TGPImage

from cyclades_tui.actes.pieces import attentes, controle, justificatifs
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.fichiers import ouverts
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.decision import ListeMotifs
from cyclades_tui.screens.guichet.controle.dossier import VoletDossier
from cyclades_tui.store.requetes import journal
from cyclades_tui.widgets.cadre import Bandeau
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.pages import Pages
from cyclades_tui.widgets.toile import DemiBlocs, Moyen, charger


@pytest.fixture
def app(poste_guichet: Poste) -> AppControle:
    return AppControle(poste_guichet)


# Keys


async def test_a_file_that_is_missing_or_a_store_that_is_closed_is_said_in_place(
    poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = AppControle(poste_guichet)
    for objet in sorted((poste_guichet.store.chemin / "coffre").rglob("*")):
        if objet.is_file():
            objet.chmod(0o600)
            objet.write_bytes(b"abime")
    async with app.run_test(size=GRAND) as pilot:
        await jusqu_a(pilot, lambda: app.constat)
        assert not app.ecran.query(DemiBlocs)
        await app.presser(pilot, "f8")
        assert app.constat
        await app.presser(pilot, "c")
        assert app.statuts[1] is Statut.CONFORME


async def test_who_may_not_decide_sees_the_pieces_and_no_key_of_a_decision(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet, identifiant=AUDITEUR)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        assert [action.id for action in app.ecran.boutons() if action.active] == ["passer"]
        await app.presser(pilot, "c")
        assert "auditeur" in app.aide
        await app.presser(pilot, "n", "f8")
        assert not app.ecran.query_one(ListeMotifs).has_focus
        assert app.statuts.count(None) == len(app.statuts)


# The document and the panes


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
async def test_zooms_mark_what_to_compare_pages_turn_and_a_resize_keeps_the_place(
    poste_guichet: Poste, taille: tuple[int, int]
) -> None:
    app = AppControle(poste_guichet)
    autre = PETIT if taille == GRAND else GRAND
    async with app.run_test(size=taille) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "space", "3")
        pages = app.ecran.query_one(Pages)
        assert app.aide.startswith("nom  1 entière")
        assert app.ecran.query_one(VoletDossier)._vues == {"nom", "prenoms"}
        await app.presser(pilot, "t")
        assert pages.rotation == 90
        await pilot.resize_terminal(*autre)
        await calmer(pilot)
        assert (pages.rotation, app.ecran.attente.rang) == (90, 1)
        assert pages.cadrage is not None
        assert pages.cadrage.libelle == "nom"
        await app.presser(pilot, "f6", "down", "shift+f6", "plus", "right", "asterisk")
        assert app.ecran.attente.rang == 1
        await app.presser(pilot, "f8")
        assert pages.rotation == 0


@pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
async def test_conditions_to_verify_are_told_beside_the_piece_and_whole_in_the_dossier(
    poste_guichet: Poste, taille: tuple[int, int]
) -> None:
    """F450: their count stands beside the tab that has them whole, under the pane, or above a document alone."""
    app = AppControle(poste_guichet)

    def ecrit() -> str:
        return " ".join(" ".join(bande.text for bande in app.ecran._compositor.render_strips()).split())

    async with app.run_test(size=taille) as pilot:
        await ouvrir(pilot, app)
        assert app.ecran.lecteur.ouverte is not None
        (condition,) = app.ecran.lecteur.ouverte.a_verifier
        assert ecrit().count("! 1 condition à vérifier") == 1
        await app.presser(pilot, "f6")
        if taille == GRAND:
            await app.presser(pilot, "pagedown")
        assert condition[:20] in ecrit()
        await app.presser(pilot, "asterisk")
        assert ecrit().count("! 1 condition à vérifier") == 1
        await app.presser(pilot, "shift+f6", *["f8"] * 6)
        assert app.courante.ligne.nom == "PIERRE-LOUIS"
        await app.vue(pilot)
        assert "condition à vérifier" not in ecrit()


async def test_the_rank_of_a_page_comes_with_the_page_itself_and_not_before(
    app: AppControle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once « page 1/1 » is shown the piece can be decided: the key has its effect."""
    chargee = Event()

    def charger_enfin(moyen: Moyen) -> Callable[..., DemiBlocs | TGPImage | SixelImage]:
        chargee.wait(30)  # so that a failing test ends too
        return charger(moyen)

    monkeypatch.setattr("cyclades_tui.widgets.pages.charger", charger_enfin)
    async with app.run_test(size=PETIT) as pilot:
        rang = app.ecran.query_one("#rang-page", Static)
        await jusqu_a(pilot, lambda: app.ecran.lecteur.ouverte)
        await pilot.press("c")
        assert "Un instant" in app.aide
        assert (str(rang.content), app.statuts[0]) == ("", None)
        chargee.set()
        await jusqu_a(pilot, lambda: str(rang.content).startswith("page 1/"))
        await app.presser(pilot, "c")
        assert app.statuts[0] is Statut.CONFORME


async def test_a_hostile_file_is_told_the_next_one_shows_and_what_is_left_is_killed(
    poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first file takes too much memory; the second too much time, and is left before its end."""
    app = AppControle(poste_guichet)
    lus = [piece.id for piece in attentes.attente(app.ecran.poste, EN_LIGNE)]
    bons, mauvais = controle.octets, {lus[0]: dessins_sans_fin(), lus[1]: formes_emboitees()}

    def octets(poste: Poste, piece: int, depot: int) -> tuple[str, bytes]:
        return ("PDF", mauvais[piece]) if piece in mauvais else bons(poste, piece, depot)

    monkeypatch.setattr(controle, "octets", octets)
    async with app.run_test(size=GRAND) as pilot:
        await jusqu_a(pilot, lambda: "trop de temps ou de mémoire" in app.constat)
        assert "O l'ouvre dans un autre programme." in app.constat
        await pilot.press("f8", "f8")
        await jusqu_a(pilot, lambda: str(app.ecran.lecteur.border_subtitle).startswith("page"))
        assert (app.ecran.attente.rang, app.constat) == (2, "")
    assert cage.plus_de_lecteur()


async def test_the_file_goes_to_the_printer_or_to_another_program(
    poste_guichet: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sortie, programmes = tmp_path / "sortie", tmp_path / "bin"
    programmes.mkdir()
    (programmes / "xdg-open").write_text(f'#!/bin/sh\n/bin/cp "$1" "{sortie}.ouvert"\n', encoding="utf-8")
    (programmes / "xdg-open").chmod(0o700)
    sans_lecteur = tmp_path / "sans"
    sans_lecteur.mkdir()
    (sans_lecteur / "xdg-open").write_text("#!/bin/sh\nexit 4\n", encoding="utf-8")
    (sans_lecteur / "xdg-open").chmod(0o700)
    copier = ("/bin/cp", "{fichier}", f"{sortie}.imprime")
    app = AppControle(replace(poste_guichet, impression=copier))
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        monkeypatch.setenv("PATH", str(tmp_path))
        await app.presser(pilot, "o")
        assert "* montre le document seul" in app.aide
        monkeypatch.setenv("PATH", str(sans_lecteur))
        await app.presser(pilot, "o")
        assert "n'a pas de programme qui ouvre" in app.aide
        monkeypatch.setenv("PATH", str(programmes))
        await app.presser(pilot, "o", "f4")
        assert app.aide == "Le fichier est parti à l'imprimante."
        lance = app.ecran.ailleurs.lances[-1]
        await jusqu_a(pilot, lambda: lance.poll() is not None)
        assert len(list(ouverts.dossier().iterdir())) == 1
        assert app.ecran.lecteur.ouverte is not None
        assert app.ecran.lecteur.ouverte.depot is not None
        sujet = f"depot:{app.ecran.lecteur.ouverte.depot.id}"
    assert not list(ouverts.dossier().iterdir())
    with poste_guichet.store.lire() as unite:
        assert [journal.compter(unite, acte, sujet)[0] for acte in ("depot.ouvrir", "depot.imprimer")] == [2, 1]
        assert (tmp_path / "sortie.ouvert").read_bytes() == (tmp_path / "sortie.imprime").read_bytes()


@pytest.mark.parametrize("relais", [False, True], ids=["the program started", "one that it handed the file to"])
async def test_a_copy_is_deleted_when_the_program_that_shows_it_ends(
    poste_guichet: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, relais: bool
) -> None:
    programmes, fini = tmp_path / "bin", tmp_path / "fini"
    programmes.mkdir()
    montrer = f'while [ ! -e "{fini}" ]; do /bin/sleep 0.05; done'
    visionneuse = programmes / "visionneuse"
    visionneuse.write_text(f"#!/bin/sh\n{montrer}\n", encoding="utf-8")
    lancer = f'"{visionneuse}" "$1" &' if relais else f'exec "{visionneuse}" "$1"'
    (programmes / "xdg-open").write_text(f"#!/bin/sh\n{lancer}\n", encoding="utf-8")
    for programme in programmes.iterdir():
        programme.chmod(0o700)
    monkeypatch.setenv("PATH", str(programmes))
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "o")
        (copie,) = ouverts.dossier().iterdir()
        assert copie.stat().st_mode & 0o077 == 0
        await asyncio.sleep(2.5)  # it was seen to be shown
        assert copie.exists()
        fini.touch()
        await jusqu_a(pilot, lambda: not copie.exists())


async def test_one_piece_alone(poste_guichet: Poste) -> None:
    ligne = attentes.attente(agent_connecte(poste_guichet), EN_LIGNE)[3]
    app = AppControle(poste_guichet, piece=ligne.id)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        assert not {"/", "P", "F7 F8"} & set(dict(app.ecran.pied.touches))
        assert dict(app.ecran.pied.touches)["Éch"] == "dossier"
        assert not any(app.ecran.query_one(Bandeau).droite)  # no count of a queue
        await app.presser(pilot, "c")
        assert app.constat == "Pièce conforme."
        assert app.ecran.boutons()[0].libelle == "Revenir au dossier"


async def test_a_refused_piece_says_so_and_why_it_cannot_be_decided(poste_guichet: Poste) -> None:
    vus = justificatifs.lister(agent_connecte(poste_guichet), "02348418954", 1)
    refusee = next(piece for piece in vus.pieces if piece.statut is Statut.NON_CONFORME)
    app = AppControle(poste_guichet, piece=refusee.id)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        assert f"{refusee.libelle} · Non conforme" in str(app.ecran.query_one("#piece", Static).content)
        await app.presser(pilot, "c")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        dit = " ".join(str(app.screen.query_one(".texte", Static).render()).split())
        assert "elle est rendue au candidat, qui doit donner un fichier" in dit

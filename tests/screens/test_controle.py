"""The control screen by keys: a decision a key, the next piece at once, undo, what the store refuses."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from borne_outils import retenu
from guichet_outils import (
    AUDITEUR,
    COLLEGUE,
    GESTIONNAIRE,
    TAILLES,
    AppUnEcran,
    agent,
    agent_connecte,
    calmer,
    entrer,
    guichet,
    jusqu_a,
    pdf,
    taper,
)
from inscription_outils import HorlogeDuGuide
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes import controle, files, justificatifs
from cyclades_tui.actes.controle import Decision
from cyclades_tui.actes.files import Filtre, LigneDeFile
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.fichiers import ouverts
from cyclades_tui.fichiers.examen import Analyse, FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.regles.justificatifs import ActePiece, Statut
from cyclades_tui.screens.guichet.controle import EcranControle
from cyclades_tui.screens.guichet.controle_decision import ListeMotifs, VoletDecision
from cyclades_tui.screens.guichet.controle_dossier import VoletDossier
from cyclades_tui.screens.guichet.controle_file import Place
from cyclades_tui.store import journal, pieces
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Bandeau, Bouton, LigneAide
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.pages import Pages
from cyclades_tui.widgets.toile import DemiBlocs

EN_LIGNE = Filtre("BCP", "2024", "33", "en ligne")
PAR_LA_POSTE = Filtre("BCP", "2024", "33", "voie postale")
PETIT, GRAND = TAILLES.values()


class AppControle(AppUnEcran):
    """The screen on a queue, as the home opens it."""

    def __init__(self, poste: Poste, filtre: Filtre = EN_LIGNE, identifiant: str = "l.roy", **options: Any) -> None:
        par = agent_connecte(poste, identifiant)
        self.ecran = EcranControle(par, agent(identifiant), filtre, f"BCP 2024 · {filtre.mode}", **options)
        super().__init__(lambda: self.ecran)

    @property
    def courante(self) -> Place:
        place = self.ecran.file.courante
        assert place is not None
        return place

    @property
    def aide(self) -> str:
        return self.ecran.query_one(LigneAide).texte

    @property
    def constat(self) -> str:
        return str(self.ecran.query_one("#constat", Bloc).query_one(".texte", Static).content)

    @property
    def statuts(self) -> list[Statut | None]:
        return [place.statut for place in self.ecran.file.places]

    async def presser(self, pilot: Pilot[None], *touches: str) -> None:
        await pilot.press(*touches)
        await calmer(pilot)

    async def vue(self, pilot: Pilot[None]) -> None:
        """Until the current piece has been on the screen with its page; keys that decide are lost before."""
        await jusqu_a(pilot, lambda: self.ecran._sous_les_yeux == self.courante.ligne.id)

    async def decider(self, pilot: Pilot[None], *touches: str) -> None:
        """One key after the other, each on a piece that is there."""
        for touche in touches:
            await self.vue(pilot)
            await pilot.press(touche)


async def ouvrir(pilot: Pilot[None], app: AppControle) -> None:
    """Until the first piece has its page."""
    await jusqu_a(pilot, lambda: app.ecran._vu[1].startswith("page"))
    await calmer(pilot)
    await app.vue(pilot)


def decider_ailleurs(poste: Poste, rang: int) -> int:
    """The colleague accepts a piece of the queue; returns its id."""
    collegue = agent_connecte(poste, COLLEGUE)
    ligne = files.file(collegue, EN_LIGNE)[rang]
    controle.decider(collegue, ligne.id, ligne.revision, Decision(ActePiece.ACCEPTER))
    return ligne.id


def redonner_ailleurs(poste: Poste, ligne: LigneDeFile) -> None:
    """The colleague refuses a piece, and the candidate gives another file for it."""
    collegue, numero = agent_connecte(poste, COLLEGUE), ligne.numero_candidat
    controle.decider(collegue, ligne.id, ligne.revision, Decision(ActePiece.REFUSER, "floue"))
    par = replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne 3"))
    octets = pdf("neuve")
    for piece in justificatifs.lister(par, numero, 1).pieces:
        if piece.manque:
            fichier = FichierExamine("neuve.pdf", "PDF", octets, 2, Analyse.SAINE)
            justificatifs.donner(par, numero, 1, piece.id, fichier)
    groupe = next(g for g in justificatifs.lister(par, numero, 1).groupes if any(p.id == ligne.id for p in g.pieces))
    justificatifs.valider(par, numero, 1, {piece.id: piece.revision for piece in groupe.pieces})


def historique(poste: Poste, piece: int) -> list[str]:
    with poste.store.lire() as unite:
        return [suivi.acte for suivi in pieces.suivis_de(unite, piece)]


@pytest.fixture
def app(poste_guichet: Poste) -> AppControle:
    return AppControle(poste_guichet)


# Keys


async def test_a_key_decides_the_piece_that_is_on_the_screen_and_none_that_is_still_to_come(
    app: AppControle, poste_guichet: Poste
) -> None:
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        quatre = [place.ligne.id for place in app.ecran.file.places[:4]]
        with retenu(controle, "preparer") as lache:
            await app.decider(pilot, "c", "c", "c")  # made ready ahead
            await pilot.press("c", "n", "a", "c")
            assert app.aide.startswith("Un instant  La page arrive")
            assert app.statuts[:4] == [Statut.CONFORME] * 3 + [None]
            lache.set()
            await app.vue(pilot)
        assert app.aide.startswith("largeur")  # none of those keys was kept for later
        assert app.ecran.file.rang == 3
        await app.presser(pilot, "c")
        assert app.statuts[:4] == [Statut.CONFORME] * 4
    with poste_guichet.store.lire() as unite:
        acceptes = {i for i in quatre if pieces.suivis_de(unite, i)[-1].statut == "Conforme"}
    assert acceptes == set(quatre)


async def test_where_panes_are_tabs_the_document_must_have_been_seen(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "f6", "c")  # it was, before the dossier
        assert app.statuts[:2] == [Statut.CONFORME, None]
        await app.presser(pilot, "c")
        assert app.aide.endswith("F6 le montre.")
        await app.presser(pilot, "shift+f6")
        await app.decider(pilot, "c")
        assert app.statuts[:2] == [Statut.CONFORME] * 2


async def test_what_was_decided_is_kept_though_the_screen_closes_at_once(
    app: AppControle, poste_guichet: Poste
) -> None:
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        deux = [place.ligne.id for place in app.ecran.file.places[:2]]
        await app.decider(pilot, "c", "C")
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: app.screen is not app.ecran)
    assert [historique(poste_guichet, piece)[-1] for piece in deux] == ["accepter"] * 2


async def test_a_refusal_is_three_keys_and_the_count_follows(app: AppControle, poste_guichet: Poste) -> None:
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        premiere = app.courante.ligne
        a_faire = app.ecran.file.a_faire
        await app.presser(pilot, "n", "é")  # 2 on a French keyboard
        champ = app.ecran.query_one(VoletDecision).commentaire
        assert champ.has_focus
        assert champ.cursor_position == len(champ.value) > 0
        await taper(pilot, " Ok.")
        await app.presser(pilot, "enter")
        assert app.courante.ligne.id != premiere.id
        assert app.aide == "× Non conforme : NGMB-DUPONT, récap.  Z annule."
        assert app.ecran.file.a_faire == a_faire - 1
        assert "".join(app.ecran.query_one(Bandeau).droite).startswith(f"1/{a_faire} faites   6 à l'heure")
        ouverte = controle.preparer(agent_connecte(poste_guichet), premiere.id)
        assert ouverte.commentaire.endswith("dans un même fichier. Ok.")
        await app.presser(pilot, "f12", "up", "space", "escape")
        assert "à l'heure" not in "".join(app.ecran.query_one(Bandeau).droite)
        await app.presser(pilot, "z")  # what was read ahead is older than this
        assert (app.courante.ligne.id, app.aide[:19]) == (premiere.id, "← Décision annulée ")
        await app.presser(pilot, "n", "up", "down", "enter", "escape", "f6", "t")
        assert not app.ecran.query_one(VoletDecision).display  # Échap gave it up, the piece is as it was
        assert app.courante.statut is None


async def test_a_new_limit_and_a_day_of_reception(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        redemandee = app.courante.ligne.id
        await app.presser(pilot, "a", "3")
        await app.presser(pilot, "tab")
        date = app.ecran.query_one(VoletDecision).date
        assert (date.has_focus, date.value) == (True, "26/12/2023")
        date.value = "01/12/2023"
        await app.presser(pilot, "enter")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await app.presser(pilot, "enter")  # a limit that is over: refused, back to the piece
        assert app.courante.ligne.id == redemandee
        await app.presser(pilot, "a", "3", "enter")
        assert app.statuts[0] is Statut.NOUVELLE_PJ
    vue = controle.preparer(agent_connecte(poste_guichet), redemandee)
    assert vue.historique[-1].quoi == Statut.NOUVELLE_PJ
    app = AppControle(poste_guichet, PAR_LA_POSTE)
    async with app.run_test(size=GRAND) as pilot:
        await jusqu_a(pilot, lambda: app.constat)
        recue = app.courante.ligne.id
        await app.presser(pilot, "r")
        date = app.ecran.query_one(VoletDecision).date
        date.value = "31/02/2023"
        await app.presser(pilot, "enter")
        assert "n'existe pas" in app.aide
        date.value = "9/12/2023"
        await app.presser(pilot, "enter")
    assert str(controle.preparer(agent_connecte(poste_guichet), recue).recue_le) == "2023-12-09"


async def test_undo_goes_back_piece_after_piece_and_leaves_a_trace(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        premiere = app.courante.ligne.id
        await pilot.press("c", "f7")
        await app.decider(pilot, "c", "c")  # twice the first one, then the second
        await pilot.press("z", "z", "z")
        await calmer(pilot)
        assert app.courante.ligne.id == premiere
        assert app.constat == ""
        assert app.statuts[:2] == [None, None]
        assert app.aide == "← Décision annulée : NGMB-DUPONT, récap.  Elle reste à l'historique."
        await app.presser(pilot, "z")
        assert "plus de décision à annuler" in app.aide
    assert historique(poste_guichet, premiere)[-4:] == ["accepter", "accepter", "annuler", "annuler"]


async def test_filters_count_live_and_the_end_of_the_queue_says_so(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "slash")
        compte = app.ecran.query_one("#listes .compte", Static)
        assert str(compte.content) == str(app.ecran.file.a_faire)
        await pilot.press("tab", "tab", "tab", "tab")
        await app.presser(pilot, "7", "enter")  # what waits for seven days
        garde = int(str(compte.content))
        assert 0 < garde < app.ecran.file.a_faire
        await app.presser(pilot, "f8")
        assert len(app.ecran.file.places) == garde
        await app.decider(pilot, *["c"] * (garde - 1), "space")
        await calmer(pilot)
        assert app.constat == f"File terminée : {garde} pièces, {garde - 1} conforme{'s' * (garde > 2)}, 1 passée."
        await app.presser(pilot, "z")
        assert app.courante.statut is None
        await app.presser(pilot, "colon", "escape", "space", "space")
        assert app.constat.endswith("2 passées.")
        await app.presser(pilot, "escape")
        assert app.screen is not app.ecran


# Two agents


async def test_a_piece_open_elsewhere_says_so_and_a_decision_taken_meanwhile_is_never_silently_over(
    poste_guichet: Poste, horloge: HorlogeDuGuide
) -> None:
    premiere, seconde, *_ = files.file(agent_connecte(poste_guichet), EN_LIGNE)
    app = AppControle(poste_guichet)
    controle.ouvrir(agent_connecte(poste_guichet, COLLEGUE), seconde.id)
    heure = f"{horloge.instant.astimezone(PARIS):%H:%M}"
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        decider_ailleurs(poste_guichet, 0)
        await pilot.press("c")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        await pilot.press("c", "c")  # meant for the pieces behind: the question takes them
        await app.presser(pilot, "enter")
        assert app.courante.ligne.id == premiere.id
        assert "M. Paul" in app.aide
        assert app.statuts[:2] == [None, None]
        await app.presser(pilot, "n", "1", "enter")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        assert len(app.screen.query(Bouton)) == 2
        await app.presser(pilot, "down", "enter")
        assert app.statuts[:2] == [Statut.NON_CONFORME, None]
        assert app.courante.ligne.id == seconde.id
        assert app.aide == f"… ouverte par M. Paul depuis {heure}"
    assert historique(poste_guichet, premiere.id)[-2:] == ["accepter", "refuser"]


async def test_a_file_that_was_given_meanwhile_is_seen_before_it_is_decided(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        vue = app.courante.ligne
        assert app.ecran.ouverte is not None
        assert app.ecran.ouverte.depot is not None
        ancien = app.ecran.ouverte.depot.id
        redonner_ailleurs(poste_guichet, vue)
        await pilot.press("c")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        assert [str(bouton.action.libelle) for bouton in app.screen.query(Bouton)] == ["Voir sa décision"]
        await app.presser(pilot, "enter")
        await app.vue(pilot)
        assert app.ecran.ouverte.depot.id != ancien
        assert app.courante.ligne.id == vue.id


def _a_un_refus(ecran: EcranControle) -> bool:
    return bool(ecran._refuses) or isinstance(ecran.app.screen, Dialogue)


async def test_a_refusal_is_told_though_another_screen_is_above_or_the_agent_has_left(poste_guichet: Poste) -> None:
    app = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        await entrer(pilot, GESTIONNAIRE)
        for partir in ("escape", "f1"):
            ecran = EcranControle(agent_connecte(poste_guichet), agent(), EN_LIGNE, "BCP 2024 · en ligne")
            app.push_screen(ecran)
            await jusqu_a(pilot, partial(getattr, ecran, "_sous_les_yeux"))
            decider_ailleurs(poste_guichet, 0)
            with retenu(controle, "decider") as lache:
                for touche in ("c", partir):
                    app.simulate_key(touche)
                lache.set()
                await jusqu_a(pilot, partial(_a_un_refus, ecran))
            if partir == "f1":
                await pilot.press("escape")
            await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
            await calmer(pilot)
            dit = " ".join(str(static.content) for static in app.screen.query(Static))
            assert "Conforme : " in dit
            assert "M. Paul, le " in dit
            await pilot.press("escape")
            await jusqu_a(pilot, lambda: not isinstance(app.screen, Dialogue))


# What goes wrong


async def test_a_decision_lost_by_something_unforeseen_does_not_stay_on_the_screen(
    poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = AppControle(poste_guichet)
    surprises: list[BaseException] = []
    monkeypatch.setattr(app, "surmonter", surprises.append)

    def rompre(*_: object) -> None:
        raise RuntimeError("essai")

    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        monkeypatch.setattr(controle, "decider", rompre)
        await pilot.press("c")
        await jusqu_a(pilot, lambda: surprises and isinstance(app.screen, Dialogue))
        await app.presser(pilot, "enter")
        assert app.statuts[0] is None
        assert app.ecran.file.rang == 0


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
        assert app.ecran.query_one(DemiBlocs).image is None if app.ecran.query(DemiBlocs) else True
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
        assert (pages.rotation, app.ecran.file.rang) == (90, 1)
        assert pages.cadrage is not None
        assert pages.cadrage.libelle == "nom"
        await app.presser(pilot, "f6", "down", "shift+f6", "plus", "right", "asterisk")
        assert app.ecran.file.rang == 1
        await app.presser(pilot, "f8")
        assert pages.rotation == 0


async def test_the_file_goes_to_the_printer_or_to_another_program(
    poste_guichet: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sortie, programmes = tmp_path / "sortie", tmp_path / "bin"
    programmes.mkdir()
    (programmes / "xdg-open").write_text(f'#!/bin/sh\n/bin/cp "$1" "{sortie}.ouvert"\n', encoding="utf-8")
    (programmes / "xdg-open").chmod(0o700)
    copier = ("/bin/cp", "{fichier}", f"{sortie}.imprime")
    app = AppControle(replace(poste_guichet, impression=copier))
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        monkeypatch.setenv("PATH", str(tmp_path))
        await app.presser(pilot, "o")
        assert "* montre le document seul" in app.aide
        monkeypatch.setenv("PATH", str(programmes))
        await app.presser(pilot, "o", "f4")
        assert app.aide == "Le fichier est parti à l'imprimante."
        lance = app.ecran.ailleurs.lances[0]
        await jusqu_a(pilot, lambda: lance.poll() is not None)
        assert len(list(ouverts.dossier().iterdir())) == 1
        assert app.ecran.ouverte is not None
        assert app.ecran.ouverte.depot is not None
        sujet = f"depot:{app.ecran.ouverte.depot.id}"
    assert not list(ouverts.dossier().iterdir())
    with poste_guichet.store.lire() as unite:
        assert [journal.compter(unite, acte, sujet)[0] for acte in ("depot.ouvrir", "depot.imprimer")] == [1, 1]
        assert (tmp_path / "sortie.ouvert").read_bytes() == (tmp_path / "sortie.imprime").read_bytes()


async def test_one_piece_alone(poste_guichet: Poste) -> None:
    ligne = files.file(agent_connecte(poste_guichet), EN_LIGNE)[3]
    app = AppControle(poste_guichet, piece=ligne.id)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        await app.presser(pilot, "c")
        assert app.constat == "File terminée : 1 pièce, 1 conforme."

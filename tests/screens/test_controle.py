"""The control screen by keys: decisions, undoing, filters, two agents; each key decides the piece that was visible."""

from __future__ import annotations

from functools import partial

import pytest
from outils.borne import envoyer, retenu
from outils.controle import (
    EN_LIGNE,
    GRAND,
    PAR_LA_POSTE,
    PETIT,
    AppControle,
    decider_ailleurs,
    est_vue,
    historique,
    ouvrir,
    redonner_ailleurs,
)
from outils.guichet import (
    COLLEGUE,
    GESTIONNAIRE,
    agent,
    agent_connecte,
    calmer,
    entrer,
    guichet,
    jusqu_a,
    taper,
)
from outils.horloge import HorlogeReglable
from textual.widgets import Static

from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.store.requetes import pieces
from cyclades_tui.widgets.cadre import Bandeau, Bouton
from cyclades_tui.widgets.dialogue import Dialogue
from cyclades_tui.widgets.pages import Pages


@pytest.fixture
def app(poste_guichet: Poste) -> AppControle:
    return AppControle(poste_guichet)


# Keys


async def test_a_key_decides_the_piece_that_is_on_the_screen_and_none_that_is_still_to_come(
    app: AppControle, poste_guichet: Poste
) -> None:
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        quatre = [place.ligne.id for place in app.ecran.attente.places[:4]]
        with retenu(controle, "preparer") as lache:
            await app.decider(pilot, "c", "c", "c")  # prepared ahead
            await pilot.press("c", "n", "a", "c")
            assert app.aide.startswith("Un instant  La page arrive")
            assert app.statuts[:4] == [Statut.CONFORME] * 3 + [None]
            lache.set()
            await app.vue(pilot)
        assert app.aide.startswith("largeur")  # none of those keys was kept for later
        assert app.ecran.attente.rang == 3
        await app.presser(pilot, "c")
        assert app.statuts[:4] == [Statut.CONFORME] * 4
    with poste_guichet.store.lire() as unite:
        acceptes = {i for i in quatre if pieces.suivis_de(unite, i)[-1].statut == Statut.CONFORME}
    assert acceptes == set(quatre)


async def test_keys_sent_in_one_burst_refuse_with_the_comment_they_chose(
    app: AppControle, poste_guichet: Poste
) -> None:
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        piece = app.courante.ligne.id
        envoyer(pilot, ("n", "1", "enter"))
        await jusqu_a(pilot, lambda: app.statuts[0] is Statut.NON_CONFORME)
    with poste_guichet.store.lire() as unite:
        assert pieces.suivis_de(unite, piece)[-1].commentaire == controle.motifs(poste_guichet)[0].texte


async def test_while_a_sheet_is_open_the_help_tells_what_its_keys_do(app: AppControle) -> None:
    """Never the zooms, whose digits are then comments; Entrée names the comment that it writes, before it decides."""
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        avant = app.aide
        await app.presser(pilot, "n")
        assert app.aide == "Non conforme  Entrée écrit « floue ou illisible », sans décider encore."
        assert "écrit « floue ou illisible »" in consigne(app)
        await app.presser(pilot, "down")
        assert "Entrée écrit « verso manquant »" in app.aide
        assert dict(app.ecran.pied.touches)["1 à 9"] == "commentaire"
        await app.presser(pilot, "enter")
        assert app.aide == "Non conforme  Entrée refuse avec un commentaire."
        assert "1 à 9" not in dict(app.ecran.pied.touches)
        await app.presser(pilot, "f1")
        aide = "\n".join(str(bloc.render()) for bloc in app.screen.query(Static))
        assert "zoom" not in aide
        assert "Le candidat lit le commentaire" in aide
        await app.presser(pilot, "escape", "escape")
        assert app.aide == avant
        await app.presser(pilot, "a", "1", "tab")
        assert app.aide == "En attente d'une nouvelle PJ  Entrée demande un nouveau fichier."
        await app.presser(pilot, "backspace", "enter")
        assert "Jusqu'au" in app.aide or "limite" in app.aide
        assert not app.aide.endswith("nouveau fichier.")  # the error stays in its place
        await app.presser(pilot, "escape", "slash")
        assert "zoom" not in app.aide
        assert "entière" not in app.aide
        assert "F8" in app.aide
        await app.presser(pilot, "escape")
        assert app.aide == avant


def consigne(app: AppControle) -> str:
    return str(app.ecran.query_one("#consigne", Static).content)


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
        deux = [place.ligne.id for place in app.ecran.attente.places[:2]]
        await app.decider(pilot, "c", "C")
        await pilot.press("escape")
        await jusqu_a(pilot, lambda: app.screen is not app.ecran)
    assert [historique(poste_guichet, piece)[-1] for piece in deux] == ["accepter"] * 2


async def test_a_refusal_is_three_keys_and_the_count_follows(app: AppControle, poste_guichet: Poste) -> None:
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        premiere = app.courante.ligne
        a_faire = app.ecran.attente.a_faire
        await app.presser(pilot, "n", "é")  # 2 on a French keyboard
        champ = app.ecran.query_one(VoletDecision).commentaire
        assert champ.has_focus
        assert champ.cursor_position == len(champ.value) > 0
        await taper(pilot, " Ok.")
        await app.presser(pilot, "enter")
        assert app.courante.ligne.id != premiere.id
        assert app.aide == "× Non conforme : NGMB-DUPONT, récap.  Z annule."
        assert app.ecran.attente.a_faire == a_faire - 1
        assert "".join(app.ecran.query_one(Bandeau).droite).startswith(f"1/{a_faire} faites   6 à l'heure")
        ouverte = controle.preparer(agent_connecte(poste_guichet), premiere.id)
        assert ouverte.commentaire.endswith("dans un même fichier. Ok.")
        await app.presser(pilot, "f12", "up", "space", "escape")
        assert "à l'heure" not in "".join(app.ecran.query_one(Bandeau).droite)
        await app.presser(pilot, "z")  # what was read ahead is now outdated
        assert (app.courante.ligne.id, app.aide[:19]) == (premiere.id, "← Décision annulée ")
        await app.presser(pilot, "n", "up", "down", "enter", "escape", "f6", "t")
        assert not app.ecran.query_one(VoletDecision).display  # Échap cancelled it, the piece is unchanged
        assert app.courante.statut is None


async def test_a_new_limit_and_a_day_of_reception(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        redemandee = app.courante.ligne.id
        await app.presser(pilot, "a", "3")
        await app.presser(pilot, "tab")
        volet = app.ecran.query_one(VoletDecision)
        date, commentaire = volet.date, volet.commentaire.value
        assert (date.has_focus, date.value) == (True, "26/12/2023")
        await app.presser(pilot, "tab", "tab", "tab")  # round, within the sheet
        assert date.has_focus
        date.value = "10/12/2023"
        await app.presser(pilot, "enter")
        assert "Ce jour est passé" in app.aide
        date.value, volet.commentaire.value = "11/12/2023", f"{commentaire} 🙂"
        await app.presser(pilot, "enter")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await app.presser(pilot, "enter")  # a sign that no document can print: refused, back to what was typed
        assert app.courante.ligne.id == redemandee
        assert app.aide.startswith("× Décision non enregistrée")
        assert (volet.display, volet.commentaire.value, date.value) == (True, f"{commentaire} 🙂", "11/12/2023")
        await app.vue(pilot)
        await app.presser(pilot, "backspace", "backspace", "enter")
        assert app.statuts[0] is Statut.NOUVELLE_PJ
    vue = controle.preparer(agent_connecte(poste_guichet), redemandee)
    assert vue.historique[-1].quoi == Statut.NOUVELLE_PJ.libelle
    app = AppControle(poste_guichet, PAR_LA_POSTE)
    async with app.run_test(size=GRAND) as pilot:
        await jusqu_a(pilot, lambda: app.constat)
        recue = app.courante.ligne.id
        await app.presser(pilot, "r")
        date = app.ecran.query_one(VoletDecision).date
        date.value = "31/02/2023"
        await app.presser(pilot, "enter")
        assert "n'existe pas" in app.aide
        date.value = "12/12/2023"
        await app.presser(pilot, "enter")
        assert "pas encore venu" in app.aide
        date.value = "9/12/2023"
        await app.presser(pilot, "enter")
    assert str(controle.preparer(agent_connecte(poste_guichet), recue).recue_le) == "2023-12-09"


async def test_undo_goes_back_piece_after_piece_and_leaves_a_trace(poste_guichet: Poste) -> None:
    app = AppControle(poste_guichet)
    async with app.run_test(size=PETIT) as pilot:
        await ouvrir(pilot, app)
        premiere = app.courante.ligne.id
        await pilot.press("c", "f7")
        await app.decider(pilot, "c", "c")  # the first one twice, then the second
        await pilot.press("z", "z", "z")
        await calmer(pilot)
        assert app.courante.ligne.id == premiere
        assert app.constat == ""
        assert app.statuts[:2] == [None, None]
        app.ecran.lecteur.pages.post_message(Pages.Change("", ""))  # about the previous piece, but late
        await calmer(pilot)
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
        assert str(compte.content) == str(app.ecran.attente.a_faire)
        await pilot.press("tab", "tab", "tab", "tab")
        await app.presser(pilot, "7", "enter")  # what waits for seven days
        garde = int(str(compte.content))
        assert 0 < garde < app.ecran.attente.a_faire
        await app.presser(pilot, "f8")
        assert len(app.ecran.attente.places) == garde
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
    poste_guichet: Poste, horloge: HorlogeReglable
) -> None:
    premiere, seconde, *_ = attentes.attente(agent_connecte(poste_guichet), EN_LIGNE)
    app = AppControle(poste_guichet)
    controle.ouvrir(agent_connecte(poste_guichet, COLLEGUE), seconde.id)
    heure = f"{horloge.instant.astimezone(PARIS):%H:%M}"
    async with app.run_test(size=GRAND) as pilot:
        await ouvrir(pilot, app)
        decider_ailleurs(poste_guichet, 0)
        await pilot.press("c")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        await pilot.press("c", "c")  # meant for the pieces behind: the question gets them
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
        assert app.ecran.lecteur.ouverte is not None
        assert app.ecran.lecteur.ouverte.depot is not None
        ancien = app.ecran.lecteur.ouverte.depot.id
        redonner_ailleurs(poste_guichet, vue)
        await pilot.press("c")
        await jusqu_a(pilot, lambda: isinstance(app.screen, Dialogue))
        await calmer(pilot)
        assert [str(bouton.action.libelle) for bouton in app.screen.query(Bouton)] == ["Voir sa décision"]
        await app.presser(pilot, "enter")
        await app.vue(pilot)
        assert app.ecran.lecteur.ouverte.depot.id != ancien
        assert app.courante.ligne.id == vue.id


def _a_un_refus(ecran: EcranControle) -> bool:
    return ecran.decisions.a_dire or isinstance(ecran.app.screen, Dialogue)


async def test_a_refusal_is_told_though_another_screen_is_above_or_the_agent_has_left(poste_guichet: Poste) -> None:
    app = guichet(poste_guichet)
    async with app.run_test(size=GRAND) as pilot:
        await entrer(pilot, GESTIONNAIRE)
        for partir in ("escape", "f1"):
            ecran = EcranControle(agent_connecte(poste_guichet), agent(), EN_LIGNE, "BCP 2024 · en ligne")
            app.push_screen(ecran)
            await jusqu_a(pilot, partial(est_vue, ecran))
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
        assert app.ecran.attente.rang == 0

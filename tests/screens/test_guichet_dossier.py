"""A dossier at the guichet by keys: its parts, a piece given back, a candidature set aside or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Event

import pytest
from outils.guichet import (
    AUDITEUR,
    COLLEGUE,
    GESTIONNAIRE,
    RESPONSABLE,
    TAILLES,
    AppUnEcran,
    agent,
    agent_connecte,
    calmer,
    entrer,
    guichet,
    jusqu_a,
    taper,
    voir,
)
from textual.pilot import Pilot
from textual.widgets import Static

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.pieces import controle, justificatifs
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.screens.cadre.question import Question
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.candidature.documents import EcranDocuments, LigneDocument
from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.screens.guichet.dossier import contenu as contenu_dossier
from cyclades_tui.screens.guichet.dossier.contenu import DossierLu
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Bouton, LigneAide
from cyclades_tui.widgets.dialogue import Aide, Dialogue, LectureDeTexte

tailles = pytest.mark.parametrize("taille", TAILLES.values(), ids=TAILLES)
NGMB, ALEXIS, BARTHELEMY, DUBOIS, OUATTARA = (f"0234841895{rang}" for rang in range(3, 8))


def ecran(poste: Poste, numero: str, qui: str = GESTIONNAIRE) -> AppUnEcran:
    return AppUnEcran(lambda: EcranDossier(agent_connecte(poste, qui), agent(qui), numero, 1))


async def lu(pilot: Pilot[None]) -> None:
    await jusqu_a(pilot, lambda: isinstance(pilot.app.focused, Rang))
    await calmer(pilot)


async def viser(pilot: Pilot[None], genre: str, rang: int = 0) -> None:
    rangs = [une for une in pilot.app.screen.query(Rang) if une.genre == genre]
    rangs[rang].focus()
    await pilot.pause()


def dit(pilot: Pilot[None], bloc: str) -> str:
    return str(pilot.app.screen.query_one(f"#{bloc}", Bloc).query_one(".texte").render())


def statuts(poste: Poste, numero: str) -> dict[str, bool]:
    """Whether each piece is locked."""
    vus = justificatifs.lister(agent_connecte(poste), numero, 1)
    return {piece.piece: piece.valide_le is not None for piece in vus.pieces}


async def test_each_row_opens_what_it_names(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet, ALEXIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        assert dit(pilot, "verdict") == "Inscrit · dossier incomplet : 5 pièces le bloquent · 1 condition à vérifier"
        await pilot.press("d")
        await voir(pilot, EcranJustificatifs)  # the candidate's own, to deposit in his stead
        await pilot.press("escape")
        await voir(pilot, EcranDossier)
        await lu(pilot)
        await viser(pilot, "document")
        await pilot.press("enter")
        await voir(pilot, EcranDocuments)
        await pilot.press("escape")
        await voir(pilot, EcranDossier)
        await lu(pilot)
        await viser(pilot, "message")
        await pilot.press("enter")
        await voir(pilot, LectureDeTexte)
        await pilot.press("escape")
        await lu(pilot)
        await viser(pilot, "version", 0)
        await pilot.press("enter")
        await voir(pilot, LectureDeTexte)
        await pilot.press("escape")
        await lu(pilot)
        await viser(pilot, "version", 1)
        await pilot.press("enter")
        await calmer(pilot)
        assert "rien n'a changé avant elle" in pilot.app.screen.query_one(LigneAide).texte
        for _ in range(12):
            await pilot.press("f6")
            if isinstance(pilot.app.focused, BlocRecapitulatif):
                break
        assert isinstance(pilot.app.focused, BlocRecapitulatif)
        # The candidate has not read his messages: the agent's reading does not count for his.
        vus = pilot.app.screen
        assert isinstance(vus, EcranDossier)
        assert all("non lu" in str(rang.render()) for rang in vus.query(Rang) if rang.genre == "message")


async def test_a_change_after_the_pieces_were_validated_is_told_to_the_office(poste_guichet: Poste) -> None:
    """F347: the verdict and each such piece say so, until the office has accepted the new récapitulatif."""
    par = agent_connecte(poste_guichet)
    prete = candidatures.preparer_la_modification(par, DUBOIS, 1)
    accords = {"modalites.accord": "oui", "conditions.accord": "oui"}
    enregistrer(par, replace(prete, saisie={**prete.saisie, **accords, "identification.adresse.voie": "1 rue Neuve"}))
    async with ecran(poste_guichet, DUBOIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        assert "dossier incomplet : 1 pièce le bloque" in dit(pilot, "verdict")
        assert "après la validation de pièces" in dit(pilot, "verdict")
    ouvertes = [controle.preparer(par, piece.id) for piece in justificatifs.lister(par, DUBOIS, 1).pieces]
    assert [ouverte.modifiee_le is not None for ouverte in ouvertes] == [False, True, True, True, True]
    recap = ouvertes[0].ligne
    lui = replace(par, acteur=Acteur(NatureActeur.CANDIDAT, DUBOIS, Face.BORNE, "borne 3"))
    justificatifs.donner(lui, DUBOIS, 1, recap.id, FichierExamine("r.pdf", "PDF", b"%PDF-", 1, Analyse.SAINE))
    groupe = justificatifs.lister(lui, DUBOIS, 1).groupes[0]
    justificatifs.valider(lui, DUBOIS, 1, {piece.id: piece.revision for piece in groupe.pieces})
    ligne = controle.preparer(par, recap.id).ligne
    controle.decider(par, ligne.id, ligne.revision, Decision(ActePiece.ACCEPTER))
    async with ecran(poste_guichet, DUBOIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        assert dit(pilot, "verdict").startswith("Inscrit · dossier complet")
        assert "après la validation" not in dit(pilot, "verdict")


async def test_an_agent_is_not_sent_to_an_agent(poste_guichet: Poste) -> None:
    """On the pages that both faces have: what the poste cannot do, and whom the help names."""
    async with ecran(poste_guichet, ALEXIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        await viser(pilot, "document")
        await pilot.press("enter")
        await voir(pilot, EcranDocuments)
        await jusqu_a(pilot, lambda: bool(pilot.app.screen.query(LigneDocument)))
        await calmer(pilot)
        await pilot.press("f4")
        await calmer(pilot)
        assert "demandez à l'administrateur du poste" in pilot.app.screen.query_one(LigneAide).texte
        await pilot.press("f1")
        await voir(pilot, Aide)
        page = "\n".join(str(bloc.render()) for bloc in pilot.app.screen.query(Static))
        assert "Le responsable de votre service" in page
        assert "Un agent du service" not in page
        await pilot.press("escape")
        await voir(pilot, EcranDocuments)
        await calmer(pilot)
        for lien, dit in (("aide", "Touches ici"), ("probleme", "Si le guichet refuse")):
            pilot.app.screen.query_one(f"#vers-{lien}").focus()
            await pilot.press("enter")
            await voir(pilot, Aide)
            page = "\n".join(str(bloc.render()) for bloc in pilot.app.screen.query(Static))
            assert dit in page
            assert "borne" not in page
            await pilot.press("escape")
            await voir(pilot, EcranDocuments)
        await pilot.press("escape")
        await voir(pilot, EcranDossier)
        await lu(pilot)
        await pilot.press("delete")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        page = "\n".join(str(bloc.render()) for bloc in pilot.app.screen.query(Static))
        assert "la personne devra s'inscrire à nouveau" in page
        assert "vous désinscrire" not in page


async def test_the_texts_accepted_and_what_did_not_seem_to_hold_are_shown(poste_guichet: Poste) -> None:
    """Word for word (F270), and to whom verifies (F450)."""
    fiche = candidatures.fiche(agent_connecte(poste_guichet), ALEXIS, 1)
    accords = {accord.champ: accord.accepte for accord in fiche.contenu.accords}
    accepte = accords["conditions.accord"]
    assert accepte is not None
    async with ecran(poste_guichet, ALEXIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        assert fiche.contenu.avertissements
        assert dit(pilot, "verdict").endswith(" · 1 condition à vérifier")
        await viser(pilot, "condition")
        await pilot.press("enter")
        await voir(pilot, LectureDeTexte)
        page = "\n".join(str(bloc.render()) for bloc in pilot.app.screen.query(Static))
        assert fiche.contenu.avertissements[0].message[:60] in page
        await pilot.press("escape")
        await voir(pilot, EcranDossier)
        await lu(pilot)
        await viser(pilot, "accord", 1)
        await pilot.press("enter")
        await voir(pilot, LectureDeTexte)
        page = "\n".join(str(bloc.render()) for bloc in pilot.app.screen.query(Static))
        assert " ".join(accepte.texte.split())[:60] in " ".join(page.split())
        assert " ".join(accepte.phrase.split())[:60] in " ".join(page.split())


def limites(poste: Poste, numero: str) -> list[datetime]:
    """The last days given to this candidate."""
    vus = justificatifs.lister(agent_connecte(poste), numero, 1)
    return [piece.limite for piece in vus.pieces if piece.limite is not None]


async def test_a_validated_piece_is_given_back_alone_or_with_its_group(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet, BARTHELEMY).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        await pilot.press("o")  # the first row is a piece without file: it gets another limit
        await voir(pilot, Question)
        await pilot.press("enter")
        await taper(pilot, "31/12/2023")
        await pilot.press("f8")
        await voir(pilot, EcranDossier)
        await jusqu_a(pilot, lambda: limites(poste_guichet, BARTHELEMY))
        await lu(pilot)
        await viser(pilot, "piece", 1)
        await pilot.press("o")
        await voir(pilot, Question)
        await taper(pilot, "Page 2 absente")
        await pilot.press("enter")
        await taper(pilot, "31/02/2024")
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: "n'existe pas" in dit(pilot, "refus"))
        await pilot.press("ctrl+u")
        await taper(pilot, "01/12/2023")
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: "passé" in dit(pilot, "refus"))
        await pilot.press("ctrl+u", "f8")
        await voir(pilot, EcranDossier)
        await jusqu_a(pilot, lambda: sum(statuts(poste_guichet, BARTHELEMY).values()) == 3)
        await lu(pilot)
        validee = next(
            r for r in pilot.app.screen.query(Rang) if r.genre == "piece" and "à contrôler" in str(r.render())
        )
        validee.focus()
        await pilot.press("o")
        await voir(pilot, Question)
        await pilot.press("enter", "enter", "o", "f8")
        await voir(pilot, EcranDossier)
        await jusqu_a(pilot, lambda: not any(statuts(poste_guichet, BARTHELEMY).values()))


async def test_only_a_responsable_sets_aside_and_not_without_a_motive(poste_guichet: Poste) -> None:
    async with guichet(poste_guichet).run_test(size=(80, 24)) as pilot:
        await entrer(pilot, RESPONSABLE)
        await taper(pilot, "ouattara")
        await jusqu_a(pilot, lambda: bool(pilot.app.screen.query("ListeTrouvee")))
        await pilot.press("enter")
        await voir(pilot, EcranDossier)
        await lu(pilot)
        await pilot.press("e")
        await voir(pilot, Question)
        await pilot.press("f8")
        await jusqu_a(pilot, lambda: "Il manque le motif" in dit(pilot, "refus"))
        await taper(pilot, "Inscription en double")
        await pilot.press("enter")  # to « Annuler »: an irreversible act needs more than Entrée
        await calmer(pilot)
        assert isinstance(pilot.app.screen, Question)
        assert isinstance(pilot.app.focused, Bouton)
        await pilot.press("f8")
        await voir(pilot, EcranDossier)
        await jusqu_a(pilot, lambda: "écarté : Inscription en double" in dit(pilot, "verdict"))
        await lu(pilot)
        await pilot.press("e")
        await calmer(pilot)
        assert "n'est plus active" in pilot.app.screen.query_one(LigneAide).texte
        await pilot.press("escape", "escape")
        await calmer(pilot)
    async with ecran(poste_guichet, DUBOIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        assert "dossier complet" in dit(pilot, "verdict")
        await pilot.press("e")
        await calmer(pilot)
        assert "Seul un responsable" in pilot.app.screen.query_one(LigneAide).texte


async def test_a_withdrawal_is_asked_then_shown(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet, DUBOIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        await pilot.press("delete")
        await voir(pilot, Dialogue)
        await pilot.press("down", "enter")
        await voir(pilot, EcranDossier)
        await jusqu_a(pilot, lambda: dit(pilot, "verdict").startswith("Désinscrit par le gestionnaire"))
    fiche = candidatures.fiche(agent_connecte(poste_guichet, COLLEGUE), DUBOIS, 1)
    assert fiche.etat is EtatCandidature.DESINSCRIT_PAR_LE_GESTIONNAIRE


async def test_a_reading_that_comes_back_late_does_not_show_what_was(
    poste_guichet: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The late reading is that of the return from a dialogue, after that of the acte done in it."""
    partis, lache = 0, Event()
    lire = contenu_dossier.lire

    def lire_en_retard(poste: Poste, numero_candidat: str, numero_inscription: int) -> DossierLu:
        nonlocal partis
        partis += 1
        lu = lire(poste, numero_candidat, numero_inscription)
        if partis == 2:
            lache.wait(30)
        return lu

    monkeypatch.setattr(contenu_dossier, "lire", lire_en_retard)
    async with ecran(poste_guichet, DUBOIS).run_test(size=(80, 24)) as pilot:
        await lu(pilot)
        await pilot.press("delete")
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue))
        await pilot.press("down", "enter")
        await jusqu_a(pilot, lambda: partis == 3)
        await jusqu_a(pilot, lambda: dit(pilot, "verdict").startswith("Désinscrit par le gestionnaire"))
        lache.set()
        await calmer(pilot)
        assert dit(pilot, "verdict").startswith("Désinscrit par le gestionnaire")


async def test_a_dossier_out_of_reach_says_so(poste_guichet: Poste) -> None:
    async with ecran(poste_guichet, "02348418960").run_test(size=(80, 24)) as pilot:
        await jusqu_a(pilot, lambda: "Vos droits se limitent à : Guyane" in dit(pilot, "verdict"))
        assert not pilot.app.screen.query(Rang)


@tailles
def test_a_dossier(snap_compare: Callable[..., bool], poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """Who and which number in the band; the verdict; pieces by group with their state at the right, documents,
    messages, versions; the content beside them from 120, below under.
    """
    assert snap_compare(ecran(poste_guichet, NGMB), terminal_size=taille, run_before=lu)


@tailles
def test_setting_aside(snap_compare: Callable[..., bool], poste_guichet: Poste, taille: tuple[int, int]) -> None:
    """A question, what follows from it, one field; Annuler before Écarter."""

    async def ecarte(pilot: Pilot[None]) -> None:
        await lu(pilot)
        await pilot.press("e")
        await voir(pilot, Question)

    assert snap_compare(ecran(poste_guichet, DUBOIS, RESPONSABLE), terminal_size=taille, run_before=ecarte)


def test_an_auditeur_reads_and_has_no_button_to_act(snap_compare: Callable[..., bool], poste_guichet: Poste) -> None:
    """The dossier is the same; Rouvrir, Écarter and Désinscrire are grey, without their key."""
    assert snap_compare(ecran(poste_guichet, DUBOIS, AUDITEUR), terminal_size=(80, 24), run_before=lu)

"""The verdict on a dossier, and setting one aside for good, with a motive that its candidate reads (F444, F450)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from outils.actes import inscrire, lignes, refus, une, verifier_sans_faute

from cyclades_tui.actes.candidature import brouillons, consultation
from cyclades_tui.actes.candidature.recevabilite import MOTIF_MAX, ecarter, juger
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.justificatifs import Recevabilite

MOTIF = "Vous n'avez pas l'âge requis à la date de l'examen."


def test_an_incomplete_dossier_says_what_blocks_it(poste: Poste) -> None:
    numero = inscrire(poste).numero_candidat
    verdict = juger(justificatifs.lister(poste, numero, 1))
    assert verdict.recevabilite is Recevabilite.INCOMPLET
    assert all(obstacle.endswith(("attendue", "attendue par la poste")) for obstacle in verdict.obstacles)
    assert verdict.phrase == f"incomplet : {len(verdict.obstacles)} pièces le bloquent"


def test_setting_aside_is_for_good_and_its_candidate_reads_the_motive(poste: Poste) -> None:
    inscription = inscrire(poste)
    numero, candidature = inscription.numero_candidat, inscription.candidature
    cle = brouillons.cle_modification(numero, candidature, 1)
    brouillons.garder(
        poste,
        cle,
        {"identification.adresse.voie": "12 rue"},
        onglet="x",
        focus="",
        ecran=brouillons.nouvel_ecran(poste),
    )
    assert ecarter(poste, numero, 1, f"  {MOTIF}\n") is EtatCandidature.ECARTEE

    assert lignes(poste, "SELECT etat, motif FROM candidature") == [("Écartée", MOTIF)]
    assert une(poste, "SELECT count(*) FROM brouillon") == 0
    objet, corps, expediteur = lignes(
        poste, "SELECT objet, corps, expediteur FROM message WHERE candidature_id = ? ORDER BY id DESC", candidature
    )[0]
    assert objet == "Candidature non retenue : BACCALAURÉAT PROFESSIONNEL"
    assert f"Motif : {MOTIF}\n" in corps
    assert "RECTORAT DE GUYANE, 0594272243, dec.exapro@ac-guyane.fr." in corps
    assert expediteur == "ACADÉMIE DE LA GUYANE"
    assert MOTIF in une(poste, "SELECT valeurs FROM journal_detail ORDER BY seq DESC LIMIT 1")

    assert consultation.cartes(poste, une(poste, "SELECT id FROM candidat")) == ()
    verdict = juger(justificatifs.lister(poste, numero, 1))
    assert verdict.recevabilite is Recevabilite.REFUSE
    assert verdict.phrase == f"écarté : {MOTIF}"
    with refus(poste, "etat.transition"):
        ecarter(poste, numero, 1, MOTIF)
    verifier_sans_faute(poste)


@pytest.mark.parametrize(
    ("motif", "code"),
    [(" \n", "absent"), ("x" * (MOTIF_MAX + 1), "long"), ("Né trop\u202etard", "signe")],
    ids=("absent", "long", "signe"),
)
def test_a_motive_that_cannot_be_read_is_refused(poste: Poste, motif: str, code: str) -> None:
    numero = inscrire(poste).numero_candidat
    with refus(poste, f"recevabilite.motif_{code}"):
        ecarter(poste, numero, 1, motif)


def test_a_candidate_sets_nobody_aside_not_even_themselves(poste: Poste) -> None:
    numero = inscrire(poste).numero_candidat
    lui = replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne-1"))
    with refus(poste, "droit.candidat"):
        ecarter(lui, numero, 1, MOTIF)
    with refus(poste, "candidature.absente"):
        ecarter(poste, numero, 2, MOTIF)

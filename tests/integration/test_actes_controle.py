"""The control of justificatifs on a real store: queue, decision, its undoing, two agents, what the candidate sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from outils.actes import inscrire, lignes, refus, regler, une, verifier_sans_faute
from outils.guide import EN_INDIVIDUEL, SAISIE
from outils.horloge import HorlogeReglable
from PIL import Image

from cyclades_tui.actes.candidature import candidatures, recevabilite
from cyclades_tui.actes.candidature.recevabilite import juger
from cyclades_tui.actes.documents import relances
from cyclades_tui.actes.pieces import attentes, controle, justificatifs, manques
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.controle import Decision, DejaDecidee
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.statuts import INITIAUX, ActePiece, Statut
from cyclades_tui.poste import Poste
from cyclades_tui.store.requetes.verification import ORPHELIN

# Someone who registers alone: identity document, récapitulatif, JDC, diploma, experience, all online.
INDIVIDUELLE = SAISIE | EN_INDIVIDUEL | {"candidature.situation": "AUTRE"}
CONFORME = Decision(ActePiece.ACCEPTER)
FLOU = Decision(ActePiece.REFUSER, "Le document est flou [illisible].")


def image(dossier: Path, nom: str = "carte.jpg", couleur: int = 200) -> Path:
    chemin = dossier / nom
    Image.new("L", (300, 200), couleur).save(chemin)
    return chemin


def tout_deposer(poste: Poste, dossier: Path, numero: str) -> list[int]:
    """Give a file for each piece awaited online and validate; returns the ids in the order of the list."""
    deposees = []
    for rang, piece in enumerate(justificatifs.lister(poste, numero, 1).pieces):
        if piece.manque:
            justificatifs.deposer(poste, numero, 1, piece.id, image(dossier, f"{rang}.jpg", rang))
            deposees.append(piece.id)
    (groupe,) = justificatifs.lister(poste, numero, 1).groupes
    assert justificatifs.valider(poste, numero, 1, {p.id: p.revision for p in groupe.pieces}) == len(deposees)
    return deposees


def autre(poste: Poste, nom: str) -> Poste:
    return replace(poste, acteur=Acteur(NatureActeur.SYSTEME, nom, Face.GUICHET, "poste-2"))


@pytest.fixture
def deposees(poste: Poste, tmp_path: Path) -> list[int]:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    assert attentes.compter(poste, Filtre()) == 0
    return tout_deposer(poste, tmp_path, numero)


def test_only_validated_pieces_wait_oldest_first(poste: Poste, deposees: list[int]) -> None:
    (seule,) = attentes.attentes(poste)
    assert (seule.libelle, seule.a_faire) == ("BCP 2024 · pièces en ligne", len(deposees))
    premiere, *suite = attentes.attente(poste, seule.filtre, nombre=2)
    assert [premiere.id, *(ligne.id for ligne in suite)] == deposees[:2]
    assert [ligne.id for ligne in attentes.attente(poste, seule.filtre, apres=suite[-1])] == deposees[2:]
    for autre_filtre in (Filtre(examen="CAP"), Filtre(jours=1), Filtre(affecte_a="moi"), Filtre(statut=Statut.RECUE)):
        assert attentes.compter(poste, autre_filtre) == len(attentes.attente(poste, autre_filtre)) == 0
    with refus(poste, "file.agent"):
        attentes.affecter(poste, seule.filtre, "personne", 2)


def test_a_decision_leaves_the_queue_and_is_undone_by_a_new_step(poste: Poste, deposees: list[int]) -> None:
    vue = controle.ouvrir(poste, deposees[1])
    assert [d.cle for d in vue.a_comparer if d.compare] == ["nom", "prenoms", "naissance", "lieu", "nationalite"]
    assert vue.depot is not None
    assert controle.octets(poste, vue.ligne.id, vue.depot.id)[0] == "JPEG"
    decidee = controle.decider(poste, vue.ligne.id, vue.ligne.revision, FLOU)
    detail = "SELECT valeurs FROM journal JOIN journal_detail USING (seq) WHERE acte = 'justificatif.refuser'"
    assert json.loads(une(poste, detail))["valeurs"]["statut"] == "Non conforme"  # in words, as the journal always did
    apres = controle.ouvrir(poste, vue.ligne.id)
    assert (apres.ligne.statut, apres.commentaire, apres.depot) == (Statut.NON_CONFORME, FLOU.commentaire, vue.depot)
    assert attentes.compter(poste, Filtre()) == len(deposees) - 1
    assert controle.compteurs(poste).par_statut == {Statut.NON_CONFORME: 1}
    annulee = controle.annuler(poste, decidee.suivi)
    revenue = controle.ouvrir(poste, vue.ligne.id)
    assert (annulee.statut, revenue.ligne.statut, revenue.commentaire) == (Statut.AUCUN, Statut.AUCUN, "")
    assert attentes.attente(poste, Filtre())[1].id == vue.ligne.id
    assert [etape.quoi for etape in revenue.historique][-2:] == ["Non conforme", "décision annulée"]
    assert controle.compteurs(poste).faites == 0
    with refus(poste, "controle.annulation"):
        controle.annuler(poste, decidee.suivi)
    verifier_sans_faute(poste)


def test_two_decisions_on_one_piece_are_undone_one_after_the_other(poste: Poste, deposees: list[int]) -> None:
    piece = controle.ouvrir(poste, deposees[0]).ligne
    recue = controle.decider(poste, piece.id, piece.revision, Decision(ActePiece.RECEVOIR, recue_le=date(2023, 12, 10)))
    conforme = controle.decider(poste, piece.id, recue.revision, CONFORME)
    with refus(poste, "controle.annulation"):
        controle.annuler(poste, recue.suivi)
    assert controle.annuler(poste, conforme.suivi).statut is Statut.RECUE
    assert controle.annuler(poste, recue.suivi).statut is Statut.AUCUN
    assert controle.ouvrir(poste, piece.id).recue_le is None


def test_the_second_agent_is_told_who_and_what(poste: Poste, deposees: list[int]) -> None:
    piece = controle.ouvrir(poste, deposees[0]).ligne
    controle.decider(autre(poste, "paul"), piece.id, piece.revision, FLOU)
    with pytest.raises(DejaDecidee) as refusee:
        controle.decider(poste, piece.id, piece.revision, CONFORME)
    assert (refusee.value.etape.qui, refusee.value.etape.quoi) == ("paul", "Non conforme")
    # It is back with the candidate: without a new file it cannot be accepted.
    with refus(poste, "justificatif.pas_validee"):
        controle.decider(poste, piece.id, refusee.value.revision, CONFORME)


def test_a_refused_piece_alone_is_open_again(
    poste: Poste, deposees: list[int], tmp_path: Path, horloge: HorlogeReglable
) -> None:
    piece = controle.ouvrir(poste, deposees[0]).ligne
    numero = piece.numero_candidat
    controle.decider(poste, piece.id, piece.revision, FLOU)
    vues = {vue.id: vue for vue in justificatifs.lister(poste, numero, 1).pieces}
    assert [i for i, vue in vues.items() if vue.manque] == [piece.id]
    assert (vues[piece.id].statut, vues[piece.id].precedent is not None) == (Statut.NON_CONFORME, True)
    horloge.regler("2024-01-31 12:00")  # the window has closed: a refused piece waits for nothing (C21)
    with refus(poste, "justificatif.fenetre"):
        justificatifs.deposer(poste, numero, 1, piece.id, image(tmp_path, "refusé.jpg", 7))
    verifier_sans_faute(poste)
    assert ORPHELIN not in {dit.code for dit in entretien.verifier(poste).informations}  # no bytes are left behind
    revision = une(poste, "SELECT revision FROM justificatif WHERE id = ?", deposees[1])
    with refus(poste, "justificatif.limite"):
        controle.decider(poste, deposees[1], revision, Decision(ActePiece.REDEMANDER, "Verso ?", horloge.instant))
    limite = horloge.instant + timedelta(days=5)
    controle.decider(poste, deposees[1], revision, Decision(ActePiece.REDEMANDER, "Verso ?", limite))
    justificatifs.deposer(poste, numero, 1, deposees[1], image(tmp_path, "verso.jpg", 99))
    (groupe,) = justificatifs.lister(poste, numero, 1).groupes
    assert justificatifs.valider(poste, numero, 1, {p.id: p.revision for p in groupe.pieces}) == 1
    assert attentes.attente(poste, Filtre())[-1].id == deposees[1]
    horloge.instant = limite
    verifier_sans_faute(poste)


def test_the_same_bytes_for_two_pieces_are_told(poste: Poste, tmp_path: Path) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    une_piece, deux, *_ = justificatifs.lister(poste, numero, 1).pieces
    for piece in (une_piece, deux):
        justificatifs.deposer(poste, numero, 1, piece.id, image(tmp_path))
    (dit,) = controle.ouvrir(poste, deux.id).memes_fichiers
    assert dit.startswith("même fichier que la pièce Récap.")


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision(ActePiece.REDEMANDER, "Verso ?"), "justificatif.limite"),
        (Decision(ActePiece.REFUSER, "x" * 501), "justificatif.commentaire_long"),
        (Decision(ActePiece.REFUSER, "flou \U0001f600"), "justificatif.commentaire_signe"),
        (Decision(ActePiece.RECEVOIR, recue_le=date(2023, 12, 12)), "justificatif.reception"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    poste: Poste, deposees: list[int], decision: Decision, code: str
) -> None:
    piece = controle.ouvrir(poste, deposees[0]).ligne
    with refus(poste, code):
        controle.decider(poste, piece.id, piece.revision, decision)


def test_a_validated_piece_waits_alike_under_the_status_that_the_office_wants(poste: Poste, tmp_path: Path) -> None:
    """C20: « En attente de contrôle » in place of no status; queue, verdict, undoing and reopening are the same."""
    regler(poste, 'source = "essai"\n[[reglage]]\nstatut_apres_validation = "En attente de contrôle"\n')
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    deposees = tout_deposer(poste, tmp_path, numero)
    attente = Statut.EN_ATTENTE

    def statuts() -> list[Statut]:
        return [piece.statut for piece in justificatifs.lister(poste, numero, 1).pieces]

    assert statuts() == [attente] * len(deposees)
    assert attentes.compter(poste, Filtre(statut=attente)) == attentes.compter(poste, Filtre()) == len(deposees)
    assert attentes.compter(poste, Filtre(statut=Statut.AUCUN)) == 0
    assert manques.ou_en_est(poste, numero, 1) == "à l'étude"
    assert all(o.endswith(": à contrôler") for o in juger(justificatifs.lister(poste, numero, 1)).obstacles)
    assert not list(relances.apercevoir(poste, relances.Criteres("BCP", "2024", "33", date(2024, 6, 1))))

    piece = controle.ouvrir(poste, deposees[0]).ligne
    conforme = controle.decider(poste, piece.id, piece.revision, CONFORME)
    assert attentes.compter(poste, Filtre()) == len(deposees) - 1
    annulee = controle.annuler(poste, conforme.suivi)
    assert (annulee.statut, attentes.attente(poste, Filtre())[0].id) == (attente, piece.id)
    rouverte = controle.decider(poste, piece.id, annulee.revision, Decision(ActePiece.REOUVRIR))
    assert (rouverte.statut, attentes.compter(poste, Filtre())) == (Statut.AUCUN, len(deposees) - 1)
    (groupe,) = justificatifs.lister(poste, numero, 1).groupes
    assert justificatifs.valider(poste, numero, 1, {p.id: p.revision for p in groupe.pieces}) == 1
    assert statuts() == [attente] * len(deposees)
    verifier_sans_faute(poste)


@pytest.mark.parametrize("postal", INITIAUX)
def test_a_reception_taken_back_leaves_the_piece_as_the_office_awaits_it(poste: Poste, postal: Statut) -> None:
    regler(poste, f'source = "essai"\n[[reglage]]\nstatut_initial_postal = "{postal.libelle}"\n')
    numero = inscrire(poste, INDIVIDUELLE | {"candidature.amenagement_handicap": "oui"}).numero_candidat
    attendue = next(p for p in justificatifs.lister(poste, numero, 1).pieces if p.piece == "amenagement")
    assert attendue.statut == postal
    recue = controle.decider(poste, attendue.id, attendue.revision, Decision(ActePiece.RECEVOIR))
    assert controle.annuler(poste, recue.suivi).statut == postal
    verifier_sans_faute(poste)


@pytest.mark.parametrize("retirer", [candidatures.desinscrire, partial(recevabilite.ecarter, motif="En double.")])
def test_a_candidature_that_is_over_waits_for_nobody(
    poste: Poste, horloge: HorlogeReglable, deposees: list[int], retirer: Callable[[Poste, str, int], object]
) -> None:
    horloge.pas = timedelta.resolution
    piece = controle.ouvrir(poste, deposees[0]).ligne
    retirer(poste, piece.numero_candidat, 1)
    assert attentes.compter(poste, Filtre()) == 0
    revision = controle.ouvrir(poste, deposees[0]).ligne.revision
    with refus(poste, "justificatif.inactive"):
        controle.decider(poste, deposees[0], revision, CONFORME)
    verifier_sans_faute(poste)


def test_a_candidate_controls_nothing(poste: Poste, deposees: list[int]) -> None:
    moi = replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, "02399000000", Face.BORNE, "borne"))
    piece = attentes.attente(poste, Filtre())[0]
    for acte in (
        lambda: controle.ouvrir(moi, piece.id),
        lambda: controle.decider(moi, piece.id, piece.revision, CONFORME),
        lambda: attentes.attente(moi, Filtre()),
    ):
        with refus(poste, "droit.candidat"):
            acte()


def test_the_pace_is_that_of_the_last_ten_minutes(poste: Poste, deposees: list[int], horloge: HorlogeReglable) -> None:
    for piece in attentes.attente(poste, Filtre())[:2]:
        controle.decider(poste, piece.id, piece.revision, CONFORME)
    assert (controle.compteurs(poste).faites, controle.compteurs(poste).a_l_heure) == (2, 12)
    horloge.avancer(minutes=11)
    assert (controle.compteurs(poste).faites, controle.compteurs(poste).a_l_heure) == (2, 0)
    horloge.avancer(days=1)
    assert controle.compteurs(poste).faites == 0


def test_every_step_is_kept_and_cannot_be_changed(poste: Poste, deposees: list[int]) -> None:
    actes = [acte for (acte,) in lignes(poste, "SELECT acte FROM suivi WHERE justificatif_id = ?", deposees[0])]
    assert actes == ["deposer", "valider"]
    assert une(poste, "SELECT min(instant) FROM suivi") <= datetime(2023, 12, 11, 23, tzinfo=UTC).isoformat()

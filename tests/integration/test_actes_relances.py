"""Relances in lots: the right dossiers once each, interrupted or killed and resumed, messages, the one PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import pypdfium2
import pytest
from outils.actes import GUYANE, lignes, poste_sur, refus, texte_du_pdf, une, verifier_sans_faute
from outils.horloge import PENDANT, HorlogeReglable
from outils.lots import NOMS, candidat, numero
from outils.store import processus

from cyclades_tui.actes.candidature import candidatures, recevabilite
from cyclades_tui.actes.documents import documents, relances, tirage
from cyclades_tui.actes.documents.authentification import verifier_fichier
from cyclades_tui.actes.documents.relances import AvancementDuLot, Criteres, apercevoir, avancer, commencer
from cyclades_tui.actes.pieces.controle import Decision, decider
from cyclades_tui.actes.pieces.reception import recevoir
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.editions.registre import AUSSITOT
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.requetes.documents import a_rendre

TOUS = Criteres("BCP", "2024", GUYANE, date(2024, 2, 1))
RELANCES = "SELECT candidature_id FROM document WHERE nature LIKE 'relance:%' ORDER BY candidature_id"


def finir(poste: Poste, lot: int) -> AvancementDuLot:
    *_, dernier = avancer(poste, lot)
    return dernier


def test_the_preview_tells_whom_it_touches_and_what_each_misses(poste_lots: Poste) -> None:
    vus = list(apercevoir(poste_lots, TOUS))
    assert [vu.nom for vu in vus] == [NOMS[0], *NOMS]  # the first one is registered twice
    manques = {manque.intitule: manque.etat for manque in vus[0].manques}
    assert manques["93475001 : Document justifiant l'identité"] == "attendue"
    assert list(manques.values()).count("attendue par la poste") == 2

    avant_les_envois = replace(TOUS, avant=date(2024, 1, 16))
    assert len(list(apercevoir(poste_lots, avant_les_envois))) == 6  # pieces to give online are due first
    assert list(apercevoir(poste_lots, replace(TOUS, avant=date(2024, 1, 15)))) == []
    assert list(apercevoir(poste_lots, replace(TOUS, examen="CAP"))) == []
    candidatures.desinscrire(poste_lots, numero(1), 1)
    assert len(list(apercevoir(poste_lots, TOUS))) == 5


def test_a_lot_stops_and_resumes_and_touches_nobody_twice(poste_lots: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relances, "PAR_FOIS", 2)
    monkeypatch.setattr(relances, "_LUES", 4)
    lot = commencer(poste_lots, TOUS)
    arrete = avancer(poste_lots, lot)
    assert next(arrete) == AvancementDuLot(lot, faits=2, total=6, relances=2, termine=False)
    arrete.close()
    (vu,) = relances.lister(poste_lots)
    assert (vu.criteres, vu.avancement.faits) == (TOUS, 2)

    recevabilite.ecarter(poste_lots, numero(4), 1, "Conditions non remplies.")  # before its turn
    fini = finir(poste_lots, lot)
    assert fini == AvancementDuLot(lot, faits=6, total=6, relances=5, termine=True)
    assert list(avancer(poste_lots, lot)) == [fini]
    assert [i for (i,) in lignes(poste_lots, RELANCES)] == [1, 2, 3, 4, 5]
    assert une(poste_lots, "SELECT count(*) FROM message WHERE objet LIKE 'Relance%'") == 5
    assert une(poste_lots, "SELECT count(*) FROM journal WHERE acte = 'candidature.relancer'") == 5
    verifier_sans_faute(poste_lots)


def test_a_lot_given_up_keeps_what_has_been_sent(poste_lots: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relances, "PAR_FOIS", 1)
    lot = commencer(poste_lots, TOUS)
    en_cours = avancer(poste_lots, lot)
    next(en_cours)
    assert relances.abandonner(poste_lots, lot) == AvancementDuLot(lot, faits=1, total=6, relances=1, termine=True)
    assert [fait.faits for fait in en_cours] == [1]  # seen at its next step
    with refus(poste_lots, "relance.absente"):
        finir(poste_lots, lot + 1)
    with refus(poste_lots, "droit.candidat"):
        list(apercevoir(candidat(poste_lots, 0), TOUS))


def test_what_the_candidate_gets(poste_lots: Poste, tmp_path: Path) -> None:
    list(recevoir(poste_lots, [numero(2)]))  # received pieces are no longer awaited
    jdc = une(poste_lots, "SELECT id FROM justificatif WHERE candidature_id = 3 AND piece = 'jdc'")
    decider(poste_lots, jdc, 0, Decision(ActePiece.RECEVOIR))
    decider(poste_lots, jdc, 1, Decision(ActePiece.REFUSER, "Illisible, recommencez."))
    finir(poste_lots, commencer(poste_lots, TOUS))
    with poste_lots.store.lire() as unite:
        attendent = {ligne.nature for ligne in a_rendre(unite, AUSSITOT, 100)}
    assert attendent == {"recapitulatif"}  # the rest is rendered when it is opened

    lui = candidat(poste_lots, 1)
    genres = {publie.nature: publie for publie in documents.lister(lui, numero(1), 1)}
    assert list(genres) == ["recapitulatif", "demande-pieces", "relance:1"]
    relance = genres["relance:1"]
    assert relance.phrase == ("Relance de pièces justificatives [PDF] : Version n°1 mis à jour le 11/12/2023 16:06")
    ouvert = documents.ouvrir(lui, relance.id)
    assert ouvert.nom == f"{numero(1)}-001-v1-relance.pdf"
    lu = " ".join(ouvert.texte.split())
    assert "Non conforme. « Illisible, recommencez. »" in lu
    assert "A envoyer par voie postale au plus tard le mercredi 31 janvier 2024 23:59 (heure/Paris)" in lu
    assert "Adresse de retour : RECTORAT, DEC 2" in lu
    assert "Relance du lundi 11 décembre 2023 à 16:06 (heure de Paris)." in lu
    fichier = tmp_path / "relance.pdf"
    fichier.write_bytes(ouvert.octets)
    assert verifier_fichier(poste_lots, fichier).tient

    corps = une(poste_lots, "SELECT corps FROM message WHERE candidature_id = 4 ORDER BY id DESC LIMIT 1")
    assert "- 93475001 : Document justifiant l'identité : attendue\n" in corps
    assert "poste" not in corps
    assert "Date limite la plus proche : 15/01/2024 à 23:59 (heure de Paris)\n" in corps

    finir(poste_lots, commencer(poste_lots, TOUS))  # a second relance replaces the first
    assert [p.nature for p in documents.lister(lui, numero(1), 1)][2:] == ["relance:2"]
    assert documents.ouvrir(lui, relance.id).octets == ouvert.octets


def test_one_pdf_holds_the_whole_lot(poste_lots: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tirage, "PAR_CAHIER", 2)
    lot = commencer(poste_lots, TOUS)
    racine = tmp_path / "sorties"
    with refus(poste_lots, "relance.aucune"):
        list(tirage.tirer(poste_lots, lot, racine))
    finir(poste_lots, lot)
    with refus(poste_lots, "relance.ecriture"):
        list(tirage.tirer(poste_lots, lot, racine))
    racine.mkdir()

    arrete = tirage.tirer(poste_lots, lot, racine)
    assert next(arrete).faits == 2
    arrete.close()
    assert list(racine.iterdir()) == []

    *_, dernier = tirage.tirer(poste_lots, lot, racine)
    assert dernier.chemin == racine / f"relances-bcp-2024-guyane-lot-{lot}.pdf"
    assert (dernier.faits, dernier.total, list(racine.iterdir())) == (6, 6, [dernier.chemin])
    octets = dernier.chemin.read_bytes()
    texte = texte_du_pdf(octets)
    assert all(nom in texte for nom in NOMS)
    assert texte.count("Relance du lundi") == 6
    with pypdfium2.PdfDocument(octets) as pdf:
        assert len(pdf) >= 6
    *_, encore = tirage.tirer(poste_lots, lot, racine)
    assert encore.chemin is not None
    assert encore.chemin.read_bytes() == octets

    au_guichet = replace(poste_lots, acteur=replace(poste_lots.acteur, face=Face.GUICHET))
    with refus(poste_lots, "relance.racine"):
        list(tirage.tirer(au_guichet, lot, racine))
    assert list(tirage.tirer(replace(au_guichet, racines=(racine,)), lot, racine))[-1].chemin == encore.chemin


def relancer_sans_fin(reglages: ReglagesDuPoste, lot: int, fil: Connection) -> None:
    relances.PAR_FOIS = 1
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    for fait in avancer(poste, lot):
        fil.send(fait.faits)


def test_each_has_one_relance_after_two_postes_were_killed_within_a_lot(poste_lots: Poste) -> None:
    lot = commencer(poste_lots, TOUS)
    contexte, reglages = processus(), ReglagesDuPoste(store=poste_lots.store.chemin, poste="poste-1")
    enfants = []
    for _ in range(2):
        lecteur, fil = contexte.Pipe(duplex=False)
        enfant = contexte.Process(target=relancer_sans_fin, args=(reglages, lot, fil))
        enfant.start()
        fil.close()
        enfants.append((enfant, lecteur))
    for enfant, lecteur in enfants:
        assert lecteur.recv() > 0
        enfant.kill()
    for enfant, lecteur in enfants:
        enfant.join()
        lecteur.close()
    assert 2 <= relances.voir(poste_lots, lot).avancement.faits <= 6
    finir(poste_lots, lot)
    assert [i for (i,) in lignes(poste_lots, RELANCES)] == [1, 2, 3, 4, 5, 6]
    assert une(poste_lots, "SELECT count(*) FROM message WHERE objet LIKE 'Relance%'") == 6
    verifier_sans_faute(poste_lots)

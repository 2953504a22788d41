"""Several processes on one store, and processes killed in the middle of a write."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection, wait
from pathlib import Path

from outils.moteurs import Moteur
from outils.store import INSTANT, consigner, fautes_de, processus
from sqlmodel import func, select

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.store.modele.tables import Journal
from cyclades_tui.store.requetes import brouillons, journal, numeros
from cyclades_tui.store.requetes.brouillons import CleBrouillon

CLE = CleBrouillon("02699000000", "bcp|2027-06|rennes")
MORTS = 25


def attribuer_et_consigner(moteur: Moteur, dossier: Path, combien: int) -> list[tuple[str, int]]:
    store = moteur.ouvrir(dossier)
    donnes = []
    for _ in range(combien):
        with store.ecrire() as unite:
            numero = numeros.attribuer(unite, annee=2026)
            donnes.append((numero.numero, consigner(unite, "numero.attribuer")))
    store.fermer()
    return donnes


def test_four_processes_take_no_number_twice_and_leave_no_gap(moteur: Moteur, tmp_path: Path) -> None:
    store = moteur.creer(tmp_path)
    with ProcessPoolExecutor(4, mp_context=processus()) as postes:
        lots = list(postes.map(attribuer_et_consigner, [moteur] * 4, [tmp_path] * 4, [200] * 4))
    donnes = [donne for lot in lots for donne in lot]
    assert sorted(numero for numero, _ in donnes) == [f"026{99_000_000 + rang}" for rang in range(800)]
    assert sorted(seq for _, seq in donnes) == list(range(1, 801))
    with store.lire() as unite:
        assert journal.verifier(unite, journal.derniere_tete(unite)) == []


def saisie(rang: int) -> dict[str, str]:
    """A draft in which every field depends on `rang`, so that a mixture would be noticed."""
    return {f"champ_{i}": f"{rang}:{empreinte(f'{rang}/{i}') * 20}" for i in range(20)}


def ecrire_des_brouillons(moteur: Moteur, dossier: Path, fil: Connection) -> None:
    store = moteur.ouvrir(dossier)
    rang = 0
    while True:
        rang += 1
        with store.ecrire() as unite:
            brouillons.garder(
                unite,
                CLE,
                saisie(rang),
                onglet="identification",
                focus="nom",
                referentiel_sha256="a" * 64,
                ecran="borne-1",
                instant=INSTANT,
            )
        fil.send(rang)


def ecrire_le_journal(moteur: Moteur, dossier: Path, fil: Connection) -> None:
    store = moteur.ouvrir(dossier)
    while True:
        with store.ecrire() as unite:
            seq = consigner(unite)
        fil.send(seq)


def tuer_au_hasard(
    moteur: Moteur, dossier: Path, tache: Callable[[Moteur, Path, Connection], None], graine: str
) -> int:
    """Run `tache` in a child and kill -9 it a few commits later; returns the last commit it reported."""
    tirage = int(empreinte(graine), 16)
    contexte = processus()
    lecteur, fil = contexte.Pipe(duplex=False)
    enfant = contexte.Process(target=tache, args=(moteur, dossier, fil))
    enfant.start()
    fil.close()
    dernier: int = 0
    for _ in range(1 + tirage % 30):
        dernier = lecteur.recv()
    wait([enfant.sentinel], timeout=tirage % 1009 / 500_000)  # a point anywhere in the next writes
    enfant.kill()
    enfant.join()
    while lecteur.poll():
        try:
            dernier = lecteur.recv()
        except EOFError:
            break
    lecteur.close()
    return dernier


def test_a_draft_is_whole_after_any_kill(moteur_seul: Moteur, tmp_path: Path) -> None:
    moteur_seul.creer(tmp_path).fermer()
    for mort in range(MORTS):
        annonce = tuer_au_hasard(moteur_seul, tmp_path, ecrire_des_brouillons, f"brouillon {mort}")
        store = moteur_seul.ouvrir(tmp_path)
        with store.lire() as unite:
            brouillon = brouillons.reprendre(unite, CLE)
        assert brouillon is not None
        rang = int(brouillon.saisie["champ_0"].partition(":")[0])
        assert rang >= annonce
        assert brouillon.saisie == saisie(rang)
        store.fermer()
    assert fautes_de(moteur_seul.ouvrir(tmp_path)) == set()


def test_the_journal_is_whole_after_any_kill(moteur_seul: Moteur, tmp_path: Path) -> None:
    moteur_seul.creer(tmp_path).fermer()
    for mort in range(MORTS):
        annonce = tuer_au_hasard(moteur_seul, tmp_path, ecrire_le_journal, f"journal {mort}")
        store = moteur_seul.ouvrir(tmp_path)
        with store.lire() as unite:
            assert journal.verifier(unite) == []
            assert unite.session.exec(select(func.max(Journal.seq))).one() >= annonce
        store.fermer()
    assert fautes_de(moteur_seul.ouvrir(tmp_path)) == set()

"""Units of work: whole or not at all; exclusive if they write; without effect if they read."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from outils.moteurs import Moteur
from outils.store import INSTANT, ajouter_candidat, codes, consigner
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.modele.tables import Candidat, Plage
from cyclades_tui.store.modele.unite import Store, Unite
from cyclades_tui.store.requetes import journal


def test_a_store_is_closed_and_opened_again(moteur: Moteur, tmp_path: Path) -> None:
    store = moteur.creer(tmp_path)
    identifiant = store.identifiant
    with store.ecrire() as unite:
        ajouter_candidat(unite, "Martin")
    store.fermer()
    store = moteur.ouvrir(tmp_path)
    assert store.identifiant == identifiant
    with store.lire() as unite:
        assert unite.session.exec(select(Candidat.nom)).all() == ["Martin"]
    store.fermer()


def test_a_second_desk_reads_what_is_whole_and_writes_afterwards(moteur: Moteur, tmp_path: Path) -> None:
    store, autre = moteur.creer(tmp_path), moteur.ouvrir(tmp_path)
    with store.ecrire() as unite:
        consigner(unite)
        with autre.lire() as lecture:
            assert journal.derniere_tete(lecture)[0] == 0
    with autre.ecrire() as unite:
        assert consigner(unite) == 2


def test_an_exception_undoes_the_whole_unit(store: Store) -> None:

    def echouer(unite: Unite) -> None:
        ajouter_candidat(unite, "Martin")
        consigner(unite)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.ecrire() as unite:
        echouer(unite)
    with store.lire() as unite:
        assert unite.session.exec(select(func.count()).select_from(Candidat)).one() == 0
        assert journal.derniere_tete(unite) == (0, journal.GENESE)
    with store.ecrire() as unite:
        assert ajouter_candidat(unite, "Durand").numero == "02699000000"


def test_a_reading_unit_cannot_write(store: Store) -> None:
    with pytest.raises(StoreInutilisable) as refus, store.lire() as unite:
        unite.session.execute(text("DELETE FROM plage"))
    assert codes(refus.value) == {"store.lecture_seule"}


def test_references_are_enforced(store: Store) -> None:
    with pytest.raises(IntegrityError), store.ecrire() as unite:
        unite.session.execute(
            text("INSERT INTO message (candidat_id, objet, corps, cree_le) VALUES (7, 'o', 'c', 'i')"),
        )


def test_many_threads_share_one_store(store: Store) -> None:

    def ecrire(_rang: int) -> int:
        with store.ecrire() as unite:
            return consigner(unite)

    with ThreadPoolExecutor(4) as fils:
        lignes = list(fils.map(ecrire, range(100)))
    assert Counter(lignes) == Counter(range(1, 101))
    with store.lire() as unite:
        assert journal.verifier(unite) == []


def test_the_first_instant_is_the_clock_s(store: Store) -> None:
    with store.lire() as unite:
        assert unite.session.exec(select(Plage.ajoutee_le)).one() == f"{INSTANT:%Y-%m-%dT%H:%M:%S.%fZ}"

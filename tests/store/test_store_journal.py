"""The journal: valid if nobody changed it; each kind of tampering is found and named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from outils.moteurs import Moteur
from outils.store import (
    ACTEUR,
    INSTANT,
    ajouter_candidat,
    ajouter_candidature,
    codes,
    consigner,
)
from sqlmodel import select

from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.modele.tables import Journal, JournalDetail
from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.requetes import journal


def remplir(store: Store, lignes: int = 8) -> None:
    with store.ecrire() as unite:
        for rang in range(lignes):
            consigner(unite, f"essai.acte_{rang}", INSTANT + timedelta(seconds=rang))


def constats(store: Store, tete: tuple[int, str] | None = None) -> list[tuple[str, str]]:
    with store.lire() as unite:
        return [(faute.code, faute.message) for faute in journal.verifier(unite, tete)]


def test_rows_are_numbered_from_one_and_hold_no_person_s_data(store: Store) -> None:
    with store.ecrire() as unite:
        premiere = consigner(unite)
        seconde = consigner(unite)
        tete = journal.derniere_tete(unite)
    assert (premiere, seconde, tete[0]) == (1, 2, 2)
    with store.lire() as unite:
        ligne = unite.session.exec(select(Journal).where(Journal.seq == 2)).one()
        detail = unite.session.exec(select(JournalDetail).where(JournalDetail.seq == 2)).one()
    assert ligne.hachage == tete[1]
    assert ACTEUR.identifiant not in en_json(ligne.model_dump())
    assert detail.valeurs == '{"acteur":"agent-17","valeurs":{"champ":"valeur"}}'
    assert empreinte(detail.sel + detail.valeurs) == ligne.empreinte
    assert constats(store, tete) == []


def test_a_long_journal_is_whole(store: Store) -> None:
    remplir(store, 1_200)
    assert constats(store) == []


def test_an_edited_row_is_found(moteur: Moteur, store: Store) -> None:
    remplir(store)
    moteur.falsifier(store, "UPDATE journal SET acte = 'autre' WHERE seq = 3")
    assert constats(store) == [("journal.modifie", "La ligne 3 du journal a été modifiée.")]


def test_an_edited_row_with_its_hash_made_anew_is_found(moteur: Moteur, store: Store) -> None:
    remplir(store)
    with store.lire() as unite:
        ligne: dict[str, Any] = unite.session.exec(select(Journal).where(Journal.seq == 3)).one().model_dump()
    del ligne["hachage"]
    ligne["acte"] = "autre"
    moteur.falsifier(store, f"UPDATE journal SET acte = 'autre', hachage = '{empreinte(en_json(ligne))}' WHERE seq = 3")
    assert [code for code, _ in constats(store)] == ["journal.ordre"]


def test_two_exchanged_rows_are_found(moteur: Moteur, store: Store) -> None:
    remplir(store)
    moteur.falsifier(
        store,
        "UPDATE journal SET seq = 100 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 100",
    )
    deplacee = "La ligne 3 du journal ne suit pas la ligne 2 : des lignes ont été déplacées ou réécrites."
    assert ("journal.ordre", deplacee) in constats(store)


@pytest.mark.parametrize(
    ("retirees", "message"),
    [
        ("seq = 3", "La ligne 3 du journal a été retirée."),
        ("seq BETWEEN 3 AND 5", "Les lignes 3 à 5 du journal ont été retirées."),
    ],
)
def test_removed_rows_are_found(moteur: Moteur, store: Store, retirees: str, message: str) -> None:
    remplir(store)
    moteur.falsifier(store, f"DELETE FROM journal_detail WHERE {retirees}", f"DELETE FROM journal WHERE {retirees}")
    assert constats(store) == [("journal.retire", message)]


def couper(moteur: Moteur, store: Store, apres: int) -> None:
    """Cut the end and adjust the head to it, as a careful forger would."""
    moteur.falsifier(
        store,
        f"DELETE FROM journal_detail WHERE seq > {apres}",
        f"DELETE FROM journal WHERE seq > {apres}",
        f"UPDATE tete_journal SET seq = {apres}, hachage = (SELECT hachage FROM journal WHERE seq = {apres})",
    )


def test_a_cut_tail_is_found_by_the_head(moteur: Moteur, store: Store) -> None:
    remplir(store)
    moteur.falsifier(store, "DELETE FROM journal_detail WHERE seq > 5", "DELETE FROM journal WHERE seq > 5")
    assert constats(store) == [("journal.tronque", "Le journal s'arrête à la ligne 5 au lieu de la ligne 8.")]
    with store.ecrire() as unite:
        assert consigner(unite, instant=INSTANT + timedelta(minutes=1)) == 9
    assert constats(store) == [("journal.retire", "Les lignes 6 à 8 du journal ont été retirées.")]


def test_a_cut_tail_is_found_by_the_versions(moteur: Moteur, store: Store) -> None:
    with store.ecrire() as unite:
        ajouter_candidature(unite, ajouter_candidat(unite, "Martin"))
        ajouter_candidature(unite, ajouter_candidat(unite, "Durand"))
    couper(moteur, store, 2)
    assert constats(store) == [("journal.tronque", "Le journal s'arrête à la ligne 2 au lieu de la ligne 4.")]


def test_a_cut_tail_is_found_by_a_noted_head(moteur: Moteur, store: Store) -> None:
    remplir(store)
    with store.lire() as unite:
        notee = journal.derniere_tete(unite)
    couper(moteur, store, 5)
    assert constats(store) == []
    assert [code for code, _ in constats(store, notee)] == ["journal.tronque"]


def test_a_rewritten_tail_is_found_by_a_noted_head(moteur: Moteur, store: Store) -> None:
    remplir(store)
    with store.lire() as unite:
        notee = journal.derniere_tete(unite)
    couper(moteur, store, 5)
    with store.ecrire() as unite:
        for _ in range(5):
            consigner(unite, instant=INSTANT + timedelta(minutes=1))
    assert constats(store) == []
    assert constats(store, notee) == [("journal.tete", "La ligne 8 du journal n'est plus celle qui avait été notée.")]


def test_a_lost_head_is_found_and_stops_the_saves(moteur: Moteur, store: Store) -> None:
    remplir(store)
    moteur.falsifier(store, "DELETE FROM tete_journal")
    assert [code for code, _ in constats(store)] == ["journal.tete"]
    with pytest.raises(StoreInutilisable) as refus, store.ecrire() as unite:
        consigner(unite)
    assert codes(refus.value) == {"journal.tete"}


def test_an_altered_detail_is_found_and_a_purged_one_is_not_a_fault(moteur: Moteur, store: Store) -> None:
    remplir(store)
    moteur.falsifier(store, "UPDATE journal_detail SET valeurs = '{}' WHERE seq = 3")
    assert constats(store) == [("journal.detail", "Le détail de la ligne 3 du journal a été modifié.")]
    moteur.falsifier(store, "DELETE FROM journal_detail WHERE seq = 3")
    assert constats(store) == []


def test_the_faults_of_a_ruined_journal_are_counted_out(moteur: Moteur, store: Store) -> None:
    remplir(store, 300)
    moteur.falsifier(store, "UPDATE journal SET acte = 'autre'")
    assert len(constats(store)) == 100

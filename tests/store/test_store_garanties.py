"""What the database itself refuses, whatever code asks for it."""

from __future__ import annotations

import pytest
from outils.store import ajouter_candidat, ajouter_candidature, ajouter_version, consigner
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cyclades_tui.store.modele.tables import Compte
from cyclades_tui.store.modele.unite import Store


def remplir(store: Store) -> None:
    """A candidature of two versions, and three rows of the journal."""
    with store.ecrire() as unite:
        candidature, _, _ = ajouter_candidature(unite, ajouter_candidat(unite, "Martin", "martin@exemple.fr"))
        _, document = ajouter_version(unite, candidature, 2)
        unite.session.delete(document)  # so that only the guard prevents the deletion of the version
        consigner(unite)
        unite.session.execute(text("DELETE FROM journal_detail"))
        consigner(unite)


def contenu(store: Store) -> list[object]:
    with store.lire() as unite:
        return [
            unite.session.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all()
            for table in ("version", "journal", "journal_detail", "tete_journal", "document")
        ]


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE version SET contenu = '{}'",
        "DELETE FROM version WHERE id = 2",
        "UPDATE journal SET acte = 'autre'",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal_detail SET valeurs = '{}'",
        "INSERT INTO tete_journal (ligne, seq, hachage) VALUES (2, 0, '')",
    ],
)
def test_what_must_not_change_cannot(store: Store, ordre: str) -> None:
    remplir(store)
    avant = contenu(store)
    with pytest.raises(IntegrityError), store.ecrire() as unite:
        unite.session.execute(text(ordre))
    assert contenu(store) == avant


def test_a_rendered_document_keeps_its_bytes(store: Store) -> None:
    remplir(store)
    with store.ecrire() as unite:
        unite.session.execute(text("UPDATE document SET sha256 = 'a', taille = 1"))
        unite.session.execute(text("UPDATE document SET sha256 = 'a', libelle = 'Autre libellé'"))
    for ordre in ("UPDATE document SET sha256 = 'b'", "UPDATE document SET sha256 = NULL"):
        with pytest.raises(IntegrityError), store.ecrire() as unite:
            unite.session.execute(text(ordre))


def compte(email_cle: str, candidat_id: int | None = None) -> Compte:
    return Compte(email=email_cle, email_cle=email_cle, candidat_id=candidat_id, cree_le="2026-10-12T08:30:00.000000Z")


def test_the_database_keeps_an_address_to_one_person(store: Store) -> None:
    with store.ecrire() as unite:
        martin = ajouter_candidat(unite, "Martin", "martin@exemple.fr")
        durand = ajouter_candidat(unite, "Durand")
        ajouter_candidat(unite, "Petit")
        unite.session.add(compte("martin@exemple.fr", martin.id))
        unite.session.add(compte("libre@exemple.fr"))

    with pytest.raises(IntegrityError), store.ecrire() as unite:
        ajouter_candidat(unite, "Autre", "martin@exemple.fr")
    with pytest.raises(IntegrityError), store.ecrire() as unite:
        ajouter_candidat(unite, "Autre", "libre@exemple.fr")
    for refuse in (compte("libre@exemple.fr"), compte("martin@exemple.fr"), compte("martin@exemple.fr", durand.id)):
        with pytest.raises(IntegrityError), store.ecrire() as unite:
            unite.session.add(refuse)
    for ordre in (
        "UPDATE candidat SET email_cle = 'libre@exemple.fr' WHERE nom = 'Durand'",
        "UPDATE compte SET email_cle = 'martin@exemple.fr' WHERE email_cle = 'libre@exemple.fr'",
        f"UPDATE compte SET candidat_id = {durand.id} WHERE candidat_id = {martin.id}",
    ):
        with pytest.raises(IntegrityError), store.ecrire() as unite:
            unite.session.execute(text(ordre))


def test_a_compte_made_first_is_linked_then_shares_its_address(store: Store) -> None:
    with store.ecrire() as unite:
        seul = compte("martin@exemple.fr")
        unite.session.add(seul)
        unite.session.flush()
        candidat = ajouter_candidat(unite, "Martin")
        seul.candidat_id = candidat.id
        unite.session.flush()
        candidat.email_cle = "martin@exemple.fr"


def test_a_deleted_row_s_id_is_not_given_again(store: Store) -> None:
    with store.ecrire() as unite:
        premier = ajouter_candidat(unite, "Martin")
        unite.session.delete(premier)
        unite.session.flush()
        assert ajouter_candidat(unite, "Durand").id == premier.id + 1

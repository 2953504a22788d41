"""The whole check and the backup, for every engine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from outils.moteurs import Moteur
from outils.store import ETATS, INSTANT, LIGNE_SANS_ACTE, ajouter_candidat, fautes_de, remplir

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.requetes import journal, personnes
from cyclades_tui.store.requetes.verification import A_RENDRE, INFORMATIONS, ORPHELIN


@pytest.fixture
def rempli(store: Store) -> Store:
    remplir(store)
    return store


def test_a_sound_store_has_no_fault_and_tells_what_is_left_to_do(rempli: Store) -> None:
    avancement: list[tuple[int, int]] = []
    constats = rempli.verifier(etats=ETATS, progres=lambda fait, total: avancement.append((fait, total)))
    assert [str(constat) for constat in constats] == ["1 récapitulatif à rendre : il le sera quand on l'ouvrira."]
    assert avancement == [(rang, len(avancement)) for rang in range(1, len(avancement) + 1)]


# Candidat 1 (candidatures 1 to 3) and candidat 2 (candidature 4) of `remplir`.
@pytest.mark.parametrize(
    ("ordre", "fautes"),
    [
        ("UPDATE version SET contenu = '{}' WHERE id = 1", {"version.modifiee"}),
        ("UPDATE candidature SET version = 2 WHERE id = 1", {"candidature.version"}),
        ("UPDATE candidature SET etat = 'Autre' WHERE id = 1", {"candidature.etat"}),
        ("UPDATE journal SET acte = 'autre' WHERE seq = 2", {"journal.modifie"}),
        ("DELETE FROM document WHERE id = 4", {"document.absent"}),
        ("UPDATE candidat SET nom = 'Autre' WHERE id = 1", {"candidat.modifie"}),
        ("UPDATE candidat SET numero = '02799000001' WHERE id = 1", {"candidature.modifiee", "numero.double"}),
        ("UPDATE plage SET prochain = debut", {"numero.hors_plage"}),
        ("UPDATE candidature SET candidat_id = 99 WHERE id = 1", {"store.reference"}),
    ],
)
def test_what_was_changed_behind_the_desk_is_named(moteur: Moteur, rempli: Store, ordre: str, fautes: set[str]) -> None:
    moteur.falsifier(rempli, ordre)
    assert fautes_de(rempli) == fautes


@pytest.mark.parametrize(
    ("contenu", "code"), [('{"format":99}', "version.format"), ('{"format":1}', "version.illisible")]
)
def test_a_content_that_this_release_cannot_read_is_named(
    moteur: Moteur, rempli: Store, contenu: str, code: str
) -> None:
    """Its digest is right, and the journal's details about it were purged."""
    moteur.falsifier(rempli, f"UPDATE version SET contenu = '{contenu}', sha256 = '{empreinte(contenu)}' WHERE id = 1")
    moteur.falsifier(rempli, "DELETE FROM journal_detail WHERE seq = (SELECT journal_seq FROM version WHERE id = 1)")
    connues = INFORMATIONS | {LIGNE_SANS_ACTE}
    (faute,) = [faute for faute in rempli.verifier(etats=ETATS) if faute.code not in connues]
    assert faute.code == code
    assert faute.message.startswith("Version 1 : ")


def test_a_head_noted_elsewhere_is_checked(rempli: Store) -> None:
    with rempli.lire() as unite:
        tete = journal.derniere_tete(unite)
    assert {faute.code for faute in rempli.verifier(etats=ETATS, tete=tete)} == {A_RENDRE}
    assert {faute.code for faute in rempli.verifier(etats=ETATS, tete=(99, "a" * 64))} == {"journal.tronque", A_RENDRE}


def test_a_file_that_no_document_names_is_told(rempli: Store) -> None:
    orphelins = {rempli.coffre.deposer(f"orphelin {rang}".encode())[:12] for rang in range(5)}
    constats = [faute.message for faute in rempli.verifier(etats=ETATS) if faute.code == ORPHELIN]
    assert len(constats) == 5
    assert all(any(orphelin in constat for constat in constats) for orphelin in orphelins)


def test_a_coffre_that_is_gone_is_one_fault(rempli: Store, tmp_path: Path) -> None:
    rempli.coffre.racine.rename(tmp_path / "ailleurs")
    (faute,) = [faute for faute in rempli.verifier(etats=ETATS) if faute.code not in INFORMATIONS]
    assert faute.code == "coffre.dossier"
    assert str(rempli.coffre.racine) in faute.message


def test_a_backup_opens_as_the_store_that_it_was(moteur: Moteur, rempli: Store, tmp_path: Path) -> None:
    with rempli.lire() as unite:
        tete = journal.derniere_tete(unite)
    copie = rempli.sauvegarder(tmp_path / "sauvegardes", parametrage=tmp_path / "aucun", etats=ETATS, instant=INSTANT)
    with rempli.ecrire() as unite:
        ajouter_candidat(unite, "Après")
    retour = tmp_path / "retour"
    shutil.copytree(copie, retour / "store")
    restaure = moteur.ouvrir(retour)
    assert restaure.identifiant == rempli.identifiant
    assert fautes_de(restaure) == set()
    with restaure.lire() as unite:
        assert journal.derniere_tete(unite) == tete
        assert personnes.candidat_par_cle(unite, "APRÈS") is None

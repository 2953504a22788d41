"""The queries that actes use."""

from __future__ import annotations

from pathlib import Path

from outils.store import ajouter_candidat, ajouter_candidature, ajouter_version, nouveau_store

from cyclades_tui.store.modele.tables import Compte
from cyclades_tui.store.requetes import candidatures, documents, personnes


def test_people_and_their_candidatures_are_found(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with store.ecrire() as unite:
        martin = ajouter_candidat(unite, "Martin")
        durand = ajouter_candidat(unite, "Durand")
        seconde, _, _ = ajouter_candidature(unite, martin, 2)
        premiere, _, _ = ajouter_candidature(unite, martin, 1)
        ajouter_version(unite, premiere, 2)
    with store.lire() as unite:
        assert personnes.candidat_par_cle(unite, "MARTIN") == martin
        assert personnes.candidat_par_cle(unite, "PETIT") is None
        assert personnes.candidat_par_numero(unite, durand.numero) == durand
        assert personnes.candidat_par_numero(unite, "02600000000") is None
        assert candidatures.du_candidat(unite, martin.id) == [premiere, seconde]
        assert candidatures.du_candidat(unite, durand.id) == []
        assert candidatures.par_numero(unite, martin.id, 2) == seconde
        assert candidatures.par_numero(unite, durand.id, 1) is None
        version = candidatures.version(unite, premiere.id, 2)
        assert version is not None
        assert (version.candidature_id, version.numero) == (premiere.id, 2)
        assert candidatures.version(unite, premiere.id, 3) is None


def test_an_address_is_taken_by_others_only(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with store.ecrire() as unite:
        martin = ajouter_candidat(unite, "Martin", "martin@exemple.fr")
        durand = ajouter_candidat(unite, "Durand")
        unite.session.add(Compte(candidat_id=martin.id, email="m", email_cle="martin@exemple.fr", cree_le="i"))
        unite.session.add(Compte(email="s", email_cle="seul@exemple.fr", cree_le="i"))
    with store.lire() as unite:
        assert not personnes.email_pris(unite, "martin@exemple.fr", martin.id)
        assert personnes.email_pris(unite, "martin@exemple.fr", durand.id)
        assert personnes.email_pris(unite, "martin@exemple.fr", None)
        assert personnes.email_pris(unite, "seul@exemple.fr", martin.id)
        assert not personnes.email_pris(unite, "libre@exemple.fr", None)


def test_documents_to_render_come_oldest_first(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin")
        recapitulatifs = [ajouter_candidature(unite, candidat, numero)[2] for numero in (1, 2, 3, 4)]
        recapitulatifs[1].sha256 = "a" * 64
    with store.lire() as unite:
        assert documents.a_rendre(unite, 2) == [recapitulatifs[0], recapitulatifs[2]]

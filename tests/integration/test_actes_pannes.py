"""Failures around an acte: clock set back, full disk, read-only store. There is an error, and nothing is half done."""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from outils.actes import (
    creer_store,
    demande,
    inscrire,
    lignes,
    ouvrir_fenetre,
    personne,
    poste_sur,
    refus,
    une,
    verifier_sans_faute,
)
from outils.guide import SAISIE
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import codes, photo, processus

from cyclades_tui.actes.candidature.inscription import Modification, enregistrer, fautes_du_formulaire
from cyclades_tui.actes.documents import documents
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.poste import Poste, ReglagesDuPoste, acteur_de_la_commande
from cyclades_tui.store.sqlite.store import StoreSqlite

PERSONNE_SANS_DROIT = 65534  # nobody: root may write anywhere, so it must become somebody else


def test_a_clock_set_back_is_refused_and_says_what_to_do(poste: Poste, horloge: HorlogeReglable) -> None:
    premiere = inscrire(poste)
    for recul in ("2023-12-11 16:05:59", "2023-12-10 12:00"):
        horloge.regler(recul)
        for refusee in (demande(personne(1)), demande(SAISIE, Modification(1, 1))):
            with refus(poste, "horloge.recul") as fautes:
                enregistrer(poste, refusee)
            assert "11/12/2023 à 16:06" in fautes[0].message
            assert "Remettez la machine à l" in fautes[0].remede
        with refus(poste, "horloge.recul"):
            ouvrir_fenetre(poste, "2025", "2023-10-01T08:00", "2024-01-31T18:00")
    assert not poste.parametrage.exists()
    horloge.regler(PENDANT)
    assert documents.ouvrir(poste, premiere.document).octets
    verifier_sans_faute(poste)


def test_a_document_already_made_opens_whatever_the_clock(poste: Poste, horloge: HorlogeReglable) -> None:
    inscription = inscrire(poste)
    fichier = documents.ouvrir(poste, inscription.document)
    horloge.regler("2023-01-01 00:00")
    assert documents.ouvrir(poste, inscription.document) == fichier


def code_de(acte: Callable[[], object]) -> str:
    """`fait`, or the code of the refusal."""
    try:
        acte()
    except ErreurCyclades as erreur:
        return codes(erreur).pop()
    return "fait"


def limiter_les_fichiers(octets: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, resource.RLIM_INFINITY))


def inscrire_sous_limites(reglages: ReglagesDuPoste, limites: list[int]) -> list[tuple[str, bool]]:
    """For each limit on file sizes: the result of a save, and whether the database was unchanged."""
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    inscrire(poste, personne(0))
    resultats = []
    for rang, limite in enumerate(limites, start=1):
        avant = photo(poste.store)
        limiter_les_fichiers(limite)
        code = code_de(partial(inscrire, poste, personne(rang)))
        limiter_les_fichiers(resource.RLIM_INFINITY)
        resultats.append((code, photo(poste.store) == avant))
    inscrire(poste, personne(len(limites) + 1))
    return resultats


def test_a_disk_that_refuses_more_keeps_nothing_by_halves(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge)
    limites = [4096 * pages for pages in (1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 1024)]
    with ProcessPoolExecutor(1, mp_context=processus()) as enfant:
        resultats = enfant.submit(inscrire_sous_limites, reglages, limites).result()
    assert {code for code, _ in resultats} <= {"fait", "store.entree_sortie", "store.plein"}
    assert [inchange for _, inchange in resultats] == [code != "fait" for code, _ in resultats]
    assert resultats[0][0] != "fait"
    assert resultats[-1][0] == "fait"
    poste = poste_sur(reglages, horloge)
    faits = sum(code == "fait" for code, _ in resultats)
    assert une(poste, "SELECT count(*) FROM version") == faits + 2
    verifier_sans_faute(poste)


def ouvrir_sous_limite(reglages: ReglagesDuPoste, document: int) -> list[str]:
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    limiter_les_fichiers(20_000)  # less than the document
    sous_limite = code_de(partial(documents.ouvrir, poste, document))
    limiter_les_fichiers(resource.RLIM_INFINITY)
    return [sous_limite, code_de(partial(documents.ouvrir, poste, document))]


def test_a_document_that_finds_no_room_is_made_later(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge)
    poste = poste_sur(reglages, horloge)
    inscription = inscrire(poste)
    with ProcessPoolExecutor(1, mp_context=processus()) as enfant:
        assert enfant.submit(ouvrir_sous_limite, reglages, inscription.document).result() == ["fait", "fait"]
    assert lignes(poste, "SELECT nature FROM document WHERE sha256 IS NOT NULL") == [("recapitulatif",)]
    assert [f.name for f in poste.store.coffre.racine.rglob(".*")] == []
    verifier_sans_faute(poste)


@pytest.fixture
def dossier_donne() -> Iterator[Path]:
    """A folder that another user may access; pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as nom:
        yield Path(nom)


def inscrire_sans_droit(reglages: ReglagesDuPoste) -> str:
    """The result of a save in a process that cannot write to the store; what it must read is read before."""
    horloge = HorlogeReglable.a(PENDANT)
    poste = Poste(
        StoreSqlite(reglages.store, None), acteur_de_la_commande(reglages), horloge, reglages.dossier_parametrage
    )
    refusee = demande(personne(2))
    assert fautes_du_formulaire(poste, refusee) == []
    if os.geteuid() == 0:
        os.seteuid(PERSONNE_SANS_DROIT)
    return code_de(partial(enregistrer, poste, refusee))


@pytest.mark.parametrize("mode_dossier", [0o555, 0o777])
def test_a_store_that_cannot_be_written_is_told(
    dossier_donne: Path, horloge: HorlogeReglable, mode_dossier: int
) -> None:
    """Read-only files; or folders too, in which case SQLite cannot create the memory shared by readers."""
    reglages = creer_store(dossier_donne, horloge)
    poste = poste_sur(reglages, horloge)
    inscrire(poste, personne(1))
    avant = photo(poste.store)
    poste.store.fermer()
    dossier_donne.chmod(0o755)
    for chemin in (reglages.store, *reglages.store.rglob("*")):
        chemin.chmod(mode_dossier if chemin.is_dir() else 0o444)
    with ProcessPoolExecutor(1, mp_context=processus()) as enfant:
        dit = enfant.submit(inscrire_sans_droit, reglages).result()
    for chemin in (reglages.store, *reglages.store.rglob("*")):
        chemin.chmod(0o700 if chemin.is_dir() else 0o600)
    assert dit in ("store.lecture_seule", "store.absent")
    assert photo(poste.store) == avant

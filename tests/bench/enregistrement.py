"""Saving: compared with one raw transaction of the same rows, from file to PDF, and a batch of a thousand files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from candidatures import demande, fichier
from impression import page_reportlab
from mesure import Figure, en_alternance
from sqlmodel import text

from cyclades_tui.actes.candidature.fichiers import inscrire_fichier
from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste
from cyclades_tui.store.sqlite.moteur import connecter
from cyclades_tui.store.sqlite.store import FICHIER

# The number of rows of each table that one inscription adds.
_TABLES = {
    "candidat": 1,
    "candidature": 1,
    "journal": 2,
    "journal_detail": 2,
    "version": 1,
    "document": 2,
    "message": 1,
    "justificatif": 2,
}
_TOURS = 80
_LOT = 1000


@contextmanager
def poste_ouvert(dossier: Path) -> Iterator[Poste]:
    """A store with a window around the present."""
    reglages = ReglagesDuPoste(store=dossier / "store")
    initialiser(reglages, "10000000-19999999")
    maintenant = datetime.now(UTC).replace(tzinfo=None)
    with ouvrir_poste(reglages) as poste:
        definir_fenetre(
            poste,
            examen="BCP",
            session="2027",
            academie="33",
            ouverture=maintenant - timedelta(days=2),
            fermeture=maintenant + timedelta(days=2),
        )
    with ouvrir_poste(reglages) as poste:
        yield poste


def mesurer() -> list[Figure]:
    with (
        tempfile.TemporaryDirectory() as nom,
        tempfile.TemporaryDirectory() as autre,
        poste_ouvert(Path(nom)) as poste,
        poste_ouvert(Path(autre)) as vide,
    ):
        return [*_sans_pdf(poste, vide), *_du_fichier_au_pdf(poste, Path(nom)), *_lot(poste, Path(nom))]


def _sans_pdf(poste: Poste, vide: Poste) -> list[Figure]:
    enregistrer(poste, demande(0))
    brute = _transaction_brute(poste, vide)
    acte, reference = en_alternance(_TOURS, lambda tour: enregistrer(poste, demande(tour + 1)), brute)
    nom = "Enregistrer, sans le PDF"
    return [Figure(nom, acte, "une transaction brute des mêmes lignes", reference, "ms", ("≤", 15.0))]


def _transaction_brute(poste: Poste, vide: Poste) -> Callable[[int], None]:
    """The rows of one inscription, inserted by the driver alone into a store of their own."""
    ordres: list[tuple[str, dict[str, Any]]] = []
    with poste.store.lire() as unite:
        for table, combien in _TABLES.items():
            cle = "seq" if table.startswith("journal") else "id"
            lignes = unite.session.execute(text(f"SELECT * FROM {table} ORDER BY {cle} DESC LIMIT {combien}"))
            for ligne in reversed([dict(ligne) for ligne in lignes.mappings()]):
                valeurs = ", ".join(f":{colonne}" for colonne in ligne)
                ordres.append((f"INSERT INTO {table} ({', '.join(ligne)}) VALUES ({valeurs})", ligne))
    connexion = connecter(vide.store.chemin / FICHIER, None)
    connexion.execute("PRAGMA foreign_keys=OFF")

    def brute(tour: int) -> None:
        rang = 10_000 + 2 * tour
        connexion.execute("BEGIN IMMEDIATE")
        connexion.execute("UPDATE plage SET prochain = prochain + 1 WHERE id = 1")
        for numero, (ordre, valeurs) in enumerate(ordres):
            connexion.execute(ordre, _uniques(valeurs, rang + numero % 2, tour))
        connexion.execute("UPDATE tete_journal SET seq = ?", (rang,))
        connexion.execute("COMMIT")

    return brute


def _uniques(valeurs: dict[str, Any], rang: int, tour: int) -> dict[str, Any]:
    """The same row with new keys."""
    cles = {"id": rang, "seq": rang, "candidat_id": rang, "candidature_id": rang, "version_id": rang}
    textes = {"numero": f"{tour:011d}", "cle_personne": str(tour), "email_cle": str(tour)}
    uniques: dict[str, Any] = {cle: valeur for cle, valeur in cles.items() if cle in valeurs}
    if "cle_personne" in valeurs:
        uniques |= textes
    return valeurs | uniques


def _du_fichier_au_pdf(poste: Poste, dossier: Path) -> list[Figure]:
    fichiers = [fichier(dossier, 1000 + rang) for rang in range(20)]

    def inscrire(tour: int) -> None:
        documents.ouvrir(poste, inscrire_fichier(poste, fichiers[tour]).document)

    valeur, reference = en_alternance(20, inscrire, lambda _: page_reportlab())
    return [Figure("Une inscription, du fichier au PDF", valeur, "les mêmes pages par reportlab", reference, "ms")]


def _lot(poste: Poste, dossier: Path) -> list[Figure]:
    """Memory after a thousand files compared with memory after the first hundred."""
    processus = psutil.Process()
    memoires = {}
    for rang in range(_LOT):
        chemin = fichier(dossier, 5000 + rang)
        documents.ouvrir(poste, inscrire_fichier(poste, chemin).document)
        chemin.unlink()
        if rang + 1 in (100, _LOT):
            memoires[rang + 1] = processus.memory_info().rss / 1e6
    nom = f"Mémoire après un lot de {_LOT} fichiers"
    return [Figure(nom, memoires[_LOT], "après les 100 premiers", memoires[100], "Mo", ("≤", 1.1))]

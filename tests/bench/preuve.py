"""The proof of the journal: what it adds to a save, and how fast a store is verified."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from candidatures import demande
from enregistrement import poste_ouvert
from mesure import Figure, en_alternance
from sqlmodel import text

from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.reglages.entretien import verifier
from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.poste import Poste
from cyclades_tui.store.sqlite import moteur
from cyclades_tui.store.sqlite.preuve import Touchees

_TOURS = 200
_DOSSIERS = 1500


def mesurer() -> list[Figure]:
    with (
        tempfile.TemporaryDirectory() as nom,
        tempfile.TemporaryDirectory() as autre,
        poste_ouvert(Path(nom)) as poste,
        _sans_preuve(Path(autre)) as nu,
    ):
        enregistrer(poste, demande(0))
        return [_prix(poste, nu), _verification(poste)]


@contextmanager
def _sans_preuve(dossier: Path) -> Iterator[Poste]:
    """A store whose writers note nothing of what they write."""
    with poste_ouvert(dossier) as poste:
        with patch.object(moteur, "armer", Touchees):
            enregistrer(poste, demande(0))  # opens the one connection that writes
        yield poste


def _prix(poste: Poste, nu: Poste) -> Figure:
    prouve, sans = en_alternance(
        _TOURS,
        lambda tour: enregistrer(poste, demande(tour + 1)),
        lambda tour: enregistrer(nu, demande(tour + 1)),
    )
    return Figure("Enregistrer, prouvé", prouve, "sans la preuve", sans, "ms", ("≤", 1.05))


def _verification(poste: Poste) -> Figure:
    """Journal rows a second, of the whole check; the reference reads and hashes the rows of the journal alone."""
    for rang in range(_TOURS, _DOSSIERS):
        enregistrer(poste, demande(rang + 1))
    debut = time.perf_counter()
    rapport = verifier(poste)
    duree = time.perf_counter() - debut
    assert rapport.fautes == ()
    debut = time.perf_counter()
    with poste.store.lire() as unite:
        lignes = [dict(ligne) for ligne in unite.session.execute(text("SELECT * FROM journal")).mappings()]
    for ligne in lignes:
        empreinte(en_json(ligne))
    lecture = time.perf_counter() - debut
    nom = "Vérifier, lignes du journal par seconde"
    reference = "lire et hacher le journal seul"
    return Figure(nom, len(lignes) / duree, reference, len(lignes) / lecture, "/s", absolu=("≥", 20_000))

"""The proof of the journal: what it adds to a save, and how fast a store is verified."""

from __future__ import annotations

import tempfile
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
from cyclades_tui.store.cle_du_journal import FICHIER_CLE, CleDuJournal, lire_la_cle
from cyclades_tui.store.requetes import journal
from cyclades_tui.store.sqlite import moteur
from cyclades_tui.store.sqlite.lignes_prouvees import maillons_rompus
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
        return [_prix(poste, nu), *_verification(poste)]


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


def _verification(poste: Poste) -> list[Figure]:
    """Journal rows a second: of the journal and its keyed chain, then of the whole check with dossiers and files."""
    for rang in range(_TOURS, _DOSSIERS):
        enregistrer(poste, demande(rang + 1))
    cle = lire_la_cle(poste.store.chemin / FICHIER_CLE)
    assert isinstance(cle, CleDuJournal)
    verifier(poste)  # what is only imported or compiled once is not the check's

    def chaine(_: int) -> None:
        with poste.store.lire() as unite:
            assert not journal.verifier(unite)
            assert not list(maillons_rompus(unite, cle))

    def lecture(_: int) -> None:
        with poste.store.lire() as unite:
            for ligne in unite.session.execute(text("SELECT * FROM journal")).mappings():
                empreinte(en_json(dict(ligne)))

    def tout(_: int) -> None:
        assert verifier(poste).fautes == ()

    suivie, entiere, nue = en_alternance(3, chaine, tout, lecture)
    with poste.store.lire() as unite:
        lignes = 1000 * journal.derniere_tete(unite)[0]
    reference = "lire et hacher le journal seul"
    return [
        Figure(
            "Vérifier le journal et sa chaîne",
            lignes / suivie,
            reference,
            lignes / nue,
            "lignes/s",
            absolu=("≥", 20_000),
        ),
        Figure("Vérifier tout le store", lignes / entiere, reference, lignes / nue, "lignes/s", absolu=("≥", 20_000)),
    ]

"""The indexes that SQLite uses for the most frequent queries: another wording of a condition would lose them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from outils.store import nouveau_store
from sqlalchemy import event

from cyclades_tui.domaine.droits import Portee
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import documents, pieces, recherche
from cyclades_tui.store.requetes.recherche import Critere

SERVICE = {"examen": "BCP", "session": "2024", "academie": "33", "mode": "en ligne"}


@pytest.mark.parametrize(
    ("demander", "index"),
    [
        (lambda unite: pieces.attente(unite, {}, None, 10), "ix_justificatif_attente"),
        (lambda unite: pieces.attente(unite, SERVICE, ("2024", 3), 10), "ix_justificatif_tri"),
        (lambda unite: pieces.compter(unite, SERVICE), "COVERING INDEX ix_justificatif_tri"),
        (lambda unite: pieces.repartir(unite, {}), "COVERING INDEX ix_justificatif_tri"),
        (lambda unite: pieces.ouvertes_par(unite, "phare"), "ix_justificatif_ouverte"),
        (lambda unite: documents.a_rendre(unite, list(NatureDeDocument), 10), "ix_document_"),
        (lambda unite: recherche.chercher(unite, Critere("cle_nom", "MAR"), Portee(), None, 10), "ix_candidat_cle_nom"),
    ],
)
def test_the_questions_asked_most_take_their_index(
    tmp_path: Path, demander: Callable[[Unite], object], index: str
) -> None:
    posees: list[tuple[str, Any]] = []

    def noter(_connexion: object, _curseur: object, sql: str, valeurs: object, *_: object) -> None:
        posees.append((sql, valeurs))

    with nouveau_store(tmp_path).lire() as unite:
        connexion = unite.session.connection()
        event.listen(connexion, "before_cursor_execute", noter)
        demander(unite)
        ((sql, valeurs),) = posees
        plan = connexion.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", valeurs).all()
    assert index in " · ".join(ligne[3] for ligne in plan)
    assert not any(ligne[3].startswith("SCAN") and " USING " not in ligne[3] for ligne in plan)

"""The frontier of the store, where import contracts cannot check it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import cyclades_tui

RACINE = Path(cyclades_tui.__file__).parent
UNITES = {"unite", "_unite"}


def noeuds(*, dans_le_store: bool) -> Iterator[tuple[Path, ast.AST]]:
    for chemin in sorted(RACINE.rglob("*.py")):
        dossier = chemin.relative_to(RACINE)
        if dossier.is_relative_to("store") == dans_le_store and not dossier.is_relative_to("store/sqlite"):
            yield from ((dossier, noeud) for noeud in ast.walk(ast.parse(chemin.read_bytes())))


def test_nobody_above_the_store_touches_the_session_of_a_unit_of_work() -> None:
    fautes = [
        f"{chemin}:{noeud.lineno}"
        for chemin, noeud in noeuds(dans_le_store=False)
        if isinstance(noeud, ast.Attribute) and noeud.attr in {"session", "dialecte"}
        for porteur in [noeud.value]
        if (isinstance(porteur, ast.Name) and porteur.id in UNITES)
        or (isinstance(porteur, ast.Attribute) and porteur.attr in UNITES)
    ]
    assert fautes == []


def test_what_is_asked_of_the_data_is_in_no_engine_s_words() -> None:
    fautes = {
        str(chemin)
        for chemin, noeud in noeuds(dans_le_store=True)
        if (isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith("sqlalchemy.dialects"))
        or (isinstance(noeud, ast.ImportFrom) and {"text", "literal_column"} & {nom.name for nom in noeud.names})
        or (isinstance(noeud, ast.Attribute) and noeud.attr in {"json_extract", "json_each", "instr", "group_concat"})
    }
    assert fautes == {"store/modele/tables.py"}  # for conditions of partial indexes, which every engine can use

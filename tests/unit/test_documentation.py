"""Whatever code and papers cite exists (rules, decisions, sections, files), and class names are unique."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
DOCS = RACINE / "docs"
PAPIERS = [
    RACINE / "README.md",
    RACINE / "CONTRIBUTING.md",
    RACINE / "CHANGELOG.md",
    *sorted(DOCS.rglob("*.md")),
]
DOSSIERS = [RACINE, *(RACINE / nom for nom in ("cyclades_tui", "data", "tests")), *(RACINE / "cyclades_tui").glob("*/")]
SOURCES = [
    chemin
    for dossier in ("cyclades_tui", "data", "tests", "tools")
    for chemin in sorted((RACINE / dossier).rglob("*"))
    if chemin.suffix in {".py", ".toml"}
]
_CITATIONS = {
    "règle": re.compile(r"(?<![\w#])(F\d{3}|[CG]\d{2})\b(?=[-,);: ]|$)"),
    "décision": re.compile(r"\bdecisions? (\d+)"),
    "section": re.compile(r"\b(ecrans\.md) §(\d+)"),
}


def _cites(genre: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for source in SOURCES:
        for trouve in _CITATIONS[genre].finditer(source.read_text(encoding="utf-8")):
            yield source.relative_to(RACINE), trouve.groups()


def test_a_rule_that_is_cited_is_in_the_rules_of_the_guides() -> None:
    regles = set(re.findall(r"^\| ([FCG]\d+) \|", (DOCS / "regles-des-guides.md").read_text("utf-8"), re.MULTILINE))
    assert {"F001", "F490", "C26", "G19"} <= regles
    absentes = {f"{source} : {regle}" for source, (regle,) in _cites("règle") if regle not in regles}
    assert not absentes


def test_a_decision_that_is_cited_has_its_page() -> None:
    pages = {int(page.name[:2]) for page in (DOCS / "decisions").glob("[0-9][0-9]-*.md")}
    index = (DOCS / "decisions" / "README.md").read_text("utf-8")
    assert pages == {int(numero) for numero in re.findall(r"^\| (\d+) \|", index, re.MULTILINE)}
    absentes = {f"{source} : {numero}" for source, (numero,) in _cites("décision") if int(numero) not in pages}
    assert not absentes


def test_a_section_that_is_cited_exists() -> None:
    for source, (page, section) in _cites("section"):
        assert re.search(rf"^## {section}\. ", (DOCS / page).read_text("utf-8"), re.MULTILINE), source


@pytest.mark.parametrize("papier", PAPIERS, ids=lambda papier: str(papier.relative_to(RACINE)))
def test_a_file_that_a_paper_names_exists(papier: Path) -> None:
    """Names in backquotes, from a folder of the repository (words in capitals are variables); links of the paper."""
    texte = papier.read_text(encoding="utf-8")
    nommes = re.findall(r"`((?:[a-z][\w.-]*/)+(?:[a-z_][\w.-]*\.(?:py|toml|md|csv|tcss))?)`", texte)
    manquent = [nom for nom in nommes if not any((dossier / nom).exists() for dossier in DOSSIERS)]
    liens = re.findall(r"\]\(([^)#]+)\)", texte)
    manquent += [lien for lien in liens if "://" not in lien and not (papier.parent / lien).exists()]
    assert not manquent


def test_a_class_has_a_name_of_its_own() -> None:
    """Nested classes are excepted: they are read with the class around them, and listed in the glossary."""
    classes = defaultdict(list)
    for module in sorted((RACINE / "cyclades_tui").rglob("*.py")):
        for noeud in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(noeud, ast.ClassDef):
                classes[noeud.name].append(module.name)
    assert not {nom: modules for nom, modules in classes.items() if len(modules) > 1}


def test_a_nested_message_of_several_widgets_is_in_the_glossary() -> None:
    imbriquees = defaultdict(set)
    for module in sorted((RACINE / "cyclades_tui").rglob("*.py")):
        for noeud in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(noeud, ast.ClassDef):
                for dedans in noeud.body:
                    if isinstance(dedans, ast.ClassDef):
                        imbriquees[dedans.name].add(noeud.name)
    glossaire = (DOCS / "glossaire.md").read_text("utf-8")
    assert not {nom for nom, ou in imbriquees.items() if len(ou) > 1 and f"`{nom}`" not in glossaire}

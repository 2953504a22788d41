"""French typography: each text as it should be written, and no line that begins or ends with the wrong sign."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.domaine.typographie import accentuer, en_lignes
from cyclades_tui.editions.coupe import couper

_ = AppCyclades  # its module tells Textual what a word is
RACINE = Path(__file__).parents[2]
LETTRE = re.compile(r"[^\W\d_]{3}")
SANS_ESPACE = re.compile(r"«(?! )|(?<! )»|(?<=[^\W_])[;!?](?=\s|$)|(?<=[^\W_]):(?=\s)")
# Words for programs or programmers: an error that nobody sees, a reason of the journal, a table's SQL, a style.
ANGLAIS = re.compile(r"\b(?:the|is|it|for|from|with|RAISE|CREATE|INSERT|stream|leaves)\b|\{\s")
# Kept letter for letter: the conditions that the guides print (F268).
DES_GUIDES = ("de bonne foi;", "me seront demandées;")
BORD = re.compile(r"^[:;!?»](?!\w)|«$")


def _phrases(noeud: ast.AST) -> Iterator[str]:
    """The texts of a module, without its docstrings; « X » stands for what is filled in."""
    for fils in ast.iter_child_nodes(noeud):
        if isinstance(fils, ast.Expr) and isinstance(fils.value, ast.Constant):
            continue
        if isinstance(fils, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in fils.values)
        elif isinstance(fils, ast.Constant) and isinstance(fils.value, str):
            yield fils.value
        else:
            yield from _phrases(fils)


def _feuilles(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict | list):
        for une in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _feuilles(une)


@cache
def textes() -> tuple[str, ...]:
    """What people may read: sentences of the package (screens, editions, messages, commands) and of its data."""
    modules = sorted((RACINE / "cyclades_tui").rglob("*.py"))
    du_code = (texte for module in modules for texte in _phrases(ast.parse(module.read_text(encoding="utf-8"))))
    fichiers = sorted((RACINE / "data").rglob("*.toml"))
    des_donnees = (t for fichier in fichiers for t in _feuilles(tomllib.loads(fichier.read_text(encoding="utf-8"))))
    tous = dict.fromkeys((*du_code, *des_donnees))
    return tuple(t for t in tous if " " in t and LETTRE.search(t) and not ANGLAIS.search(t))


def test_each_text_has_the_spaces_of_french() -> None:
    """« Les » with its blanks, one before : ; ! ? as well."""
    assert len(textes()) > 2000
    fautifs = (texte for texte in textes() if SANS_ESPACE.search(texte))
    assert [texte for texte in fautifs if not any(guide in texte for guide in DES_GUIDES)] == []


def test_epreuves_have_one_spelling() -> None:
    """C27: only what the guides' documents print, and what was saved for them, lacks the accent."""
    sans_accent = {texte for texte in textes() if re.search(r"\bEpreuves?\b", texte)}
    assert {accentuer(texte) for texte in sans_accent} == {
        "Épreuve scientifique",
        "Épreuve de mobilité",
        "Épreuve de contrôle",
        "Épreuves dispensées dans la spécialité présentée - Année : X Académie : X",
        "Épreuves validées : X - Année : X Académie : X",
        "Épreuve(s) obligatoire(s)",
        "Épreuve(s) facultative(s)",
    }


def du_code(texte: str, largeur: int) -> list[str]:
    return en_lignes(texte, largeur)


def de_textual(texte: str, largeur: int) -> list[str]:
    bandes = Content(texte).render_strips(largeur, None, Style.null(), RenderOptions(lambda _: Style.null(), {}))
    return [bande.text.strip() for bande in bandes]


def d_un_document(texte: str, largeur: int) -> list[str]:
    return ["".join(s.texte for s in ligne) for ligne in couper("", texte, largeur, lambda t, _: len(t))]


@pytest.mark.parametrize("decouper", [du_code, de_textual, d_un_document])
@pytest.mark.parametrize("largeur", [30, 44, 58, 77])
def test_no_line_begins_or_ends_with_a_sign_that_belongs_to_the_other(
    decouper: Callable[[str, int], list[str]], largeur: int
) -> None:
    fautives = [
        (texte, ligne)
        for texte in textes()
        if "\n" not in texte and any(signe in texte for signe in "«»:;!?")
        for ligne in decouper(texte, largeur)[: len(texte)]
        if BORD.search(ligne) and not BORD.search(texte.strip())
    ]
    assert fautives == []


@pytest.mark.parametrize("espace", ["\u00a0", "\u202f"])
def test_a_no_break_space_of_a_text_holds(espace: str) -> None:
    texte = f"Il reste 12{espace}345 dossiers"
    for largeur in range(12, 30):
        assert any("12" in ligne and "345" in ligne for ligne in de_textual(texte, largeur))


def test_what_is_wider_than_the_line_is_broken_all_the_same() -> None:
    assert en_lignes("« Anticonstitutionnellement »", 10) == ["« Anticons", "titutionne", "llement »"]

"""Every file is read by `domaine/lecture_de_fichiers.py`: nothing in the package goes around it (decision 18)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cyclades_tui

PAQUET = Path(cyclades_tui.__file__).parent
# The reader, and the writer, which reads back what it has just written.
LECTEURS = {"domaine/lecture_de_fichiers.py", "domaine/disque.py"}
# Methods that read a file by its path, whatever the object.
LISENT = {
    "read_bytes",
    "read_text",
    "fromfile",
    "memmap",
    "mmap",
    "input_file",
    "fdopen",
    "copyfileobj",
    "load_workbook",
}
# What opens a file where it is given a path; bytes in memory are named `BytesIO`.
OUVRENT = {"open", "PdfDocument", "from_path", "parse_file", "ZipFile", "TarFile", "GzipFile", "LZMAFile", "BZ2File"}
CHARGENT = {"tomllib", "tomli", "tomlkit", "json", "pickle", "marshal", "yaml", "plistlib"}
# Bytes that the caller has read: the names under which the examination of files passes them on.
OCTETS = {"octets", "cahier", "recus"}

FLUX = "flux"  # a stream within a PDF that is in memory


def ecarts(source: str) -> Iterator[str]:
    """What a module reads around the reader, each as `line: what`."""
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Call) and (quoi := ecart(noeud)):
            yield f"{noeud.lineno}: {quoi}"


def ecart(appel: ast.Call) -> str:
    nom = appel.func.attr if isinstance(appel.func, ast.Attribute) else getattr(appel.func, "id", "")
    module = getattr(appel.func.value, "id", "") if isinstance(appel.func, ast.Attribute) else ""
    if nom == "read_bytes" and module == FLUX:
        return ""
    if nom in LISENT or (nom == "load" and module in CHARGENT):
        return nom
    if nom in OUVRENT and not (appel.args and en_memoire(appel.args[0])):
        return nom
    return ""


def en_memoire(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Name):
        return argument.id in OCTETS
    return isinstance(argument, ast.Call) and getattr(argument.func, "id", "") == "BytesIO"


MODULES = sorted(chemin for chemin in PAQUET.rglob("*.py") if chemin.relative_to(PAQUET).as_posix() not in LECTEURS)


def test_nothing_reads_a_file_around_the_one_reader() -> None:
    trouves = [
        f"{chemin.relative_to(PAQUET)}:{quoi}"
        for chemin in MODULES
        for quoi in ecarts(chemin.read_text(encoding="utf-8"))
    ]
    assert trouves == []
    assert len(MODULES) > 100


@pytest.mark.parametrize(
    "ligne",
    [
        "open('a')",
        "open(chemin, 'rb')",
        "chemin.open()",
        "chemin.open('rb')",
        "chemin.read_bytes()",
        "chemin.read_text(encoding='utf-8')",
        "os.open('a', 0)",
        "os.fdopen(3)",
        "io.open('a')",
        "tomllib.load(flux)",
        "json.load(flux)",
        "Image.open(chemin)",
        "Pdf.open(chemin)",
        "PdfDocument(chemin)",
        "zipfile.ZipFile('a')",
        "lzma.open('a')",
    ],
)
def test_the_search_would_find_it(ligne: str) -> None:
    assert list(ecarts(ligne))

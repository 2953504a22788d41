"""Every file is written by `domaine/disque.py`: nothing in the package goes around it (decision 18)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cyclades_tui

PAQUET = Path(cyclades_tui.__file__).parent
ECRIVAIN = PAQUET / "domaine" / "disque.py"
# Methods and functions that write, move or name a file, whatever the object.
ECRIVENT = {
    "write_bytes",
    "write_text",
    "touch",
    "hardlink_to",
    "symlink_to",
    "chmod",
    "rename",
    "renames",
    "copy2",
    "copyfile",
    "copyfileobj",
    "copytree",
    "mkstemp",
    "mkdtemp",
    "mktemp",
    "NamedTemporaryFile",
    "TemporaryDirectory",
    "TemporaryFile",
    "SpooledTemporaryFile",
    "ZipFile",
    "FileHandler",
    "backup",
    "truncate",
    "fchmod",
}
DE_OS = {"open", "replace", "link", "symlink", "write", "mkfifo", "mknod", "sendfile", "copy_file_range", "fdopen"}
DE_SHUTIL = {"copy", "move"}
# The one reader (test_lecteur_unique.py), which opens a file to read it.
LECTEURS = {"domaine/lecture_de_fichiers.py"}


def ecarts(source: str) -> Iterator[str]:
    """What a module does around the writer, each as `line: what`."""
    arbre = ast.parse(source)
    sures = set(noms_surs(arbre))
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call) and (quoi := ecart(noeud, sures)):
            yield f"{noeud.lineno}: {quoi}"


def noms_surs(arbre: ast.AST) -> Iterator[str]:
    """The names that stand for memory, or for a file of the writer."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Assign) and nom_appele(noeud.value) == "BytesIO":
            yield from (cible.id for cible in noeud.targets if isinstance(cible, ast.Name))
        elif isinstance(noeud, ast.withitem) and nom_appele(noeud.context_expr) == "ecriture_entiere":
            assert isinstance(noeud.optional_vars, ast.Name)
            yield noeud.optional_vars.id


def nom_appele(noeud: ast.AST) -> str:
    if not isinstance(noeud, ast.Call):
        return ""
    return noeud.func.attr if isinstance(noeud.func, ast.Attribute) else getattr(noeud.func, "id", "")


def ecart(appel: ast.Call, sures: set[str]) -> str:
    nom = nom_appele(appel)
    module = getattr(appel.func.value, "id", "") if isinstance(appel.func, ast.Attribute) else ""
    if nom in ECRIVENT or (module == "os" and nom in DE_OS) or (module == "shutil" and nom in DE_SHUTIL):
        return nom
    if nom == "open" and module not in {"Image", "Pdf", "pikepdf", "tarfile"} and ecrit(appel, 0 if module else 1):
        return "open"
    if nom == "replace" and module != "dataclasses" and len(appel.args) == 1 and not appel.keywords:
        return "replace"
    if nom == "save" and not (appel.args and sure(appel.args[0], sures)):
        return "save"
    return ""


def ecrit(appel: ast.Call, rang: int) -> bool:
    """Whether the mode of an `open` writes; one that is not a literal is taken to."""
    mode = next((cle.value for cle in appel.keywords if cle.arg == "mode"), None)
    if mode is None:
        mode = appel.args[rang] if len(appel.args) > rang else ast.Constant("r")
    return not (isinstance(mode, ast.Constant) and isinstance(mode.value, str) and not set(mode.value) & set("wax+"))


def sure(argument: ast.expr, sures: set[str]) -> bool:
    if isinstance(argument, ast.Name):
        return argument.id in sures
    return any(nom_appele(noeud) == "ecriture_entiere" for noeud in ast.walk(argument))


MODULES = sorted(
    chemin
    for chemin in PAQUET.rglob("*.py")
    if chemin != ECRIVAIN and chemin.relative_to(PAQUET).as_posix() not in LECTEURS
)


def test_nothing_writes_a_file_around_the_one_writer() -> None:
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
        "open('a', 'w')",
        "chemin.open(mode='ab')",
        "open('a', mode)",
        "chemin.write_bytes(b'')",
        "chemin.write_text('')",
        "chemin.replace(autre)",
        "os.rename('a', 'b')",
        "os.open('a', 1)",
        "shutil.copy('a', 'b')",
        "tempfile.TemporaryDirectory()",
        "image.save(chemin)",
        "pdf.save()",
        "zipfile.ZipFile('a', 'w')",
        "source.backup(cible)",
        "logging.FileHandler('a')",
    ],
)
def test_the_search_would_find_it(ligne: str) -> None:
    assert list(ecarts(ligne))

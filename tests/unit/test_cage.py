"""The cage: what a process that reads a hostile file cannot do, and that nothing else reads one."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from outils import cage
from outils.fichiers_bons import CATALOGUE, UNE_PAGE, bloc, pdf_brut, pdf_de, png_de
from outils.fichiers_hostiles import comprimer, dessins_sans_fin, formes_emboitees, jpeg_geant

import cyclades_tui
from cyclades_tui.fichiers import apercu, confinement
from cyclades_tui.fichiers.apercu import PageDessinee, PagesConfinees
from cyclades_tui.fichiers.cage.pages import PIXELS_RENDUS
from cyclades_tui.fichiers.confinement import faire_lire
from cyclades_tui.fichiers.refus import FichierIllisible

PAQUET = Path(cyclades_tui.__file__).parent


@pytest.fixture(autouse=True)
def _rien_ne_reste() -> Iterator[None]:
    yield
    assert cage.plus_de_lecteur()


def dedans(tmp_path: Path) -> dict[str, object]:
    """What a process learns of its cage by attacking it."""
    (tmp_path / "store").write_bytes(b"secret")
    valeurs, _ = faire_lire(cage.__name__, b"x", 30, str(tmp_path / "store"), str(os.getpid()), processeur=30)
    return valeurs


# --- from inside ------------------------------------------------------------------------------------------------


def test_a_reader_reaches_no_file_no_network_no_process_and_little_memory(tmp_path: Path) -> None:
    refuses = dedans(tmp_path)["refuses"]
    assert refuses == [
        "memory",
        "read the store",
        "read /etc/passwd",
        "list a folder",
        "look at a file",
        "write a file",
        "remove a file",
        "open a socket",
        "open a local socket",
        "fork",
        "run a program",
        "run a command",
        "signal",
        "trace",
        "gain a limit",
        "unshare",
        "a file in memory",
    ]
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["store"]


def test_a_reader_has_no_environment_and_nothing_open_but_the_way_to_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLADES_CLE", "secret")
    confinement.arreter()  # one that is started under this environment
    ici, la = socket.socketpair()
    with ici, la, Path(__file__).open("rb") as ouvert:
        os.set_inheritable(ouvert.fileno(), True)
        valeurs = dedans(tmp_path)
    assert (valeurs["environnement"], valeurs["ouverts"]) == ({}, [0, 1, 2])


def test_what_the_kernel_gives_is_told() -> None:
    """On the machine of the tests the kernel gives all: without one of them the attacks above prove less."""
    avec = confinement.protections()
    assert (avec.sans_privilege, avec.sans_reseau, avec.seccomp) == (True, True, True)
    assert avec.landlock > 0


@pytest.mark.parametrize("refusee", ["seccomp", "landlock"])
def test_each_layer_refuses_files_without_the_other(refusee: str, tmp_path: Path) -> None:
    """Were one of them missing, or mended by a bug, the other would still hold."""
    (tmp_path / "store").write_bytes(b"secret")
    arguments = (str(tmp_path / "store"), str(os.getpid()), refusee)
    confinement.arreter()  # one for this test alone, which goes without the layer
    try:
        valeurs, _ = faire_lire(cage.__name__, b"x", 30, *arguments, processeur=30)
    finally:
        confinement.arreter()
    assert {"read the store", "read /etc/passwd", "list a folder", "write a file"} <= set(valeurs["refuses"])


# --- hostile files, drawn ---------------------------------------------------------------------------------------


def mesurer_et_dessiner(octets: bytes, format_: str) -> PageDessinee:
    document = PagesConfinees(octets, format_)
    try:
        document.mesurer()
        return document.dessiner(0, 1_000, 0)
    finally:
        document.fermer()


def boite(cotes: str) -> bytes:
    return pdf_brut(CATALOGUE, UNE_PAGE, f"<< /Type /Page /Parent 2 0 R /MediaBox [{cotes}] >>")


HOSTILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "800 bytes that take a gigabyte": (dessins_sans_fin, "PDF"),
    "forms in forms without end": (formes_emboitees, "PDF"),
    "a picture of 50,000 x 50,000": (lambda: png_de(50_000, 50_000, bloc(b"IDAT", comprimer(bytes(999)))), "PNG"),
    "a jpeg of 50,000 x 50,000": (jpeg_geant, "JPEG"),
    "not a file at all": (lambda: b"%PDF-1.7", "PDF"),
}


@pytest.mark.parametrize("cas", HOSTILES)
def test_a_hostile_file_is_not_drawn_takes_nothing_here_and_the_next_one_is(
    cas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apercu, "DUREE_MAX", 4.0)
    fabrique, format_ = HOSTILES[cas]
    octets, avant = fabrique(), psutil.Process().memory_info().rss
    with pytest.raises(FichierIllisible) as refuse:
        mesurer_et_dessiner(octets, format_)
    faute = apercu.indessinable(refuse.value, "")
    assert faute.message.startswith("Ce fichier ne peut pas être dessiné : ")
    assert psutil.Process().memory_info().rss - avant < 50_000_000
    assert mesurer_et_dessiner(pdf_de(), "PDF").taille == (1_000, 1_000)


@pytest.mark.parametrize(
    "cotes", ["0 0 14400 14400", "0 0 3e9 3e9", "-1e38 -1e38 1e38 1e38", "0 0 1 200000", "0 0 0 0", "0 0 0.001 0.001"]
)
def test_a_huge_or_tiny_page_has_a_bounded_number_of_pixels_or_is_told(cotes: str) -> None:
    with suppress(FichierIllisible):
        largeur, hauteur = mesurer_et_dessiner(boite(cotes), "PDF").taille
        assert largeur * hauteur <= PIXELS_RENDUS * 1.01


def test_a_page_that_is_left_is_no_longer_drawn() -> None:
    """Whoever waits for it is told at once, and its process is gone."""
    document = PagesConfinees(formes_emboitees(), "PDF")
    dit: list[BaseException] = []

    def attendre() -> None:
        try:
            document.dessiner(0, 1_000, 0)
        except FichierIllisible as erreur:
            dit.append(erreur)

    fil = threading.Thread(target=attendre)
    fil.start()
    while not cage.lecteurs():
        time.sleep(0.01)
    document.fermer()
    fil.join(5)  # less than a page may take
    assert not fil.is_alive()
    assert [apercu.abandonne(erreur) for erreur in dit] == [True]


def test_a_file_that_is_forgotten_has_no_process_any_more() -> None:
    document = PagesConfinees(pdf_de(), "PDF")
    document.mesurer()
    assert len(cage.lecteurs()) == 1
    del document
    assert cage.plus_de_lecteur()


def test_a_keeper_or_a_reader_that_is_killed_is_replaced() -> None:
    document = PagesConfinees(pdf_de(), "PDF")
    document.mesurer()
    (gardien,) = psutil.Process().children()
    for victime in (*cage.lecteurs(), gardien):
        avec = victime.children()
        victime.kill()
        psutil.wait_procs([victime, *avec], timeout=5)
        assert document.dessiner(0, 100, 0).taille == (100, 100)
    document.fermer()


def test_a_keeper_dies_with_its_process_and_takes_all_readers_along() -> None:
    """Also when nothing could be said: a kill leaves no reader behind."""
    programme = (
        "import sys, time; from cyclades_tui.fichiers.apercu import PagesConfinees\n"
        "document = PagesConfinees(sys.stdin.buffer.read(), 'PDF')\n"
        "print(document.mesurer(), flush=True); document.dessiner(0, 1000, 0)"
    )
    with subprocess.Popen([sys.executable, "-c", programme], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as lui:
        assert lui.stdin is not None
        assert lui.stdout is not None
        lui.stdin.write(formes_emboitees())
        lui.stdin.close()
        lui.stdout.readline()
        descendants = psutil.Process(lui.pid).children(recursive=True)
        assert len(descendants) == 2
        lui.kill()
    assert psutil.wait_procs(descendants, timeout=20)[1] == []


@pytest.mark.parametrize("mensonge", ["long", "no json", "a list", "half", "pixels", "sizes"])
def test_what_a_taken_reader_answers_is_not_believed(mensonge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has taken a reader over may answer anything: it is refused as a file that cannot be read."""
    monkeypatch.setattr("cyclades_tui.fichiers.cage.dessin.__name__", cage.__name__)
    with pytest.raises(FichierIllisible):
        mesurer_et_dessiner(b"x", mensonge)


# --- who opens deposited bytes ----------------------------------------------------------------------------------

# What decodes a format; Pillow's own `Image` also holds pixels, which is no decoding.
DECODEURS = {"pypdfium2", "pikepdf", "zxingcpp", "pillow_heif", "img2pdf", "fitz", "PIL"}
# Modules outside the cage that import one of them, and why.
SANS_OCTETS_DEPOSES = {
    "editions/chiffrement.py": "encrypts documents that were composed here, before they leave",
    "editions/reliure.py": "joins documents that were composed here, of which it is given the files",
    "amorce/dossiers_a_controler.py": "draws the files of the demonstration, and reads none",
    "widgets/pages.py": "puts pixels into an image",
    "widgets/toile.py": "cuts an image for the screen",
}


def importes(arbre: ast.AST) -> Iterator[str]:
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
            yield from (f"{noeud.module}.{alias.name}" for alias in noeud.names)
        elif isinstance(noeud, ast.Call) and ast.unparse(noeud.func).endswith(("import_module", "__import__")):
            yield from (mot.value for mot in noeud.args if isinstance(mot, ast.Constant) and isinstance(mot.value, str))


def test_only_the_cage_imports_what_decodes_a_format() -> None:
    trouves = {}
    for chemin in PAQUET.rglob("*.py"):
        nom = chemin.relative_to(PAQUET).as_posix()
        noms = {importe for importe in importes(ast.parse(chemin.read_bytes())) if importe.split(".")[0] in DECODEURS}
        if noms and not nom.startswith("fichiers/cage/"):
            trouves[nom] = noms
    assert trouves.keys() == SANS_OCTETS_DEPOSES.keys()
    for nom in ("widgets/pages.py", "widgets/toile.py"):
        assert trouves[nom] <= {"PIL.Image", "PIL.Image.Image"}
        arbre = ast.parse((PAQUET / nom).read_bytes())
        appels = {ast.unparse(noeud.func) for noeud in ast.walk(arbre) if isinstance(noeud, ast.Call)}
        assert appels & {"Images.open", "Image.open"} == set()


def test_who_runs_outside_the_cage_takes_no_decoder_from_it() -> None:
    """Its modules are imported elsewhere for their names and limits only: none of them loads a decoder by itself."""
    programme = (
        "import sys\n"
        "import cyclades_tui.fichiers.apercu, cyclades_tui.fichiers.codes, cyclades_tui.fichiers.examen\n"
        f"print(sorted({DECODEURS!r} & sys.modules.keys()))"
    )
    fini = subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, check=True)
    assert fini.stdout == "[]\n"

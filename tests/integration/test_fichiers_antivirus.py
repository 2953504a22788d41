"""The antivirus over its own socket: Debian's clamd if installed, and a substitute with the same protocol."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from outils.fichiers_bons import bloc, image, png_avec
from outils.fichiers_hostiles import HOSTILES, PAGES_MAX, TAILLE_MAX

from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.fichiers.antivirus import Analyse, Antivirus
from cyclades_tui.fichiers.examen import Exigences, examiner

EXIGENCES = Exigences(("PDF", "PNG"), TAILLE_MAX, PAGES_MAX)
# What these tests call dangerous: a signature in a database that is written for clamd.
MARQUE = b"marque des essais de cyclades, sans danger"
SIGNATURE = f"Cyclades.Essai:0:*:{MARQUE.hex()}\n"
Servir = Callable[[socket.socket], None]


def _recevoir(liaison: socket.socket, nombre: int) -> bytes:
    recu = b""
    while len(recu) < nombre and (suite := liaison.recv(nombre - len(recu))):
        recu += suite
    return recu


def lire_le_flux(liaison: socket.socket) -> bytes:
    """The bytes of an INSTREAM command, up to its empty chunk."""
    assert _recevoir(liaison, 10) == b"zINSTREAM\0"
    recu = b""
    while longueur := struct.unpack("!I", _recevoir(liaison, 4))[0]:
        recu += _recevoir(liaison, longueur)
    return recu


def analyser_comme_clamd(liaison: socket.socket) -> None:
    trouve = MARQUE in lire_le_flux(liaison)
    liaison.sendall(b"stream: Cyclades.Essai.UNOFFICIAL FOUND\0" if trouve else b"stream: OK\0")


@contextmanager
def servir(adresse: Path, servir_un: Servir) -> Iterator[Antivirus]:
    """A server that handles connections one by one with `servir_un`, until the end of the block."""
    with socket.socket(socket.AF_UNIX) as ecoute:
        ecoute.bind(str(adresse))
        ecoute.listen()

        def boucler() -> None:
            while True:
                liaison, _ = ecoute.accept()
                with liaison:
                    if liaison.recv(1, socket.MSG_PEEK) == b"!":
                        return
                    servir_un(liaison)

        fil = threading.Thread(target=boucler)
        fil.start()
        try:
            yield Antivirus(adresse, delai=20)
        finally:
            with socket.socket(socket.AF_UNIX) as fin:
                fin.connect(str(adresse))
                fin.sendall(b"!")
            fil.join()


@contextmanager
def lancer_clamd(dossier: Path, programme: str) -> Iterator[Antivirus]:
    """Debian's own daemon with a database of one signature, until the end of the block."""
    base, adresse, reglages = dossier / "base", dossier / "clamd.ctl", dossier / "clamd.conf"
    base.mkdir()
    (base / "essai.ndb").write_text(SIGNATURE, encoding="ascii")
    reglages.write_text(
        f"LocalSocket {adresse}\nDatabaseDirectory {base}\nForeground yes\nMaxThreads 1\n", encoding="utf-8"
    )
    with subprocess.Popen([programme, "-c", reglages], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as clamd:
        try:
            assert clamd.stdout is not None
            # The line it writes once it has read its database and listens.
            ligne = b""
            while b"Self checking" not in ligne:
                ligne = clamd.stdout.readline()
                assert ligne
            yield Antivirus(adresse, delai=20)
        finally:
            clamd.terminate()
            clamd.communicate()


SYSTEME = "/usr/sbin:/usr/bin"  # root's commands are in nobody else's PATH
INSTALLES = [programme for programme in (shutil.which("clamd", path=SYSTEME),) if programme]


@pytest.fixture(scope="module", params=["", *INSTALLES])
def antivirus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Antivirus]:
    """The substitute, then the daemon itself if this machine has it."""
    dossier = tmp_path_factory.mktemp("clamd")
    remplacant = servir(dossier / "clamd.ctl", analyser_comme_clamd)
    with lancer_clamd(dossier, request.param) if request.param else remplacant as ouvert:
        yield ouvert


@pytest.fixture(scope="module")
def dangereux() -> bytes:
    return png_avec(bloc(b"tEXt", b"a\0" + MARQUE))


def test_a_clean_file_is_kept_as_such(antivirus: Antivirus, tmp_path: Path) -> None:
    chemin = tmp_path / "a.png"
    chemin.write_bytes(image("PNG"))
    assert examiner(chemin, EXIGENCES, antivirus).analyse is Analyse.SAINE
    assert antivirus.analyser(bytes(TAILLE_MAX)) is Analyse.SAINE


def test_a_file_with_a_signature_is_refused_by_its_name(antivirus: Antivirus, tmp_path: Path, dangereux: bytes) -> None:
    chemin = tmp_path / "a.png"
    chemin.write_bytes(dangereux)
    with pytest.raises(SaisieRefusee) as refus:
        examiner(chemin, EXIGENCES, antivirus)
    (faute,) = refus.value.fautes
    assert faute.code == "piece.virus"
    assert "Cyclades.Essai" in faute.message
    assert "support" in faute.remede


def test_what_the_examination_refuses_keeps_its_own_reason(antivirus: Antivirus, tmp_path: Path) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        examiner(HOSTILES["png cut"][0](tmp_path), EXIGENCES, antivirus)
    assert refus.value.fautes[0].code == "piece.suite"


# --- clamd away, late or lost: the file goes on, « non analysé » ------------------------------------------------


def test_no_antivirus_blocks_no_file(tmp_path: Path) -> None:
    assert Antivirus(tmp_path / "absent.ctl").analyser(b"x") is Analyse.NON_ANALYSE
    fichier = tmp_path / "fichier"
    fichier.touch()
    assert Antivirus(fichier).analyser(b"x") is Analyse.NON_ANALYSE
    assert Antivirus(tmp_path / ("long" * 60)).analyser(b"x") is Analyse.NON_ANALYSE


def test_an_antivirus_that_does_not_answer_is_not_waited_for(tmp_path: Path, dangereux: bytes) -> None:
    def se_taire(liaison: socket.socket) -> None:
        """Read everything, until the other side closes."""
        while liaison.recv(65_536):
            pass

    with servir(tmp_path / "a.ctl", se_taire):
        assert Antivirus(tmp_path / "a.ctl", delai=0.1).analyser(dangereux) is Analyse.NON_ANALYSE


def test_an_antivirus_that_reads_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as ecoute:
        ecoute.bind(str(tmp_path / "a.ctl"))
        ecoute.listen()
        assert Antivirus(tmp_path / "a.ctl", delai=0.1).analyser(bytes(TAILLE_MAX)) is Analyse.NON_ANALYSE


@pytest.mark.parametrize(
    "reponse",
    [
        b"",
        b"\0",
        b"stream: O",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"\xff\xfe\0",
        b"x" * 10_000,
    ],
)
def test_an_answer_that_says_neither_is_no_analysis(tmp_path: Path, reponse: bytes) -> None:
    def repondre(liaison: socket.socket) -> None:
        lire_le_flux(liaison)
        liaison.sendall(reponse)

    with servir(tmp_path / "a.ctl", repondre) as antivirus:
        assert antivirus.analyser(b"x") is Analyse.NON_ANALYSE


def test_a_signature_that_hides_signs_is_told_without_them(tmp_path: Path) -> None:
    def repondre(liaison: socket.socket) -> None:
        lire_le_flux(liaison)
        liaison.sendall("stream: a\x1b[2Jb\u202e FOUND\0".encode())

    with servir(tmp_path / "a.ctl", repondre) as antivirus, pytest.raises(SaisieRefusee) as refus:
        antivirus.analyser(b"x")
    assert "a_[2Jb_" in refus.value.fautes[0].message

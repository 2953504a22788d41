"""The one writer of files: each is new, whole or absent, never through a link, and read back (decision 18)."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from cyclades_tui.domaine.lecture_de_fichiers import ouvrir_regulier

PREFIXE_PROVISOIRE = ".provisoire-"
MODE_PRIVE = 0o600
MODE_DOSSIER_PRIVE = 0o700

_PROVISOIRE = re.compile(re.escape(PREFIXE_PROVISOIRE) + r"[0-9a-f]{16}(?:[0-9a-f]{16})?")  # 16: releases before 0.2
_BLOC = 1 << 20  # bytes read at once
_DOSSIER_SANS_FSYNC = frozenset({errno.EINVAL, errno.ENOTSUP})
# A FAT medium has no permissions and no links; it says so in several ways.
_SANS_MODES = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
# Windows has none of these, nor folders held open: there names are whole paths.
_SANS_LIEN, _SANS_ATTENDRE, _DOSSIER = (getattr(os, nom, 0) for nom in ("O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY"))
_TENIR = os.open in os.supports_dir_fd


@dataclass(frozen=True, slots=True)
class _DossierTenu:
    """A folder held open: what is written there stays there, whatever takes its place under its path."""

    chemin: Path
    fd: int | None

    def nom(self, nom: str) -> str:
        """A name as the functions of `os` take it beside `dir_fd`."""
        return nom if self.fd is not None else str(self.chemin / nom)

    def ouvrir(self, nom: str, drapeaux: int, mode: int = MODE_PRIVE) -> int:
        return os.open(self.nom(nom), drapeaux | _SANS_LIEN, mode, dir_fd=self.fd)

    def ouvrir_ici(self, chemin: str, drapeaux: int) -> int:
        """The `opener` of a file whose path begins with that of this folder."""
        return self.ouvrir(Path(chemin).name, drapeaux)

    def effacer(self, nom: str) -> None:
        os.unlink(self.nom(nom), dir_fd=self.fd)

    def effacer_si(self, nom: str, fd: int) -> None:
        """Delete a name if it is that of an open file: never another's."""
        with suppress(OSError):
            if os.path.samestat(os.lstat(self.nom(nom), dir_fd=self.fd), os.fstat(fd)):
                self.effacer(nom)

    def renommer(self, ancien: str, nouveau: str) -> None:
        os.replace(self.nom(ancien), self.nom(nouveau), src_dir_fd=self.fd, dst_dir_fd=self.fd)

    def lier(self, ancien: str, nouveau: str) -> None:
        os.link(self.nom(ancien), self.nom(nouveau), src_dir_fd=self.fd, dst_dir_fd=self.fd, follow_symlinks=not _TENIR)

    def synchroniser(self) -> None:
        if self.fd is None:
            return
        try:
            os.fsync(self.fd)
        except OSError as erreur:
            if erreur.errno not in _DOSSIER_SANS_FSYNC:
                raise

    @property
    def mode(self) -> int:
        return (self.chemin.stat() if self.fd is None else os.fstat(self.fd)).st_mode


@contextmanager
def ecriture_entiere(chemin: Path, *, mode: int | None = MODE_PRIVE, remplacer: bool = True) -> Iterator[BinaryIO]:
    """Open a new file that takes the name `chemin` when the block ends, its bytes are safe and were read back.

    Its name until then cannot be guessed, and its folder is held open. After an error, `chemin` is as it was. A killed
    process leaves a file `PREFIXE_PROVISOIRE…`, which the next writing in that folder deletes. `mode` is the file's
    permissions, None for those that its folder implies; a FAT medium has none.
    Raises FileExistsError if the name is taken and `remplacer` is false; OSError, also if the folder is a link or is no
    longer the same at the end.
    """
    with _tenir(chemin.parent) as dossier:
        _balayer(dossier)
        with _nouveau_fichier(dossier) as fichier:
            provisoire = Path(fichier.name).name
            try:
                yield fichier
                fichier.flush()
                ecrits = _empreinte(fichier)
                _donner_le_mode(fichier.fileno(), dossier.mode & 0o666 if mode is None else mode)
                os.fsync(fichier.fileno())
                _nommer(dossier, provisoire, chemin.name, remplacer=remplacer)
            finally:
                with suppress(OSError):  # it has its name, or the medium was removed
                    dossier.effacer(provisoire)
            dossier.synchroniser()
            if _relire(chemin) != ecrits:
                dossier.effacer_si(chemin.name, fichier.fileno())
                raise _change(chemin)


def ecrire_en_entier(chemin: Path, octets: bytes, *, mode: int | None = MODE_PRIVE, remplacer: bool = True) -> None:
    """Write a file whole or not at all; options and errors are those of `ecriture_entiere`."""
    with ecriture_entiere(chemin, mode=mode, remplacer=remplacer) as fichier:
        fichier.write(octets)


def copier_en_entier(source: Path, cible: Path, *, mode: int | None = MODE_PRIVE) -> None:
    """Copy a file, a block at a time; options and errors are those of `ecriture_entiere`."""
    with ouvrir_regulier(source) as lu, ecriture_entiere(cible, mode=mode) as fichier:
        while bloc := lu.read(_BLOC):
            fichier.write(bloc)


@contextmanager
def dossier_entier(chemin: Path, *, mode: int = MODE_DOSSIER_PRIVE, groupe: str | None = None) -> Iterator[Path]:
    """A new folder under a name nobody can guess, which takes the name `chemin` when the block ends.

    An empty folder of that name is replaced. After an error nothing is left. A killed process leaves a folder
    `PREFIXE_PROVISOIRE…`, which the next writing beside it deletes. Raises OSError; LookupError for an unknown group.
    """
    with _tenir(chemin.parent) as parent:
        _balayer(parent)
        with _nouveau_dossier(parent) as provisoire:
            _regler(provisoire, mode, groupe)
            yield provisoire
            synchroniser(provisoire)
            garde = provisoire.stat()
            parent.renommer(provisoire.name, chemin.name)
            parent.synchroniser()
            if not chemin.exists() or not os.path.samestat(os.lstat(chemin), garde):
                raise _change(chemin)


@contextmanager
def dossier_de_passage(parent: Path) -> Iterator[Path]:
    """A private folder of `parent` for files that another program reads; deleted at the end, or by the next one."""
    with _tenir(parent) as dossier:
        _balayer(dossier)
        with _nouveau_dossier(dossier) as provisoire:
            yield provisoire


def fichier_sans_nom(*, en_memoire: bool = False) -> BinaryIO:
    """A file for what is only written to be read again here: no name, gone with the process; `en_memoire` off the disk.

    Raises OSError.
    """
    return BytesIO() if en_memoire else cast("BinaryIO", tempfile.TemporaryFile())


def fichier_d_un_programme() -> BinaryIO:
    """A file without a name into which another program writes, in memory where the system can. Raises OSError."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("cyclades"), "w+b")
    return fichier_sans_nom()


def creer_dossier(dossier: Path, mode: int = MODE_DOSSIER_PRIVE, groupe: int | None = None) -> None:
    """Create a folder with exactly `mode`, whatever the umask. Raises OSError."""
    dossier.mkdir(MODE_DOSSIER_PRIVE)
    _regler(dossier, mode, groupe)


def creer_dossier_comme(dossier: Path, modele: Path) -> None:
    """Create a folder with the group and the permissions of another. Raises OSError."""
    etat = modele.stat()
    creer_dossier(dossier, stat.S_IMODE(etat.st_mode), etat.st_gid)


def ajouter(chemin: Path, octets: bytes) -> None:
    """Add bytes at the end of a file that its owner alone reads, created if absent.

    One that others could read is emptied first: a release before 0.2 wrote persons there. Raises OSError.
    """
    with _tenir(chemin.parent) as dossier:
        fd = dossier.ouvrir(chemin.name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _SANS_ATTENDRE)
        with os.fdopen(fd, "ab") as fichier:
            etat = os.fstat(fd)
            if not stat.S_ISREG(etat.st_mode) or etat.st_nlink != 1:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(chemin))
            if os.name != "nt" and etat.st_mode & 0o077:
                fichier.truncate(0)
                _donner_le_mode(fd, MODE_PRIVE)
            fichier.write(octets)


def synchroniser(chemin: Path) -> None:
    """Force the names in a folder to the disk; does nothing on a system that does it itself. Raises OSError."""
    with _tenir(chemin) as dossier:
        dossier.synchroniser()


def deplacer(ancien: Path, nouveau: Path) -> None:
    """Give a file or a folder another name on the same disk, in place of any file of that name. Raises OSError."""
    with _tenir(ancien.parent) as depart, _tenir(nouveau.parent) as arrivee:
        os.replace(depart.nom(ancien.name), arrivee.nom(nouveau.name), src_dir_fd=depart.fd, dst_dir_fd=arrivee.fd)
        arrivee.synchroniser()
        depart.synchroniser()


def vider(chemin: Path) -> None:
    """Take all bytes out of a file. Raises OSError."""
    with _tenir(chemin.parent) as dossier:
        fd = dossier.ouvrir(chemin.name, os.O_WRONLY)
        try:
            os.ftruncate(fd, 0)
            os.fsync(fd)
        finally:
            os.close(fd)


def effacer(chemin: Path) -> None:
    """Delete a file once its bytes are written over; nothing if it is absent. Another name of it keeps its bytes.

    A disk that writes elsewhere what is written again (most of flash) may still hold them. Raises OSError.
    """
    with suppress(FileNotFoundError), _tenir(chemin.parent) as dossier:
        etat = os.lstat(dossier.nom(chemin.name), dir_fd=dossier.fd)
        if stat.S_ISREG(etat.st_mode) and etat.st_nlink == 1:
            with (
                suppress(OSError),
                os.fdopen(dossier.ouvrir(chemin.name, os.O_WRONLY | _SANS_ATTENDRE), "wb") as fichier,
            ):
                for debut in range(0, etat.st_size, _BLOC):
                    fichier.write(bytes(min(_BLOC, etat.st_size - debut)))
                fichier.flush()
                os.fsync(fichier.fileno())
        dossier.effacer(chemin.name)


def effacer_le_dossier(dossier: Path) -> None:
    """Delete a folder, each file as `effacer` does; what cannot be deleted stays."""
    if dossier.is_symlink():
        return
    for racine, _, noms in os.walk(dossier):
        for nom in noms:
            with suppress(OSError):
                effacer(Path(racine, nom))
    shutil.rmtree(dossier, ignore_errors=True)


@contextmanager
def seul_ici(dossier: Path) -> Iterator[None]:
    """Keep other processes that ask for the same folder waiting. Raises OSError."""
    with _tenir(dossier) as ouvert:
        if ouvert.fd is not None:
            _verrouiller(ouvert.fd, attendre=True)
        yield


@contextmanager
def _tenir(chemin: Path) -> Iterator[_DossierTenu]:
    """Hold a folder open. Raises OSError, with ELOOP if it is a link."""
    if not _TENIR:
        yield _DossierTenu(chemin, None)
        return
    try:
        fd = os.open(chemin, os.O_RDONLY | _DOSSIER | _SANS_LIEN)
    except NotADirectoryError as erreur:
        if chemin.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(chemin)) from erreur
        raise
    try:
        yield _DossierTenu(chemin, fd)
    finally:
        os.close(fd)


def _nom_provisoire() -> str:
    return f"{PREFIXE_PROVISOIRE}{secrets.token_hex(16)}"


@contextmanager
def _nouveau_fichier(dossier: _DossierTenu) -> Iterator[BinaryIO]:
    """A new file that this process locks, so that no other takes it for the rest of a killed one."""
    while True:
        provisoire = _nom_provisoire()
        with open(dossier.chemin / provisoire, "x+b", opener=dossier.ouvrir_ici) as fichier:
            if _verrouiller(fichier.fileno(), attendre=True) and os.fstat(fichier.fileno()).st_nlink == 0:
                continue  # another process swept it before it was locked
            yield fichier
            return


@contextmanager
def _nouveau_dossier(parent: _DossierTenu) -> Iterator[Path]:
    """A new folder, locked as a new file is; deleted at the end if it still has its name."""
    with ExitStack() as pile:
        while True:
            nom = _nom_provisoire()
            os.mkdir(parent.nom(nom), MODE_DOSSIER_PRIVE, dir_fd=parent.fd)
            chemin = parent.chemin / nom
            with suppress(FileNotFoundError):  # another process swept it before it was locked
                ouvert = pile.enter_context(_tenir(chemin))
                if ouvert.fd is not None:
                    _verrouiller(ouvert.fd, attendre=True)
                os.stat(parent.nom(nom), dir_fd=parent.fd)
                break
        pile.callback(shutil.rmtree, parent.nom(nom), ignore_errors=True, dir_fd=parent.fd)
        yield chemin


def _verrouiller(fd: int, *, attendre: bool) -> bool:
    """Lock an open file; False if another process has it, or if this disk has no locks."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | (0 if attendre else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _balayer(dossier: _DossierTenu) -> None:
    """Delete what killed processes left unfinished in a folder: only files and folders of our own naming."""
    if dossier.fd is None or any(partie.startswith(PREFIXE_PROVISOIRE) for partie in dossier.chemin.parts):
        return  # what is unfinished itself is deleted as a whole
    restes: list[str] = []
    with suppress(OSError), os.scandir(dossier.fd) as entrees:  # a folder that one may write and not list
        restes += (entree.name for entree in entrees if _PROVISOIRE.fullmatch(entree.name))
    for nom in restes:
        with suppress(OSError):  # another process deletes it too, or the disk is read-only
            _balayer_un(dossier, nom)


def _balayer_un(dossier: _DossierTenu, nom: str) -> None:
    nature = os.lstat(nom, dir_fd=dossier.fd).st_mode
    if not (stat.S_ISREG(nature) or stat.S_ISDIR(nature)):
        return
    fd = dossier.ouvrir(nom, os.O_RDONLY | _SANS_ATTENDRE)
    try:
        if not _verrouiller(fd, attendre=False):
            return
        if stat.S_ISDIR(nature):
            shutil.rmtree(nom, ignore_errors=True, dir_fd=dossier.fd)
        else:
            dossier.effacer(nom)
    finally:
        os.close(fd)


def _regler(dossier: Path, mode: int, groupe: str | int | None) -> None:
    if groupe is not None and groupe != dossier.stat().st_gid:
        shutil.chown(dossier, group=groupe)
    if not _TENIR:
        return
    with _tenir(dossier) as ouvert:
        if ouvert.fd is not None:
            _donner_le_mode(ouvert.fd, mode)  # after chown, which clears the setgid bit


def _donner_le_mode(fd: int, mode: int) -> None:
    """Give an open file or folder, so far its owner's alone, its permissions."""
    if sys.platform == "win32":
        return
    try:
        os.fchmod(fd, mode)
    except OSError as erreur:
        if erreur.errno not in _SANS_MODES:
            raise


def _nommer(dossier: _DossierTenu, provisoire: str, nom: str, *, remplacer: bool) -> None:
    """Give the file its name. Raises FileExistsError if anything has it, even a broken link, and it must stay."""
    if remplacer:
        dossier.renommer(provisoire, nom)
        return
    try:
        dossier.lier(provisoire, nom)
    except FileExistsError:
        raise
    except OSError:  # a FAT medium has no links: reserve the name, then rename
        os.close(dossier.ouvrir(nom, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        try:
            dossier.renommer(provisoire, nom)
        except OSError:
            dossier.effacer(nom)
            raise


def _relire(chemin: Path) -> bytes:
    """The digest of the file that now has a path; empty if that is no file that can be read."""
    try:
        fd = os.open(chemin, os.O_RDONLY | _SANS_LIEN | _SANS_ATTENDRE)
        with os.fdopen(fd, "rb") as fichier:
            return _empreinte(fichier, du_disque=True) if stat.S_ISREG(os.fstat(fd).st_mode) else b""
    except OSError:
        return b""


def _change(chemin: Path) -> OSError:
    return OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(chemin))


def _empreinte(fichier: IO[bytes], *, du_disque: bool = False) -> bytes:
    """The digest of an open file, `du_disque` to ask the medium and not the memory, where the system can."""
    if du_disque and hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(fichier.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    resume = hashlib.sha256()
    fichier.seek(0)
    while bloc := fichier.read(_BLOC):
        resume.update(bloc)
    return resume.digest()

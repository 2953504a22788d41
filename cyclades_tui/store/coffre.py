"""The coffre: files named by the SHA-256 of their bytes, encrypted if the store has a key (decision 8)."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.disque import creer_dossier, ecrire_en_entier, synchroniser
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable, raison
from cyclades_tui.domaine.lecture_de_fichiers import COFFRE_AU_PLUS, REGLAGES_AU_PLUS, lire_en_entier

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FICHIER_SEL = "sel"
_NONCE = 12  # bytes, as GCM requires
_DEBUT = re.compile(r"[0-9a-f]{2}")
_SUITE = re.compile(r"[0-9a-f]{62}")

# Failed operation on the disk -> code, message (followed by the folder), remedy.
_ECRITURE = (
    "coffre.ecriture",
    "Le fichier n'a pas pu être gardé dans",
    "Vérifiez la place et les droits du disque, puis recommencez.",
)
_LECTURE = (
    "coffre.lecture",
    "Les documents n'ont pas pu être lus dans",
    "Vérifiez le disque et les droits de ce dossier, puis recommencez.",
)
_SEL = (
    "coffre.sel",
    "Le fichier « sel », sans lequel la clé n'ouvre aucun document, n'a pas pu être lu dans",
    "Reprenez ce fichier dans une sauvegarde de ce store.",
)


class Coffre:
    """A folder of files, found by digest; the file with digest `abcd…` is `ab/cd…`.

    Even if the store is encrypted, names are digests of the clear bytes: a person who reads the folder without the key
    learns how many files there are and their sizes, and can tell whether a file that he already has is among them.
    """

    def __init__(self, racine: Path, cle: str | None) -> None:
        self.racine = racine
        self._cle = cle

    def preparer(self) -> None:
        """Create the folder, with its parent's permissions, and the salt of the key."""
        creer_dossier(self.racine, self.racine.parent.stat().st_mode & 0o7777)
        if self._cle is not None:
            ecrire_en_entier(self.racine / _FICHIER_SEL, os.urandom(16), mode=None)

    def est_prepare(self) -> bool:
        """Whether the folder is there, with the salt of the key if there is one."""
        return (self.racine / _FICHIER_SEL).is_file() if self._cle is not None else self.racine.is_dir()

    def oublier(self, sha256: str) -> None:
        """Delete the file of a digest if there is one. Raises OSError."""
        self._chemin(sha256).unlink(missing_ok=True)

    def deposer(self, octets: bytes) -> str:
        """Keep bytes on the disk, before their row is written, and return their SHA-256. Equal bytes are kept once.

        Raises StoreInutilisable if the folder is missing or the disk fails.
        """
        sha256 = empreinte(octets)
        chemin = self._chemin(sha256)
        with self._disque_en_clair(_ECRITURE):
            if not chemin.parent.exists():
                self._creer_sous_dossier(chemin.parent)
            try:
                if chemin.exists():
                    raise FileExistsError(chemin)
                ecrire_en_entier(chemin, self.chiffrer(octets, sha256), mode=None, remplacer=False)
            except FileExistsError:
                synchroniser(chemin.parent)  # another process may have just named it
        return sha256

    def lire(self, sha256: str) -> bytes:
        """The bytes of a digest, verified. Raises StoreInutilisable if they are missing, damaged or unreadable."""
        try:
            chiffres = lire_en_entier(self._chemin(sha256), COFFRE_AU_PLUS, suivre=False)
        except FileNotFoundError as erreur:
            raise StoreInutilisable(self._faute_d_absence(sha256)) from erreur
        except OSError as erreur:
            constat = f"ne peut pas être lu : {raison(erreur)}"
            raise StoreInutilisable(self._faute("coffre.illisible", sha256, constat)) from erreur
        octets = self.dechiffrer(chiffres, sha256)
        if octets is None or empreinte(octets) != sha256:
            raise StoreInutilisable(self._faute("coffre.endommage", sha256, "est endommagé"))
        return octets

    def contient(self, sha256: str) -> bool:
        return self._chemin(sha256).is_file()

    def parcourir(self) -> Iterator[str]:
        """The digests kept, in order, without the files that a crash left unfinished.

        Raises StoreInutilisable if the folder is missing or cannot be read.
        """
        with self._disque_en_clair(_LECTURE):
            for dossier in sorted(self.racine.iterdir()):
                if dossier.is_dir() and _DEBUT.fullmatch(dossier.name):
                    yield from sorted(
                        dossier.name + fichier.name for fichier in dossier.iterdir() if _SUITE.fullmatch(fichier.name)
                    )

    def copier(self, empreintes: Iterator[str], racine: Path) -> Iterator[str]:
        """Copy the coffre, still encrypted, to a new folder; yields each digest once its copy is safe on the disk.

        What is missing or cannot be read is missing in the copy. Raises StoreInutilisable if the coffre's folder is
        missing; OSError if the disk of the copy fails.
        """
        if not self.racine.is_dir():
            raise StoreInutilisable(self._faute_du_dossier())
        copie = Coffre(racine, None)
        copie.preparer()
        if self._cle is not None:
            with suppress(StoreInutilisable):
                ecrire_en_entier(racine / _FICHIER_SEL, self._sel(), mode=None)
        for sha256 in empreintes:
            try:
                octets = lire_en_entier(self._chemin(sha256), COFFRE_AU_PLUS, suivre=False)
            except OSError:
                continue
            cible = copie._chemin(sha256)
            if not cible.parent.exists():
                copie._creer_sous_dossier(cible.parent)
            ecrire_en_entier(cible, octets, mode=None)
            yield sha256

    def _chemin(self, sha256: str) -> Path:
        return self.racine / sha256[:2] / sha256[2:]

    def _creer_sous_dossier(self, dossier: Path) -> None:
        try:
            creer_dossier(dossier, self.racine.stat().st_mode & 0o7777)
        except FileExistsError:  # another process, perhaps of another user, has just created it
            return
        synchroniser(self.racine)

    @cached_property
    def _aes(self) -> AESGCM | None:
        """The cipher of an encrypted store, kept because its key is slow to derive, on purpose."""
        if self._cle is None:
            return None
        # Imported here: 7 MB of memory that a store without a key does not need.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(hashlib.scrypt(self._cle.encode(), salt=self._sel(), n=2**14, r=8, p=1, dklen=32))

    def _sel(self) -> bytes:
        with self._disque_en_clair(_SEL):
            return lire_en_entier(self.racine / _FICHIER_SEL, REGLAGES_AU_PLUS, suivre=False)

    def chiffrer(self, octets: bytes, nom: str) -> bytes:
        """Bytes as they may lie on a disk under a name: encrypted if the store has a key. Raises StoreInutilisable."""
        if self._aes is None:
            return octets
        nonce = os.urandom(_NONCE)
        return nonce + self._aes.encrypt(nonce, octets, nom.encode())

    def dechiffrer(self, octets: bytes, nom: str) -> bytes | None:
        """The bytes that `chiffrer` was given; None if these are not its own under that name."""
        if self._aes is None:
            return octets
        from cryptography.exceptions import InvalidTag

        try:
            return self._aes.decrypt(octets[:_NONCE], octets[_NONCE:], nom.encode())
        except (InvalidTag, ValueError):  # ValueError: shorter than a nonce
            return None

    @contextmanager
    def _disque_en_clair(self, textes: tuple[str, str, str]) -> Iterator[None]:
        try:
            yield
        except OSError as erreur:
            if not self.racine.is_dir():
                raise StoreInutilisable(self._faute_du_dossier()) from erreur
            code, constat, remede = textes
            message = f"{constat} « {self.racine} » : {raison(erreur)}."
            raise StoreInutilisable(Faute(code, "", message, remede)) from erreur

    def _faute_d_absence(self, sha256: str) -> Faute:
        """The fault for a missing file, or for a missing folder."""
        return self._faute("coffre.absent", sha256, "est absent") if self.racine.is_dir() else self._faute_du_dossier()

    def _faute_du_dossier(self) -> Faute:
        return Faute(
            "coffre.dossier",
            "",
            f"Le dossier des documents, « {self.racine} », est absent.",
            "S'il a été déplacé ou renommé, remettez-le à sa place ; sinon reprenez-le dans la dernière sauvegarde.",
        )

    def _faute(self, code: str, sha256: str, constat: str) -> Faute:
        return Faute(
            code,
            "",
            f"Le fichier {sha256[:12]}… du coffre « {self.racine} » {constat}.",
            "Reprenez ce fichier dans une sauvegarde, puis lancez « cyclades verifier ».",
        )

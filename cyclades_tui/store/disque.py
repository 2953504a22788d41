"""A store's files and folders: their permissions, and the disks that it must not lie on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import psutil

from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable

# A store's folder and files, for its owner alone or for a group; the group's folder hands its group down (setgid).
MODE_PRIVE = 0o700
MODE_GROUPE = 0o2770

# As the kernel names them, without the `fuse.` of those that run in user space.
SYSTEMES_RESEAU = frozenset(
    {"9p", "afpfs", "afs", "ceph", "cifs", "davfs", "davfs2", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"ocfs2", "rclone", "s3fs", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs", "vmhgfs-fuse", "webdav"}
)


class Partition(Protocol):
    """What is read of a psutil partition."""

    @property
    def mountpoint(self) -> str: ...
    @property
    def fstype(self) -> str: ...
    @property
    def opts(self) -> str: ...


def systeme_reseau(chemin: Path, partitions: Iterable[Partition]) -> str | None:
    """The network file system that holds `chemin` (absolute, without links); None on a local disk.

    The longest mount point wins, and the last of two on the same point, which hides the first.
    """
    if str(chemin).startswith("\\\\"):
        return "UNC"
    portantes = [partition for partition in partitions if chemin.is_relative_to(partition.mountpoint)]
    if not portantes:
        return None
    partition = max(reversed(portantes), key=lambda partition: len(Path(partition.mountpoint).parts))
    distante = partition.fstype.lower().removeprefix("fuse.") in SYSTEMES_RESEAU or "remote" in partition.opts.split(
        ","
    )
    return partition.fstype if distante else None


def refuser_disque_reseau(chemin: Path) -> None:
    """Raises StoreInutilisable where file locks are not to be trusted (decision 8)."""
    systeme = systeme_reseau(chemin.resolve(), psutil.disk_partitions(all=True))
    if systeme is not None:
        raise StoreInutilisable(
            Faute(
                "store.reseau",
                "",
                f"Le dossier « {chemin} » est sur un disque réseau ({systeme}), où les verrous ne sont pas sûrs.",
                "Choisissez un dossier sur un disque de cette machine.",
            )
        )


def mode_des_fichiers(dossier: Path) -> int:
    """The permissions of a file in `dossier`: those of the folder without search and setgid bits."""
    return dossier.stat().st_mode & 0o666


def creer_dossier(dossier: Path, mode: int, groupe: str | None = None) -> None:
    """Make a folder with exactly `mode`, whatever the umask. Raises StoreInutilisable for an unknown group."""
    dossier.mkdir()
    if groupe is not None:
        try:
            shutil.chown(dossier, group=groupe)
        except LookupError as erreur:
            raise StoreInutilisable(
                Faute(
                    "store.groupe",
                    "",
                    f"Le groupe « {groupe} » n'existe pas sur cette machine.",
                    "Créez-le ou donnez un autre groupe.",
                )
            ) from erreur
    dossier.chmod(mode)  # after chown, which clears the setgid bit


def ecrire_durable(chemin: Path, octets: bytes) -> None:
    """Write a file whole or not at all, with the permissions of its folder. Raises OSError."""
    ecrire_en_entier(chemin, octets, mode=mode_des_fichiers(chemin.parent))

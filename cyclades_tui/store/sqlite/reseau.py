"""The file systems on which an SQLite file must not lie, because their locks are unreliable (decision 8)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import psutil

from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable

# As the kernel names them, without the `fuse.` of those in user space.
SYSTEMES_RESEAU = frozenset(
    {"9p", "afpfs", "afs", "ceph", "cifs", "davfs", "davfs2", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"ocfs2", "rclone", "s3fs", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs", "vmhgfs-fuse", "webdav"}
)


class Partition(Protocol):
    """The part of a psutil partition that is used."""

    @property
    def mountpoint(self) -> str: ...
    @property
    def fstype(self) -> str: ...
    @property
    def opts(self) -> str: ...


def systeme_reseau(chemin: Path, partitions: Iterable[Partition]) -> str | None:
    """The network file system that holds `chemin` (absolute, without links); None on a local disk.

    The longest mount point wins; of two on the same point, the last, which hides the first.
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
    """Check where a file lies. Raises StoreInutilisable if locks are unreliable there (decision 8)."""
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

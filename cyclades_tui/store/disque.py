"""A store's files and folders, and their permissions."""

from __future__ import annotations

import shutil
from pathlib import Path

from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable

# Permissions for the owner alone or for a group; setgid makes new files in a group's folder belong to the group.
MODE_PRIVE = 0o700
MODE_GROUPE = 0o2770


def mode_des_fichiers(dossier: Path) -> int:
    """The permissions for files in `dossier`: those of the folder without its search and setgid bits."""
    return dossier.stat().st_mode & 0o666


def creer_dossier(dossier: Path, mode: int, groupe: str | None = None) -> None:
    """Create a folder with exactly `mode`, whatever the umask. Raises StoreInutilisable for an unknown group."""
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
    """Write a file whole or not at all, with the permissions that its folder implies. Raises OSError."""
    ecrire_en_entier(chemin, octets, mode=mode_des_fichiers(chemin.parent))

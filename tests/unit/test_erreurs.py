"""The system's errors are worded in French."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from cyclades_tui.domaine.erreurs import raison


@pytest.mark.parametrize(
    ("numero", "attendue"),
    [
        (errno.ENOENT, "fichier ou dossier absent"),
        (errno.EACCES, "droits insuffisants"),
        (errno.EPERM, "droits insuffisants"),
        (errno.EEXIST, "ce nom existe déjà"),
        (errno.ENOTDIR, "ce n'est pas un dossier"),
        (errno.EISDIR, "c'est un dossier"),
        (errno.ENAMETOOLONG, "nom trop long"),
        (errno.ENOSPC, "disque plein"),
        (errno.EFBIG, "fichier trop gros pour ce disque"),
        (errno.EROFS, "disque en lecture seule"),
        (errno.EMFILE, "trop de fichiers ouverts"),
        (errno.ENFILE, "trop de fichiers ouverts"),
        (errno.EIO, "erreur d'entrée ou de sortie du disque"),
        (errno.EDOM, f"erreur système {errno.EDOM}"),
    ],
)
def test_a_number_of_the_system_has_a_french_reason(numero: int, attendue: str) -> None:
    assert raison(OSError(numero, os.strerror(numero), "chemin")) == attendue


def test_an_error_without_a_number_has_one_too() -> None:
    assert raison(shutil.Error([])) == "erreur système"

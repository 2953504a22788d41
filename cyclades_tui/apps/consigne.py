"""Logs unexpected errors: details go to a file, the person gets a short reference (decision 11)."""

from __future__ import annotations

from pathlib import Path


def consigner(erreur: BaseException) -> tuple[str, Path]:
    """Write the traceback to the user's log; returns the reference and the file.

    If the log cannot be written (disk full, no right), the details are lost, but the reference is still returned.
    """
    import traceback
    from contextlib import suppress
    from datetime import UTC, datetime
    from hashlib import sha256

    import platformdirs

    texte = "".join(traceback.format_exception(erreur))
    reference = sha256(f"{datetime.now(UTC)}{texte}".encode()).hexdigest()[:6].upper()
    chemin = platformdirs.user_log_path("cyclades") / "erreurs.log"
    with suppress(OSError):
        chemin.parent.mkdir(parents=True, exist_ok=True)
        with chemin.open("a", encoding="utf-8") as fichier:
            fichier.write(f"--- {reference} {datetime.now(UTC).isoformat()}\n{texte}\n")
    return reference, chemin

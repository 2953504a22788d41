"""The log of what nobody foresaw: its detail goes to a file, a person gets a short reference (decision 11)."""

from __future__ import annotations

from pathlib import Path


def consigner(erreur: BaseException) -> tuple[str, Path]:
    """Write the traceback to the user's log; returns the reference and the file.

    Where the log cannot be written (disk full, no right) its detail is lost, never the sentence with the reference.
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

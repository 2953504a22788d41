"""Logs unexpected errors: details go to a file, the person gets a short reference (decision 11).

What an exception says often quotes what it stumbled on: a name, a birth date, the parameters of a query. The log has
where the error came from and what kind it is; of messages only those that stand as they are in the code that raised
them, in plain words without capital or figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

# Attributes of exceptions that hold a number of the system or the driver, and no datum.
_SANS_DONNEE = ("errno", "winerror", "sqlite_errorcode", "returncode", "timeout", "code")
_EN_MOTS = re.compile(r"[a-zà-ÿ' ]+")


def consigner(erreur: BaseException) -> tuple[str, Path]:
    """Write where an error came from to the user's log, which he alone reads; returns the reference and the file.

    If the log cannot be written (disk full, no right), the details are lost, but the reference is still returned.
    """
    from contextlib import suppress
    from datetime import UTC, datetime
    from hashlib import sha256

    import platformdirs

    from cyclades_tui.domaine.disque import ajouter

    texte = "\n".join(raconter(erreur))
    instant = datetime.now(UTC)
    reference = sha256(f"{instant}{texte}".encode()).hexdigest()[:6].upper()
    chemin = platformdirs.user_log_path("cyclades") / "erreurs.log"
    with suppress(OSError):
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ajouter(chemin, f"--- {reference} {instant.isoformat()}\n{texte}\n\n".encode(errors="replace"))
    return reference, chemin


def raconter(erreur: BaseException) -> Iterator[str]:
    """The lines of the log for an error and those that led to it, the first cause first; none has a datum."""
    vues: list[BaseException] = []
    actuelle: BaseException | None = erreur
    while actuelle is not None and all(actuelle is not vue for vue in vues):
        vues.append(actuelle)
        actuelle = actuelle.__cause__ or (None if actuelle.__suppress_context__ else actuelle.__context__)
    for vue in reversed(vues):
        yield from _raconter_une(vue, "")


def _raconter_une(erreur: BaseException, marge: str) -> Iterator[str]:
    import traceback

    if erreur.__traceback__ is not None:
        yield f"{marge}Traceback (most recent call last):"
    for cadre in traceback.extract_tb(erreur.__traceback__):
        yield f"{marge}  {cadre.filename}:{cadre.lineno}, {cadre.name}: {cadre.line}"
    yield f"{marge}{type(erreur).__module__}.{type(erreur).__qualname__}{''.join(_precisions(erreur))}"
    if isinstance(erreur, BaseExceptionGroup):
        for partie in erreur.exceptions:
            yield from _raconter_une(partie, f"{marge}  | ")


def _precisions(erreur: BaseException) -> Iterator[str]:
    for nom in _SANS_DONNEE:
        if isinstance(valeur := getattr(erreur, nom, None), int | float):
            yield f" {nom}={valeur}"
    if isinstance(nom_sqlite := getattr(erreur, "sqlite_errorname", None), str) and nom_sqlite.isidentifier():
        yield f" {nom_sqlite}"
    for faute in getattr(erreur, "fautes", ()):
        yield f" {faute.code}"
    dit = erreur.args[0] if erreur.args else None
    if isinstance(dit, str) and _EN_MOTS.fullmatch(dit) and dit in _constantes(erreur):
        yield f": {dit}"


def _constantes(erreur: BaseException) -> Iterator[str]:
    """The strings that are written in the functions an error went through, and the constants of their modules."""
    import traceback

    for cadre, _ in traceback.walk_tb(erreur.__traceback__):
        yield from (valeur for valeur in cadre.f_code.co_consts if isinstance(valeur, str))
        yield from (v for nom, v in cadre.f_globals.items() if nom.isupper() and isinstance(v, str))

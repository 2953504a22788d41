"""The `cyclades` command: what went wrong is said in French, a surprise goes to the log with a short reference."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path


def main() -> None:
    """Run the command line; exit 0 done, 1 the store or the machine cannot, 2 what was given is refused, 70 a bug."""
    from cyclades_tui.cli import app

    for flux in (sys.stdout, sys.stderr):  # a sign that a pipe cannot encode is replaced: it stops nothing
        if isinstance(flux, TextIOWrapper):
            flux.reconfigure(errors="replace")
    try:
        sys.exit(app(standalone_mode=False))
    except Exception as erreur:  # the last handler: nobody above would say anything but a traceback
        sys.exit(_dire(erreur))


def _dire(erreur: Exception) -> int:
    from cyclades_tui.cli.francais import expliquer
    from cyclades_tui.domaine.erreurs import ErreurCyclades, ReferentielFautif, StoreInutilisable

    if phrase := expliquer(erreur):
        print(phrase, file=sys.stderr)
        return 2
    if not isinstance(erreur, ErreurCyclades):
        reference, chemin = _consigner(erreur)
        print(
            f"Un problème inattendu a arrêté la commande, référence {reference} (détails : {chemin}).", file=sys.stderr
        )
        return 70
    for faute in erreur.fautes:
        print(faute, file=sys.stderr)
    return 1 if isinstance(erreur, StoreInutilisable | ReferentielFautif) else 2


def _consigner(erreur: Exception) -> tuple[str, Path]:
    import traceback
    from datetime import UTC, datetime
    from hashlib import sha256

    import platformdirs

    texte = "".join(traceback.format_exception(erreur))
    reference = sha256(f"{datetime.now(UTC)}{texte}".encode()).hexdigest()[:6].upper()
    chemin = platformdirs.user_log_path("cyclades", ensure_exists=True) / "erreurs.log"
    with chemin.open("a", encoding="utf-8") as fichier:
        fichier.write(f"--- {reference} {datetime.now(UTC).isoformat()}\n{texte}\n")
    return reference, chemin


if __name__ == "__main__":
    main()

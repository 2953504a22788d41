"""Lists the files that may be deposited from the configured roots: a medium, the scanner's folder."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from cyclades_tui.domaine.texte import en_clair
from cyclades_tui.fichiers.examen import Exigences
from cyclades_tui.fichiers.formats import acceptes, enumerer, format_du_nom
from cyclades_tui.fichiers.ouverture import nom_sur

PROPOSITIONS_MAX = 500
PROFONDEUR_MAX = 3  # folders below a root
# Names looked at in one root, so that a large collection is not walked through for one scan.
ENTREES_MAX = 20_000
# The last second that Python's dates allow: some media hold impossible instants.
_INSTANT_MAX = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class FichierPropose:
    """A file in the list; `refus` says why it is greyed, and is empty if it may be taken. Bytes, UTC."""

    chemin: Path
    nom: str
    taille: int
    modifie_le: datetime
    refus: str


def proposer(racines: tuple[Path, ...], exigences: Exigences) -> tuple[FichierPropose, ...]:
    """At most `PROPOSITIONS_MAX` files under the roots, newest first; files that may be taken have precedence.

    Links are not followed and hidden names are skipped; a root that is gone or unreadable counts as empty.
    """
    trouvees = (
        _proposition(entree, exigences)
        for racine in racines
        for entree in islice(_parcourir(racine, PROFONDEUR_MAX), ENTREES_MAX)
    )
    gardees = heapq.nlargest(
        PROPOSITIONS_MAX,
        (proposition for proposition in trouvees if proposition is not None),
        key=lambda proposition: (not proposition.refus, proposition.modifie_le),
    )
    return tuple(sorted(gardees, key=lambda proposition: proposition.modifie_le, reverse=True))


def _parcourir(dossier: Path, profondeur: int) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(dossier) as entrees:
            for entree in entrees:
                if entree.name.startswith("."):
                    continue
                if not entree.is_dir(follow_symlinks=False):
                    yield entree
                elif profondeur:
                    yield from _parcourir(Path(entree.path), profondeur - 1)
    except OSError:
        return


def _proposition(entree: os.DirEntry[str], exigences: Exigences) -> FichierPropose | None:
    """The line of a file; None if the file has gone meanwhile."""
    try:
        etat = entree.stat(follow_symlinks=False)
        lien, ordinaire = entree.is_symlink(), entree.is_file(follow_symlinks=False)
    except OSError:
        return None
    chemin = Path(entree.path)
    modifie_le = datetime.fromtimestamp(min(max(etat.st_mtime, 0), _INSTANT_MAX), UTC)
    nature = "lien vers un autre fichier" if lien else "" if ordinaire else "ce n'est pas un fichier ordinaire"
    return FichierPropose(
        chemin, nom_sur(chemin), etat.st_size, modifie_le, nature or _defaut(chemin, etat.st_size, exigences)
    )


def _defaut(chemin: Path, taille: int, exigences: Exigences) -> str:
    format_ = format_du_nom(chemin)
    if format_ not in acceptes(exigences.formats):
        return f"format autre que {enumerer(exigences.formats)}"
    if not taille:
        return "fichier vide"
    taille_max = exigences.a_lire(format_)
    return f"plus de {en_clair(taille_max)}" if taille > taille_max else ""

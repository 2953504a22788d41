"""One shape for every error, on screen, at the command line and in `--json` (decision 11)."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

JOURNAL_DIFFERE = "journal.differe"  # the code of what is said while a line of the journal waits for the disk


@dataclass(frozen=True, slots=True)
class Faute:
    """One error: what is wrong and where (`message`), and what to do about it (`remede`).

    `champ` is the dotted id of a field, a key of a file, or empty; `code` is stable and never shown to a candidate.
    """

    code: str
    champ: str
    message: str
    remede: str

    def en_dict(self) -> dict[str, str]:
        return asdict(self)

    def __str__(self) -> str:
        lieu = f"{self.champ} : " if self.champ else ""
        return f"{lieu}{self.message} {self.remede}".rstrip()


class ErreurCyclades(Exception):
    """A refusal worded for the user; it carries all the faults found, in reading order."""

    def __init__(self, fautes: Iterable[Faute] | Faute) -> None:
        self.fautes: tuple[Faute, ...] = (fautes,) if isinstance(fautes, Faute) else tuple(fautes)
        super().__init__("\n".join(str(faute) for faute in self.fautes))


class SaisieRefusee(ErreurCyclades):
    """What was typed (form or file) breaks a constraint; nothing was written."""


class ActeRefuse(ErreurCyclades):
    """The acte is not allowed now: window closed, other version, range of numbers used up, clock set back."""


class StoreInutilisable(ErreurCyclades):
    """The store cannot be opened or written: absent, locked, damaged, on a network disk, or the disk is full."""


class LigneAbimee(StoreInutilisable):
    """A row of the store is damaged or gone: what needs it is refused, and all else works (decision 20)."""


class ReferentielFautif(ErreurCyclades):
    """A référentiel file is wrong; `champ` is `FILE:key`."""


class FichierRefuse(OSError):
    """A file that is not read: `motif` is `nature`, `taille` or `change`, `dit` says it so; `taille` in bytes."""

    def __init__(self, motif: str, dit: str, chemin: Path, taille: int = 0) -> None:
        super().__init__(dit)
        self.motif, self.dit, self.taille = motif, dit, taille
        self.filename = str(chemin)


_RAISONS = {
    errno.ENOENT: "fichier ou dossier absent",
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EEXIST: "ce nom existe déjà",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ENOSPC: "disque plein",
    errno.EFBIG: "fichier trop gros pour ce disque",
    errno.EROFS: "disque en lecture seule",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.ENFILE: "trop de fichiers ouverts",
    errno.ELOOP: "c'est un lien",
    errno.ESTALE: "ce disque a changé pendant l'écriture",
    errno.EIO: "erreur d'entrée ou de sortie du disque",
}


def lieu_dans_le_toml(erreur: Exception) -> str:
    """Where a TOML parser stopped, in French, to append to a sentence: the parser's own message is English."""
    trouve = re.search(r"line (\d+), column (\d+)", str(erreur))
    if trouve is not None:
        return f", ligne {trouve[1]}, colonne {trouve[2]}"
    return ", à la fin : il n'est pas complet" if "end of document" in str(erreur) else ""


def raison(erreur: OSError) -> str:
    """Why the system refused, in French, to put after a colon: the system's own message is English."""
    if isinstance(erreur, FichierRefuse):
        return erreur.dit
    inconnue = "erreur système" if erreur.errno is None else f"erreur système {erreur.errno}"
    return _RAISONS.get(erreur.errno or 0, inconnue)

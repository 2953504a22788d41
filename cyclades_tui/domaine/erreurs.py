"""What went wrong, in one shape for screen, command line and `--json` (decision 11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Faute:
    """One thing that is wrong: what and where (`message`), and what to do (`remede`).

    `champ` is the dotted field id, a file's key or empty; `code` is stable and never shown to a candidate.
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
    """A refusal that a person can understand; it carries every fault found, in reading order."""

    def __init__(self, fautes: Iterable[Faute] | Faute) -> None:
        self.fautes: tuple[Faute, ...] = (fautes,) if isinstance(fautes, Faute) else tuple(fautes)
        super().__init__("\n".join(str(faute) for faute in self.fautes))


class SaisieRefusee(ErreurCyclades):
    """What was typed (form or file) breaks a constraint; nothing was written."""


class ActeRefuse(ErreurCyclades):
    """The act is not allowed now: window closed, other version, spent range, clock set back."""


class StoreInutilisable(ErreurCyclades):
    """The store cannot be opened or written: absent, locked, damaged, on a network disk, disk full."""


class ReferentielFautif(ErreurCyclades):
    """A référentiel file is wrong; `champ` is `FILE:key`."""

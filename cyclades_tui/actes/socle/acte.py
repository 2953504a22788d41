"""An acte: one transaction, one right, one instant and a row in the journal; a reading: a right and a row afterwards.

    with acte(poste, Droit.DESINSCRIRE, "candidature.desinscrire") as a:
        candidat, candidature = a.candidature(numero_candidat, numero_inscription)
        ...  # with a.unite and a.instant
        a.consigner(f"candidature:{candidature.id}", {"etat": etat.value})

What needs no right, or leaves no row, says why by a member of `SansDroit` or `SansTrace`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.noms import NomActe, SansDroit, SansTrace
from cyclades_tui.domaine.acteur import Acteur, NatureActeur
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.poste import Poste
from cyclades_tui.store.requetes import journal


class TraceOubliee(Exception):
    """A fault of this program: an acte or a reading ended without its row, and did not say that it did nothing."""


@dataclass(slots=True)
class ActeOuvert(Acces):
    """An acte that is being done: its unit of work writes, `instant` was read once the store was locked.

    `noms` are the names under which the journal may keep it, the usual one first.
    """

    noms: tuple[NomActe, ...]
    instant: datetime
    _dit: bool = field(default=False, init=False)

    def consigner(
        self, sujet: str, valeurs: Mapping[str, Any], *, nom: NomActe | None = None, acteur: Acteur | None = None
    ) -> int:
        """Write a row of the journal, of the acte itself unless `nom` is a part's; returns its number.

        `sujet` names rows by internal ids (`candidature:12`), `acteur` is whoever acts unless another is given.
        Raises ActeRefuse when the clock was set back.
        """
        sien = nom or self.noms[0]
        self._dit = self._dit or sien in self.noms
        return journal.consigner(
            self.unite,
            acteur=acteur or self.poste.acteur,
            acte=sien,
            sujet=sujet,
            valeurs=dict(valeurs),
            instant=self.instant,
        )

    def rien(self) -> None:
        """Say that there was nothing to do, so that no row is due."""
        self._dit = True

    def refuser_l_oubli(self) -> None:
        """Raises TraceOubliee when the acte ends without its row."""
        _refuser_l_oubli(self._dit, self.noms[0])


@dataclass(slots=True)
class TravailOuvert(Acces):
    """A transaction that leaves no row, and why; `instant` was read once the store was locked."""

    pourquoi: SansTrace
    instant: datetime


@dataclass(slots=True)
class LectureOuverte(Acces):
    """A reading: its unit of work cannot write; an agent's leaves a row, written once the reading is over."""

    nom: NomActe | SansTrace
    _dit: bool = field(default=False, init=False)
    _trace: tuple[str, Mapping[str, Any]] | None = field(default=None, init=False)

    def consigner(self, sujet: str, valeurs: Mapping[str, Any] | None = None) -> None:
        """Say what is read, for the row that an agent's reading leaves."""
        self._dit, self._trace = True, (sujet, valeurs or {})

    def rien(self) -> None:
        """Say that nothing of anybody was read, so that no row is due."""
        self._dit = True

    def laisser_la_trace(self) -> None:
        """Write the row, if one is due. Raises TraceOubliee when the reading ends without having told it."""
        if isinstance(self.nom, SansTrace):
            return
        _refuser_l_oubli(self._dit, self.nom)
        if self._trace is not None:
            consigner_la_lecture(self.poste, self.nom, *self._trace)


def _refuser_l_oubli(dit: bool, nom: NomActe) -> None:
    if not dit:
        raise TraceOubliee(f"« {nom} » s'achève sans ligne au journal : consigner(…), ou rien().")


class _Simulation(Exception):
    """Undoes the transaction of a simulated acte."""


@contextmanager
def acte(poste: Poste, droit: Droit | SansDroit, nom: NomActe, *autres: NomActe) -> Iterator[ActeOuvert]:
    """An acte, kept at the end of the block with its row, or undone by any exception.

    `autres` are other names that its row may have. Raises ActeRefuse if the caller lacks the right, TraceOubliee when
    the block ends without the row and without `rien()`, StoreInutilisable.
    """
    with poste.store.ecrire() as unite:
        ouvert = ActeOuvert(poste, unite, droit, (nom, *autres), poste.maintenant())
        yield ouvert
        ouvert.refuser_l_oubli()


@contextmanager
def simulation(poste: Poste, droit: Droit | SansDroit, nom: NomActe, *autres: NomActe) -> Iterator[ActeOuvert]:
    """An acte that goes the whole way, is refused where the real one would be, and is undone at the end."""
    try:
        with acte(poste, droit, nom, *autres) as ouvert:
            yield ouvert
            ouvert.refuser_l_oubli()
            raise _Simulation
    except _Simulation:
        return


@contextmanager
def travail(poste: Poste, droit: Droit | SansDroit, pourquoi: SansTrace) -> Iterator[TravailOuvert]:
    """A transaction that by design leaves no row. Raises ActeRefuse if the caller lacks the right."""
    with poste.store.ecrire() as unite:
        yield TravailOuvert(poste, unite, droit, pourquoi, poste.maintenant())


@contextmanager
def lecture(poste: Poste, droit: Droit | SansDroit, nom: NomActe | SansTrace) -> Iterator[LectureOuverte]:
    """A reading of one state of the store; what an agent read is journalled afterwards, in a transaction of its own.

    Raises ActeRefuse if the caller lacks the right, TraceOubliee when the block ends without `consigner` and without
    `rien()`, StoreInutilisable.
    """
    with poste.store.lire() as unite:
        ouverte = LectureOuverte(poste, unite, droit, nom)
        yield ouverte
    ouverte.laisser_la_trace()


def consigner_la_lecture(poste: Poste, nom: NomActe, sujet: str, valeurs: Mapping[str, Any] | None = None) -> None:
    """Journal that an agent has read something; nothing for a candidate or the system."""
    if poste.acteur.nature is NatureActeur.AGENT:
        consigner_le_fait(poste, nom, sujet, valeurs or {})


def consigner_le_fait(poste: Poste, nom: NomActe, sujet: str, valeurs: Mapping[str, Any]) -> None:
    """Journal what was done outside the store, once its right had been asked: a copy, a print, a backup."""
    with acte(poste, SansDroit.DEJA_DEMANDE, nom) as a:
        a.consigner(sujet, valeurs)

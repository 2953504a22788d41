"""An acte: one transaction, one right, one instant and a row in the journal; a reading: a right and a row afterwards.

    with acte(poste, Droit.DESINSCRIRE, "candidature.desinscrire") as a:
        candidat, candidature = a.candidature(numero_candidat, numero_inscription)
        ...  # with a.unite and a.instant
        a.consigner(f"candidature:{candidature.id}", {"etat": etat.value})

What needs no right, or leaves no row, says why by a member of `SansDroit` or `SansTrace`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.horloge import depend_de_l_heure, faute_d_horloge
from cyclades_tui.actes.socle.noms import NomActe, SansDroit, SansTrace
from cyclades_tui.domaine.acteur import Acteur, NatureActeur
from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import JOURNAL_DIFFERE, ActeRefuse, Faute, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.store.cle_du_journal import SANS_CLE
from cyclades_tui.store.modele.differees import LigneDifferee
from cyclades_tui.store.requetes import journal


class TraceOubliee(Exception):
    """A bug: an acte or a reading ended without its journal row and without saying that it did nothing."""


@dataclass(slots=True)
class ActeOuvert(Acces):
    """An acte in progress: its unit of work writes; `instant` was read after the store was locked.

    `noms` are the names that its journal row may have, the usual one first.
    """

    noms: tuple[NomActe, ...]
    instant: datetime
    _dit: bool = field(default=False, init=False)
    _a_l_heure: bool = field(default=False, init=False)

    def consigner(
        self, sujet: str, valeurs: Mapping[str, Any], *, nom: NomActe | None = None, acteur: Acteur | None = None
    ) -> int:
        """Write a journal row under the acte's usual name, or under `nom`; returns its number.

        `sujet` names rows by internal ids (`candidature:12`); `acteur` is the caller by default. Raises ActeRefuse if
        the acte changes something and the clock was set back, or jumped (`Poste.saut`).
        """
        sien = nom or self.noms[0]
        if depend_de_l_heure(sien) and not self._a_l_heure:
            if faute := faute_d_horloge(self.unite, self.instant, self.poste.saut):
                raise ActeRefuse(faute)
            self._a_l_heure = True
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
        """Say that there was nothing to do, so that no row is required."""
        self._dit = True

    def refuser_l_oubli(self) -> None:
        """Raises TraceOubliee if the acte ends without a required row."""
        _refuser_l_oubli(self._dit, self.noms[0])


@dataclass(slots=True)
class TravailOuvert(Acces):
    """A transaction without journal row; `instant` was read after the store was locked."""

    pourquoi: SansTrace
    instant: datetime


@dataclass(slots=True)
class LectureOuverte(Acces):
    """A reading: its unit of work cannot write; if an agent reads, a row is written afterwards."""

    nom: NomActe | SansTrace
    _dit: bool = field(default=False, init=False)
    _trace: tuple[str, Mapping[str, Any]] | None = field(default=None, init=False)

    def consigner(self, sujet: str, valeurs: Mapping[str, Any] | None = None) -> None:
        """Say what is read, for the row that an agent's reading leaves."""
        self._dit, self._trace = True, (sujet, valeurs or {})

    def rien(self) -> None:
        """Say that no personal data were read, so that no row is required."""
        self._dit = True

    def laisser_la_trace(self) -> None:
        """Write the row, if required. Raises TraceOubliee if the reading did not call `consigner` or `rien`."""
        if isinstance(self.nom, SansTrace):
            return
        _refuser_l_oubli(self._dit, self.nom)
        if self._trace is not None:
            consigner_la_lecture(self.poste, self.nom, *self._trace)


def _refuser_l_oubli(dit: bool, nom: NomActe) -> None:
    if not dit:
        raise TraceOubliee(f"« {nom} » s'achève sans ligne au journal : consigner(…), ou rien().")


class _Simulation(Exception):
    """Rolls back the transaction of a simulated acte."""


@contextmanager
def acte(poste: Poste, droit: Droit | SansDroit, nom: NomActe, *autres: NomActe) -> Iterator[ActeOuvert]:
    """Do an acte: committed with its row at the end of the block, or rolled back by any exception.

    `autres` are other names that its row may have. Raises ActeRefuse if the caller lacks the right, TraceOubliee if the
    block ends without row and without `rien()`, StoreInutilisable.
    """
    with suppress(StoreInutilisable):  # the acte itself will say that the disk does not write
        poste.store.differees.journaliser()
    with poste.store.ecrire() as unite:
        ouvert = ActeOuvert(poste, unite, droit, (nom, *autres), poste.maintenant())
        yield ouvert
        ouvert.refuser_l_oubli()


@contextmanager
def simulation(poste: Poste, droit: Droit | SansDroit, nom: NomActe, *autres: NomActe) -> Iterator[ActeOuvert]:
    """Do an acte with the checks of the real one, and roll it back at the end."""
    try:
        with acte(poste, droit, nom, *autres) as ouvert:
            yield ouvert
            ouvert.refuser_l_oubli()
            raise _Simulation
    except _Simulation:
        return


@contextmanager
def travail(poste: Poste, droit: Droit | SansDroit, pourquoi: SansTrace) -> Iterator[TravailOuvert]:
    """A transaction that, by design, leaves no row. Raises ActeRefuse if the caller lacks the right."""
    with poste.store.ecrire() as unite:
        yield TravailOuvert(poste, unite, droit, pourquoi, poste.maintenant())


@contextmanager
def lecture(poste: Poste, droit: Droit | SansDroit, nom: NomActe | SansTrace) -> Iterator[LectureOuverte]:
    """Read one state of the store; an agent's reading is journalled afterwards, in a transaction of its own.

    Raises ActeRefuse if the caller lacks the right, TraceOubliee if the block ends without `consigner` and without
    `rien()`, StoreInutilisable.
    """
    with poste.store.lire() as unite:
        ouverte = LectureOuverte(poste, unite, droit, nom)
        yield ouverte
    ouverte.laisser_la_trace()


def consigner_la_lecture(poste: Poste, nom: NomActe, sujet: str, valeurs: Mapping[str, Any] | None = None) -> None:
    """Journal that an agent has read something; does nothing for a candidate or the system."""
    if poste.acteur.nature is NatureActeur.AGENT:
        consigner_le_fait(poste, nom, sujet, valeurs or {})


def consigner_le_fait(poste: Poste, nom: NomActe, sujet: str, valeurs: Mapping[str, Any]) -> None:
    """Journal what was done outside the store after its right was checked: a copy, a print, a backup.

    A disk that does not write undoes nothing of it: the row waits (`differer`).
    """
    try:
        with acte(poste, SansDroit.DEJA_DEMANDE, nom) as a:
            a.consigner(sujet, valeurs)
    except StoreInutilisable as panne:
        differer(poste, panne, nom, sujet, valeurs)


def differer(
    poste: Poste,
    panne: StoreInutilisable,
    nom: NomActe,
    sujet: str,
    valeurs: Mapping[str, Any],
    acteur: Acteur | None = None,
) -> None:
    """Keep a row that could not be written for when the disk writes again, and warn of it (decision 20).

    Raises `panne` if it is the journal's key that is missing: nobody could prove the row later (decision 17).
    """
    if any(faute.code == SANS_CLE for faute in panne.fautes):
        raise panne
    ligne = LigneDifferee(acteur or poste.acteur, nom, sujet, dict(valeurs), poste.maintenant())
    reste = "" if poste.store.differees.ajouter(ligne) else " Ne fermez pas ce programme avant."
    (faute, *_) = panne.fautes
    constat = "Ceci est fait, et n'est pas encore au journal : la ligne y sera écrite, à son heure."
    avertir(Faute(JOURNAL_DIFFERE, "", f"{faute.message} {constat}{reste}", faute.remede))

"""Reaching a candidature by its two numbers, as whoever asks may (F287)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cyclades_tui.actes.socle import droits
from cyclades_tui.actes.socle.noms import SansDroit
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.droits import Droit, Portee
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent, Candidat, Candidature
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import candidatures, personnes


@dataclass(slots=True)
class Acces:
    """A unit of work opened for a right, and what whoever acts may reach by it.

    Opening one asks for the right. Raises ActeRefuse if the caller lacks it.
    """

    poste: Poste
    unite: Unite
    droit: Droit | SansDroit
    _portee: Portee | None = field(init=False)

    def __post_init__(self) -> None:
        droit = self.droit
        self._portee = None if isinstance(droit, SansDroit) else droits.autoriser(self.poste, self.unite, droit)

    @property
    def portee(self) -> Portee:
        """How far the right reaches. Raises TypeError where none was asked for."""
        if self._portee is None:
            raise TypeError(f"Sans droit, rien n'est à portée : {self.droit}.")
        return self._portee

    def pour(self, droit: Droit) -> Acces:
        """The same unit of work for another right. Raises ActeRefuse if the caller lacks it."""
        return self if droit is self.droit else Acces(self.poste, self.unite, droit)

    def agent(self) -> Agent | None:
        """The agent who acts, None for a candidate or the system. Raises ActeRefuse if he is not active any more."""
        return droits.agent_qui_agit(self.poste, self.unite)

    def candidat(self, numero_candidat: str) -> Candidat:
        """The person of a N° candidat.

        Raises SaisieRefusee when there is none (for a candidate, anybody else is as none), ActeRefuse when the person
        is out of reach.
        """
        candidat = _candidat(self.poste, self.unite, numero_candidat)
        self.exiger_la_personne(candidat)
        return candidat

    def candidature(self, numero_candidat: str, numero_inscription: int) -> tuple[Candidat, Candidature]:
        """A person and one of the candidatures of that person. Raises as `candidat` does."""
        candidat = _candidat(self.poste, self.unite, numero_candidat)
        candidature = candidatures.par_numero(self.unite, candidat.id, numero_inscription)
        if candidature is None:
            message = f"Le candidat {candidat.numero} n'a pas d'inscription {numero_inscription:03d} dans ce store."
            raise SaisieRefusee(Faute("candidature.absente", "inscription", message, "Vérifiez les deux numéros."))
        self.exiger_la_candidature(candidature)
        return candidat, candidature

    def exiger_la_candidature(self, candidature: Candidature) -> None:
        """Raises ActeRefuse when a candidature is out of reach, by its académie or by its last version's school."""
        droits.exiger_la_candidature(self.poste, self.unite, self.portee, candidature)

    def exiger_la_personne(self, candidat: Candidat) -> None:
        """Raises ActeRefuse when none of a person's candidatures is within reach.

        A person without any yet is within everybody's reach but a school's.
        """
        droits.exiger_la_personne(self.poste, self.unite, self.portee, candidat)

    def exiger_l_academie(self, academie: str, etablissement: str | None = None) -> None:
        """Raises ActeRefuse when an académie (a code, empty for all of them) is out of reach.

        `etablissement` is a school's id, empty for none; by default the school that whoever acts is kept to.
        """
        droits.exiger_l_academie(self.poste, self.portee, academie, etablissement)


def retrouver_le_candidat(poste: Poste, unite: Unite, numero_candidat: str, droit: Droit = Droit.CONSULTER) -> Candidat:
    """The person of a N° candidat, for who has a right on somebody.

    Raises SaisieRefusee when there is none (to a candidate, another is as none), ActeRefuse to an agent without the
    right or the reach.
    """
    portee = droits.autoriser(poste, unite, droit)
    candidat = _candidat(poste, unite, numero_candidat)
    droits.exiger_la_personne(poste, unite, portee, candidat)
    return candidat


def retrouver(
    poste: Poste, unite: Unite, numero_candidat: str, numero_inscription: int, droit: Droit = Droit.CONSULTER
) -> tuple[Candidat, Candidature]:
    """A person and one of the candidatures of that person. Raises as `retrouver_le_candidat` does."""
    portee = droits.autoriser(poste, unite, droit)
    candidat = _candidat(poste, unite, numero_candidat)
    candidature = candidatures.par_numero(unite, candidat.id, numero_inscription)
    if candidature is None:
        message = f"Le candidat {candidat.numero} n'a pas d'inscription {numero_inscription:03d} dans ce store."
        raise SaisieRefusee(Faute("candidature.absente", "inscription", message, "Vérifiez les deux numéros."))
    droits.exiger_la_candidature(poste, unite, portee, candidature)
    return candidat, candidature


def _candidat(poste: Poste, unite: Unite, numero_candidat: str) -> Candidat:
    a_lui = poste.acteur.nature is not NatureActeur.CANDIDAT or poste.acteur.identifiant == numero_candidat
    candidat = personnes.candidat_par_numero(unite, numero_candidat) if a_lui else None
    if candidat is None:
        message = f"Il n'y a pas de candidat {numero_candidat[:20]} dans ce store."
        raise SaisieRefusee(Faute("candidat.absent", "candidat", message, "Vérifiez ce numéro."))
    return candidat

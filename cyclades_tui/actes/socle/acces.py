"""A unit of work opened with a right: the people and candidatures that the caller may reach (F287)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cyclades_tui.actes.socle import droits
from cyclades_tui.actes.socle.noms import SansDroit
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.contenu import lire_le_champ
from cyclades_tui.domaine.droits import Droit, Portee
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent, Candidat, Candidature
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import abimees, candidatures, personnes

_ETABLISSEMENT = "candidature.etablissement"


def lire_le_fichier(acces: Acces, sha256: str) -> bytes:
    """The bytes of a file of the coffre. Raises StoreInutilisable, naming its dossier, if they are gone or damaged."""
    try:
        return acces.poste.store.coffre.lire(sha256)
    except StoreInutilisable as erreur:
        raise StoreInutilisable(abimees.situer(acces.unite, sha256, erreur.fautes)) from erreur


@dataclass(slots=True)
class Acces:
    """A unit of work opened with a right, and what the caller may reach with it.

    Opening one checks the right. Raises ActeRefuse if the caller lacks it.
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
        """The reach of the right. Raises TypeError if no right was asked."""
        if self._portee is None:
            raise TypeError(f"Sans droit, rien n'est à portée : {self.droit}.")
        return self._portee

    def pour(self, droit: Droit) -> Acces:
        """The same unit of work with another right. Raises ActeRefuse if the caller lacks it."""
        return self if droit is self.droit else Acces(self.poste, self.unite, droit)

    def agent(self) -> Agent | None:
        """The agent who acts, None for a candidate or the system. Raises ActeRefuse if he is no longer active."""
        return droits.agent_qui_agit(self.poste, self.unite)

    def candidat(self, numero_candidat: str) -> Candidat:
        """The person with a N° candidat.

        Raises SaisieRefusee if there is none, or if the caller is another candidate; ActeRefuse if the person is out of
        reach.
        """
        candidat = self._trouver(numero_candidat)
        self.exiger_la_personne(candidat)
        return candidat

    def candidature(self, numero_candidat: str, numero_inscription: int) -> tuple[Candidat, Candidature]:
        """A person and one of the person's candidatures. Raises as `candidat` does."""
        candidat = self._trouver(numero_candidat)
        candidature = candidatures.par_numero(self.unite, candidat.id, numero_inscription)
        if candidature is None:
            message = f"Le candidat {candidat.numero} n'a pas d'inscription {numero_inscription:03d} dans ce store."
            raise SaisieRefusee(Faute("candidature.absente", "inscription", message, "Vérifiez les deux numéros."))
        self.exiger_la_candidature(candidature)
        return candidat, candidature

    def exiger_la_candidature(self, candidature: Candidature) -> None:
        """Raises ActeRefuse if a candidature is out of reach, by its académie or by the school of its last version."""
        if not self._contient(candidature):
            raise ActeRefuse(droits.hors_de_portee(self.poste, self.portee, candidature.academie))

    def exiger_la_personne(self, candidat: Candidat) -> None:
        """Raises ActeRefuse if none of a person's candidatures is within reach.

        A person without candidature is within reach of everybody but a school.
        """
        portee = self.portee
        if portee.sans_limite:
            return
        siennes = candidatures.du_candidat(self.unite, candidat.id)
        if not siennes and not portee.etablissement:
            return
        if not any(self._contient(candidature) for candidature in siennes):
            raise ActeRefuse(droits.hors_de_portee(self.poste, portee, siennes[0].academie if siennes else ""))

    def exiger_l_academie(self, academie: str, etablissement: str | None = None) -> None:
        """Raises ActeRefuse if an académie (a code, empty for all of them) is out of reach.

        `etablissement` is a school's id, empty for none; by default the school that the caller is limited to.
        """
        portee = self.portee
        if not portee.contient(academie, portee.etablissement if etablissement is None else etablissement):
            raise ActeRefuse(droits.hors_de_portee(self.poste, portee, academie))

    def _contient(self, candidature: Candidature) -> bool:
        """Whether a candidature is within reach; its school is read only for a caller limited to one."""
        ecole = ""
        if self.portee.etablissement:
            contenu = candidatures.derniere_version(self.unite, candidature).contenu
            ecole = lire_le_champ(contenu, _ETABLISSEMENT).valeur
        return self.portee.contient(candidature.academie, ecole)

    def _trouver(self, numero_candidat: str) -> Candidat:
        acteur = self.poste.acteur
        a_lui = acteur.nature is not NatureActeur.CANDIDAT or acteur.identifiant == numero_candidat
        candidat = personnes.candidat_par_numero(self.unite, numero_candidat) if a_lui else None
        if candidat is None:
            message = f"Il n'y a pas de candidat {numero_candidat[:20]} dans ce store."
            raise SaisieRefusee(Faute("candidat.absent", "candidat", message, "Vérifiez ce numéro."))
        return candidat

"""What each role of the office or of a school may do, and how far it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    GESTIONNAIRE = "gestionnaire"
    ETABLISSEMENT = "établissement"
    RESPONSABLE = "responsable"
    ADMINISTRATEUR = "administrateur"
    AUDITEUR = "auditeur"


class Droit(StrEnum):
    """What a role may allow, as it is told."""

    CONSULTER = "consulter un dossier"
    PARCOURIR = "chercher parmi les dossiers"
    INSCRIRE = "inscrire un candidat ou modifier sa candidature"
    DESINSCRIRE = "désinscrire un candidat"
    CONTROLER = "contrôler un justificatif"
    RELANCER = "relancer des candidats"
    ECARTER = "écarter une candidature"
    COMPTES = "activer ou supprimer un compte"
    COURRIER = "écrire à un candidat et lui remettre ses messages"
    REGLER = "régler un service"
    VERIFIER = "vérifier un document"
    AGENTS = "gérer les agents"
    ENTRETENIR = "sauvegarder le store et y ajouter des numéros"


_TOUS_LES_JOURS = frozenset(
    {
        Droit.CONSULTER,
        Droit.PARCOURIR,
        Droit.INSCRIRE,
        Droit.DESINSCRIRE,
        Droit.CONTROLER,
        Droit.RELANCER,
        Droit.COMPTES,
        Droit.COURRIER,
        Droit.VERIFIER,
    }
)

# A gestionnaire does the everyday acts. A responsable does them too, and what changes the rules or ends a candidature
# against the candidate's will. A school registers its own candidates and writes to them: deciding is the office's. An
# administrateur gives the rights, so he has none on a dossier, not even to read it; whoever holds both roles holds two
# logins, and the journal tells them apart. An auditeur changes nothing.
DROITS: Mapping[Role, frozenset[Droit]] = MappingProxyType(
    {
        Role.GESTIONNAIRE: _TOUS_LES_JOURS,
        Role.RESPONSABLE: _TOUS_LES_JOURS | {Droit.ECARTER, Droit.REGLER},
        Role.ETABLISSEMENT: frozenset({Droit.CONSULTER, Droit.PARCOURIR, Droit.INSCRIRE, Droit.COURRIER}),
        Role.ADMINISTRATEUR: frozenset({Droit.AGENTS, Droit.REGLER, Droit.ENTRETENIR}),
        Role.AUDITEUR: frozenset({Droit.CONSULTER, Droit.PARCOURIR, Droit.VERIFIER}),
    }
)

# On his own candidatures, messages and papers only, which `actes.socle.acces` sees to.
# Before anybody is logged in, an account is made and activated there.
DROITS_DE_LA_BORNE = frozenset({Droit.COMPTES})
DROITS_DU_CANDIDAT = frozenset({Droit.CONSULTER, Droit.INSCRIRE, Droit.DESINSCRIRE, Droit.COURRIER, Droit.VERIFIER})


@dataclass(frozen=True, slots=True)
class Portee:
    """The académies (codes) and the school (the id of its list) that somebody is kept to; empty for all of them."""

    academies: frozenset[str] = frozenset()
    etablissement: str = ""

    @property
    def sans_limite(self) -> bool:
        return not self.academies and not self.etablissement

    def contient(self, academie: str, etablissement: str) -> bool:
        """Whether a candidature is within reach; an empty code stands for « all of them » and « none »."""
        de_l_academie = not self.academies or academie in self.academies
        return de_l_academie and self.etablissement in ("", etablissement)

"""What each role of the office or of a school may do, and within which reach."""

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
    """Something that a role may allow, with the words of the refusal."""

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

# A gestionnaire does the everyday acts. A responsable does them too, and may also change the rules or end a
# candidature against the candidate's will. A school registers its own candidates and writes to them; decisions belong
# to the office. An administrateur gives rights, so he has none on a dossier, not even to read it: somebody with both
# roles has two logins, and the journal tells them apart. An auditeur changes nothing.
DROITS: Mapping[Role, frozenset[Droit]] = MappingProxyType(
    {
        Role.GESTIONNAIRE: _TOUS_LES_JOURS,
        Role.RESPONSABLE: _TOUS_LES_JOURS | {Droit.ECARTER, Droit.REGLER},
        Role.ETABLISSEMENT: frozenset({Droit.CONSULTER, Droit.PARCOURIR, Droit.INSCRIRE, Droit.COURRIER}),
        Role.ADMINISTRATEUR: frozenset({Droit.AGENTS, Droit.REGLER, Droit.ENTRETENIR}),
        Role.AUDITEUR: frozenset({Droit.CONSULTER, Droit.PARCOURIR, Droit.VERIFIER}),
    }
)

# Only on the candidate's own candidatures, messages and papers, which `actes.socle.acces` checks.
# Before anybody is logged in, an account can only be created and activated.
DROITS_DE_LA_BORNE = frozenset({Droit.COMPTES})
DROITS_DU_CANDIDAT = frozenset({Droit.CONSULTER, Droit.INSCRIRE, Droit.DESINSCRIRE, Droit.COURRIER, Droit.VERIFIER})


@dataclass(frozen=True, slots=True)
class Portee:
    """The académies (codes) and the school (id in the list of schools) that a person is limited to; empty: no limit."""

    academies: frozenset[str] = frozenset()
    etablissement: str = ""

    @property
    def sans_limite(self) -> bool:
        return not self.academies and not self.etablissement

    def contient(self, academie: str, etablissement: str) -> bool:
        """Whether a candidature is within reach; an empty académie stands for all of them, an empty school for none."""
        de_l_academie = not self.academies or academie in self.academies
        return de_l_academie and self.etablissement in ("", etablissement)

"""For tests of agents: a store with an agent of every role, and postes in their name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cyclades_tui.actes.bureau import agents
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Role
from cyclades_tui.poste import Poste

SESAME = "Soleil/levant-12"
ADMIN = "admin"
ECOLE, AUTRE_ECOLE = "9730538X", "0250001R"

# Identifier -> role, académies by name, school. The tests' dossiers belong to Guyane and to the first school.
EQUIPE: dict[str, tuple[Role, tuple[str, ...], str]] = {
    ADMIN: (Role.ADMINISTRATEUR, (), ""),
    "gestionnaire": (Role.GESTIONNAIRE, ("Guyane",), ""),
    "gestionnaire.ailleurs": (Role.GESTIONNAIRE, ("Besançon", "Rennes"), ""),
    "responsable": (Role.RESPONSABLE, ("Guyane",), ""),
    "responsable.ailleurs": (Role.RESPONSABLE, ("Besançon",), ""),
    "ecole": (Role.ETABLISSEMENT, (), ECOLE),
    "ecole.ailleurs": (Role.ETABLISSEMENT, (), AUTRE_ECOLE),
    "auditeur": (Role.AUDITEUR, (), ""),
    "auditeur.ailleurs": (Role.AUDITEUR, ("Besançon",), ""),
}


def au_nom_de(poste: Poste, identifiant: str, face: Face = Face.COMMANDE) -> Poste:
    """The poste with this agent as acteur."""
    return replace(poste, acteur=Acteur(NatureActeur.AGENT, identifiant, face, poste.acteur.poste))


def embaucher(poste: Poste, identifiants: Iterable[str] = EQUIPE) -> None:
    """Create agents of EQUIPE: the system creates the administrateur, who creates the others."""
    for identifiant in identifiants:
        role, academies, etablissement = EQUIPE[identifiant]
        qui = poste if identifiant == ADMIN else au_nom_de(poste, ADMIN)
        agents.ajouter(qui, identifiant, f"Agent {identifiant}", role, academies, etablissement, SESAME)

"""`cyclades agent`: add, list, deactivate agents, change passwords."""

from __future__ import annotations

from collections.abc import Sequence

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.bureau.agents import AgentListe
from cyclades_tui.cli.corps.connexion import demander_deux_fois, poste_de
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import a_la_minute, limite_de_paris
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import ReglagesDuPoste

NOUVEAU = "CYCLADES_NOUVEAU_MOT_DE_PASSE"  # not CYCLADES_MOT_DE_PASSE, which is the password of the caller


def ajouter(
    reglages: ReglagesDuPoste, identifiant: str, nom: str, role: str, academies: Sequence[str], etablissement: str
) -> None:
    """Add an agent. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    voulu = _role(role)
    with poste_de(reglages) as poste:
        secret = _nouveau_mot_de_passe()
        agent = agents.ajouter(poste, identifiant, nom, voulu, academies, etablissement, secret)
    print(f"√ Agent ajouté : {agent.identifiant}, {agent.role.value}.")


def lister(reglages: ReglagesDuPoste, *, en_json: bool) -> None:
    """Print all agents, active or not. Raises ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        lus = agents.lister(poste)
        connues = poste.referentiel.academies
    if en_json:
        ecrire_json([_en_dict(lu) for lu in lus])
        return
    if not lus:
        print("Aucun agent : le store se règle et se lit sans --agent.")
    for lu in lus:
        noms = [connues[code].nom if code in connues else code for code in lu.agent.academies]
        ou = lu.agent.etablissement or ", ".join(noms) or "toutes les académies"
        print(f"{lu.agent.identifiant}  {lu.agent.nom}  {lu.agent.role.value}, {ou}  {_etat(lu)}")


def desactiver(reglages: ReglagesDuPoste, identifiant: str) -> None:
    """Deactivate an agent. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        agents.desactiver(poste, identifiant)
    print(f"√ Agent désactivé : {identifiant}.")


def reactiver(reglages: ReglagesDuPoste, identifiant: str) -> None:
    """Reactivate an agent. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        agents.reactiver(poste, identifiant)
    print(f"√ Agent réactivé : {identifiant}.")


def changer_le_mot_de_passe(reglages: ReglagesDuPoste, identifiant: str) -> None:
    """Change an agent's password. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        agents.changer_le_mot_de_passe(poste, identifiant, _nouveau_mot_de_passe())
    print(f"√ Mot de passe changé : {identifiant}.")


def _role(texte: str) -> Role:
    """A role by its name, accents ignored. Raises SaisieRefusee."""
    par_nom = {plier(role.value): role for role in Role}
    if plier(texte) not in par_nom:
        choix = ", ".join(role.value for role in Role)
        message = f"« {texte[:40]} » n'est pas un rôle."
        raise SaisieRefusee(Faute("agent.role", "role", message, f"Choisissez : {choix}."))
    return par_nom[plier(texte)]


def _nouveau_mot_de_passe() -> str:
    message = "Les deux mots de passe diffèrent."
    ecart = Faute("agent.mot_de_passe", "mot_de_passe", message, "Recommencez : rien n'a été fait.")
    return demander_deux_fois("Nouveau mot de passe", "Le même, une seconde fois", NOUVEAU, ecart)


def _etat(lu: AgentListe) -> str:
    if lu.desactive_le is not None:
        return f"désactivé le {a_la_minute(lu.desactive_le)}"
    return "actif" if lu.bloque_jusqu is None else f"bloqué jusqu'au {limite_de_paris(lu.bloque_jusqu)}"


def _en_dict(lu: AgentListe) -> dict[str, object]:
    agent = lu.agent
    return {
        "identifiant": agent.identifiant,
        "nom": agent.nom,
        "role": agent.role.value,
        "academies": list(agent.academies),
        "etablissement": agent.etablissement,
        "cree_le": lu.cree_le,
        "desactive_le": lu.desactive_le,
        "bloque_jusqu": lu.bloque_jusqu,
    }

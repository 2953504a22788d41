"""The filters that an agent keeps under a name: queues of his own home, which nobody else sees."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from cyclades_tui.actes.pieces.attentes import Attente, Filtre, attente_de_pieces, selection
from cyclades_tui.actes.socle import droits
from cyclades_tui.domaine.canonique import en_json
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.domaine.texte import hors_repertoire, nfc
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent, FiltreGarde
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents, journal, pieces
from cyclades_tui.store.requetes.lignes import chercher_la_ligne, effacer_la_ligne

NOM_MAX = 40  # signs
AU_PLUS = 20  # of one agent: his home counts each of them


def gardees(poste: Poste) -> tuple[Attente, ...]:
    """Those of whoever asks, by name, empty ones too; not those of an académie that is out of his reach now.

    Raises ActeRefuse to who has not the right.
    """
    referentiel = poste.referentiel
    with poste.store.lire() as unite:
        selection(poste, unite, Filtre())
        portee = droits.autoriser(poste, unite, Droit.PARCOURIR)
        agent = droits.agent_qui_agit(poste, unite)
        lignes = () if agent is None else agents.filtres_gardes(unite, agent.id)
        filtres = {ligne.nom: _filtre(ligne) for ligne in lignes}
        return tuple(
            attente_de_pieces(referentiel, filtre, nom, *pieces.compter(unite, selection(poste, unite, filtre)))
            for nom, filtre in filtres.items()
            if not filtre.academie or portee.contient(filtre.academie, "")
        )


def garder(poste: Poste, nom: str, filtre: Filtre) -> str:
    """Keep a filter for whoever asks, in the place of the one that has this name; returns the name. Journalled.

    Raises SaisieRefusee (the name, too many of them), ActeRefuse to who has not the right or the reach.
    """
    lu = nfc(" ".join(nom.split()))
    with poste.store.ecrire() as unite:
        agent = _agent(poste, unite, filtre)
        if not lu or len(lu) > NOM_MAX or hors_repertoire(lu):
            message = f"Il faut un nom, d'au plus {NOM_MAX} signes du clavier."
            raise SaisieRefusee(Faute("file.nom", "nom", message, "Par exemple : Retours de la semaine."))
        noms = {ligne.nom for ligne in agents.filtres_gardes(unite, agent.id)}
        if len(noms | {lu}) > AU_PLUS:
            message = f"Vous gardez déjà {AU_PLUS} files."
            raise SaisieRefusee(Faute("file.trop", "nom", message, "Retirez-en une à l'accueil, par Suppr."))
        contenu = asdict(filtre)
        garde_le = en_iso(poste.maintenant())
        agents.garder_le_filtre(
            unite, FiltreGarde(agent_id=agent.id, nom=lu, filtre=en_json(contenu), garde_le=garde_le)
        )
        dit = contenu if filtre.statut is None else {**contenu, "statut": filtre.statut.libelle}
        _consigner(poste, unite, agent, "file.garder", {"nom": lu, "filtre": dit})
    return lu


def retirer(poste: Poste, nom: str) -> None:
    """Keep a filter no more; its pieces stay as they are. Journalled.

    Raises SaisieRefusee (no such name), ActeRefuse to who has not the right.
    """
    with poste.store.ecrire() as unite:
        agent = _agent(poste, unite, Filtre())
        ligne = chercher_la_ligne(unite, FiltreGarde, (agent.id, nom))
        if ligne is None:
            message = f"Vous ne gardez pas de file « {nom[:NOM_MAX]} »."
            raise SaisieRefusee(Faute("file.inconnue", "nom", message, "Revenez à l'accueil : il dit les vôtres."))
        effacer_la_ligne(unite, ligne)
        _consigner(poste, unite, agent, "file.retirer", {"nom": nom})


def _filtre(ligne: FiltreGarde) -> Filtre:
    lu = json.loads(ligne.filtre)
    return Filtre(**{**lu, "statut": None if lu["statut"] is None else Statut(lu["statut"])})


def _agent(poste: Poste, unite: Unite, filtre: Filtre) -> Agent:
    """Whoever asks, if he may read this queue. Raises ActeRefuse."""
    selection(poste, unite, filtre)
    agent = droits.agent_qui_agit(poste, unite)
    if agent is None:
        raise ActeRefuse(_SANS_AGENT)
    return agent


def _consigner(poste: Poste, unite: Unite, agent: Agent, acte: str, valeurs: dict[str, Any]) -> None:
    sujet = f"agent:{agent.id}"
    journal.consigner(unite, acteur=poste.acteur, acte=acte, sujet=sujet, valeurs=valeurs, instant=poste.maintenant())


_SANS_AGENT: Final = Faute(
    "file.agent",
    "",
    "Une file gardée est celle d'un agent, et personne n'est connecté.",
    "Connectez-vous au guichet.",
)

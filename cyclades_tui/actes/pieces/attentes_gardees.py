"""The filters that an agent saves under a name: queues on his own home screen, which nobody else sees."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from cyclades_tui.actes.pieces.attentes import Attente, Filtre, attente_de_pieces, selection
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.canonique import en_json
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.domaine.texte import hors_repertoire, nfc
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent, FiltreGarde
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import abimees, agents, pieces
from cyclades_tui.store.requetes.lignes import chercher_la_ligne, effacer_la_ligne

NOM_MAX = 40  # characters
AU_PLUS = 20  # for each agent, as his home screen counts the pieces of each


def gardees(poste: Poste) -> tuple[Attente, ...]:
    """The caller's saved queues, by name, including empty ones, without those of an académie now out of reach.

    Raises ActeRefuse if the caller lacks the right.
    """
    referentiel = poste.referentiel
    with lecture(poste, Droit.PARCOURIR, SansTrace.LISTE) as acces:
        selection(acces, Filtre())
        agent = acces.agent()
        lignes = () if agent is None else agents.filtres_gardes(acces.unite, agent.id)
        filtres = {ligne.nom: lu for ligne in lignes if (lu := _filtre(acces.unite, ligne)) is not None}
        return tuple(
            attente_de_pieces(referentiel, filtre, nom, *pieces.compter(acces.unite, selection(acces, filtre)))
            for nom, filtre in filtres.items()
            if not filtre.academie or acces.portee.contient(filtre.academie, "")
        )


def garder(poste: Poste, nom: str, filtre: Filtre) -> str:
    """Save a filter for the caller, replacing one of the same name; returns the name. Journalled.

    Raises SaisieRefusee (the name, too many filters), ActeRefuse if the caller lacks the right, or if the queue is out
    of reach.
    """
    lu = nfc(" ".join(nom.split()))
    with acte(poste, Droit.PARCOURIR, "file.garder") as a:
        agent = _agent(a, filtre)
        if not lu or len(lu) > NOM_MAX or hors_repertoire(lu):
            message = f"Il faut un nom, d'au plus {NOM_MAX} signes du clavier."
            raise SaisieRefusee(Faute("file.nom", "nom", message, "Par exemple : Retours de la semaine."))
        noms = {ligne.nom for ligne in agents.filtres_gardes(a.unite, agent.id)}
        if len(noms | {lu}) > AU_PLUS:
            message = f"Vous gardez déjà {AU_PLUS} files."
            raise SaisieRefusee(Faute("file.trop", "nom", message, "Retirez-en une à l'accueil, par Suppr."))
        contenu = asdict(filtre)
        garde_le = en_iso(a.instant)
        agents.garder_le_filtre(
            a.unite, FiltreGarde(agent_id=agent.id, nom=lu, filtre=en_json(contenu), garde_le=garde_le)
        )
        dit = contenu if filtre.statut is None else {**contenu, "statut": filtre.statut.libelle}
        a.consigner(f"agent:{agent.id}", {"nom": lu, "filtre": dit})
    return lu


def retirer(poste: Poste, nom: str) -> None:
    """Delete a saved filter; its pieces are not touched. Journalled.

    Raises SaisieRefusee (no such name), ActeRefuse if the caller lacks the right.
    """
    with acte(poste, Droit.PARCOURIR, "file.retirer") as a:
        agent = _agent(a, Filtre())
        ligne = chercher_la_ligne(a.unite, FiltreGarde, (agent.id, nom))
        if ligne is None:
            message = f"Vous ne gardez pas de file « {nom[:NOM_MAX]} »."
            raise SaisieRefusee(Faute("file.inconnue", "nom", message, "Revenez à l'accueil : il dit les vôtres."))
        effacer_la_ligne(a.unite, ligne)
        a.consigner(f"agent:{agent.id}", {"nom": nom})


def _filtre(unite: Unite, ligne: FiltreGarde) -> Filtre | None:
    """The filter of a row; None if it is damaged, which is told: the agent's other queues are shown."""
    try:
        lu = json.loads(ligne.filtre)
        return Filtre(**{**lu, "statut": None if lu["statut"] is None else Statut(lu["statut"])})
    except (TypeError, ValueError, KeyError):
        avertir(abimees.dire(unite, "filtre_garde", {}, f"filtre « {ligne.nom} »"))
        return None


def _agent(acces: Acces, filtre: Filtre) -> Agent:
    """The caller, if he may read this queue. Raises ActeRefuse."""
    selection(acces, filtre)
    agent = acces.agent()
    if agent is None:
        raise ActeRefuse(_SANS_AGENT)
    return agent


_SANS_AGENT: Final = Faute(
    "file.agent",
    "",
    "Une file gardée est celle d'un agent, et personne n'est connecté.",
    "Connectez-vous au guichet.",
)

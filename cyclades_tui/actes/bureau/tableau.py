"""An agent's home screen: his queues, his day, his last dossiers, what closes soon, this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cyclades_tui.actes.bureau.recherche import DossierTrouve, dossiers
from cyclades_tui.actes.candidature.consultation import services
from cyclades_tui.actes.pieces import attentes, attentes_gardees, controle
from cyclades_tui.actes.pieces.attentes import Attente
from cyclades_tui.actes.pieces.controle import Compteurs
from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.droits import DROITS, Droit, Portee, Role
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents, journal, recherche

DERNIERS = 5
_PROCHAINEMENT = timedelta(days=62)  # what closes later is not shown yet
_ENVOIS = {"en ligne": "Dépôts en ligne", "voie postale": "Envois postaux", "autre": "Remises de pièces"}


@dataclass(frozen=True, slots=True)
class Echeance:
    """A window that closes at `instant` (UTC)."""

    instant: datetime
    libelle: str


@dataclass(frozen=True, slots=True)
class Tableau:
    """An agent's home screen; what his role may not see is empty. Instants are UTC, None if unknown.

    In `attentes`, each queue is followed by the part of it assigned to him; `gardees` are his saved filters.
    """

    lu_le: datetime
    dossiers: int
    attentes: tuple[Attente, ...]
    gardees: tuple[Attente, ...]
    compteurs: Compteurs | None
    reprendre: tuple[DossierTrouve, ...]
    calendrier: tuple[Echeance, ...]
    sauvegarde: datetime | None
    messages: int


def lire(poste: Poste) -> Tableau:
    """The caller's home screen. Raises ActeRefuse if he is not an active agent."""
    instant = poste.maintenant()
    with lecture(poste, SansDroit.ACCUEIL, SansTrace.LISTE) as acces:
        agent = acces.agent()
        role = Role.RESPONSABLE if agent is None else Role(agent.role)
        consulte = Droit.PARCOURIR in DROITS[role]
        portee = acces.pour(Droit.PARCOURIR).portee if consulte else Portee()
        combien = recherche.compter(acces.unite, portee) if consulte else 0
        trouves = recherche.derniers(acces.unite, poste.acteur.identifiant, portee, DERNIERS) if consulte else ()
        derniers = tuple(dossier for trouve in trouves for dossier in _lisible(acces.unite, trouve))
        _, sauvegarde = journal.compter(acces.unite, "store.sauvegarder", "store")
        messages = recherche.messages_en_attente(acces.unite)
    voit_les_attentes = consulte and role is not Role.ETABLISSEMENT
    decide = Droit.CONTROLER in DROITS[role]
    return Tableau(
        instant,
        combien,
        attentes.attentes(poste, a_moi=decide) if voit_les_attentes else (),
        attentes_gardees.gardees(poste) if voit_les_attentes else (),
        controle.compteurs(poste) if voit_les_attentes and decide else None,
        derniers,
        tuple(sorted(_calendrier(poste, portee, instant), key=lambda echeance: (echeance.instant, echeance.libelle))),
        sauvegarde,
        messages,
    )


def _lisible(unite: Unite, trouve: recherche.Trouve) -> list[DossierTrouve]:
    """The dossier found; nothing if it is damaged: its own page and `verifier` say so, and the home opens."""
    try:
        return list(dossiers(unite, [trouve], [(0, "", trouve[1].id)]))
    except (StoreInutilisable, ValueError):
        return []


def sans_agent(poste: Poste) -> bool:
    """Whether nobody can log in yet, because there is no agent."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        return not agents.il_y_en_a_d_actifs(acces.unite)


def _calendrier(poste: Poste, portee: Portee, instant: datetime) -> Iterator[Echeance]:
    """The windows of inscription and of deposit now open and closing soon, in the agent's académies."""
    for service in services(poste):
        if portee.academies and service.academie not in portee.academies:
            continue
        ou = "" if len(portee.academies) == 1 else f" · {poste.referentiel.academies[service.academie].nom}"
        quoi = f"{service.examen}{ou}"
        yield from _si_proche(service.fenetre, instant, f"Inscriptions {quoi}")
        reglages = poste.referentiel.reglages(service.examen, service.session, service.academie)
        for mode, fenetre in {g.mode: g.fenetre or reglages.depot for g in reglages.groupes_pieces}.items():
            yield from _si_proche(fenetre, instant, f"{_ENVOIS[mode]} {quoi}")


def _si_proche(fenetre: Fenetre | None, instant: datetime, libelle: str) -> Iterator[Echeance]:
    if fenetre is None or fenetre.etat(instant) is not EtatFenetre.OUVERTE:
        return
    if fenetre.fermeture - instant < _PROCHAINEMENT:
        yield Echeance(fenetre.fermeture, libelle)

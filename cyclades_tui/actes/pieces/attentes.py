"""The queues of justificatifs to control: what waits, since when, page by page (F440)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.droits import Droit, Portee
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import de_iso, en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.regles.pieces_demandees import EN_LIGNE, groupes_de
from cyclades_tui.store.modele.tables import Candidat, Candidature, Justificatif
from cyclades_tui.store.requetes import agents, pieces

_NOMS_DES_MODES: dict[str, str] = {
    EN_LIGNE: "pièces en ligne",
    "voie postale": "reçues par la poste",
    "autre": "autres pièces",
}
A_MOI = " · à moi"
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Filtre:
    """Which pieces of the queue to show; empty values do not filter.

    `statut`: None for any, empty for « not yet looked at »; `jours`: only pieces that have waited that long;
    `affecte_a`: None for all, empty for pieces assigned to nobody.
    """

    examen: str = ""
    session: str = ""
    academie: str = ""
    mode: str = ""
    piece: str = ""
    statut: Statut | None = None
    jours: int = 0
    affecte_a: str | None = None


@dataclass(frozen=True, slots=True)
class Attente:
    """A queue on the home screen; `plus_vieille` and `echeance` (the end of its window) are UTC, None if unknown."""

    filtre: Filtre
    libelle: str
    a_faire: int
    plus_vieille: datetime | None
    echeance: datetime | None


@dataclass(frozen=True, slots=True)
class PieceEnAttente:
    """A piece in a queue, waiting since `attend_depuis` (UTC); a decision must give `revision`."""

    id: int
    revision: int
    numero_candidat: str
    nom: str
    prenoms: str
    numero_inscription: int
    examen: str
    session: str
    academie: str
    mode: str
    piece: str
    sigle: str
    libelle: str
    statut: Statut
    attend_depuis: datetime | None
    affecte_a: str


def attentes(poste: Poste, *, a_moi: bool = False) -> tuple[Attente, ...]:
    """All queues that are not empty, within the reach of the caller.

    With `a_moi`, each is followed by the part of it assigned to the caller, if any.
    """
    referentiel, moi = poste.referentiel, poste.acteur.identifiant
    with lecture(poste, Droit.PARCOURIR, SansTrace.LISTE) as acces:
        voulues = selection(acces, Filtre())
        lignes = pieces.repartir(acces.unite, voulues)
        siennes = pieces.repartir(acces.unite, voulues | {"affecte_a": moi}) if a_moi else ()
    miennes = {ligne[:4]: ligne[4:] for ligne in siennes}
    plusieurs = len({academie for _, _, academie, _, _, _ in lignes}) > 1
    resultat = []
    for ligne in lignes:
        filtre = Filtre(*ligne[:4])
        libelle = _libelle(referentiel, filtre, plusieurs=plusieurs)
        resultat.append(attente_de_pieces(referentiel, filtre, libelle, *ligne[4:]))
        if mienne := miennes.get(ligne[:4]):
            resultat.append(attente_de_pieces(referentiel, replace(filtre, affecte_a=moi), libelle + A_MOI, *mienne))
    return tuple(resultat)


def compter(poste: Poste, filtre: Filtre) -> int:
    """How many pieces wait in a queue. Raises ActeRefuse if the caller lacks the right or the reach."""
    with lecture(poste, Droit.PARCOURIR, SansTrace.LISTE) as acces:
        return pieces.compter(acces.unite, selection(acces, filtre))[0]


def attente(
    poste: Poste, filtre: Filtre, apres: PieceEnAttente | None = None, nombre: int = 50
) -> tuple[PieceEnAttente, ...]:
    """A page of a queue, oldest first, after the last line of the previous page. Raises ActeRefuse as `compter`."""
    cle = None if apres is None or apres.attend_depuis is None else (en_iso(apres.attend_depuis), apres.id)
    with lecture(poste, Droit.PARCOURIR, "file.lire") as acces:
        lues = pieces.attente(acces.unite, selection(acces, filtre), cle, nombre)
        if apres is None:
            acces.consigner("file", {"examen": filtre.examen, "academie": filtre.academie})
        else:
            acces.rien()
        return tuple(piece_en_attente(*ligne) for ligne in lues)


def affecter(poste: Poste, filtre: Filtre, a: str, nombre: int) -> int:
    """Assign the oldest unassigned pieces to an agent (empty: take them back); returns how many.

    Raises ActeRefuse if the caller may not control there, SaisieRefusee if there is no such active agent.
    """
    with acte(poste, Droit.CONTROLER, "justificatif.affecter") as ouvert:
        voulues = replace(filtre, affecte_a=poste.acteur.identifiant if a == "" else "")
        conditions = selection(ouvert, voulues)
        agent = agents.par_identifiant(ouvert.unite, a) if a else None
        if a and (agent is None or agent.desactive_le is not None):
            raise SaisieRefusee(Faute("file.agent", "agent", f"« {a[:40]} » n'est pas un agent actif.", "Vérifiez-le."))
        choisies = pieces.attente(ouvert.unite, conditions, None, max(0, min(nombre, _PAGE)))
        for ligne, _, _ in choisies:
            ligne.affecte_a = a
        ouvert.consigner("justificatif", {"a": a, "pieces": [ligne.id for ligne, _, _ in choisies]})
        return len(choisies)


def rendre(poste: Poste, filtre: Filtre) -> int:
    """Give back all the caller's pieces of a queue; returns how many. Raises ActeRefuse as `affecter`."""
    rendues = 0
    while lot := affecter(poste, filtre, "", _PAGE):
        rendues += lot
    return rendues


def piece_en_attente(piece: Justificatif, candidature: Candidature, candidat: Candidat) -> PieceEnAttente:
    return PieceEnAttente(
        id=piece.id,
        revision=piece.revision,
        numero_candidat=candidat.numero,
        nom=candidat.nom,
        prenoms=candidat.prenoms,
        numero_inscription=candidature.numero,
        examen=piece.examen,
        session=piece.session,
        academie=piece.academie,
        mode=piece.mode,
        piece=piece.piece,
        sigle=piece.sigle,
        libelle=piece.libelle,
        statut=Statut(piece.statut),
        attend_depuis=de_iso(piece.attend_depuis) if piece.attend_depuis else None,
        affecte_a=piece.affecte_a,
    )


def selection(acces: Acces, filtre: Filtre) -> dict[str, Any]:
    """The filter in the form that the store takes, limited to the caller's académies.

    Raises ActeRefuse for a school, which has no queue, and if the queue is out of reach.
    """
    if acces.portee.etablissement:
        message = "Les files de pièces sont celles du service des examens."
        raise ActeRefuse(Faute("controle.etablissement", "", message, "Ouvrez le dossier d'un de vos candidats."))
    if filtre.academie:
        acces.exiger_l_academie(filtre.academie)
    return dict(_conditions(acces.poste, filtre, acces.portee))


def attente_de_pieces(
    referentiel: Referentiel, filtre: Filtre, libelle: str, nombre: int, plus_vieille: str
) -> Attente:
    """A queue with its count; `plus_vieille` is the store's text, empty if nothing waits."""
    depuis = de_iso(plus_vieille) if plus_vieille else None
    return Attente(filtre, libelle, nombre, depuis, _echeance(referentiel, filtre))


def _echeance(referentiel: Referentiel, filtre: Filtre) -> datetime | None:
    """When the queue's window closes; None for a queue of several services or modes."""
    lieu = (filtre.examen, filtre.session, filtre.academie)
    if not all((*lieu, filtre.mode)):
        return None
    groupes = groupes_de(referentiel.reglages(*lieu), [("", filtre.mode)])
    fenetre = groupes[0].fenetre if groupes else None
    return None if fenetre is None else fenetre.fermeture


def _libelle(referentiel: Referentiel, filtre: Filtre, *, plusieurs: bool) -> str:
    """The name of a queue, with that of its académie if the agent has several."""
    academie = referentiel.academies.get(filtre.academie) if plusieurs else None
    parties = (f"{filtre.examen} {filtre.session}", "" if academie is None else academie.nom)
    return " · ".join(partie for partie in (*parties, _NOMS_DES_MODES[filtre.mode]) if partie)


def _conditions(poste: Poste, filtre: Filtre, portee: Portee) -> Iterator[tuple[str, Any]]:
    for nom in ("examen", "session", "academie", "mode", "piece"):
        if valeur := getattr(filtre, nom):
            yield nom, valeur
    if not filtre.academie and portee.academies:
        yield "academie", tuple(sorted(portee.academies))
    for nom in ("statut", "affecte_a"):
        if getattr(filtre, nom) is not None:
            yield nom, getattr(filtre, nom)
    if filtre.jours:
        yield "avant", en_iso(poste.maintenant() - timedelta(days=filtre.jours))

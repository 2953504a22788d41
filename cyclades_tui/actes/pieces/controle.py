"""The control of justificatifs by an agent: a piece with what to compare, a decision, its undoing (F435-F441)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cyclades_tui.actes.pieces import avis
from cyclades_tui.actes.pieces.etats import (
    appliquer,
    ecrire_l_etat,
    etat_de,
    groupes_actuels,
    nom_du_geste,
    refuser_l_inactive,
    tracer,
)
from cyclades_tui.actes.pieces.piece_ouverte import ANNULER, EtapeDuSuivi, PieceOuverte, etape_de, voir_la_piece
from cyclades_tui.actes.socle.acces import Acces, lire_le_fichier
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, differer, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.actes.socle.texte_libre import LecteurDuTexte, lire_texte_libre
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.statuts import STATUT_DONNE, ActePiece, Statut, statut_de_libelle
from cyclades_tui.domaine.temps import PARIS, en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.pieces import Motif
from cyclades_tui.regles.justificatifs import EtatPiece, Geste
from cyclades_tui.regles.pieces_demandees import EN_LIGNE
from cyclades_tui.store.modele.tables import Candidature, Depot, Justificatif, Suivi
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents, pieces
from cyclades_tui.store.requetes.lignes import chercher_la_ligne, ecrire_les_lignes, lire_la_ligne

DECISIONS = (*STATUT_DONNE, ActePiece.REOUVRIR)
COMMENTAIRE_MAX = 500
_CADENCE = timedelta(minutes=10)
_OUBLI = timedelta(minutes=30)  # others are not told of a piece open for longer
_NOMS = {acte.name.lower(): acte for acte in ActePiece}


@dataclass(frozen=True, slots=True)
class Decision:
    """What an agent decides: one of DECISIONS; `limite` is UTC."""

    acte: ActePiece
    commentaire: str = ""
    limite: datetime | None = None
    recue_le: date | None = None


@dataclass(frozen=True, slots=True)
class Decidee:
    """A decision that was written; `suivi` is needed to undo it, `revision` is the piece's new one."""

    suivi: int
    justificatif: int
    revision: int
    statut: Statut


@dataclass(frozen=True, slots=True)
class Compteurs:
    """An agent's decisions of today (Paris), without undone ones; `a_l_heure` is the pace of the last ten minutes."""

    faites: int
    par_statut: Mapping[Statut, int]
    a_l_heure: int


class DejaDecidee(ActeRefuse):
    """The piece changed after it was shown; `etape` tells by whom and how, `revision` is the new one."""

    def __init__(self, faute: Faute, etape: EtapeDuSuivi, revision: int) -> None:
        super().__init__(faute)
        self.etape = etape
        self.revision = revision


def motifs(poste: Poste) -> tuple[Motif, ...]:
    """The comments ready to be sent, in order."""
    return poste.referentiel.motifs


def ouvrir(poste: Poste, justificatif_id: int) -> PieceOuverte:
    """A piece with its dossier, marked as open by the caller; an agent's reading is journalled.

    Raises SaisieRefusee if there is none, ActeRefuse if the caller lacks the right, or if the piece is out of reach.
    """
    vue = preparer(poste, justificatif_id)  # what cannot be read is not marked as open
    try:
        with acte(poste, Droit.PARCOURIR, "justificatif.lire") as a:
            ligne, _ = _atteindre(a, justificatif_id)
            autre = _marquer_ouverte(a, ligne)
            if poste.acteur.nature is NatureActeur.AGENT:
                a.consigner(f"justificatif:{ligne.id}", {})
            else:
                a.rien()
    except StoreInutilisable as panne:
        if poste.acteur.nature is NatureActeur.AGENT:
            differer(poste, panne, "justificatif.lire", f"justificatif:{justificatif_id}", {})
        return vue
    # Somebody else may have opened or decided it in between.
    return vue if autre is None and ligne.revision == vue.ligne.revision else preparer(poste, justificatif_id)


def preparer(poste: Poste, justificatif_id: int) -> PieceOuverte:
    """Read a piece before it is shown, without mark or journal row, which `ouvrir` writes. Raises as `ouvrir`."""
    with lecture(poste, Droit.PARCOURIR, SansTrace.AVANCE) as acces:
        ligne, candidature = _atteindre(acces, justificatif_id)
        return voir_la_piece(acces, ligne, candidature, _ouverte_ailleurs(poste, ligne))


def octets(poste: Poste, justificatif_id: int, depot_id: int) -> tuple[str, bytes]:
    """Format and bytes of a file given for a piece.

    Raises SaisieRefusee if it is of another piece, StoreInutilisable if the bytes are missing or damaged.
    """
    with lecture(poste, Droit.PARCOURIR, SansTrace.AVANCE) as acces:
        ligne, _ = _atteindre(acces, justificatif_id)
        depot = chercher_la_ligne(acces.unite, Depot, depot_id)
        if depot is None or depot.justificatif_id != ligne.id:
            message = f"Cette pièce n'a pas de fichier {depot_id}."
            raise SaisieRefusee(Faute("depot.absent", "fichier", message, "Choisissez un fichier de la pièce."))
        return depot.format, lire_le_fichier(acces, depot.sha256)


def decider(poste: Poste, justificatif_id: int, revision: int, decision: Decision) -> Decidee:
    """Give a piece its status, tell the candidate if the office wants it (C22), add a step to its history.

    `revision` is that of the piece when it was shown. Raises DejaDecidee if it changed since, ActeRefuse if the status
    or the right does not allow it, SaisieRefusee if the comment is too long or cannot be printed.
    """
    commentaire = _commentaire(decision)
    if decision.acte is ActePiece.REDEMANDER and decision.limite is None:
        message = "La nouvelle limite manque."
        raise SaisieRefusee(Faute("justificatif.limite", "limite", message, "Donnez une date à venir."))
    with acte(poste, Droit.CONTROLER, nom_du_geste(decision.acte)) as a:
        ligne, candidature = _atteindre(a, justificatif_id)
        if ligne.revision != revision:
            raise _deja_decidee(a.unite, ligne)
        refuser_l_inactive(candidature)
        geste = Geste(
            decision.acte,
            en_iso(a.instant),
            commentaire=commentaire,
            limite=None if decision.limite is None else en_iso(decision.limite),
            recue_le=_jour_de_reception(poste, decision),
        )
        return _appliquer(a, candidature, ligne, geste)


def _commentaire(decision: Decision) -> str:
    return lire_texte_libre(
        decision.commentaire, "commentaire", "justificatif.commentaire", COMMENTAIRE_MAX, LecteurDuTexte.CANDIDAT
    )


def rouvrir_le_groupe(poste: Poste, vues: Mapping[int, int], decision: Decision) -> tuple[Decidee, ...]:
    """Reopen several pieces, by their revision when they were shown, all or none (F441). Raises as `decider`."""
    commentaire = _commentaire(decision)
    limite = None if decision.limite is None else en_iso(decision.limite)
    with acte(poste, Droit.CONTROLER, nom_du_geste(ActePiece.REOUVRIR)) as a:
        decidees = []
        for justificatif_id, revision in vues.items():
            ligne, candidature = _atteindre(a, justificatif_id)
            if ligne.revision != revision:
                raise _deja_decidee(a.unite, ligne)
            refuser_l_inactive(candidature)
            geste = Geste(ActePiece.REOUVRIR, en_iso(a.instant), commentaire=commentaire, limite=limite)
            decidees.append(_appliquer(a, candidature, ligne, geste))
        if not vues:
            a.rien()
    return tuple(decidees)


def annuler(poste: Poste, suivi_id: int) -> Decidee:
    """Undo one's own decision: the piece is again as it was before; a new step of the history says so.

    A message that was sent stays sent. Raises ActeRefuse if the piece has changed since, or if the decision is somebody
    else's.
    """
    with acte(poste, Droit.CONTROLER, "justificatif.annuler") as a:
        suivi = chercher_la_ligne(a.unite, Suivi, suivi_id)
        if suivi is None or _NOMS.get(suivi.acte) not in DECISIONS:
            raise ActeRefuse(_faute("annulation", "Il n'y a pas de décision à annuler.", ""))
        ligne, candidature = _atteindre(a, suivi.justificatif_id)
        refuser_l_inactive(candidature)
        if suivi.acteur != poste.acteur.identifiant:
            raise ActeRefuse(_faute("annulation", "Cette décision n'est pas la vôtre.", "Décidez de nouveau."))
        pile = _pile(pieces.suivis_de(a.unite, ligne.id))
        if not pile or pile[-1].id != suivi_id:
            message = "La pièce a changé depuis cette décision, qui ne peut plus être annulée."
            raise ActeRefuse(_faute("annulation", message, "Relisez la pièce, puis décidez de nouveau."))
        reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
        ecrire_l_etat(ligne, _etat_d_avant(ligne, pile, statut_de_libelle(reglages.statut_initial_postal)))
        etape = tracer(a, ligne, ANNULER, annule=suivi_id)
        ecrire_les_lignes(a.unite)
        return _decidee(ligne, etape)


def compteurs(poste: Poste) -> Compteurs:
    """The caller's decisions of today."""
    maintenant = poste.maintenant()
    minuit = datetime.combine(maintenant.astimezone(PARIS).date(), time.min, PARIS)
    with lecture(poste, Droit.PARCOURIR, SansTrace.LISTE) as acces:
        suivis = pieces.suivis_de_l_acteur(acces.unite, poste.acteur.identifiant, en_iso(minuit))
        annules = {suivi.annule for suivi in suivis}
        faits = [s for s in suivis if s.id not in annules and _NOMS.get(s.acte) in DECISIONS]
        recents = sum(1 for suivi in faits if suivi.instant > en_iso(maintenant - _CADENCE))
    par_statut = Counter(Statut(suivi.statut) for suivi in faits)
    return Compteurs(len(faits), par_statut, recents * int(timedelta(hours=1) / _CADENCE))


def _atteindre(acces: Acces, justificatif_id: int) -> tuple[Justificatif, Candidature]:
    """A piece within reach and its candidature. Raises SaisieRefusee if there is none; ActeRefuse."""
    ligne = chercher_la_ligne(acces.unite, Justificatif, justificatif_id)
    if ligne is None:
        message = f"Il n'y a pas de pièce {justificatif_id} dans ce store."
        raise SaisieRefusee(Faute("justificatif.absent", "piece", message, "Choisissez une pièce de la file."))
    candidature = lire_la_ligne(acces.unite, Candidature, ligne.candidature_id)
    acces.exiger_la_candidature(candidature)
    return ligne, candidature


def _marquer_ouverte(a: ActeOuvert, ligne: Justificatif) -> tuple[str, str] | None:
    """Mark a piece as the only one open here; returns the other agent who has it open, and since when."""
    poste = a.poste
    moi, autre = poste.acteur.identifiant, _ouverte_ailleurs(poste, ligne)
    if poste.acteur.nature is NatureActeur.AGENT:
        for ancienne in pieces.ouvertes_par(a.unite, moi):
            ancienne.ouverte_par = ""
        if autre is None:
            ligne.ouverte_par, ligne.ouverte_le = moi, en_iso(a.instant)
    return autre


def _ouverte_ailleurs(poste: Poste, ligne: Justificatif) -> tuple[str, str] | None:
    occupee = ligne.ouverte_par not in ("", poste.acteur.identifiant)
    recente = ligne.ouverte_le > en_iso(poste.maintenant() - _OUBLI)
    return (ligne.ouverte_par, ligne.ouverte_le) if occupee and recente else None


def _appliquer(a: ActeOuvert, candidature: Candidature, ligne: Justificatif, geste: Geste) -> Decidee:
    (groupe,) = groupes_actuels(a.poste, candidature, [ligne])
    appliquer(a, ligne, geste, groupe)
    ligne.ouverte_par = ""
    avis.message_de_statut(a, candidature, ligne)
    ecrire_les_lignes(a.unite)
    return _decidee(ligne, pieces.suivis_de(a.unite, ligne.id)[-1])


def _deja_decidee(unite: Unite, ligne: Justificatif) -> DejaDecidee:
    noms = {agent.identifiant: agent.nom for agent in agents.tous(unite)}
    etape = etape_de(pieces.suivis_de(unite, ligne.id)[-1], noms)
    message = f"{etape.qui} a changé cette pièce entre-temps : {etape.quoi}."
    return DejaDecidee(
        _faute("deja_decidee", message, "Voyez sa décision, ou décidez quand même."), etape, ligne.revision
    )


def _pile(suivis: Sequence[Suivi]) -> list[Suivi]:
    """The steps that still count, without undone steps and the steps that undo them."""
    annules = {suivi.annule for suivi in suivis}
    return [suivi for suivi in suivis if suivi.id not in annules and suivi.annule is None]


def _etat_d_avant(ligne: Justificatif, pile: Sequence[Suivi], postal: Statut) -> EtatPiece:
    """The piece before the last step of `pile`; before any step its status is `postal`, unless it is given online."""
    en_ligne = ligne.mode == EN_LIGNE
    if len(pile) < 2:
        return EtatPiece(Statut.AUCUN if en_ligne else postal, en_ligne)
    return etat_de(pile[-2], en_ligne=en_ligne, sans_objet=ligne.sans_objet)


def _jour_de_reception(poste: Poste, decision: Decision) -> str | None:
    if decision.acte is not ActePiece.RECEVOIR:
        return None
    jour = decision.recue_le or poste.aujourd_hui()
    if jour > poste.aujourd_hui():
        message = "La date de réception est dans l'avenir."
        raise SaisieRefusee(
            Faute("justificatif.reception", "recue_le", message, "Donnez aujourd'hui ou un jour passé.")
        )
    return jour.isoformat()


def _decidee(ligne: Justificatif, suivi: Suivi) -> Decidee:
    return Decidee(suivi.id, ligne.id, ligne.revision, Statut(ligne.statut))


def _faute(code: str, message: str, remede: str) -> Faute:
    return Faute(f"controle.{code}", "", message, remede)

"""How a justificatif changes: the one function that changes its status (F399-F404, C19-C21, G19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.domaine.statuts import ActePiece, Phase, Statut


@dataclass(frozen=True, slots=True)
class EtatPiece:
    """What the rules look at in a justificatif; instants are the store's UTC text, `recue_le` is an ISO date.

    `valide_le` locks it; `a_controler` puts it in the agents' queue, where it waits since `attend_depuis`.
    """

    statut: Statut
    en_ligne: bool
    depot: int | None = None
    valide_le: str | None = None
    limite: str | None = None
    commentaire: str = ""
    recue_le: str | None = None
    a_controler: bool = False
    attend_depuis: str = ""
    sans_objet: bool = False

    @property
    def verrouillee(self) -> bool:
        return self.valide_le is not None


@dataclass(frozen=True, slots=True)
class Geste:
    """An acte on a piece with what it brings: a file, an instant, a comment, a limit, a date of reception.

    `statut` is the status of a validated piece until an agent judges it (C20).
    """

    acte: ActePiece
    instant: str
    depot: int | None = None
    commentaire: str = ""
    limite: str | None = None
    recue_le: str | None = None
    statut: Statut = Statut.AUCUN


_DU_CANDIDAT = frozenset({ActePiece.DEPOSER, ActePiece.RETIRER, ActePiece.VALIDER})
_AVANT_LA_VALIDATION = frozenset({ActePiece.REDEMANDER, ActePiece.REOUVRIR})  # they give time and judge nothing


def passer(etat: EtatPiece, geste: Geste, acteur: NatureActeur, *, ouvert: bool) -> EtatPiece:
    """The justificatif after the acte; `ouvert`: whether the window of its group, or its own limit, is open.

    An agent may deposit for a candidate at the desk within the same limits. Raises ActeRefuse.
    """
    _refuser_l_impossible(etat, geste, acteur)
    if geste.acte in _DU_CANDIDAT:
        return _du_deposant(etat, geste, ouvert=ouvert)
    return _de_l_agent(etat, geste, ouvert=ouvert)


def _refuser_l_impossible(etat: EtatPiece, geste: Geste, acteur: NatureActeur) -> None:
    if etat.sans_objet:
        raise _refus("sans_objet", geste, "elle n'est plus demandée.", "Choisissez une pièce demandée.")
    if geste.acte not in _DU_CANDIDAT and acteur is NatureActeur.CANDIDAT:
        raise _refus("acteur", geste, "c'est l'affaire d'un gestionnaire.", "Contactez le service des examens.")


def _du_deposant(etat: EtatPiece, geste: Geste, *, ouvert: bool) -> EtatPiece:
    if not etat.en_ligne:
        raise _refus("mode", geste, "elle ne se dépose pas en ligne.", "Envoyez-la comme le dit la demande de pièces.")
    if etat.verrouillee:
        remede = "Seul le service des examens peut la rouvrir."
        raise _refus("verrou", geste, "elle est validée.", remede)
    if not ouvert:
        remede = "Seul le service des examens peut donner une nouvelle date."
        raise _refus("fenetre", geste, "la période de dépôt n'est pas ouverte.", remede)
    if geste.acte is ActePiece.DEPOSER:
        return replace(etat, depot=geste.depot)
    if etat.depot is None:
        raise _refus("vide", geste, "aucun fichier n'y est.", "Ajoutez d'abord un fichier.")
    if geste.acte is ActePiece.RETIRER:
        return replace(etat, depot=None)
    return replace(
        etat,
        statut=geste.statut,
        valide_le=geste.instant,
        limite=None,
        commentaire="",
        a_controler=True,
        attend_depuis=geste.instant,
    )


def _de_l_agent(etat: EtatPiece, geste: Geste, *, ouvert: bool) -> EtatPiece:
    if etat.en_ligne and not etat.verrouillee and geste.acte not in _AVANT_LA_VALIDATION:
        raise _refus("pas_validee", geste, *_pas_validee(etat))
    if geste.acte in _AVANT_LA_VALIDATION:
        _refuser_sans_delai(etat, geste, ouvert=ouvert)
    return _GESTES[geste.acte](etat, geste)


def _pas_validee(etat: EtatPiece) -> tuple[str, str]:
    """Why a piece that is still the candidate's cannot be judged, and what to do."""
    if etat.depot is not None:
        constat = "le candidat n'a pas validé ses pièces (« J'ai fourni toutes mes pièces »)."
        return constat, "Attendez sa validation, ou donnez-lui une nouvelle limite."
    rendue = "elle est rendue au candidat, qui doit donner" if etat.statut.rendu else "le candidat doit encore donner"
    return f"{rendue} un fichier.", "Attendez ce fichier, ou donnez-lui une nouvelle limite."


def _refuser_sans_delai(etat: EtatPiece, geste: Geste, *, ouvert: bool) -> None:
    """Require a limit to come; a reopening needs none while the window is open or if the piece is not online."""
    if geste.limite is None:
        if geste.acte is ActePiece.REOUVRIR and (ouvert or not etat.en_ligne):
            return
        message = "La nouvelle limite manque, et la période de dépôt n'est pas ouverte."
    elif geste.limite <= geste.instant:
        message = "La nouvelle limite est déjà passée."
    else:
        return
    raise ActeRefuse(Faute("justificatif.limite", "limite", message, "Donnez une date à venir."))


def _recevoir(etat: EtatPiece, geste: Geste) -> EtatPiece:
    """Record that a piece was received but not checked: it joins the agents' queue (F401)."""
    return replace(
        etat,
        statut=Statut.RECUE,
        recue_le=geste.recue_le,
        commentaire="",
        limite=None,
        a_controler=True,
        attend_depuis=etat.attend_depuis or geste.instant,
    )


def _accepter(etat: EtatPiece, geste: Geste) -> EtatPiece:
    return replace(
        etat, statut=Statut.CONFORME, commentaire=geste.commentaire, limite=None, a_controler=False, attend_depuis=""
    )


def _rendre(etat: EtatPiece, geste: Geste, statut: Statut) -> EtatPiece:
    """Give back to the candidate: the validated file becomes history and another one is awaited.

    A file that he has not validated yet may still be changed.
    """
    return replace(
        etat,
        statut=statut,
        commentaire=geste.commentaire,
        limite=geste.limite,
        depot=None if etat.verrouillee else etat.depot,
        valide_le=None,
        recue_le=None,
        a_controler=False,
        attend_depuis="",
    )


def _refuser(etat: EtatPiece, geste: Geste) -> EtatPiece:
    return _rendre(etat, replace(geste, limite=None), Statut.NON_CONFORME)


def _redemander(etat: EtatPiece, geste: Geste) -> EtatPiece:
    return _rendre(etat, geste, Statut.NOUVELLE_PJ)


def _rouvrir(etat: EtatPiece, geste: Geste) -> EtatPiece:
    """The file stays; the candidate may change it and must validate again (F441)."""
    return replace(
        etat,
        statut=Statut.AUCUN if etat.en_ligne else Statut.EN_ATTENTE,
        commentaire=geste.commentaire,
        limite=geste.limite,
        valide_le=None,
        recue_le=None,
        a_controler=False,
        attend_depuis="",
    )


_GESTES = {
    ActePiece.RECEVOIR: _recevoir,
    ActePiece.ACCEPTER: _accepter,
    ActePiece.REFUSER: _refuser,
    ActePiece.REDEMANDER: _redemander,
    ActePiece.REOUVRIR: _rouvrir,
}


def _refus(code: str, geste: Geste, pourquoi: str, remede: str) -> ActeRefuse:
    message = f"Vous ne pouvez pas {geste.acte.value} cette pièce : {pourquoi}"
    return ActeRefuse(Faute(f"justificatif.{code}", "", message, remede))


def rendre_pour_la_version(etat: EtatPiece, commentaire: str) -> EtatPiece:
    """The justificatif of a version that another one replaces: what was given for it is asked again (F347).

    Unchanged if nothing was given yet, or if it is given back already.
    """
    donnee = etat.depot is not None or etat.recue_le is not None or etat.statut.phase is Phase.FAITE
    if not donnee:
        return etat
    rendue = replace(etat, statut=Statut.NOUVELLE_PJ, depot=None, valide_le=None, recue_le=None, limite=None)
    return replace(rendue, commentaire=commentaire, a_controler=False, attend_depuis="")


class Recevabilite(StrEnum):
    """What a dossier's justificatifs make of it (F450)."""

    COMPLET = "complet"
    INCOMPLET = "incomplet"
    REFUSE = "écarté"


def bloque(etat: EtatPiece, *, obligatoire: bool) -> str:
    """Why a piece keeps its dossier from being complete; empty if it does not."""
    if etat.sans_objet or etat.statut.phase is Phase.FAITE:
        return ""
    if not obligatoire and etat.depot is None and etat.statut is Statut.AUCUN:
        return ""
    if etat.statut.rendu:
        return etat.statut.en_phrase if etat.depot is None else "redéposée, à valider par le candidat"
    if etat.a_controler:
        return "à contrôler"
    if etat.depot is not None:
        return "déposée, à valider par le candidat"
    return "attendue" if etat.en_ligne else "attendue par la poste"

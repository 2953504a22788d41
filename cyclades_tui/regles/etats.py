"""The states of a candidature, and the one function that moves it from one to another (F366, C23)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.domaine.temps import EtatFenetre


class EtatCandidature(StrEnum):
    A_COMPLETER = "À compléter"
    INSCRIT = "Inscrit"
    DESINSCRIT_PAR_LE_CANDIDAT = "Désinscrit par le candidat"
    DESINSCRIT_PAR_LE_GESTIONNAIRE = "Désinscrit par le gestionnaire"
    ECARTEE = "Écartée"
    SUPPRIMEE = "Supprimée"

    @property
    def active(self) -> bool:
        return self in (EtatCandidature.A_COMPLETER, EtatCandidature.INSCRIT)


PREINSCRIPTION = "Pré-inscription"


def nommer(etat: EtatCandidature, *, preinscription: bool) -> str:
    """The name of a state; in some offices a typed form is first called a pré-inscription (F291)."""
    return PREINSCRIPTION if preinscription and etat is EtatCandidature.INSCRIT else etat.value


class Acte(StrEnum):
    """What changes a state; each value is a verb that completes « vous ne pouvez pas »."""

    PREINSCRIRE = "préinscrire"
    INSCRIRE = "inscrire"
    MODIFIER = "modifier"
    DESINSCRIRE = "désinscrire"
    ECARTER = "écarter"
    SUPPRIMER = "supprimer"


@dataclass(frozen=True, slots=True)
class _Transition:
    """The state that an acte leads to for each nature of acteur (refused if absent), and whether a window limits it."""

    vers: dict[NatureActeur, EtatCandidature]
    fenetre_ouverte: frozenset[NatureActeur] = frozenset()


_C, _A, _S = NatureActeur.CANDIDAT, NatureActeur.AGENT, NatureActeur.SYSTEME
_TOUS = frozenset(NatureActeur)


def _pour(etat: EtatCandidature, *acteurs: NatureActeur) -> dict[NatureActeur, EtatCandidature]:
    return dict.fromkeys(acteurs, etat)


_DESINSCRIRE = _Transition(
    {_C: EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT, **_pour(EtatCandidature.DESINSCRIT_PAR_LE_GESTIONNAIRE, _A, _S)},
    fenetre_ouverte=frozenset({_C}),
)
_INSCRIRE = _Transition(_pour(EtatCandidature.INSCRIT, _C, _A, _S), fenetre_ouverte=_TOUS)
_ECARTER = _Transition(_pour(EtatCandidature.ECARTEE, _A, _S))
_SUPPRIMER = _Transition(_pour(EtatCandidature.SUPPRIMEE, _A, _S))

_TRANSITIONS: dict[tuple[EtatCandidature | None, Acte], _Transition] = {
    (None, Acte.PREINSCRIRE): _Transition(_pour(EtatCandidature.A_COMPLETER, _A, _S)),
    (None, Acte.INSCRIRE): _INSCRIRE,
    (EtatCandidature.A_COMPLETER, Acte.MODIFIER): _INSCRIRE,
    (EtatCandidature.A_COMPLETER, Acte.DESINSCRIRE): _Transition(
        _pour(EtatCandidature.DESINSCRIT_PAR_LE_GESTIONNAIRE, _A, _S)
    ),
    (EtatCandidature.A_COMPLETER, Acte.ECARTER): _ECARTER,
    (EtatCandidature.A_COMPLETER, Acte.SUPPRIMER): _SUPPRIMER,
    (EtatCandidature.INSCRIT, Acte.MODIFIER): _INSCRIRE,
    (EtatCandidature.INSCRIT, Acte.DESINSCRIRE): _DESINSCRIRE,
    (EtatCandidature.INSCRIT, Acte.ECARTER): _ECARTER,
    (EtatCandidature.INSCRIT, Acte.SUPPRIMER): _SUPPRIMER,
}


def passer(
    etat: EtatCandidature | None, acte: Acte, acteur: NatureActeur, fenetre: EtatFenetre, hors_fenetre: Faute
) -> EtatCandidature:
    """The state after an acte; `etat` is None before the candidature exists; `hors_fenetre` is the error when closed.

    Raises ActeRefuse: no such transition, not for this acteur, or outside a window that counts.
    """
    transition = _TRANSITIONS.get((etat, acte))
    if transition is None:
        laquelle = f"« {etat.value} »" if etat else "qui n'existe pas"
        message = f"Vous ne pouvez pas {acte.value} une candidature {laquelle}."
        raise ActeRefuse(Faute("etat.transition", "", message, _au_service(acteur)))
    if acteur not in transition.vers:
        message = f"Vous ne pouvez pas {acte.value} cette candidature vous-même."
        raise ActeRefuse(Faute("etat.acteur", "", message, _au_service(acteur)))
    if acteur in transition.fenetre_ouverte and fenetre is not EtatFenetre.OUVERTE:
        raise ActeRefuse(hors_fenetre)
    return transition.vers[acteur]


def _au_service(acteur: NatureActeur) -> str:
    if acteur is NatureActeur.CANDIDAT:
        return "Contactez le service des examens et concours dont vous dépendez."
    return "Relisez le dossier."

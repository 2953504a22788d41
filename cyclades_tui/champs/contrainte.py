"""The constraint of a field in words, derived from its specification so that nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable

from cyclades_tui.champs.compte import DIFFERE
from cyclades_tui.champs.formats import (
    AGE_MAXIMAL,
    AGE_MINIMAL,
    FORME_INE,
    FORME_NOM,
    conditions_du_mot_de_passe,
)
from cyclades_tui.champs.specification import TOUJOURS, Champ, Nature

_VERROU = "Après une première candidature, seul le service des examens peut la changer."


def contrainte(champ: Champ) -> str:
    """Whole sentences: what may be entered, whether it is required, whether it may change afterwards."""
    phrases = [_FORMES[champ.nature](champ), _obligation(champ)]
    if champ.du_compte and champ.nature is not Nature.EMAIL:
        phrases.append(_VERROU)
    return " ".join(phrase for phrase in phrases if phrase)


def _obligation(champ: Champ) -> str:
    if champ.nature is Nature.CALCULE:
        return ""
    if champ.obligatoire is None:
        return "Facultatif."
    sans_condition = champ.obligatoire == TOUJOURS and champ.condition == TOUJOURS
    return "Obligatoire." if sans_condition else "Obligatoire selon vos autres réponses."


def _au_plus(champ: Champ) -> str:
    return f"{champ.longueur} caractères au plus"


def _annee(champ: Champ) -> str:
    debut = f", de {champ.depuis} à cette année" if champ.depuis else ""
    return f"Quatre chiffres{debut}."


def _mot_de_passe(_: Champ) -> str:
    longueur, *signes = (condition.libelle for condition in conditions_du_mot_de_passe(""))
    return f"{longueur}, dont au moins {', '.join(signes)}."


_FORMES: dict[Nature, Callable[[Champ], str]] = {
    Nature.TEXTE: lambda champ: f"Texte libre, {_au_plus(champ)}.",
    Nature.NOM: lambda champ: f"{FORME_NOM.capitalize()}, {_au_plus(champ)}.",
    Nature.PRENOMS: lambda champ: f"{FORME_NOM.capitalize()}, {_au_plus(champ)}.",
    Nature.DATE_NAISSANCE: lambda _: (
        f"Jour, mois et année à quatre chiffres, avec ou sans barres, pour un âge de {AGE_MINIMAL} à {AGE_MAXIMAL} ans."
    ),
    Nature.ANNEE: _annee,
    Nature.NOTE: lambda _: "De 0 à 20, avec deux décimales au plus.",
    Nature.OUI_NON: lambda _: "Une seule réponse, Oui ou Non ; aucune n'est donnée d'avance.",
    Nature.CASE: lambda _: "Une case : Espace la coche ou la décoche.",
    Nature.CHOIX: lambda _: "Une seule valeur de la liste ; si elle est longue, tapez le début d'un mot.",
    Nature.COMMUNE: lambda champ: f"Tapez le début du nom, puis choisissez une proposition ; {_au_plus(champ)}.",
    Nature.LOCALITE: lambda champ: f"Choisissez une proposition, ou tapez le nom ; {_au_plus(champ)}.",
    Nature.CODE_POSTAL: lambda champ: f"Cinq chiffres en France, {_au_plus(champ)} ailleurs.",
    Nature.EMAIL: lambda champ: f"Une adresse complète, avec un @ ; {_au_plus(champ)}.",
    Nature.TELEPHONE: lambda _: "Un numéro valide ; les espaces sont acceptées, et +33 au lieu du premier 0.",
    Nature.INE: lambda _: f"{FORME_INE.capitalize()}.",
    Nature.MOT_DE_PASSE: _mot_de_passe,
    Nature.CONFIRMATION: lambda champ: f"La même saisie, qui ne diffère en rien {DIFFERE[champ.confirme]}.",
    Nature.CALCULE: lambda _: "Rempli d'après vos autres réponses : rien à saisir.",
}

"""What an exam requires besides a correct form: age, experience, académie of residence (F045, F047, G08)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from cyclades_tui.champs.acquis import AUTRE, MEME, declaration
from cyclades_tui.champs.identite import FRANCE
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.referentiel.lieux import Lieux, StatutCommune, cle_commune
from cyclades_tui.referentiel.schema import Academie, Examen, Satisfaction
from cyclades_tui.regles.conditions import Faits, majeur

EXIGENCE = "exigence."  # what the code of each of these faults begins with
_CODE_POSTAL = "identification.adresse.code_postal"
_LOCALITE = "identification.adresse.localite"
_NAISSANCE = "identification.naissance.date"
_A_VERIFIER = "Si ce n'est pas le cas, votre candidature ne pourra pas être retenue."


def exigences_non_remplies(examen: Examen, annee: int, faits: Faits) -> Iterator[tuple[Faute, bool]]:
    """Each condition of the exam that does not hold, and whether the form must be refused for it.

    Yields nothing until a category is chosen.
    """
    if not faits.groupe:
        return
    for condition in examen.condition:
        concerne = not condition.groupes or faits.groupe in condition.groupes
        if concerne and not any(_SATISFACTIONS[nom](faits, annee) for nom in condition.satisfaite_si):
            message = f"{condition.texte} ({condition.regle})"
            yield (
                Faute(f"{EXIGENCE}{condition.id}", condition.champ, message, _A_VERIFIER),
                condition.effet == "refuser",
            )


def residence_ailleurs(
    examen: Examen, academie: Academie, academies: Iterable[Academie], faits: Faits, lieux: Lieux
) -> Academie | None:
    """The académie of the candidate's postal code if it is another one: an exam is sat where one lives."""
    if examen.domaine != "Examen" or not academie.departements or faits.valeur("identification.adresse.pays") != FRANCE:
        return None
    departements = departements_de_residence(faits.valeur(_CODE_POSTAL), faits.valeur(_LOCALITE), lieux)
    if departements.intersection(academie.departements):
        return None
    return next((a for a in academies if departements.intersection(a.departements)), None)


def departements_de_residence(code_postal: str, localite: str, lieux: Lieux) -> frozenset[str]:
    """Those of the postal code's first digits, unless its locality is a commune of another: 01410 Lajoux is in Jura."""
    premiers = departements_du_code_postal(code_postal)
    cle = cle_commune(localite)
    if cle not in map(cle_commune, lieux.localites(code_postal)):
        return premiers
    if any((ici := lieux.commune(code, cle)) and ici.statut is StatutCommune.ACTUELLE for code in premiers):
        return premiers
    return lieux.departements_de(cle) or premiers


def departements_du_code_postal(code_postal: str) -> frozenset[str]:
    """The codes (three characters) of the départements that a French postal code may belong to, by its first digits."""
    if code_postal.startswith("20"):
        return frozenset(("02A", "02B"))
    if code_postal.startswith(("97", "98")):
        return frozenset((code_postal[:3],))
    return frozenset((f"0{code_postal[:2]}",)) if len(code_postal) == 5 else frozenset()


def _majeur_au_31_decembre(faits: Faits, annee: int) -> bool:
    naissance = faits.valeur(_NAISSANCE)
    return not naissance or majeur(date.fromisoformat(naissance), date(annee, 12, 31))


def _deja_presente(faits: Faits, _annee: int) -> bool:
    return any(faits.valeur(declaration(session)) == "oui" for session in (MEME, AUTRE))


_SATISFACTIONS: dict[Satisfaction, Callable[[Faits, int], bool]] = {
    "majeur_au_31_decembre": _majeur_au_31_decembre,
    "deja_presente": _deja_presente,
}

"""Two candidatures of one person in a session, for one spécialité or for one exam (G07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.referentiel.reglages import ReglagesDuService


@dataclass(frozen=True, slots=True)
class CandidatureVoisine:
    """Another active candidature of the person, in the same exam and session."""

    numero: int
    version: int
    specialite: str


def doublons(
    specialite: str, voisines: Iterable[CandidatureVoisine], reglages: ReglagesDuService, numero_candidat: str = ""
) -> Iterator[Faute]:
    """What is wrong with a candidature for `specialite`, once for each that it repeats as the settings count them.

    It is told to the person, or with a `numero_candidat` to an agent who enters the person's.
    """
    de_l_examen = reglages.doublon_portee == "examen"
    a_quoi = "cet examen" if de_l_examen else "cette spécialité"
    for autre in voisines:
        if not de_l_examen and autre.specialite != specialite:
            continue
        inscription = f"inscription {autre.numero:03d}"
        if numero_candidat:
            message = (
                f"Le candidat {numero_candidat} est déjà inscrit à {a_quoi} pour cette session : "
                f"{inscription}, version {autre.version}."
            )
            remede = "Pour la modifier, donnez [modification] avec ce numéro d'inscription et cette version."
        else:
            message = f"Vous avez déjà l'{inscription} à {a_quoi} pour cette session."
            remede = "Modifiez-la." if de_l_examen else "Modifiez-la, ou changez de spécialité."
        yield Faute("candidature.doublon", "qualification.specialite", message, remede)

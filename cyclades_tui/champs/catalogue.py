"""All fields of a form, in the order of its tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from cyclades_tui.champs.acquis import champs_acquis, champs_epreuves
from cyclades_tui.champs.candidature import ACCORDS, INFORMATIONS, QUALIFICATION
from cyclades_tui.champs.identite import CONFIRMATIONS, COORDONNEES, ETAT_CIVIL
from cyclades_tui.champs.specification import Champ

if TYPE_CHECKING:
    from cyclades_tui.referentiel.chargement import Referentiel
    from cyclades_tui.referentiel.schema import Diplome

_MODALITES, _CONDITIONS = ACCORDS

FIXES: tuple[Champ, ...] = (_MODALITES, *ETAT_CIVIL, *COORDONNEES, *INFORMATIONS, *QUALIFICATION)
COMPTE: tuple[Champ, ...] = (*ETAT_CIVIL, *(c for c in COORDONNEES if c.du_compte), *CONFIRMATIONS)


@dataclass(frozen=True, slots=True)
class Presentation:
    """What decides which fields a form has: the spécialité, the session's year, the group of the category."""

    diplome: Diplome
    annee: int
    groupe: str


def champs_de_toute_categorie(referentiel: Referentiel, diplome: Diplome, annee: int) -> Mapping[str, Champ]:
    """The fields that a form may have for at least one group of categories."""
    from cyclades_tui.referentiel.schema import GroupeCategorie

    champs: dict[str, Champ] = {}
    for groupe in get_args(GroupeCategorie):
        champs |= champs_du_formulaire(referentiel, Presentation(diplome, annee, groupe))
    return champs


def champs_du_formulaire(referentiel: Referentiel, presentation: Presentation | None) -> Mapping[str, Champ]:
    """The fields by id, in reading order; without a spécialité the tabs Acquis and Épreuves are empty."""
    champs = list(FIXES)
    if presentation is not None:
        arbre = (presentation.diplome, presentation.annee, presentation.groupe)
        champs += champs_acquis(referentiel, *arbre)
        champs += champs_epreuves(*arbre)
    champs.append(_CONDITIONS)
    return {champ.id: champ for champ in champs}

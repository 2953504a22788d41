"""What an inscription starts from."""

from __future__ import annotations

from dataclasses import dataclass

from cyclades_tui.actes.candidature.inscription import Modification
from cyclades_tui.poste import Poste
from cyclades_tui.regles.acquis_lies import AcquisLie
from cyclades_tui.regles.doublons import CandidatureVoisine
from cyclades_tui.screens.cadre.page import Identite
from cyclades_tui.store.requetes.brouillons import CleBrouillon


@dataclass(frozen=True)
class Parcours:
    """What the wizard starts from: person, service and texts; `repris` if the texts come from a draft.

    `ecran` is the screen that holds the draft (`brouillons.nouvel_ecran`). `origine` has the texts of the last saved
    version, or of the account if there is none: « Annuler » restores them (C10). `voisines` may make it a duplicate;
    `acquis_lies` are those of the version that is modified.
    """

    poste: Poste
    numero_candidat: str
    identite: Identite
    examen: str
    session: str
    academie: str
    saisie: dict[str, str]
    origine: dict[str, str]
    cle: CleBrouillon
    ecran: str
    onglet: str = ""
    focus: str = ""
    modification: Modification | None = None
    repris: bool = False
    voisines: tuple[CandidatureVoisine, ...] = ()
    acquis_lies: tuple[AcquisLie, ...] = ()

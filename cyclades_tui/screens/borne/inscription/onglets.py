"""Which module makes which tab; an exam has those that its data name, in their order (C08)."""

from __future__ import annotations

from collections.abc import Callable

from cyclades_tui.actes.candidature.inscription import Inscription
from cyclades_tui.screens.borne.inscription.acquis import OngletAcquis
from cyclades_tui.screens.borne.inscription.candidature import AgencementCandidature
from cyclades_tui.screens.borne.inscription.epreuves import OngletEpreuves
from cyclades_tui.screens.borne.inscription.identification import AgencementIdentification
from cyclades_tui.screens.borne.inscription.numero import OngletNumero
from cyclades_tui.screens.borne.inscription.qualification import AgencementQualification
from cyclades_tui.screens.borne.inscription.texte import OngletTexte
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.onglet_formulaire import Agencement, OngletFormulaire
from cyclades_tui.screens.candidature.recapitulatif import OngletRecapitulatif

_FORMULAIRES: dict[str, type[Agencement]] = {
    "identification": AgencementIdentification,
    "candidature": AgencementCandidature,
    "qualification": AgencementQualification,
}
_AUTRES: dict[str, Callable[[str, Formulaire], VoletOnglet]] = {
    "modalites": OngletTexte,
    "acquis": OngletAcquis,
    "epreuves": OngletEpreuves,
    "conditions": OngletTexte,
}


def fabriquer(
    identifiant: str, formulaire: Formulaire, numero_candidat: str, inscription: Inscription | None
) -> VoletOnglet:
    """The tab of this id; that of the number once there is an `inscription`. Raises KeyError for any other id."""
    if identifiant == "recapitulatif":
        return OngletRecapitulatif(identifiant, formulaire, numero_candidat)
    if identifiant == "numero" and inscription is not None:
        return OngletNumero(identifiant, formulaire, inscription)
    if identifiant in _FORMULAIRES:
        return OngletFormulaire(_FORMULAIRES[identifiant](identifiant, formulaire))
    return _AUTRES[identifiant](identifiant, formulaire)

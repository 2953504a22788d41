"""The form of an account: its steps, and how it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cyclades_tui.champs.specification import Champ
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.schema import Onglet
from cyclades_tui.regles.dossier import Dossier
from cyclades_tui.regles.saisie import SaisieLue, lire_le_compte
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.cadre.formulaire import Formulaire, Sorte, defauts

RELIRE = "relire"
ETAPES = (
    Onglet(id="identite", libelle="Identité"),
    Onglet(id="naissance", libelle="Naissance"),
    Onglet(id="acces", libelle="Adresse mail et mot de passe"),
    Onglet(id=RELIRE, libelle="Relire et enregistrer"),
)
# The step for the fields of each section.
_ETAPE_DE_SECTION = {
    "Identité": "identite",
    "Naissance": "naissance",
    "Contacts": "acces",
    "Mot de passe": "acces",
}


def formulaire_du_compte(poste: Poste) -> Formulaire:
    """The empty form of an account, whose fields depend on no exam."""
    service = Service.du_compte(poste.referentiel)
    connus = service.champs_du_compte()

    def lire(saisie: Mapping[str, str], jour: date) -> tuple[SaisieLue, Dossier | None]:
        return lire_le_compte(saisie, service, jour), None

    def onglet_de(champ: str, _: Champ | None) -> str:
        """The step of a field; a fault without field goes to the step that saves."""
        return _ETAPE_DE_SECTION[connus[champ].section] if champ in connus else RELIRE

    depart = {champ: texte for champ, texte in defauts(service).items() if champ in connus}
    return Formulaire(service, depart, poste.maintenant, Sorte(ETAPES, lire, onglet_de))

"""How each tab is drawn; the data of an exam name its tabs, in order (C08)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cyclades_tui.actes.candidature.inscription import Inscription
from cyclades_tui.domaine.onglets import NomOnglet
from cyclades_tui.screens.borne.inscription.acquis import OngletAcquis
from cyclades_tui.screens.borne.inscription.candidature import AgencementCandidature
from cyclades_tui.screens.borne.inscription.epreuves import OngletEpreuves
from cyclades_tui.screens.borne.inscription.identification import AgencementIdentification
from cyclades_tui.screens.borne.inscription.numero import OngletNumero
from cyclades_tui.screens.borne.inscription.qualification import AgencementQualification
from cyclades_tui.screens.borne.inscription.texte import OngletTexte
from cyclades_tui.screens.borne.inscription.touches import DES_CHAMPS, LIRE, PAGE, PLIER, Touches
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.onglet_formulaire import Agencement, OngletFormulaire
from cyclades_tui.screens.candidature.recapitulatif import OngletRecapitulatif


@dataclass(frozen=True, slots=True)
class SourceDesOnglets:
    """What tabs are made from; `inscription` is set once the form is saved."""

    formulaire: Formulaire
    numero_candidat: str
    inscription: Inscription | None


_Fabrique = Callable[[str, SourceDesOnglets], VoletOnglet]


@dataclass(frozen=True, slots=True)
class VueOnglet:
    """How a tab is drawn: the function that makes it, and the keys that its foot shows."""

    fabriquer: _Fabrique
    touches: Touches = DES_CHAMPS


def _de_champs(agencement: type[Agencement]) -> _Fabrique:
    return lambda nom, source: OngletFormulaire(agencement(nom, source.formulaire))


def _du_formulaire(volet: Callable[[str, Formulaire], VoletOnglet]) -> _Fabrique:
    return lambda nom, source: volet(nom, source.formulaire)


def _recapitulatif(nom: str, source: SourceDesOnglets) -> VoletOnglet:
    return OngletRecapitulatif(nom, source.formulaire, source.numero_candidat)


def _numero(nom: str, source: SourceDesOnglets) -> VoletOnglet:
    if source.inscription is None:
        raise RuntimeError("no inscription was saved")
    return OngletNumero(nom, source.formulaire, source.inscription)


# By the name of the tab, as in `domaine.onglets`.
VUES: Mapping[str, VueOnglet] = MappingProxyType(
    {
        NomOnglet.MODALITES: VueOnglet(_du_formulaire(OngletTexte)),
        NomOnglet.IDENTIFICATION: VueOnglet(_de_champs(AgencementIdentification)),
        NomOnglet.CANDIDATURE: VueOnglet(_de_champs(AgencementCandidature)),
        NomOnglet.QUALIFICATION: VueOnglet(_de_champs(AgencementQualification)),
        NomOnglet.ACQUIS: VueOnglet(
            _du_formulaire(OngletAcquis),
            (("Espace", "cocher"), ("↑ ↓", "se déplacer"), ("Entrée", "champ suivant"), ("F2", "sommaire")),
        ),
        NomOnglet.EPREUVES: VueOnglet(
            _du_formulaire(OngletEpreuves),
            (PLIER, ("Entrée", "pourquoi ?"), ("F2", "sommaire")),
        ),
        NomOnglet.RECAPITULATIF: VueOnglet(
            _recapitulatif, (("↑ ↓", "bloc"), ("Entrée", "corriger ce bloc"), PAGE, ("F2", "sommaire"))
        ),
        NomOnglet.CONDITIONS: VueOnglet(_du_formulaire(OngletTexte), (("Espace", "cocher"), ("F2", "sommaire"))),
        NomOnglet.NUMERO: VueOnglet(
            _numero,
            (("F4", "visualiser"), LIRE, ("J", "mes justificatifs"), ("K", "copier les numéros"), ("Éch", "quitter")),
        ),
    }
)

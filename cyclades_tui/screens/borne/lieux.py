"""The places of the borne: for each, what makes its screen and whether it needs a login."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cyclades_tui.screens.cadre import navigation

if TYPE_CHECKING:
    from cyclades_tui.actes.personnes.comptes import SessionCandidat
    from cyclades_tui.poste import Poste
    from cyclades_tui.screens.cadre.base import Ecran


@dataclass(frozen=True, slots=True)
class Visite:
    """The visitor of a place; for the login, perhaps an address and a sentence to show."""

    poste: Poste
    session: SessionCandidat | None
    email: str = ""
    annonce: str = ""

    @property
    def candidat(self) -> SessionCandidat:
        """The candidate logged in. Raises RuntimeError if nobody is."""
        if self.session is None:
            raise RuntimeError("nobody is logged in")
        return self.session


def _connexion(visite: Visite) -> Ecran:
    from cyclades_tui.screens.borne.connexion import EcranConnexion

    return EcranConnexion(visite.poste, identifiant_connu=visite.email, annonce=visite.annonce)


def _compte(visite: Visite) -> Ecran:
    from cyclades_tui.screens.borne.compte.ecran import EcranCompte

    return EcranCompte(visite.poste)


def _services(visite: Visite) -> Ecran:
    from cyclades_tui.screens.borne.choix.lancement import EcranOuverture

    return EcranOuverture(visite.poste, visite.session)


def _inscrire(visite: Visite) -> Ecran:
    from cyclades_tui.screens.borne.choix.lancement import EcranLancement

    return EcranLancement(visite.poste, visite.candidat)


def _inscriptions(visite: Visite) -> Ecran:
    from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions

    return EcranMesInscriptions(visite.poste, visite.candidat)


_CONNECTE = True


class Lieu(StrEnum):
    """A place: its name, what makes its screen, and whether it needs a login.

    The home and the pages of `aide` need no store and are not made here.
    """

    ACCUEIL = "accueil"
    CONNEXION = "connexion", _connexion
    COMPTE = "compte", _compte
    SERVICES = "services", _services
    INSCRIRE = "inscrire", _inscrire, _CONNECTE
    INSCRIPTIONS = "inscriptions", _inscriptions, _CONNECTE
    AIDE = navigation.LIEU_D_AIDE
    MENTIONS = "mentions"
    PLAN = "plan"
    ACCESSIBILITE = "accessibilite"

    fabriquer: Callable[[Visite], Ecran] | None
    connecte: bool

    def __new__(cls, nom: str, fabriquer: Callable[[Visite], Ecran] | None = None, connecte: bool = False) -> Lieu:
        lieu = str.__new__(cls, nom)
        lieu._value_ = nom
        lieu.fabriquer = fabriquer
        lieu.connecte = connecte
        return lieu

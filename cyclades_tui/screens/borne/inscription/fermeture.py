"""The band of a service: exam, académie and closing, more precise as it comes near (ecrans.md §2)."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.poste import Poste
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.borne.annonce import LARGE, annoncer
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.widgets.cadre import Bandeau

_BLANCS = 6  # cells at the ends of the band and between what it says
_CHAQUE_MINUTE = 60  # seconds


class Fermeture:
    """The closing of a service on a screen's band; `venue` is called once when it comes, unless `libre` forbids it."""

    def __init__(
        self, ecran: Ecran, service: Service, poste: Poste, libre: Callable[[], bool], venue: Callable[[], object]
    ) -> None:
        self._ecran = ecran
        self._service = service
        self._poste = poste
        self._libre = libre
        self._venue = venue
        self._dite = False

    def suivre(self) -> None:
        """Update the band each minute; a closing already past is only shown on the band."""
        self._dite = self.annoncer()
        self._ecran.set_interval(_CHAQUE_MINUTE, self.chaque_minute)

    def chaque_minute(self) -> None:
        """Announce the closing once in an open form, after whatever stands above it is closed (C18)."""
        if self.annoncer() and not self._dite and self._libre() and self._ecran.app.screen is self._ecran:
            self._dite = True
            self._venue()

    def annoncer(self) -> bool:
        """Show exam, académie and closing; returns whether the closing is past."""
        bandeau, largeur = self._ecran.query_one(Bandeau), self._ecran.app.size.width
        maintenant = self._poste.maintenant()
        large = largeur >= LARGE
        service = self._service
        academie = service.referentiel.academies[service.academie]
        ou = academie.libelle if large else academie.nom
        fenetre = service.referentiel.reglages(service.examen.code, service.session, service.academie).fenetre
        if fenetre is not None:
            annoncer(fenetre, maintenant, large=large).montrer(bandeau)
        bandeau.gauche = (_nom(service, largeur - cell_len(ou + "".join(bandeau.droite)) - _BLANCS), ou)
        return fenetre is not None and fenetre.etat(maintenant) is EtatFenetre.FERMEE


def _nom(service: Service, place: int) -> str:
    """The exam and its session; initials if the full name does not fit."""
    entier = f"{service.examen.libelle} {service.session}"
    return entier if cell_len(entier) <= place else f"{service.examen.sigle} {service.session}"

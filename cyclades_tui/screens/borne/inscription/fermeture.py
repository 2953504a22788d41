"""The band of a service: exam, académie and closing, more precise as it comes near (ecrans.md §2)."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from cyclades_tui.actes.candidature.inscription import Modification
from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.poste import Poste
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.borne.annonce import LARGE, annoncer
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.widgets.cadre import Bandeau

_BLANCS = 6  # cells at the ends of the band and between what it says
_CHAQUE_MINUTE = 60  # seconds


class Fermeture:
    """The closing of a service on a screen's band; `venue` is called once when it comes, unless `libre` forbids it.

    `titre` says what the band begins with: the current tab.
    """

    def __init__(
        self,
        ecran: Ecran,
        service: Service,
        poste: Poste,
        modification: Modification | None,
        libre: Callable[[], bool],
        venue: Callable[[], object],
        titre: Callable[[], str],
    ) -> None:
        self._ecran = ecran
        self._modification = modification
        self._service = service
        self._poste = poste
        self._libre = libre
        self._venue = venue
        self._titre = titre
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
        """Show what is filled, académie and closing; returns whether the closing is past."""
        bandeau, largeur = self._ecran.query_one(Bandeau), self._ecran.app.size.width
        maintenant = self._poste.maintenant()
        large = largeur >= LARGE
        service = self._service
        academie = service.referentiel.academies[service.academie]
        modification = self._modification if self._libre() else None  # once saved, nothing is being modified
        ou = academie.libelle if large else academie.nom
        fenetre = service.referentiel.reglages(service.examen.code, service.session, service.academie).fenetre
        if fenetre is not None:
            annoncer(fenetre, maintenant, large=large).montrer(bandeau)
        titre = self._titre()
        place = largeur - cell_len(titre + "".join(bandeau.droite)) - _BLANCS
        dits = _noms_et_lieu(service, ou) if modification is None else _modifies(service, modification)
        bandeau.gauche = (titre, next((dit for dit in dits if cell_len(dit) <= place), dits[-1]))
        return fenetre is not None and fenetre.etat(maintenant) is EtatFenetre.FERMEE


def _noms(service: Service) -> tuple[str, ...]:
    """The exam and its session, the longest wording first."""
    return tuple(f"{nom} {service.session}" for nom in (service.examen.libelle, service.examen.sigle))


def _noms_et_lieu(service: Service, ou: str) -> tuple[str, ...]:
    """The exam, its session and the académie, then without it, the longest wording first."""
    noms = _noms(service)
    return (*(f"{nom}  {ou}" for nom in noms), *noms)


def _modifies(service: Service, modification: Modification) -> tuple[str, ...]:
    """What is modified, the longest wording first."""
    base = modification.version_de_base
    laquelle = f"Modification de {modification.numero_inscription:03d}"
    entier = f"{laquelle}, version {base} vers {base + 1}"
    return (*(f"{entier} · {nom}" for nom in _noms(service)), entier, f"{laquelle}, v{base} vers {base + 1}", laquelle)

"""The services open today or soon, as « Mes inscriptions » lists them: one begins with that choice made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.actes.candidature.consultation import ServiceOffert
from cyclades_tui.domaine.temps import EtatFenetre, a_la_minute, dernier_jour, jour_de_paris, limite_incluse
from cyclades_tui.domaine.texte import accorder, denombrer, en_capitales
from cyclades_tui.referentiel.schema import Academie
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_BIENTOT = timedelta(days=60)
_AU_PLUS = 12  # rows; an office has fewer services, a store of every académie many
_PRESSE = 7  # days left from which a closing is urgent


class LigneService(LigneOuvrable):
    """An open service on one row."""

    DEFAULT_CSS = """
    LigneService:focus { background: $champ-focus; color: $champ-texte; }
    """

    def __init__(self, service: ServiceOffert, nom: str, jours: int, colonne: int) -> None:
        super().__init__(dit=(service.examen_libelle, "Entrée commence une inscription à ce service."))
        self.service = service
        self._nom = nom
        self._jours = jours
        self._colonne = colonne

    def render(self) -> RenderResult:
        presse = self._jours <= _PRESSE
        fin = f"jusqu'au {limite_incluse(self.service.fenetre.fermeture)}"
        if presse:
            fin += f", {denombrer(self._jours, 'jour')}" if self._jours else ", aujourd'hui"
        vide = " " * max(self._colonne - cell_len(self._nom), 0)
        style = "bold $attention" if presse else ""
        return Content.assemble(f"{self.repere} {self._nom}{vide}", ("  ! " if presse else "    ", style), (fin, style))


def lister(
    services: Sequence[ServiceOffert], academies: Mapping[str, Academie], maintenant: datetime
) -> Iterator[Widget]:
    """The open services, the first to close first, then those that open within two months."""
    ouverts = [service for service in services if service.etat is EtatFenetre.OUVERTE]
    ouverts.sort(key=lambda service: service.fenetre.fermeture)
    bientot = _a_venir(services, maintenant)
    plusieurs = len({service.academie for service in (*ouverts, *bientot)}) > 1
    aujourd_hui = jour_de_paris(maintenant)

    def nommer(service: ServiceOffert) -> str:
        ou = f", {academies[service.academie].nom}" if plusieurs else ""
        return f"{en_capitales(service.examen_libelle)} {service.session}{ou}"

    colonne = max((cell_len(nommer(service)) for service in (*ouverts, *bientot)), default=0)
    if ouverts:
        seule = "" if plusieurs else f", académie : {academies[ouverts[0].academie].nom}"
        yield Static(f"{accorder(len(ouverts), 'Ouvert')} aujourd'hui{seule} (heure de Paris)", classes="titre")
    for service in ouverts[:_AU_PLUS]:
        jours = (dernier_jour(service.fenetre.fermeture) - aujourd_hui).days
        yield LigneService(service, nommer(service), jours, colonne)
    if caches := len(ouverts[_AU_PLUS:]):
        yield Static(f"et {caches} de plus : F5, « Ouverture des services ».", classes="note", markup=False)
    if bientot:
        yield Static("Bientôt", classes="titre")
    for service in bientot[:_AU_PLUS]:
        quand = "" if service.fenetre.ouverture is None else a_la_minute(service.fenetre.ouverture)
        yield Static(
            f"- {nommer(service):<{colonne}}    à partir du {quand}",
            classes="note",
            markup=False,
        )
    if not ouverts and not bientot:
        yield Static("Aucun service n'est ouvert. F5 : « Ouverture des services » dit les dates.", classes="note")


def _a_venir(services: Sequence[ServiceOffert], maintenant: datetime) -> list[ServiceOffert]:
    """Those that open within two months, the first one first."""
    datees = [
        (service.fenetre.ouverture, rang, service)
        for rang, service in enumerate(services)
        if service.fenetre.ouverture is not None and service.etat is EtatFenetre.PAS_OUVERTE
    ]
    return [service for ouverture, _, service in sorted(datees) if ouverture - maintenant <= _BIENTOT]

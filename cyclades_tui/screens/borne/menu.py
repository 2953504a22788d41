"""The menu of a candidate, with the guides' entries; those not available are greyed (F014-F017)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.menu import EntreeDeMenu
from cyclades_tui.screens.cadre.navigation import Aller

if TYPE_CHECKING:
    from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions


def _rester(_: object) -> None:
    """Do nothing, for the entry of the current place."""


def _vers(lieu: Lieu) -> Callable[[EcranMesInscriptions], object]:
    return lambda ecran: ecran.post_message(Aller(lieu))


def _pas_encore(_: object) -> str:
    return "pas encore sur cette borne"


MENU: tuple[EntreeDeMenu[EcranMesInscriptions], ...] = (
    EntreeDeMenu(Lieu.INSCRIPTIONS, "1", "Mes inscriptions", "", _rester),
    EntreeDeMenu(Lieu.INSCRIRE, "2", "M'inscrire", "", _vers(Lieu.INSCRIRE)),
    EntreeDeMenu("documents", "3", "Mes documents", "par candidature", lambda ecran: ecran.ouvrir_les_documents()),
    EntreeDeMenu(
        "justificatifs", "4", "Mes justificatifs", "par candidature", lambda ecran: ecran.ouvrir_les_justificatifs()
    ),
    EntreeDeMenu("notes", "5", "Mes notes", "", _rester, _pas_encore),
    EntreeDeMenu("messages", "6", "Consulter mes messages", "", lambda ecran: ecran.action_messages()),
    EntreeDeMenu("compte", "7", "Modifier mon compte", "", _rester, _pas_encore),
    EntreeDeMenu(Lieu.SERVICES, "8", "Ouverture des services", "les dates, par académie", _vers(Lieu.SERVICES)),
    EntreeDeMenu(Lieu.AIDE, "9", "Besoin d'aide ?", "", _vers(Lieu.AIDE), quitte=False),
    EntreeDeMenu("deconnexion", "0", "DÉCONNEXION", "", lambda ecran: ecran.action_quitter()),
)

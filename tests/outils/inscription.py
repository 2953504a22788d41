"""The guide's person in the wizard: a real store at the guide's instant, and the wizard on its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.personnes.candidats import retrouver_ou_creer
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.actes.socle.acte import acte
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.poste import Poste, ReglagesDuPoste, acteur_de_la_commande
from cyclades_tui.regles.saisie import lire_le_compte
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.store.ouverture import ouvrir_store
from outils.guide import DU_COMPTE, NUMERO, PLAGE_DU_GUIDE, TITULAIRE
from outils.horloge import PENDANT, HorlogeReglable
from outils.modeles import copier

_DES_ANNEES = timedelta(days=3_650)
CONNUE_DEPUIS = datetime(2019, 11, 4, 9, 0, tzinfo=UTC)  # the N° candidat contains the year


class AppInscription(AppCyclades):
    """The wizard alone, as the borne opens it."""

    def __init__(
        self,
        poste: Poste,
        saisie: dict[str, str],
        *,
        onglet: str = "",
        theme: str = CLAIR,
        selection: tuple[str, str, str] = ("BCP", "2024", "33"),
    ) -> None:
        super().__init__(theme)
        self.poste_ouvert = poste
        self.titulaire = TITULAIRE
        self._parcours = Parcours(
            poste,
            NUMERO,
            TITULAIRE,
            *selection,
            saisie,
            DU_COMPTE,
            brouillons.cle_nouvelle(NUMERO, *selection),
            brouillons.nouvel_ecran(poste),
            onglet=onglet,
        )

    @property
    def inscription(self) -> EcranInscription:
        ecran = self.screen_stack[1]
        assert isinstance(ecran, EcranInscription)
        return ecran

    def on_mount(self) -> None:
        self.push_screen(EcranInscription(replace(self._parcours, identite=self.titulaire)))


def poste_du_guide(dossier: Path, horloge: HorlogeReglable, *, connue: bool = False) -> Poste:
    """A new store; with `connue`, of 2019, when the guide's person got her number."""
    naissance = HorlogeReglable.a(PENDANT)
    naissance.instant = CONNUE_DEPUIS if connue else horloge.instant

    def faire(neuf: Path) -> None:
        initialiser(ReglagesDuPoste(store=neuf / "store"), PLAGE_DU_GUIDE, naissance)
        if connue:
            _connaitre(ouvrir_poste_de_test(neuf, naissance))

    copier(("guide", naissance.instant, connue), faire, dossier)
    return ouvrir_poste_de_test(dossier, horloge)


def ouvrir_poste_de_test(dossier: Path, horloge: HorlogeReglable) -> Poste:
    """A poste on the store of a folder, as a command opens it, but that the years since 2019 do not stop."""
    reglages = ReglagesDuPoste(store=dossier / "store")
    store = ouvrir_store(reglages.store)
    return Poste(store, acteur_de_la_commande(reglages), horloge, reglages.dossier_parametrage, saut=_DES_ANNEES)


def _connaitre(poste: Poste) -> None:
    """Give the guide's person her number, and close the store."""
    lue = lire_le_compte(DU_COMPTE, Service.du_compte(poste.referentiel), CONNUE_DEPUIS.date())
    with acte(poste, Droit.COMPTES, "candidat.creer") as a:
        retrouver_ou_creer(a, lue)
    poste.store.fermer()

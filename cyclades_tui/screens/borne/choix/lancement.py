"""The two screens made of these choices: « Ouverture des services » shows dates, « M'inscrire » starts."""

from __future__ import annotations

from cyclades_tui.actes.candidature.consultation import Informations, ServiceOffert
from cyclades_tui.screens.borne.choix.selection import EcranDeChoix
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.navigation import Aller


class EcranOuverture(EcranDeChoix):
    """The dates, for everybody (F026-F037); a candidate who is logged in may start from there."""

    TITRE = "Ouverture des services"
    INVITE = "Sélectionner les informations suivantes pour consulter l'état d'ouverture du service d'inscription."
    AIDE = (
        "Choisissez l'examen, la session et l'académie, l'un après l'autre : tapez les premières lettres, marquez la "
        "ligne par ↑ ou ↓, puis Entrée. Les dates d'ouverture s'affichent au dernier choix. Si aucune donnée n'est "
        "affichée, c'est qu'aucun service n'est ouvert pour ce domaine, cette session et cette académie. Pour un "
        "examen, c'est l'académie de votre lieu de résidence qui compte."
    )

    def libelle_de_la_fin(self, informations: Informations) -> str:
        return "Me connecter pour m'inscrire" if self.session is None else informations.demarrer

    def finir(self, service: ServiceOffert) -> None:
        if self.session is None:
            self.post_message(Aller(Lieu.CONNEXION))
        else:
            self.depart.demarrer(service.examen, service.session, service.academie)


class EcranLancement(EcranDeChoix):
    """Starts an inscription (F137-F144); the button is labelled by the service (C07)."""

    TITRE = "M'inscrire"
    CONSIGNE = "Sur quoi et où voulez-vous vous inscrire ?"
    AIDE = (
        "Choisissez l'examen, la session et l'académie, l'un après l'autre : tapez les premières lettres, marquez la "
        "ligne par ↑ ou ↓, puis Entrée. Les dates d'ouverture s'affichent au dernier choix ; l'inscription ne démarre "
        "que si le service est ouvert. Prenez l'académie de votre lieu de résidence."
    )

    def libelle_de_la_fin(self, informations: Informations) -> str:
        return informations.demarrer

    def finir(self, service: ServiceOffert) -> None:
        self.depart.demarrer(service.examen, service.session, service.academie)

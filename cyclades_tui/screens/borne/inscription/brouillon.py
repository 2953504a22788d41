"""A form with a draft: kept while one types, asked about when another screen takes it, given back when one leaves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import heure
from cyclades_tui.screens.borne.inscription.garde import Garde, SaisieEnCours, champs_connus
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.cadre.ecran_formulaire import EcranFormulaire
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.etapes import Rail

RESTER, QUITTER = "rester", "quitter"
_REPRENDRE, _SANS_GARDER, _ANNULER = "reprendre", "sans-garder", "annuler"
_PRIS, _FINI = "brouillon.pris", "brouillon.fini"
_PERDUS = (_PRIS, _FINI)
_TITRES = {_PRIS: "Votre saisie a été reprise ailleurs", _FINI: "Votre saisie s'est terminée ailleurs"}
_OUVERTE_AILLEURS = "Cette saisie est ouverte sur un autre écran : ce que vous tapez ici n'est plus gardé."
_REPONSES_PRIS = (Reponse(QUITTER, "Laisser l'autre écran continuer"), Reponse(_REPRENDRE, "Reprendre ici"))
_REPONSES_FINI = (Reponse(QUITTER, "Quitter cet écran"),)


class EcranAvecBrouillon(EcranFormulaire):
    """The form of a `Parcours`; once it is saved as a version (`finie`) there is no draft any more."""

    def __init__(self, parcours: Parcours) -> None:
        super().__init__()
        self.parcours = parcours
        poste = parcours.poste
        self.service = poste.service(parcours.examen, parcours.session, parcours.academie)
        self.formulaire = Formulaire(self.service, parcours.saisie, poste.maintenant)
        self.rang = 0
        self.garde = Garde(self, parcours, self._etat, self._garde, self.pas_garde)

    @property
    def onglet(self) -> str:
        """The id of the tab that is shown."""
        return self.formulaire.onglets[self.rang].id

    @property
    @abstractmethod
    def finie(self) -> bool:
        """Whether the form was saved as a version."""

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """Nothing was written; the draft stays. What the person must read whole stands in a dialogue."""
        if any(faute.code in _PERDUS for faute in fautes):
            self.pas_garde(fautes)
            return
        self.dire("Refusé", phrases(fautes), "erreur")
        texte = f"{phrases(fautes)}\n\nVotre brouillon est gardé."
        self.demander(Dialogue("Rien n'a été enregistré.", texte, (Reponse(RESTER, "Revenir à l'inscription"),)))

    # Over the form, and out of it

    def demander(self, question: Dialogue, suite: Callable[[str | None], None] | None = None) -> None:
        """Ask over the form itself: what stood above it, a help or another question, goes; a problem's page stays."""
        probleme = any(isinstance(ecran, EcranProbleme) for ecran in self.app.screen_stack)
        if self.is_attached and not probleme:
            self._decouvrir()
            self.app.push_screen(question, suite)

    def fermer_l_ecran(self) -> None:
        """Leave the form, whatever stands above it."""
        if self.is_attached:
            self._decouvrir()
            self.app.pop_screen()

    def _decouvrir(self) -> None:
        while self.app.screen is not self and self in self.app.screen_stack:
            self.app.pop_screen()

    def action_quitter(self) -> None:
        if self.finie:
            self.fermer_l_ecran()
            return
        self.relever()
        self.garde.maintenant()
        texte = "Rien n'est enregistré, votre brouillon est gardé sur ce poste."
        reponses = (Reponse(RESTER, "Rester"), Reponse(QUITTER, "Quitter"))
        self.demander(Dialogue("Quitter l'inscription ?", texte, reponses), self.quitter)

    def quitter(self, reponse: str | None) -> None:
        if reponse == QUITTER:
            self.run_worker(self._partir(), exit_on_error=False)
        elif reponse == _SANS_GARDER:
            self.garde.cesser()
            self.fermer_l_ecran()

    async def _partir(self) -> None:
        if await self.garde.rendre():
            self.fermer_l_ecran()
        elif not self.garde.close:
            texte = "Ce que vous avez tapé depuis la dernière sauvegarde serait perdu. Appelez un agent, ou réessayez."
            reponses = (
                Reponse(RESTER, "Rester"),
                Reponse(QUITTER, "Réessayer de garder et quitter"),
                Reponse(_SANS_GARDER, "Quitter sans garder"),
            )
            self.demander(Dialogue("Votre brouillon n'a pas pu être gardé.", texte, reponses), self.quitter)

    # Giving up what was typed

    def action_annuler(self) -> None:
        """Back to the last saved version, or to the empty form where there is none (C10); asked first."""
        if self.finie:
            return
        self.relever()
        modification = self.parcours.modification
        ou = "au formulaire vide" if modification is None else f"à la version {modification.version_de_base}"
        texte = f"Ce que vous avez saisi sera effacé de ce poste : vous reviendrez {ou}."
        reponses = (Reponse(RESTER, "Garder ma saisie"), Reponse(_ANNULER, "Annuler ma saisie"))
        self.demander(Dialogue("Annuler votre saisie ?", texte, reponses), self._apres_la_question)

    def _apres_la_question(self, reponse: str | None) -> None:
        if reponse == _ANNULER:
            self.run_worker(self._annuler(), exit_on_error=False)

    async def _annuler(self) -> None:
        """Kept once more first: a draft that another screen holds is not ours to give up."""
        if await self.garde.garder():
            parcours = self.parcours
            acte = partial(brouillons.abandonner, parcours.poste, parcours.cle)
            self.mener(self.garde.terminer(acte), self._revenir_a_l_origine, self.refuser)

    def _revenir_a_l_origine(self, _: None) -> None:
        parcours = self.parcours
        self._ouvrir_a_neuf(replace(parcours, saisie=parcours.origine, onglet="", focus="", repris=False))

    # Keeping

    def apres_une_touche(self) -> None:
        if not self.finie:
            self.garde.bientot()

    def apres_une_visite(self) -> None:
        if not self.finie:
            self.garde.suivre()

    def _etat(self) -> SaisieEnCours:
        return SaisieEnCours(self.formulaire.saisie, self.onglet, self.dernier_champ.get(self.onglet, ""))

    def _garde(self, instant: datetime) -> None:
        if self.is_attached:
            self.query_one(Rail).garde = f"Brouillon gardé à {heure(instant)}"

    def pas_garde(self, fautes: tuple[Faute, ...]) -> None:
        """A draft that another screen took or ended is asked about; anything else is told, and tried again later."""
        code = next((faute.code for faute in fautes if faute.code in _PERDUS), "")
        if not code:
            self.dire("Brouillon non gardé", phrases(fautes), "erreur")
            return
        self.garde.cesser()
        perdu = [f"{self.formulaire.libelle(champ)} : {texte}" for champ, texte in self.garde.differences().items()]
        texte = phrases(fautes) if code == _FINI else _OUVERTE_AILLEURS
        if perdu:
            texte = "\n".join((texte, "", "Pas gardé :", *perdu))
        reponses = _REPONSES_FINI if code == _FINI else _REPONSES_PRIS
        self.demander(Dialogue(_TITRES[code], texte, reponses), self._apres_la_prise)

    def _apres_la_prise(self, reponse: str | None) -> None:
        if reponse == _REPRENDRE:
            self.lancer(self._reprendre, self._recommencer, self.refuser)
        else:
            self.fermer_l_ecran()

    def _reprendre(self) -> brouillons.BrouillonRepris | None:
        """Take the draft back as the other screen left it: nothing merges silently."""
        parcours = self.parcours
        brouillons.prendre_la_main(parcours.poste, parcours.cle, parcours.ecran)
        return brouillons.reprendre(parcours.poste, parcours.cle, champs_connus(parcours.poste, self.service))

    def _recommencer(self, reprise: brouillons.BrouillonRepris | None) -> None:
        parcours = self.parcours
        if reprise is not None:
            saisie = parcours.saisie | reprise.saisie
            parcours = replace(parcours, saisie=saisie, onglet=reprise.onglet, focus=reprise.focus, repris=True)
        self._ouvrir_a_neuf(parcours)

    def _ouvrir_a_neuf(self, parcours: Parcours) -> None:
        self._decouvrir()
        self.app.switch_screen(type(self)(parcours))

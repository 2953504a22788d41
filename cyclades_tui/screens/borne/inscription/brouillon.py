"""The draft of an open inscription on screen: kept, taken by another screen, given back, given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from textual.screen import Screen

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import heure
from cyclades_tui.screens.borne.inscription.garde import Garde, SaisieEnCours, champs_connus
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.dessus import Dessus
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

RESTER, QUITTER = "rester", "quitter"
_REPRENDRE, _SANS_GARDER, _ANNULER = "reprendre", "sans-garder", "annuler"
NON_GARDE = "Votre brouillon n'est pas gardé"
_PRIS, _FINI = "brouillon.pris", "brouillon.fini"
_PERDUS = (_PRIS, _FINI)
_TITRES = {_PRIS: "Votre saisie a été reprise ailleurs", _FINI: "Votre saisie s'est terminée ailleurs"}
_OUVERTE_AILLEURS = "Cette saisie est ouverte sur un autre écran : ce que vous tapez ici n'est plus gardé."
_REPONSES_PRIS = (Reponse(QUITTER, "Laisser l'autre écran continuer"), Reponse(_REPRENDRE, "Reprendre ici"))
_REPONSES_FINI = (Reponse(QUITTER, "Quitter cet écran"),)


def rien_de_plus() -> None:
    """What follows where one only leaves."""


class BrouillonOuvert:
    """Keeps what `lire` returns, through `garde`, and asks questions about it over `ecran`.

    `dire_la_garde` gets the instant of each save; `a_neuf` makes the screen that starts again from a `Parcours`.
    """

    def __init__(
        self,
        ecran: Ecran,
        parcours: Parcours,
        formulaire: Formulaire,
        lire: Callable[[], SaisieEnCours],
        dire_la_garde: Callable[[datetime], object],
        a_neuf: Callable[[Parcours], Screen[None]],
    ) -> None:
        self._ecran = ecran
        self._parcours = parcours
        self._formulaire = formulaire
        self._a_neuf = a_neuf
        self._dessus = Dessus(ecran)
        self._dire_la_garde = dire_la_garde
        self.garde = Garde(ecran, parcours, lire, self._garde, self._pas_garde)

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """Say why nothing was saved, in a dialogue if it must be read whole; the draft stays."""
        if any(faute.code in _PERDUS for faute in fautes):
            self._pas_garde(fautes)
            return
        self._ecran.dire("Refusé", phrases(fautes), "erreur")
        self.garde.maintenant()
        garde = self._ce_qui_est_garde()
        texte = f"{phrases(fautes)}\n\n{garde}" if garde else phrases(fautes)
        reponses = (Reponse(RESTER, "Revenir à l'inscription"),)
        self._dessus.demander(Dialogue("Rien n'a été enregistré.", texte, reponses))

    # Leaving

    def demander_de_quitter(self, suite: Callable[[], object]) -> None:
        """Ask, then leave and go on."""
        self.garde.maintenant()
        modification = self._parcours.modification
        quoi = "l'inscription" if modification is None else "la modification"
        reponses = (Reponse(RESTER, "Rester"), Reponse(QUITTER, "Quitter"))
        self._dessus.demander(
            Dialogue(f"Quitter {quoi} ?", self._ce_qui_reste(), reponses), partial(self._quitter, suite)
        )

    def _ce_qui_reste(self) -> str:
        """What there will be of it once one has left."""
        modification = self._parcours.modification
        if modification is None:
            if self.garde.panne:
                return f"Rien n'est enregistré. {NON_GARDE}."
            garde = "votre brouillon est gardé sur ce poste" if self.garde.a_garder else "vous n'avez rien saisi"
            return f"Rien n'est enregistré, {garde}."
        version = f"La version {modification.version_de_base} reste celle de votre candidature"
        if not self.garde.a_garder:
            return f"{version} : vous n'avez rien changé."
        ou = f"{NON_GARDE.lower()} non plus" if self.garde.panne else "ils sont gardés sur ce poste"
        return f"{version}. Vos changements ne sont pas enregistrés ; {ou}."

    def _ce_qui_est_garde(self) -> str:
        if self.garde.panne:
            return f"{NON_GARDE} : {phrases(self.garde.panne)}"
        return "Votre brouillon est gardé." if self.garde.a_garder else ""

    def fermeture_venue(self) -> None:
        """Say that the service has just closed: the form can only be read, or left (C18)."""
        self.garde.maintenant()
        garde = f"{dit} " if (dit := self._ce_qui_est_garde()) else ""
        texte = "\n".join((f"{garde}Vous ne pouvez plus enregistrer.", "", *self._formulaire.contact))
        reponses = (Reponse(RESTER, "Relire ce qui est saisi"), Reponse(QUITTER, "Quitter"))
        partir = partial(self._quitter, rien_de_plus)
        self._dessus.demander(Dialogue("Les inscriptions viennent de fermer.", texte, reponses), partir)

    def _quitter(self, suite: Callable[[], object], reponse: str | None) -> None:
        if reponse == QUITTER:
            self._ecran.run_worker(self._partir(suite), exit_on_error=False)
        elif reponse == _SANS_GARDER:
            self.garde.cesser()
            self._dessus.fermer()
            suite()

    async def _partir(self, suite: Callable[[], object]) -> None:
        if await self.garde.rendre():
            self._dessus.fermer()
            suite()
        elif not self.garde.close:
            texte = "Ce que vous avez tapé depuis la dernière sauvegarde serait perdu. Appelez un agent, ou réessayez."
            reponses = (
                Reponse(RESTER, "Rester"),
                Reponse(QUITTER, "Réessayer de garder et quitter"),
                Reponse(_SANS_GARDER, "Quitter sans garder"),
            )
            question = Dialogue("Votre brouillon n'a pas pu être gardé.", texte, reponses)
            self._dessus.demander(question, partial(self._quitter, suite))

    # Giving up what was typed

    def demander_d_annuler(self) -> None:
        """Ask whether to return to the last saved version, or to the empty form if there is none (C10)."""
        modification = self._parcours.modification
        ou = "au formulaire vide" if modification is None else f"à la version {modification.version_de_base}"
        texte = f"Ce que vous avez saisi sera effacé de ce poste : vous reviendrez {ou}."
        reponses = (Reponse(RESTER, "Garder ma saisie"), Reponse(_ANNULER, "Annuler ma saisie"))
        self._dessus.demander(Dialogue("Annuler votre saisie ?", texte, reponses), self._annuler_si_voulu)

    def _annuler_si_voulu(self, reponse: str | None) -> None:
        if reponse == _ANNULER:
            self._ecran.run_worker(self._annuler(), exit_on_error=False)

    async def _annuler(self) -> None:
        """Give up the draft, after keeping it once more to be sure that no other screen holds it."""
        if await self.garde.garder():
            acte = partial(brouillons.abandonner, self._parcours.poste, self._parcours.cle)
            self._ecran.mener(self.garde.terminer(acte), self._revenir_a_l_origine, self.refuser)

    def _revenir_a_l_origine(self, _: None) -> None:
        parcours = self._parcours
        self._recommencer(replace(parcours, saisie=parcours.origine, onglet="", focus="", repris=False))

    # Another screen takes it

    def _garde(self, instant: datetime) -> None:
        """What was said of a draft that could not be kept is no longer so."""
        self._ecran.dire_la_panne((), f"Gardé à {heure(instant)}.")
        self._dire_la_garde(instant)

    def _pas_garde(self, fautes: tuple[Faute, ...]) -> None:
        """If another screen took or ended the draft, ask; other errors are shown, and saving is tried again later."""
        code = next((faute.code for faute in fautes if faute.code in _PERDUS), "")
        if not code:
            self._ecran.dire_la_panne(fautes)
            return
        self.garde.cesser()
        perdu = [f"{self._formulaire.libelle(champ)} : {texte}" for champ, texte in self.garde.differences().items()]
        texte = phrases(fautes) if code == _FINI else _OUVERTE_AILLEURS
        if perdu:
            texte = "\n".join((texte, "", "Pas gardé :", *perdu))
        reponses = _REPONSES_FINI if code == _FINI else _REPONSES_PRIS
        self._dessus.demander(Dialogue(_TITRES[code], texte, reponses), self._apres_la_prise)

    def _apres_la_prise(self, reponse: str | None) -> None:
        if reponse == _REPRENDRE:
            self._ecran.lancer(self._reprendre, self._reparti, self.refuser)
        else:
            self._dessus.fermer()

    def _reprendre(self) -> brouillons.BrouillonRepris | None:
        """Take the draft back as the other screen left it; the texts are never merged."""
        parcours = self._parcours
        brouillons.prendre_la_main(parcours.poste, parcours.cle, parcours.ecran)
        return brouillons.reprendre(
            parcours.poste, parcours.cle, champs_connus(parcours.poste, self._formulaire.service)
        )

    def _reparti(self, reprise: brouillons.BrouillonRepris | None) -> None:
        parcours = self._parcours
        if reprise is not None:
            saisie = parcours.saisie | reprise.saisie
            parcours = replace(parcours, saisie=saisie, onglet=reprise.onglet, focus=reprise.focus, repris=True)
        self._recommencer(parcours)

    def _recommencer(self, parcours: Parcours) -> None:
        self._dessus.remplacer(self._a_neuf(parcours))

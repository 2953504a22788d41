"""Asks whether to withdraw a candidature, or says why it cannot be (F415-F422)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

# The words of the guides are for the candidate; these are for an agent.
_QUESTION = "Désinscrire cette candidature ?"
_SUITES = "C'est définitif : pour se présenter, la personne devra s'inscrire à nouveau. Un message le lui dit."
_ANNULER, _OK, _FERMER = "annuler", "ok", "fermer"


class Desinscription:
    """The questions of a screen; `suite` is called after a withdrawal, `echec` with the reasons against it."""

    def __init__(
        self, ecran: Ecran, poste: Poste, suite: Callable[[], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        self._ecran = ecran
        self._poste = poste
        self._suite = suite
        self._echec = echec

    def demander(self, numero_candidat: str, numero_inscription: int) -> None:
        """Read the candidature again, then ask or refuse."""
        lire = partial(candidatures.fiche, self._poste, numero_candidat, numero_inscription)
        self._ecran.lancer(lire, self._interroger, self._echec)

    def _interroger(self, fiche: Fiche) -> None:
        if fiche.refus_de_desinscrire is not None:
            refus = fiche.refus_de_desinscrire
            texte = f"{refus.message}\n\n{refus.remede}".strip()
            self._ecran.app.push_screen(Dialogue("Désinscription impossible", texte, (Reponse(_FERMER, "Fermer"),)))
            return
        textes = self._poste.referentiel.reglages(fiche.examen, fiche.session, fiche.academie).textes
        laquelle = f"N° {fiche.numero_inscription:03d} · {fiche.recapitulatif.examen} {fiche.session}"
        question, suites = textes.desinscription_question, textes.desinscription_avertissement
        if self._poste.acteur.nature is not NatureActeur.CANDIDAT:
            question, suites = _QUESTION, _SUITES
        dialogue = Dialogue(
            question,
            f"{laquelle}\n\n{suites}",
            (Reponse(_ANNULER, "Annuler"), Reponse(_OK, "OK")),
        )

        def suivre(reponse: str | None) -> None:
            if reponse == _OK:
                self._ecran.lancer(
                    lambda: candidatures.desinscrire(self._poste, fiche.numero_candidat, fiche.numero_inscription),
                    lambda _: self._suite(),
                    self._echec,
                )

        self._ecran.app.push_screen(dialogue, suivre)

"""Where one registers: the exam, the session and the académie, with their fields, lists and tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cyclades_tui.champs.catalogue import Presentation, champs_de_toute_categorie, champs_du_formulaire
from cyclades_tui.champs.compte import champs_du_compte
from cyclades_tui.champs.listes import Listes
from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.temps import annee_de_session
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.schema import Diplome, Examen, Onglet


@dataclass(frozen=True)
class Service:
    """An exam, a session and an académie, with what the référentiel says of them.

    It serves many forms: its lists and fields are computed once.
    """

    referentiel: Referentiel
    examen: Examen
    session: str
    academie: str
    listes: Listes
    _champs: dict[tuple[str, str], Mapping[str, Champ]] = field(default_factory=dict)

    @classmethod
    def de(cls, referentiel: Referentiel, examen: str, session: str, academie: str) -> Service:
        """Build a service from codes. Raises KeyError when the exam is unknown."""
        trouve = referentiel.examens[examen]
        return cls(referentiel, trouve, session, academie, Listes(referentiel, trouve, session, academie))

    @classmethod
    def du_compte(cls, referentiel: Referentiel) -> Service:
        """The service for the form of an account, which depends on no exam: the first exam is used."""
        return cls.de(referentiel, min(referentiel.examens), "", "")

    @property
    def annee(self) -> int:
        return annee_de_session(self.session)

    @cached_property
    def onglets(self) -> tuple[Onglet, ...]:
        """The tabs of the form, in order: the service's own, else the exam's (C08)."""
        reglages = self.referentiel.reglages(self.examen.code, self.session, self.academie)
        return reglages.onglets or self.examen.onglets

    def champs(self, presentation: Presentation | None) -> Mapping[str, Champ]:
        """The fields of the form by id, in reading order."""
        cle = ("", "") if presentation is None else (presentation.diplome.code, presentation.groupe)
        if cle not in self._champs:
            onglets = {onglet.id for onglet in self.onglets}
            tous = champs_du_formulaire(self.referentiel, presentation)
            self._champs[cle] = {
                nom: self._avec_son_exemple(champ)
                for nom, champ in tous.items()
                if champ.onglet in onglets and self.listes.propose(champ)
            }
        return self._champs[cle]

    def _avec_son_exemple(self, champ: Champ) -> Champ:
        """A field that lists spécialités, with one of this exam as its example; other fields stay as they are."""
        connues = self.listes.choix(champ.liste) if champ.liste == "specialites" and self.session else ()
        return replace(champ, exemple=connues[0].id) if connues else champ

    def champs_du_compte(self) -> Mapping[str, Champ]:
        cle = ("", "compte")
        if cle not in self._champs:
            self._champs[cle] = champs_du_compte(self.referentiel)
        return self._champs[cle]

    def champs_de_toute_categorie(self, diplome: Diplome) -> Mapping[str, Champ]:
        cle = (diplome.code, "*")
        if cle not in self._champs:
            self._champs[cle] = champs_de_toute_categorie(self.referentiel, diplome, self.annee)
        return self._champs[cle]

"""Keeps the draft of an open form while one types, one save at a time, until the screen releases it (decision 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from textual.timer import Timer

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.poste import Poste
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.cadre.base import Ecran

# A throttle, not a debounce: continued typing does not delay the save (decision 4).
DELAI = 0.9
RETENTER = 3.0  # seconds before what could not be kept is tried again, typing or not
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SaisieEnCours:
    """The content of a draft: texts, current tab and field."""

    saisie: Mapping[str, str]
    onglet: str
    focus: str


class Garde:
    """Keeps what `lire` returns. `garde` gets the instant of each save, `refus` the faults that prevented one."""

    def __init__(
        self,
        hote: Ecran,
        parcours: Parcours,
        lire: Callable[[], SaisieEnCours],
        garde: Callable[[datetime], object],
        refus: Callable[[tuple[Faute, ...]], object],
    ) -> None:
        self._hote = hote
        self._poste = parcours.poste
        self._cle = parcours.cle
        self._ecran = parcours.ecran
        self._existe = parcours.repris
        self._lire = lire
        self._garde = garde
        self._refus = refus
        self._minuterie: Timer | None = None
        self._verrou = asyncio.Lock()
        self._close = False
        self._touchee = False
        self.gardee: Mapping[str, str] = dict(lire().saisie)
        self.panne: tuple[Faute, ...] = ()
        """Why the last words are not kept; empty once they are."""

    @property
    def a_garder(self) -> bool:
        """Whether there is a draft, or something to make one of: a form that was only read leaves none."""
        return self._existe or bool(self.differences())

    def bientot(self) -> None:
        """Something was typed, or one went elsewhere: a draft that there is follows in less than a second."""
        if not self.a_garder:
            return
        self._touchee = True
        if self._minuterie is None and not self._close:
            self._minuterie = self._hote.set_timer(DELAI, self.maintenant)

    def maintenant(self) -> None:
        """Keep it without waiting for the second to end."""
        self._arreter_la_minuterie()
        if not self.a_garder:
            return
        self._touchee = True
        if not self._close:
            self._hote.run_worker(self.garder(), exit_on_error=False)

    async def garder(self) -> bool:
        """Keep the current state, after any save under way; returns whether it worked."""
        async with self._verrou:
            if self._close:
                return False
            etat = self._lire()
            saisie = dict(etat.saisie)
            try:
                instant = await asyncio.to_thread(self._ecrire, saisie, etat)
            except ErreurCyclades as erreur:
                self.panne = erreur.fautes
                self._refus(erreur.fautes)
                self._retenter()
                return False
            self.panne = ()
            self._existe = True
            self.gardee = saisie
            self._garde(instant)
            return True

    def _ecrire(self, saisie: dict[str, str], etat: SaisieEnCours) -> datetime:
        return brouillons.garder(
            self._poste,
            self._cle,
            saisie,
            onglet=etat.onglet,
            focus=etat.focus,
            ecran=self._ecran,
            existant=self._existe,
        )

    async def terminer(self, acte: Callable[[], T]) -> T:
        """Run the acte that ends the draft (a version, or giving up); no save happens during or after it."""
        async with self._verrou:
            reponse = await asyncio.to_thread(acte)
            self.cesser()
            return reponse

    def cesser(self) -> None:
        """Stop keeping: the form was saved as a version, or another screen took the draft."""
        self._close = True
        self._arreter_la_minuterie()

    async def rendre(self) -> bool:
        """Keep the last state and release the draft for other screens; False if it could not be kept."""
        if self._touchee and not await self.garder():
            return False
        self.cesser()
        async with self._verrou:
            try:
                await asyncio.to_thread(brouillons.rendre_la_main, self._poste, self._cle, self._ecran)
            except ErreurCyclades as erreur:
                self._refus(erreur.fautes)  # everything is kept: another screen will only be asked before it continues
        return True

    @property
    def close(self) -> bool:
        """Whether nothing more will be kept."""
        return self._close

    def differences(self) -> dict[str, str]:
        """Field id -> text, for fields changed since the last save."""
        return {champ: texte for champ, texte in self._lire().saisie.items() if self.gardee.get(champ, "") != texte}

    def _retenter(self) -> None:
        if self._minuterie is None and not self._close:
            self._minuterie = self._hote.set_timer(RETENTER, self.maintenant)

    def _arreter_la_minuterie(self) -> None:
        if self._minuterie is not None:
            self._minuterie.stop()
            self._minuterie = None


def champs_connus(poste: Poste, service: Service) -> set[str]:
    """All fields that a draft of this service may have, for any category and diploma."""
    return {
        champ
        for diplome in poste.referentiel.diplomes_de(service.examen.code, service.annee)
        for champ in service.champs_de_toute_categorie(diplome)
    }

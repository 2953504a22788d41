"""An agent's work on a queue: the rows read, his decisions, where he is."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import overload

from typing_extensions import override

from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import Compteurs, Decision
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.domaine.statuts import DECOMPTES, FICHES, STATUT_DONNE, Decompte, Phase, Statut
from cyclades_tui.domaine.temps import heure, jour_court, jour_de_paris
from cyclades_tui.domaine.texte import denombrer, en_capitales
from cyclades_tui.widgets.liste_en_attente import Rangee

PAGE = 50  # rows read at once
_AVANCE = 20  # undecided rows left when the next page is read
ANNULABLES = 20
# The counts shown at the end of a queue, in order.
_BILAN: tuple[tuple[Statut | None, Decompte], ...] = (
    *DECOMPTES.items(),
    (None, Decompte("passée", "passées", "discret")),
)


@dataclass(eq=False, slots=True)
class Place:
    """A piece of the queue; `statut` is what was decided here, None if nothing was.

    `revision` is that of the piece when it was shown, then that after our own decision.
    """

    ligne: PieceEnAttente
    revision: int
    statut: Statut | None = None

    @property
    def qui(self) -> str:
        return en_capitales(self.ligne.nom)

    @property
    def nommee(self) -> str:
        """`NGMB-DUPONT, identité`."""
        return f"{self.qui}, {self.ligne.sigle.lower().rstrip('.')}"

    @property
    def rangee(self) -> Rangee:
        ligne = self.ligne
        attend = "" if ligne.attend_depuis is None else f"le {jour_court(jour_de_paris(ligne.attend_depuis))}"
        rangee = Rangee(ligne.id, self.qui, ligne.prenoms, ligne.sigle, ligne.numero_candidat, attend)
        if self.statut is None:
            return rangee
        vu = FICHES[self.statut].agent
        return replace(rangee, signe=vu.signe, genre=vu.couleur)


@dataclass(eq=False, slots=True)
class Fait:
    """A decision of this agent on the `depot` that he saw; `suivi` is needed to undo it, 0 until the store has it.

    `refus` says why the store refused it; `remplace`, whether another file has been given since.
    """

    place: Place
    decision: Decision
    depot: int | None = None
    suivi: int = 0
    refus: ErreurCyclades | None = None
    remplace: bool = False

    @property
    def statut(self) -> Statut:
        """The status that the decision gives."""
        return STATUT_DONNE[self.decision.acte]

    @property
    def nommee(self) -> str:
        """`Conforme : NGMB-DUPONT, identité`."""
        return f"{self.statut.libelle} : {self.place.nommee}"


class _Rangees(Sequence[Rangee]):
    """The rows for display, made when they are drawn."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places

    @override
    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, rang: int) -> Rangee: ...
    @overload
    def __getitem__(self, rang: slice) -> Sequence[Rangee]: ...
    @override
    def __getitem__(self, rang: int | slice) -> Rangee | Sequence[Rangee]:
        if isinstance(rang, slice):
            return [place.rangee for place in self._places[rang]]
        return self._places[rang].rangee


class AttenteEnCours:
    """One queue, read page by page; `rang` is past the last row once the end is reached."""

    def __init__(self, filtre: Filtre, libelle: str) -> None:
        self.filtre = filtre
        self.libelle = libelle
        self.places: list[Place] = []
        self.rangees = _Rangees(self.places)
        self.rang = 0
        self.entiere = False
        self.a_faire = 0
        self.compteurs = Compteurs(0, {}, 0)
        self._faits: deque[Fait] = deque(maxlen=ANNULABLES)

    @property
    def courante(self) -> Place | None:
        return self.places[self.rang] if self.rang < len(self.places) else None

    @property
    def derniere(self) -> PieceEnAttente | None:
        """The row after which the next page begins."""
        return self.places[-1].ligne if self.places else None

    @property
    def finie(self) -> bool:
        return self.entiere and self.courante is None

    def recevoir(self, lignes: Sequence[PieceEnAttente]) -> None:
        """Add a page that was read; a short page is the last."""
        self.places += [Place(ligne, ligne.revision) for ligne in lignes]
        self.entiere = self.entiere or len(lignes) < PAGE

    @property
    def a_lire(self) -> bool:
        return not self.entiere and len(self.suivantes(_AVANCE)) < _AVANCE

    def suivantes(self, nombre: int) -> list[Place]:
        """The next pieces to decide, after the current one."""
        trouvees: list[Place] = []
        for place in self.places[self.rang + 1 :]:
            if place.statut is None:
                trouvees.append(place)
                if len(trouvees) == nombre:
                    break
        return trouvees

    def avancer(self) -> None:
        """Go to the next piece to decide, or past the end if there is none."""
        suivantes = self.suivantes(1)
        self.rang = self.places.index(suivantes[0], self.rang) if suivantes else len(self.places)

    def aller(self, rang: int) -> None:
        self.rang = min(max(rang, 0), len(self.places))

    def aller_a(self, place: Place) -> None:
        if place in self.places:
            self.rang = self.places.index(place)

    # Decisions

    def noter(self, decision: Decision, depot: int | None = None) -> Fait | None:
        """Record a decision on the current piece before the store has it; None if there is no piece."""
        place = self.courante
        if place is None:
            return None
        fait = Fait(place, decision, depot)
        place.statut = fait.statut
        self._faits.append(fait)
        self._compter(place.statut, 1)
        return fait

    def oublier(self, fait: Fait) -> None:
        """Remove a decision that the store did not keep."""
        if fait in self._faits:
            self._faits.remove(fait)
        self._rendre(fait.place)

    def reprendre(self) -> Fait | None:
        """Take the last decision back; None if there is none."""
        if not self._faits:
            return None
        fait = self._faits.pop()
        self._rendre(fait.place)
        self.aller_a(fait.place)
        return fait

    def _rendre(self, place: Place) -> None:
        if place.statut is not None:
            self._compter(place.statut, -1)
            place.statut = None

    def _compter(self, statut: Statut, pas: int) -> None:
        """Update the counts before the store answers; a piece that is not judged still waits."""
        self.compteurs = replace(self.compteurs, faites=self.compteurs.faites + pas)
        if statut.phase is not Phase.A_JUGER:
            self.a_faire -= pas

    @property
    def annulable(self) -> bool:
        return bool(self._faits)

    # What is said

    @property
    def total(self) -> int:
        return self.compteurs.faites + self.a_faire

    def avancement(self, maintenant: datetime, *, large: bool, cadence: bool) -> tuple[str, str]:
        """How many are done, of how many; with `cadence`, also the pace and the expected end."""
        allure, suite = self.compteurs.a_l_heure, ""
        if allure and cadence:
            suite = f"   {allure} à l'heure" if large else f"   {allure}/h"
            fin = self.fin_vers(maintenant)
            suite += f"   fin vers {fin}" if fin else ""
        return str(self.compteurs.faites), f"/{self.total}{' faites' if large else ''}{suite}"

    def fin_vers(self, maintenant: datetime) -> str:
        """`10:55` in Paris at the current pace; empty if there is none."""
        cadence = self.compteurs.a_l_heure
        if not cadence or not self.a_faire:
            return ""
        return heure(maintenant + timedelta(hours=self.a_faire / cadence))

    @property
    def bilan_d_une_piece(self) -> str:
        """« Pièce conforme. », of one that is opened alone."""
        return f"Pièce {dict(_BILAN)[self.places[0].statut].singulier}." if self.places else ""

    @property
    def bilan(self) -> str:
        """« File terminée : 137 pièces, 128 conformes… »."""
        if not self.places:
            return "Aucune pièce n'attend dans cette file."
        comptes = Counter(place.statut for place in self.places)
        details = [quoi.dire(comptes[statut]) for statut, quoi in _BILAN if comptes[statut]]
        pieces = denombrer(len(self.places), "pièce")
        return f"File terminée : {', '.join((pieces, *details))}."

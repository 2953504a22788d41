"""The queues of an agent's home: each with what of it is his, then those that he keeps (ecrans.md §5)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.bureau.tableau import Tableau
from cyclades_tui.actes.pieces import attentes_gardees
from cyclades_tui.actes.pieces.attentes import A_MOI, Attente
from cyclades_tui.domaine.temps import PARIS, jour_de_paris
from cyclades_tui.domaine.texte import denombrer, milliers
from cyclades_tui.poste import Poste
from cyclades_tui.regles.pieces_demandees import EN_LIGNE
from cyclades_tui.screens.cadre.rangs import Colonnes, Rang, TitreDeListe
from cyclades_tui.screens.guichet.parties import PageEnParties
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

FILE = "file"
PROCHE = 3  # days before a closing from which it is told with « ! »
_COLONNES = (8, 13, 9)  # à faire, plus vieille, échéance
_LAISSER, _RETIRER = "laisser", "retirer"


class AccueilAvecAttentes(PageEnParties):
    """What of the home is about queues; Suppr takes one away that the agent keeps."""

    BINDINGS: ClassVar = [Binding("delete", "retirer", "retirer une file gardée", show=False)]

    def __init__(self, poste: Poste, agent: AgentConnecte) -> None:
        super().__init__(poste, agent)
        self.attentes: dict[str, Attente] = {}
        self._gardees: dict[str, Attente] = {}

    @abstractmethod
    def relire(self) -> None:
        """Show the home as the store has it now."""

    async def montrer_les_attentes(self, lu: Tableau) -> None:
        self._gardees = {f"gardee-{rang}": une for rang, une in enumerate(lu.gardees)}
        self.attentes = {**dict(_par_cle(lu.attentes)), **self._gardees}
        partie = self.query_one("#files", Vertical)
        partie.query_one(TitreDeListe).remarquer(f"à jour à {lu.lu_le.astimezone(PARIS):%H:%M}")
        await partie.remove_children("Rang, .vide")
        partie.query_one(Colonnes).display = bool(self.attentes)
        if not lu.attentes:
            await partie.mount(Static("Aucune pièce n'attend un contrôle.", classes="vide", markup=False))
        await partie.mount_all(
            Rang(FILE, cle, partial(_piece_en_attente, une, lu.lu_le), (une.libelle, self._dit_de(cle, une)))
            for cle, une in self.attentes.items()
        )

    def _dit_de(self, cle: str, une: Attente) -> str:
        if cle in self._gardees:
            return "Entrée ouvre la file, Suppr la retire."
        if une.filtre.affecte_a is not None:
            return "Entrée ouvre la file, où P rend ce qui en reste."
        arrivee = "" if une.filtre.mode == EN_LIGNE else " F5 puis 4 : l'arrivée d'un lot, au scanner ou par numéros."
        return f"Entrée ouvre la file.{arrivee}"

    def action_retirer(self) -> None:
        rang = self.focused
        gardee = self._gardees.get(rang.cle) if isinstance(rang, Rang) and rang.genre == FILE else None
        if gardee is None:
            self.dire("Retirer", "Suppr retire une file que vous avez gardée par F9 dans les filtres.")
            return
        question = Dialogue(
            f"Retirer « {gardee.libelle} » ?",
            "Cette file ne sera plus sur votre accueil. Ses pièces restent comme elles sont.",
            (Reponse(_LAISSER, "La laisser"), Reponse(_RETIRER, "La retirer")),
        )
        self.app.push_screen(question, partial(self._retirer, gardee.libelle))

    def _retirer(self, nom: str, reponse: str | None) -> None:
        if reponse == _RETIRER:
            self.lancer(
                lambda: attentes_gardees.retirer(self.poste, nom), lambda _: self.relire(), self.dire_les_fautes
            )


def _par_cle(attentes: tuple[Attente, ...]) -> Iterator[tuple[str, Attente]]:
    """What is his of a queue is named after it: a queue keeps its name, and the focus, when he takes pieces."""
    rang = -1
    for une in attentes:
        siennes = une.filtre.affecte_a is not None
        rang += not siennes
        yield f"{rang}-a-moi" if siennes else str(rang), une


def noms_des_colonnes(largeur: int) -> Content:
    return Content(_colonnes("file", "à faire", "plus vieille", "échéance", largeur))


def _colonnes(libelle: str, a_faire: str, plus_vieille: str, echeance: str, largeur: int) -> str:
    place = largeur - sum(_COLONNES)
    textes = (a_faire, plus_vieille, echeance)
    return _nommer(libelle, place) + "".join(texte.ljust(cases) for texte, cases in zip(textes, _COLONNES, strict=True))


def _nommer(libelle: str, place: int) -> str:
    """What tells the agent's part of a queue from the queue is never cut."""
    fin = A_MOI if libelle.endswith(A_MOI) else ""
    return (raccourcir(libelle.removesuffix(fin), place - 1 - len(fin)) + fin).ljust(place)


def _piece_en_attente(une: Attente, maintenant: datetime, largeur: int) -> Content:
    echeance = "" if une.echeance is None else f"{une.echeance.astimezone(PARIS):%d/%m}"
    proche = une.echeance is not None and jours_de(une.echeance, maintenant) <= PROCHE
    attend = "-" if une.plus_vieille is None else _depuis(une.plus_vieille, maintenant)
    debut = _colonnes(une.libelle, milliers(une.a_faire), attend, "", largeur)[: -_COLONNES[2]]
    return Content.assemble(debut, (f"! {echeance}", "bold $attention") if proche else f"  {echeance}")


def jours_de(instant: datetime, maintenant: datetime) -> int:
    """From today to the day of an instant, in Paris."""
    return (jour_de_paris(instant) - jour_de_paris(maintenant)).days


def _depuis(instant: datetime, maintenant: datetime) -> str:
    combien = jours_de(maintenant, instant)
    return "aujourd'hui" if combien == 0 else denombrer(combien, "jour")

"""The queues on an agent's home screen: each with the part assigned to him, then his saved filters (ecrans.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau.tableau import Tableau
from cyclades_tui.actes.pieces.attentes import A_MOI, Attente
from cyclades_tui.domaine.temps import dernier_jour, heure, jour_de_paris, jour_et_mois
from cyclades_tui.domaine.texte import denombrer, milliers
from cyclades_tui.regles.pieces_demandees import EN_LIGNE
from cyclades_tui.screens.cadre.rangs import Colonnes, Rang, TitreDeListe
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

FILE = "file"
PROCHE = 3  # days before a closing when it gets the sign « ! »
_COLONNES = (8, 13, 9)  # à faire, plus vieille, échéance
_LAISSER, RETIRER = "laisser", "retirer"


class MesAttentes(Vertical):
    """The list of queues, each followed by his part of it, then his saved filters; each row opens."""

    def __init__(self) -> None:
        super().__init__(id="files")
        self._gardees: dict[str, Attente] = {}
        self._attentes: dict[str, Attente] = {}

    @override
    def compose(self) -> ComposeResult:
        yield TitreDeListe("Mes files")
        yield Colonnes(noms_des_colonnes)

    async def montrer(self, lu: Tableau) -> None:
        """Show the current queues."""
        self._gardees = {f"gardee-{rang}": une for rang, une in enumerate(lu.gardees)}
        self._attentes = {**dict(_par_cle(lu.attentes)), **self._gardees}
        self.query_one(TitreDeListe).remarquer(f"à jour à {heure(lu.lu_le)}")
        await self.remove_children("Rang, .vide")
        self.query_one(Colonnes).display = bool(self._attentes)
        if not lu.attentes:
            await self.mount(Static("Aucune pièce n'attend un contrôle.", classes="vide", markup=False))
        await self.mount_all(
            Rang(FILE, cle, partial(_piece_en_attente, une, lu.lu_le), (une.libelle, self._dit_de(cle, une)))
            for cle, une in self._attentes.items()
        )

    def _dit_de(self, cle: str, une: Attente) -> str:
        if cle in self._gardees:
            return "Entrée ouvre la file, Suppr la retire."
        if une.filtre.affecte_a is not None:
            return "Entrée ouvre la file, où P rend ce qui en reste."
        arrivee = "" if une.filtre.mode == EN_LIGNE else " F5 puis 4 : l'arrivée d'un lot, au scanner ou par numéros."
        return f"Entrée ouvre la file.{arrivee}"

    def attente(self, rang: Rang) -> Attente:
        """The queue that a row opens."""
        return self._attentes[rang.cle]

    def gardee(self, widget: Widget | None) -> Attente | None:
        """The queue of a row that is a saved filter; None for any other row."""
        return self._gardees.get(widget.cle) if isinstance(widget, Rang) and widget.genre == FILE else None


def question_de_retirer(gardee: Attente) -> Dialogue:
    """The question whether to delete a saved filter; RETIRER means yes."""
    return Dialogue(
        f"Retirer « {gardee.libelle} » ?",
        "Cette file ne sera plus sur votre accueil. Ses pièces restent comme elles sont.",
        (Reponse(_LAISSER, "La laisser"), Reponse(RETIRER, "La retirer")),
    )


def _par_cle(attentes: tuple[Attente, ...]) -> Iterator[tuple[str, Attente]]:
    """Queues by a key that ignores assignment, so that a queue keeps the focus when he takes pieces of it."""
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
    """The name of a queue in `place` cells; the words that mark his part are never cut."""
    fin = A_MOI if libelle.endswith(A_MOI) else ""
    return (raccourcir(libelle.removesuffix(fin), place - 1 - len(fin)) + fin).ljust(place)


def _piece_en_attente(une: Attente, maintenant: datetime, largeur: int) -> Content:
    echeance = "" if une.echeance is None else jour_et_mois(dernier_jour(une.echeance))
    proche = une.echeance is not None and jours_avant(une.echeance, maintenant) <= PROCHE
    attend = "-" if une.plus_vieille is None else _depuis(une.plus_vieille, maintenant)
    debut = _colonnes(une.libelle, milliers(une.a_faire), attend, "", largeur)[: -_COLONNES[2]]
    return Content.assemble(debut, (f"! {echeance}", "bold $attention") if proche else f"  {echeance}")


def jours_avant(limite: datetime, maintenant: datetime) -> int:
    """From today to the last day of a limit, in Paris."""
    return (dernier_jour(limite) - jour_de_paris(maintenant)).days


def _depuis(instant: datetime, maintenant: datetime) -> str:
    combien = (jour_de_paris(maintenant) - jour_de_paris(instant)).days
    return "aujourd'hui" if combien == 0 else denombrer(combien, "jour")

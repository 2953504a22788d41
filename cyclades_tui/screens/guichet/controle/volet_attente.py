"""The queue beside the document: its rows, page by page, the current one, and how many are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import Compteurs
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.attente import PAGE, AttenteEnCours
from cyclades_tui.screens.guichet.controle.filtres import nommer
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente


class VoletAttente(Vertical):
    """Reads and counts a queue; `attente` holds the agent's place in it.

    With a `piece`, the queue is this piece only.
    """

    class Commencee(Message):
        """Posted when the first piece is there, or when there is none to wait for."""

    class Comptee(Message):
        """Posted when the counts are updated."""

    @dataclass
    class Changee(Message):
        """Posted when the queue is another one; `dit` is what to say about it."""

        dit: tuple[str, str] | None

    @dataclass
    class Illisible(Message):
        """Posted when the queue could not be read."""

        fautes: tuple[Faute, ...]

    DEFAULT_CSS = """
    VoletAttente { height: 1fr; }
    VoletAttente > #compte { height: 3; color: $discret; padding: 0 0 0 1; }
    """

    def __init__(self, poste: Poste, travaux: Travaux, attente: AttenteEnCours, piece: int | None) -> None:
        super().__init__(id="volet-file")
        self._poste = poste
        self._travaux = travaux
        self.attente = attente
        self._piece = piece
        self.liste = ListeEnAttente()
        self._lecture_demandee = False
        self._comptage_demande = False

    @override
    def compose(self) -> ComposeResult:
        yield Static("", id="compte", markup=False)
        yield self.liste

    @property
    def seule(self) -> bool:
        """Whether a single piece is shown, outside any queue."""
        return self._piece is not None

    def montrer(self) -> None:
        """Show the current rows; if they end soon, read the next page."""
        self.liste.montrer(self.attente.rangees, self.attente.rang)
        self._dire_ce_qui_reste()
        if self.attente.a_lire and not self._lecture_demandee:
            self._lecture_demandee = True
            lire = partial(attentes.attente, self._poste, self.attente.filtre, self.attente.derniere, PAGE)
            self._travaux.confier(lire, partial(self._recevoir, self.attente), self._ne_pas_lire)

    def _dire_ce_qui_reste(self) -> None:
        attente = self.attente
        texte = f"{attente.a_faire} à faire sur {attente.total}\n{attente.libelle}"
        self.query_one("#compte", Static).update(texte, layout=False)

    # Reading

    def lire(self) -> None:
        """Read the first page and the counts."""
        self._travaux.confier(self._lire_la_premiere_page, partial(self._recevoir, self.attente), self._ne_pas_lire)
        self.compter()

    def _lire_la_premiere_page(self) -> Sequence[PieceEnAttente]:
        if self._piece is not None:
            return (controle.preparer(self._poste, self._piece).ligne,)
        return attentes.attente(self._poste, self.attente.filtre, None, PAGE)

    def _recevoir(self, attente: AttenteEnCours, lignes: Sequence[PieceEnAttente]) -> None:
        if attente is not self.attente:
            return
        self._lecture_demandee = False
        attendait = attente.courante is None
        attente.recevoir(lignes)
        if attendait:
            self.post_message(self.Commencee())
        else:
            self.montrer()

    def _ne_pas_lire(self, fautes: tuple[Faute, ...]) -> None:
        self._lecture_demandee = False
        self.post_message(self.Illisible(fautes))

    def passer_a(self, filtre: Filtre, dit: tuple[str, str] | None = None) -> None:
        """Change to another queue once its first rows are read; until then everything stays on screen."""
        lire = partial(attentes.attente, self._poste, filtre, None, PAGE)
        self._travaux.confier(lire, partial(self._changer, filtre, dit), self._ne_pas_lire)

    def _changer(self, filtre: Filtre, dit: tuple[str, str] | None, lignes: Sequence[PieceEnAttente]) -> None:
        compteurs = self.attente.compteurs
        self.attente = AttenteEnCours(filtre, nommer(self._poste, filtre))
        self.attente.compteurs = compteurs
        self.attente.recevoir(lignes)
        self._lecture_demandee = self._comptage_demande = False
        self.post_message(self.Changee(dit))

    # Counting

    def compter(self) -> None:
        """Read the counts again, after the queued actes are done."""
        if not self._comptage_demande:
            self._comptage_demande = True
            self._travaux.confier(self._lire_les_comptes, self._est_comptee, self._ne_pas_compter)

    def _lire_les_comptes(self) -> tuple[AttenteEnCours, int, Compteurs]:
        attente = self.attente
        a_faire = len(attente.places) if self.seule else attentes.compter(self._poste, attente.filtre)
        return attente, a_faire, controle.compteurs(self._poste)

    def _est_comptee(self, comptes: tuple[AttenteEnCours, int, Compteurs]) -> None:
        self._comptage_demande = False
        attente, a_faire, compteurs = comptes
        attente.a_faire, attente.compteurs = a_faire, compteurs
        self._dire_ce_qui_reste()
        self.post_message(self.Comptee())

    def _ne_pas_compter(self, fautes: tuple[Faute, ...]) -> None:
        self._comptage_demande = False
        self.post_message(self.Illisible(fautes))

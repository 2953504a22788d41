"""What both faces do around their screens: open the store behind the first one, survive unexpected errors."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from rich.console import RenderableType
from textual.worker import WorkerFailed

from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.consigne import consigner
from cyclades_tui.apps.rendu import ENTIER, Rendu
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.avertissements import Recueil
from cyclades_tui.domaine.erreurs import JOURNAL_DIFFERE, Faute
from cyclades_tui.screens.cadre.navigation import Partir
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

if TYPE_CHECKING:
    from cyclades_tui.poste import Poste

T = TypeVar("T")


class PremierEcran(Protocol):
    """The screen that is shown before the store is open, and stays below all others."""

    def nommer_le_poste(self, nom: str) -> None:
        """Show the name of this machine."""
        ...

    def annoncer(self, texte: str) -> None:
        """Show a message of the administration; an empty text removes it."""
        ...

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """Say why the store cannot be opened."""
        ...

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """Show a sentence on the help line."""
        ...

    def lancer(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run an acte in a thread."""
        ...


class FaceApp(AppCyclades):
    """A face over a store. `ouvrir` returns the poste, in a thread; the caller who passes it closes the poste.

    `ouvrir` may raise ErreurCyclades: the first screen shows it, and the next choice tries again. `reglages` are faults
    in the machine's settings, shown there too. With a `reference`, the page about the error that ended the last run
    comes first.
    """

    NOM = ""
    RECOURS = "un agent"  # to whom one gives the reference of a problem

    def __init__(
        self,
        ouvrir: Callable[[], Poste],
        theme: str = CLAIR,
        rendu: Rendu = ENTIER,
        *,
        reglages: tuple[Faute, ...] = (),
        reference: str = "",
    ) -> None:
        super().__init__(theme, rendu)
        self._fournir = ouvrir
        self._reglages = reglages
        self._reference = reference
        self._poste: Poste | None = None
        self._ouverture_en_cours = False
        self._de_formation = False  # known once the store is open
        self.du_disque: tuple[Faute, ...] = ()

    @property
    @abstractmethod
    def premier(self) -> PremierEcran:
        """The screen that is painted before the store is open."""

    @abstractmethod
    def charger(self, poste: Poste) -> None:
        """Import what the first choice needs; runs in a thread."""

    @abstractmethod
    def ouverte(self, poste: Poste) -> None:
        """Called when the store is open."""

    @abstractmethod
    def message_ponctuel(self, poste: Poste) -> str:
        """The message of the administration for the users of this face; may be empty."""

    def refusee(self) -> None:
        """Called when the store could not be opened, after the first screen has said why."""

    def on_mount(self) -> None:
        if self._reference:
            self._montrer_le_probleme()
        self.call_after_refresh(self._commencer)

    def _commencer(self) -> None:
        self._annoncer("")
        self.ouvrir()

    # Opening the store behind the first screen

    def ouvrir(self) -> None:
        """Open the store, unless that is under way."""
        if not self._ouverture_en_cours:
            self._ouverture_en_cours = True
            self.premier.lancer(self._preparer, self._pret, self._ferme)

    def _preparer(self) -> Poste:
        from cyclades_tui.actes.reglages.formation import de_formation

        poste = self._fournir()
        self._de_formation = de_formation(poste)
        self.charger(poste)
        return poste

    def _pret(self, poste: Poste) -> None:
        self._ouverture_en_cours = False
        self._poste = poste
        self.set_class(self._de_formation, "-formation")
        self.premier.nommer_le_poste(poste.acteur.poste)
        self._annoncer(self.message_ponctuel(poste))
        self.premier.dire("")
        self.ouverte(poste)

    def _annoncer(self, message: str) -> None:
        """Show what is wrong in the settings, then the message of the administration."""
        self.premier.annoncer("\n".join([*map(str, self._reglages), message]).strip())

    def _ferme(self, fautes: tuple[Faute, ...]) -> None:
        self._ouverture_en_cours = False
        self.premier.dire("")
        self.premier.refuser(fautes)
        self.refusee()

    def entendre_du_disque(self, dits: Recueil) -> None:
        """Keep what was last said of lines of the journal that wait, as long as any does."""
        attend = self._poste is not None and any(True for _ in self._poste.store.differees)
        dites = tuple(faute for faute in dits if faute.code == JOURNAL_DIFFERE)
        self.du_disque = (dites or self.du_disque) if attend else ()

    # Leaving

    def on_partir(self, message: Partir) -> None:
        """Ask, then leave the program."""
        message.stop()
        question = Dialogue(
            f"Quitter {self.NOM} ?",
            "Le programme s'arrête ; rien de ce qui est gardé n'est perdu.",
            (Reponse("rester", "Rester"), Reponse("quitter", "Quitter")),
        )
        self.push_screen(question, self._partir)

    def _partir(self, reponse: str | None) -> None:
        if reponse == "quitter":
            self.exit()

    # What nobody foresaw

    def surmonter(self, erreur: BaseException) -> None:
        """Show the page of the error above the screens, which keep what was typed until the person leaves them."""
        reference, _ = consigner(erreur)
        if self._poste is None:
            self._ferme(())
        if not self._reference:
            self._reference = reference
            self._montrer_le_probleme()

    def _montrer_le_probleme(self) -> None:
        self.push_screen(EcranProbleme(self._reference, self.RECOURS))

    def oublier_le_probleme(self) -> None:
        """Continue: the next unexpected error will be shown again."""
        self._reference = ""

    @property
    def probleme(self) -> BaseException | None:
        """The error that ended the application, None if none did."""
        erreur = self._exception
        return erreur.error if isinstance(erreur, WorkerFailed) else erreur

    @property
    def reprise(self) -> bool:
        """Whether anybody worked since the last error; otherwise errors could follow one another without end."""
        return not self._reference

    def panic(self, *_: RenderableType) -> None:
        """Show no traceback, whatever Textual would draw; the caller of the application reads `probleme`."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()

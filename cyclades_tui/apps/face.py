"""What both faces do around their screens: open the store behind the first one, survive what nobody foresaw."""

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
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.navigation import Partir
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

if TYPE_CHECKING:
    from cyclades_tui.poste import Poste

T = TypeVar("T")


class PremierEcran(Protocol):
    """The screen that is there before the store, and stays under all the others."""

    def nommer_le_poste(self, nom: str) -> None:
        """Show which machine this is."""
        ...

    def annoncer(self, texte: str) -> None:
        """A message of the administration; none with an empty text."""
        ...

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """Tell why the store does not open."""
        ...

    def dire(self, nom: str, aide: str = "", genre: str = "info") -> None:
        """A sentence on the help line."""
        ...

    def lancer(
        self, acte: Callable[[], T], suite: Callable[[T], object], echec: Callable[[tuple[Faute, ...]], object]
    ) -> None:
        """Run an acte in a thread."""
        ...


class FaceApp(AppCyclades):
    """A face over a store. `ouvrir` gives the poste, in a thread; who gives it closes it.

    `ouvrir` may raise ErreurCyclades: the first screen says so, and the next choice tries again. `reglages` are faults
    of the machine's settings, told there too. With a `reference`, the page of what stopped the last run comes first.
    """

    NOM = ""

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

    @property
    @abstractmethod
    def premier(self) -> PremierEcran:
        """The screen that is painted before the store is open."""

    @abstractmethod
    def charger(self, poste: Poste) -> None:
        """Import what the first choice needs; runs in a thread."""

    @abstractmethod
    def ouverte(self, poste: Poste) -> None:
        """The store is open."""

    @abstractmethod
    def message_ponctuel(self, poste: Poste) -> str:
        """What the administration tells those who come to this face; may be empty."""

    def refusee(self) -> None:
        """The store did not open; the first screen has said why."""

    def on_mount(self) -> None:
        if self._reference:
            self._montrer_le_probleme()
        self.call_after_refresh(self._commencer)

    def _commencer(self) -> None:
        self._annoncer("")
        self.ouvrir()

    # Opening the store behind the first screen

    def ouvrir(self) -> None:
        """Open the store, unless it is being opened."""
        if not self._ouverture_en_cours:
            self._ouverture_en_cours = True
            self.premier.lancer(self._preparer, self._pret, self._ferme)

    def _preparer(self) -> Poste:
        poste = self._fournir()
        self.charger(poste)
        return poste

    def _pret(self, poste: Poste) -> None:
        self._ouverture_en_cours = False
        self._poste = poste
        self.premier.nommer_le_poste(poste.acteur.poste)
        self._annoncer(self.message_ponctuel(poste))
        self.premier.dire("")
        self.ouverte(poste)

    def _annoncer(self, message: str) -> None:
        """What is wrong in the settings, then the message of the administration."""
        self.premier.annoncer("\n".join([*map(str, self._reglages), message]).strip())

    def _ferme(self, fautes: tuple[Faute, ...]) -> None:
        self._ouverture_en_cours = False
        self.premier.dire("")
        self.premier.refuser(fautes)
        self.refusee()

    # Leaving

    def on_partir(self, message: Partir) -> None:
        """Leave the program, asked first."""
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
        """Say so above the screens, which keep what was typed until the person goes back to the first one."""
        reference, _ = consigner(erreur)
        if self._poste is None:
            self._ferme(())
        if not self._reference:
            self._reference = reference
            self._montrer_le_probleme()

    def _montrer_le_probleme(self) -> None:
        self.push_screen(EcranProbleme(self._reference))

    def oublier_le_probleme(self) -> None:
        """Someone goes on: what nobody foresees next is told anew."""
        self._reference = ""

    @property
    def probleme(self) -> BaseException | None:
        """What stopped the application, None where nothing did."""
        erreur = self._exception
        return erreur.error if isinstance(erreur, WorkerFailed) else erreur

    @property
    def reprise(self) -> bool:
        """Whether someone worked since the last problem was told: one after the other without that would never end."""
        return not self._reference

    def panic(self, *_: RenderableType) -> None:
        """No traceback reaches a person, whatever the library would draw: who runs this reads `probleme`."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()

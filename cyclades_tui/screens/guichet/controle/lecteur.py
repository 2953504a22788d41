"""The document of the current piece: its page, its zoom, and whether it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from typing_extensions import override

from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.fichiers.refus import FichierIllisible
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.base import Probleme
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.controle.attente import Place
from cyclades_tui.screens.guichet.controle.avance import Avance, Prete, cadrages_de, comparees, dire_l_illisible
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.pages import Pages


class Lecteur(Vertical):
    """Shows a piece at once if it is prepared, marks it as open in the store, and prepares the next ones.

    `ouverte` is the last reading of the piece, None before it; `comparees` are the data that its page shows.
    """

    class Lue(Message):
        """Posted when a piece arrived late or has changed: show `ouverte` again."""

    @dataclass
    class Ouverte(Message):
        """Posted when the store has marked the piece as open here, with its new reading."""

        place: Place
        ouverte: PieceOuverte

    class Vue(Message):
        """Posted when the piece is visible, with its page or the reason why it has none."""

    class Regardee(Message):
        """Posted when the person changes the zoom of the same page."""

    @dataclass
    class Change(Message):
        """Posted with the page that is visible, and what lies below."""

        page: str
        suite: str

    DEFAULT_CSS = """
    Lecteur { height: 1fr; }
    Lecteur > #constat { height: auto; }
    """

    def __init__(self, poste: Poste, travaux: Travaux) -> None:
        super().__init__(id="volet-document")
        self._poste = poste
        self._travaux = travaux
        self._avance = Avance(poste, travaux, self._est_prete, self._n_est_pas_prete)
        self.pages = Pages()
        self.ouverte: PieceOuverte | None = None
        self.comparees: frozenset[str] = frozenset()
        self.dessinable = False  # whether its document can be drawn
        self._place: Place | None = None
        self._suivantes: Sequence[Place] = ()
        self._fraiche: PieceOuverte | None = None  # the piece as its opening found it
        self._sous_les_yeux = 0  # the piece that has been visible with its page, since it was requested
        self._dessinee = (0, "")  # the piece whose page was drawn last, and how
        self._constat: tuple[str, Genre] = ("", "erreur")

    @override
    def compose(self) -> ComposeResult:
        yield Bloc(nom="constat")
        yield self.pages

    # Which piece

    def montrer(self, place: Place, suivantes: Sequence[Place]) -> None:
        """Show a piece, then prepare `suivantes`."""
        self._place, self._fraiche, self._sous_les_yeux = place, None, 0
        prete = self._avance.prete(place.ligne.id)
        if prete is None:
            self._vider()
        else:
            self._afficher(prete)
        self.suivre(place, suivantes)
        self._travaux.confier(partial(self._ouvrir, place), partial(self._est_ouverte, place), self._ne_pas_ouvrir)

    def suivre(self, place: Place, suivantes: Sequence[Place]) -> None:
        """Keep the piece shown, now in another queue, and prepare what follows there."""
        self._place, self._suivantes = place, suivantes
        self._avance.vouloir([une.ligne.id for une in (place, *suivantes)], self.pages.fenetre)

    def vider(self, bilan: str | None = None) -> None:
        """Show no piece; `bilan` is shown once all are done."""
        self._place, self._fraiche, self._sous_les_yeux = None, None, 0
        self._vider()
        if bilan is not None:
            self._intituler("", "")
            self.constater(bilan, "info")

    def oublier(self, piece: int) -> None:
        """Drop what was prepared of a piece that has changed."""
        self._avance.oublier(piece)

    def finir(self) -> None:
        """Prepare nothing more."""
        self._avance.vider()

    # What the person saw of it

    def a_vu(self, place: Place) -> bool:
        """Whether this piece has been visible."""
        return place.ligne.id == self._sous_les_yeux

    def tient(self, place: Place) -> bool:
        """Whether this piece is shown and open, so that it need not be read again."""
        return self._fraiche is not None and self.a_vu(place)

    def regarder(self) -> None:
        """Record that the pane may be visible from now on."""
        if self.ouverte is not None:
            self.call_after_refresh(self._voir, self.ouverte.ligne.id)

    def _voir(self, piece: int) -> None:
        """Record that the piece is visible, after a frame is painted."""
        if self.ouverte is None or self.ouverte.ligne.id != piece or not (self.display and self.pages.peinte):
            return
        if self._sous_les_yeux != piece:
            self._sous_les_yeux = piece
            self.post_message(self.Vue())

    # Reading it

    def _ouvrir(self, place: Place) -> PieceOuverte | None:
        """Mark the piece as open here, unless the agent has gone on."""
        return controle.ouvrir(self._poste, place.ligne.id) if place is self._place else None

    def _est_ouverte(self, place: Place, ouverte: PieceOuverte | None) -> None:
        if ouverte is not None and place is self._place:
            self._fraiche = ouverte
            self._rafraichir(place)

    def _ne_pas_ouvrir(self, fautes: tuple[Faute, ...]) -> None:
        self.constater(phrases(fautes))

    def _est_prete(self, piece: int) -> None:
        place, prete = self._place, self._avance.prete(piece)
        if place is not None and prete is not None and place.ligne.id == piece:
            self._afficher(prete)
            self.post_message(self.Lue())
            self._rafraichir(place)

    def _n_est_pas_prete(self, piece: int, fautes: tuple[Faute, ...]) -> None:
        if self._place is not None and self._place.ligne.id == piece:
            self.constater(phrases(fautes))

    def _rafraichir(self, place: Place) -> None:
        """Replace what was read ahead, possibly outdated, by the reading of the opening."""
        prete, fraiche = self._avance.prete(place.ligne.id), self._fraiche
        if prete is None or fraiche is None:
            return
        if prete.ouverte.depot == fraiche.depot:
            self._nommer(fraiche)
            self.post_message(self.Ouverte(place, fraiche))
        else:
            self._vider()
            self._sous_les_yeux = 0
            self._avance.oublier(place.ligne.id)
            self.suivre(place, self._suivantes)
        self.post_message(self.Lue())

    # Showing it

    def _vider(self) -> None:
        self.ouverte, self.comparees, self.dessinable = None, frozenset(), False
        self.pages.montrer_le_document(None)
        self.constater("", "info")

    def _afficher(self, prete: Prete) -> None:
        self.constater(phrases(prete.fautes))
        self.pages.cadrages = cadrages_de(prete.ouverte)
        self.ouverte, self.dessinable = prete.ouverte, prete.document is not None
        self.pages.montrer_le_document(prete.document, self._avance.cadrage(prete.ouverte))
        self._nommer(prete.ouverte)

    def _nommer(self, ouverte: PieceOuverte) -> None:
        self.ouverte, self.comparees = ouverte, comparees(ouverte, self.pages.cadrage)
        self._intituler(titre=ouverte.ligne.libelle if ouverte.depot is None else ouverte.depot.nom)
        if ouverte.depot is None:
            self.constater("Aucun fichier : la pièce n'est pas en ligne.", "info")

    def _intituler(self, titre: str | None = None, etat: str | None = None) -> None:
        """Show the document's name and page state in the border; None leaves either unchanged."""
        for attribut, texte in (("border_title", titre), ("border_subtitle", etat)):
            if texte is not None and str(getattr(self, attribut) or "") != texte:
                setattr(self, attribut, Content(texte))

    def constater(self, texte: str, genre: Genre = "erreur") -> None:
        """Show a sentence above the page."""
        if (texte, genre) != self._constat:
            self._constat = texte, genre
            self.query_one("#constat", Bloc).dire(texte, genre)

    # How its page is looked at

    @property
    def zooms(self) -> tuple[str, str]:
        """The current zoom, and all of them with their digits."""
        pages = self.pages
        nomme = "zoom" if pages.cadrage is None else pages.cadrage.libelle
        return nomme, "  ".join(f"{rang} {cadrage.libelle}" for rang, cadrage in enumerate(pages.cadrages, start=1))

    def on_pages_change(self, message: Pages.Change) -> None:
        message.stop()
        cadrage, ouverte = self.pages.cadrage, self.ouverte
        etat = message.etat if ouverte is not None and ouverte.depot is not None else ""
        self._intituler(etat=etat)
        if ouverte is not None:
            self.regarder()
            self._dire_si_elle_change(ouverte.ligne.id, etat)
            if cadrage is not None and cadrage in self.pages.cadrages:
                self._avance.retenir(ouverte, cadrage)
                self.comparees = comparees(ouverte, cadrage)
        self.post_message(self.Change(etat.split("   ")[0], message.suite))

    def _dire_si_elle_change(self, piece: int, etat: str) -> None:
        """Report a change of zoom, but not a page that appears or disappears."""
        avant = self._dessinee
        if piece != avant[0] or etat:
            self._dessinee = piece, etat
        if piece == avant[0] and avant[1] and etat not in ("", avant[1]):
            self.post_message(self.Regardee())

    def on_pages_illisible(self, message: Pages.Illisible) -> None:
        message.stop()
        if isinstance(message.erreur, FichierIllisible):
            self.constater(phrases((dire_l_illisible(message.erreur),)))
        else:
            self.post_message(Probleme(message.erreur))

"""What « Mes justificatifs » shows: the pieces by group, and the file of the one in focus (F382-F392, C18)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import DepotVu, Justificatifs
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import accorder, denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.regles.justificatifs import Recevabilite
from cyclades_tui.screens.cadre.base import Probleme
from cyclades_tui.screens.cadre.page import Identite, Page, phrases
from cyclades_tui.screens.candidature.choix_fichier import dire_les_exigences, dire_les_sources
from cyclades_tui.screens.candidature.rangs_de_pieces import (
    SANS_OBJET,
    BlocGroupe,
    LignePiece,
    dire_le_depot,
)
from cyclades_tui.widgets.apercu import Apercu
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Bandeau, Pied
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable
from cyclades_tui.widgets.suite import Suite
from cyclades_tui.widgets.toile import dessine_les_images

AUCUNE = "Aucune pièce ne vous est demandée pour cette candidature."
SANS_IMAGE = "Ce terminal ne montre pas les images : demandez à un agent."
_TOUCHES_LISTE = (("↑ ↓", "pièce"), ("Entrée", "ajouter ou voir"), ("Suppr", "retirer"), ("Éch", "retour"))
_TOUCHES_APERCU = (("Pg↑ Pg↓", "page"), ("+ -", "zoom"), ("flèches", "bouger"), ("Éch", "liste"))
_CHAQUE_MINUTE = 60


class LectureDesPieces(Page):
    """Groups by mode and limit; from 120 columns the file of the piece in focus stands beside them."""

    TITRE = "Mes justificatifs"
    LIENS = ()
    AIDE = (
        "Les pièces à fournir pour cette candidature, par mode de dépôt et date limite. F8 ajoute un fichier, F4 le "
        "montre, Suppr le retire. « J'ai fourni toutes mes pièces » valide un groupe : ensuite vous ne pouvez plus le "
        "modifier."
    )
    TOUCHES = _TOUCHES_LISTE
    BINDINGS: ClassVar = [
        Binding("up", "bouger(-1)", "pièce d'avant", show=False),
        Binding("down", "bouger(1)", "pièce d'après", show=False),
        Binding("f4,ctrl+o", "voir", "Voir", show=False),
        Binding("f6,shift+f6", "volet", "autre volet", show=False),
    ]
    DEFAULT_CSS = """
    LectureDesPieces > #contenu { layout: horizontal; padding: 0; overflow: hidden; }
    LectureDesPieces #liste { width: 1fr; height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable; }
    LectureDesPieces #pieces { height: auto; }
    LectureDesPieces Apercu { display: none; }
    LectureDesPieces.-lecture #liste { display: none; }
    LectureDesPieces.-lecture Apercu { display: block; }
    LectureDesPieces.-large #liste { display: block; width: 72; }
    LectureDesPieces.-large Apercu { display: block; border: solid $filet; border-title-color: $titre; }
    LectureDesPieces.-large Apercu:focus { border: double $champ-barre-focus; border-title-style: bold; }
    """
    AUTO_FOCUS = ""

    def __init__(
        self, poste: Poste, numero_candidat: str, numero_inscription: int, identite: Identite | None = None
    ) -> None:
        super().__init__()
        self.poste = poste
        self.poste_nomme = poste.acteur.poste
        self.identite = identite
        self._candidat = numero_candidat
        self._numero = numero_inscription
        self._vus: Justificatifs | None = None  # None until they are read
        self._piece: int | None = None  # the one that had the focus last
        self._montre: int | None = None  # the file that the preview holds

    # The frame

    def entre(self) -> ComposeResult:
        yield Bloc(nom="annonce")

    def contenu(self) -> ComposeResult:
        with VerticalScroll(id="liste", can_focus=False):
            yield Static("Lecture…", id="attente", markup=False)
        yield Apercu()

    @property
    def _apercu(self) -> Apercu:
        return self.query_one(Apercu)

    @property
    def _liste(self) -> VerticalScroll:
        return self.query_one("#liste", VerticalScroll)

    @property
    def _ligne(self) -> LignePiece | None:
        return next((ligne for ligne in self.query(LignePiece) if ligne.piece.id == self._piece), None)

    def _annoncer(self, texte: str, genre: Genre = "info") -> None:
        self.query_one("#annonce", Bloc).dire(texte, genre)

    def dire_les_fautes(self, fautes: tuple[Faute, ...]) -> None:
        """In the page: what to do has no room on the help line."""
        self._annoncer(phrases(fautes), "erreur")

    # The pieces

    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {self._numero:03d}")
        if (
            self.poste.acteur.nature is not NatureActeur.AGENT
        ):  # each reading of his is journalled: he acts, or comes back
            self.set_interval(_CHAQUE_MINUTE, self.relire)
        Suite(self, self._liste, self._dire_la_suite)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.relire()

    def relire(self) -> None:
        """As the pieces are now: a window may open or close, an agent may decide, while one looks at them (C18)."""
        if self.app.screen is self:
            self.lire(
                lambda: justificatifs.lister(self.poste, self._candidat, self._numero),
                self._recevoir,
                self.dire_les_fautes,
            )

    def _recevoir(self, vus: Justificatifs) -> None:
        if vus == self._vus:
            return
        if self._vus is not None:
            self._dire_la_fenetre(_ouvertes(self._vus), _ouvertes(vus))
        self._vus = vus
        self.call_later(self._dessiner, vus)

    def _dire_la_fenetre(self, avant: bool, apres: bool) -> None:
        if avant and not apres:
            texte = (
                "La période de dépôt vient de fermer. Les fichiers déposés restent ; contactez le service des examens."
            )
            self._annoncer(texte, "attention")
        elif apres and not avant:
            self._annoncer("La période de dépôt vient d'ouvrir : vous pouvez ajouter vos fichiers.")

    async def _dessiner(self, vus: Justificatifs) -> None:
        if not self.is_attached:  # one may have left meanwhile
            return
        self._compter(vus)
        liste = self._liste
        avait_le_focus = self.focused is None or liste in self.focused.ancestors
        place = liste.scroll_y
        if avait_le_focus:
            self.retenir_les_touches()
        with self.app.batch_update():
            await liste.remove_children()
            await liste.mount_all(self._blocs(vus))
        ligne = self._ligne or next(iter(self.query(LignePiece)), None)
        if ligne is not None:
            self._piece = ligne.piece.id
            if avait_le_focus:
                liste.scroll_to(y=place, animate=False)
                self.donner_le_focus(ligne)
            self._apres_le_choix(ligne)
        self.dessiner_les_boutons()

    def _compter(self, vus: Justificatifs) -> None:
        fournies = accorder(vus.fournies, "fournie")
        dit = f"{denombrer(vus.fournies, 'pièce')} sur {len(vus.pieces)} {fournies}"
        self.query_one(Bandeau).droite = ("", dit, "")

    def _blocs(self, vus: Justificatifs) -> list[BlocGroupe | Static | LignePiece]:
        instant = self.poste.maintenant()
        blocs: list[BlocGroupe | Static | LignePiece] = []
        if vus.recevabilite is Recevabilite.REFUSE:
            blocs.append(Static(f"× Votre candidature est écartée : {vus.motif}", classes="texte", markup=False))
        if not vus.groupes and not vus.sans_objet:
            blocs.append(Static(AUCUNE, classes="texte", markup=False))
        blocs += [BlocGroupe(groupe, instant) for groupe in vus.groupes]
        if vus.sans_objet:
            blocs.append(Static(f"{SANS_OBJET} : ces pièces ne sont plus demandées", classes="titre", markup=False))
            blocs += [LignePiece(piece, sans_objet=True) for piece in vus.sans_objet]
        return blocs

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, LignePiece):
            self._piece = ligne.piece.id
            self._apres_le_choix(ligne)
            self.dessiner_les_boutons()

    def _apres_le_choix(self, ligne: LignePiece) -> None:
        """What the help line and the preview say of a piece."""
        piece, vus = ligne.piece, self._vus
        if vus is None:
            return
        nom = ligne.statut[0].partition(" ")[2]
        if piece.deposable and piece.depot is None:
            self.dire(nom, f"{dire_les_exigences(vus.exigences)}. {dire_les_sources(self.poste.sources)}")
        elif (fichier := fichier_de(ligne)) is not None:
            pages = denombrer(fichier.pages, "page")
            avant = "" if fichier is piece.depot else "dernier fichier : "
            self.dire(nom, f"{avant}{dire_le_depot(fichier)}, {pages}, antivirus : {fichier.analyse}")
        else:
            self.dire(nom, piece.aide)
        if self._apercu.display:
            self._ouvrir(fichier_de(ligne))

    def _dire_la_suite(self, suite: str) -> None:
        if not self._apercu.has_focus:
            self.dessous(suite)

    def action_bouger(self, pas: int) -> None:
        """The piece or the button before or after, in the list; from a button of the row, back to the list."""
        arrets = [widget for widget in self._liste.query("LignePiece, BoutonGroupe").results() if widget.can_focus]
        if not arrets:
            return
        if self.focused in arrets:
            rang = min(max(arrets.index(self.focused) + pas, 0), len(arrets) - 1)
            if rang == 0:
                self._liste.scroll_home(animate=False)
            arrets[rang].focus()
        else:
            (self._ligne or arrets[0]).focus()

    # The preview

    def _ouvrir(self, depot: DepotVu | None) -> None:
        voulu = None if depot is None else depot.id
        if voulu == self._montre and self._apercu.border_title:
            return
        self._montre = voulu
        self._apercu.border_title = Content("Aucun fichier" if depot is None else depot.nom)
        if depot is None:
            self._apercu.montrer(b"", "")
        else:
            lire = partial(justificatifs.ouvrir_le_depot, self.poste, self._candidat, self._numero, depot.id)
            self.lancer(lire, partial(self._montrer, depot.id), self._ne_pas_ouvrir)

    def _montrer(self, depot: int, lu: tuple[str, str, bytes]) -> None:
        if depot == self._montre:
            _, format_, octets = lu
            self._apercu.montrer(octets, "", format_)

    def _ne_pas_ouvrir(self, fautes: tuple[Faute, ...]) -> None:
        self._montre = None
        self._apercu.montrer(b"", "")
        self.dire_les_fautes(fautes)

    def action_voir(self) -> None:
        ligne = self._ligne
        if ligne is None or (fichier := fichier_de(ligne)) is None:
            self.dire("Voir", "Aucun fichier n'est déposé pour cette pièce.", "attention")
            return
        if not dessine_les_images(self.app):
            self.dire("Voir", SANS_IMAGE, "attention")
            return
        self.add_class("-lecture")
        self._ouvrir(fichier)
        self.donner_le_focus(self._apercu, en_vue=False)

    def on_apercu_change(self, message: Apercu.Change) -> None:
        message.stop()
        self._dire_l_apercu()

    def on_apercu_illisible(self, message: Apercu.Illisible) -> None:
        message.stop()
        self.post_message(Probleme(message.erreur))

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self.query_one(Pied).touches = _TOUCHES_APERCU if self._apercu.has_focus else _TOUCHES_LISTE
        self._dire_l_apercu()

    def _dire_l_apercu(self) -> None:
        """The page that is read, in the place of what is given."""
        if self._apercu.has_focus:
            self.query_one(Bandeau).droite = ("", self._apercu.etat, "")
            self.dessous(self._apercu.suite)

    def on_resize(self, _: Resize) -> None:
        self.call_after_refresh(self._accorder)

    def _accorder(self) -> None:
        """What the preview should hold, once the width lets it be seen or not."""
        if (ligne := self._ligne) is not None:
            self._apres_le_choix(ligne)

    def action_volet(self) -> None:
        """From the list to the preview where both are seen, and back."""
        if self._apercu.has_focus:
            self._revenir_a_la_liste()
        elif self._apercu.display:
            self._apercu.focus()

    def _revenir_a_la_liste(self) -> None:
        self.remove_class("-lecture")
        if (ligne := self._ligne) is not None:
            self.donner_le_focus(ligne)
        if self._vus is not None:
            self._compter(self._vus)

    def action_quitter(self) -> None:
        if self._apercu.has_focus or self.has_class("-lecture"):
            self._revenir_a_la_liste()
        else:
            self.app.pop_screen()


def fichier_de(ligne: LignePiece) -> DepotVu | None:
    """The file that counts, else the last one that did."""
    return ligne.piece.depot or ligne.piece.precedent


def _ouvertes(vus: Justificatifs) -> bool:
    """Whether a window of deposit is open."""
    return any(piece.ouvert for groupe in vus.groupes if groupe.groupe.en_ligne for piece in groupe.pieces)

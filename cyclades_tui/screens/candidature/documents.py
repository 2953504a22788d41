"""« Mes documents » of a candidature: the list, the preview, a copy, a print (F367-F381)."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.geometry import Size
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.documents import copies
from cyclades_tui.actes.documents.copies import Racine
from cyclades_tui.actes.documents.documents import DocumentPublie
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.temps import EtatFenetre, a_la_minute
from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.candidature.copie import Emporter, ou_l_avoir
from cyclades_tui.screens.candidature.identite import titulaire
from cyclades_tui.screens.candidature.lecture import ALire, Lecture
from cyclades_tui.screens.candidature.page import PageDeCandidature
from cyclades_tui.widgets.apercu import Apercu, Mode
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable
from cyclades_tui.widgets.toile import dessine_les_images

AUCUN = "Aucun document n'est publié pour cette candidature."
NOTE = "Cliquer sur le lien pour ouvrir/télécharger le document."
DERNIERE = "Seule la dernière version de chaque document est disponible dans cet espace documentaire."
SANS_IMAGE = "Pas d'images dans ce terminal : le texte dit la même chose."
_AUTRE = ("F7 F8", "autre document")
_TOUCHES_LISTE = (("↑ ↓", "document"), ("Entrée", "lire"), ("Éch", "retour"))
_TOUCHES_TEXTE = (("↑ ↓", "lire"), ("Pg↑ Pg↓", "page"), ("T", "image"), _AUTRE)
_TOUCHES_IMAGE = (
    ("Pg↑ Pg↓", "page"),
    ("+ -", "zoom"),
    ("flèches", "bouger"),
    ("1 2 3", "entière, largeur, 100 %"),
    ("T", "texte"),
)


class _Lu(NamedTuple):
    """The data of the list: documents, folders for copies, and what is said about the closing."""

    publies: tuple[DocumentPublie, ...]
    racines: tuple[Racine, ...]
    avis: tuple[str, Genre]


class LigneDocument(LigneOuvrable):
    """A document of the list, in the guides' words (F370)."""

    BINDINGS: ClassVar = [
        Binding("up", "screen.document(-1)", "document d'avant", show=False),
        Binding("down", "screen.document(1)", "document d'après", show=False),
    ]
    DEFAULT_CSS = """
    LigneDocument { height: auto; margin: 0 0 1 0; color: $lien; }
    LigneDocument.-choisie { text-style: bold; }
    LigneDocument:focus { background: $choix; color: $choix-texte; }
    """

    def __init__(self, publie: DocumentPublie) -> None:
        super().__init__()
        self.publie = publie

    def render(self) -> RenderResult:
        repere = "► " if self.has_class("-choisie") else "  "
        return Content(repere + "\n  ".join(self._lignes(self.size.width)))

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lignes(width))

    def _lignes(self, largeur: int) -> list[str]:
        return en_lignes(self.publie.phrase, max(largeur - 2, 10))


class EcranDocuments(PageDeCandidature):
    """The list and the preview, side by side from 120 columns, otherwise one at a time."""

    TITRE = "Mes documents"
    AIDE = (
        "La dernière version de chaque document de cette candidature. F3 ou T passe du texte à l'image des pages. Les "
        "boutons disent ce que ce poste permet : l'imprimer, en enregistrer une copie. Un agent peut faire le reste."
    )
    TOUCHES = _TOUCHES_LISTE
    BINDINGS: ClassVar = [
        Binding("f3,ctrl+l,t,T", "basculer", "texte ou image", show=False),
        Binding("f4,ctrl+o", "imprimer", "Imprimer", show=False),
        Binding("f6,shift+f6", "volet", "autre volet", show=False),
        Binding("f7,ctrl+p", "document(-1)", "document d'avant", show=False),
        Binding("f8,ctrl+n", "document(1)", "document d'après", show=False),
        Binding("f9,ctrl+s", "enregistrer", "Enregistrer une copie", show=False),
    ]
    DEFAULT_CSS = """
    EcranDocuments > #contenu { padding: 0; overflow: hidden; }
    EcranDocuments #liste > Bloc { margin: 1 0; }
    EcranDocuments #liste > .titre { margin: 0 0 1 0; }
    EcranDocuments.-large Lecture > #liste { width: 36; }
    EcranDocuments.-vide Lecture > Apercu, EcranDocuments.-vide #liste > .discret { display: none; }
    """
    AUTO_FOCUS = ""

    def __init__(self, poste: Poste, fiche: Fiche, ouvert: NatureDeDocument | None = None) -> None:
        """`ouvert`: the document that is read at once; Échap then returns where « Visualiser/imprimer » stands."""
        super().__init__(poste, titulaire(fiche))
        self._ouvert = ouvert
        self._fiche = fiche
        self._publies: tuple[DocumentPublie, ...] | None = None  # None until they are read
        self._choisi: DocumentPublie | None = None
        self._racines: tuple[Racine, ...] = ()
        self._emporter = Emporter(self, poste, fiche, self._annoncer)

    # The frame

    def entre(self) -> ComposeResult:
        yield Bloc(nom="annonce")

    def contenu(self) -> ComposeResult:
        titre = f"Liste des documents publiés pour la candidature n°{self._fiche.numero_inscription:03d}"
        liste = VerticalScroll(
            Static(titre, classes="titre", markup=False),
            Static("Lecture…", id="attente", markup=False),
            Bloc(nom="cloture"),
            Static(NOTE, classes="discret", markup=False),
            Static(DERNIERE, classes="discret", markup=False),
            id="liste",
            can_focus=False,
        )
        yield Lecture(self, liste)

    async def preparer(self) -> None:
        fiche = self._fiche
        examen = fiche.recapitulatif.examen
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {fiche.numero_inscription:03d} · {examen} {fiche.session}")

    def boutons(self) -> tuple[Action, ...]:
        peut = self._choisi is not None
        lit = peut and self.is_mounted and self._apercu.display and dessine_les_images(self.app)
        texte = not self.is_mounted or self._apercu.mode is Mode.TEXTE
        return (
            *([Action("imprimer", "Imprimer", "F4", active=peut, pleine=True)] if self.poste.impression else []),
            *([Action("enregistrer", "Enregistrer une copie", "F9", active=peut)] if self._racines else []),
            Action("basculer", "Voir les pages" if texte else "Lire en texte", "F3", active=lit),
            Action("quitter", "Retour", "Éch"),
        )

    @property
    def _lecture(self) -> Lecture:
        return self.query_one(Lecture)

    @property
    def _apercu(self) -> Apercu:
        return self._lecture.apercu

    def _annoncer(self, texte: str, genre: Genre = "info") -> None:
        """Say the result of a gesture; without one, whom to ask for what this poste cannot do."""
        demande = ou_l_avoir(self.poste, self._fiche, self._racines) if self._publies else ""
        self.query_one("#annonce", Bloc).dire(texte or demande, genre)

    def dire_les_fautes(self, fautes: tuple[Faute, ...]) -> None:
        """Show faults in the page, because the help line has no room for what to do."""
        self._annoncer(phrases(fautes), "erreur")

    # The list

    def on_screen_resume(self) -> None:
        """Read again on each return, because the service may have closed."""
        super().on_screen_resume()
        self.lire(self._lire, self._recevoir_la_liste, self.dire_les_fautes)
        self._apercu.accorder()

    def _lire(self) -> _Lu:
        publies = copies.visibles(self.poste, self._fiche)
        avis = _avis(self.poste, self._fiche, rien=not publies)
        return _Lu(publies, copies.racines(self.poste), avis)

    def _recevoir_la_liste(self, lu: _Lu) -> None:
        self._racines = lu.racines
        self.query_one("#cloture", Bloc).dire(*lu.avis)
        if lu.publies != self._publies:
            self._publies = lu.publies
            self._annoncer("")
            self.call_later(self._lister, lu.publies)
        self.dessiner_les_boutons()

    async def _lister(self, publies: tuple[DocumentPublie, ...]) -> None:
        attente = self.query_one("#attente", Static)
        attente.display = False
        self.set_class(not publies, "-vide")
        self.retenir_les_touches()
        await self.query(LigneDocument).remove()
        await self.query_one("#liste").mount_all((LigneDocument(publie) for publie in publies), after=attente)
        if publies:
            lignes = self.query(LigneDocument)
            voulue = next((ligne for ligne in lignes if ligne.publie.nature == self._ouvert), None)
            self.donner_le_focus(voulue or lignes.first())
            if voulue is not None:
                self._choisir(voulue.publie)
                self._lecture.commencer()
                self._accorder()
        else:
            self._choisi = None
            self._lecture.finir(None)
            self._lecture.vider()
        self._dire_les_touches()

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, LigneDocument):
            self._choisir(ligne.publie)

    def _choisir(self, publie: DocumentPublie) -> None:
        self._choisi = publie
        for ligne in self.query(LigneDocument):
            ligne.set_class(ligne.publie == publie, "-choisie")
            ligne.refresh()
        if self._apercu.display:
            self._ouvrir(publie)
        self._dire_le_document()
        self.dessiner_les_boutons()

    def _dire_le_document(self) -> None:
        if self._choisi is not None:
            self.dire(self._choisi.libelle, f"Version n°{self._choisi.version} du {a_la_minute(self._choisi.maj_le)}.")

    def action_document(self, pas: int) -> None:
        """Go to the previous or next document, in the list or in the preview."""
        publies = self._publies or ()
        if self._choisi not in publies:
            return
        rang = publies.index(self._choisi) + pas
        if 0 <= rang < len(publies):
            if isinstance(self.focused, LigneDocument):
                self.query(LigneDocument)[rang].focus()
            else:
                self._choisir(publies[rang])

    # The preview

    def _ouvrir(self, publie: DocumentPublie) -> None:
        def lire() -> ALire:
            fichier = copies.ouvrir(self.poste, self._fiche, publie)
            return ALire(fichier.octets, fichier.texte)

        self._lecture.montrer(publie, publie.libelle, lire)

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        self._annoncer("")
        self._lecture.commencer()
        if self._choisi is not None:
            self._ouvrir(self._choisi)
        self.dessiner_les_boutons()

    def on_apercu_change(self, message: Apercu.Change) -> None:
        message.stop()
        lit = self._lecture.pleine and self._apercu.display
        self.query_one(Bandeau).droite = ("", message.etat if lit else "", "")
        self.dessous(message.suite if lit else "")
        self._dire_les_touches()
        self.dessiner_les_boutons()

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self._dire_les_touches()

    def _dire_les_touches(self) -> None:
        lecture: tuple[tuple[str, str], ...] = _TOUCHES_TEXTE if self._apercu.mode is Mode.TEXTE else _TOUCHES_IMAGE
        combien = len(self._publies or ())
        if combien < 2:
            lecture = tuple(touche for touche in lecture if touche != _AUTRE)
        liste = _TOUCHES_LISTE[max(2 - combien, 0) :]  # another document, open, back
        self.pied.touches = lecture if self._apercu.has_focus else liste

    def on_resize(self, _: Resize) -> None:
        self.call_after_refresh(self._accorder)

    def _accorder(self) -> None:
        """Show the file that the preview should hold, if the width shows the preview."""
        if self._choisi is not None:
            self._choisir(self._choisi)

    def action_basculer(self) -> None:
        if self._apercu.display and not self._apercu.basculer():
            self.dire("Pages", SANS_IMAGE, "attention")

    def action_volet(self) -> None:
        """Move between list and preview, if both are visible."""
        if self._apercu.has_focus:
            self._revenir_a_la_liste()
        elif self._apercu.display:
            self._apercu.focus()

    def _revenir_a_la_liste(self) -> None:
        self._lecture.finir(next((ligne for ligne in self.query(LigneDocument) if ligne.publie == self._choisi), None))
        self.query_one(Bandeau).droite = ("", "", "")
        self.dessous("")

    def action_quitter(self) -> None:
        if self._lecture.en_cours and self._ouvert is None:
            self._revenir_a_la_liste()
        else:
            self.app.pop_screen()

    # A print, a copy

    def action_imprimer(self) -> None:
        if self._choisi is not None:
            self._emporter.imprimer(self._choisi)

    def action_enregistrer(self) -> None:
        if self._choisi is not None:
            self._emporter.enregistrer(self._choisi)


def _avis(poste: Poste, fiche: Fiche, *, rien: bool) -> tuple[str, Genre]:
    """Before the closing: save the récapitulatif in time (F380); after it: where it can be found (C18)."""
    refus, fenetre = copies.refus_du_recapitulatif(poste, fiche), fiche.fenetre
    if refus is not None:
        return f"{refus.message} {refus.remede}", "info"
    if rien:
        return AUCUN, "info"
    if fenetre is None or fenetre.etat(poste.maintenant()) is EtatFenetre.FERMEE:
        return "", "info"
    if poste.acteur.nature is not NatureActeur.CANDIDAT:  # an agent keeps every document
        return "", "info"
    avant = (
        "Il est indispensable de télécharger ou d'imprimer votre récapitulatif avant "
        f"{copies.dire_la_fermeture(fenetre)}"
    )
    if copies.reste_apres_la_cloture(poste, fiche):
        return f"{avant}.", "attention"
    return f"{avant} : ensuite, il ne sera plus possible d'accéder à ce document.", "attention"

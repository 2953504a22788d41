"""« Mes justificatifs » of a candidature: what to give, what was given, and its validation (F382-F404, C18-C21)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.widgets import Static

from cyclades_tui.actes import justificatifs
from cyclades_tui.actes.justificatifs import DepotVu, GroupeVu, Justificatifs
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.regles.justificatifs import Recevabilite
from cyclades_tui.screens.base import Probleme
from cyclades_tui.screens.espace.choix_fichier import EcranChoixFichier, dire_les_exigences, dire_les_sources
from cyclades_tui.screens.espace.pieces import (
    AVERTISSEMENT,
    SANS_OBJET,
    TOUTES,
    BlocGroupe,
    BoutonGroupe,
    LignePiece,
    dire_le_depot,
)
from cyclades_tui.screens.page import Identite, Page, phrases
from cyclades_tui.widgets.apercu import Apercu
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Action, Bandeau, Pied
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.toile import dessine_les_images

AUCUNE = "Aucune pièce ne vous est demandée pour cette candidature."
SANS_IMAGE = "Ce terminal ne montre pas les images : demandez à un agent."
_GARDER, _RETIRER, _VALIDER = "garder", "retirer", "valider"
_TOUCHES_LISTE = (("↑ ↓", "pièce"), ("Entrée", "ajouter ou voir"), ("Suppr", "retirer"), ("Éch", "retour"))
_TOUCHES_APERCU = (("Pg↑ Pg↓", "page"), ("+ -", "zoom"), ("flèches", "bouger"), ("Éch", "liste"))
_CHAQUE_MINUTE = 60


class EcranJustificatifs(Page):
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
        Binding("f8,ctrl+n", "ajouter", "Ajouter", show=False),
        Binding("f4,ctrl+o", "voir", "Voir", show=False),
        Binding("f9,ctrl+s", "valider", TOUTES, show=False),
        Binding("f6,shift+f6", "volet", "autre volet", show=False),
        Binding("delete", "retirer", "retirer", show=False),
    ]
    DEFAULT_CSS = """
    EcranJustificatifs > #contenu { layout: horizontal; padding: 0; overflow: hidden; }
    EcranJustificatifs #liste { width: 1fr; height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable; }
    EcranJustificatifs #pieces { height: auto; }
    EcranJustificatifs Apercu { display: none; }
    EcranJustificatifs.-lecture #liste { display: none; }
    EcranJustificatifs.-lecture Apercu { display: block; }
    EcranJustificatifs.-large #liste { display: block; width: 72; }
    EcranJustificatifs.-large Apercu { display: block; border: solid $filet; border-title-color: $titre; }
    EcranJustificatifs.-large Apercu:focus { border: double $champ-barre-focus; border-title-style: bold; }
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

    def boutons(self) -> tuple[Action, ...]:
        ligne = self._ligne if self.is_mounted else None
        groupe = self._groupe
        peut = ligne is not None and ligne.piece.deposable
        fichier = ligne is not None and _fichier(ligne) is not None
        depose = ligne is not None and ligne.piece.depot is not None
        pret = groupe is not None and groupe.refus_de_valider is None
        return (
            Action("ajouter", "Remplacer" if peut and depose else "Ajouter", "F8", active=peut, pleine=not pret),
            Action("voir", "Voir", "F4", active=fichier),
            Action("valider", TOUTES, "F9", active=pret, pleine=True),
            Action("quitter", "Retour", "Éch"),
        )

    @property
    def _apercu(self) -> Apercu:
        return self.query_one(Apercu)

    @property
    def _liste(self) -> VerticalScroll:
        return self.query_one("#liste", VerticalScroll)

    @property
    def _ligne(self) -> LignePiece | None:
        return next((ligne for ligne in self.query(LignePiece) if ligne.piece.id == self._piece), None)

    @property
    def _groupe(self) -> GroupeVu | None:
        """The group of the piece in focus where it waits for its button, else the first that does."""
        groupes = [] if self._vus is None else [g for g in self._vus.groupes if g.groupe.en_ligne]
        du_sien = [g for g in groupes if any(piece.id == self._piece for piece in g.pieces)]
        prets = [g for g in groupes if g.refus_de_valider is None]
        return next((g for g in (*(g for g in du_sien if g in prets), *prets, *du_sien)), None)

    def _annoncer(self, texte: str, genre: Genre = "info") -> None:
        self.query_one("#annonce", Bloc).dire(texte, genre)

    def dire_les_fautes(self, fautes: tuple[Faute, ...]) -> None:
        """In the page: what to do has no room on the help line."""
        self._annoncer(phrases(fautes), "erreur")

    # The pieces

    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {self._numero:03d}")
        self.set_interval(_CHAQUE_MINUTE, self.relire)
        for ce_qui_change in ("scroll_y", "virtual_size"):
            self.watch(self._liste, ce_qui_change, self._suivre_la_lecture, init=False)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.relire()

    def relire(self) -> None:
        """As the pieces are now: a window may open or close, an agent may decide, while one looks at them (C18)."""
        if self.app.screen is self:
            self.lancer(
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
        with self.app.batch_update():
            await liste.remove_children()
            await liste.mount_all(self._blocs(vus))
        ligne = self._ligne or next(iter(self.query(LignePiece)), None)
        if ligne is not None:
            self._piece = ligne.piece.id
            if avait_le_focus:
                liste.scroll_to(y=place, animate=False)
                ligne.focus()
            self._apres_le_choix(ligne)
        self.dessiner_les_boutons()

    def _compter(self, vus: Justificatifs) -> None:
        s = "s" if vus.fournies > 1 else ""
        self.query_one(Bandeau).droite = ("", f"{vus.fournies} pièce{s} sur {len(vus.pieces)} fournie{s}", "")

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

    def on_ligne_piece_visitee(self, message: LignePiece.Visitee) -> None:
        message.stop()
        self._piece = message.ligne.piece.id
        self._apres_le_choix(message.ligne)
        self.dessiner_les_boutons()

    def _apres_le_choix(self, ligne: LignePiece) -> None:
        """What the help line and the preview say of a piece."""
        piece, vus = ligne.piece, self._vus
        if vus is None:
            return
        nom = ligne.statut[0].partition(" ")[2]
        if piece.deposable and piece.depot is None:
            self.dire(nom, f"{dire_les_exigences(vus.exigences)}. {dire_les_sources(self.poste.sources)}")
        elif (fichier := _fichier(ligne)) is not None:
            pages = f"{fichier.pages} page{'s' if fichier.pages > 1 else ''}"
            avant = "" if fichier is piece.depot else "dernier fichier : "
            self.dire(nom, f"{avant}{dire_le_depot(fichier)}, {pages}, antivirus : {fichier.analyse}")
        else:
            self.dire(nom, piece.aide)
        if self._apercu.display:
            self._ouvrir(_fichier(ligne))

    def _suivre_la_lecture(self) -> None:
        self.call_after_refresh(self._dire_la_suite)

    def _dire_la_suite(self) -> None:
        if not self._apercu.has_focus:
            self.dessous("▼ suite" if self._liste.scroll_y < self._liste.max_scroll_y else "")

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

    # Adding, removing, validating

    def on_ligne_piece_ouverte(self, message: LignePiece.Ouverte) -> None:
        message.stop()
        ligne = self._ligne
        if ligne is not None and ligne.piece.manque:
            self.action_ajouter()
        else:
            self.action_voir()

    def action_ajouter(self) -> None:
        ligne, vus = self._ligne, self._vus
        if ligne is None or vus is None:
            return
        if not ligne.piece.deposable:
            self.dire("Ajouter", _pourquoi_pas(ligne), "attention")
            return

        def suite(nom: str) -> None:
            """On to the next one that lacks a file."""
            restent = [piece.id for piece in vus.pieces if piece.manque and piece.id != ligne.piece.id]
            self._piece = next(iter(restent), ligne.piece.id)
            self._annoncer(f"{nom} est déposé pour « {ligne.piece.libelle} ».", "succes")

        self._annoncer("")
        self.app.push_screen(EcranChoixFichier(self.poste, vus, ligne.piece, self.identite, suite))

    def action_retirer(self) -> None:
        ligne = self._ligne
        if ligne is None or ligne.piece.depot is None or not ligne.piece.deposable:
            if ligne is not None:
                self.dire("Retirer", _pourquoi_pas(ligne), "attention")
            return
        question = Dialogue(
            "Retirer ce fichier ?",
            f"{dire_le_depot(ligne.piece.depot)}\n\nLa pièce « {ligne.piece.intitule} » n'aura plus de fichier.",
            (Reponse(_GARDER, "Garder le fichier"), Reponse(_RETIRER, "Retirer")),
        )
        retirer = partial(justificatifs.retirer, self.poste, self._candidat, self._numero, ligne.piece.id)
        self._demander(question, _RETIRER, retirer, "Le fichier est retiré.")

    def on_bouton_groupe_voulue(self, message: BoutonGroupe.Voulue) -> None:
        message.stop()
        self._confirmer(message.groupe)

    def action_valider(self) -> None:
        groupe = self._groupe
        if groupe is None:
            return
        if groupe.refus_de_valider is not None:
            self.dire(TOUTES, groupe.refus_de_valider.message, "attention")
        else:
            self._confirmer(groupe)

    def _confirmer(self, groupe: GroupeVu) -> None:
        question = Dialogue(f"{TOUTES} ?", AVERTISSEMENT, (Reponse(_GARDER, "Pas encore"), Reponse(_VALIDER, TOUTES)))
        vues = {piece.id: piece.revision for piece in groupe.pieces}
        valider = partial(justificatifs.valider, self.poste, self._candidat, self._numero, vues)
        self._demander(question, _VALIDER, valider, "Vos pièces sont validées : le service des examens va les étudier.")

    def _demander(self, question: Dialogue, oui: str, acte: Callable[[], object], fait: str) -> None:
        self._annoncer("")

        def suivre(reponse: str | None) -> None:
            if reponse == oui:
                self.lancer(acte, lambda _: self._finir(fait, "succes"), self._echouer)

        self.app.push_screen(question, suivre)

    def _finir(self, phrase: str, genre: Genre) -> None:
        self._annoncer(phrase, genre)
        self.relire()

    def _echouer(self, fautes: tuple[Faute, ...]) -> None:
        self._finir(phrases(fautes), "erreur")

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
        if ligne is None or (fichier := _fichier(ligne)) is None:
            self.dire("Voir", "Aucun fichier n'est déposé pour cette pièce.", "attention")
            return
        if not dessine_les_images(self.app):
            self.dire("Voir", SANS_IMAGE, "attention")
            return
        self.set_focus(None)  # or another piece takes the focus of the one that is hidden
        self.add_class("-lecture")
        self._ouvrir(fichier)
        self.call_after_refresh(self._apercu.focus)

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
            self.call_after_refresh(ligne.focus)
        if self._vus is not None:
            self._compter(self._vus)

    def action_quitter(self) -> None:
        if self._apercu.has_focus or self.has_class("-lecture"):
            self._revenir_a_la_liste()
        else:
            self.app.pop_screen()


def _fichier(ligne: LignePiece) -> DepotVu | None:
    """The file that counts, else the last one that did."""
    return ligne.piece.depot or ligne.piece.precedent


def _ouvertes(vus: Justificatifs) -> bool:
    """Whether a window of deposit is open."""
    return any(piece.ouvert for groupe in vus.groupes if groupe.groupe.en_ligne for piece in groupe.pieces)


def _pourquoi_pas(ligne: LignePiece) -> str:
    """Why no file can be given, or taken back, for a piece now."""
    piece = ligne.piece
    if not ligne.en_ligne:
        return "Cette pièce ne se dépose pas en ligne."
    if piece.valide_le is not None:
        return "Cette pièce est validée : contactez le service des examens."
    if not piece.ouvert:
        return "La période de dépôt n'est pas ouverte."
    return "Aucun fichier n'est déposé pour cette pièce."

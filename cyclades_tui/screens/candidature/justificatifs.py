"""« Mes justificatifs » of a candidature: what to give, what was given, and its validation (F382-F404, C18-C21)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import DescendantFocus, Resize
from typing_extensions import override

from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import DepotVu, GroupeVu, Justificatifs
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import accorder, denombrer
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import Identite, phrases
from cyclades_tui.screens.candidature.choix_fichier import EcranChoixFichier, dire_les_sources
from cyclades_tui.screens.candidature.lecture import ALire, Lecture
from cyclades_tui.screens.candidature.liste_de_pieces import ListeDePieces
from cyclades_tui.screens.candidature.page import PageDeCandidature
from cyclades_tui.screens.candidature.rangs_de_pieces import (
    AVERTISSEMENT,
    TOUTES,
    BoutonGroupe,
    LignePiece,
    dire_le_depot,
)
from cyclades_tui.widgets.apercu import Apercu
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable
from cyclades_tui.widgets.suite import Suite
from cyclades_tui.widgets.toile import dessine_les_images

_SANS_IMAGE = "Ce terminal ne montre pas les images : demandez à {0}."
_TOUCHES_LISTE = (("↑ ↓", "pièce"), ("Entrée", "ajouter ou voir"), ("Suppr", "retirer"), ("Éch", "retour"))
_TOUCHES_APERCU = (("Pg↑ Pg↓", "page"), ("+ -", "zoom"), ("flèches", "bouger"), ("Éch", "liste"))
_CHAQUE_MINUTE = 60
_GARDER, _RETIRER, _VALIDER = "garder", "retirer", "valider"


class EcranJustificatifs(PageDeCandidature):
    """Groups by mode and limit; from 120 columns the file of the focused piece is beside them."""

    TITRE = "Mes justificatifs"
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
        Binding("f9,ctrl+s", "valider", TOUTES, show=False),
        Binding("delete", "retirer", "retirer", show=False),
        Binding("f4,ctrl+o", "voir", "Voir", show=False),
        Binding("f6,shift+f6", "volet", "autre volet", show=False),
    ]
    DEFAULT_CSS = """
    EcranJustificatifs > #contenu { padding: 0; overflow: hidden; }
    EcranJustificatifs.-large Lecture > #liste { width: 72; }
    """
    AUTO_FOCUS = ""

    def __init__(
        self, poste: Poste, numero_candidat: str, numero_inscription: int, identite: Identite | None = None
    ) -> None:
        super().__init__(poste, identite)
        self._candidat = numero_candidat
        self._numero = numero_inscription
        self._vus: Justificatifs | None = None  # None until they are read
        self._liste = ListeDePieces(self)
        self._lecture = Lecture(self, self._liste)

    # The frame

    def entre(self) -> ComposeResult:
        yield Bloc(nom="annonce")

    def contenu(self) -> ComposeResult:
        yield self._lecture

    @property
    def _apercu(self) -> Apercu:
        return self._lecture.apercu

    @property
    def _ligne(self) -> LignePiece | None:
        """The row of the piece that last had the focus."""
        return self._liste.ligne

    def _annoncer(self, texte: str, genre: Genre = "info") -> None:
        self.query_one("#annonce", Bloc).dire(texte, genre)

    def dire_les_fautes(self, fautes: tuple[Faute, ...]) -> None:
        """Show faults in the page, because the help line has no room for what to do."""
        self._annoncer(phrases(fautes), "erreur")

    def boutons(self) -> tuple[Action, ...]:
        ligne = self._ligne if self.is_mounted else None
        groupe = self._groupe
        peut = ligne is not None and ligne.piece.deposable
        fichier = ligne is not None and fichier_de(ligne) is not None
        depose = ligne is not None and ligne.piece.depot is not None
        pret = groupe is not None and groupe.refus_de_valider is None
        return (
            Action("ajouter", "Remplacer" if peut and depose else "Ajouter", "F8", active=peut, pleine=not pret),
            Action("voir", "Voir", "F4", active=fichier),
            *((Action("retirer", "Retirer", "Suppr"),) if peut and depose else ()),  # F392
            Action("valider", TOUTES, "F9", active=pret, pleine=True),
            Action("quitter", "Retour", "Éch"),
        )

    @property
    def _groupe(self) -> GroupeVu | None:
        """The group of the focused piece if it can be validated, else the first group that can."""
        groupes = [] if self._vus is None else [g for g in self._vus.groupes if g.groupe.en_ligne]
        du_sien = [g for g in groupes if any(piece.id == self._liste.piece for piece in g.pieces)]
        prets = [g for g in groupes if g.refus_de_valider is None]
        return next((g for g in (*(g for g in du_sien if g in prets), *prets, *du_sien)), None)

    # The pieces

    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {self._numero:03d}")
        # An agent's readings are journalled, so his screen reads again only when he acts or comes back.
        if self.poste.acteur.nature is not NatureActeur.AGENT:
            self.set_interval(_CHAQUE_MINUTE, self.relire)
        Suite(self, self._liste, self._dire_la_suite)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.relire()

    def relire(self) -> None:
        """Read the pieces again: a window may open or close, or an agent decide, while they are on screen (C18)."""
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
                "La période de dépôt vient de fermer. Les fichiers déposés restent ; seul le service des examens peut "
                "donner une nouvelle date."
            )
            self._annoncer(texte, "attention")
        elif apres and not avant:
            self._annoncer("La période de dépôt vient d'ouvrir : vous pouvez ajouter vos fichiers.")

    async def _dessiner(self, vus: Justificatifs) -> None:
        if not self.is_attached:  # the screen may have been left meanwhile
            return
        self._compter(vus)
        await self._liste.montrer(vus, self.poste.maintenant())
        if (ligne := self._ligne) is not None:
            self._apres_le_choix(ligne)
        self.dessiner_les_boutons()

    def _compter(self, vus: Justificatifs) -> None:
        fournies = accorder(vus.fournies, "fournie")
        dit = f"{denombrer(vus.fournies, 'pièce')} sur {len(vus.pieces)} {fournies}"
        self.query_one(Bandeau).droite = ("", dit, "")

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, LignePiece):
            self._liste.piece = ligne.piece.id
            self._apres_le_choix(ligne)
            self.dessiner_les_boutons()

    def _apres_le_choix(self, ligne: LignePiece) -> None:
        """Show the help and the preview of a piece."""
        piece, vus = ligne.piece, self._vus
        if vus is None:
            return
        nom = ligne.statut[0].partition(" ")[2]
        if piece.deposable and piece.depot is None:
            self.dire(nom, dire_les_sources(self.poste, vus.exigences))
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
        """From elsewhere on the screen, return to the list."""
        self._liste.action_bouger(pas)

    # The preview

    def _ouvrir(self, depot: DepotVu | None) -> None:
        if depot is None:
            self._lecture.vider("Aucun fichier")
        else:
            self._lecture.montrer(depot.id, depot.nom, partial(self._lire, depot.id))

    def _lire(self, depot: int) -> ALire:
        _, format_, octets = justificatifs.ouvrir_le_depot(self.poste, self._candidat, self._numero, depot)
        return ALire(octets, format=format_)

    def action_voir(self) -> None:
        ligne = self._ligne
        if ligne is None or (fichier := fichier_de(ligne)) is None:
            self.dire("Voir", "Aucun fichier n'est déposé pour cette pièce.", "attention")
            return
        if not dessine_les_images(self.app):
            self.dire("Voir", _SANS_IMAGE.format(self.poste.acteur.recours), "attention")
            return
        self._lecture.commencer()
        self._ouvrir(fichier)

    def on_apercu_change(self, message: Apercu.Change) -> None:
        message.stop()
        self._dire_l_apercu()

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self.pied.touches = _TOUCHES_APERCU if self._apercu.has_focus else _TOUCHES_LISTE
        self._dire_l_apercu()

    def _dire_l_apercu(self) -> None:
        """Show the page of the file, in place of what can be given."""
        if self._apercu.has_focus:
            self.query_one(Bandeau).droite = ("", self._apercu.etat, "")
            self.dessous(self._apercu.suite)

    def on_resize(self, _: Resize) -> None:
        self.call_after_refresh(self._accorder)

    def _accorder(self) -> None:
        """Show the file that the preview should hold, if the width shows the preview."""
        if (ligne := self._ligne) is not None:
            self._apres_le_choix(ligne)

    def action_volet(self) -> None:
        """Move between list and preview, if both are visible."""
        if self._apercu.has_focus:
            self._revenir_a_la_liste()
        elif self._apercu.display:
            self._apercu.focus()

    def _revenir_a_la_liste(self) -> None:
        self._lecture.finir(self._ligne)
        if self._vus is not None:
            self._compter(self._vus)

    def action_quitter(self) -> None:
        if self._lecture.en_cours:
            self._revenir_a_la_liste()
        else:
            self.app.pop_screen()

    # Adding, removing, validating

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, LignePiece) and ligne.piece.manque:
            self.action_ajouter()
        else:
            self.action_voir()

    def action_ajouter(self) -> None:
        ligne, vus = self._ligne, self._vus
        if ligne is None or vus is None:
            return
        if not ligne.piece.deposable:
            self.dire("Ajouter", self._pourquoi_pas(ligne), "attention")
            return

        def suite(fichier: FichierExamine) -> None:
            """Stay on the piece: F4 shows the file as it is kept, perhaps rewritten."""
            self._liste.piece = ligne.piece.id
            dit = f"{fichier.nom} est déposé pour « {ligne.piece.libelle} »."
            regarder = ("F4 montre ce qui est gardé.",) if fichier.mots else ()
            suite = _ce_qui_reste_apres(ligne.piece.id, vus)
            self._annoncer(" ".join((dit, *fichier.mots, *regarder, suite)), "succes")

        self._annoncer("")
        self.app.push_screen(EcranChoixFichier(self.poste, vus, ligne.piece, self.identite, suite))

    def action_retirer(self) -> None:
        ligne = self._ligne
        if ligne is None or ligne.piece.depot is None or not ligne.piece.deposable:
            if ligne is not None:
                self.dire("Retirer", self._pourquoi_pas(ligne), "attention")
            return
        question = Dialogue(
            "Retirer ce fichier ?",
            f"{dire_le_depot(ligne.piece.depot)}\n\nLa pièce « {ligne.piece.intitule} » n'aura plus de fichier.",
            (Reponse(_GARDER, "Garder le fichier"), Reponse(_RETIRER, "Retirer")),
        )
        retirer = partial(justificatifs.retirer, self.poste, self._candidat, self._numero, ligne.piece.id)
        self._demander(question, _RETIRER, retirer, "Le fichier est retiré.")

    def _pourquoi_pas(self, ligne: LignePiece) -> str:
        """Why no file can be given or removed for a piece now."""
        piece = ligne.piece
        if not ligne.en_ligne:
            return "Cette pièce ne se dépose pas en ligne."
        if piece.valide_le is not None:
            du_candidat = self.poste.acteur.nature is NatureActeur.CANDIDAT
            qui = "seul le service des examens peut la rouvrir" if du_candidat else "« Rouvrir », dans le dossier"
            return f"Cette pièce est validée : {qui}."
        if not piece.ouvert:
            return "La période de dépôt n'est pas ouverte."
        if piece.statut.rendu and piece.precedent is not None:
            return f"{piece.precedent.nom} est gardé pour le contrôle. F8 en dépose un autre."
        return "Aucun fichier n'est déposé pour cette pièce."

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
        self._demander(question, _VALIDER, valider, "Les pièces sont validées : le service des examens va les étudier.")

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


def fichier_de(ligne: LignePiece) -> DepotVu | None:
    """The current file, or else the last one."""
    return ligne.piece.depot or ligne.piece.precedent


def _ce_qui_reste_apres(donnee: int, vus: Justificatifs) -> str:
    """What to do in a group once a file is given for the piece `donnee`: nothing is studied before F9."""
    groupe = next(groupe for groupe in vus.groupes if any(piece.id == donnee for piece in groupe.pieces))
    manquent = sum(piece.manque and piece.obligatoire and piece.id != donnee for piece in groupe.pieces)
    return f"Il manque encore {denombrer(manquent, 'fichier')}." if manquent else f"F9 : « {TOUTES} »."


def _ouvertes(vus: Justificatifs) -> bool:
    """Whether a window of deposit is open."""
    return any(piece.ouvert for groupe in vus.groupes if groupe.groupe.en_ligne for piece in groupe.pieces)

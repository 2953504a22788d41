"""« Mes justificatifs » of a candidature: what to give, what was given, and its validation (F382-F404, C18-C21)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding
from typing_extensions import override

from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import GroupeVu
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.candidature.choix_fichier import EcranChoixFichier
from cyclades_tui.screens.candidature.justificatifs_lecture import LectureDesPieces, fichier_de
from cyclades_tui.screens.candidature.rangs_de_pieces import (
    AVERTISSEMENT,
    TOUTES,
    BoutonGroupe,
    LignePiece,
    dire_le_depot,
)
from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_GARDER, _RETIRER, _VALIDER = "garder", "retirer", "valider"


class EcranJustificatifs(LectureDesPieces):
    """Adds, removes and validates what is seen."""

    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "ajouter", "Ajouter", show=False),
        Binding("f9,ctrl+s", "valider", TOUTES, show=False),
        Binding("delete", "retirer", "retirer", show=False),
    ]

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
            Action("valider", TOUTES, "F9", active=pret, pleine=True),
            Action("quitter", "Retour", "Éch"),
        )

    @property
    def _groupe(self) -> GroupeVu | None:
        """The group of the piece in focus where it waits for its button, else the first that does."""
        groupes = [] if self._vus is None else [g for g in self._vus.groupes if g.groupe.en_ligne]
        du_sien = [g for g in groupes if any(piece.id == self._piece for piece in g.pieces)]
        prets = [g for g in groupes if g.refus_de_valider is None]
        return next((g for g in (*(g for g in du_sien if g in prets), *prets, *du_sien)), None)

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

"""The demande de pièces justificatives: what to give, how, where and until when (F281, F379, F448).

`editions.relance` composes its document with the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cyclades_tui.domaine.contenu import Contenu, GroupeDePieces, PieceAttendue, PieceDemandee
from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.editions.en_tete import en_tete
from cyclades_tui.regles.recapitulatif import recapituler

DEMANDE = "Demande de pièces justificatives"
RELANCE = "Relance de pièces justificatives"
_AVANT = {
    DEMANDE: "Vous devez fournir les pièces suivantes. Sans elles, votre candidature ne peut pas être retenue.",
    RELANCE: "Il manque encore à votre dossier les pièces suivantes. Sans elles, votre candidature ne peut pas être "
    "retenue.",
}
_EN_LIGNE = (
    "Déposez ces pièces dans votre espace candidat, rubrique « Mes justificatifs », puis cliquez sur « J'ai fourni "
    "toutes mes pièces »."
)
_RAPPEL = "Rappelez votre N° candidat et votre numéro d'inscription sur chaque envoi."


_Groupe = GroupeDePieces[PieceDemandee] | GroupeDePieces[PieceAttendue]


def editer(texte: str) -> DocumentCompose:
    """The demande of a version, from the version's JSON. Raises StoreInutilisable if that is damaged."""
    contenu = Contenu.lire(texte)
    return composer(recapituler(contenu), contenu.pieces or ())


def composer(recapitulatif: Recapitulatif, groupes: Iterable[_Groupe], titre: str = DEMANDE) -> DocumentCompose:
    """The document that lists, group by group, the pieces that a version asks for or still awaits."""
    return DocumentCompose(
        titre=titre,
        sujet=(
            f"Candidat {recapitulatif.numero_candidat}, inscription {recapitulatif.numero_inscription},"
            f" version {recapitulatif.version}, session {recapitulatif.session}"
        ),
        instant=recapitulatif.instant,
        formation=recapitulatif.formation,
        blocs=(
            *en_tete(recapitulatif, titre),
            BlocDeDocument(Style.PARAGRAPHE, _AVANT[titre]),
            *(bloc for groupe in groupes for bloc in _groupe(groupe)),
            BlocDeDocument(Style.PARAGRAPHE, _RAPPEL),
        ),
    )


def _groupe(groupe: _Groupe) -> Iterator[BlocDeDocument]:
    yield BlocDeDocument(Style.RUBRIQUE, gras=f"{groupe.titre} {groupe.delai}")
    for piece in groupe.pieces:
        code = f"{piece.code} : " if piece.code else ""
        facultative = "" if piece.obligatoire else " (facultatif)"
        yield BlocDeDocument(Style.LIGNE, gras=f"- {code}{piece.libelle}{facultative}")
        etat = piece.etat if isinstance(piece, PieceAttendue) else ""
        if suite := " ".join(partie for partie in (etat, piece.aide) if partie):
            yield BlocDeDocument(Style.PARAGRAPHE, suite)
    if groupe.adresse:
        yield BlocDeDocument(Style.PARAGRAPHE, ", ".join(groupe.adresse), gras="Adresse de retour :")
    elif groupe.mode == "en ligne":
        yield BlocDeDocument(Style.PARAGRAPHE, _EN_LIGNE)

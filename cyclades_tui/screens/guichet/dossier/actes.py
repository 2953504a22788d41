"""What an agent may do to a dossier besides controlling it: set it aside, reopen pieces with more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from cyclades_tui.actes.candidature import recevabilite
from cyclades_tui.actes.candidature.recevabilite import MOTIF_MAX
from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.controle import COMMENTAIRE_MAX, Decision
from cyclades_tui.actes.pieces.justificatifs import GroupeVu, JustificatifVu
from cyclades_tui.champs.formats import Refus, lire_date
from cyclades_tui.champs.specification import TOUJOURS, Champ, Nature
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.domaine.temps import EtatFenetre, jusqu_au
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.question import Question, Saisie

_MOTIF = Champ(
    "ecarter.motif",
    "Motif",
    Nature.TEXTE,
    "ecarter",
    "",
    "Le candidat le lira",
    longueur=MOTIF_MAX,
    explication="Le candidat lit le motif dans ses messages ; le journal le garde.",
)
_COMMENTAIRE = Champ(
    "rouvrir.commentaire",
    "Commentaire",
    Nature.TEXTE,
    "rouvrir",
    "",
    "Le candidat le lira ; peut rester vide",
    longueur=COMMENTAIRE_MAX,
    obligatoire=None,
    explication="Ce que le candidat doit faire de cette pièce.",
)
_LIMITE = Champ(
    "rouvrir.limite",
    "Jusqu'au",
    Nature.TEXTE,
    "rouvrir",
    "",
    "Dernier jour pour déposer ; vide : la période du service",
    longueur=10,
    obligatoire=None,
    exemple="31/01/2024",
    explication="Le dernier jour où le candidat peut déposer et valider, jusqu'à minuit, heure de Paris.",
)
_LIMITE_EXIGEE = replace(_LIMITE, aide="Dernier jour pour déposer", obligatoire=TOUJOURS)
_TOUT = Champ(
    "rouvrir.groupe",
    "Rouvrir aussi les autres pièces de ce groupe",
    Nature.OUI_NON,
    "rouvrir",
    "",
    "Oui les rouvre toutes, ou aucune si l'une ne peut pas l'être",
    explication="Une pièce conforme est rouverte aussi : elle sera à contrôler de nouveau.",
)


def demande_d_ecarter(page: Ecran, poste: Poste, numero_candidat: str, numero_inscription: int) -> Question:
    def faire(saisie: Saisie) -> None:
        recevabilite.ecarter(poste, numero_candidat, numero_inscription, saisie[_MOTIF.id])

    return Question(
        page,
        "Écarter cette candidature ?",
        "Elle ne sera pas retenue, et cela ne se reprend pas. Le candidat reçoit un message avec votre motif.",
        ((_MOTIF, ""),),
        "Écarter",
        faire,
        sans_retour=True,
    )


def demande_de_rouvrir(page: Ecran, poste: Poste, piece: JustificatifVu, groupe: GroupeVu) -> Question:
    fenetre = groupe.groupe.fenetre
    fermee = fenetre is None or fenetre.etat(poste.maintenant()) is not EtatFenetre.OUVERTE
    deja = piece.valide_le is not None
    consequence = f"Le candidat pourra {'changer' if deja else 'déposer'} son fichier, et devra "
    consequence += "le valider de nouveau." if deja else "ensuite le valider."
    if fermee:
        consequence += " La période de dépôt n'est pas ouverte : donnez un dernier jour."
    return Question(
        page,
        f"Rouvrir « {piece.libelle} » ?",
        consequence,
        ((_COMMENTAIRE, ""), (_LIMITE_EXIGEE if fermee else _LIMITE, ""), (_TOUT, "non")),
        "Rouvrir",
        partial(_rouvrir, poste, piece, groupe, fermee=fermee),
    )


def _rouvrir(poste: Poste, piece: JustificatifVu, groupe: GroupeVu, saisie: Saisie, *, fermee: bool) -> None:
    limite = _limite(poste, saisie[_LIMITE.id], fermee=fermee)
    choisies = [une for une in groupe.pieces if se_rouvre(une, groupe)] if saisie[_TOUT.id] == "oui" else [piece]
    decision = Decision(ActePiece.REOUVRIR, saisie[_COMMENTAIRE.id], limite)
    controle.rouvrir_le_groupe(poste, {une.id: une.revision for une in choisies}, decision)


def se_rouvre(piece: JustificatifVu, groupe: GroupeVu) -> bool:
    """Whether a piece can be reopened: validated, or to be given online (which gives time after the closing)."""
    return groupe.groupe.en_ligne or piece.valide_le is not None


def _limite(poste: Poste, texte: str, *, fermee: bool) -> datetime | None:
    """The end of the day that was typed. Raises SaisieRefusee."""
    if not texte.strip() and not fermee:
        return None
    try:
        limite = jusqu_au(lire_date(texte.strip()))
    except Refus as refus:
        raise SaisieRefusee(refus.faute(_LIMITE.id)) from refus
    if limite <= poste.maintenant():
        raise SaisieRefusee(Faute("dossier.limite", _LIMITE.id, "Ce jour est passé.", "Donnez un jour à venir."))
    return limite

"""What a dossier still awaits from its candidate, why and until when, on screen and on paper (F448, C21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cyclades_tui.actes.pieces.etats import etat_du_justificatif, groupes_actuels
from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.contenu import GroupeDePieces, PieceAttendue
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import de_iso, dernier_jour, jour_et_mois, limite_de_paris
from cyclades_tui.domaine.texte import REPERTOIRE, denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.regles.justificatifs import EtatPiece, bloque
from cyclades_tui.regles.pieces_demandees import GroupeARemettre
from cyclades_tui.store.modele.tables import Candidature, Justificatif
from cyclades_tui.store.requetes import pieces


class AFaire(Enum):
    """What the candidate must do about a piece, the most pressing first: in words, for one and for several."""

    REDEPOSER = ("refusée à redéposer", "refusées à redéposer")
    RENVOYER = ("refusée à renvoyer", "refusées à renvoyer")
    REMPLACER = ("à remplacer", "à remplacer")
    FOURNIR = ("à fournir", "à fournir")
    VALIDER = ("à valider", "à valider")

    @classmethod
    def de(cls, etat: EtatPiece) -> AFaire:
        if etat.depot is not None:
            return cls.VALIDER
        if etat.statut is Statut.NON_CONFORME:
            return cls.REDEPOSER if etat.en_ligne else cls.RENVOYER
        return cls.REMPLACER if etat.statut.rendu else cls.FOURNIR


@dataclass(frozen=True, slots=True)
class Manque:
    """A piece that the candidate must give, what of it, why, and until when (UTC, None if no window is set)."""

    justificatif: int
    a_faire: AFaire
    sigle: str
    intitule: str
    etat: str
    limite: datetime | None


def manques_de(poste: Poste, candidature: Candidature, lignes: list[Justificatif]) -> tuple[Manque, ...]:
    """What the candidate must give among the pieces asked; pieces that wait for the office are left out."""
    return tuple(
        Manque(
            ligne.id,
            AFaire.de(etat_du_justificatif(ligne)),
            ligne.sigle,
            intituler(ligne),
            _blocage(ligne),
            limite_de(ligne, groupe),
        )
        for groupe in groupes_actuels(poste, candidature, lignes)
        for ligne in lignes
        if groupe.contient(ligne.piece, ligne.mode) and _blocage(ligne)
    )


def ou_en_est(poste: Poste, numero_candidat: str, numero_inscription: int) -> str:
    """What the candidate must still give, or else how the pieces stand. Raises SaisieRefusee if there are none."""
    with lecture(poste, Droit.CONSULTER, SansTrace.LISTE) as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        lignes = [ligne for ligne in pieces.de_la_candidature(acces.unite, candidature.id) if not ligne.sans_objet]
        attendues = manques_de(poste, candidature, lignes)
    if not lignes:
        return "aucune pièce demandée"
    if attendues:
        return resumer(attendues, poste.maintenant())
    return "à l'étude" if any(ligne.a_controler for ligne in lignes) else "dossier complet"


def resumer(manques: Sequence[Manque], instant: datetime) -> str:
    """`1 pièce refusée à redéposer, 3 à fournir jusqu'au 15/01`, the nearest limit; empty where nothing is awaited."""
    if not manques:
        return ""
    combien = ", ".join(_compter(manques))
    limites = [manque.limite for manque in manques if manque.limite is not None]
    a_venir = [limite for limite in limites if limite > instant]
    if a_venir:
        return f"{combien} jusqu'au {jour_et_mois(dernier_jour(min(a_venir)))}"
    return f"{combien}, délai dépassé" if limites else combien


def _compter(manques: Sequence[Manque]) -> Iterator[str]:
    quoi = ("pièce ", "pièces ")  # said once
    for a_faire in AFaire:
        if nombre := sum(manque.a_faire is a_faire for manque in manques):
            yield denombrer(nombre, f"{quoi[0]}{a_faire.value[0]}", f"{quoi[1]}{a_faire.value[1]}")
            quoi = ("", "")


def dire_les_manques(
    poste: Poste, candidature: Candidature, lignes: list[Justificatif], instant: datetime
) -> tuple[GroupeDePieces[PieceAttendue], ...]:
    """The same, group by group, with the wording of the day `instant`, as a relance prints it."""
    return tuple(
        groupe.dire(attendues)
        for groupe in groupes_actuels(poste, candidature, lignes)
        if (attendues := _attendues(poste, groupe, lignes, instant))
    )


def intituler(ligne: Justificatif) -> str:
    """`93475001 : Document justifiant l'identité` (F386)."""
    return f"{ligne.code} : {ligne.libelle}" if ligne.code else ligne.libelle


def limite_de(ligne: Justificatif, groupe: GroupeARemettre) -> datetime | None:
    """Until when a piece may be given, UTC: its own limit, else its group's; None if no window is set."""
    if ligne.limite is not None:
        return de_iso(ligne.limite)
    return None if groupe.fenetre is None else groupe.fenetre.fermeture


def _blocage(ligne: Justificatif) -> str:
    """Why the candidate must give a piece, a status in its own capitals; empty if he need not."""
    etat = etat_du_justificatif(ligne)
    dit = "" if ligne.a_controler else bloque(etat, obligatoire=ligne.obligatoire)
    return etat.statut.libelle if dit == etat.statut.en_phrase else dit


def _attendues(
    poste: Poste, groupe: GroupeARemettre, lignes: list[Justificatif], instant: datetime
) -> tuple[PieceAttendue, ...]:
    aides = {piece.id: piece.aide for piece in poste.referentiel.pieces}
    return tuple(
        PieceAttendue(
            code=ligne.code,
            libelle=ligne.libelle,
            obligatoire=ligne.obligatoire,
            aide=aides.get(ligne.piece, ""),
            etat=_dire_l_etat(ligne, limite_de(ligne, groupe), instant),
        )
        for ligne in lignes
        if groupe.contient(ligne.piece, ligne.mode) and _blocage(ligne)
    )


def _dire_l_etat(ligne: Justificatif, limite: datetime | None, instant: datetime) -> str:
    """Why a piece is awaited, the agent's comment, its own limit; worded for paper, whose font lacks some signs."""
    pourquoi = _blocage(ligne)
    phrases = [f"{pourquoi[0].upper()}{pourquoi[1:]}."]
    if ligne.commentaire:
        phrases.append(f"« {ligne.commentaire} »")
    if limite is not None and limite <= instant:
        phrases.append("Le délai est dépassé : adressez-vous au service.")
    elif ligne.limite is not None:
        phrases.append(f"À fournir avant le {limite_de_paris(de_iso(ligne.limite))}.")
    return "".join(signe if signe in REPERTOIRE else " " for signe in " ".join(phrases))

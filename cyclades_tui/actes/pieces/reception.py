"""Pieces that come by post, marked as received by the numbers on them, one or ten thousand (F401, F439)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.pieces.etats import appliquer, nom_du_geste
from cyclades_tui.actes.socle.acte import ActeOuvert, acte
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades, Faute, LigneAbimee, SaisieRefusee
from cyclades_tui.domaine.reference import PREFIXE, lire_reference
from cyclades_tui.domaine.scanner import redresser
from cyclades_tui.domaine.statuts import STATUT_DONNE, ActePiece
from cyclades_tui.domaine.tableur import NumeroArrondi, lire_les_cellules
from cyclades_tui.domaine.temps import en_iso, jour_court
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.justificatifs import Geste
from cyclades_tui.regles.pieces_demandees import EN_LIGNE
from cyclades_tui.store.modele.tables import Candidat, Candidature, Justificatif
from cyclades_tui.store.requetes import candidatures, pieces
from cyclades_tui.store.requetes.lignes import ecrire_les_lignes

POSTALE = "voie postale"
# Lines in one transaction: a piece takes some milliseconds, and other desks must get their turn.
PAR_FOIS = 5
TEXTE_MAX = 120
_ARRIVEES = tuple(statut for statut in STATUT_DONNE.values() if not statut.rendu)
_PAS_UN_NUMERO = (
    "Ce n'est pas un numéro : onze chiffres, puis au besoin le N° d'inscription. Exemple : 02699000001 001."
)
_EN_TEXTE = "Donnez à la colonne le format Texte, tapez les onze chiffres et enregistrez à nouveau."
# A N° candidat, then the N° d'inscription after a separator, or directly, in its three digits.
_NUMEROS = re.compile(r"([0-9]{11})(?:[ .,;/_-]+([0-9]{1,6})|([0-9]{3}))?")


class Issue(StrEnum):
    """The result of a line."""

    RECUE = "reçue"
    DEJA = "déjà reçue"
    AMBIGUE = "ambiguë"
    INCONNUE = "inconnue"
    REFUSEE = "refusée"
    ANNULEE = "annulée"


@dataclass(frozen=True, slots=True)
class Arrivee:
    """A line and its result; person and numbers are empty if unknown; `suivis` are needed to undo the marks."""

    texte: str
    issue: Issue
    phrase: str
    personne: str = ""
    numeros: str = ""
    suivis: tuple[int, ...] = ()

    @property
    def qui(self) -> str:
        """`NGMB-DUPONT NGMB-Jeanne  01948418953 005`, or the text typed."""
        return f"{self.personne}  {self.numeros}" if self.personne else self.texte


@dataclass(frozen=True, slots=True)
class _Qui:
    """A person, and the numbers by which a line found one of the candidatures."""

    candidat: Candidat
    numeros: str

    @property
    def personne(self) -> str:
        return f"{self.candidat.nom} {self.candidat.prenoms}".strip()


@dataclass(frozen=True, slots=True)
class _Dossier:
    """A candidature with its pieces awaited by post; `attendues` are those not received yet."""

    candidat: Candidat
    candidature: Candidature
    lignes: tuple[Justificatif, ...]

    @property
    def attendues(self) -> tuple[Justificatif, ...]:
        return tuple(ligne for ligne in self.lignes if ligne.statut not in _ARRIVEES)

    @property
    def qui(self) -> _Qui:
        return _Qui(self.candidat, f"{self.candidat.numero} {self.candidature.numero:03d}")


class _Ecart(Exception):
    """Why a line marks nothing."""

    def __init__(self, issue: Issue, phrase: str, qui: _Qui | None = None) -> None:
        super().__init__(phrase)
        self.issue = issue
        self.phrase = phrase
        self.qui = qui


def trouver_la_piece(poste: Poste, texte: str) -> str:
    """The id of a piece from its id, code or short name; empty for none. Raises SaisieRefusee."""
    if not texte.strip():
        return ""
    connues = {plier(nom): p.id for p in poste.referentiel.pieces for nom in (p.id, p.code, p.sigle) if nom}
    if plier(texte) not in connues:
        noms = ", ".join(dict.fromkeys(piece.id for piece in poste.referentiel.pieces))
        message = f"« {texte.strip()[:40]} » n'est pas une pièce."
        raise SaisieRefusee(Faute("reception.piece", "piece", message, f"Choisissez : {noms}."))
    return connues[plier(texte)]


def recevoir(poste: Poste, textes: Iterable[str], recue_le: date | None = None, piece: str = "") -> Iterator[Arrivee]:
    """Mark as received, line by line, the pieces awaited by post, or only `piece`; `recue_le` is today by default.

    A line is a N° candidat, with a N° d'inscription if the person has several, or the reference on a récapitulatif.
    Each line yields its result; lines are committed PAR_FOIS at a time, as the iterator is consumed. Raises
    SaisieRefusee for a date in the future, ActeRefuse if the caller lacks the right.
    """
    jour = poste.aujourd_hui() if recue_le is None else recue_le
    if jour > poste.aujourd_hui():
        message = "La date de réception est dans l'avenir."
        raise SaisieRefusee(Faute("reception.date", "recue_le", message, "Donnez aujourd'hui ou un jour passé."))
    reste = iter(textes)
    while lot := list(islice(reste, PAR_FOIS)):
        with acte(poste, Droit.CONTROLER, nom_du_geste(ActePiece.RECEVOIR), "reception.lire") as a:
            reception = _Reception(a, jour, piece)
            arrivees = [reception.recevoir(texte) for texte in lot if texte.strip()]
            if not any(arrivee.issue is Issue.RECUE for arrivee in arrivees):
                a.rien()
        yield from arrivees


def annuler(poste: Poste, arrivee: Arrivee) -> Arrivee:
    """Undo what a line marked, piece by piece, the last first; returns the line as it is then.

    Raises ActeRefuse if a piece has changed since: the line's earlier pieces then stay received.
    """
    for suivi in reversed(arrivee.suivis):
        controle.annuler(poste, suivi)
    return replace(arrivee, issue=Issue.ANNULEE, phrase="Ces pièces sont de nouveau attendues.", suivis=())


def pieces_par_la_poste(poste: Poste) -> dict[str, str]:
    """The short names and the ids of the pieces that may come by post under the current settings."""
    referentiel = poste.referentiel
    groupes = referentiel.blocs.groupes_pieces()
    nommees = {piece for groupe in groupes if groupe.mode == POSTALE for piece in groupe.pieces}
    return {p.sigle: p.id for p in referentiel.pieces if p.mode == POSTALE or p.id in nommees}


class _Reception:
    """The lines of one transaction."""

    def __init__(self, a: ActeOuvert, jour: date, piece: str) -> None:
        self._a = a
        self._jour = jour
        self._piece = piece

    def recevoir(self, texte: str) -> Arrivee:
        tape = " ".join(texte.split())[:TEXTE_MAX]
        try:
            dossier = self._choisir(*_numeros(texte))
            _refuser_l_inutile(dossier, self._piece)
        except _Ecart as ecart:
            return self._ecarter(tape, ecart)
        except SaisieRefusee as refus:
            return Arrivee(tape, Issue.INCONNUE, _dire(refus))
        except (ActeRefuse, LigneAbimee) as refus:
            return Arrivee(tape, Issue.REFUSEE, _dire(refus))
        return self._marquer(tape, dossier)

    def _ecarter(self, tape: str, ecart: _Ecart) -> Arrivee:
        """The result of a line that marks nothing; journalled all the same if it showed an agent somebody's dossier."""
        qui = ecart.qui
        if qui is None:
            return Arrivee(tape, ecart.issue, ecart.phrase)
        if self._a.poste.acteur.nature is NatureActeur.AGENT:
            self._a.consigner(f"candidat:{qui.candidat.id}", {"issue": ecart.issue.value}, nom="reception.lire")
        return Arrivee(tape, ecart.issue, ecart.phrase, qui.personne, qui.numeros)

    def _marquer(self, tape: str, dossier: _Dossier) -> Arrivee:
        attendues = dossier.attendues
        geste = Geste(ActePiece.RECEVOIR, en_iso(self._a.instant), recue_le=self._jour.isoformat())
        for ligne in attendues:
            appliquer(self._a, ligne, geste)
        ecrire_les_lignes(self._a.unite)
        suivis = tuple(pieces.suivis_de(self._a.unite, ligne.id)[-1].id for ligne in attendues)
        phrase = f"{_lister(attendues)}, le {jour_court(self._jour)}."
        return Arrivee(tape, Issue.RECUE, phrase, dossier.qui.personne, dossier.qui.numeros, suivis)

    def _choisir(self, numero: str, inscription: int | None) -> _Dossier:
        """The one dossier that a line means. Raises SaisieRefusee, ActeRefuse, _Ecart."""
        if inscription is not None:
            return self._dossier(*self._a.candidature(numero, inscription))
        candidat = self._a.candidat(numero)
        siennes = (c for c in candidatures.du_candidat(self._a.unite, candidat.id) if EtatCandidature(c.etat).active)
        # The right to control is limited by académies, never by a school.
        dossiers = [self._dossier(candidat, c) for c in siennes if self._a.portee.contient(c.academie, "")]
        choisis = [dossier for dossier in dossiers if dossier.attendues] if len(dossiers) > 1 else dossiers
        qui = _Qui(candidat, candidat.numero)
        if not dossiers:
            raise _Ecart(Issue.REFUSEE, "Aucune inscription active : vérifiez le numéro.", qui)
        if len(choisis) != 1:
            actives = (dossier.candidature for dossier in dossiers)
            lesquelles = ", ".join(f"{c.numero:03d} ({c.examen} {c.session})" for c in actives)
            raise _Ecart(Issue.AMBIGUE, f"Ajoutez le N° d'inscription : {lesquelles}.", qui)
        return choisis[0]

    def _dossier(self, candidat: Candidat, candidature: Candidature) -> _Dossier:
        piece = self._piece
        lignes = (ligne for ligne in pieces.de_la_candidature(self._a.unite, candidature.id) if not ligne.sans_objet)
        voulues = (ligne for ligne in lignes if (ligne.piece == piece if piece else ligne.mode == POSTALE))
        return _Dossier(candidat, candidature, tuple(voulues))


def _numeros(texte: str) -> tuple[str, int | None]:
    """N° candidat and N° d'inscription (None if absent). Raises SaisieRefusee, _Ecart."""
    tape = redresser(" ".join(texte.split()))[:TEXTE_MAX]
    if tape.upper().startswith(PREFIXE):
        reference = lire_reference(tape)
        return reference.numero_candidat, int(reference.numero_inscription)
    if lus := _NUMEROS.fullmatch(tape):
        inscription = lus[2] or lus[3]
        return lus[1], int(inscription) if inscription else None
    try:
        cellules = lire_les_cellules(texte)
    except NumeroArrondi as arrondi:
        raise _Ecart(Issue.INCONNUE, f"Un tableur a arrondi ce numéro ({arrondi}). {_EN_TEXTE}") from arrondi
    if cellules is None:
        raise _Ecart(Issue.INCONNUE, _PAS_UN_NUMERO)
    return cellules.candidat, cellules.inscription or None


def _refuser_l_inutile(dossier: _Dossier, piece: str) -> None:
    """Raises _Ecart if there is nothing to mark."""
    etat, qui = EtatCandidature(dossier.candidature.etat), dossier.qui
    if not etat.active:
        raise _Ecart(Issue.REFUSEE, f"La candidature est « {etat.value} » : mettez l'envoi de côté.", qui)
    if any(ligne.mode == EN_LIGNE for ligne in dossier.lignes):
        raise _Ecart(Issue.REFUSEE, "Cette pièce se dépose en ligne : choisissez-en une autre.", qui)
    if not dossier.lignes:
        quoi = "cette pièce" if piece else "de pièce par la poste"
        raise _Ecart(Issue.REFUSEE, f"Ce dossier n'attend pas {quoi} : ouvrez-le.", qui)
    if not dossier.attendues:
        raise _Ecart(Issue.DEJA, f"{_lister(dossier.lignes)}{_depuis(dossier.lignes)}.", qui)


def _dire(refus: ErreurCyclades) -> str:
    faute = refus.fautes[0]
    return f"{faute.message} {faute.remede}"


def _lister(lignes: Sequence[Justificatif]) -> str:
    return ", ".join(ligne.sigle for ligne in lignes)


def _depuis(lignes: Sequence[Justificatif]) -> str:
    jours = [date.fromisoformat(ligne.recue_le) for ligne in lignes if ligne.recue_le]
    return f", déjà là depuis le {jour_court(max(jours))}" if jours else ", déjà là"

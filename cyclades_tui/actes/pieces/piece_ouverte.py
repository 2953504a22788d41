"""A justificatif as an agent sees it: the file, what to compare, its history, the rest of the dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cyclades_tui.actes.pieces.attentes import PieceEnAttente, piece_en_attente
from cyclades_tui.actes.pieces.etats import etat_du_justificatif
from cyclades_tui.actes.pieces.justificatifs import DepotVu, depot_vu
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.champs.identite import IDENTITE
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.statuts import STATUT_DONNE, ActePiece, Statut
from cyclades_tui.domaine.temps import de_iso
from cyclades_tui.referentiel.pieces import Piece, Vue
from cyclades_tui.regles.justificatifs import bloque
from cyclades_tui.store.modele.tables import Candidat, Candidature, Depot, Justificatif, Suivi
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents, candidatures, pieces
from cyclades_tui.store.requetes.lignes import lire_la_ligne

ANNULER = "annuler"
_DITS = {
    "deposer": "fichier déposé",
    "retirer": "fichier retiré",
    "valider": "validée",
    "reouvrir": "rouverte",
    "sans_objet": "plus demandée",
    "redemander_pour_la_version": "demandée de nouveau",
    "retirer_des_files": "plus à contrôler",
    ANNULER: "décision annulée",
}
# The actes that write a comment; later steps only copy it.
_PARLENT = frozenset(acte.name.lower() for acte in (*STATUT_DONNE, ActePiece.REOUVRIR))
# Key of the data, label, field of the saved version; in the order of an identity document.
_IDENTITE = (
    *((donnee.cle, donnee.sur_la_piece, donnee.champ) for donnee in IDENTITE if donnee.sur_la_piece),
    ("nationalite", "Nationalité", "identification.nationalite"),
)
_CANDIDATURE = (
    ("specialite", "Spécialité", "qualification.specialite"),
    ("categorie", "Catégorie", "candidature.categorie"),
    ("etablissement", "Établissement", "candidature.etablissement"),
)


@dataclass(frozen=True, slots=True)
class Donnee:
    """A datum of the candidature beside the document; `compare`: the piece must agree with it."""

    cle: str
    libelle: str
    valeur: str
    compare: bool


@dataclass(frozen=True, slots=True)
class EtapeDuSuivi:
    """A step of a piece's history: when (UTC), who, what, comment."""

    instant: datetime
    qui: str
    quoi: str
    commentaire: str
    annulee: bool = False


@dataclass(frozen=True, slots=True)
class AutrePiece:
    """Another piece of the same dossier; `etat` is empty if it is finished."""

    id: int
    sigle: str
    etat: str


@dataclass(frozen=True, slots=True)
class PieceOuverte:
    """A piece as the control screen shows it.

    `depot` is the current file, or else the last one given; `a_verifier` are the conditions of the exam that did not
    seem to hold when the last version was saved (F450); `modifiee_le` is when that was, if the piece was validated
    before (F347); `ouverte_par` is another agent who has it open, since
    `ouverte_depuis` (UTC).
    """

    ligne: PieceEnAttente
    a_comparer: tuple[Donnee, ...]
    candidature: tuple[Donnee, ...]
    a_verifier: tuple[str, ...]
    depot: DepotVu | None
    commentaire: str
    valide_le: datetime | None
    modifiee_le: datetime | None
    recue_le: date | None
    memes_fichiers: tuple[str, ...]
    historique: tuple[EtapeDuSuivi, ...]
    autres: tuple[AutrePiece, ...]
    vues: tuple[Vue, ...]
    ouverte_par: str
    ouverte_depuis: datetime | None


def voir_la_piece(
    acces: Acces, ligne: Justificatif, candidature: Candidature, autre: tuple[str, str] | None
) -> PieceOuverte:
    """A piece already read, in the same unit of work; `autre` is the agent who has it open, and since when."""
    candidat = lire_la_ligne(acces.unite, Candidat, candidature.candidat_id)
    version = candidatures.derniere_version(acces.unite, candidature)
    contenu = Contenu.lire(version.contenu)
    depassee = ligne.valide_le is not None and ligne.valide_le < version.enregistree_le
    piece = next((p for p in acces.poste.referentiel.pieces if p.id == ligne.piece), None)
    depot = _depot_montre(acces.unite, ligne)
    noms = {agent.identifiant: agent.nom for agent in agents.tous(acces.unite)}
    freres = pieces.de_la_candidature(acces.unite, candidature.id)
    return PieceOuverte(
        ligne=piece_en_attente(ligne, candidature, candidat),
        a_comparer=tuple(_donnees(_IDENTITE, contenu, piece)),
        candidature=tuple(_de_la_candidature(contenu, piece)),
        a_verifier=tuple(condition.message for condition in contenu.avertissements or ()),
        depot=None if depot is None else depot_vu(depot),
        commentaire=ligne.commentaire,
        valide_le=None if ligne.valide_le is None else de_iso(ligne.valide_le),
        modifiee_le=de_iso(version.enregistree_le) if depassee else None,
        recue_le=None if ligne.recue_le is None else date.fromisoformat(ligne.recue_le),
        memes_fichiers=() if depot is None else tuple(_ailleurs(acces.unite, depot, candidature)),
        historique=tuple(_historique(pieces.suivis_de(acces.unite, ligne.id), noms)),
        autres=tuple(
            AutrePiece(f.id, f.sigle, bloque(etat_du_justificatif(f), obligatoire=f.obligatoire))
            for f in freres
            if f.id != ligne.id and not f.sans_objet
        ),
        vues=() if piece is None else piece.vues,
        ouverte_par="" if autre is None else noms.get(autre[0], autre[0]),
        ouverte_depuis=None if autre is None else de_iso(autre[1]),
    )


def _depot_montre(unite: Unite, ligne: Justificatif) -> Depot | None:
    if ligne.depot_id is not None:
        return lire_la_ligne(unite, Depot, ligne.depot_id)
    anciens = pieces.depots_de(unite, [ligne.id])
    return anciens[-1] if anciens else None


def _ailleurs(unite: Unite, depot: Depot, candidature: Candidature) -> Iterator[str]:
    for autre, piece in pieces.meme_fichier(unite, depot):
        ou = f" ({autre.nom})" if piece.candidature_id == candidature.id else " d'une autre candidature"
        yield f"même fichier que la pièce {piece.sigle}{ou}"


def _donnees(lesquelles: Sequence[tuple[str, str, str]], contenu: Contenu, piece: Piece | None) -> Iterator[Donnee]:
    compare = () if piece is None else piece.compare
    for cle, libelle, champ in lesquelles:
        if valeur := contenu.affichage(champ):
            yield Donnee(cle, libelle, valeur, cle in compare)


def _de_la_candidature(contenu: Contenu, piece: Piece | None) -> Iterator[Donnee]:
    compare = () if piece is None else piece.compare
    entete = contenu.entete
    yield Donnee("numero", "N° candidat", entete.numero_candidat, compare=False)
    yield Donnee("inscription", "Inscription", entete.numero_inscription, compare=False)
    yield Donnee("version", "Version", str(entete.version), "version" in compare)
    yield Donnee("examen", "Examen", f"{contenu.examen.libelle} {contenu.session}", compare=False)
    yield from _donnees(_CANDIDATURE, contenu, piece)
    for acquis in contenu.acquis:
        yield Donnee("acquis", "Acquis", " - ".join(acquis.document), "acquis" in compare)


def _historique(suivis: Sequence[Suivi], noms: Mapping[str, str]) -> Iterator[EtapeDuSuivi]:
    annules = {suivi.annule for suivi in suivis}
    for suivi in suivis:
        yield etape_de(suivi, noms, annulee=suivi.id in annules)


def etape_de(suivi: Suivi, noms: Mapping[str, str], *, annulee: bool = False) -> EtapeDuSuivi:
    """A step in words; `noms` maps identifiers to names of agents."""
    quoi = _DITS.get(suivi.acte) or Statut(suivi.statut).libelle
    qui = "candidat" if suivi.acteur_nature == NatureActeur.CANDIDAT else noms.get(suivi.acteur, suivi.acteur)
    commentaire = suivi.commentaire if suivi.acte in _PARLENT else ""
    return EtapeDuSuivi(de_iso(suivi.instant), qui, quoi, commentaire, annulee)

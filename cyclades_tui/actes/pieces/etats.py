"""Changes a justificatif: the rule, the row, its history and the journal, in the caller's unit of work."""

from __future__ import annotations

from typing import Any, cast

from cyclades_tui.actes.socle.acte import ActeOuvert
from cyclades_tui.actes.socle.noms import NomActe
from cyclades_tui.domaine.contenu import Contenu, PieceDemandee
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import ActePiece, Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.justificatifs import EtatPiece, Geste, passer, rendre_pour_la_version
from cyclades_tui.regles.pieces_demandees import EN_LIGNE, GroupeARemettre, groupes_de, ouvert
from cyclades_tui.store.modele.tables import Candidature, Justificatif, Suivi
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import pieces
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, chercher_la_ligne

# The columns that a justificatif and its history share, by the names of EtatPiece.
_ETAT = {
    "statut": "statut",
    "depot": "depot_id",
    "valide_le": "valide_le",
    "limite": "limite",
    "commentaire": "commentaire",
    "recue_le": "recue_le",
    "a_controler": "a_controler",
    "attend_depuis": "attend_depuis",
}
_VERSION = "version"  # among what a piece must agree with: it is a paper of one version
# What a justificatif copies from the piece asked: at each version, and only once.
_REPRISES = ("code", "libelle", "sigle", "rang", "obligatoire")
_DE_LA_DEMANDE = ("piece", "precision", "mode", *_REPRISES)


def etat_de(ligne: Justificatif | Suivi, *, en_ligne: bool, sans_objet: bool = False) -> EtatPiece:
    """The state of a justificatif, or that in which a step of its history left it."""
    valeurs = {nom: getattr(ligne, colonne) for nom, colonne in _ETAT.items()}
    return EtatPiece(**{**valeurs, "statut": Statut(valeurs["statut"])}, en_ligne=en_ligne, sans_objet=sans_objet)


def etat_du_justificatif(ligne: Justificatif) -> EtatPiece:
    return etat_de(ligne, en_ligne=ligne.mode == EN_LIGNE, sans_objet=ligne.sans_objet)


def ecrire_l_etat(ligne: Justificatif, etat: EtatPiece) -> None:
    for nom, colonne in _ETAT.items():
        setattr(ligne, colonne, getattr(etat, nom))
    ligne.revision += 1


def groupes_actuels(poste: Poste, candidature: Candidature, lignes: list[Justificatif]) -> tuple[GroupeARemettre, ...]:
    """The groups of a candidature's justificatifs under the current settings."""
    reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
    return groupes_de(reglages, ((ligne.piece, ligne.mode) for ligne in lignes))


def nom_du_geste(geste: ActePiece) -> NomActe:
    """The name in the journal of an acte on one justificatif."""
    return _nom(geste.name.lower())


def _nom(etape: str) -> NomActe:
    """`ActePiece` is the closed table of these names, so that a new one needs no second line."""
    return cast(NomActe, f"justificatif.{etape}")


def appliquer(
    a: ActeOuvert,
    ligne: Justificatif,
    geste: Geste,
    groupe: GroupeARemettre | None = None,
    *,
    sha256: str = "",
) -> EtatPiece:
    """Change a justificatif by one acte and record it; `groupe` is needed for the candidate's own actes.

    Raises ActeRefuse if the status, the acteur or the window does not allow it.
    """
    etat = essayer(a.poste, ligne, geste, groupe)
    ecrire_l_etat(ligne, etat)
    tracer(a, ligne, geste.acte.name.lower(), sha256=sha256)
    return etat


def essayer(poste: Poste, ligne: Justificatif, geste: Geste, groupe: GroupeARemettre | None = None) -> EtatPiece:
    """What a justificatif would become; nothing is written. Raises ActeRefuse as `appliquer` does."""
    depose = groupe is not None and ouvert(groupe, ligne.limite, geste.instant)
    return passer(etat_du_justificatif(ligne), geste, poste.acteur.nature, ouvert=depose)


def tracer(a: ActeOuvert, ligne: Justificatif, geste: str, *, sha256: str = "", annule: int | None = None) -> Suivi:
    """Record in history and journal what the row has become."""
    suivi = Suivi(
        justificatif_id=ligne.id,
        acte=geste,
        **{colonne: getattr(ligne, colonne) for colonne in _ETAT.values()},
        acteur=a.poste.acteur.identifiant,
        acteur_nature=a.poste.acteur.nature.value,
        instant=en_iso(a.instant),
        annule=annule,
    )
    ajouter_des_lignes(a.unite, suivi)
    valeurs: dict[str, Any] = {"statut": Statut(ligne.statut).libelle, "revision": ligne.revision}
    if sha256:
        valeurs["sha256"] = sha256
    if annule is not None:
        valeurs["annule"] = annule
    a.consigner(f"justificatif:{ligne.id}", valeurs, nom=_nom(geste))
    return suivi


def retrouver_la_piece(unite: Unite, candidature: Candidature, justificatif_id: int) -> Justificatif:
    """A justificatif of a candidature. Raises SaisieRefusee if it is not one of its own."""
    ligne = chercher_la_ligne(unite, Justificatif, justificatif_id)
    if ligne is None or ligne.candidature_id != candidature.id:
        message = f"L'inscription {candidature.numero:03d} n'a pas de pièce {justificatif_id}."
        raise SaisieRefusee(Faute("justificatif.absent", "piece", message, "Choisissez une pièce de la liste."))
    return ligne


def refuser_l_inactive(candidature: Candidature) -> None:
    """Raises ActeRefuse if the candidature was withdrawn or set aside: its pieces cannot change."""
    etat = EtatCandidature(candidature.etat)
    if not etat.active:
        message = f"La candidature {candidature.numero:03d} est « {etat.value} » : ses pièces ne changent plus."
        raise ActeRefuse(Faute("justificatif.inactive", "", message, "Il n'y a rien à fournir pour elle."))


def refuser_la_revision(ligne: Justificatif, vue: int | None) -> None:
    """Raises ActeRefuse if the justificatif has changed since it was shown."""
    if vue is not None and ligne.revision != vue:
        message = "Cette pièce a changé entre-temps."
        raise ActeRefuse(Faute("justificatif.change", "piece", message, "Relisez-la, puis recommencez."))


def etablir(a: ActeOuvert, candidature: Candidature, contenu: Contenu, postal: Statut) -> bool:
    """Bring the justificatifs of a candidature in line with what its last version asks for (G19).

    New ones are opened, those no longer asked are kept as « sans objet », files already given stay, but for a paper of
    the former version, which is asked again (F347). `postal` is the status of a piece awaited by post. Returns whether
    pieces were locked before.
    """
    lignes = () if candidature.version == 1 else pieces.de_la_candidature(a.unite, candidature.id)
    verrouillees = any(ligne.valide_le is not None for ligne in lignes)
    d_une_version = {piece.id for piece in a.poste.referentiel.pieces if _VERSION in piece.compare} if lignes else ()
    presentes = {(ligne.piece, ligne.precision): ligne for ligne in lignes}
    nouvelles = []
    for demandee in contenu.pieces_demandees:
        ligne = presentes.pop((demandee.piece, demandee.precision), None)
        if ligne is None:
            nouvelles.append(_nouvelle(candidature, demandee, postal))
            continue
        for colonne in _REPRISES:
            setattr(ligne, colonne, getattr(demandee, colonne))
        if ligne.mode != demandee.mode and not pieces.suivis_de(a.unite, ligne.id):
            # A piece already begun keeps its mode.
            ligne.mode, ligne.statut = demandee.mode, _premier_statut(demandee, postal)
            ligne.revision += 1
        ligne.version = candidature.version
        if ligne.piece in d_une_version:
            _rendre_l_ancienne(a, ligne)
        if ligne.sans_objet:
            ligne.sans_objet, ligne.a_controler = False, ligne.attend_depuis != ""
            _marquer(a, ligne, "redemander_pour_la_version")
    for ligne in presentes.values():
        if not ligne.sans_objet:
            ligne.sans_objet, ligne.a_controler = True, False
            _marquer(a, ligne, "sans_objet")
    pieces.inserer(a.unite, nouvelles)
    return verrouillees


def _rendre_l_ancienne(a: ActeOuvert, ligne: Justificatif) -> None:
    """Ask again for a paper that carries the number of a version, unless nothing was given yet."""
    avant = etat_du_justificatif(ligne)
    etat = rendre_pour_la_version(avant, f"La version {ligne.version} remplace celle que vous aviez donnée.")
    if etat != avant:
        ecrire_l_etat(ligne, etat)
        tracer(a, ligne, "redemander_pour_la_version")


def retirer_des_attentes(a: ActeOuvert, candidature: Candidature) -> None:
    """Take the pieces of an inactive candidature out of the queues, without changing them otherwise."""
    for ligne in pieces.de_la_candidature(a.unite, candidature.id):
        if ligne.a_controler:
            ligne.a_controler = False
            _marquer(a, ligne, "retirer_des_files")


def _marquer(a: ActeOuvert, ligne: Justificatif, geste: str) -> None:
    ligne.revision += 1
    tracer(a, ligne, geste)


def _premier_statut(demandee: PieceDemandee, postal: Statut) -> Statut:
    return Statut.AUCUN if demandee.mode == EN_LIGNE else postal


def _nouvelle(candidature: Candidature, demandee: PieceDemandee, postal: Statut) -> dict[str, Any]:
    return {
        **{colonne: getattr(demandee, colonne) for colonne in _DE_LA_DEMANDE},
        "candidature_id": candidature.id,
        "examen": candidature.examen,
        "session": candidature.session,
        "academie": candidature.academie,
        "statut": _premier_statut(demandee, postal),
        "version": candidature.version,
    }

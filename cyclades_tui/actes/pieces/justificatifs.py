"""« Mes justificatifs »: what a candidature must prove, the files given for it, and their validation (F382-F409)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from cyclades_tui.actes.pieces.etats import (
    appliquer,
    essayer,
    etat_du_justificatif,
    groupes_actuels,
    nom_du_geste,
    refuser_l_inactive,
    refuser_la_revision,
    retrouver_la_piece,
)
from cyclades_tui.actes.pieces.references_lues import dire_les_references_d_autrui
from cyclades_tui.actes.socle.acces import Acces, lire_le_fichier
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import ActePiece, Statut, statut_de_libelle
from cyclades_tui.domaine.temps import de_iso, en_iso, limite_incluse
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.fichiers.antivirus import Analyse, Antivirus
from cyclades_tui.fichiers.examen import Exigences, FichierExamine, examiner, reunir
from cyclades_tui.fichiers.ouverture import nom_sur
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.justificatifs import Geste, Recevabilite, bloque
from cyclades_tui.regles.pieces_demandees import EN_LIGNE, GroupeARemettre, ouvert
from cyclades_tui.store.modele.tables import Candidature, Depot, Justificatif
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import pieces
from cyclades_tui.store.requetes.abimees import dire_absente
from cyclades_tui.store.requetes.lignes import chercher_la_ligne, ecrire_les_lignes, lire_la_ligne

_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class DepotVu:
    """A file given for a piece; `taille` is in bytes, `depose_le` UTC; `alertes`: what an agent must look at in it."""

    id: int
    nom: str
    format: str
    taille: int
    pages: int
    depose_le: datetime
    analyse: str
    alertes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JustificatifVu:
    """A piece as its candidate sees it; `precedent` is the last file removed, replaced or refused.

    `ouvert` says whether a file may be given now; `bloque` what is still missing, empty if nothing is.
    """

    id: int
    revision: int
    piece: str
    code: str
    libelle: str
    aide: str
    mode: str
    obligatoire: bool
    statut: Statut
    commentaire: str
    limite: datetime | None
    recue_le: date | None
    depot: DepotVu | None
    precedent: DepotVu | None
    valide_le: datetime | None
    ouvert: bool
    bloque: str

    @property
    def intitule(self) -> str:
        """`93475001 : Document justifiant l'identité` (F386)."""
        return f"{self.code} : {self.libelle}" if self.code else self.libelle

    @property
    def nouvelle_limite(self) -> str:
        """`Nouvelle limite : 10/12/2026 à 24:00 (heure/Paris)`; empty if the piece has no limit of its own."""
        return "" if self.limite is None else f"Nouvelle limite : {limite_incluse(self.limite)} (heure/Paris)"

    @property
    def deposable(self) -> bool:
        return self.mode == EN_LIGNE and self.ouvert and self.valide_le is None

    @property
    def manque(self) -> bool:
        """Whether the candidate must give a file now."""
        return self.deposable and self.depot is None


@dataclass(frozen=True, slots=True)
class GroupeVu:
    """Pieces of one mode and one limit; `refus_de_valider` is None if they may be validated together (C19)."""

    groupe: GroupeARemettre
    pieces: tuple[JustificatifVu, ...]
    refus_de_valider: Faute | None


@dataclass(frozen=True, slots=True)
class Justificatifs:
    """The pieces of a candidature; `sans_objet` are those given earlier and no longer asked (G19).

    `taille_max` is in bytes; `recevabilite` says whether the dossier is complete, `motif` why it was set aside.
    """

    candidature_id: int
    numero_candidat: str
    numero_inscription: int
    groupes: tuple[GroupeVu, ...]
    sans_objet: tuple[JustificatifVu, ...]
    formats: tuple[str, ...]
    taille_max: int
    recevabilite: Recevabilite
    motif: str

    @property
    def pieces(self) -> tuple[JustificatifVu, ...]:
        return tuple(piece for groupe in self.groupes for piece in groupe.pieces)

    @property
    def fournies(self) -> int:
        return sum(1 for piece in self.pieces if not piece.manque and (piece.depot or piece.recue_le))

    @property
    def exigences(self) -> Exigences:
        return Exigences(self.formats, self.taille_max)


def lister(poste: Poste, numero_candidat: str, numero_inscription: int) -> Justificatifs:
    """The pieces of a candidature, group by group, those that need something first.

    Raises SaisieRefusee if there is no such candidature, or if it is not the calling candidate's own.
    """
    with lecture(poste, Droit.CONSULTER, "justificatif.lister") as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        acces.consigner(f"candidature:{candidature.id}")
        return voir(acces, candidature, numero_candidat)


def voir(acces: Acces, candidature: Candidature, numero_candidat: str) -> Justificatifs:
    """The pieces of a candidature already read, in the same unit of work."""
    poste = acces.poste
    lignes = list(pieces.de_la_candidature(acces.unite, candidature.id))
    depots: dict[int, list[Depot]] = {}
    for depot in pieces.depots_de(acces.unite, [ligne.id for ligne in lignes]):
        depots.setdefault(depot.justificatif_id, []).append(depot)
    connus = {depot.id for siens in depots.values() for depot in siens}
    for ligne in lignes:
        if ligne.depot_id is not None and ligne.depot_id not in connus:
            avertir(dire_absente("depot", ligne.depot_id))
    demandees = [ligne for ligne in lignes if not ligne.sans_objet]
    instant = en_iso(poste.maintenant())
    actif = EtatCandidature(candidature.etat).active
    aides = {piece.id: piece.aide for piece in poste.referentiel.pieces}

    def vue(ligne: Justificatif, groupe: GroupeARemettre | None) -> JustificatifVu:
        ouverte = actif and groupe is not None and ouvert(groupe, ligne.limite, instant)
        return _vu(ligne, depots.get(ligne.id, []), aides.get(ligne.piece, ""), ouverte=ouverte)

    groupes = []
    for groupe in groupes_actuels(poste, candidature, demandees):
        vues = [vue(ligne, groupe) for ligne in demandees if groupe.contient(ligne.piece, ligne.mode)]
        vues.sort(key=lambda piece: not piece.manque)
        groupes.append(GroupeVu(groupe, tuple(vues), _refus_de_valider(groupe, vues)))
    reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
    return Justificatifs(
        candidature.id,
        numero_candidat,
        candidature.numero,
        tuple(groupes),
        tuple(vue(ligne, None) for ligne in lignes if ligne.sans_objet),
        reglages.pieces_formats,
        reglages.pieces_taille_max * _MEGA,
        _recevabilite(candidature, demandees),
        candidature.motif,
    )


def deposer(
    poste: Poste,
    numero_candidat: str,
    numero_inscription: int,
    justificatif_id: int,
    *chemins: Path,
    a_la_suite: bool = False,
) -> FichierExamine:
    """Examine files and join them, then give them for a piece, replacing the former file (G06), or after it.

    Raises as `examiner_pour` and `donner` do.
    """
    apres = justificatif_id if a_la_suite else None
    fichier = examiner_pour(poste, numero_candidat, numero_inscription, *chemins, apres=apres)
    donner(poste, numero_candidat, numero_inscription, justificatif_id, fichier)
    return fichier


def examiner_pour(
    poste: Poste, numero_candidat: str, numero_inscription: int, *chemins: Path, apres: int | None = None
) -> FichierExamine:
    """Examine files by the rules of the candidature's service and join them in their order; nothing is kept yet.

    `apres` is the justificatif whose present file comes before them. The reference of another candidature, read in the
    result, is among its `mots` and its `alertes`. Raises SaisieRefusee for a bad file or, if the caller is a candidate,
    one outside the poste's sources.
    """
    for chemin in chemins:
        _refuser_hors_des_sources(poste, chemin)
    with lecture(poste, Droit.INSCRIRE, SansTrace.AVANT_L_ACTE) as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        exigences = voir(acces, candidature, numero_candidat).exigences
        present = None if apres is None else retrouver_la_piece(acces.unite, candidature, apres).depot_id
        premiers = [] if present is None else [_depose(poste, lire_la_ligne(acces.unite, Depot, present))]
    antivirus = None if poste.antivirus is None else Antivirus(poste.antivirus)
    examines = [_examiner_parmi(chemins, chemin, exigences, antivirus) for chemin in chemins]
    reuni = reunir([*premiers, *examines], exigences, antivirus)
    d_autrui = dire_les_references_d_autrui(reuni.octets, numero_candidat, numero_inscription)
    mots = (f"Attention : {alerte} Vérifiez-le." for alerte in d_autrui)
    return replace(reuni, mots=(*reuni.mots, *mots), alertes=d_autrui)


def _depose(poste: Poste, depot: Depot) -> FichierExamine:
    octets = poste.store.coffre.lire(depot.sha256)
    return FichierExamine(depot.nom, depot.format, octets, depot.pages, Analyse(depot.analyse))


def _examiner_parmi(
    chemins: Sequence[Path], chemin: Path, exigences: Exigences, antivirus: Antivirus | None
) -> FichierExamine:
    """Examine one file; if there are several, a refusal says which one it is about."""
    try:
        return examiner(chemin, exigences, antivirus)
    except SaisieRefusee as erreur:
        if len(chemins) == 1:
            raise
        fautes = (replace(faute, message=f"{nom_sur(chemin)} : {faute.message}") for faute in erreur.fautes)
        raise SaisieRefusee(fautes) from erreur


def donner(
    poste: Poste, numero_candidat: str, numero_inscription: int, justificatif_id: int, fichier: FichierExamine
) -> None:
    """Keep an examined file in the coffre and give it for a piece, replacing the former file.

    Raises ActeRefuse if the piece is locked, closed or not to be deposited.
    """
    ou = (numero_candidat, numero_inscription, justificatif_id)
    with lecture(poste, Droit.INSCRIRE, SansTrace.AVANT_L_ACTE) as acces:
        # Try first, so that a refusal leaves no bytes in the coffre.
        candidature, ligne, groupe = _atteindre(acces, *ou)
        refuser_l_inactive(candidature)
        essayer(poste, ligne, Geste(ActePiece.DEPOSER, en_iso(poste.maintenant())), groupe)
    sha256 = poste.store.coffre.deposer(fichier.octets)
    with acte(poste, Droit.INSCRIRE, nom_du_geste(ActePiece.DEPOSER)) as a:
        candidature, ligne, groupe = _atteindre(a, *ou)
        refuser_l_inactive(candidature)
        instant = en_iso(a.instant)
        _retirer_le_courant(a.unite, ligne, instant)
        depot = Depot(
            justificatif_id=ligne.id,
            nom=fichier.nom,
            format=fichier.format,
            taille=len(fichier.octets),
            pages=fichier.pages,
            sha256=sha256,
            analyse=fichier.analyse.value,
            depose_le=instant,
            acteur=poste.acteur.identifiant,
            alertes="\n".join(fichier.alertes),
        )
        ecrire_les_lignes(a.unite, depot)
        appliquer(a, ligne, Geste(ActePiece.DEPOSER, instant, depot=depot.id), groupe, sha256=sha256)


def retirer(poste: Poste, numero_candidat: str, numero_inscription: int, justificatif_id: int) -> None:
    """Remove a file before its validation (F392). Raises ActeRefuse if the piece is locked or closed."""
    with acte(poste, Droit.INSCRIRE, nom_du_geste(ActePiece.RETIRER)) as a:
        candidature, ligne, groupe = _atteindre(a, numero_candidat, numero_inscription, justificatif_id)
        refuser_l_inactive(candidature)
        instant = en_iso(a.instant)
        _retirer_le_courant(a.unite, ligne, instant)
        appliquer(a, ligne, Geste(ActePiece.RETIRER, instant), groupe)


def valider(poste: Poste, numero_candidat: str, numero_inscription: int, vues: Mapping[int, int]) -> int:
    """« J'ai fourni toutes mes pièces »: lock the open pieces of a group with their digests (F393-F397, C19).

    `vues` maps the pieces of the group to their revision when they were shown. Returns how many were validated. Raises
    ActeRefuse if a file is missing, if a piece has changed since, or if the window has closed.
    """
    with acte(poste, Droit.INSCRIRE, nom_du_geste(ActePiece.VALIDER)) as a:
        _, candidature = a.candidature(numero_candidat, numero_inscription)
        refuser_l_inactive(candidature)
        vus = voir(a, candidature, numero_candidat)
        groupe = next((g for g in vus.groupes if {piece.id for piece in g.pieces} == set(vues)), None)
        if groupe is None:
            message = "La liste de ces pièces a changé entre-temps."
            raise ActeRefuse(Faute("justificatif.change", "piece", message, "Relisez-la, puis recommencez."))
        if groupe.refus_de_valider is not None:
            raise ActeRefuse(groupe.refus_de_valider)
        reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
        statut = statut_de_libelle(reglages.statut_apres_validation)
        geste = Geste(ActePiece.VALIDER, en_iso(a.instant), statut=statut)
        validees = [piece for piece in groupe.pieces if piece.deposable and piece.depot is not None]
        for piece in validees:
            ligne = retrouver_la_piece(a.unite, candidature, piece.id)
            refuser_la_revision(ligne, vues[piece.id])
            depot = lire_la_ligne(a.unite, Depot, ligne.depot_id)
            appliquer(a, ligne, geste, groupe.groupe, sha256=depot.sha256)
    return len(validees)


def ouvrir_le_depot(
    poste: Poste, numero_candidat: str, numero_inscription: int, depot_id: int
) -> tuple[str, str, bytes]:
    """Name, format and bytes of a file given for a candidature, even an earlier one.

    Raises SaisieRefusee if it is of another candidature, StoreInutilisable if the bytes are missing or damaged.
    """
    with lecture(poste, Droit.CONSULTER, "depot.lire") as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        depot = chercher_la_ligne(acces.unite, Depot, depot_id)
        if depot is None:
            raise SaisieRefusee(_fichier_absent(depot_id))
        retrouver_la_piece(acces.unite, candidature, depot.justificatif_id)
        octets = lire_le_fichier(acces, depot.sha256)
        acces.consigner(f"depot:{depot_id}")
    return depot.nom, depot.format, octets


def _fichier_absent(depot_id: int) -> Faute:
    return Faute(
        "depot.absent", "fichier", f"Il n'y a pas de fichier {depot_id}.", "Choisissez un fichier de la liste."
    )


def _atteindre(
    acces: Acces, numero_candidat: str, numero_inscription: int, justificatif_id: int
) -> tuple[Candidature, Justificatif, GroupeARemettre]:
    _, candidature = acces.candidature(numero_candidat, numero_inscription)
    ligne = retrouver_la_piece(acces.unite, candidature, justificatif_id)
    lignes = list(pieces.de_la_candidature(acces.unite, candidature.id))
    groupe = next(g for g in groupes_actuels(acces.poste, candidature, lignes) if g.contient(ligne.piece, ligne.mode))
    return candidature, ligne, groupe


def _retirer_le_courant(unite: Unite, ligne: Justificatif, instant: str) -> None:
    if ligne.depot_id is not None:
        lire_la_ligne(unite, Depot, ligne.depot_id).retire_le = instant


def _refuser_hors_des_sources(poste: Poste, chemin: Path) -> None:
    """At a kiosk, a candidate may give files of a medium, never of the machine."""
    if poste.acteur.nature is not NatureActeur.CANDIDAT:
        return
    if not any(chemin.resolve().is_relative_to(source.resolve()) for source in poste.sources):
        message = "Ce fichier n'est pas sur un support admis par ce poste."
        raise SaisieRefusee(Faute("piece.hors_source", "fichier", message, "Choisissez un fichier de la liste."))


def _refus_de_valider(groupe: GroupeARemettre, vues: Iterable[JustificatifVu]) -> Faute | None:
    """Why a group cannot be validated (F395); None if it can."""
    if not groupe.en_ligne:
        return Faute("justificatif.mode", "", "Ces pièces ne se déposent pas en ligne.", "Envoyez-les.")
    deposables = [vue for vue in vues if vue.deposable]
    manquants = sum(1 for vue in deposables if vue.obligatoire and vue.depot is None)
    if manquants:
        message = f"il manque {denombrer(manquants, 'fichier')}"
        return Faute("justificatif.manque", "", message, "Ajoutez chaque fichier demandé.")
    if not any(vue.depot for vue in deposables):
        return Faute("justificatif.rien", "", "aucun fichier à valider", "")
    return None


def _vu(ligne: Justificatif, depots: list[Depot], aide: str, *, ouverte: bool) -> JustificatifVu:
    etat = etat_du_justificatif(ligne)
    par_id = {depot.id: depot for depot in depots}
    anciens = [depot for depot in depots if depot.id != ligne.depot_id]
    return JustificatifVu(
        id=ligne.id,
        revision=ligne.revision,
        piece=ligne.piece,
        code=ligne.code,
        libelle=ligne.libelle,
        aide=aide,
        mode=ligne.mode,
        obligatoire=ligne.obligatoire,
        statut=etat.statut,
        commentaire=ligne.commentaire,
        limite=None if ligne.limite is None else de_iso(ligne.limite),
        recue_le=None if ligne.recue_le is None else date.fromisoformat(ligne.recue_le),
        depot=depot_vu(par_id[ligne.depot_id]) if ligne.depot_id in par_id else None,  # otherwise it is set aside
        precedent=depot_vu(anciens[-1]) if anciens else None,
        valide_le=None if ligne.valide_le is None else de_iso(ligne.valide_le),
        ouvert=ouverte,
        bloque=bloque(etat, obligatoire=ligne.obligatoire),
    )


def depot_vu(depot: Depot) -> DepotVu:
    """A file in the form that is shown."""
    alertes = tuple(depot.alertes.splitlines())
    depose_le = de_iso(depot.depose_le)
    return DepotVu(depot.id, depot.nom, depot.format, depot.taille, depot.pages, depose_le, depot.analyse, alertes)


def _recevabilite(candidature: Candidature, demandees: Iterable[Justificatif]) -> Recevabilite:
    if EtatCandidature(candidature.etat) is EtatCandidature.ECARTEE:
        return Recevabilite.REFUSE
    bloquees = [ligne for ligne in demandees if bloque(etat_du_justificatif(ligne), obligatoire=ligne.obligatoire)]
    return Recevabilite.INCOMPLET if bloquees else Recevabilite.COMPLET

"""A saved candidature: shown, compared, prepared for a change, withdrawn (F338-F347, F415-F425)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.candidature.brouillons import cle_modification
from cyclades_tui.actes.candidature.inscription import Demande, Modification, faute_de_fenetre
from cyclades_tui.actes.pieces import avis
from cyclades_tui.actes.pieces.etats import retirer_des_attentes
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import LectureOuverte, acte, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.champs.listes import depend_de_la_categorie
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.contact import Contact, en_bref
from cyclades_tui.domaine.contenu import ChampSauve, Contenu
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, LigneAbimee, SaisieRefusee
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre, de_iso, en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.regles.doublons import CandidatureVoisine
from cyclades_tui.regles.etats import Acte, EtatCandidature, nommer, passer
from cyclades_tui.regles.pieces_demandees import groupe_de_categorie
from cyclades_tui.regles.recapitulatif import Difference, differences, recapituler
from cyclades_tui.regles.service import Service
from cyclades_tui.store.modele.tables import Candidat, Candidature, Version
from cyclades_tui.store.requetes import brouillons, candidatures, documents
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes

_LOT = 500
_DROITS = {Acte.MODIFIER: Droit.INSCRIRE, Acte.DESINSCRIRE: Droit.DESINSCRIRE}
_REMEDE_CONTACT = "Adressez-vous au service des examens et concours dont vous dépendez"


@dataclass(frozen=True, slots=True)
class VersionSauvee:
    """A version in the history of a candidature; `instant` is UTC."""

    numero: int
    instant: datetime
    acteur: str


@dataclass(frozen=True)
class Fiche:
    """« Mon inscription »: the last version, the history, and what may be done now.

    Each `refus` says why something may not be done, None if it may; `document` is the récapitulatif's id.
    """

    candidature_id: int
    numero_candidat: str
    numero_inscription: int
    examen: str
    session: str
    academie: str
    etat: EtatCandidature
    etat_dit: str
    version: int
    versions: tuple[VersionSauvee, ...]
    contenu: Contenu
    document: int
    fenetre: Fenetre | None
    ouverture: EtatFenetre
    refus_de_modifier: Faute | None
    refus_de_desinscrire: Faute | None

    @property
    def recapitulatif(self) -> Recapitulatif:
        return recapituler(self.contenu)

    @property
    def contact(self) -> Contact:
        return self.recapitulatif.contact


@dataclass(frozen=True, slots=True)
class CandidatureListee:
    """A candidature in a list for the office; `maj_le` is UTC."""

    numero_candidat: str
    nom: str
    prenoms: str
    numero_inscription: int
    examen: str
    session: str
    academie: str
    specialite: str
    etat: EtatCandidature
    version: int
    maj_le: datetime
    formation: bool


def lister(poste: Poste, filtre: Mapping[str, str]) -> Iterator[CandidatureListee]:
    """The candidatures within reach, the oldest first, including withdrawn ones (F423).

    `filtre` may have the keys etat, examen, session, academie. Raises ActeRefuse if the caller lacks the right.
    """
    with lecture(poste, Droit.PARCOURIR, "candidature.lister") as acces:
        acces.consigner("candidature", filtre)
    dernier = 0
    while True:
        with lecture(poste, Droit.PARCOURIR, SansTrace.SUITE) as acces:
            lues = candidatures.selon(acces.unite, filtre, acces.portee, dernier, _LOT)
            lignes = [_ligne(candidature, candidat) for candidature, candidat in lues]
            dernier = lues[-1][0].id if lues else dernier
        yield from lignes
        if len(lignes) < _LOT:
            return


def _ligne(candidature: Candidature, candidat: Candidat) -> CandidatureListee:
    return CandidatureListee(
        candidat.numero,
        candidat.nom,
        candidat.prenoms,
        candidature.numero,
        candidature.examen,
        candidature.session,
        candidature.academie,
        candidature.specialite,
        EtatCandidature(candidature.etat),
        candidature.version,
        de_iso(candidature.maj_le),
        candidature.formation,
    )


def fiche(poste: Poste, numero_candidat: str, numero_inscription: int) -> Fiche:
    """« Mon inscription » of a candidature.

    Raises SaisieRefusee if there is no such candidature, or if it is not the calling candidate's own.
    """
    with lecture(poste, Droit.CONSULTER, "candidature.lire") as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        derniere = candidatures.derniere_version(acces.unite, candidature)
        versions = candidatures.versions(acces.unite, candidature.id)
        possible = _Possible(acces, candidature, derniere)
        lue = Fiche(
            candidature_id=candidature.id,
            numero_candidat=numero_candidat,
            numero_inscription=numero_inscription,
            examen=candidature.examen,
            session=candidature.session,
            academie=candidature.academie,
            etat=EtatCandidature(candidature.etat),
            etat_dit=nommer(EtatCandidature(candidature.etat), preinscription=possible.reglages.preinscription),
            version=candidature.version,
            versions=tuple(VersionSauvee(v.numero, de_iso(v.enregistree_le), v.acteur) for v in versions),
            contenu=possible.contenu,
            document=_recapitulatif(acces, derniere),
            fenetre=possible.fenetre,
            ouverture=possible.ouverture,
            refus_de_modifier=possible.refus(Acte.MODIFIER),
            refus_de_desinscrire=possible.refus(Acte.DESINSCRIRE),
        )
        _dire_la_lecture(acces, candidature, candidature.version)
    return lue


def _recapitulatif(acces: Acces, version: Version) -> int:
    """The id of a version's récapitulatif; 0 if its row is damaged, which is told: the dossier opens without it."""
    try:
        return documents.de_la_version(acces.unite, version.id, NatureDeDocument.RECAPITULATIF).id
    except LigneAbimee as refus:
        avertir(refus.fautes[0])
        return 0


def voisines(
    poste: Poste, numero_candidat: str, examen: str, session: str, *, sauf: int = 0
) -> tuple[CandidatureVoisine, ...]:
    """The person's active candidatures in an exam and session, but for the N° d'inscription `sauf` (G07).

    Raises SaisieRefusee if there is no such person, or if it is another candidate who asks.
    """
    with lecture(poste, Droit.INSCRIRE, SansTrace.AVANT_L_ACTE) as acces:
        candidat = acces.candidat(numero_candidat)
        return candidatures.voisines(acces.unite, candidat.id, examen, session, sauf=sauf)


def contenu_de_la_version(poste: Poste, numero_candidat: str, numero_inscription: int, version: int) -> Contenu:
    """The content of a version, in the words of its time. Raises SaisieRefusee if there is none."""
    with lecture(poste, Droit.CONSULTER, "candidature.lire") as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        contenu = _contenu(acces, candidature, version)
        _dire_la_lecture(acces, candidature, version)
    return contenu


def ce_qui_a_change(
    poste: Poste, numero_candidat: str, numero_inscription: int, avant: int, apres: int
) -> tuple[Difference, ...]:
    """The differences between two versions, with the labels of each. Raises SaisieRefusee if one is missing."""
    with lecture(poste, Droit.CONSULTER, "candidature.lire") as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        trouvees = differences(_contenu(acces, candidature, avant), _contenu(acces, candidature, apres))
        _dire_la_lecture(acces, candidature, avant, apres)
    return trouvees


def preparer_la_modification(poste: Poste, numero_candidat: str, numero_inscription: int) -> Demande:
    """The last version as a form, to be changed and saved as the next version (F342).

    Raises SaisieRefusee if there is none, ActeRefuse if it may not be changed now.
    """
    with lecture(poste, Droit.INSCRIRE, SansTrace.AVANT_L_ACTE) as acces:
        acces.candidature(numero_candidat, numero_inscription)
    lue = fiche(poste, numero_candidat, numero_inscription)
    if lue.refus_de_modifier is not None:
        raise ActeRefuse(lue.refus_de_modifier)
    service = poste.service(lue.examen, lue.session, lue.academie)
    return Demande(
        lue.examen,
        lue.session,
        lue.academie,
        saisie_de(lue.contenu, service),
        Modification(numero_inscription, lue.version),
    )


def saisie_de(contenu: Contenu, service: Service) -> dict[str, str]:
    """The fields of a saved version as they would be typed, without those computed or no longer existing."""
    diplome = next(
        (
            d
            for d in service.referentiel.diplomes_de(service.examen.code, service.annee)
            if d.code == contenu.specialite
        ),
        None,
    )
    connus = service.champs(None) if diplome is None else service.champs_de_toute_categorie(diplome)
    # What was accepted for the previous version must be accepted again.
    accords = {accord.champ for accord in contenu.accords}
    return {
        nom: _tel_que_tape(connus[nom], champ, service, contenu.valeur("candidature.categorie"))
        for nom, champ in contenu.champs.items()
        if champ.valeur and nom in connus and nom not in accords and connus[nom].nature is not Nature.CALCULE
    }


def _tel_que_tape(champ: Champ, sauve: ChampSauve, service: Service, categorie: str) -> str:
    """A value as the form shows it: the label of a choice, a date in French, a note with its comma."""
    valeur = sauve.valeur
    if champ.nature is Nature.CHOIX:
        choisi = service.listes.trouver(champ.liste, valeur, categorie if depend_de_la_categorie(champ) else "")
        return valeur if choisi is None else choisi.libelle
    if champ.nature in (Nature.DATE_NAISSANCE, Nature.NOTE, Nature.TELEPHONE):
        return sauve.affichage
    return valeur


def desinscrire(poste: Poste, numero_candidat: str, numero_inscription: int) -> EtatCandidature:
    """Withdraw a candidature for good and send the candidate a message; returns its state (F415-F425).

    Raises SaisieRefusee if there is none; ActeRefuse if the office, the category, the state, the window or the caller's
    right forbids it.
    """
    with acte(poste, Droit.DESINSCRIRE, "candidature.desinscrire") as a:
        candidat, candidature = a.candidature(numero_candidat, numero_inscription)
        version = candidatures.derniere_version(a.unite, candidature)
        possible = _Possible(a, candidature, version)
        etat = possible.passer(Acte.DESINSCRIRE)
        candidature.etat, candidature.maj_le = etat.value, en_iso(a.instant)
        retirer_des_attentes(a, candidature)
        brouillons.abandonner(a.unite, cle_modification(numero_candidat, candidature.id, candidature.version))
        modele = possible.reglages.textes.message_desinscription
        message = avis.composer(candidat, candidature, possible.contenu, modele, {}, a.instant)
        ajouter_des_lignes(a.unite, message)
        a.consigner(f"candidature:{candidature.id}", {"etat": etat.value, "version": candidature.version})
    return etat


class _Possible:
    """What may be done to a candidature now, and why other things may not (C18, C23)."""

    def __init__(self, acces: Acces, candidature: Candidature, version: Version) -> None:
        poste = acces.poste
        self.contenu = Contenu.lire(version.contenu)
        self._acces = acces
        self._candidature = candidature
        self._acteur = poste.acteur.nature
        self._etat = EtatCandidature(candidature.etat)
        self._groupe = groupe_de_categorie(poste.referentiel, self.contenu)
        self.reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
        self.fenetre = self.reglages.fenetre
        self.ouverture = EtatFenetre.FERMEE if self.fenetre is None else self.fenetre.etat(poste.maintenant())

    def refus(self, acte: Acte) -> Faute | None:
        try:
            self.passer(acte)
        except ActeRefuse as refus:
            return refus.fautes[0]
        return None

    def passer(self, acte: Acte) -> EtatCandidature:
        """The state after the acte. Raises ActeRefuse."""
        self._acces.pour(_DROITS[acte]).exiger_la_candidature(self._candidature)
        if acte is Acte.DESINSCRIRE and self._acteur is NatureActeur.CANDIDAT:
            self._refuser_la_desinscription()
        return passer(self._etat, acte, self._acteur, self.ouverture, self._hors_fenetre())

    def _refuser_la_desinscription(self) -> None:
        if self._groupe == "scolaire":
            message = "Un candidat inscrit par son établissement ne peut pas se désinscrire lui-même."
            raise ActeRefuse(
                Faute("desinscription.scolaire", "", message, f"Adressez-vous à votre établissement. {self._joindre()}")
            )
        if not self.reglages.desinscription_par_candidat:
            message = "La désinscription n'est pas possible depuis votre espace candidat."
            raise ActeRefuse(Faute("desinscription.service", "", message, self._joindre()))

    def _hors_fenetre(self) -> Faute:
        if self.fenetre is None:
            message = "Aucun service d'inscription n'est prévu pour cette session."
            return Faute("service.absent", "", message, self._joindre())
        return faute_de_fenetre(self.fenetre, self.ouverture, self.reglages)

    def _joindre(self) -> str:
        return f"{_REMEDE_CONTACT} : {en_bref(self.contenu.contact)}."


def _dire_la_lecture(acces: LectureOuverte, candidature: Candidature, *versions: int) -> None:
    acces.consigner(f"candidature:{candidature.id}", {"versions": versions})


def _contenu(acces: Acces, candidature: Candidature, numero: int) -> Contenu:
    version = candidatures.version(acces.unite, candidature.id, numero)
    if version is None:
        message = f"La version {numero} n'existe pas : la dernière est {candidature.version}."
        raise SaisieRefusee(Faute("version.absente", "version", message, "Donnez une version qui existe."))
    return Contenu.lire(version.contenu)

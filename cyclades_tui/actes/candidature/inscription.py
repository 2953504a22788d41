"""« Enregistrer »: version, N° d'inscription, document, message and journal in one transaction, or nothing (F283)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.personnes import candidats
from cyclades_tui.actes.pieces import avis
from cyclades_tui.actes.pieces import etats as pieces
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, lecture, simulation
from cyclades_tui.actes.socle.noms import NomActe, SansTrace
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contact import Contact, en_bref
from cyclades_tui.domaine.contenu import Contenu, EnteteDeVersion
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.statuts import statut_de_libelle
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre, en_iso, limite_incluse
from cyclades_tui.editions.registre import EDITIONS
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.reglages import ReglagesDuService
from cyclades_tui.regles.acquis_lies import acquis_d_une_autre_specialite, acquis_lies_de_la_version
from cyclades_tui.regles.contenu import composer
from cyclades_tui.regles.dossier import Dossier, etablir
from cyclades_tui.regles.doublons import doublons
from cyclades_tui.regles.etats import Acte, EtatCandidature, passer
from cyclades_tui.regles.fenetres import dire_les_inscriptions
from cyclades_tui.regles.recapitulatif import Difference, differences, rien_n_a_change
from cyclades_tui.regles.saisie import lire_la_saisie
from cyclades_tui.regles.service import Service
from cyclades_tui.store.modele.tables import Candidat, Candidature, Document, Version
from cyclades_tui.store.requetes import brouillons, candidatures
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, ecrire_les_lignes

_ETABLISSEMENT = "candidature.etablissement"


@dataclass(frozen=True, slots=True)
class Modification:
    """The candidature that is changed, and the version that the form started from."""

    numero_inscription: int
    version_de_base: int


@dataclass(frozen=True, slots=True)
class Demande:
    """A form to save: where to register, the raw text of each field, what it replaces.

    `brouillon` is the draft that it comes from, deleted on saving unless a screen other than `ecran` holds it.
    """

    examen: str
    session: str
    academie: str
    saisie: Mapping[str, str]
    modification: Modification | None = None
    brouillon: brouillons.CleBrouillon | None = None
    ecran: str | None = None


@dataclass(frozen=True, slots=True)
class Inscription:
    """What was saved; `document` is the id of the récapitulatif, which `actes.documents.documents` renders."""

    candidature: int
    document: int
    numero_candidat: str
    numero_inscription: str
    version: int
    instant: datetime
    formation: bool
    epreuves_a_passer: int
    contenu: Contenu
    avertissements: tuple[Faute, ...]
    verrouillees: bool  # whether pieces were locked when a version was replaced: the office must be called (F347)


class VersionDepassee(ActeRefuse):
    """Somebody saved another version meanwhile; `differences` are its changes."""

    def __init__(self, faute: Faute, differences_: tuple[Difference, ...]) -> None:
        super().__init__(faute)
        self.differences = differences_


def fautes_du_formulaire(poste: Poste, demande: Demande) -> list[Faute]:
    """All faults of a form; nothing is written."""
    return _etablir(poste, demande)[1]


def _etablir(poste: Poste, demande: Demande) -> tuple[Dossier | None, list[Faute]]:
    """The dossier of a form, or its faults: in the fields, and about the person if the fields identify one."""
    service = _service(poste, demande)
    jour = poste.aujourd_hui()
    lue = lire_la_saisie(demande.saisie, service, jour)
    dossier = etablir(lue, service, jour)
    if not lue.fautes:
        return dossier, []
    with lecture(poste, Droit.INSCRIRE, SansTrace.AVANT_L_ACTE) as acces:
        return None, [*lue.fautes, *candidats.fautes_de_la_personne(acces.unite, lue)]


def enregistrer(poste: Poste, demande: Demande, *, simuler: bool = False) -> Inscription:
    """Save a form as a numbered version of a candidature; a simulation does the same work and writes nothing.

    Raises SaisieRefusee (fields, e-mail, identity), ActeRefuse (right or reach of the caller, window, state, duplicate,
    no number left, clock, nothing changed), VersionDepassee (another version was saved since), StoreInutilisable.
    """
    dossier, fautes = _etablir(poste, demande)
    if dossier is None:
        raise SaisieRefusee(fautes)
    ouvrir = simulation if simuler else acte
    with ouvrir(poste, Droit.INSCRIRE, _nom(demande)) as a:
        return _Ecriture(a, demande, dossier).executer()


def _nom(demande: Demande) -> NomActe:
    return "candidature.inscrire" if demande.modification is None else "candidature.modifier"


def _service(poste: Poste, demande: Demande) -> Service:
    referentiel = poste.referentiel
    fautes = []
    if demande.examen not in referentiel.examens:
        fautes.append(_inconnu("examen", demande.examen, sorted(referentiel.examens)))
    if demande.academie not in referentiel.academies:
        noms = [academie.nom for academie in referentiel.academies_par_nom]
        fautes.append(_inconnu("academie", demande.academie, noms))
    if fautes:
        raise SaisieRefusee(fautes)
    if raison := referentiel.examens[demande.examen].ferme:
        message = f"L'inscription à « {referentiel.examens[demande.examen].libelle} » est fermée : {raison}."
        raise ActeRefuse(Faute("examen.ferme", "service", message, "Choisissez un autre examen."))
    if referentiel.reglages(demande.examen, demande.session, demande.academie).fenetre is None:
        raise ActeRefuse(_service_absent(poste, demande))
    return poste.service(demande.examen, demande.session, demande.academie)


def _service_absent(poste: Poste, demande: Demande) -> Faute:
    message = (
        f"Aucun service d'inscription n'est prévu : {demande.examen}, session {demande.session[:40]}, "
        f"{poste.referentiel.academies[demande.academie].libelle}."
    )
    remede = "Vérifiez la session et l'académie, ou définissez la fenêtre (cyclades service definir)."
    return Faute("service.absent", "service", message, remede)


def _inconnu(cle: str, valeur: str, connus: list[str]) -> Faute:
    return Faute(
        "service.inconnu", f"service.{cle}", f"« {valeur[:80]} » n'est pas connu.", f"Choisissez : {', '.join(connus)}."
    )


@dataclass(slots=True)
class _Ecriture:
    """The steps of one save, inside its transaction."""

    a: ActeOuvert
    demande: Demande
    dossier: Dossier

    def executer(self) -> Inscription:
        demande = self.demande
        etablissement = self.dossier.lue.valeur(_ETABLISSEMENT)
        self.a.exiger_l_academie(demande.academie, etablissement)
        instant = self.a.instant
        # Read again under the lock, so that a window changed by another desk counts at once.
        secteur = self.dossier.presentation.diplome.secteur
        referentiel = self.a.poste.referentiel
        reglages = referentiel.reglages(demande.examen, demande.session, demande.academie, secteur)
        if reglages.fenetre is None:
            raise ActeRefuse(_service_absent(self.a.poste, demande))
        candidat, avertissements = self._candidat()
        candidature = self._candidature(candidat, reglages, instant)
        entete = EnteteDeVersion(
            candidat.numero, f"{candidature.numero:03d}", candidature.version, instant, candidat.formation
        )
        contenu = composer(self.dossier, entete, reglages)
        document = self._version(candidature, contenu, referentiel.sha256, instant)
        if demande.modification is not None:  # last: whatever else forbids the save is told first
            self._refuser_sans_changement(candidature, demande.modification, contenu)
        verrouillees = pieces.etablir(
            self.a,
            candidature,
            contenu,
            statut_de_libelle(reglages.statut_initial_postal),
        )
        self._message(candidat, candidature, contenu, reglages, verrouillees=verrouillees)
        self._abandonner_le_brouillon()
        ecrire_les_lignes(self.a.unite)
        return Inscription(
            candidature.id,
            document.id,
            entete.numero_candidat,
            entete.numero_inscription,
            entete.version,
            instant,
            entete.formation,
            self.dossier.epreuves_a_passer,
            contenu,
            (*self.dossier.lue.avertissements, *avertissements),
            verrouillees,
        )

    def _candidat(self) -> tuple[Candidat, tuple[Faute, ...]]:
        """The person, who must already exist for a modification; a first candidature may create it."""
        if self.demande.modification is not None:
            return candidats.retrouver(self.a.unite, self.dossier.lue), ()
        return candidats.retrouver_ou_creer(self.a, self.dossier.lue)

    def _abandonner_le_brouillon(self) -> None:
        cle = self.demande.brouillon
        if cle is None:
            return
        brouillon = brouillons.reprendre(self.a.unite, cle)
        if brouillon is not None and brouillon.ecran in (None, self.demande.ecran):
            brouillons.abandonner(self.a.unite, cle)

    def _candidature(self, candidat: Candidat, reglages: ReglagesDuService, instant: datetime) -> Candidature:
        demande = self.demande
        if demande.modification is None:
            self._refuser_doublon(candidat, reglages, sauf=0)
            etat = self._passer(None, Acte.INSCRIRE, instant, reglages)
            candidat.dernier_numero_inscription += 1
            candidature = Candidature(
                candidat_id=candidat.id,
                numero=candidat.dernier_numero_inscription,
                examen=demande.examen,
                session=demande.session,
                academie=demande.academie,
                version=0,
                cree_le=en_iso(instant),
                formation=candidat.formation,
                etat=etat.value,
                specialite="",
                maj_le="",
            )
            ajouter_des_lignes(self.a.unite, candidature)
        else:
            candidature = self._candidature_de_base(candidat, demande.modification)
            self._refuser_doublon(candidat, reglages, sauf=candidature.numero)
            etat = self._passer(EtatCandidature(candidature.etat), Acte.MODIFIER, instant, reglages)
            self._refuser_version_depassee(candidature, demande.modification)
            self._comparer_la_specialite(candidature)
        candidature.etat = etat.value
        candidature.version += 1
        candidature.specialite = self.dossier.presentation.diplome.code
        candidature.maj_le = en_iso(instant)
        ecrire_les_lignes(self.a.unite)
        return candidature

    def _passer(
        self,
        etat: EtatCandidature | None,
        acte: Acte,
        instant: datetime,
        reglages: ReglagesDuService,
    ) -> EtatCandidature:
        fenetre = reglages.fenetre_prevue
        ouverture = fenetre.etat(instant)
        hors_fenetre = faute_de_fenetre(fenetre, ouverture, reglages, brouillon=self.demande.brouillon is not None)
        return passer(etat, acte, self.a.poste.acteur.nature, ouverture, hors_fenetre)

    def _candidature_de_base(self, candidat: Candidat, modification: Modification) -> Candidature:
        candidature = candidatures.par_numero(self.a.unite, candidat.id, modification.numero_inscription)
        if candidature is None:
            message = f"Le candidat {candidat.numero} n'a pas d'inscription {modification.numero_inscription:03d}."
            raise ActeRefuse(Faute("modification.absente", "modification.inscription", message, "Vérifiez ce numéro."))
        self.a.exiger_la_candidature(candidature)
        demande = self.demande
        voulu = (demande.examen, demande.session, demande.academie)
        if voulu != (candidature.examen, candidature.session, candidature.academie):
            message = (
                f"L'inscription {candidature.numero:03d} est pour {candidature.examen} {candidature.session}, "
                f"académie {candidature.academie}."
            )
            remede = "Une modification garde l'examen, la session et l'académie : faites sinon une autre inscription."
            raise ActeRefuse(Faute("modification.service", "service", message, remede))
        return candidature

    def _refuser_version_depassee(self, candidature: Candidature, modification: Modification) -> None:
        if candidature.version == modification.version_de_base:
            return
        base = candidatures.version(self.a.unite, candidature.id, modification.version_de_base)
        actuelle = candidatures.version(self.a.unite, candidature.id, candidature.version)
        if modification.version_de_base > candidature.version:
            message = f"La version {modification.version_de_base} n'existe pas : la dernière est {candidature.version}."
        else:
            message = (
                f"La version {modification.version_de_base} n'est plus la dernière : "
                f"la version {candidature.version} a été enregistrée entre-temps."
            )
        faute = Faute(
            "modification.version", "modification.version", message, "Comparez, puis repartez de la dernière."
        )
        ecarts = differences(Contenu.lire(base.contenu), Contenu.lire(actuelle.contenu)) if base and actuelle else ()
        raise VersionDepassee(faute, ecarts)

    def _comparer_la_specialite(self, candidature: Candidature) -> None:
        """Doubt what the last version declares for its spécialité only, before the new one is composed."""
        lies = acquis_lies_de_la_version(Contenu.lire(candidatures.derniere_version(self.a.unite, candidature).contenu))
        self.dossier.lue.avertissements += acquis_d_une_autre_specialite(lies, self.dossier.lue)

    def _refuser_sans_changement(self, candidature: Candidature, modification: Modification, contenu: Contenu) -> None:
        base = candidatures.version(self.a.unite, candidature.id, modification.version_de_base)
        if base is not None and rien_n_a_change(Contenu.lire(base.contenu), contenu):
            message = f"Rien n'a changé depuis la version {base.numero} : il n'y a rien à enregistrer."
            raise ActeRefuse(Faute("changement.aucun", "", message, "Changez au moins une réponse."))

    def _refuser_doublon(self, candidat: Candidat, reglages: ReglagesDuService, *, sauf: int) -> None:
        """Refuse a second candidature in a session, for a spécialité or the whole exam (G07); ignore the N° `sauf`."""
        demande = self.demande
        voisines = candidatures.voisines(self.a.unite, candidat.id, demande.examen, demande.session, sauf=sauf)
        pour = "" if self.a.poste.acteur.nature is NatureActeur.CANDIDAT else candidat.numero
        fautes = tuple(doublons(self.dossier.presentation.diplome.code, voisines, reglages, pour))
        if fautes and reglages.doublon_candidature == "refuser":
            raise ActeRefuse(fautes)
        self.dossier.lue.avertissements += fautes

    def _version(
        self, candidature: Candidature, contenu: Contenu, referentiel_sha256: str, instant: datetime
    ) -> Document:
        """Write the new version; returns its récapitulatif, which has no id yet."""
        texte = contenu.en_json()
        sha256 = empreinte(texte)
        seq = self.a.consigner(
            f"candidature:{candidature.id}",
            {"version": candidature.version, "sha256": sha256, "entete": contenu.entete.en_dict()},
        )
        version = Version(
            candidature_id=candidature.id,
            numero=candidature.version,
            contenu=texte,
            sha256=sha256,
            referentiel_sha256=referentiel_sha256,
            enregistree_le=en_iso(instant),
            acteur=self.a.poste.acteur.identifiant,
            journal_seq=seq,
        )
        ecrire_les_lignes(self.a.unite, version)
        documents = [
            Document(
                candidature_id=candidature.id,
                version_id=version.id,
                nature=nature,
                libelle=edition.intituler(contenu),
                cree_le=en_iso(instant),
            )
            for nature, edition in EDITIONS.items()
            if edition.due is not None and edition.due(contenu)
        ]
        ajouter_des_lignes(self.a.unite, *documents)
        return documents[0]

    def _message(
        self,
        candidat: Candidat,
        candidature: Candidature,
        contenu: Contenu,
        reglages: ReglagesDuService,
        *,
        verrouillees: bool,
    ) -> None:
        """Write the message: F468 from version 2 on; G10 for the first, if the service wants it."""
        premiere = candidature.version == 1
        if premiere and not reglages.message_inscription:
            return
        modele = reglages.textes.message_inscription if premiere else reglages.textes.message_modification
        valeurs = {
            "version": str(contenu.entete.version),
            "fermeture": limite_incluse(reglages.fenetre_prevue.fermeture),
            "pieces": f"\n\n{apres_verrouillage(contenu.contact)}" if verrouillees else "",
        }
        message = avis.composer(candidat, candidature, contenu, modele, valeurs, contenu.entete.instant)
        ajouter_des_lignes(self.a.unite, message)


def apres_verrouillage(contact: Contact) -> str:
    """What a candidate must do who changed a candidature whose pieces were locked (F347)."""
    return (
        "Vos pièces étaient validées : signez et déposez le nouveau récapitulatif, puis contactez le service pour "
        f"faire valider vos modifications : {en_bref(contact)}."
    )


def faute_de_fenetre(
    fenetre: Fenetre, etat: EtatFenetre, reglages: ReglagesDuService, *, brouillon: bool = False
) -> Faute:
    """Why one cannot save outside the window: its limit in Paris time, what is kept, whom to call."""
    qui = "" if reglages.contact is None else en_bref(reglages.contact)
    message = dire_les_inscriptions(fenetre, etat)
    if etat is EtatFenetre.FERMEE:
        garde = "Rien n'a été enregistré, votre brouillon est gardé." if brouillon else "Rien n'a été enregistré."
        return Faute("fenetre.fermee", "service", message, f"{garde} Contact : {qui}." if qui else garde)
    return Faute("fenetre.pas_ouverte", "service", message, "Revenez à partir de cet instant.")

"""What can be read without changing anything: the services and their windows, a person's candidatures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from types import MappingProxyType

from cyclades_tui.actes.pieces import manques
from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import (
    EtatFenetre,
    Fenetre,
    a_la_minute,
    annee_de_session,
    de_iso,
    limite_de_paris,
)
from cyclades_tui.domaine.texte import denombrer, en_capitales, plier
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.reglages import ReglagesDuService, Textes
from cyclades_tui.regles.etats import EtatCandidature, nommer
from cyclades_tui.regles.fenetres import a_l_heure_du_poste, dire_le_depot, dire_les_inscriptions
from cyclades_tui.store.modele.tables import Candidat, Candidature, Justificatif, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import brouillons, candidatures, courrier, pieces
from cyclades_tui.store.requetes.lignes import chercher_la_ligne

_DOMAINES = ("Examen", "Concours")  # in the order shown
# The texts of a service that depend on whether it is open (F036, F045).
_CONSEILS: Mapping[EtatFenetre, Callable[[Textes], tuple[str, ...]]] = MappingProxyType(
    {
        EtatFenetre.PAS_OUVERTE: lambda textes: (textes.residence,),
        EtatFenetre.OUVERTE: lambda textes: (textes.residence, textes.sans_attendre),
        EtatFenetre.FERMEE: lambda _: (),
    }
)


@dataclass(frozen=True, slots=True)
class ServiceOffert:
    """A service, and whether it is open now; `examen` and `academie` are codes."""

    domaine: str
    examen: str
    examen_libelle: str
    session: str
    academie: str
    academie_libelle: str
    fenetre: Fenetre
    etat: EtatFenetre

    @property
    def libelle(self) -> str:
        """`ACADÉMIE DE LA GUYANE - (2024)` (F030)."""
        return f"{self.academie_libelle} - ({self.session})"

    @property
    def annee(self) -> str:
        """The year, chosen before the académie; several sessions may share it (F031)."""
        return str(annee_de_session(self.session))

    @property
    def phrase(self) -> str:
        """The window in words, in Paris time (F035)."""
        return dire_les_inscriptions(self.fenetre, self.etat)


@dataclass(frozen=True, slots=True)
class ExamenPropose:
    """An exam or concours in the list; `ferme` says why nobody can register for it."""

    domaine: str
    libelle: str
    ferme: str


@dataclass(frozen=True, slots=True)
class Informations:
    """What is shown of a service besides its window; empty if the settings have nothing.

    `heure_du_poste` is the window in the desk's own time zone if that differs from Paris (decision 7); `depot` is the
    window of the pieces, which may end later (F043); `adresses` are those of circulars and of the académie's pages
    (F025, F190, F427).
    """

    heure_du_poste: str
    depot: str
    conseils: tuple[str, ...]
    adresses: tuple[str, ...]
    contact: Contact | None
    demarrer: str


@dataclass(frozen=True, slots=True)
class Offre:
    """All exams of the référentiel, and all services with a window, open or not."""

    examens: tuple[ExamenPropose, ...]
    services: tuple[ServiceOffert, ...]
    _referentiel: Referentiel
    _fuseau: tzinfo | None

    def informations(self, service: ServiceOffert) -> Informations:
        """Advice, office and the label of the button that starts, from the settings of the service."""
        reglages = self._referentiel.reglages(service.examen, service.session, service.academie)
        academie = self._referentiel.academies[service.academie]
        return Informations(
            heure_du_poste=a_l_heure_du_poste(service.fenetre, self._fuseau),
            depot="" if reglages.depot is None else dire_le_depot(reglages.depot),
            adresses=tuple(_adresses(reglages)),
            conseils=_CONSEILS[service.etat](reglages.textes),
            contact=None if reglages.contact is None else reglages.contact.contact(academie),
            demarrer=reglages.libelle_demarrer,
        )


@dataclass(frozen=True, slots=True)
class CandidatureEnCarte:
    """A candidature as the home screen shows it (F021-F024), and whom to call about it; `etablissement` may be empty.

    `enveloppe` is what the candidate should know or do, the most urgent first (F348); `pieces` counts the justificatifs
    to give, empty if there are none; `retirable` tells whether candidates of this service may withdraw here.
    `fermeture` is when it can no longer be changed, None if that is past or not known.
    """

    candidature_id: int
    numero: str
    session: str
    examen: str
    specialite: str
    academie: str
    etablissement: str
    etat: EtatCandidature
    etat_dit: str
    version: int
    enregistree_le: datetime
    fermeture: datetime | None
    contact: Contact
    pieces: str
    enveloppe: tuple[str, ...]
    retirable: bool


def offre(poste: Poste) -> Offre:
    """All exams and services, exams by domain and name."""
    referentiel = poste.referentiel
    examens = [ExamenPropose(e.domaine, e.libelle, e.ferme) for e in referentiel.examens.values()]
    examens.sort(key=lambda examen: (_DOMAINES.index(examen.domaine), plier(examen.libelle)))
    return Offre(tuple(examens), services(poste), referentiel, poste.fuseau)


def services(poste: Poste) -> tuple[ServiceOffert, ...]:
    """All services with a window, open or not: by domain, exam, then name of the académie without article (F032)."""
    referentiel, instant = poste.referentiel, poste.maintenant()
    noms = {academie.code: plier(academie.nom) for academie in referentiel.academies.values()}
    offerts = [
        ServiceOffert(
            domaine=referentiel.examens[examen].domaine,
            examen=examen,
            examen_libelle=referentiel.examens[examen].libelle,
            session=session,
            academie=academie,
            academie_libelle=referentiel.academies[academie].libelle,
            fenetre=fenetre,
            etat=fenetre.etat(instant),
        )
        for (examen, session, academie), fenetre in referentiel.blocs.fenetres().items()
        if examen in referentiel.examens and academie in referentiel.academies
    ]
    offerts.sort(key=lambda s: (_DOMAINES.index(s.domaine), plier(s.examen_libelle), noms[s.academie], s.session))
    return tuple(offerts)


def cartes(poste: Poste, candidat_id: int) -> tuple[CandidatureEnCarte, ...]:
    """A person's active candidatures, in the words of their last version, the highest N° first.

    Raises ActeRefuse if the caller lacks the right, or if the person is out of reach.
    """
    with lecture(poste, Droit.CONSULTER, "candidat.lire") as acces:
        candidat = chercher_la_ligne(acces.unite, Candidat, candidat_id)
        if candidat is None:
            acces.rien()
            return ()
        acces.exiger_la_personne(candidat)
        non_lus = Counter(m.candidature_id for m in courrier.du_candidat(acces.unite, candidat_id) if m.lu_le is None)
        saisies = {
            brouillon.cle.base: brouillon.maj_le for brouillon in brouillons.lister(acces.unite, candidat.numero)
        }
        # Read once: each access to the référentiel looks on the disk for changed settings.
        referentiel = poste.referentiel
        maintenant = poste.maintenant()
        enveloppe = _AutourDeLaCarte(referentiel, maintenant, non_lus, saisies)
        attendues = partial(_Attendues.lire, poste, acces.unite)
        dernieres = candidatures.dernieres_versions(acces.unite, candidat_id)
        lues = tuple(_cartes(referentiel, dernieres, enveloppe, attendues, maintenant))
        acces.consigner(f"candidat:{candidat_id}")
    return lues


@dataclass(frozen=True, slots=True)
class _Attendues:
    """The justificatifs still awaited for a candidature: their count, and those that were refused (C22)."""

    resume: str
    refusees: tuple[str, ...]

    @classmethod
    def lire(cls, poste: Poste, unite: Unite, candidature: Candidature) -> _Attendues:
        lignes = [ligne for ligne in pieces.de_la_candidature(unite, candidature.id) if not ligne.sans_objet]
        manquantes = manques.manques_de(poste, candidature, lignes)
        resume = manques.resumer(manquantes, poste.maintenant())
        refusees = [ligne for ligne in lignes if Statut(ligne.statut).rendu and ligne.depot_id is None]
        return cls(resume, tuple(_refus(ligne) for ligne in refusees))


def _refus(ligne: Justificatif) -> str:
    dit = f" « {ligne.commentaire} »" if ligne.commentaire else ""
    limite = "" if ligne.limite is None else f" Nouvelle limite : {limite_de_paris(de_iso(ligne.limite))}."
    return f"{manques.intituler(ligne)} : {Statut(ligne.statut).libelle}.{dit}{limite}"


class _AutourDeLaCarte:
    """What is shown beside a candidature: a change begun, messages, a document to download in time."""

    def __init__(
        self,
        referentiel: Referentiel,
        maintenant: datetime,
        non_lus: Mapping[int | None, int],
        saisies: Mapping[str, datetime],
    ) -> None:
        self._referentiel = referentiel
        self._maintenant = maintenant
        self._non_lus = non_lus
        self._saisies = saisies

    def __call__(self, candidature: Candidature) -> Iterator[str]:
        debut = brouillons.base_de_modification(candidature.id, "")
        for garde_le in (instant for base, instant in self._saisies.items() if base.startswith(debut)):
            yield f"Une modification est commencée, gardée le {a_la_minute(garde_le)}, et n'est pas enregistrée."
        if combien := self._non_lus[candidature.id]:
            yield f"{denombrer(combien, 'message non lu', 'messages non lus')}."
        fenetre = self._referentiel.reglages(candidature.examen, candidature.session, candidature.academie).fenetre
        if fenetre is not None and fenetre.etat(self._maintenant) is EtatFenetre.OUVERTE:
            yield f"Téléchargez ou imprimez votre récapitulatif avant le {limite_de_paris(fenetre.fermeture)}."


def _cartes(
    referentiel: Referentiel,
    lignes: Iterable[tuple[Candidature, Version]],
    enveloppe: Callable[[Candidature], Iterable[str]],
    attendues: Callable[[Candidature], _Attendues],
    maintenant: datetime,
) -> Iterator[CandidatureEnCarte]:
    for candidature, version in lignes:
        etat = EtatCandidature(candidature.etat)
        if not etat.active:
            continue
        contenu = Contenu.lire(version.contenu)
        reglages = referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
        fenetre = reglages.fenetre
        pieces_attendues = attendues(candidature)
        a_fournir = (
            (f"{pieces_attendues.resume} : touche J, « Mes justificatifs ».",) if pieces_attendues.resume else ()
        )
        yield CandidatureEnCarte(
            candidature_id=candidature.id,
            numero=f"{candidature.numero:03d}",
            session=candidature.session,
            examen=en_capitales(contenu.examen.libelle),
            specialite=contenu.affichage("qualification.specialite"),
            academie=contenu.academie.libelle,
            etablissement=contenu.affichage("candidature.etablissement"),
            etat=etat,
            etat_dit=nommer(etat, preinscription=reglages.preinscription),
            version=candidature.version,
            enregistree_le=de_iso(version.enregistree_le),
            fermeture=fenetre.fermeture
            if fenetre is not None and fenetre.etat(maintenant) is EtatFenetre.OUVERTE
            else None,
            contact=contenu.contact,
            pieces=pieces_attendues.resume,
            enveloppe=(*pieces_attendues.refusees, *a_fournir, *enveloppe(candidature)),
            retirable=reglages.desinscription_par_candidat,
        )


def _adresses(reglages: ReglagesDuService) -> Iterator[str]:
    if reglages.adresses.academie:
        yield f"Site de l'académie : {reglages.adresses.academie}"
    for circulaire in reglages.circulaires:
        yield f"{circulaire.libelle} : {circulaire.adresse}"

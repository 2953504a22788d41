"""Whether a paper or a file was made by this store: known by its bytes, else by its reference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from cyclades_tui.actes.documents.documents import texte_garde
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute, FichierRefuse, SaisieRefusee, raison
from cyclades_tui.domaine.lecture_de_fichiers import lire_le_debut
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.reference import Reference, lire_reference, reference_de
from cyclades_tui.domaine.temps import a_la_minute, de_iso
from cyclades_tui.fichiers.codes import TAILLE_MAX, lire
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.modele.tables import Candidature, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import candidatures, documents

_SANS_REFERENCE = "Ce fichier n'est pas un document gardé dans ce store, et aucune référence n'y a été lue."
_RELIRE = (
    "Si une référence est imprimée sous l'adresse du service, recopiez-la (--reference) ; "
    "sinon numérisez la première page, entière, en 200 points par pouce."
)
_AUTRE_STORE = "Vérifiez ce papier au poste qui l'a rendu ; s'il n'y en a pas d'autre, tenez-le pour faux."
_OCTETS = "Rien n'y a été changé depuis que ce store l'a rendu."
_REFERENCE = (
    "Le code désigne bien ce document, qui est dans ce store. Cela ne prouve pas le reste du papier, dont les mots "
    "ont pu être changés : comparez-les au texte que garde le store."
)
_MODIFIE = "Ce PDF n'est pas celui que ce store a rendu : ses octets sont autres, il a été modifié ou refait."
_PRENDRE_L_ORIGINAL = "Ne vous y fiez pas : prenez le document que garde le store."


class Preuve(StrEnum):
    """What the recognition is based on."""

    OCTETS = "octets"
    REFERENCE = "reference"  # of a paper, where the bytes prove nothing
    MODIFIE = "modifie"  # a reference of this store, in a PDF that this store did not make
    AUCUNE = "aucune"


_CONCLUSIONS = MappingProxyType(
    {Preuve.OCTETS: _OCTETS, Preuve.REFERENCE: _REFERENCE, Preuve.MODIFIE: _PRENDRE_L_ORIGINAL}
)


@dataclass(frozen=True, slots=True)
class Reconnu:
    """The document recognised; instants are UTC; `texte` is the text in the store, to compare with."""

    document: int
    nature: str
    libelle: str
    titulaire: str
    numero_candidat: str
    numero_inscription: int
    version: int
    enregistree_le: datetime
    derniere_version: int
    derniere_enregistree_le: datetime
    etat: EtatCandidature
    texte: str


@dataclass(frozen=True, slots=True)
class VerdictDeDocument:
    """`phrases` say what was found, what it proves and what to do; `reconnu` is None if `preuve` is AUCUNE."""

    preuve: Preuve
    phrases: tuple[str, ...]
    reconnu: Reconnu | None = None

    @property
    def tient(self) -> bool:
        """Whether the thing shown may be a document of this store."""
        return self.preuve in (Preuve.OCTETS, Preuve.REFERENCE)


def verifier_fichier(poste: Poste, chemin: Path) -> VerdictDeDocument:
    """The verdict on a PDF or a picture. Raises SaisieRefusee if the file cannot be read; StoreInutilisable."""
    octets = _lire(chemin)
    with lecture(poste, Droit.VERIFIER, SansTrace.AVANT_L_ACTE) as acces:
        trouve = documents.par_empreinte(acces.unite, empreinte(octets))
    if trouve is not None:
        document, version = trouve
        return _juger(poste, reference_de(Contenu.lire(version.contenu)), Preuve.OCTETS, document.nature)
    lu = lire(octets)
    references = _references(lu.codes)
    if not references:
        return VerdictDeDocument(Preuve.AUCUNE, (_SANS_REFERENCE, _RELIRE))
    if len(references) > 1:
        message = f"Ce fichier porte {len(references)} références différentes."
        return VerdictDeDocument(Preuve.AUCUNE, (message, "Donnez les pages de chaque document à part."))
    return _juger(poste, references[0], Preuve.MODIFIE if lu.numerique else Preuve.REFERENCE)


def verifier_reference(poste: Poste, texte: str) -> VerdictDeDocument:
    """The verdict on a typed reference. Raises SaisieRefusee if it is malformed; StoreInutilisable."""
    return _juger(poste, lire_reference(texte), Preuve.REFERENCE)


def _lire(chemin: Path) -> bytes:
    """The bytes of a file; if it is too big, just enough bytes for its reader to refuse it."""
    try:
        return lire_le_debut(chemin, TAILLE_MAX + 1)
    except FichierRefuse as erreur:
        raise _refus(erreur.motif, "Ce n'est pas un fichier ordinaire.", "Donnez un PDF ou une image.") from erreur
    except OSError as erreur:
        raise _refus("lecture", f"Le fichier est illisible : {raison(erreur)}.", "Vérifiez le chemin.") from erreur


def _refus(code: str, message: str, remede: str) -> SaisieRefusee:
    return SaisieRefusee(Faute(f"fichier.{code}", "fichier", message, remede))


def _references(codes: Iterable[str]) -> list[Reference]:
    """The references among the codes of a paper, which may have other codes."""
    references: list[Reference] = []
    for code in codes:
        try:
            references.append(lire_reference(code))
        except SaisieRefusee:
            continue
    return references


def _juger(
    poste: Poste, reference: Reference, preuve: Preuve, nature: str = NatureDeDocument.RECAPITULATIF
) -> VerdictDeDocument:
    ou = (
        f"l'inscription {reference.numero_inscription} du candidat {reference.numero_candidat}, "
        f"version {reference.version}"
    )
    with lecture(poste, Droit.VERIFIER, "document.verifier") as acces:
        trouvee = _version(acces, reference)
        if trouvee is None:
            acces.rien()
            return VerdictDeDocument(Preuve.AUCUNE, (f"Ce store n'a pas {ou}, que désigne la référence.", _AUTRE_STORE))
        if not trouvee[1].sha256.upper().startswith(reference.empreinte):
            acces.rien()
            return VerdictDeDocument(
                Preuve.AUCUNE, (f"Ce store a bien {ou}, mais d'une autre empreinte.", _AUTRE_STORE)
            )
        reconnu = _reconnaitre(acces.unite, *trouvee, nature)
        acces.consigner(f"document:{reconnu.document}", {"preuve": preuve.value})
    return VerdictDeDocument(preuve, tuple(_phrases(reconnu, preuve)), reconnu)


def _version(acces: Acces, reference: Reference) -> tuple[Candidature, Version] | None:
    """The version that a reference names; None too if the calling candidate does not own it."""
    try:
        _, candidature = acces.candidature(reference.numero_candidat, int(reference.numero_inscription))
    except SaisieRefusee:
        return None
    version = candidatures.version(acces.unite, candidature.id, reference.version)
    return None if version is None else (candidature, version)


def _reconnaitre(unite: Unite, candidature: Candidature, version: Version, nature: str) -> Reconnu:
    contenu = Contenu.lire(version.contenu)
    document = documents.de_la_version(unite, version.id, nature)
    return Reconnu(
        document=document.id,
        nature=nature,
        libelle=document.libelle,
        titulaire=contenu.destinataire[0],
        numero_candidat=contenu.entete.numero_candidat,
        numero_inscription=candidature.numero,
        version=version.numero,
        enregistree_le=de_iso(version.enregistree_le),
        derniere_version=candidature.version,
        derniere_enregistree_le=de_iso(candidatures.derniere_version(unite, candidature).enregistree_le),
        etat=EtatCandidature(candidature.etat),
        texte=texte_garde(unite, document),
    )


def _phrases(reconnu: Reconnu, preuve: Preuve) -> Iterable[str]:
    debut = "Ce fichier est, octet pour octet," if preuve is Preuve.OCTETS else "Cette référence est celle de"
    if preuve is Preuve.MODIFIE:
        debut = "Il porte la référence de"
        yield _MODIFIE
    yield (
        f"{debut} « {reconnu.libelle} » : {reconnu.titulaire}, candidat {reconnu.numero_candidat}, "
        f"inscription {reconnu.numero_inscription:03d}, version {reconnu.version} "
        f"du {a_la_minute(reconnu.enregistree_le)}."
    )
    if reconnu.version == reconnu.derniere_version:
        yield "C'est la dernière version de cette candidature."
    else:
        quand = a_la_minute(reconnu.derniere_enregistree_le)
        yield f"La version {reconnu.derniere_version} du {quand} l'a remplacée."
    if not reconnu.etat.active:
        yield f"La candidature n'est plus active : « {reconnu.etat.value} »."
    yield _CONCLUSIONS[preuve]

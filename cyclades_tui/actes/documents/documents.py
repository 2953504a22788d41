"""Documents: rendered once, after the save or at the first opening, then always the same bytes (decision 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cyclades_tui.actes.socle.acces import lire_le_fichier
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.document import DocumentCompose
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute, LigneAbimee, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.natures import NatureDeDocument, nature_de
from cyclades_tui.domaine.temps import de_iso, en_iso, jour_et_heure
from cyclades_tui.editions.registre import AUSSITOT, EDITIONS
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.store.modele import tables
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import candidatures, documents
from cyclades_tui.store.requetes.lignes import lire_la_ligne

LOT = 1000


@dataclass(frozen=True, slots=True)
class Fichier:
    """A document's bytes; `nom` is valid in any file system."""

    nom: str
    octets: bytes
    texte: str


def trouver(poste: Poste, numero_candidat: str, numero_inscription: int, document_id: int | None = None) -> int:
    """The id of a document of a candidature: the given one, of any version; else the récapitulatif of the last version.

    Raises SaisieRefusee if there is no such candidature, or if the document belongs to another.
    """
    with lecture(poste, Droit.CONSULTER, SansTrace.LISTE) as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        if document_id is not None:
            if document_id not in {
                document.id for document, _ in documents.de_la_candidature(acces.unite, candidature.id)
            }:
                message = f"L'inscription {numero_inscription:03d} n'a pas de document {document_id}."
                remede = "Choisissez un document de « cyclades document lister »."
                raise SaisieRefusee(Faute("document.absent", "document", message, remede))
            return document_id
        return documents.de_la_version(
            acces.unite, candidatures.derniere_version(acces.unite, candidature).id, NatureDeDocument.RECAPITULATIF
        ).id


@dataclass(frozen=True, slots=True)
class DocumentPublie:
    """A line of « Mes documents »; `maj_le` is UTC, `version` is that of the candidature (F372)."""

    id: int
    nature: str
    libelle: str
    version: int
    maj_le: datetime

    @property
    def phrase(self) -> str:
        """`Récapitulatif de votre candidature [PDF] : Version n°1 mis à jour le 13/09/2023 09:37` (F370)."""
        return f"{self.libelle} [PDF] : Version n°{self.version} mis à jour le {jour_et_heure(self.maj_le)}"


def lister(
    poste: Poste, numero_candidat: str, numero_inscription: int, *, toutes: bool = False
) -> tuple[DocumentPublie, ...]:
    """The documents of a candidature: only the last of each nature (F376), or all with `toutes`.

    Raises SaisieRefusee if there is no such candidature, or if it is not the calling candidate's own.
    """
    with lecture(poste, Droit.CONSULTER, SansTrace.LISTE) as acces:
        _, candidature = acces.candidature(numero_candidat, numero_inscription)
        publies: dict[str, DocumentPublie] = {}
        for document, version in documents.de_la_candidature(acces.unite, candidature.id):
            cle = str(document.id) if toutes else nature_de(document.nature)
            publies[cle] = DocumentPublie(
                document.id, document.nature, document.libelle, version.numero, de_iso(document.cree_le)
            )
    return tuple(publies.values())


def rendre_les_manquants(poste: Poste) -> int:
    """Render, oldest first, what a crash left unrendered; returns how many. Called when a poste is opened."""
    with lecture(poste, SansDroit.RENDU, SansTrace.AVANT_L_ACTE) as acces:
        manquants = [document.id for document in documents.a_rendre(acces.unite, AUSSITOT, LOT)]
    for document_id in manquants:
        try:
            with lecture(poste, SansDroit.RENDU, SansTrace.AVANT_L_ACTE) as acces:
                ligne = lire_la_ligne(acces.unite, tables.Document, document_id)
                document = composer(acces.unite, ligne)
        except LigneAbimee as refus:
            avertir(refus.fautes[0])
        else:
            _rendre(poste, document_id, document)
    return len(manquants)


def ouvrir(poste: Poste, document_id: int) -> Fichier:
    """The stored bytes of a document and its plain-text twin; renders and stores it first if necessary.

    Raises SaisieRefusee if it is not the calling candidate's own, ActeRefuse if it is out of an agent's reach,
    StoreInutilisable if the stored bytes are missing or damaged.
    """
    with lecture(poste, Droit.CONSULTER, "document.lire") as acces:
        ligne = lire_la_ligne(acces.unite, tables.Document, document_id)
        candidature = lire_la_ligne(acces.unite, tables.Candidature, ligne.candidature_id)
        titulaire = lire_la_ligne(acces.unite, tables.Candidat, candidature.candidat_id)
        acces.candidature(titulaire.numero, candidature.numero)
        version = lire_la_ligne(acces.unite, tables.Version, ligne.version_id)
        edition = EDITIONS[nature_de(ligne.nature)]
        document = edition.composer(version.contenu if ligne.contenu is None else ligne.contenu)
        # The reading is journalled after the bytes are there: what cannot be rendered was not read.
        if ligne.sha256:
            octets = lire_le_fichier(acces, ligne.sha256)
        else:
            octets = _rendre(poste, document_id, document, au_lecteur=True)
        acces.consigner(f"document:{document_id}")
        nom = edition.nom.format(titulaire.numero, candidature.numero, version.numero)
    return Fichier(nom, octets, _texte(document))


def composer(unite: Unite, ligne: tables.Document) -> DocumentCompose:
    """The document composed from its stored JSON."""
    version = lire_la_ligne(unite, tables.Version, ligne.version_id)
    return EDITIONS[nature_de(ligne.nature)].composer(version.contenu if ligne.contenu is None else ligne.contenu)


def texte_garde(unite: Unite, ligne: tables.Document) -> str:
    """The plain text of a document, from the same stored JSON."""
    return _texte(composer(unite, ligne))


def texte_de(contenu: Contenu) -> str:
    """The plain text of a version's récapitulatif; no file is written."""
    return _texte(EDITIONS[NatureDeDocument.RECAPITULATIF].composer(contenu.en_json()))


def _texte(document: DocumentCompose) -> str:
    from cyclades_tui.editions.texte import rendre_texte

    return rendre_texte(document)


def _rendre(poste: Poste, document_id: int, document: DocumentCompose, *, au_lecteur: bool = False) -> bytes:
    """Store the bytes, then their digest: after a crash in between, the next rendering gives the same bytes.

    `au_lecteur`: somebody reads it, whom a disk that does not write must not stop.
    """
    from cyclades_tui.editions.pdf import rendre_pdf

    octets = rendre_pdf(document, dossier("data") / "polices")
    try:
        return _garder(poste, document_id, octets)
    except StoreInutilisable as panne:
        if not au_lecteur:
            raise
        (faute, *_) = panne.fautes
        avertir(replace(faute, remede=f"Ce document se lit, et sera gardé à une prochaine lecture. {faute.remede}"))
        return octets


def _garder(poste: Poste, document_id: int, octets: bytes) -> bytes:
    sha256 = poste.store.coffre.deposer(octets)
    with acte(poste, SansDroit.RENDU, "document.rendre") as a:
        ligne = lire_la_ligne(a.unite, tables.Document, document_id)
        if ligne.sha256 is not None:
            a.rien()
            return poste.store.coffre.lire(ligne.sha256)
        ligne.sha256, ligne.taille, ligne.rendu_le = sha256, len(octets), en_iso(a.instant)
        a.consigner(f"document:{document_id}", {"sha256": sha256})
    return octets

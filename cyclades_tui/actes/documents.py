"""Documents: rendered once, right after the save or at the first opening, then the same bytes for ever (decision 5)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cyclades_tui.actes.inscription import RECAPITULATIF
from cyclades_tui.domaine.document import Document
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.regles.recapitulatif import recapituler
from cyclades_tui.store import journal, registre, tables

LOT = 1000


@dataclass(frozen=True, slots=True)
class Fichier:
    """A document's bytes; `nom` is safe in any file system."""

    nom: str
    octets: bytes
    texte: str


def trouver(poste: Poste, numero_candidat: str, numero_inscription: int) -> int:
    """The id of the récapitulatif of a candidature's last version. Raises SaisieRefusee when there is none."""
    with poste.store.lire() as unite:
        candidat = registre.candidat_par_numero(unite, numero_candidat)
        candidature = None if candidat is None else registre.candidature(unite, candidat.id, numero_inscription)
        version = None if candidature is None else registre.version_de(unite, candidature.id, candidature.version)
        if version is not None:
            return registre.document_de(unite, version.id, RECAPITULATIF).id
    message = f"Le candidat {numero_candidat[:20]} n'a pas d'inscription {numero_inscription:03d} dans ce store."
    raise SaisieRefusee(Faute("document.absent", "document", message, "Vérifiez les deux numéros."))


def rendre_les_manquants(poste: Poste) -> int:
    """Render what a crash left unrendered, oldest first, and return how many; called when a poste is opened to work."""
    with poste.store.lire() as unite:
        manquants = [document.id for document in registre.documents_a_rendre(unite, LOT)]
    for document_id in manquants:
        ouvrir(poste, document_id)
    return len(manquants)


def ouvrir(poste: Poste, document_id: int) -> Fichier:
    """The document's stored bytes and its plain-text twin; rendered and stored first when they are not yet.

    Raises StoreInutilisable when the stored bytes are missing or damaged.
    """
    with poste.store.lire() as unite:
        ligne = unite.session.get_one(tables.Document, document_id)
        contenu = json.loads(unite.session.get_one(tables.Version, ligne.version_id).contenu)
        sha256 = ligne.sha256
    document = _composer(contenu)
    entete = contenu["entete"]
    nom = f"{entete['numero_candidat']}-{entete['numero_inscription']}-v{entete['version']}.pdf"
    octets = poste.store.coffre.lire(sha256) if sha256 else _rendre(poste, document_id, document)
    return Fichier(nom, octets, _texte(document))


def _composer(contenu: dict[str, object]) -> Document:
    from cyclades_tui.editions.recapitulatif import composer

    return composer(recapituler(contenu))


def _texte(document: Document) -> str:
    from cyclades_tui.editions.texte import rendre_texte

    return rendre_texte(document)


def _rendre(poste: Poste, document_id: int, document: Document) -> bytes:
    """Content first, index after: a crash between the two leaves bytes that the next rendering finds again."""
    from cyclades_tui.editions.pdf import rendre_pdf

    octets = rendre_pdf(document, dossier("data") / "polices")
    sha256 = poste.store.coffre.deposer(octets)
    with poste.store.ecrire() as unite:
        instant = poste.maintenant()
        ligne = unite.session.get_one(tables.Document, document_id)
        if ligne.sha256 is not None:
            return poste.store.coffre.lire(ligne.sha256)
        ligne.sha256, ligne.taille, ligne.rendu_le = sha256, len(octets), en_iso(instant)
        journal.consigner(
            unite,
            acteur=poste.acteur,
            acte="document.rendre",
            sujet=f"document:{document_id}",
            valeurs={"sha256": sha256},
            instant=instant,
        )
    return octets

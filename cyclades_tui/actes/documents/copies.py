"""What a person takes away: a copy of a document in a chosen folder, a print (F375, F381)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.documents.documents import DocumentPublie, Fichier
from cyclades_tui.actes.pieces import controle
from cyclades_tui.actes.socle.acte import consigner_la_lecture, consigner_le_fait
from cyclades_tui.domaine.acteur import Face, NatureActeur
from cyclades_tui.domaine.contact import en_bref
from cyclades_tui.domaine.disque import ecrire_en_entier, fichier_d_un_programme
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee, StoreInutilisable, raison
from cyclades_tui.domaine.natures import nature_de
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre, limite_de_paris
from cyclades_tui.domaine.texte import plier
from cyclades_tui.editions.registre import EDITIONS
from cyclades_tui.fichiers import ouverts
from cyclades_tui.fichiers.formats import SUFFIXES
from cyclades_tui.fichiers.programmes import environnement
from cyclades_tui.poste import FICHIER, Poste

EXISTE = "copie.existe"
DELAI_IMPRESSION = 60.0  # seconds
MARGE = 64 * 1024  # bytes that a file system needs for itself
_LIBELLE_MAX = 60
_MOTS_DE_LA_COMMANDE = 120
_RESTE_ICI = "Le document reste dans « Mes documents »."


@dataclass(frozen=True, slots=True)
class Racine:
    """A folder for copies; `refus` says why it cannot be used now, None if it can. `libre` is in bytes."""

    chemin: Path
    libre: int
    refus: Faute | None


# What may be seen


def visibles(poste: Poste, fiche: Fiche) -> tuple[DocumentPublie, ...]:
    """The documents of a candidature that the caller may see now. Raises as `documents.lister` does."""
    publies = documents.lister(poste, fiche.numero_candidat, fiche.numero_inscription)
    cache = refus_du_recapitulatif(poste, fiche) is not None
    return tuple(publie for publie in publies if not (cache and _retirable(publie)))


def refus_du_recapitulatif(poste: Poste, fiche: Fiche) -> Faute | None:
    """Why the office hides the récapitulatif from the candidate after closing (C18); None if it does not."""
    fenetre = fiche.fenetre
    if poste.acteur.nature is not NatureActeur.CANDIDAT or fenetre is None or reste_apres_la_cloture(poste, fiche):
        return None
    if fenetre.etat(poste.maintenant()) is not EtatFenetre.FERMEE:
        return None
    message = f"Votre récapitulatif n'est plus accessible depuis {dire_la_fermeture(fenetre)}."
    return Faute("document.cloture", "", message, f"Adressez-vous au service gestionnaire : {en_bref(fiche.contact)}.")


def dire_la_fermeture(fenetre: Fenetre) -> str:
    """`la fermeture du service, le 13/12/2023 à 23:59 (heure de Paris)`."""
    return f"la fermeture du service, le {limite_de_paris(fenetre.fermeture)}"


def reste_apres_la_cloture(poste: Poste, fiche: Fiche) -> bool:
    """Whether the office leaves the récapitulatif in « Mes documents » after the service has closed (C18)."""
    reglages = poste.referentiel.reglages(fiche.examen, fiche.session, fiche.academie)
    return reglages.recap_visible_apres_cloture


def _retirable(publie: DocumentPublie) -> bool:
    return EDITIONS[nature_de(publie.nature)].retirable


def ouvrir(poste: Poste, fiche: Fiche, publie: DocumentPublie) -> Fichier:
    """Open a document that may be seen now. Raises ActeRefuse if it may not, and as `documents.ouvrir` does."""
    refus = refus_du_recapitulatif(poste, fiche)
    if refus is not None and _retirable(publie):
        raise ActeRefuse(refus)
    return documents.ouvrir(poste, publie.id)


# A copy in a folder


def a_emporter(fichier: Fichier, poste: Poste, *, avec_le_texte: bool = False) -> Fichier:
    """A document as it leaves the store: encrypted if this poste has a key for copies, but for a candidate's own."""
    if not poste.chiffre_les_copies or poste.cle_des_copies is None:
        return fichier
    from cyclades_tui.editions.chiffrement import chiffrer

    jumeau = (f"{Path(fichier.nom).stem}.txt", fichier.texte) if avec_le_texte else None
    return replace(fichier, octets=chiffrer(fichier.octets, poste.cle_des_copies, jumeau))


def espace_libre(dossier: Path) -> int:
    """How many bytes can still be written there. Raises OSError."""
    return shutil.disk_usage(dossier).free


def racines(poste: Poste, libre: Callable[[Path], int] = espace_libre) -> tuple[Racine, ...]:
    """The folders of the settings; if none, the user's documents, but not at a borne, which others will use."""
    choisies = poste.racines
    if not choisies and poste.acteur.face is not Face.BORNE:
        choisies = (platformdirs.user_documents_path(),)
    return tuple(_racine(chemin, libre) for chemin in choisies)


def nommer(dossier: Path) -> str:
    """The name by which people know a folder: the last part of its path."""
    return dossier.name or str(dossier)


def _racine(chemin: Path, libre: Callable[[Path], int]) -> Racine:
    try:
        if not chemin.is_dir():
            quoi = "n'est pas un dossier" if chemin.exists() else "n'est pas là"
            return Racine(chemin, 0, _faute("absente", f"Le support « {nommer(chemin)} » {quoi}.", "Branchez-le."))
        return Racine(chemin, libre(chemin), None)
    except OSError as erreur:
        return Racine(chemin, 0, _refus(chemin, erreur).fautes[0])


def nom_de_copie(publie: DocumentPublie, fichier: Fichier) -> str:
    """A name valid in any file system: `recapitulatif-de-votre-candidature-01948418953-001-v2.pdf`."""
    libelle, tronc, suffixe = (plier(t) for t in (publie.libelle, Path(fichier.nom).stem, Path(fichier.nom).suffix))
    return f"{libelle[:_LIBELLE_MAX].strip()} {tronc}".strip().lower().replace(" ", "-") + f".{suffixe.lower()}"


def enregistrer(
    poste: Poste,
    fiche: Fiche,
    publie: DocumentPublie,
    dossier: Path,
    *,
    remplacer: bool = False,
    libre: Callable[[Path], int] = espace_libre,
) -> Path:
    """Save a copy in one of `racines`, whole or not at all; returns its path. Journalled.

    Raises ActeRefuse with code EXISTE if another file has the name and `remplacer` is false; SaisieRefusee for another
    folder; StoreInutilisable if the medium is gone, full or cannot be written.
    """
    racine = next((racine for racine in racines(poste, libre) if racine.chemin == dossier), None)
    if racine is None:
        raise SaisieRefusee(_faute("racine", f"« {dossier} » n'est pas un dossier de ce poste.", "Choisissez-en un."))
    if racine.refus is not None:
        raise StoreInutilisable(racine.refus)
    fichier = a_emporter(ouvrir(poste, fiche, publie), poste)
    if racine.libre < len(fichier.octets) + MARGE:
        message = f"Il n'y a plus de place sur « {nommer(dossier)} »."
        raise StoreInutilisable(_faute("pleine", message, f"Libérez de la place ou changez de support. {_RESTE_ICI}"))
    chemin = dossier / nom_de_copie(publie, fichier)
    try:
        ecrire_en_entier(chemin, fichier.octets, remplacer=remplacer)
    except FileExistsError as erreur:
        message = f"« {chemin.name} » existe déjà sur « {nommer(dossier)} »."
        raise ActeRefuse(Faute(EXISTE, "", message, "Gardez-le, ou remplacez-le.")) from erreur
    except OSError as erreur:
        raise _refus(dossier, erreur) from erreur
    consigner_le_fait(poste, "document.copier", f"document:{publie.id}", {"dossier": str(dossier), "nom": chemin.name})
    return chemin


def _refus(dossier: Path, erreur: OSError) -> StoreInutilisable:
    message = f"Rien n'a pu être enregistré sur « {nommer(dossier)} » : {raison(erreur)}."
    return StoreInutilisable(_faute("ecriture", message, f"Vérifiez le support, puis F9. {_RESTE_ICI}"))


# A print


def imprimer(poste: Poste, fiche: Fiche, publie: DocumentPublie, delai: float = DELAI_IMPRESSION) -> None:
    """Give a document to the printing command of the settings, for at most `delai` seconds. Journalled.

    Raises ActeRefuse if there is no such command, StoreInutilisable if it fails.
    """
    _exiger_une_imprimante(poste)
    fichier = ouvrir(poste, fiche, publie)
    _imprimer_un_fichier(poste, nom_de_copie(publie, fichier), fichier.octets, delai)
    consigner_le_fait(poste, "document.imprimer", f"document:{publie.id}", {"commande": poste.impression[0]})


def _exiger_une_imprimante(poste: Poste) -> None:
    if not poste.impression:
        message = "L'impression n'est pas prévue sur ce poste."
        remede = f"Demandez à {poste.acteur.recours}, ou enregistrez une copie."
        raise ActeRefuse(_faute("impression.absente", message, remede))


def _imprimer_un_fichier(poste: Poste, nom: str, octets: bytes, delai: float = DELAI_IMPRESSION) -> None:
    """Give bytes to the printing command under a name, without journalling. Raises StoreInutilisable."""
    try:
        with ouverts.de_passage() as dossier:
            chemin = dossier / nom
            ecrire_en_entier(chemin, octets)
            _commander([argument.replace(FICHIER, str(chemin)) for argument in poste.impression], delai)
    except OSError as erreur:
        raise StoreInutilisable(_echec(f"{poste.impression[0]}, {raison(erreur)}")) from erreur


def lire_le_depot(poste: Poste, justificatif_id: int, depot_id: int) -> tuple[str, bytes]:
    """Format and bytes of a file given for a piece, for another program of this poste; journalled if an agent reads it.

    Raises as `controle.octets`.
    """
    lu = controle.octets(poste, justificatif_id, depot_id)
    consigner_la_lecture(poste, "depot.ouvrir", f"depot:{depot_id}")
    return lu


def imprimer_le_depot(poste: Poste, justificatif_id: int, depot_id: int) -> None:
    """Print a file given for a piece; journalled for an agent. Raises as `imprimer` and `controle.octets`."""
    _exiger_une_imprimante(poste)
    format_, octets = controle.octets(poste, justificatif_id, depot_id)
    _imprimer_un_fichier(poste, nom_du_depot(justificatif_id, format_), octets)
    consigner_la_lecture(poste, "depot.imprimer", f"depot:{depot_id}")


def nom_du_depot(justificatif_id: int, format_: str) -> str:
    """A plain name, which no program can take for an option or a path."""
    return f"piece-{justificatif_id}{SUFFIXES[format_][0]}"


def _commander(commande: list[str], delai: float) -> None:
    """Run a command without a shell. Raises OSError if it cannot start, StoreInutilisable if it fails."""
    # Its output goes to a file: with a pipe, a child that it leaves behind would keep us waiting past the limit.
    with fichier_d_un_programme() as erreurs:
        try:
            fin = subprocess.run(  # noqa: S603 - no shell: a setting that only the administrator writes, and a path of ours
                commande,
                env=environnement(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=erreurs,
                timeout=delai,
                check=False,
            )
        except subprocess.TimeoutExpired as erreur:
            raise StoreInutilisable(_echec(f"pas de réponse en {delai:.0f} secondes")) from erreur
        if fin.returncode != 0:
            erreurs.seek(0)
            dit = erreurs.read(4 * _MOTS_DE_LA_COMMANDE).decode(errors="replace")
            lisible = " ".join("".join(signe if signe.isprintable() else " " for signe in dit).split())
            raise StoreInutilisable(_echec(lisible[:_MOTS_DE_LA_COMMANDE] or f"code {fin.returncode}"))


def _echec(pourquoi: str) -> Faute:
    message = f"L'imprimante n'a pas pris le document : {pourquoi}."
    return _faute("impression", message, f"Vérifiez le papier et le câble, puis F4. {_RESTE_ICI}")


def _faute(code: str, message: str, remede: str) -> Faute:
    return Faute(f"copie.{code}", "", message, remede)

"""One PDF of all the relances of a lot, to print and post; written in steps, whole or not at all (F448)."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cyclades_tui.actes.documents import copies, documents, relances
from cyclades_tui.actes.socle.acte import consigner_le_fait, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.disque import fichier_sans_nom
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee, StoreInutilisable, raison
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.store.requetes import lots

# Relances laid out at once: they fill the memory, and the counter does not move meanwhile.
PAR_CAHIER = 100


@dataclass(frozen=True, slots=True)
class Tirage:
    """How far the file has come; `chemin` is None until the file exists."""

    faits: int
    total: int
    chemin: Path | None = None


def tirer(poste: Poste, numero: int, racine: Path) -> Generator[Tirage, None, None]:
    """Write the relances of a lot into one file of a folder; yields the progress; journalled at the end.

    If interrupted, it leaves nothing behind. A file of the same name, from the same lot, is replaced. Raises
    SaisieRefusee (no such lot; a folder that is not the poste's), ActeRefuse (the caller may not relance there; a lot
    without relances), StoreInutilisable if the folder cannot be written.
    """
    from cyclades_tui.editions.reliure import relier

    _exiger_la_racine(poste, racine)
    lot = relances.voir(poste, numero)
    total = lot.avancement.relances
    if not total:
        raise ActeRefuse(
            Faute("relance.aucune", "", "Ce lot n'a pas de relance à imprimer.", "Choisissez-en un autre.")
        )
    chemin = racine / _nom(poste, numero, lot.criteres)
    try:
        with ExitStack() as brouillons:
            cahiers: list[BinaryIO] = []
            for faits, octets in _cahiers(poste, numero):
                cahiers.append(brouillons.enter_context(fichier_sans_nom(en_memoire=poste.store.chiffre)))
                cahiers[-1].write(octets)
                yield Tirage(faits, total)
            relier(cahiers, chemin, poste.cle_des_copies)
    except OSError as erreur:
        message = f"{chemin} ne peut pas être écrit : {raison(erreur)}."
        remede = "Vérifiez le dossier et sa place. Les relances sont faites : imprimez de nouveau ce lot."
        raise StoreInutilisable(Faute("relance.ecriture", "", message, remede)) from erreur
    consigner_le_fait(poste, "relance.tirer", f"lot:{numero}", {"relances": total, "fichier": chemin.name})
    yield Tirage(total, total, chemin)


def _exiger_la_racine(poste: Poste, racine: Path) -> None:
    """Restrict screens to the poste's folders; a command may write anywhere. Raises SaisieRefusee."""
    if poste.acteur.face is Face.COMMANDE:
        return
    if racine not in {connue.chemin for connue in copies.racines(poste) if connue.refus is None}:
        message = f"« {racine} » n'est pas un dossier de ce poste."
        raise SaisieRefusee(Faute("relance.racine", "", message, "Choisissez-en un."))


def _nom(poste: Poste, numero: int, criteres: relances.Criteres) -> str:
    """`relances-bcp-2024-guyane-lot-3.pdf`."""
    academies = poste.referentiel.academies
    nom = academies[criteres.academie].nom if criteres.academie in academies else criteres.academie
    mots = plier(f"relances {criteres.examen} {criteres.session} {nom} lot {numero}").lower()
    return f"{mots.replace(' ', '-')}.pdf"


def _cahiers(poste: Poste, numero: int) -> Iterator[tuple[int, bytes]]:
    """Files of PAR_CAHIER relances, and how many are laid out so far."""
    from cyclades_tui.editions.pdf import rendre_lot

    apres = faits = 0
    while True:
        with lecture(poste, Droit.RELANCER, SansTrace.AVANT_L_ACTE) as acces:
            lus = lots.documents(acces.unite, numero, NatureDeDocument.RELANCE.du_lot(numero), apres, PAR_CAHIER)
            composes = [documents.composer(acces.unite, ligne) for ligne in lus]
        if not lus:
            return
        apres, faits = lus[-1].candidature_id, faits + len(lus)
        yield faits, rendre_lot(composes, dossier("data") / "polices")

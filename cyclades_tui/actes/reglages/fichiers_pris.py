"""The local settings decide who may register when: a file changed outside the commands is told by `verifier`."""

from __future__ import annotations

from pathlib import Path

from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.lecture_de_fichiers import REGLAGES_AU_PLUS, lire_en_entier
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import etat_des_fichiers
from cyclades_tui.store.requetes import reglages_pris

JAMAIS_PRIS = "reglages.jamais_pris"  # mere information: no acte has ever spoken of this file
SANS_DOSSIER = "reglages.sans_dossier"  # mere information too: a backup that is opened where it lies has none
_ILLISIBLE = "illisible"
_REMEDE = "S'il a été changé exprès, un administrateur le dit par « cyclades service accepter »."


def accepter(poste: Poste) -> dict[str, str]:
    """Take the local settings files as they are now, and journal their digests; returns path -> digest.

    Raises ActeRefuse if the caller lacks the right, StoreInutilisable.
    """
    with acte(poste, Droit.ENTRETENIR, "service.accepter") as a:
        fichiers = fichiers_de(poste.parametrage)
        reglages_pris.prendre(a.unite, fichiers, a.instant, tous=True)
        a.consigner("service", {"fichiers": fichiers})
    return fichiers


def fautes(poste: Poste) -> list[Faute]:
    """The settings files that are not as an acte left them, and those that no acte ever spoke of."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        pris = reglages_pris.lire(acces.unite)
    if pris and not poste.parametrage.exists():
        message = f"Le dossier de réglages « {poste.parametrage} » est absent : une sauvegarde ne le contient pas."
        return [Faute(SANS_DOSSIER, "", message, "Remettez-le à sa place avant d'inscrire avec ce store.")]
    trouves = fichiers_de(poste.parametrage)
    dites = []
    for chemin in sorted(pris.keys() | trouves.keys()):
        lieu = f"Le fichier de réglages « {poste.parametrage / chemin} »"
        if chemin not in pris:
            dites.append(Faute(JAMAIS_PRIS, "", f"{lieu} n'a été accepté par aucun acte.", _REMEDE))
        elif chemin not in trouves:
            dites.append(Faute("reglages.absent", "", f"{lieu}, accepté par un acte, est absent.", _REMEDE))
        elif trouves[chemin] != pris[chemin]:
            dites.append(Faute("reglages.modifie", "", f"{lieu} n'est plus comme un acte l'a laissé.", _REMEDE))
    return dites


def fichiers_de(parametrage: Path) -> dict[str, str]:
    """Path in the folder -> digest of each local file that the référentiel reads."""
    return {
        chemin.relative_to(parametrage).as_posix(): _empreinte(chemin)
        for chemin, *_ in sorted(etat_des_fichiers(parametrage))
    }


def _empreinte(chemin: Path) -> str:
    try:
        return empreinte(lire_en_entier(chemin, REGLAGES_AU_PLUS))
    except OSError:
        return _ILLISIBLE

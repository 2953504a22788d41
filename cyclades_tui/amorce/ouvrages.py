"""What people did in a demo since it was made: so that making it anew never erases it unasked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from cyclades_tui.actes.reglages.entretien import Repere, Travail, reperer, travail_depuis
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.lecture_de_fichiers import LISTE_AU_PLUS, lire_en_entier
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste
from cyclades_tui.store.ouverture import store_existe

MARQUE = ".cyclades-demo"
_COMMENCEE = "commencée"
# What an acte leaves, one and several; every other acte that changes something is « autre acte ».
_OUVRAGES = MappingProxyType(
    {
        "compte.creer": ("compte créé", "comptes créés"),
        "candidature.inscrire": ("candidature enregistrée", "candidatures enregistrées"),
        "candidature.modifier": ("candidature modifiée", "candidatures modifiées"),
        "candidature.desinscrire": ("désinscription", "désinscriptions"),
        "justificatif.deposer": ("pièce déposée", "pièces déposées"),
        "justificatif.accepter": ("pièce contrôlée", "pièces contrôlées"),
        "justificatif.refuser": ("pièce refusée", "pièces refusées"),
        "agent.ajouter": ("agent ajouté", "agents ajoutés"),
        "service.definir": ("réglage", "réglages"),
    }
)


def marquer_le_debut(dossier: Path) -> None:
    """Say that a demo is being made there: one that is interrupted can be made again. Raises OSError."""
    ecrire_en_entier(dossier / MARQUE, _COMMENCEE.encode())


def marquer_la_fin(poste: Poste, dossier: Path) -> None:
    """Note where the store and its settings stand, now that the demo is made. Raises OSError, StoreInutilisable."""
    repere = reperer(poste)
    notes = {"seq": repere.seq, "saisies": dict(repere.saisies), "reglages": _fichiers(poste.parametrage)}
    ecrire_en_entier(dossier / MARQUE, json.dumps(notes, ensure_ascii=False, indent=1).encode())


def restes(reglages: ReglagesDuPoste, dossier: Path) -> tuple[str, ...]:
    """What people did in the demo of `dossier` since it was made, as words; none when nobody did anything.

    A demo that was interrupted has nothing of anybody; one of which that cannot be known says so.
    """
    try:
        marque = lire_en_entier(dossier / MARQUE, LISTE_AU_PLUS).decode()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    if marque == _COMMENCEE or not store_existe(reglages.store):
        return ()
    try:
        notes = json.loads(marque)
        repere = Repere(int(notes["seq"]), dict(notes["saisies"]))
        fichiers = dict(notes["reglages"])
    except (ValueError, KeyError, TypeError):
        return _restes_inconnus(reglages)
    try:
        with ouvrir_poste(reglages) as poste:
            travail = travail_depuis(poste, repere)
    except StoreInutilisable as erreur:
        return (f"un store qui ne s'ouvre plus ({erreur})",)
    actuels = _fichiers(reglages.dossier_parametrage)
    changes = sum(actuels.get(nom) != fichiers.get(nom) for nom in actuels.keys() | fichiers.keys())
    return (
        *_en_mots(travail),
        *([denombrer(changes, "fichier de réglages changé", "fichiers de réglages changés")] if changes else []),
    )


def _restes_inconnus(reglages: ReglagesDuPoste) -> tuple[str, ...]:
    """Of a demo of a former release, which noted nothing: broken, it was interrupted."""
    try:
        with ouvrir_poste(reglages):
            return ("une démonstration d'avant, dont ce qui y a été tapé n'est pas connu",)
    except StoreInutilisable:
        return ()


def _en_mots(travail: Travail) -> Iterator[str]:
    for nom, (singulier, pluriel) in _OUVRAGES.items():
        if nombre := travail.actes.get(nom, 0):
            yield denombrer(nombre, singulier, pluriel)
    if travail.saisies:
        yield denombrer(travail.saisies, "saisie commencée", "saisies commencées")
    if autres := sum(nombre for nom, nombre in travail.actes.items() if nom not in _OUVRAGES):
        yield denombrer(autres, "autre acte", "autres actes")


def _fichiers(dossier: Path) -> dict[str, str]:
    """The digest of each file of a folder, by its path there."""
    return {
        chemin.relative_to(dossier).as_posix(): empreinte(lire_en_entier(chemin, LISTE_AU_PLUS))
        for chemin in sorted(dossier.rglob("*"))
        if chemin.is_file()
    }

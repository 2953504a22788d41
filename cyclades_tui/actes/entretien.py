"""Care of the store: make it, check it, back it up."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import Horloge, HorlogeSysteme
from cyclades_tui.poste import Poste, Reglages, acteur_de_la_commande
from cyclades_tui.regles.etats import Etat
from cyclades_tui.store import journal, numeros, sauvegarde, verification
from cyclades_tui.store.base import FICHIER, Store

_ETATS = frozenset(etat.value for etat in Etat)


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a check found; `tete` is `SEQ:HACHAGE`, to be noted elsewhere."""

    fautes: tuple[Faute, ...]
    informations: tuple[Faute, ...]
    tete: str


def initialiser(reglages: Reglages, plage: str | None, horloge: Horloge | None = None) -> str:
    """Make the store, with a range of numbers or for training; or add a range to one that exists.

    Returns the sentence to show. Raises SaisieRefusee (range), ActeRefuse (training numbers already given),
    StoreInutilisable.
    """
    horloge = horloge or HorlogeSysteme()
    bornes = None if plage is None else numeros.lire_plage(plage)
    existe = (reglages.store / FICHIER).exists()
    if existe and bornes is None:
        message = f"Un store existe déjà : {reglages.store}."
        remede = "Donnez un autre dossier (--store), ou une plage à ajouter (--plage)."
        raise SaisieRefusee(Faute("store.existe", "store", message, remede))
    if existe:
        store = Store.ouvrir(reglages.store, cle=reglages.cle_en_clair)
    else:
        store = Store.creer(reglages.store, horloge=horloge, cle=reglages.cle_en_clair, groupe=reglages.groupe)
    try:
        _consigner_la_plage(store, reglages, plage, bornes, horloge)
    except ErreurCyclades:
        if not existe:  # it was made a moment ago: a refused range leaves nothing behind
            shutil.rmtree(store.chemin)
        raise
    return _phrase(reglages.store, plage, existe=existe)


def _consigner_la_plage(
    store: Store, reglages: Reglages, plage: str | None, bornes: tuple[int, int] | None, horloge: Horloge
) -> None:
    """Add the range if there is one, journal what was done, and close the store."""
    try:
        with store.ecrire() as unite:
            instant = horloge.maintenant()
            nouveau = journal.derniere_tete(unite)[0] == 0
            if bornes is not None:
                numeros.ajouter_plage(unite, *bornes, formation=False, instant=instant)
            journal.consigner(
                unite,
                acteur=acteur_de_la_commande(reglages),
                acte="store.creer" if nouveau else "store.plage",
                sujet="store",
                valeurs={"plage": plage or ""},
                instant=instant,
            )
    finally:
        store.fermer()


def _phrase(store: Path, plage: str | None, *, existe: bool) -> str:
    if existe:
        return f"√ Plage {plage} ajoutée au store {store}"
    if plage is not None:
        return f"√ Store créé : {store}\n  N° candidat officiels, plage {plage}"
    return f"√ Store créé : {store}\n  ! FORMATION : sans --plage, les N° candidat sont des numéros de formation."


def verifier(poste: Poste, tete: str | None = None) -> Bilan:
    """Check chain, database and files; compare with a head noted elsewhere when one is given."""
    fautes = verification.verifier(poste.store, etats=_ETATS, tete=None if tete is None else _lire_tete(tete))
    with poste.store.lire() as unite:
        seq, hachage = journal.derniere_tete(unite)
    informations = tuple(faute for faute in fautes if faute.code in verification.INFORMATIONS)
    graves = tuple(faute for faute in fautes if faute.code not in verification.INFORMATIONS)
    return Bilan(graves, informations, f"{seq}:{hachage}")


def _lire_tete(texte: str) -> tuple[int, str]:
    seq, _, hachage = texte.partition(":")
    if not (seq.isascii() and seq.isdigit() and hachage):
        message = f"« {texte[:80]} » n'est pas une tête de journal."
        raise SaisieRefusee(Faute("tete.forme", "tete", message, "Recopiez la ligne « Tête du journal »."))
    return int(seq), hachage


def sauvegarder(poste: Poste, destination: Path) -> Path:
    """Back store and local settings up into a new folder under `destination`, checked; journalled once it is done."""
    chemin = sauvegarde.sauvegarder(
        poste.store, destination, parametrage=poste.parametrage, etats=_ETATS, instant=poste.maintenant()
    )
    with poste.store.ecrire() as unite:
        journal.consigner(
            unite,
            acteur=poste.acteur,
            acte="store.sauvegarder",
            sujet="store",
            valeurs={"sauvegarde": str(chemin)},
            instant=poste.maintenant(),
        )
    return chemin

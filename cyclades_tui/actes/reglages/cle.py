"""The key of a store: its first one, another one, and whether the one given opens all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cyclades_tui.actes.reglages.entretien import ETATS
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.cle import faute_d_une_cle
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.unite import Store


def definir(poste: Poste, demander: Callable[[], str], *, premiere: bool) -> None:
    """Encrypt the store with its first key, or with another one; journalled. The poste's store is closed then.

    `demander` gives the new key; it is asked only of a caller who may set one.
    Raises ActeRefuse (the caller lacks the right; the store already has a key, or none yet), SaisieRefusee (a key too
    short, with signs that cannot be typed, or the same), StoreInutilisable as `Store.changer_la_cle`.
    """
    with lecture(poste, Droit.ENTRETENIR, SansTrace.AVANT_L_ACTE):
        pass  # refuse before the long work
    if poste.store.chiffre == premiere:
        raise ActeRefuse(_DEJA_UNE_CLE if premiere else _PAS_DE_CLE)
    nouvelle = demander()
    if faute := faute_d_une_cle(nouvelle):
        raise SaisieRefusee(faute)
    if poste.store.s_ouvre_avec(nouvelle):
        raise SaisieRefusee(Faute("cle.meme", "cle", "C'est déjà la clé de ce store.", "Donnez-en une autre."))

    def consigner(neuf: Store) -> None:
        with acte(replace(poste, store=neuf), Droit.ENTRETENIR, "store.cle") as a:
            a.consigner("store", {"cle": "posée" if premiere else "changée"})

    poste.store.changer_la_cle(nouvelle, etats=ETATS, consigner=consigner)


def verifier(poste: Poste) -> int:
    """Read every file of the store with the key given, which has opened the database; returns how many there are.

    Raises ActeRefuse (a store without a key), StoreInutilisable naming each file that the key does not open.
    """
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE):
        if not poste.store.chiffre:
            raise ActeRefuse(_PAS_DE_CLE)
    fautes: list[Faute] = []
    nombre = 0
    for sha256 in poste.store.coffre.parcourir():
        nombre += 1
        try:
            poste.store.coffre.lire(sha256)
        except StoreInutilisable as erreur:
            fautes += erreur.fautes
    if fautes:
        raise StoreInutilisable(fautes)
    return nombre


_DEJA_UNE_CLE = Faute("cle.deja", "", "Ce store a déjà une clé.", "Pour en changer : cyclades cle changer.")
_PAS_DE_CLE = Faute("cle.aucune", "", "Ce store n'a pas de clé.", "Pour lui en donner une : cyclades cle poser.")

"""Care of the store: create, check, back up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cyclades_tui.actes.reglages import fichiers_pris
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, consigner_le_fait, lecture
from cyclades_tui.actes.socle.horloge import derniere_heure, faute_d_horloge
from cyclades_tui.actes.socle.noms import HORLOGE, SANS_CHANGEMENT, SansDroit, SansTrace
from cyclades_tui.actes.socle.texte_libre import LecteurDuTexte, lire_texte_libre
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import Horloge, HorlogeSysteme, a_la_minute, en_iso
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste, ReglagesDuPoste, acteur_de_la_commande, ouvrir_poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.modele.tetes import TeteContraire
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.ouverture import creer_store, store_existe
from cyclades_tui.store.requetes import brouillons, journal, lots, numeros
from cyclades_tui.store.requetes.verification import INFORMATIONS
from cyclades_tui.store.temoins import trouver

_INFORMATIONS = INFORMATIONS | {fichiers_pris.DROITS, fichiers_pris.JAMAIS_PRIS, fichiers_pris.SANS_DOSSIER}
_MOTIF_AU_PLUS = 200
ETATS = frozenset(etat.value for etat in EtatCandidature)


@dataclass(frozen=True, slots=True)
class Bilan:
    """The result of a check; `tete` is `SEQ:HACHAGE`, to be noted elsewhere."""

    fautes: tuple[Faute, ...]
    informations: tuple[Faute, ...]
    tete: str


@dataclass(frozen=True, slots=True)
class Repere:
    """Where a store stood: the number of the journal's last row, and the digest of each draft by its key."""

    seq: int
    saisies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Travail:
    """What people did: how many times each acte that changes something, and how many drafts were begun or changed."""

    actes: Mapping[str, int]
    saisies: int


def initialiser(reglages: ReglagesDuPoste, plage: str | None, horloge: Horloge | None = None) -> str:
    """Create the store, with a range of numbers or for training; or add a range to an existing one.

    Returns the sentence to show. Raises SaisieRefusee (range), ActeRefuse (as `ajouter_une_plage`), StoreInutilisable.
    """
    horloge = horloge or HorlogeSysteme()
    bornes = None if plage is None else numeros.lire_plage(plage)
    if store_existe(reglages.store):
        if plage is None:
            message = f"Un store existe déjà : {reglages.store}."
            remede = "Donnez un autre dossier (--store), ou une plage à ajouter (--plage)."
            raise SaisieRefusee(Faute("store.existe", "store", message, remede))
        with ouvrir_poste(reglages, horloge) as poste:
            return ajouter_une_plage(poste, plage)
    store = creer_store(
        reglages.store,
        horloge=horloge,
        cle=reglages.cle_en_clair,
        groupe=reglages.groupe,
        cle_du_journal=reglages.cle_du_journal,
    )
    poste = Poste(store, acteur_de_la_commande(reglages), horloge, reglages.dossier_parametrage)
    try:
        with acte(poste, Droit.ENTRETENIR, "store.creer") as a:
            _ajouter(a, bornes)
    except ErreurCyclades:
        shutil.rmtree(store.chemin)  # just created: a refused range leaves nothing behind
        raise
    finally:
        store.fermer()
    if plage is None:
        formation = "  ! FORMATION : sans --plage, les N° candidat sont des numéros de formation."
        return f"√ Store créé : {reglages.store}\n{formation}"
    return f"√ Store créé : {reglages.store}\n  N° candidat officiels, plage {plage}"


def ajouter_une_plage(poste: Poste, plage: str) -> str:
    """Add a range of numbers to the store; returns the sentence to show.

    Raises SaisieRefusee (range), ActeRefuse (the caller lacks the right; training numbers already given),
    StoreInutilisable.
    """
    bornes = numeros.lire_plage(plage)
    with acte(poste, Droit.ENTRETENIR, "store.plage") as a:
        _ajouter(a, bornes)
    return f"√ Plage {plage} ajoutée au store {poste.store.chemin}"


def migration_a_finir(poste: Poste) -> bool:
    """Whether a migration left something to do at an opening."""
    with lecture(poste, SansDroit.ANCIENNES, SansTrace.LOT) as acces:
        return any(lot.termine_le is None for lot in lots.de_la_nature(acces.unite, lots.ANCIENNES, 1))


def accepter_l_horloge(poste: Poste, motif: str) -> str:
    """Say that the machine's clock is right, though it stands before the last act or long after it; journalled.

    Acts go on from this instant. Returns the sentence to show. Raises SaisieRefusee (no motive), ActeRefuse (the
    caller lacks the right), StoreInutilisable.
    """
    lu = _lire_le_motif(motif, "pile de l'horloge changée")
    with acte(poste, Droit.ENTRETENIR, HORLOGE) as a:
        derniere = derniere_heure(a.unite)
        a.consigner("store", {"motif": lu, "derniere": "" if derniere is None else en_iso(derniere)})
    return f"√ Heure acceptée : {a_la_minute(a.instant)} (heure de Paris). Les actes reprennent à partir d'elle."


def dire_l_horloge(poste: Poste) -> tuple[str, Faute | None]:
    """The machine's clock and the last act, in words, and what is wrong between them."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        derniere = derniere_heure(acces.unite)
        faute = faute_d_horloge(acces.unite, poste.maintenant(), poste.saut)
    dernier = "aucun" if derniere is None else a_la_minute(derniere)
    return f"Cette machine : {a_la_minute(poste.maintenant())} (heure de Paris). Dernier acte : {dernier}.", faute


def _ajouter(a: ActeOuvert, bornes: tuple[int, int] | None) -> None:
    """Add the range if there is one, and journal it."""
    if bornes is not None:
        numeros.ajouter_plage(a.unite, *bornes, formation=False, instant=a.instant)
    plage = "" if bornes is None else f"{bornes[0]:08d}-{bornes[1]:08d}"
    a.consigner("store", {"plage": plage})


def verifier(poste: Poste, tete: str | None = None) -> Bilan:
    """Check chain, database and files; compare with all heads kept outside, and with one noted elsewhere if given."""
    fautes = poste.store.verifier(etats=ETATS, tete=None if tete is None else _lire_tete(tete))
    fautes += [*(contraire.faute for contraire in _tetes_contraires(poste)), *fichiers_pris.fautes(poste)]
    fautes += poste.referentiel.fautes  # local files that cannot be read, and are left out
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        seq, hachage = journal.derniere_tete(acces.unite)
    informations = tuple(faute for faute in fautes if faute.code in _INFORMATIONS)
    graves = tuple(faute for faute in fautes if faute.code not in _INFORMATIONS)
    return Bilan(graves, informations, f"{seq}:{hachage}")


def reprendre(poste: Poste, motif: str) -> str:
    """Accept that heads kept outside do not agree with this store, as after a backup put back on purpose; journalled.

    Returns the sentence to show. Raises SaisieRefusee (no motive), ActeRefuse (the caller lacks the right),
    StoreInutilisable.
    """
    lu = _lire_le_motif(motif, "sauvegarde du 12 remise après la panne")
    hachages = sorted({contraire.hachage for contraire in _tetes_contraires(poste) if contraire.hachage})
    with acte(poste, Droit.ENTRETENIR, "store.reprendre") as a:
        a.consigner("store", {"motif": lu, "tetes": hachages})
    return f"√ Store repris : {denombrer(len(hachages), 'tête acceptée', 'têtes acceptées')}."


def _tetes_contraires(poste: Poste) -> list[TeteContraire]:
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        faites = [valeurs.get("sauvegarde") for valeurs in journal.valeurs_des(acces.unite, "store.sauvegarder")]
        reprises = list(journal.valeurs_des(acces.unite, "store.reprendre"))
    dossiers = dict.fromkeys(Path(faite).parent for faite in faites if isinstance(faite, str))
    acceptees = {str(hachage) for valeurs in reprises for hachage in valeurs.get("tetes", ())}
    return poste.store.tetes_contraires(trouver(poste.temoin, poste.store.chemin, dossiers), acceptees)


def _lire_le_motif(motif: str, exemple: str) -> str:
    return lire_texte_libre(motif, "motif", "entretien.motif", _MOTIF_AU_PLUS, LecteurDuTexte.JOURNAL, exemple)


def reperer(poste: Poste) -> Repere:
    """Where the store stands now, for `travail_depuis` to compare."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        return Repere(journal.derniere_tete(acces.unite)[0], _saisies(acces.unite))


def travail_depuis(poste: Poste, repere: Repere) -> Travail:
    """What was done in the store since `repere`; readings and loggings-in are left out."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        actes = journal.compter_depuis(acces.unite, repere.seq)
        saisies = _saisies(acces.unite)
    faits = {nom: nombre for nom, nombre in actes.items() if nom not in SANS_CHANGEMENT}
    return Travail(faits, sum(repere.saisies.get(cle) != saisie for cle, saisie in saisies.items()))


def _saisies(unite: Unite) -> dict[str, str]:
    return {
        brouillon.cle.texte: empreinte(json.dumps(brouillon.saisie, sort_keys=True))
        for brouillon in brouillons.tous(unite)
    }


def _lire_tete(texte: str) -> tuple[int, str]:
    seq, _, hachage = texte.partition(":")
    if not (seq.isascii() and seq.isdigit() and hachage):
        message = f"« {texte[:80]} » n'est pas une tête de journal."
        raise SaisieRefusee(Faute("tete.forme", "tete", message, "Recopiez la ligne « Tête du journal »."))
    return int(seq), hachage


def sauvegarder(poste: Poste, destination: Path) -> Path:
    """Back up store and local settings into a new folder under `destination`, and check it; then journal it.

    Raises ActeRefuse if an agent lacks the right; the machine's scheduled backup runs without login.
    """
    droit = SansDroit.MACHINE if poste.acteur.nature is NatureActeur.SYSTEME else Droit.ENTRETENIR
    with lecture(poste, droit, SansTrace.AVANT_L_ACTE):
        pass  # refuse before the long work
    chemin = poste.store.sauvegarder(
        destination, parametrage=poste.parametrage, etats=ETATS, instant=poste.maintenant()
    )
    consigner_le_fait(poste, "store.sauvegarder", "store", {"sauvegarde": str(chemin)})
    return chemin

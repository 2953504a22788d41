"""The whole check of a store: pages, triggers, journal, versions, persons, pieces, documents, files (decision 9)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import CompoundSelect, func, select, text, union
from sqlmodel import col

from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.regles.justificatifs import Statut
from cyclades_tui.store.modele.tables import Candidature, Depot, Document, Justificatif
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import concordance, journal
from cyclades_tui.store.requetes.concordance import SIGNALER, lignes
from cyclades_tui.store.sqlite.store import Store

ORPHELIN = "coffre.orphelin"
A_RENDRE = "document.a_rendre"
SANS_DETAIL = "journal.sans_detail"
SANS_MESSAGE = "message.premiere"
INFORMATIONS = frozenset({ORPHELIN, A_RENDRE, SANS_DETAIL, SANS_MESSAGE})  # codes of what is told and is no fault

_RESTAURER = "N'écrivez plus dans ce store et restaurez la dernière sauvegarde."

_DEFAUTS_AU_PLUS = 100  # SQLite counts no further


@dataclass(frozen=True, slots=True)
class _Requete:
    """A query whose every row is a fault; its columns fill `message` in order."""

    code: str
    sql: str
    message: str


_REQUETES = (
    _Requete(
        "candidature.sans_version",
        "SELECT id FROM candidature WHERE NOT EXISTS "
        "(SELECT 1 FROM version WHERE version.candidature_id = candidature.id)",
        "La candidature {} n'a aucune version.",
    ),
    _Requete(
        "candidature.version",
        "SELECT candidature.id FROM candidature JOIN version ON version.candidature_id = candidature.id "
        "GROUP BY candidature.id HAVING max(version.numero) <> candidature.version "
        "OR min(version.numero) <> 1 OR count(*) <> max(version.numero)",
        "Les versions de la candidature {} ne se suivent pas de 1 à sa dernière version.",
    ),
    _Requete(
        "document.absent",
        "SELECT candidature_id, numero FROM version WHERE NOT EXISTS (SELECT 1 FROM document "
        "WHERE document.version_id = version.id AND document.nature = 'recapitulatif' "
        "AND document.candidature_id = version.candidature_id)",
        "Le récapitulatif de la candidature {}, version {}, est absent.",
    ),
    _Requete(
        "message.absent",
        "SELECT candidature.id, version.numero FROM version "
        "JOIN candidature ON candidature.id = version.candidature_id "
        "WHERE version.numero >= 2 AND NOT EXISTS (SELECT 1 FROM message "
        "WHERE message.candidat_id = candidature.candidat_id AND message.candidature_id = candidature.id "
        "AND message.cree_le = version.enregistree_le)",
        "Le message de la candidature {}, version {}, est absent.",
    ),
    # A lawful purge erases the details of what it erases.
    _Requete(
        "journal.ligne_orpheline",
        "SELECT DISTINCT sujet FROM journal JOIN journal_detail USING (seq) "
        "WHERE (sujet LIKE 'candidat:%' AND CAST(substr(sujet, 10) AS INTEGER) NOT IN (SELECT id FROM candidat)) "
        "OR (sujet LIKE 'candidature:%' AND CAST(substr(sujet, 13) AS INTEGER) NOT IN (SELECT id FROM candidature)) "
        "OR (sujet LIKE 'document:%' AND CAST(substr(sujet, 10) AS INTEGER) NOT IN (SELECT id FROM document)) "
        "OR (sujet LIKE 'justificatif:%' AND CAST(substr(sujet, 14) AS INTEGER) NOT IN (SELECT id FROM justificatif))",
        "Le journal a gardé des actes sur « {} », que le store n'a plus.",
    ),
    _Requete(
        "journal.version_absente",
        "SELECT seq FROM journal JOIN journal_detail USING (seq) "
        "WHERE acte IN ('candidature.inscrire', 'candidature.modifier') "
        "AND NOT EXISTS (SELECT 1 FROM version WHERE version.journal_seq = journal.seq)",
        "La ligne {} du journal enregistre une version que le store n'a plus.",
    ),
    _Requete(
        "justificatif.depot",
        "SELECT justificatif.id FROM justificatif JOIN depot ON depot.id = depot_id "
        "WHERE depot.justificatif_id <> justificatif.id OR depot.retire_le IS NOT NULL",
        "Le fichier du justificatif {} est celui d'une autre pièce, ou il a été retiré.",
    ),
    # What a step of the history leaves is what the row holds; without any step nothing was given, nothing is locked.
    _Requete(
        "justificatif.suivi",
        "SELECT j.id FROM justificatif j JOIN suivi s ON s.justificatif_id = j.id "
        "WHERE s.id = (SELECT max(id) FROM suivi WHERE justificatif_id = j.id) "
        "AND (j.statut, j.commentaire, j.limite, j.recue_le, j.depot_id, j.valide_le, j.a_controler, j.file_le) IS NOT "
        "(s.statut, s.commentaire, s.limite, s.recue_le, s.depot_id, s.valide_le, s.a_controler, s.file_le) "
        "UNION SELECT id FROM justificatif WHERE (depot_id IS NOT NULL OR valide_le IS NOT NULL OR a_controler) "
        "AND NOT EXISTS (SELECT 1 FROM suivi WHERE justificatif_id = justificatif.id)",
        "Le justificatif {} n'est pas comme son dernier acte l'a laissé.",
    ),
    # A lawful purge erases the details of what it erases.
    _Requete(
        "justificatif.valide",
        "SELECT id FROM (SELECT max(seq), sujet, valeurs FROM journal JOIN journal_detail USING (seq) "
        "WHERE acte = 'justificatif.valider' GROUP BY sujet) "
        "JOIN (SELECT justificatif.id, sha256 FROM justificatif JOIN depot ON depot.id = depot_id "
        "WHERE valide_le IS NOT NULL) ON sujet = 'justificatif:' || id WHERE NOT instr(valeurs, sha256)",
        "Le justificatif {} n'a pas le fichier que son candidat a validé.",
    ),
    _Requete(
        "numero.hors_plage",
        "SELECT id FROM candidat WHERE numero NOT GLOB '0[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' "
        "OR NOT EXISTS (SELECT 1 FROM plage WHERE plage.formation = candidat.formation "
        "AND CAST(substr(numero, 4) AS INTEGER) >= debut AND CAST(substr(numero, 4) AS INTEGER) < prochain)",
        "Le numéro du candidat {} n'a pas été donné par une plage de ce store.",
    ),
    _Requete(
        "numero.double",
        "SELECT group_concat(id, ', ') FROM candidat GROUP BY substr(numero, 4) HAVING count(*) > 1",
        "Les candidats {} ont la même série dans leur numéro.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Compte:
    """A query of one number, told when it is not 0: in `singulier` for 1, else in `pluriel`."""

    code: str
    sql: str
    singulier: str
    pluriel: str
    remede: str


_COMPTES = (
    _Compte(
        A_RENDRE,
        "SELECT count(*) FROM document WHERE sha256 IS NULL AND nature = 'recapitulatif'",
        "1 récapitulatif à rendre : il le sera à la prochaine ouverture.",
        "{} récapitulatifs à rendre : ils le seront à la prochaine ouverture.",
        "",
    ),
    _Compte(
        SANS_DETAIL,
        "SELECT count(*) FROM journal WHERE NOT EXISTS (SELECT 1 FROM journal_detail d WHERE d.seq = journal.seq)",
        "1 ligne du journal est sans détail, comme après un effacement prévu.",
        "{} lignes du journal sont sans détail, comme après un effacement prévu.",
        "Si rien n'a été effacé, comparez ce store à la dernière sauvegarde.",
    ),
    _Compte(
        SANS_MESSAGE,
        "SELECT count(*) FROM version JOIN candidature ON candidature.id = version.candidature_id "
        "WHERE version.numero = 1 AND NOT EXISTS (SELECT 1 FROM message "
        "WHERE message.candidat_id = candidature.candidat_id AND message.candidature_id = candidature.id "
        "AND message.cree_le = version.enregistree_le)",
        "1 inscription est sans message, ce qu'un service peut vouloir.",
        "{} inscriptions sont sans message, ce qu'un service peut vouloir.",
        "Si leur service en envoie, comparez ce store à la dernière sauvegarde.",
    ),
)


def verifier(
    store: Store,
    *,
    etats: Collection[str],
    tete: tuple[int, str] | None = None,
    progres: Callable[[int, int], None] | None = None,
) -> list[Faute]:
    """Every fault found, and what is only told (`INFORMATIONS`); the store is only read.

    `etats` are the states a candidature may have, `tete` a journal head noted earlier. `progres` is told the checks
    done and their number.
    """
    controles: tuple[Callable[[Unite], Iterable[Faute]], ...] = (
        _pages,
        _declencheurs,
        _references,
        lambda unite: journal.verifier(unite, tete),
        concordance.versions,
        concordance.candidats,
        concordance.documents,
        lambda unite: _etats(unite, etats),
        _statuts,
        *(partial(_ensemble, requete) for requete in _REQUETES),
        lambda unite: _fichiers(unite, store),
        lambda unite: _orphelins(unite, store),
        *(partial(_compte, compte) for compte in _COMPTES),
    )
    fautes: list[Faute] = []
    for rang, controle in enumerate(controles, start=1):
        try:
            with store.lire() as unite:
                fautes.extend(controle(unite))
        except StoreInutilisable as erreur:  # damage that stops one check must not hide what the others find
            fautes.extend(erreur.fautes)
        if progres is not None:
            progres(rang, len(controles))
    return list(dict.fromkeys(fautes))


def empreintes(unite: Unite) -> Iterator[str]:
    """The digests of the documents that were rendered and of every file ever given, each once, in order."""
    return (sha256 for (sha256,) in lignes(unite, _EMPREINTES.order_by("sha256")))


def compter_les_fichiers(unite: Unite) -> int:
    """How many files `empreintes` names."""
    nombre: int = unite.session.execute(select(func.count()).select_from(_EMPREINTES.subquery())).scalar_one()
    return nombre


_EMPREINTES: CompoundSelect[tuple[str]] = union(
    select(col(Document.sha256).label("sha256")).where(col(Document.sha256).is_not(None)),
    select(col(Depot.sha256).label("sha256")),
)


# The database


def _pages(unite: Unite) -> Iterator[Faute]:
    constats = unite.session.scalars(text(f"PRAGMA integrity_check({_DEFAUTS_AU_PLUS})")).all()
    nombre = sum(constat != "ok" for constat in constats)
    if nombre:
        abimees = "1 page abîmée" if nombre == 1 else f"{nombre} pages abîmées"
        message = f"La base est endommagée : {abimees}{' ou plus' if nombre >= _DEFAUTS_AU_PLUS else ''}."
        yield Faute("store.endommage", "", message, _RESTAURER)


def _declencheurs(unite: Unite) -> Iterator[Faute]:
    from cyclades_tui.store.sqlite.migration import declencheurs

    attendus = declencheurs()
    trouves = dict(unite.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all())
    for nom in sorted(attendus.keys() | trouves.keys()):
        if trouves.get(nom) != attendus.get(nom):
            constat = "manque" if nom not in trouves else "n'est pas celui de ce logiciel"
            message = f"Le déclencheur « {nom} », qui garde ce qui ne doit pas changer, {constat}."
            yield Faute("store.declencheur", "", message, SIGNALER)


def _references(unite: Unite) -> Iterator[Faute]:
    for table, ligne, cible, _ in unite.session.execute(text("PRAGMA foreign_key_check")):
        message = f"La ligne {ligne} de « {table} » désigne une ligne absente de « {cible} »."
        yield Faute("store.reference", "", message, _RESTAURER)


def _ensemble(requete: _Requete, unite: Unite) -> Iterator[Faute]:
    for colonnes in lignes(unite, text(requete.sql)):
        yield Faute(requete.code, "", requete.message.format(*colonnes), SIGNALER)


def _compte(compte: _Compte, unite: Unite) -> Iterator[Faute]:
    nombre = unite.session.scalar(text(compte.sql))
    if nombre:
        message = compte.singulier if nombre == 1 else compte.pluriel.format(nombre)
        yield Faute(compte.code, "", message, compte.remede)


def _etats(unite: Unite, etats: Collection[str]) -> Iterator[Faute]:
    requete = select(col(Candidature.id)).where(col(Candidature.etat).not_in(etats))
    for (id_,) in lignes(unite, requete):
        yield Faute("candidature.etat", "", f"L'état de la candidature {id_} n'existe pas.", SIGNALER)


def _statuts(unite: Unite) -> Iterator[Faute]:
    requete = select(col(Justificatif.id)).where(col(Justificatif.statut).not_in(list(Statut)))
    for (id_,) in lignes(unite, requete):
        yield Faute("justificatif.statut", "", f"Le statut du justificatif {id_} n'existe pas.", SIGNALER)


# The coffre


def _fichiers(unite: Unite, store: Store) -> Iterator[Faute]:
    for sha256 in empreintes(unite):
        try:
            store.coffre.lire(sha256)
        except StoreInutilisable as erreur:
            yield from erreur.fautes


def _orphelins(unite: Unite, store: Store) -> Iterator[Faute]:
    """The files of the coffre that no row names; a file comes before its row, so they are looked for again."""
    sans_ligne = list(_absents(store.coffre.parcourir(), empreintes(unite)))
    with store.lire() as ensuite:
        for sha256 in _absents(iter(sans_ligne), empreintes(ensuite)):
            message = f"Le fichier {sha256[:12]}… du coffre n'appartient à aucun document ni à aucune pièce."
            yield Faute(ORPHELIN, "", message, "Rien à faire : un arrêt brutal peut en laisser un.")


def _absents(cherches: Iterator[str], connus: Iterator[str]) -> Iterator[str]:
    """What is in the first of two sorted sequences and not in the second."""
    connu: str | None = ""
    for cherche in cherches:
        while connu is not None and connu < cherche:
            connu = next(connus, None)
        if connu != cherche:
            yield cherche

"""The whole check of a store: journal, versions, persons, pieces, documents, files, engine (decision 9)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import CompoundSelect, func, select, union
from sqlmodel import col

from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.store.modele.formes import colonne_abimee
from cyclades_tui.store.modele.tables import (
    Candidature,
    Depot,
    Document,
    Ecriture,
    Journal,
    JournalDetail,
    Justificatif,
    Table,
    TeteJournal,
)
from cyclades_tui.store.modele.unite import Progres, Store, Unite
from cyclades_tui.store.requetes import abimees, concordance, journal
from cyclades_tui.store.requetes.concordance import SIGNALER
from cyclades_tui.store.requetes.lignes import parcourir

ORPHELIN = "coffre.orphelin"
A_RENDRE = "document.a_rendre"
SANS_DETAIL = "journal.sans_detail"
SANS_MESSAGE = "message.premiere"
INFORMATIONS = frozenset({ORPHELIN, A_RENDRE, SANS_DETAIL, SANS_MESSAGE})  # codes of results that are not faults

Controle = Callable[[Unite], Iterable[Faute]]


@dataclass(frozen=True, slots=True)
class ControlesDuMoteur:
    """What an engine checks itself: its way of keeping the data, rows that contradict others, counts to report."""

    conservation: tuple[Controle, ...]
    contradictions: tuple[Controle, ...]
    comptes: tuple[Controle, ...]


def verifier(
    store: Store,
    moteur: ControlesDuMoteur,
    *,
    etats: Collection[str],
    tete: tuple[int, str] | None = None,
    progres: Progres | None = None,
) -> list[Faute]:
    """Check a store without writing; returns faults and mere information (`INFORMATIONS`). As `Store.verifier`."""
    fautes: list[Faute] = []
    controles: tuple[Controle, ...] = (
        *moteur.conservation,
        lambda unite: journal.verifier(unite, tete),
        concordance.versions,
        concordance.candidats,
        concordance.documents,
        lambda unite: _etats(unite, etats),
        _statuts,
        lambda unite: _formes(unite, fautes),
        *moteur.contradictions,
        lambda unite: _fichiers(unite, store),
        lambda unite: _orphelins(unite, store),
        *moteur.comptes,
    )
    for rang, controle in enumerate(controles, start=1):
        try:
            with store.lire() as unite:
                fautes.extend(controle(unite))
        except StoreInutilisable as erreur:  # damage that stops one check must not hide what others find
            fautes.extend(erreur.fautes)
        if progres is not None:
            progres(rang, len(controles))
    return list(dict.fromkeys(fautes))


def empreintes(unite: Unite) -> Iterator[str]:
    """The digests of all documents rendered and all files ever given, each once, in order."""
    return (sha256 for (sha256,) in parcourir(unite, _EMPREINTES.order_by("sha256")))


def compter_les_fichiers(unite: Unite) -> int:
    """How many files `empreintes` yields."""
    nombre: int = unite.session.execute(select(func.count()).select_from(_EMPREINTES.subquery())).scalar_one()
    return nombre


_EMPREINTES: CompoundSelect[tuple[str]] = union(
    select(col(Document.sha256).label("sha256")).where(col(Document.sha256).is_not(None)),
    select(col(Depot.sha256).label("sha256")),
)


def _etats(unite: Unite, etats: Collection[str]) -> Iterator[Faute]:
    requete = select(col(Candidature.id)).where(col(Candidature.etat).not_in(etats))
    for (id_,) in parcourir(unite, requete):
        yield Faute("candidature.etat", "", f"L'état de la candidature {id_} n'existe pas.", SIGNALER)


def _statuts(unite: Unite) -> Iterator[Faute]:
    requete = select(col(Justificatif.id)).where(col(Justificatif.statut).not_in(list(Statut)))
    for (id_,) in parcourir(unite, requete):
        yield Faute("justificatif.statut", "", f"Le statut du justificatif {id_} n'existe pas.", SIGNALER)


def _formes(unite: Unite, dites: Iterable[Faute]) -> Iterator[Faute]:
    """The rows that actes set aside, but those that the proof of the rows has named, and those of journal and proof."""
    nommees = tuple(faute.message for faute in dites)
    for table in Table.__subclasses__():
        if table in (Ecriture, Journal, JournalDetail, TeteJournal):
            continue
        colonnes = Table.metadata.tables[str(table.__tablename__)]
        for ligne in parcourir(unite, select(colonnes)):
            colonne = colonne_abimee(table, ligne._mapping)
            if colonne and not any(dit.startswith(f"La ligne {ligne[0]} de « {colonnes.name} »") for dit in nommees):
                faute = abimees.dire(unite, colonnes.name, ligne._asdict(), colonne)
                yield replace(faute, remede=SIGNALER)


def _fichiers(unite: Unite, store: Store) -> Iterator[Faute]:
    for sha256 in empreintes(unite):
        try:
            store.coffre.lire(sha256)
        except StoreInutilisable as erreur:
            yield from abimees.situer(unite, sha256, erreur.fautes)


def _orphelins(unite: Unite, store: Store) -> Iterator[Faute]:
    """Files of the coffre that no row names. A file is written before its row, so rows are checked a second time."""
    sans_ligne = list(_absents(store.coffre.parcourir(), empreintes(unite)))
    with store.lire() as ensuite:
        for sha256 in _absents(iter(sans_ligne), empreintes(ensuite)):
            message = f"Le fichier {sha256[:12]}… du coffre n'appartient à aucun document ni à aucune pièce."
            yield Faute(ORPHELIN, "", message, "Rien à faire : un arrêt brutal peut en laisser un.")


def _absents(cherches: Iterator[str], connus: Iterator[str]) -> Iterator[str]:
    """The elements of the first sorted sequence that are not in the second."""
    connu: str | None = ""
    for cherche in cherches:
        while connu is not None and connu < cherche:
            connu = next(connus, None)
        if connu != cherche:
            yield cherche

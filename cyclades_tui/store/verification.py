"""The whole check of a store: pages, references, journal, versions, files and numbers (decision 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import col, select

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.store import journal
from cyclades_tui.store.base import Store, Unite
from cyclades_tui.store.tables import Document, Version

ORPHELIN = "coffre.orphelin"  # the one code that is information: a crash may leave such a file, which harms nothing

_RESTAURER = "N'écrivez plus dans ce store et restaurez la dernière sauvegarde."
_SIGNALER = "Gardez ce store tel quel et prévenez l'administrateur."


@dataclass(frozen=True, slots=True)
class _Requete:
    """A query whose every row is a fault; its first column names what is wrong in `message`."""

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


def verifier(
    store: Store, *, tete: tuple[int, str] | None = None, progres: Callable[[int, int], None] | None = None
) -> list[Faute]:
    """Every fault found, `ORPHELIN` being information only; the store is only read.

    `tete` is a journal head noted earlier. `progres` is told the checks done and their number.
    """
    controles: tuple[Callable[[Unite], Iterable[Faute]], ...] = (
        _pages,
        _references,
        lambda unite: journal.verifier(unite, tete),
        _versions,
        _ensembles,
        lambda unite: _documents(unite, store),
        lambda unite: _orphelins(unite, store),
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


def _pages(unite: Unite) -> Iterator[Faute]:
    for (constat,) in unite.session.execute(text("PRAGMA integrity_check")):
        if constat != "ok":
            yield Faute("store.endommage", "", f"La base est endommagée : {constat}.", _RESTAURER)


def _references(unite: Unite) -> Iterator[Faute]:
    for table, ligne, cible, _ in unite.session.execute(text("PRAGMA foreign_key_check")):
        message = f"La ligne {ligne} de « {table} » désigne une ligne absente de « {cible} »."
        yield Faute("store.reference", "", message, _RESTAURER)


def _versions(unite: Unite) -> Iterator[Faute]:
    requete = select(Version.id, Version.contenu, Version.sha256).execution_options(yield_per=500)
    for id_, contenu, sha256 in unite.session.exec(requete):
        if empreinte(contenu) != sha256:
            yield Faute("version.modifiee", "", f"Le contenu de la version {id_} a été modifié.", _SIGNALER)


def _ensembles(unite: Unite) -> Iterator[Faute]:
    for requete in _REQUETES:
        for ligne in unite.session.execute(text(requete.sql)):
            yield Faute(requete.code, "", requete.message.format(ligne[0]), _SIGNALER)


def _documents(unite: Unite, store: Store) -> Iterator[Faute]:
    for sha256 in empreintes_des_documents(unite):
        try:
            store.coffre.lire(sha256)
        except StoreInutilisable as erreur:
            yield from erreur.fautes


def _orphelins(unite: Unite, store: Store) -> Iterator[Faute]:
    gardes = list(store.coffre.parcourir())  # before the rows: a file comes before its row
    connus = set(empreintes_des_documents(unite))
    for sha256 in gardes:
        if sha256 not in connus:
            message = f"Le fichier {sha256[:12]}… du coffre n'appartient à aucun document."
            yield Faute(ORPHELIN, "", message, "Rien à faire : un arrêt brutal peut en laisser un.")


def empreintes_des_documents(unite: Unite) -> Iterator[str]:
    """The digests of the documents that were rendered, each once, in order."""
    requete = select(Document.sha256).where(col(Document.sha256).is_not(None)).distinct().order_by(col(Document.sha256))
    return (sha256 for sha256 in unite.session.exec(requete) if sha256 is not None)

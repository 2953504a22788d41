"""Connections to the store's file: driver, key, pragmas, transactions, errors in plain words (decision 8)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlcipher3 import dbapi2
from sqlmodel import Session

from cyclades_tui.domaine.disque import copier_en_entier, dossier_de_passage
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.domaine.lecture_de_fichiers import lire_le_debut
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.modele.unite import Dialecte
from cyclades_tui.store.sqlite.dialecte import DIALECTE
from cyclades_tui.store.sqlite.preuve import Touchees, armer, connaitre

ATTENTE = 20.0  # seconds to wait for another's write lock: a slow machine must not refuse a save

_EN_TETE_CLAIR = b"SQLite format 3\0"
_PLACE_MIN = 65_536  # bytes: the memory that SQLite shares between readers takes 32 kB
_SANS_ECRITURE = frozenset({8, 10, 13, 14})  # what SQLite says of a disk on which it cannot even begin to read

# Primary SQLite result code -> code, message, remedy; {fichier} is the path of the database.
_FAUTES: dict[int, tuple[str, str, str]] = {
    3: (
        "store.droits",
        "Vous n'avez pas le droit d'ouvrir « {fichier} ».",
        "Ouvrez-le avec le compte ou le groupe qui l'a créé.",
    ),
    5: (
        "store.occupe",
        "Le store « {fichier} » est occupé par un autre poste.",
        "Attendez quelques instants puis recommencez ; si cela dure, fermez les autres postes.",
    ),
    8: (
        "store.lecture_seule",
        "Le store « {fichier} » ne peut pas être modifié : il est en lecture seule.",
        "Vérifiez les droits du dossier et du disque.",
    ),
    10: (
        "store.entree_sortie",
        "Le disque a signalé une erreur sur « {fichier} ».",
        "Vérifiez le disque, puis lancez « cyclades verifier ».",
    ),
    11: (
        "store.endommage",
        "Le store « {fichier} » est endommagé.",
        "N'y écrivez plus et restaurez la dernière sauvegarde.",
    ),
    13: (
        "store.plein",
        "Le disque de « {fichier} » est plein : rien n'a été enregistré.",
        "Libérez de la place puis recommencez.",
    ),
    14: (
        "store.absent",
        "Le fichier « {fichier} » ne peut pas être ouvert.",
        "Vérifiez le chemin et les droits du dossier.",
    ),
}
_FAUTES[6] = _FAUTES[5]  # a table locked by this process

# SQLITE_NOTADB has four causes, told apart by (the file begins in clear, a key was given).
_FAUTES_PAS_UNE_BASE: dict[tuple[bool, bool], tuple[str, str, str]] = {
    (False, False): (
        "store.chiffre",
        "Le store « {fichier} » est chiffré ou endommagé.",
        "Donnez sa clé ; s'il n'en a pas, restaurez la dernière sauvegarde.",
    ),
    (False, True): (
        "store.cle_fausse",
        "La clé donnée n'ouvre pas le store « {fichier} ».",
        "Vérifiez la clé ; si elle est juste, le fichier est endommagé : restaurez la dernière sauvegarde.",
    ),
    (True, False): _FAUTES[11],
    (True, True): (
        "store.non_chiffre",
        "Une clé est donnée mais le store « {fichier} » n'est pas chiffré.",
        "Ouvrez-le sans clé.",
    ),
}


@dataclass(frozen=True, slots=True)
class UniteSqlite:
    """`Unite` on a connection to the SQLite file."""

    session: Session
    ecrit: bool = False
    dialecte: Dialecte = DIALECTE


def faute_de_cle(cle: str | None) -> Faute | None:
    """What is wrong with a store's key: empty, or with a character that the driver cannot take; None if all is well."""
    if cle is None or (cle and "\0" not in cle):
        return None
    return Faute("store.cle", "", "La clé du store est vide ou contient un caractère nul.", "Donnez une autre clé.")


def connecter(fichier: Path, cle: str | None, *, lecture: bool = False) -> Any:
    """A raw connection of the driver, for one thread at a time, any thread; it never creates the file.

    One that only reads (`lecture`) opens a store whose disk is full or read-only, too.
    """
    if not lecture:
        return _ouvrir(f"{fichier.absolute().as_uri()}?mode=rw", cle)
    try:
        return _ouvrir(f"{fichier.absolute().as_uri()}?mode=rw", cle, _LIRE)
    except dbapi2.Error as refus:
        if _code(refus) not in _SANS_ECRITURE:
            raise
        with suppress(dbapi2.Error, OSError):
            return _ouvrir_sans_ecrire(fichier, cle)
        raise


# The last one makes the file be read now, where a refusal can still be helped.
_LIRE = ("PRAGMA query_only=ON", "SELECT 1 FROM sqlite_master LIMIT 1")


class _DeSecours(dbapi2.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that does not see what others write: it serves once."""


def _ouvrir(uri: str, cle: str | None, ensuite: tuple[str, ...] = (), nature: type[Any] = dbapi2.Connection) -> Any:
    connexion = dbapi2.connect(
        uri, uri=True, timeout=ATTENTE, isolation_level=None, check_same_thread=False, factory=nature
    )
    # A byte that is no text any more becomes U+FFFD, which no field accepts: the row is set aside, not the query.
    connexion.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        if cle is not None:
            connexion.execute("PRAGMA cipher_log_level=NONE")  # otherwise a wrong key writes on the screen
            connexion.execute("PRAGMA key = '{}'".format(cle.replace("'", "''")))  # a pragma takes no parameter
        connexion.execute(
            "PRAGMA temp_store=MEMORY"
        )  # a sort neither needs room on a full disk nor leaves rows there in clear
        connexion.execute("PRAGMA foreign_keys=ON")
        connexion.execute("PRAGMA synchronous=FULL")
        connexion.execute("PRAGMA recursive_triggers=ON")  # otherwise INSERT OR REPLACE deletes without triggers
        for ordre in ensuite:
            connexion.execute(ordre).fetchall()
    except dbapi2.Error:
        connexion.close()
        raise
    return connexion


def _ouvrir_sans_ecrire(fichier: Path, cle: str | None) -> Any:
    """A connection to a file beside which SQLite cannot make the memory that readers share.

    What a killed writer left in its -wal file is read from a copy of both, elsewhere.
    """
    reste = fichier.with_name(f"{fichier.name}-wal")
    if not (reste.exists() and reste.stat().st_size):
        return _ouvrir(f"{fichier.absolute().as_uri()}?mode=ro&immutable=1", cle, _LIRE, _DeSecours)
    with dossier_de_passage(Path(tempfile.gettempdir()).resolve()) as dossier:
        copie = dossier / fichier.name
        for source in (fichier, reste):
            copier_en_entier(source, copie.with_name(source.name))
        return _ouvrir(f"{copie.as_uri()}?mode=rw", cle, _LIRE, _DeSecours)  # open files outlive their names


def ouvrir_moteur(fichier: Path, cle: str | None, preuve: CleDuJournal | None, *, lecture: bool) -> Engine:
    """An engine for units that only read (`lecture`) or that write (BEGIN IMMEDIATE: locked before the first read).

    With the journal's key, readers have the function `sceau`, and writers note every row that they write.
    """

    def creer() -> Any:
        connexion = connecter(fichier, cle, lecture=lecture)
        if not lecture:
            connexion.execute("PRAGMA journal_mode=WAL")
        return connexion

    moteur = create_engine("sqlite://", module=dbapi2, creator=creer, poolclass=QueuePool, hide_parameters=True)
    debut = "BEGIN" if lecture else "BEGIN IMMEDIATE"
    event.listen(moteur, "begin", lambda connexion: connexion.exec_driver_sql(debut))
    if lecture:
        event.listen(moteur, "checkin", _oublier_le_secours)
    if preuve is not None:
        (_calculer_les_sceaux if lecture else _noter_les_ecritures)(moteur, preuve)
    return moteur


def _calculer_les_sceaux(moteur: Engine, preuve: CleDuJournal) -> None:
    event.listen(moteur, "connect", lambda connexion, _: connaitre(connexion, preuve))


def _noter_les_ecritures(moteur: Engine, preuve: CleDuJournal) -> None:
    def a_l_ouverture(connexion: Any, fiche: Any) -> None:
        fiche.info["touchees"] = armer(connexion, preuve)

    def defaire(connexion: Connection | None) -> None:
        if connexion is not None:
            touchees(connexion).defaire()

    event.listen(moteur, "connect", a_l_ouverture)
    event.listen(moteur, "begin", lambda connexion: touchees(connexion).commencer())
    # What a failed statement or a savepoint had written would stay noted, and its rows would not stay.
    event.listen(moteur, "handle_error", lambda contexte: defaire(contexte.connection))
    event.listen(moteur, "rollback_savepoint", lambda connexion, *_: defaire(connexion))


def touchees(connexion: Connection) -> Touchees:
    """What the transaction under way on a writing connection has written."""
    notees: Touchees = connexion.info["touchees"]
    return notees


def _oublier_le_secours(connexion: object, fiche: ConnectionPoolEntry) -> None:
    """Close a connection of rescue instead of keeping it: the disk may write again at the next reading."""
    if isinstance(connexion, _DeSecours):
        fiche.invalidate()


@contextmanager
def erreurs_en_clair(fichier: Path, cle: str | None) -> Iterator[None]:
    """Turn the driver's errors about the file (locked, full, damaged…) into StoreInutilisable; others pass through."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as erreur:
        faute = _traduire(erreur.orig if isinstance(erreur, DBAPIError) else erreur, fichier, cle)
        if faute is None:
            raise
        raise StoreInutilisable(faute) from erreur


def _traduire(erreur: object, fichier: Path, cle: str | None) -> Faute | None:
    code = _code_du_disque(_code(erreur), fichier)
    if code == 26:
        textes = _FAUTES_PAS_UNE_BASE[_commence_en_clair(fichier), cle is not None]
    elif code in _FAUTES:
        textes = _FAUTES[code]
    else:
        return None
    identifiant, message, remede = textes
    return Faute(identifiant, "", message.format(fichier=fichier), remede)


def _code(erreur: object) -> int:
    """The primary result code of an error of the driver: the low byte."""
    return getattr(erreur, "sqlite_errorcode", 0) & 0xFF


def _code_du_disque(code: int, fichier: Path) -> int:
    """A refusal of the disk, as the system explains it: SQLite may only know that it could not write."""
    if code not in (10, 14) or not hasattr(os, "statvfs"):
        return code
    with suppress(OSError):
        disque = os.statvfs(fichier.parent)
        if disque.f_flag & os.ST_RDONLY:
            return 8
        if disque.f_bavail * disque.f_frsize < _PLACE_MIN:
            return 13
    return code


def _commence_en_clair(fichier: Path) -> bool:
    return lire_le_debut(fichier, len(_EN_TETE_CLAIR)) == _EN_TETE_CLAIR

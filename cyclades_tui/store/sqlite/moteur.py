"""Connections to the store's file: driver, key, pragmas, transactions, errors in plain words (decision 8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2
from sqlmodel import Session

from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.modele.unite import Dialecte
from cyclades_tui.store.sqlite.dialecte import DIALECTE
from cyclades_tui.store.sqlite.preuve import armer, connaitre

ATTENTE = 20.0  # seconds to wait for another's write lock: a slow machine must not refuse a save

_EN_TETE_CLAIR = b"SQLite format 3\0"

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
    dialecte: Dialecte = DIALECTE


def faute_de_cle(cle: str | None) -> Faute | None:
    """What is wrong with a store's key: empty, or with a character that the driver cannot take; None if all is well."""
    if cle is None or (cle and "\0" not in cle):
        return None
    return Faute("store.cle", "", "La clé du store est vide ou contient un caractère nul.", "Donnez une autre clé.")


def connecter(fichier: Path, cle: str | None, *, lecture: bool = False) -> Any:
    """A raw connection of the driver, for one thread at a time, any thread; it never creates the file."""
    connexion = dbapi2.connect(
        f"{fichier.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=ATTENTE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if cle is not None:
            connexion.execute("PRAGMA cipher_log_level=NONE")  # otherwise a wrong key writes on the screen
            connexion.execute("PRAGMA key = '{}'".format(cle.replace("'", "''")))  # a pragma takes no parameter
        connexion.execute("PRAGMA foreign_keys=ON")
        connexion.execute("PRAGMA synchronous=FULL")
        connexion.execute("PRAGMA recursive_triggers=ON")  # otherwise INSERT OR REPLACE deletes without triggers
        if lecture:
            connexion.execute("PRAGMA query_only=ON")
    except dbapi2.Error:
        connexion.close()
        raise
    return connexion


def ouvrir_moteur(fichier: Path, cle: str | None, preuve: CleDuJournal | None, *, lecture: bool) -> Engine:
    """An engine for units that only read (`lecture`) or that write (BEGIN IMMEDIATE: locked before the first read).

    With the journal's key, readers have the function `sceau`, and writers note every row that they write.
    """

    def creer() -> Any:
        connexion = connecter(fichier, cle, lecture=lecture)
        if not lecture:
            connexion.execute("PRAGMA journal_mode=WAL")
        if preuve is not None:
            (connaitre if lecture else armer)(connexion, preuve)
        return connexion

    moteur = create_engine("sqlite://", module=dbapi2, creator=creer, poolclass=QueuePool, hide_parameters=True)
    debut = "BEGIN" if lecture else "BEGIN IMMEDIATE"
    event.listen(moteur, "begin", lambda connexion: connexion.exec_driver_sql(debut))
    return moteur


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
    code = getattr(erreur, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code == 26:
        textes = _FAUTES_PAS_UNE_BASE[_commence_en_clair(fichier), cle is not None]
    elif "Could not decode to UTF-8" in str(erreur):  # the driver gives this error no code
        textes = _FAUTES[11]
    elif code in _FAUTES:
        textes = _FAUTES[code]
    else:
        return None
    identifiant, message, remede = textes
    return Faute(identifiant, "", message.format(fichier=fichier), remede)


def _commence_en_clair(fichier: Path) -> bool:
    with fichier.open("rb") as flux:
        return flux.read(len(_EN_TETE_CLAIR)) == _EN_TETE_CLAIR

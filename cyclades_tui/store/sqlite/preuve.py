"""Every transaction leaves the digests of the rows it wrote, in a keyed chain (decision 17).

Temporary triggers, which live in the program's own connections and are made from the tables of the file, note each row
before and after: a table cannot be forgotten, nor a statement that bypasses the session.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from cyclades_tui.store.cle_du_journal import CleDuJournal

GENESE = "0" * 64

# Tables whose rows are not proved, and why.
HORS_PREUVE: Final = MappingProxyType(
    {
        "alembic_version": "a lower number makes the next opening migrate, which the heads kept outside tell",
        "brouillon": "a draft is nothing yet: saving it writes what is proved",
        "ecriture": "it is the chain itself",
        "tete_journal": "it repeats the last row of the journal, and is compared with it",
    }
)

_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
_PAGE = 1000  # rows named by one link, when a migration writes many


def tables_prouvees(connexion: Any) -> list[str]:
    """The tables of the file whose rows are proved: all but HORS_PREUVE."""
    noms = connexion.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [nom for (nom,) in noms.fetchall() if nom not in HORS_PREUVE]


def cle_et_sceau(connexion: Any, table: str, ligne: str = "") -> tuple[str, str]:
    """The SQL of a row's key and of its digest; `ligne` is what stands before a column: `NEW.`, `OLD.` or nothing."""
    cle, valeurs = _cle_et_valeurs(connexion, table, ligne)
    return cle, f"sceau({valeurs})"


class Touchees:
    """The rows that the transaction under way has written: each as it was found, and as it is now.

    Their digests are computed at the end, all at once: while an acte runs, rows are only kept.
    """

    def __init__(self, connexion: Any, cle: CleDuJournal) -> None:
        self._connexion = connexion
        self._cle = cle
        self._lignes: dict[tuple[str, Any], list[tuple[object, ...] | None]] = {}
        self._defaite = False

    def commencer(self) -> None:
        """A transaction begins, with nothing written yet."""
        self._lignes.clear()
        self._defaite = False

    def defaire(self) -> None:
        """A part of the transaction was undone by the database, which does not say what: nothing can be proved."""
        self._defaite = True

    def trouver(self, table: str, cle: Any, *valeurs: object) -> None:
        """A row changes, or goes: as it was."""
        ligne = self._lignes.setdefault((table, cle), [valeurs, None])
        ligne[1] = None

    def laisser(self, table: str, cle: Any, *valeurs: object) -> None:
        """A row is added, or has changed: as it is."""
        self._lignes.setdefault((table, cle), [None, None])[1] = valeurs

    def sceller(self) -> None:
        """The transaction ends: write the link of what it wrote; none if it wrote nothing.

        Raises RuntimeError if a statement failed and the transaction went on all the same.
        """
        if self._defaite:
            raise RuntimeError("a transaction with a failed statement must be undone whole")
        if changees := [
            (*ligne, *(valeurs and self._cle.sceau(*valeurs) for valeurs in (avant, apres)))
            for ligne, (avant, apres) in self._lignes.items()
            if avant != apres
        ]:
            _enchainer(self._connexion, self._cle, changees)


def armer(connexion: Any, cle: CleDuJournal) -> Touchees:
    """Make a writing connection note every row that it writes."""
    connaitre(connexion, cle)
    touchees = Touchees(connexion, cle)
    connexion.create_function("trouver", -1, touchees.trouver)
    connexion.create_function("laisser", -1, touchees.laisser)
    for table in tables_prouvees(connexion):
        avant, apres = (_noter(connexion, table, *geste) for geste in (("trouver", "OLD."), ("laisser", "NEW.")))
        for evenement, corps in {"INSERT": apres, "UPDATE": avant + apres, "DELETE": avant}.items():
            connexion.execute(
                f'CREATE TEMP TRIGGER "preuve_{table}_{evenement}" AFTER {evenement} ON main."{table}" BEGIN {corps}END'
            )
    return touchees


def connaitre(connexion: Any, cle: CleDuJournal) -> None:
    """Give a connection the SQL function `sceau`."""
    connexion.create_function("sceau", -1, cle.sceau)


def noter_l_etat(connexion: Any, cle: CleDuJournal, revision: str) -> None:
    """Before a migration from `revision`, keep the digests of all rows as they are found."""
    connexion.execute("CREATE TEMP TABLE trouvee (tableau, cle, sceau, PRIMARY KEY (tableau, cle))")
    if "ecriture" not in _tables(connexion):
        return
    cellule, sceau = (_cellule_avant_0008, cle.sceau_avant_0008) if revision < "0008" else (_cellule, cle.sceau)
    connexion.create_function("sceau", -1, sceau)
    for table in tables_prouvees(connexion):
        identifiant, valeurs = _cle_et_valeurs(connexion, table, "", cellule)
        connexion.execute(
            f"INSERT INTO trouvee SELECT '{table}', {identifiant}, sceau({valeurs}) FROM main.\"{table}\""
        )


def reprendre_l_etat(connexion: Any, cle: CleDuJournal) -> None:
    """After a migration, write the links of every row that it made or changed; in an older store, of all rows."""
    connaitre(connexion, cle)
    for table in tables_prouvees(connexion):
        identifiant, sceau = cle_et_sceau(connexion, table)
        lignes = connexion.execute(
            f"SELECT '{table}', {identifiant} AS k, t.sceau, {sceau} FROM main.\"{table}\" "
            f"LEFT JOIN trouvee t ON t.tableau = '{table}' AND t.cle = k"
        )
        while page := lignes.fetchmany(_PAGE):
            if changees := [ligne for ligne in page if ligne[2] != ligne[3]]:
                _enchainer(connexion, cle, changees)
    connexion.execute("DROP TABLE trouvee")


def derniere_ecriture(connexion: Any) -> tuple[int, str]:
    """Number and digest of the last link; `(0, GENESE)` in a new store."""
    ligne = connexion.execute("SELECT id, hachage FROM ecriture ORDER BY id DESC LIMIT 1").fetchone()
    return (0, GENESE) if ligne is None else (ligne[0], ligne[1])


def _tables(connexion: Any) -> set[str]:
    return {nom for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}


def _cellule(colonne: str) -> str:
    """The SQL of a value whose Python type says its type in the file.

    A text is given as bytes, since one that is no text any more must still have a digest, and a blob as a text.
    """
    cas = f"WHEN 'text' THEN CAST({colonne} AS BLOB) WHEN 'blob' THEN hex({colonne})"
    return f"CASE typeof({colonne}) {cas} ELSE {colonne} END"


def _cellule_avant_0008(colonne: str) -> str:
    return f"typeof({colonne}), CAST({colonne} AS BLOB)"


def _cle_et_valeurs(
    connexion: Any, table: str, ligne: str, cellule: Callable[[str], str] = _cellule
) -> tuple[str, str]:
    """The SQL of a row's key, and of what its digest covers."""
    colonnes = connexion.execute(f'PRAGMA table_info("{table}")').fetchall()
    noms = [colonne[1] for colonne in colonnes]
    cles = [f'{ligne}"{colonne[1]}"' for colonne in sorted(colonnes, key=lambda c: c[5]) if colonne[5]]
    valeurs = "".join(", " + cellule(f'{ligne}"{nom}"') for nom in noms)
    entete = f"{table}({','.join(noms)})".replace("'", "''")
    return cles[0] if len(cles) == 1 else f"json_array({', '.join(cles)})", f"'{entete}'{valeurs}"


def _noter(connexion: Any, table: str, geste: str, ligne: str) -> str:
    cle, valeurs = _cle_et_valeurs(connexion, table, ligne)
    return f"SELECT {geste}('{table}', {cle}, {valeurs}); "


def _enchainer(connexion: Any, cle: CleDuJournal, touchees: list[Any]) -> None:
    numero, precedent = derniere_ecriture(connexion)
    seq = connexion.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
    lignes = _JSON.encode(touchees)  # lists of texts and numbers alone: canonical as they are
    connexion.execute(
        "INSERT INTO ecriture (id, journal_seq, lignes, hachage) VALUES (?, ?, ?, ?)",
        (numero + 1, seq, lignes, cle.maillon(numero + 1, precedent, seq, lignes.encode())),
    )

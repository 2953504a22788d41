"""Every transaction leaves the digests of the rows it wrote, in a keyed chain (decision 17).

Temporary triggers, which live in the program's own connections and are made from the tables of the file, note each row
before and after: a table cannot be forgotten, nor a statement that bypasses the session.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from cyclades_tui.domaine.canonique import en_json
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

_PAGE = 1000  # rows named by one link, when a migration writes many


def tables_prouvees(connexion: Any) -> list[str]:
    """The tables of the file whose rows are proved: all but HORS_PREUVE."""
    noms = connexion.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [nom for (nom,) in noms.fetchall() if nom not in HORS_PREUVE]


def cle_et_sceau(connexion: Any, table: str, ligne: str) -> tuple[str, str]:
    """The SQL of a row's key and of its digest; `ligne` is what stands before a column: `NEW.`, `OLD.` or nothing."""
    colonnes = connexion.execute(f'PRAGMA table_info("{table}")').fetchall()
    noms = [colonne[1] for colonne in colonnes]
    cles = [f'{ligne}"{colonne[1]}"' for colonne in sorted(colonnes, key=lambda c: c[5]) if colonne[5]]
    # Bytes, not text: a cell that is no text any more must still have a digest.
    valeurs = "".join(f', typeof({ligne}"{nom}"), CAST({ligne}"{nom}" AS BLOB)' for nom in noms)
    entete = f"{table}({','.join(noms)})".replace("'", "''")
    cle = cles[0] if len(cles) == 1 else f"json_array({', '.join(cles)})"
    return cle, f"sceau('{entete}'{valeurs})"


def armer(connexion: Any, cle: CleDuJournal) -> None:
    """Make a writing connection note every row that it writes."""
    connaitre(connexion, cle)
    connexion.execute("CREATE TEMP TABLE touchee (tableau, cle, avant, apres, PRIMARY KEY (tableau, cle))")
    for table in tables_prouvees(connexion):
        ancienne, avant = cle_et_sceau(connexion, table, "OLD.")
        nouvelle, apres = cle_et_sceau(connexion, table, "NEW.")
        gestes = {
            "INSERT": _noter(table, nouvelle, "NULL", apres),
            "UPDATE": _noter(table, ancienne, avant, "NULL") + _noter(table, nouvelle, "NULL", apres),
            "DELETE": _noter(table, ancienne, avant, "NULL"),
        }
        for evenement, corps in gestes.items():
            connexion.execute(
                f'CREATE TEMP TRIGGER "preuve_{table}_{evenement}" AFTER {evenement} ON main."{table}" BEGIN {corps}END'
            )


def connaitre(connexion: Any, cle: CleDuJournal) -> None:
    """Give a connection the SQL function `sceau`."""
    connexion.create_function("sceau", -1, cle.sceau)


def sceller(connexion: Any, cle: CleDuJournal) -> None:
    """At the end of a transaction, write the link of what it wrote; none if it wrote nothing."""
    touchees = connexion.execute("SELECT tableau, cle, avant, apres FROM touchee ORDER BY rowid").fetchall()
    if touchees:
        connexion.execute("DELETE FROM touchee")
        _enchainer(connexion, cle, [ligne for ligne in touchees if ligne[2] != ligne[3]])


def noter_l_etat(connexion: Any) -> None:
    """Before a migration, keep the digests of all rows as they are found."""
    connexion.execute("CREATE TEMP TABLE trouvee (tableau, cle, sceau, PRIMARY KEY (tableau, cle))")
    if "ecriture" in _tables(connexion):
        for table in tables_prouvees(connexion):
            cle, sceau = cle_et_sceau(connexion, table, "")
            connexion.execute(f"INSERT INTO trouvee SELECT '{table}', {cle}, {sceau} FROM main.\"{table}\"")


def reprendre_l_etat(connexion: Any, cle: CleDuJournal) -> None:
    """After a migration, write the links of every row that it made or changed; in an older store, of all rows."""
    for table in tables_prouvees(connexion):
        identifiant, sceau = cle_et_sceau(connexion, table, "")
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


def _noter(table: str, cle: str, avant: str, apres: str) -> str:
    # Of many writes to one row the first one saw it as it was before, the last one leaves it as it is.
    return (
        f"INSERT INTO touchee VALUES ('{table}', {cle}, {avant}, {apres}) "
        "ON CONFLICT DO UPDATE SET apres = excluded.apres; "
    )


def _enchainer(connexion: Any, cle: CleDuJournal, touchees: list[Any]) -> None:
    numero, precedent = derniere_ecriture(connexion)
    seq = connexion.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
    lignes = en_json([list(ligne) for ligne in touchees])
    connexion.execute(
        "INSERT INTO ecriture (id, journal_seq, lignes, hachage) VALUES (?, ?, ?, ?)",
        (numero + 1, seq, lignes, cle.maillon(numero + 1, precedent, seq, lignes.encode())),
    )

"""The statements that SQLite needs in its own SQL."""

from __future__ import annotations

from sqlalchemy import Boolean, ColumnElement, case, func, literal_column, text, type_coerce
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.dml import Insert

from cyclades_tui.store.modele.tables import JournalDetail, Table

# The content of a version is one JSON text; only queries limited to a school search it.
_DE_L_ETABLISSEMENT = text(
    "EXISTS (SELECT 1 FROM version, "
    "json_each(CASE WHEN json_valid(version.contenu) THEN version.contenu ELSE '{}' END, '$.champs') champ"
    " WHERE version.candidature_id = candidature.id AND version.numero = candidature.version"
    " AND CASE champ.type WHEN 'object' THEN champ.value ->> 'id' = 'candidature.etablissement'"
    " AND champ.value ->> 'valeur' = :etablissement END)"
)


class DialecteSqlite:
    """`Dialecte` for SQLite."""

    def piece_a_controler(self) -> ColumnElement[bool]:
        # Word for word as in the partial indexes, otherwise SQLite does not use them.
        return literal_column("justificatif.a_controler")

    def de_l_etablissement(self, etablissement: str) -> ColumnElement[bool]:
        return type_coerce(_DE_L_ETABLISSEMENT.bindparams(etablissement=etablissement), Boolean)

    def acteur_de_la_ligne(self) -> ColumnElement[str]:
        # A damaged detail names nobody: `verifier` tells of it, and everybody else's rows are read.
        lisible = func.json_valid(JournalDetail.valeurs) == 1
        return case((lisible, func.json_extract(JournalDetail.valeurs, "$.acteur")), else_="")

    def contient(self, colonne: ColumnElement[str], texte: str) -> ColumnElement[bool]:
        # The wildcards of LIKE must be escaped.
        return func.instr(colonne, texte) > 0

    def inserer_les_absents(self, table: type[Table]) -> Insert:
        return insert(table).on_conflict_do_nothing()


DIALECTE = DialecteSqlite()

"""What SQLite is asked in its own words."""

from __future__ import annotations

from sqlalchemy import Boolean, ColumnElement, func, literal_column, text, type_coerce
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.dml import Insert

from cyclades_tui.store.modele.tables import JournalDetail, Table

# A version is one JSON text: only who is kept to a school has it searched.
_DE_L_ETABLISSEMENT = text(
    "EXISTS (SELECT 1 FROM version, json_each(version.contenu, '$.champs') champ"
    " WHERE version.candidature_id = candidature.id AND version.numero = candidature.version"
    " AND champ.value ->> 'id' = 'candidature.etablissement' AND champ.value ->> 'valeur' = :etablissement)"
)


class DialecteSqlite:
    """`Dialecte` for SQLite."""

    def piece_a_controler(self) -> ColumnElement[bool]:
        # Word for word what the partial indexes say, or SQLite does not see that it may use them.
        return literal_column("justificatif.a_controler")

    def de_l_etablissement(self, etablissement: str) -> ColumnElement[bool]:
        return type_coerce(_DE_L_ETABLISSEMENT.bindparams(etablissement=etablissement), Boolean)

    def acteur_de_la_ligne(self) -> ColumnElement[str]:
        return func.json_extract(JournalDetail.valeurs, "$.acteur")

    def contient(self, colonne: ColumnElement[str], texte: str) -> ColumnElement[bool]:
        # LIKE has two signs that stand for others.
        return func.instr(colonne, texte) > 0

    def inserer_les_absents(self, table: type[Table]) -> Insert:
        return insert(table).on_conflict_do_nothing()


DIALECTE = DialecteSqlite()

"""The data that identify a person: one table from which columns, screens and checks derive."""

from __future__ import annotations

from cyclades_tui.champs.catalogue import COMPTE
from cyclades_tui.champs.identite import IDENTITE
from cyclades_tui.screens.borne.inscription.identification import VERROUILLES
from cyclades_tui.store.modele.tables import Candidat

# Fields of the account that no column of a person keeps, and why.
SANS_COLONNE = {
    "identification.sans_nom": "the name is then empty",
    "identification.sans_prenom": "the first names are then empty",
    "identification.nom_naissance": "computed: always empty, until an office changes a name",
    "identification.naissance.commune_hors_liste": "the list of the département does not have the commune",
}


def test_every_field_of_the_account_has_a_column_or_a_reason() -> None:
    du_compte = {champ.id for champ in COMPTE if champ.du_compte}
    assert du_compte == {donnee.champ for donnee in IDENTITE} | set(SANS_COLONNE)
    assert not {donnee.champ for donnee in IDENTITE} & set(SANS_COLONNE)


def test_every_datum_is_a_column_of_a_person() -> None:
    colonnes = [donnee.colonne for donnee in IDENTITE]
    assert len(set(colonnes)) == len(colonnes)
    assert set(colonnes) <= set(Candidat.model_fields)


def test_the_form_shows_every_datum_once() -> None:
    montrees = [colonne for colonnes in VERROUILLES.values() for colonne in colonnes]
    assert sorted(montrees) == sorted(donnee.colonne for donnee in IDENTITE)


def test_what_a_piece_is_compared_with_has_a_key_of_its_own() -> None:
    cles = [donnee.cle for donnee in IDENTITE if donnee.sur_la_piece]
    assert len(set(cles)) == len(cles)
    assert all(bool(donnee.cle) == bool(donnee.sur_la_piece) for donnee in IDENTITE)

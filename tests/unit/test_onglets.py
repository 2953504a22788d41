"""The table of tabs, and what is derived from it."""

from __future__ import annotations

from cyclades_tui.champs.catalogue import champs_de_toute_categorie
from cyclades_tui.domaine.onglets import GenreOnglet, NomOnglet, onglets_du_genre
from cyclades_tui.referentiel.chargement import charger
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.screens.borne.inscription.onglets import VUES

ANNEE = 2027


def test_every_field_of_every_diploma_is_of_a_tab_where_one_answers() -> None:
    livre = charger(dossier("data"))
    onglets = {
        champ.onglet
        for diplome in livre.diplomes
        for champ in champs_de_toute_categorie(livre, diplome, ANNEE).values()
    }
    assert onglets == set(NomOnglet) - set(onglets_du_genre(GenreOnglet.LECTURE))


def test_a_tab_of_text_has_a_text_and_an_agreement() -> None:
    reglages = charger(dossier("data")).reglages("", "", "")
    assert tuple(reglages.textes.a_accepter) == onglets_du_genre(GenreOnglet.TEXTE)


def test_a_tab_is_its_name_in_data() -> None:
    livre = charger(dossier("data"))
    assert {onglet.id for examen in livre.examens.values() for onglet in examen.onglets} == set(NomOnglet)


def test_every_tab_is_drawn() -> None:
    assert set(VUES) == set(NomOnglet)

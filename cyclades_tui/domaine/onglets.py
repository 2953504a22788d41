"""The tabs of an inscription: the one table of those that exist.

Which of them a form has, in what order and under what labels, is data: the exam's, or a service's own (C08). How each
is drawn stands in `screens.borne.inscription.onglets`, by the same names.
"""

from __future__ import annotations

from enum import Enum, StrEnum


class GenreOnglet(Enum):
    """What one does in a tab."""

    TEXTE = "read the text of its name, and agree to it"
    CHAMPS = "fill in fields that are the same for every diploma"
    DIPLOME = "answer what the référentiel makes of the diploma and of the category"
    LECTURE = "read"


class NomOnglet(StrEnum):
    """A tab, by the name that data, drafts and fields know."""

    MODALITES = "modalites", GenreOnglet.TEXTE
    IDENTIFICATION = "identification", GenreOnglet.CHAMPS
    CANDIDATURE = "candidature", GenreOnglet.CHAMPS
    QUALIFICATION = "qualification", GenreOnglet.CHAMPS
    ACQUIS = "acquis", GenreOnglet.DIPLOME
    EPREUVES = "epreuves", GenreOnglet.DIPLOME
    RECAPITULATIF = "recapitulatif", GenreOnglet.LECTURE
    CONDITIONS = "conditions", GenreOnglet.TEXTE
    NUMERO = "numero", GenreOnglet.LECTURE

    genre: GenreOnglet

    def __new__(cls, nom: str, genre: GenreOnglet) -> NomOnglet:
        onglet = str.__new__(cls, nom)
        onglet._value_ = nom
        onglet.genre = genre
        return onglet


def onglets_du_genre(genre: GenreOnglet) -> tuple[NomOnglet, ...]:
    """In the order of the table."""
    return tuple(onglet for onglet in NomOnglet if onglet.genre is genre)

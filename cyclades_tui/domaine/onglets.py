"""All the tabs that an inscription may have.

Which of them a form has, their order and labels are data: the exam's, or the service's own (C08). What draws each
tab stands under the same name in `screens.borne.inscription.onglets`.
"""

from __future__ import annotations

from enum import Enum, StrEnum


class GenreOnglet(Enum):
    """What the candidate does in a tab."""

    TEXTE = "read the text of its name, and agree to it"
    CHAMPS = "fill in fields that are the same for every diploma"
    DIPLOME = "answer what the référentiel makes of the diploma and of the category"
    LECTURE = "read"


class NomOnglet(StrEnum):
    """A tab, under the name that data, drafts and fields use."""

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
    """The tabs of a kind, in the order of the table."""
    return tuple(onglet for onglet in NomOnglet if onglet.genre is genre)
